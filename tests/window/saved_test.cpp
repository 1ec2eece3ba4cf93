// What a person sets up and keeps: saved views, the legend, layers of lines, files found again; and
// charts and rings that are made of it.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

void pick(Session& window, const std::string& path) {
    retype(window, "ui.file.filter", path);
    window.key("Return");
    window.until("the dialog to close", [&] { return !window.item("ui.file.filter"); });
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

// Two rivers across the sample province, in degrees.
fs::path rivers(const fs::path& folder) {
    const auto file = folder / "song.geojson";
    write(file, R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":
[[106.9,9.1],[107.1,9.3],[107.2,9.35],[107.45,9.65]]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":
[[106.85,9.6],[107.2,9.5],[107.5,9.2]]}}]})");
    return file;
}

} // namespace

TEST_CASE("views are saved, shown, renamed, moved and deleted, and each of it can be undone",
          "[arranged]") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window(arranged({.files = {sample.project.string()}}));
    const ItemBox map = window.need("map");
    const std::string indicator = window.text("indicator"), year = window.text("period");
    window.key("ctrl+d");
    retype(window, "ui.views.name", "Ca tinh");
    window.key("Return");
    CHECK(window.value("views") == 1);
    // Another indicator, other classes, another part of the map, two years.
    window.click_left("indicator:population");
    window.key("bracketright");
    window.move(map.x() - 100, map.y() - 60);
    window.wheel(4);
    window.key("2");
    const double x = window.value("camera.x"), metres = window.value("camera.metres_per_px");
    retype(window, "ui.views.name", "Gan");
    window.click("ui.views.save");
    CHECK(window.value("views") == 2);
    window.screenshot("views");
    // Back and forth.
    window.click("views:0");
    window.settle();
    CHECK(window.text("indicator") == indicator);
    CHECK(window.text("mode") == "one");
    CHECK(window.value("camera.metres_per_px") != Approx(metres));
    window.key("ctrl+Next"); // the page key
    window.settle();
    CHECK(window.text("indicator") == "population");
    CHECK(window.text("mode") == "compare");
    CHECK(window.value("k") == 6);
    CHECK(window.value("camera.metres_per_px") == Approx(metres).epsilon(1e-6));
    CHECK(window.value("camera.x") == Approx(x).epsilon(1e-6));
    window.click("ui.views.up");
    CHECK(window.value("view") == 0);
    retype(window, "ui.views.new_name", "Hai nam");
    window.click("ui.views.rename");
    window.key("ctrl+s");
    CHECK(bytes_of(sample.project).find("\"Hai nam\"") != std::string::npos);
    window.click("ui.views.delete");
    CHECK(window.value("views") == 1);
    window.key("ctrl+z");
    CHECK(window.value("views") == 2);
    // The left panel lists them as well.
    window.key("Escape");
    CHECK(window.value("view") == -1); // none is the one shown since the deletion
}

TEST_CASE("the command line and the presenter show the saved views") {
    if (!can_open_windows()) return;
    OwnSample sample;
    std::string command;
    {
        Session window({.files = {sample.project.string()}, .language = "en"});
        const ItemBox map = window.need("map");
        window.click("indicator:population");
        window.move(map.x() - 100, map.y() - 30);
        window.wheel(4);
        window.click_at(map.x() - 100, map.y() - 30);
        window.key("ctrl+d");
        retype(window, "ui.views.name", "near");
        window.key("Return");
        command = window.text("views.command");
        window.key("Escape");
        window.key("Home");
        window.settle();
        window.key("ctrl+d");
        retype(window, "ui.views.name", "all");
        window.key("Return");
        window.key("ctrl+s");
    }
    TempFolder out;
    run_copied(command, {.folder = out.path()});
    const auto by_name =
        run_program({DIABAN_PROGRAM, "map", "--project", sample.project.string(), "--view", "near",
                     "--lang", "en", "--out", (out / "named.png").string()});
    INFO(by_name.err);
    REQUIRE(by_name.code == 0);
    fs::path copied;
    for (const auto& entry : fs::directory_iterator(out.path()))
        if (entry.path().extension() == ".png" && entry.path().filename() != "named.png")
            copied = entry.path();
    REQUIRE(!copied.empty());
    CHECK(bytes_of(copied) == bytes_of(out / "named.png"));
    Session window({.files = {sample.project.string(), "--view", "near"}});
    window.until("the view", [&] { return window.value("view") == 0; });
    window.settle();
    CHECK(window.text("indicator") == "population");
    CHECK(window.value("selected") == 1);
    const double near = window.value("camera.metres_per_px");
    window.key("F11");
    window.key("Next");
    window.need("present.view");
    window.settle();
    CHECK(window.value("view") == 1);
    CHECK(window.value("camera.metres_per_px") > near);
    window.screenshot("slide");
    window.key("Prior");
    window.settle();
    CHECK(window.value("view") == 0);
    window.key("Escape");
}

