// When something is missing, stopped or ended: the window says so, asks, and goes on.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

fs::path sample_file(const std::string& name) {
    return sample_project().parent_path() / name;
}

// The boundaries of the sample in a zone that their file does not name.
fs::path without_crs(const TempFolder& folder) {
    const auto made = folder / "bare.shp";
    const auto done = run_program({"ogr2ogr", "-t_srs", "EPSG:3406", "-lco", "ENCODING=UTF-8",
                                   made.string(), sample_file("tinh_mau_2009.shp").string()});
    if (done.code != 0) throw std::runtime_error("ogr2ogr failed: " + done.err);
    fs::remove(folder / "bare.prj");
    return made;
}

} // namespace

TEST_CASE("stopping the first opening leads back to the start page and says so") {
    if (!can_open_windows()) return;
    TempFolder folder;
    run_program({DIABAN_PROGRAM, "sample", (folder / "large").string(), "--communes", "40000"});
    Session window(
        {.files = {(folder / "large" / "tinh_mau.diaban").string()}, .wait_for_map = false});
    const ItemBox stop = window.need("job.cancel:load");
    window.click_at(stop.x(), stop.y());
    window.need("ui.start.sample");
    CHECK(window.text("loaded") == "no");
    CHECK_FALSE(window.text("status.notice").empty());
    window.screenshot("stopped");
}

TEST_CASE("a first start on a small screen keeps everything within reach") {
    if (!can_open_windows()) return;
    Session window(
        {.files = {sample_project().string()}, .width = 1280, .height = 720, .own_size = true});
    for (const char* name : {"ui.language", "ui.menu.file", "status.units", "legend:0"}) {
        const ItemBox box = window.need(name);
        INFO(name);
        CHECK(box.x1 <= 1280);
        CHECK(box.y1 <= 720);
    }
    window.screenshot("small-screen");
}

TEST_CASE("an unknown coordinate system is asked for on the map, and the answer can be undone") {
    if (!can_open_windows()) return;
    TempFolder folder;
    Session window({.files = {without_crs(folder).string()}});
    window.need("ui.crs.use");
    window.screenshot("crs-asked");
    window.click("ui.crs.epsg");
    window.type("3406");
    window.click("ui.crs.use");
    window.until("the map", [&] { return !window.item("ui.crs.use"); });
    window.settle();
    CHECK(window.value("problems") == 0);
    CHECK(window.value("history") == 2);
    window.move(700, 500);
    CHECK_FALSE(window.text("status.degrees").empty());
    window.screenshot("crs-chosen");
    window.key("ctrl+z");
    window.need("ui.crs.use");
}

TEST_CASE("of several layers one is asked for") {
    if (!can_open_windows()) return;
    TempFolder folder;
    const auto both = (folder / "both.gpkg").string();
    run_program({"ogr2ogr", both, sample_file("tinh_mau_2009.shp").string(), "-nln", "y2009"});
    run_program(
        {"ogr2ogr", "-update", both, sample_file("tinh_mau_2025.shp").string(), "-nln", "y2025"});
    Session window({.files = {both}, .wait_for_map = false});
    window.need("question:1");
    CHECK(window.value("problems") == 0); // the question says it all, in the window's words
    CHECK(window.text("question.detail").find("156") != std::string::npos);
    window.screenshot("layer-asked");
    window.click("question:1");
    window.until(
        "the map", [&] { return window.text("map_shown") == "yes"; }, 60);
    window.settle();
    CHECK(window.text("status.units").find("102") != std::string::npos);
}

