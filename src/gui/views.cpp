#include "gui/views.hpp"

#include "app/project_views.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

const std::vector<data::Group>& districts(const app::Dataset& dataset) {
    return dataset.vintage->units.groups[static_cast<std::size_t>(data::Level::District)];
}

} // namespace

app::SavedView view_now(const Ui& ui) {
    const app::Project& project = ui.document.project();
    const app::StyledMap* styled = ui.document.styled();
    const auto dataset = ui.document.dataset();
    app::SavedView view;
    // Filled in: another day the newest year may be another one.
    view.map = styled ? styled->choice : project.map;
    view.across = project.across;
    if (!dataset->vintages.empty()) view.vintage = dataset->vintage->id;
    view.mode = ui.shell.mode;
    view.swipe = view.mode == MapMode::Compare && ui.shell.swipe;
    if (view.mode == MapMode::Change)
        view.years = {compare_period(ui), view.map.period};
    else if (view.mode != MapMode::One)
        view.years = ui.map.periods();
    if (!ui.map.shows_all()) view.extent = app::extent_of(ui.map.seen());
    view.hidden_kinds = {project.hidden_kinds.begin(), project.hidden_kinds.end()};
    for (const app::LineLayer& layer : project.lines)
        if (!layer.shown) view.hidden_lines.push_back(layer.title());
    view.selection = app::named_set({}, ui.document.selection(), dataset->vintage->units).codes;
    if (ui.shell.spotlight && *ui.shell.spotlight < districts(*dataset).size())
        view.spotlight = districts(*dataset)[*ui.shell.spotlight].code;
    const std::string years = view_years(view);
    std::string name = styled ? styled->indicator_name : dataset->title;
    if (!years.empty()) name += ", " + years;
    view.name = app::free_view_name(project, name);
    return view;
}

app::MapRequest shown_map(Ui& ui, bool as_seen) {
    const app::Project& project = ui.document.project();
    app::MapRequest request;
    request.data = project.data;
    request.map = ui.document.styled()->choice;
    request.across = project.across;
    if (ui.shell.mode == MapMode::Change) {
        const std::string from = data::to_string(compare_period(ui));
        const std::string to = data::to_string(request.map.period);
        if (from != to) request.change = from + ":" + to, request.change_of = request.map.indicator;
    }
    if (as_seen) request.extent = app::extent_of(ui.map.seen());
    request.lines = project.lines;
    request.hidden_kinds = {project.hidden_kinds.begin(), project.hidden_kinds.end()};
    request.page = project.page;
    return request;
}

void show_view(Ui& ui, std::size_t at) {
    if (at >= ui.document.project().views.size() || ui.document.loading()) return;
    const app::SavedView view = ui.document.project().views[at];
    ui.document.edit(app::showing(ui.document.project(), view), "edit.show_view", "show_view");
    ui.document.show_result(std::nullopt);
    uncover_map(ui);
    ui.shell.mode = view.mode;
    ui.shell.swipe = view.swipe;
    if (view.years.size() > 1) ui.shell.compare = view.years.front();
    ui.shell.playing = false;
    ui.shell.view = at;
    ui.shell.arriving = view;
    ui.animating = true;
}

void step_view(Ui& ui, int by) {
    const auto count = static_cast<int>(ui.document.project().views.size());
    if (count == 0) return;
    const int now = ui.shell.view ? static_cast<int>(*ui.shell.view) : by > 0 ? -1 : count;
    show_view(ui, static_cast<std::size_t>((now + by + count) % count));
}

void settle_view(Ui& ui) {
    const auto dataset = ui.document.dataset();
    if (ui.shell.wanted_view && dataset && !ui.document.loading())
        show_view(ui, *std::exchange(ui.shell.wanted_view, std::nullopt));
    if (!ui.shell.arriving || ui.document.loading() || !ui.map.has(dataset)) return;
    const app::SavedView view = *std::exchange(ui.shell.arriving, std::nullopt);
    const data::UnitTable& units = dataset->vintage->units;
    ui.document.select(app::faces_of_set({{}, view.selection}, units));
    ui.document.pin(std::nullopt);
    ui.shell.spotlight.reset();
    for (std::size_t d = 0; d < districts(*dataset).size(); ++d)
        if (!view.spotlight.empty() && districts(*dataset)[d].code == view.spotlight)
            ui.shell.spotlight = d;
    ui.attempt([&] {
        const geo::Box box = app::box_of(view.extent, *dataset->vintage->coverage);
        if (box.empty())
            ui.map.zoom_all(ui);
        else
            ui.map.frame(ui, box);
    });
}

std::string view_years(const app::SavedView& view) {
    if (view.years.size() < 2) return data::to_string(view.map.period);
    auto text = data::to_string(view.years.front()) + "–" + data::to_string(view.years.back());
    if (view.mode == MapMode::Multiples) text += " · " + std::to_string(view.years.size());
    return text;
}

} // namespace diaban::gui