TEST_CASE("rows of the legend are renamed, hidden and moved; a break is typed; undo takes it back",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.click_left("indicator:population");
    const std::string before = window.text("legend.labels");
    window.key("ctrl+l");
    window.click("legend_name:0");
    window.type("It nguoi");
    window.until("the name",
                 [&] { return window.text("legend.labels").starts_with("It nguoi: "); });
    window.click("legend_eye:1");
    const auto hidden = said(window, "(ẩn màu", "(not coloured");
    window.until("the hidden row",
                 [&] { return window.text("legend.labels").find(hidden) != std::string::npos; });
    window.click("legend_down:0");
    CHECK_FALSE(window.text("legend.labels").starts_with("It nguoi: "));
    window.screenshot("legend");
    window.key("ctrl+z");
    window.key("ctrl+z");
    window.key("ctrl+z");
    CHECK(window.text("legend.labels") == before);
    const double k = window.value("k");
    window.scroll_to("break_value:1");
    retype(window, "break_value:1", "1"); // below all values: refused
    window.key("Return");
    CHECK(!window.text("legend.problem").empty());
    window.click("break_remove:1");
    CHECK(window.text("method") == "manual");
    CHECK(window.value("classes") == k - 1);
    window.press("ui.legend.add_break");
    CHECK(window.value("classes") == k);
}

TEST_CASE("a layer of lines is added, styled, hidden, saved and drawn on the page", "[arranged]") {
    if (!can_open_windows()) return;
    OwnSample sample;
    const auto file = rivers(sample.folder.path());
    {
        Session window(arranged({.files = {sample.project.string()}}));
        window.click("ui.menu.data");
        window.click("ui.lines");
        window.click("ui.lines.add");
        pick(window, file.string());
        window.until("the lines", [&] { return window.value("lines") == 2; });
        window.press("lines.colour:#1F78B4");
        window.screenshot("lines");
        window.click("lines_row:0");
        window.until("nothing", [&] { return window.value("lines") == 0; });
        window.click("lines_row:0");
        window.until("the lines again", [&] { return window.value("lines") == 2; });
        window.key("ctrl+e");
        window.until("the preview", [&] { return window.text("export.preview") == "painted"; });
        window.screenshot("lines_page");
        CHECK(window.text("export.command").find("--lines") != std::string::npos);
        window.key("ctrl+s");
    }
    CHECK(bytes_of(sample.project).find("\"song.geojson\"") != std::string::npos);
    Session again({.files = {sample.project.string()}});
    again.until("the lines", [&] { return again.value("lines") == 2; });
}