TEST_CASE("boundaries alone say what is missing, and one button opens it") {
    if (!can_open_windows()) return;
    TempFolder folder;
    std::ofstream(folder / "so.csv") << "ma_xa,so_xe\n000001,5\n000002,6\n000003,7\n";
    Session window({.files = {sample_file("tinh_mau_2009.shp").string()}, .language = "en"});
    const ItemBox button = window.need("ui.tool.export");
    CHECK_FALSE(button.enabled);
    window.move(button.x(), button.y());
    window.until("the reason", [&] {
        const auto said = window.text("tool.tip");
        return said.find("Ctrl+E") != std::string::npos &&
               said.find("Needs a table") != std::string::npos;
    });
    window.screenshot("boundaries_alone");
    window.click("ui.legend.open_table");
    window.pick(folder / "so.csv");
    window.until(
        "the values", [&] { return window.text("indicator") == "so_xe"; }, 60);
    window.settle();
    CHECK_FALSE(window.item("ui.legend.open_table"));
    CHECK(window.need("ui.tool.export").enabled);
}

TEST_CASE("a commune that is clicked is told about in a low window too") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .width = 1280, .height = 720});
    window.click("ui.timeline.table");
    const ItemBox row = window.need("row:000001");
    window.click_at(row.x0 + 200, row.y());
    window.until("the card", [&] { return window.text("pinned") == "000001"; });
    window.settle();
    const ItemBox title = window.need("card.title"), map = window.need("map");
    CHECK(title.y1 + 80 < map.y1); // the years and a value are in sight too
    // The pointer is not over the map: the zone in words of every language.
    CHECK(window.text("status.crs") == "VN-2000 UTM 48N");
}

TEST_CASE("a table without a known key leaves the map, and a click names the column") {
    if (!can_open_windows()) return;
    TempFolder folder;
    {
        std::ofstream table(folder / "t.csv");
        table << "which,v\n";
        for (int i = 1; i <= 156; ++i) {
            std::string code = std::to_string(i);
            table << "00" << std::string(4 - code.size(), '0') << code << "," << i << "\n";
        }
    }
    Session window(
        {.files = {sample_file("tinh_mau_2009.shp").string(), (folder / "t.csv").string()}});
    window.need("question:0");
    CHECK(window.text("map_shown") == "yes");
    CHECK(window.value("problems") == 0);
    CHECK(window.text("question.detail") == "000001, 000002, 000003");
    window.screenshot("key-asked");
    window.key("Escape");
    CHECK_FALSE(window.item("question:0"));
    window.click("question"); // still there in the list of data
    window.click("question:0");
    window.until("the values", [&] { return window.text("indicator") == "v"; });
    window.settle();
    window.screenshot("key-chosen");
}

TEST_CASE("the end of a session is no crash: the work is kept and its file is named") {
    if (!can_open_windows()) return;
    TempFolder home;
    {
        Session window({.files = {sample_project().string()}, .home = home.path()});
        window.click("indicator:population");
        window.key("bracketright");
        CHECK(window.end() == 0);
    }
    Session window({.wait_for_map = false, .home = home.path()});
    window.need("ui.recovery.take");
    CHECK(window.text("recovery").find("Hệ thống") == 0);
    CHECK(window.text("recovery").find("tinh_mau.diaban") != std::string::npos);
    window.screenshot("ended");
    window.click("ui.recovery.take");
    window.until(
        "the map", [&] { return window.text("map_shown") == "yes"; }, 60);
    CHECK(window.text("indicator") == "population");
}

TEST_CASE("counts offer their rate, panels their commands, the export panel the page itself") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.click("indicator:DR01");
    window.screenshot("counts");
    CHECK(window.text("classes.command").find("diaban classes") == 0);
    CHECK(window.text("classes.command").find("--lang vi") != std::string::npos);
    window.click("ui.counts.use_rate");
    CHECK(window.text("indicator") == "DR01_rate");
    CHECK_FALSE(window.item("ui.counts.use_rate"));
    window.key("ctrl+e");
    window.until("the page", [&] { return window.text("export.preview") == "painted"; });
    window.settle();
    window.screenshot("export-preview");
    const ItemBox preview = *window.item("export.preview");
    CHECK(window.colours(preview.x(), preview.y(), 120) > 8); // a map, not a sketch
}
