#include "app/project.hpp"
#include "base/paths.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using app::Project;

namespace {

Project full_project(const std::filesystem::path& folder) {
    Project p;
    p.title = "Tỉnh mẫu, năm 2015";
    p.data.boundaries = folder / "ranh giới" / "xa.shp";
    p.data.layer = "xa";
    p.data.code_column = "ma_xa";
    p.data.name_column = "ten_xa";
    p.data.encoding = "TCVN3";
    p.data.crs = "EPSG:9209";
    p.data.tolerance = "0.1m";
    p.data.db = folder / "so_lieu.xlsx";
    p.data.table = "Sheet 1";
    p.data.key = "ma";
    p.data.year_column = "năm";
    p.data.values = {"hr{year}", "b"};
    p.data.denominator = "dân số";
    p.data.scale = 100000;
    p.data.by_name = true;
    p.data.name_key = "tên";
    p.data.accept_names = "all";
    p.data.aliases = folder / "ten.csv";
    p.data.places = {{folder / "kcn.shp", "industrial_zone"},
                     {folder / "cang.csv", "port", "EPSG:9210"}};
    p.map.indicator = "DR01";
    p.map.period = {2015, 2};
    p.map.method = map::Method::Manual;
    p.map.k = 3;
    p.map.manual = {0, 1.5, 2, 9.25};
    p.map.palette = "viridis";
    p.map.reversed = true;
    p.map.where = "next_to(status = hot)";
    p.map.kind = map::MapKind::Bivariate;
    p.map.second = "DR01_rate";
    p.map.second_breaks = {0.5, 12};
    p.map.dot_value = 0.25;
    p.map.largest_mm = 17.5;
    p.page.size = "slide";
    p.page.title = "Một \"tiêu đề\"";
    p.page.district_labels = false;
    p.page.place_labels = true;
    p.rule = {"qd-28-2025@1", {}};
    p.compare_rule = {"", folder / "quy tắc" / "cham_diem.json"};
    p.across = app::Across::Carried;
    p.map.legends = {{"DR01", {{"class:1/5", "Thấp"}, {"zero", "không"}}, {"class:2/5"}, {"zero"}}};
    app::LineLayer river;
    river.file = folder / "sông.gpkg";
    river.layer = "rivers";
    river.name = "Sông";
    river.kind = "coast";
    river.colour = "#1F78B4";
    river.width = 2.4;
    river.label = "ten_song";
    river.gap = 6;
    river.fill = "#A6CEE3";
    river.opacity = 0.25;
    river.shown = false;
    p.lines = {river};
    p.outline = {{"coast", "31681", true}, {"border", "30328", false}};
    p.hidden_kinds = {"market", "border_gate"};
    app::SavedView view;
    view.name = "Hai năm, một huyện";
    view.map = p.map;
    view.across = app::Across::Own;
    view.vintage = "2025";
    view.mode = app::MapMode::Compare;
    view.swipe = true;
    view.years = {{2010, 0}, {2015, 2}};
    view.extent = {-1.5, 2.25, 1e6 / 3, 3e6, "EPSG:9209"};
    view.hidden_kinds = {"market", "port"};
    view.hidden_lines = {"Sông"};
    view.selection = {"00001", "00045"};
    view.spotlight = "801";
    view.unknown = R"({"later":[1,null]})";
    p.views = {view, {.name = "trống"}};
    p.queries = {{"gần cảng", "near(port) <= 5km and status = hot"}, {"nháp", "code = \"1\""}};
    p.moves = {"1 2026", {{{"00001", 1}}, {{"00045", 0}, {"00001", 2}}}};
    p.sets = {{"tuyến sông", {"00001", "00045"}}, {"rỗng", {}}};
    return p;
}

std::string error_key(const std::string& json) {
    return test::thrown_key([&] { app::parse_project(json, "/somewhere"); });
}

} // namespace

TEST_CASE("a project reads back as it was saved") {
    const test::TempFolder folder;
    const auto project = full_project(folder.path());
    save_project(project, folder / "a.diaban");
    CHECK(app::load_project(folder / "a.diaban") == project);
    save_project(Project{}, folder / "empty.diaban");
    CHECK(app::load_project(folder / "empty.diaban") == Project{});
}