TEST_CASE("the column of names along lines is chosen from those of the file, and kept") {
    if (!can_open_windows()) return;
    OwnSample sample;
    const auto file = sample.folder / "duong.geojson";
    write(file, R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
                R"({"loai":"QL","ten":"Quốc lộ 51"},"geometry":{"type":"LineString",)"
                R"("coordinates":[[106.9,9.1],[107.45,9.65]]}}]})");
    {
        Session window({.files = {sample.project.string()}, .height = 1080});
        window.click("ui.menu.data");
        window.click("ui.lines");
        window.click("ui.lines.add");
        pick(window, file.string());
        window.until("the line", [&] { return window.value("lines") == 1; });
        window.choose("ui.lines.label", 2); // after none and "loai"
        window.screenshot("line_names");
        window.key("ctrl+e");
        window.until("the preview", [&] { return window.text("export.preview") == "painted"; });
        window.screenshot("line_names_page");
        CHECK(window.text("export.command").find("label=ten") != std::string::npos);
        window.key("ctrl+s");
        window.until("the save", [&] { return window.text("unsaved") == "no"; });
    }
    CHECK(bytes_of(sample.project).find("\"label\": \"ten\"") != std::string::npos);
}

TEST_CASE("an area of a layer is filled as clear as asked, and the project keeps it") {
    if (!can_open_windows()) return;
    OwnSample sample;
    const auto file = sample.folder / "ho.geojson"; // over the whole province
    write(file, R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
                R"("geometry":{"type":"Polygon","coordinates":[[[106,8.5],[109,8.5],[109,10.5],)"
                R"([106,10.5],[106,8.5]]]}}]})");
    {
        Session window({.files = {sample.project.string()}, .height = 1080});
        window.click("ui.menu.data");
        window.click("ui.lines");
        const ItemBox map = window.need("map");
        const double x = map.x0 + 12, y = map.y0 + 12; // beside the province: the ground
        const auto ground = window.pixel(x, y);
        window.click("ui.lines.add");
        pick(window, file.string());
        window.until("the outline", [&] { return window.value("lines") == 1; });
        CHECK(window.pixel(x, y) == ground);
        window.click("lines.fill:#1F78B4");
        window.settle();
        const auto clear = window.pixel(x, y);
        CHECK(clear != ground);
        for (int i = 0; i < 6; ++i) window.click("ui.lines.opacity.more"); // from 40 to 100 %
        window.settle();
        CHECK(window.pixel(x, y) == "#1F78B4");
        window.choose("ui.lines.dash", 2);
        window.screenshot("areas");
        window.key("ctrl+e");
        window.until("the preview", [&] { return window.text("export.preview") == "painted"; });
        const auto command = window.text("export.command");
        CHECK(command.find("dash=6;fill=#1F78B4;opacity=1") != std::string::npos);
        window.key("ctrl+s");
        window.until("the save", [&] { return window.text("unsaved") == "no"; });
    }
    const auto kept = bytes_of(sample.project);
    CHECK(kept.find("\"fill\": \"#1F78B4\"") != std::string::npos);
    CHECK(kept.find("\"dash\": 6") != std::string::npos);
}

TEST_CASE("the right button tells how near a line passes", "[arranged]") {
    if (!can_open_windows()) return;
    OwnSample sample;
    const auto file = sample.folder / "luoi.geojson";
    std::string lines; // across the province, so that one is near every spot
    for (int k = 0; k <= 250; ++k) {
        const auto lat = std::to_string(9.0 + 0.0025 * k);
        lines += std::string(k > 0 ? "," : "") + "[[106.9," + lat + "],[107.5," + lat + "]]";
    }
    write(file, R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
                R"("geometry":{"type":"MultiLineString","coordinates":[)" +
                    lines + "]}}]}");
    Session window(arranged({.files = {sample.project.string()}}));
    window.click("ui.menu.data");
    window.click("ui.lines");
    window.click("ui.lines.add");
    pick(window, file.string());
    window.until("the lines", [&] { return window.value("lines") > 2; });
    const ItemBox map = window.need("map");
    window.tool({"mousemove", std::to_string(static_cast<int>(map.x())),
                 std::to_string(static_cast<int>(map.y())), "click", "3"});
    window.settle();
    const std::string told = window.text("identify");
    INFO(told);
    const auto at = told.find(said(window, "Lớp đường: luoi, cách ", "Lines: luoi, "));
    REQUIRE(at != std::string::npos);
    CHECK(told.find(" m", at) != std::string::npos);
}

