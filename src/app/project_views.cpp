#include "app/project_views.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

auto position(const Project& project, std::string_view name) {
    return std::find_if(project.views.begin(), project.views.end(),
                        [&](const SavedView& view) { return view.name == name; });
}

std::string checked_name(const std::string& name) {
    auto clean = base::nfc(base::trim(name));
    if (clean.empty()) throw Error(ErrorKind::Usage, "error.view.no_name");
    return clean;
}

} // namespace

std::size_t find_view(const Project& project, std::string_view name) {
    const auto wanted = base::nfc(base::trim(name));
    if (project.views.empty()) throw Error(ErrorKind::Usage, "error.view.none", {{"view", wanted}});
    const auto at = position(project, wanted);
    if (at != project.views.end()) return static_cast<std::size_t>(at - project.views.begin());
    std::string known;
    for (const auto& view : project.views) known += (known.empty() ? "" : "; ") + view.name;
    throw Error(ErrorKind::Usage, "error.view.unknown", {{"view", wanted}, {"known", known}});
}

Project with_view(Project project, SavedView view) {
    view.name = checked_name(view.name);
    const auto there = position(project, view.name) - project.views.cbegin();
    if (there == static_cast<std::ptrdiff_t>(project.views.size()))
        project.views.push_back(std::move(view));
    else
        project.views[static_cast<std::size_t>(there)] = std::move(view);
    return project;
}

Project with_view_renamed(Project project, std::size_t at, const std::string& name) {
    auto clean = checked_name(name);
    if (project.views.at(at).name == clean) return project;
    if (position(project, clean) != project.views.end())
        throw Error(ErrorKind::Usage, "error.view.name_taken", {{"view", clean}});
    project.views[at].name = std::move(clean);
    return project;
}

Project with_view_moved(Project project, std::size_t from, std::size_t to) {
    auto view = std::move(project.views.at(from));
    project.views.erase(project.views.begin() + static_cast<std::ptrdiff_t>(from));
    to = std::min(to, project.views.size());
    project.views.insert(project.views.begin() + static_cast<std::ptrdiff_t>(to), std::move(view));
    return project;
}

Project without_view(Project project, std::size_t at) {
    project.views.erase(project.views.begin() + static_cast<std::ptrdiff_t>(at));
    return project;
}

std::string free_view_name(const Project& project, const std::string& wanted) {
    const auto base_name = checked_name(wanted);
    auto name = base_name;
    for (int n = 2; position(project, name) != project.views.end(); ++n)
        name = base_name + " " + std::to_string(n);
    return name;
}

Project showing(Project project, const SavedView& view) {
    project.map = view.map;
    project.across = view.across;
    if (!view.vintage.empty()) project.data.vintage = view.vintage;
    project.hidden_kinds = {view.hidden_kinds.begin(), view.hidden_kinds.end()};
    const auto& hidden = view.hidden_lines;
    for (auto& layer : project.lines)
        layer.shown = std::find(hidden.begin(), hidden.end(), layer.title()) == hidden.end();
    return project;
}

MapRequest request_of(const Project& project, const SavedView& view) {
    const auto shown = showing(project, view);
    MapRequest request{.data = shown.data, .map = shown.map, .across = shown.across};
    request.page = shown.page;
    request.lines = shown.lines;
    if (view.mode == MapMode::Change && view.years.size() == 2) {
        request.change =
            data::to_string(view.years.front()) + ":" + data::to_string(view.years.back());
        request.change_of = view.map.indicator;
    } else {
        request.years = view.years;
    }
    request.extent = view.extent;
    request.hidden_kinds = view.hidden_kinds;
    request.selected = view.selection;
    return request;
}

} // namespace diaban::app
