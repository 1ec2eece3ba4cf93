#include "app/project_views.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using app::Project;
using app::SavedView;

namespace {

Project with_names(const std::vector<std::string>& names) {
    Project project;
    for (const auto& name : names) project.views.push_back({.name = name});
    return project;
}

std::vector<std::string> names_of(const Project& project) {
    std::vector<std::string> out;
    for (const auto& view : project.views) out.push_back(view.name);
    return out;
}

using Names = std::vector<std::string>;

template <class Action> base::Message refusal(Action action) {
    try {
        action();
    } catch (const base::Error& error) {
        CHECK(error.kind == base::ErrorKind::Usage);
        return error.message;
    }
    return {};
}

std::string value_of(const base::Message& message, const std::string& name) {
    for (const auto& [key, value] : message.args)
        if (key == name) return std::get<std::string>(value);
    return "";
}

} // namespace

TEST_CASE("views are made, overwritten, renamed, moved and deleted, and stay unique") {
    auto project = with_names({"a", "b"});
    project = app::with_view(project, {.name = "  c "});
    CHECK(names_of(project) == Names{"a", "b", "c"});
    project = app::with_view(project, {.name = "b", .swipe = true});
    CHECK(names_of(project) == Names{"a", "b", "c"}); // in its place
    CHECK(project.views[1].swipe);
    CHECK(names_of(app::with_view_renamed(project, 0, "d")) == Names{"d", "b", "c"});
    CHECK(app::with_view_renamed(project, 0, "a") == project);
    CHECK(names_of(app::with_view_moved(project, 0, 2)) == Names{"b", "c", "a"});
    CHECK(names_of(app::with_view_moved(project, 2, 0)) == Names{"c", "a", "b"});
    CHECK(names_of(app::without_view(project, 1)) == Names{"a", "c"});
    CHECK(app::free_view_name(project, "a") == "a 2");
    CHECK(app::free_view_name(with_names({"a", "a 2"}), "a") == "a 3");
    CHECK(app::free_view_name(project, "x") == "x");
    CHECK(refusal([&] { app::with_view(project, {.name = " "}); }).key == "error.view.no_name");
    CHECK(refusal([&] { app::with_view_renamed(project, 0, "c"); }).key == "error.view.name_taken");
    CHECK(refusal([&] { app::with_view_renamed(project, 0, ""); }).key == "error.view.no_name");
}

TEST_CASE(
    "a view is found however its letters are composed, and an unknown name lists the others") {
    const auto project = with_names({"Tỷ lệ, 2015", "Biến động"});
    CHECK(app::find_view(project, "Biến động") == 1);
    CHECK(app::find_view(project, "Bie\u0302\u0301n đo\u0323\u0302ng") == 1);
    const auto message = refusal([&] { app::find_view(project, "2016"); });
    CHECK(message.key == "error.view.unknown");
    CHECK(value_of(message, "known") == "Tỷ lệ, 2015; Biến động");
    CHECK(refusal([] { app::find_view({}, "2016"); }).key == "error.view.none");
}

TEST_CASE("a view leads to the map it was made of") {
    Project project;
    project.data.store = "/s.sqlite";
    project.data.vintage = "2015";
    project.map.indicator = "population";
    project.page.title = "T";
    SavedView view{.name = "a"};
    view.map.indicator = "DR01";
    view.map.period = {2015, 0};
    view.vintage = "2025";
    view.across = app::Across::Carried;
    view.extent = {1, 2, 3, 4, {}};
    view.hidden_kinds = {"port"};
    view.selection = {"00001"};
    auto request = app::request_of(project, view);
    CHECK(request.data.vintage == "2025");
    CHECK(request.data.store == "/s.sqlite");
    CHECK(request.map == view.map);
    CHECK(request.across == app::Across::Carried);
    CHECK(request.page.title == "T");
    CHECK(request.extent == view.extent);
    CHECK(request.hidden_kinds == view.hidden_kinds);
    CHECK(app::showing(project, view).hidden_kinds == std::set<std::string>{"port"});
    CHECK(request.selected == view.selection);
    CHECK(request.years.empty());
    CHECK(request.change.empty());
    view.mode = app::MapMode::Compare;
    view.years = {{2010, 0}, {2015, 0}};
    CHECK(app::request_of(project, view).years == view.years);
    view.mode = app::MapMode::Change;
    request = app::request_of(project, view);
    CHECK(request.change == "2010:2015");
    CHECK(request.change_of == "DR01");
    CHECK(request.years.empty());
    view.vintage.clear();
    CHECK(app::showing(project, view).data.vintage == "2015");
}

TEST_CASE("the extent of a picture is in map coordinates, or says in which") {
    // Two squares of a kilometre side by side, in a plane of unknown CRS.
    const auto drawn = test::coverage_from("AB", 2);
    CHECK(app::box_of({}, *drawn).empty());
    const auto box = app::box_of({500, -10, 700, 20, {}}, *drawn);
    CHECK(box.min_x == 500);
    CHECK(box.max_y == 20);
    CHECK(app::extent_of({}).all());
    CHECK(app::extent_of(box) == app::Extent{500, -10, 700, 20, {}});
    const auto outside = refusal([&] { app::box_of({3000, 0, 4000, 9, {}}, *drawn); });
    CHECK(outside.key == "error.extent.outside");
    CHECK(value_of(outside, "box") == "0,0,2000,1000");
    CHECK_THROWS_AS(app::box_of({105, 10, 106, 11, "EPSG:4326"}, *drawn), base::Error);
}