TEST_CASE("a ring lies around the selection", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox map = window.need("map");
    window.key("ctrl+b");
    window.click("ui.buffer.on");
    CHECK(window.value("ring") == 0);
    window.click_at(map.x(), map.y());
    window.until("the ring", [&] { return window.value("ring") == 1; });
    window.screenshot("buffer");
    retype(window, "ui.buffer.km", "20");
    window.until("the larger ring", [&] { return window.value("ring") == 1; });
    window.screenshot("buffer_large");
    window.click("ui.buffer.on");
    CHECK(window.value("ring") == 0);
}

TEST_CASE("a project whose files were moved asks once, finds them all, and saves where they are",
          "[arranged]") {
    if (!can_open_windows()) return;
    OwnSample sample;
    const auto project = sample.folder / "cu.diaban";
    write(project,
          R"({"diaban_project":1,"title":"Tỉnh","data":{"boundaries":"xa/tinh_mau_2025.shp",
"places":[{"file":"xa/tinh_mau_places.shp","kind":"other"}]}})");
    const auto there = sample.folder / "moi";
    fs::create_directory(there);
    for (const auto& entry : fs::directory_iterator(sample.folder.path()))
        if (entry.path().stem() == "tinh_mau_2025" || entry.path().stem() == "tinh_mau_places")
            fs::copy_file(entry.path(), there / entry.path().filename());
    const auto line = run_program({DIABAN_PROGRAM, "check", "--project", project.string()});
    CHECK(line.code == 3);
    CHECK(line.err.find("tinh_mau_2025.shp") != std::string::npos);
    CHECK(line.err.find((sample.folder / "xa").string()) != std::string::npos);
    CHECK(line.err.find("--boundaries") != std::string::npos);
    Session window(arranged({.files = {project.string()}, .wait_for_map = false}));
    window.need("missing.find:0");
    CHECK(window.value("missing") == 2);
    window.screenshot("missing");
    window.click("missing.find:0");
    pick(window, (there / "tinh_mau_2025.shp").string());
    window.until("the map", [&] { return window.text("map_shown") == "yes"; });
    CHECK(window.value("missing") == 0);
    CHECK(window.value("problems") == 0);
    CHECK_FALSE(window.item("missing.find:0"));
    window.key("ctrl+s");
    window.settle();
    const auto saved = bytes_of(project);
    CHECK(saved.find("\"moi/tinh_mau_2025.shp\"") != std::string::npos);
    CHECK(saved.find("\"moi/tinh_mau_places.shp\"") != std::string::npos);
    CHECK(saved.find("Tỉnh") != std::string::npos);
}

TEST_CASE("a chart is exported as it is shown, and its command makes the same file", "[arranged]") {
    if (!can_open_windows()) return;
    TempFolder out;
    Session window(arranged({.files = {sample_project().string()}}));
    window.click_left("indicator:population");
    window.click("ui.charts");
    for (const std::string kind : {"histogram", "ranked", "series", "scatter", "boxes"}) {
        window.click("ui.charts." + kind);
        window.screenshot("chart_" + kind);
        for (const std::string extension : {"png", "csv"}) {
            const auto file = out / (kind + "." + extension);
            window.click("charts.export");
            pick(window, file.string());
            window.until("the file", [&] { return fs::exists(file); });
            window.settle();
        }
        const auto command = window.text("charts.command");
        TempFolder copied;
        run_copied(command, {.folder = copied.path()});
        for (const auto& entry : fs::directory_iterator(copied.path()))
            if (entry.path().extension() == ".png")
                CHECK(bytes_of(entry.path()) == bytes_of(out / (kind + ".png")));
    }
}