TEST_CASE("a project that moves with its files still finds them") {
    const test::TempFolder folder;
    std::filesystem::create_directories(folder / "here");
    save_project(full_project(folder / "here"), folder / "here/a.diaban");
    CHECK(base::read_file(folder / "here/a.diaban").find(folder.path().string()) ==
          std::string::npos);
    std::filesystem::rename(folder / "here", folder / "there");
    const auto moved = app::load_project(folder / "there/a.diaban");
    CHECK(moved.data.db == folder / "there/so_lieu.xlsx");
    CHECK(moved.data.places.at(0).file == folder / "there/kcn.shp");
}

TEST_CASE("what a newer writer added survives a load and save") {
    const auto p = app::parse_project(
        R"({"diaban_project": 1, "data": {"store": "a.sqlite", "cloud": [1, 2]}, "later": {"x": 1}})",
        "/data");
    CHECK(p.data.store == "/data/a.sqlite");
    const auto again = app::parse_project(app::project_json(p, "/data"), "/data");
    CHECK(again == p);
    CHECK(again.unknown.find("cloud") != std::string::npos);
    CHECK(again.unknown.find("later") != std::string::npos);
}

TEST_CASE("what is not known is kept wherever it stood, null as well") {
    const auto p = app::parse_project(
        R"({"zebra": null, "diaban_project": 1, "map": {"later": null, "k": 4}, "a": {}})", "/x");
    CHECK(p.map.k == 4);
    const auto again = app::parse_project(app::project_json(p, "/x"), "/x");
    CHECK(again == p);
    for (const char* name : {"zebra", "later", "\"a\""})
        CHECK(again.unknown.find(name) != std::string::npos);
}

TEST_CASE("a file name that JSON cannot hold is told before anything is written") {
    const test::TempFolder folder;
    Project p;
    p.data.boundaries = folder / "x\xe3.shp"; // "xã" in CP1258 and TCVN3
    try {
        save_project(p, folder / "a.diaban");
        FAIL("saved");
    } catch (const base::Error& e) {
        CHECK(e.kind == base::ErrorKind::Write);
        CHECK(e.message.key == "error.project.file_name");
    }
    CHECK_FALSE(std::filesystem::exists(folder / "a.diaban"));
}

TEST_CASE("a bad project says what is wrong") {
    CHECK(error_key(R"({"diaban_project": 1, "data": {"scale": 1e999}})") ==
          "error.project.number");
    for (const char* k : {"3.7", "1e10", "99999999999", "-99999999999", "true", "null"})
        CHECK(error_key(R"({"diaban_project": 1, "map": {"k": )" + std::string(k) + "}}") ==
              "error.project.bad_value");
    const std::string deep(100000, '[');
    // Moves of a plan are a commune and a team each.
    for (const auto* step : {R"(["1", -1])", R"(["1", 1e300])", R"([1, 1])", R"(["1"])", "7"})
        CHECK(error_key(R"({"diaban_project": 1, "plan_moves": {"steps": [[)" + std::string(step) +
                        "]]}}") == "error.project.bad_value");
    CHECK(error_key(R"({"diaban_project": 1, "x": )" + deep) == "error.project.not_a_project");
    CHECK(error_key("") == "error.project.damaged");
    CHECK(error_key("\xEF\xBB\xBF {\"diaban_project\": 1,") == "error.project.damaged");
    CHECK(error_key("SQLite format 3") == "error.project.not_a_project");
    CHECK(error_key("ma_xa,nam\n31498,2010\n") == "error.project.not_a_project");
    CHECK(error_key("[]") == "error.project.not_a_project");
    CHECK(error_key(R"({"a": 1})") == "error.project.not_a_project");
    CHECK(error_key(R"({"diaban_project": 99})") == "error.project.newer");
    CHECK(error_key(R"({"diaban_project": 1, "map": {"k": "many"}})") == "error.project.bad_value");
    CHECK(error_key(R"({"diaban_project": 1, "map": {"method": "magic"}})") ==
          "error.project.bad_value");
    CHECK(error_key(R"({"diaban_project": 1, "data": {"places": [3]}})") ==
          "error.project.bad_value");
    try {
        app::parse_project("{\n\"diaban_project\": 1,\n oops }", "/x");
        FAIL("accepted");
    } catch (const base::Error& e) {
        CHECK(std::get<std::int64_t>(e.message.args.at(0).second) == 3);
    }
}
