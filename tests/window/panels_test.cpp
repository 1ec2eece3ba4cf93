// Around the map: search, table, findings, language, theme, export, files, errors.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "own_sample.hpp"
#include "support/process.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

using namespace diaban::test;
namespace fs = std::filesystem;

TEST_CASE("search takes Vietnamese letters, ignores diacritics, and flies to the hit",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const double all = window.value("camera.metres_per_px");
    window.key("ctrl+f");
    window.type("phuong 1");
    window.need("hit:0");
    window.screenshot("search");
    window.key("Return");
    window.until("the hit", [&] { return !window.text("pinned").empty(); });
    window.settle();
    const std::string plain = window.text("pinned");
    CHECK(window.value("camera.metres_per_px") < all);
    window.key("Escape");
    window.key("ctrl+f");
    window.type("Phường 1");
    window.need("hit:0");
    window.key("Return");
    window.until("the same hit", [&] { return window.text("pinned") == plain; });
    // Letters typed into the field are no shortcuts.
    const std::string year = window.text("period");
    window.key("ctrl+f");
    window.type(".,.");
    CHECK(window.text("period") == year);
}

TEST_CASE("districts and places are found as well as communes, and the map flies there",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox map = window.need("map");
    // What lies in the middle of the map says where it is. A click on the hit, or Enter.
    const auto goes_to = [&](const std::string& typed, bool click, const std::string& there) {
        INFO(typed);
        window.key("Home");
        const double all = window.value("camera.metres_per_px");
        window.move(map.x(), map.y());
        CHECK(window.text("tooltip").find(there) == std::string::npos);
        window.key("ctrl+f");
        window.type(typed);
        window.need("hit:0");
        if (click)
            window.click("hit:0");
        else
            window.key("Return");
        window.until("the list to close", [&] { return !window.item("hit:0"); });
        window.settle();
        window.move(map.x(), map.y());
        CHECK(window.text("tooltip").find(there) != std::string::npos);
        CHECK(window.text("pinned").empty()); // no commune was meant
        CHECK(window.value("camera.metres_per_px") < all);
        return window.value("camera.metres_per_px");
    };
    const double district = goes_to("huyen giai ha", false, "Huyện Giai Hà");
    goes_to("thanh pho vinh dien", true, "Thành phố Vĩnh Điền");
    const double place = goes_to("cang", true, said(window, "Cảng, bến", "Port"));
    CHECK(place < district); // a place is shown from close by
    goes_to("cua khau", false, said(window, "Cửa khẩu", "Border gate"));
    window.screenshot("search_place");
}

TEST_CASE("the map is copied as a picture; without a helper it is saved, and said where") {
    if (!can_open_windows()) return;
    namespace fs = std::filesystem;
    OwnSample sample;
    const TempFolder tools;
    const fs::path helper = tools / "xclip", taken = tools / "taken";
    std::ofstream(helper) << "#!/bin/sh\n/bin/cat > '" << taken.string() << "'\n";
    fs::permissions(helper, fs::perms::owner_all);
    const auto begins_as_png = [](const fs::path& file) {
        return bytes_of(file).starts_with("\x89PNG\r\n");
    };
    for (const bool has_helper : {true, false}) {
        if (!has_helper) fs::remove(helper);
        Session window({.files = {sample.project.string()},
                        .language = "en",
                        .environment = {{"PATH", tools.path().string()}}});
        const ItemBox map = window.need("map");
        window.click_at(map.x(), map.y());
        window.key("ctrl+c");
        window.until(
            "the picture",
            [&] { return window.text("status.notice").find("picture") != std::string::npos; }, 60);
        const std::string said = window.text("status.notice");
        if (has_helper) {
            CHECK(begins_as_png(taken));
            continue;
        }
        const auto from = said.find('/'), to = said.find(".png");
        REQUIRE(from != std::string::npos);
        REQUIRE(to != std::string::npos);
        const fs::path saved = said.substr(from, to + 4 - from);
        CHECK(saved.parent_path() == sample.project.parent_path());
        CHECK(begins_as_png(saved));
        // The table's rows are copied where the table was clicked last.
        const auto pictures = [&] {
            return std::count_if(fs::directory_iterator(sample.folder.path()),
                                 fs::directory_iterator(),
                                 [](const auto& e) { return e.path().extension() == ".png"; });
        };
        const auto before = pictures();
        window.click("column:1");
        window.key("ctrl+c");
        window.until("the rows", [&] {
            return window.text("status.notice").find("spreadsheet") != std::string::npos ||
                   window.text("status.notice").find("156") != std::string::npos;
        });
        CHECK(pictures() == before);
    }
}

TEST_CASE("text is copied and pasted between fields") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.click("ui.table.filter");
    window.click("filter:1");
    window.type("phuong");
    const double rows = window.value("table.rows");
    CHECK(rows < 156);
    window.key("ctrl+a");
    window.key("ctrl+c");
    window.key("ctrl+x");
    window.until("all rows", [&] { return window.value("table.rows") == 156; });
    window.key("ctrl+v");
    window.until("the rows again", [&] { return window.value("table.rows") == rows; });
    CHECK(window.text("typing") == "phuong");
    window.key("ctrl+f");
    window.key("ctrl+v");
    window.need("hit:0");
    CHECK(window.text("typing") == "phuong");
}

TEST_CASE("the table is sorted, linked and follows the year", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.open_table();
    window.click("column:1");
    window.screenshot("table");
    std::string row;
    const ItemBox header = window.need("column:0");
    window.click_at(header.x0 + 20, header.y1 + 40);
    CHECK_FALSE(window.text("pinned").empty());
    row = "row:" + window.text("pinned");
    CHECK(window.need(row).selected);
    window.click("ui.timeline.table");
    CHECK_FALSE(window.item("column:1"));
    window.click("ui.timeline.findings");
    window.screenshot("findings");
}

TEST_CASE("rows of the table are chosen by Shift and Ctrl, and those are copied", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.open_table();
    window.click("column:0"); // by code, the other way round
    const auto rows = [&] {
        std::map<double, std::pair<std::string, bool>> by_height;
        for (const auto& [name, box] : window.named_items())
            if (name.starts_with("row:")) by_height[box.y0] = {name, box.selected};
        std::vector<std::pair<std::string, bool>> out;
        for (const auto& [y, row] : by_height) out.push_back(row);
        return out;
    };
    const auto chosen = [&] {
        std::string out;
        for (const auto& [name, selected] : rows()) out += selected ? '1' : '0';
        return out.substr(0, 4);
    };
    const auto shown = rows();
    REQUIRE(shown.size() >= 4);
    CHECK(shown[0].first > shown[1].first);
    window.click(shown[0].first);
    CHECK(chosen() == "1000");
    window.click(shown[3].first, "shift"); // and all between
    CHECK(chosen() == "1111");
    CHECK(window.value("selected") == 4);
    window.click(shown[1].first, "ctrl");
    CHECK(chosen() == "1011");
    CHECK(window.value("selected") == 3);
    window.screenshot("table_rows");
    // The keys copy them; pasted into a field they have lost their lines, not their words.
    window.key("ctrl+c");
    CHECK(window.text("status.notice").find('3') != std::string::npos);
    window.key("ctrl+f");
    window.key("ctrl+v");
    const std::string pasted = window.text("typing");
    for (std::size_t row = 0; row < 4; ++row)
        CHECK((pasted.find(shown[row].first.substr(4)) != std::string::npos) == (row != 1));
    for (std::size_t row = 4; row < shown.size(); ++row)
        CHECK(pasted.find(shown[row].first.substr(4)) == std::string::npos);
    window.key("Escape");
    // So does the button; of one commune or none all rows are meant.
    window.key("Escape");
    CHECK(window.value("selected") == 0);
    window.click("ui.table.copy");
    CHECK(window.text("status.notice").find("156") != std::string::npos);
}

TEST_CASE("findings stand by kind, say what they mean, and are marked on the map") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    // Two squares that share a strip, and two apart.
    std::string features;
    const auto square = [&](const char* code, double x) {
        const auto corner = [&](double dx, double dy) {
            return "[" + std::to_string(105 + x + dx) + "," + std::to_string(10 + dy) + "]";
        };
        features += std::string(features.empty() ? "" : ",") +
                    R"({"type":"Feature","properties":{"ma_xa":")" + code +
                    R"("},"geometry":{"type":"Polygon","coordinates":[[)" + corner(0, 0) + "," +
                    corner(0.1, 0) + "," + corner(0.1, 0.1) + "," + corner(0, 0.1) + "," +
                    corner(0, 0) + "]]}}";
    };
    square("00001", 0), square("00002", 0.08), square("00003", 0.3);
    std::ofstream(folder / "xa.geojson")
        << R"({"type":"FeatureCollection","features":[)" << features << "]}";
    std::ofstream(folder / "so.csv") << "ma_xa,so_xe\n00001,5\n00002,6\n99999,7\n";
    Session window({.files = {(folder / "xa.geojson").string(), (folder / "so.csv").string()}});
    window.click("finding:overlap");
    CHECK(window.need("group:overlap").selected);
    CHECK(window.value("marks") == 1);
    window.need("finding.why");
    window.click("group:join.row_without_unit");
    CHECK(window.need("group:join.row_without_unit").selected);
    CHECK(window.value("marks") == 0); // a row that is nowhere
    window.click("group:join.unit_without_row");
    CHECK(window.value("marks") == 1);
    window.click("line:0");
    CHECK(window.text("pinned") == "00003");
    window.screenshot("findings_by_kind");
}

TEST_CASE("communes without data of what is shown are one finding, and are selected together",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.click("ui.timeline.findings");
    window.need("line:0");
    const double grey = window.value("marks");
    CHECK(grey > 1);
    // A room sees the map without the marks of a list that is not there.
    window.key("F11");
    window.until("the room", [&] { return window.text("presenting") == "yes"; });
    CHECK(window.value("marks") == 0);
    window.key("Escape");
    window.until("the window", [&] { return window.value("marks") == grey; });
    window.click("ui.findings.select");
    CHECK(window.value("selected") == grey);
    window.click("line:0");
    CHECK_FALSE(window.text("pinned").empty());
    window.screenshot("no-data");
    // Everybody's number of inhabitants is known.
    window.click_left("indicator:population");
    window.until("nothing to say", [&] { return !window.item("line:0"); });
}

TEST_CASE("the findings are written to a file, one row each, as the command line counts them",
          "[arranged]") {
    if (!can_open_windows()) return;
    const TempFolder out;
    const auto file = out / "phat_hien.csv";
    Session window(arranged({.files = {sample_project().string()}}));
    const std::string asked =
        "not known(" + window.text("indicator") + ", " + window.text("period") + ")";
    window.click("ui.timeline.findings");
    window.need("line:0");
    const double marks = window.value("marks");
    window.click("ui.findings.export");
    window.pick(file);
    window.until("the file", [&] { return fs::exists(file); });
    CHECK(window.text("status.notice").find("phat_hien.csv") != std::string::npos);
    std::istringstream in(bytes_of(file));
    std::string line;
    REQUIRE(std::getline(in, line));
    CHECK(line == "\xEF\xBB\xBFkind,severity,code,name,lon,lat,amount,amount_unit,text\r");
    std::set<std::string> codes;
    double rows = 0;
    for (; std::getline(in, line); ++rows) {
        CHECK(line.starts_with("no_data,warning,"));
        codes.insert(line.substr(16, 6));
    }
    CHECK(rows == marks); // all of them, not only those in sight
    const auto told = run_program({DIABAN_PROGRAM, "query", asked, "--project",
                                   sample_project().string(), "--json", "--quiet"});
    INFO(told.err);
    REQUIRE(told.code == 0);
    std::set<std::string> known;
    const auto answer = nlohmann::json::parse(told.out);
    for (const auto& unit : answer.at("units")) known.insert(unit["code"].get<std::string>());
    CHECK(known.size() > 1);
    CHECK(codes == known);
}

TEST_CASE("language and theme change at once") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    CHECK(window.text("language") == "vi");
    window.click("ui.language");
    CHECK(window.text("language") == "en");
    window.screenshot("english");
    window.click("ui.menu.view");
    window.click("ui.menu.dark");
    window.screenshot("dark");
    const ItemBox status = window.need("status.units");
    CHECK(window.pixel(status.x1 + 60, status.y()) == "#17191C");
}

TEST_CASE("a page is exported as chosen, and copied as a command") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.key("ctrl+e");
    window.need("export.preview");
    window.screenshot("export");
    window.click("ui.export.dpi");
    window.click("ui.export.dpi:0");
    const ItemBox preview = window.need("export.preview");
    window.move(preview.x(), preview.y());
    window.wheel(-20); // the command is at the end of the panel
    window.press("ui.export.copy_command");
    CHECK_FALSE(window.text("status.notice").empty());
    window.press("ui.export.run");
    window.until(
        "the file", [&] { return !window.text("export.result").empty(); }, 60);
    int pictures = 0;
    for (const auto& entry : fs::directory_iterator(sample_project().parent_path()))
        if (entry.path().extension() == ".png") {
            ++pictures;
            std::ifstream in(entry.path(), std::ios::binary);
            char magic[4] = "";
            in.read(magic, 4);
            CHECK(std::string(magic + 1, 3) == "PNG");
        }
    CHECK(pictures == 1);
    // The same name again is asked about on the button.
    window.press("ui.export.run");
    window.need("ui.export.replace");
}

TEST_CASE("without files the window offers a start, and the dialog opens one by keyboard") {
    if (!can_open_windows()) return;
    Session window({.width = 1280, .height = 720, .wait_for_map = false});
    window.need("ui.start.sample");
    window.settle();
    window.screenshot("start");
    window.key("ctrl+o");
    window.need("ui.file.filter");
    // A wrong path is told, and goes away with the next letter.
    window.type("/khong/co.shp");
    window.key("Return");
    window.until("the sentence", [&] { return !window.text("file_dialog.problem").empty(); });
    CHECK(window.text("file_dialog.problem").find("/khong/co.shp") != std::string::npos);
    const auto folder = sample_project().parent_path().string();
    window.key("ctrl+a");
    window.type(folder + "x");
    // Enter and what follows at once, before the field has the keyboard again.
    window.tool({"key", "Return", "key", "ctrl+a", "type", folder});
    window.until("the folder", [&] { return window.text("typing") == folder; });
    CHECK(window.text("file_dialog.problem").empty());
    window.key("Return");
    window.settle();
    window.screenshot("dialog");
    window.type(sample_project().filename().string());
    window.key("Return");
    window.until(
        "the map", [&] { return window.text("map_shown") == "yes"; }, 60);
    window.settle();
    CHECK(window.value("problems") == 0);
}

TEST_CASE("a recent file that is gone says so and can be taken off the list") {
    if (!can_open_windows()) return;
    const TempFolder home;
    fs::create_directories(home / "config/diaban");
    std::ofstream(home / "config/diaban/settings.json")
        << R"({"recent": ["/khong/co.diaban", ")" << sample_project().string() << R"("]})";
    Session window({.wait_for_map = false, .home = home.path()});
    window.need("recent:1");
    CHECK(window.item("recent:0.forget"));
    CHECK_FALSE(window.item("recent:1.forget"));
    window.screenshot("recent");
    window.click("recent:0.forget");
    window.until("one file", [&] { return !window.item("recent:1"); });
    window.click("recent:0");
    window.until(
        "the map", [&] { return window.text("map_shown") == "yes"; }, 60);
}

TEST_CASE("the sample opens from the start screen") {
    if (!can_open_windows()) return;
    Session window({.wait_for_map = false});
    window.click("ui.start.sample");
    window.until(
        "the map", [&] { return window.text("map_shown") == "yes"; }, 90);
    CHECK(window.text("loaded") == "yes");
}

TEST_CASE("a sample that was worked on is opened as it was left") {
    if (!can_open_windows()) return;
    TempFolder home;
    const auto project = home / "cache" / "diaban" / "sample" / "tinh_mau.diaban";
    const auto open_it = [&] {
        Session window({.language = "en", .wait_for_map = false, .home = home.path()});
        window.click("ui.start.sample");
        window.until(
            "the map", [&] { return window.text("map_shown") == "yes"; }, 90);
        window.settle();
        return window.text("indicator");
    };
    CHECK(open_it() == "ST01");
    auto changed = bytes_of(project);
    const auto at = changed.find("\"ST01\"");
    REQUIRE(at != std::string::npos);
    changed.replace(at, 6, "\"ST02\"");
    std::ofstream(project) << changed;
    CHECK(open_it() == "ST02");
    CHECK(bytes_of(project) == changed);
}

TEST_CASE("what cannot be opened is told in place, and the window lives on") {
    if (!can_open_windows()) return;
    TempFolder folder;
    const auto broken = folder / "broken.shp";
    std::ofstream(broken) << "this is no shapefile";
    Session window({.files = {broken.string()}, .wait_for_map = false});
    window.until(
        "the message", [&] { return window.value("problems") > 0; }, 30);
    window.settle();
    CHECK(window.text("problem:0").find("broken.shp") != std::string::npos);
    window.screenshot("problem");
    window.click("problem:0.dismiss");
    CHECK(window.value("problems") == 0);
    CHECK(window.running());
}

TEST_CASE("a long message is whole, copied, and leaves the start page to be used") {
    if (!can_open_windows()) return;
    TempFolder folder;
    std::string name;
    for (int i = 0; i < 24; ++i) name += "ranh_gioi_";
    const auto broken = folder / (name + ".shp");
    std::ofstream(broken) << "this is no shapefile";
    Session window({.files = {broken.string()},
                    .width = 1280,
                    .height = 720,
                    .scale = 1.5,
                    .wait_for_map = false});
    window.until(
        "the message", [&] { return window.value("problems") > 0; }, 30);
    window.settle();
    CHECK(window.text("problem:0").find(name) != std::string::npos);
    CHECK(window.value("problem:0.hidden") == 0);
    const ItemBox strip = window.need("problem:0");
    CHECK(strip.y1 <= 720);
    CHECK(window.need("ui.start.sample").y0 >= strip.y1);
    window.screenshot("long-problem");
    window.click("problem:0.copy");
    CHECK_FALSE(window.text("status.notice").empty());
    window.click("problem:0.dismiss");
    CHECK(window.value("problems") == 0);
}

TEST_CASE("the drawer of a small window opens and shuts") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .width = 1280, .height = 720});
    CHECK_FALSE(window.item("indicator:DR01"));
    window.click("ui.tool.drawer");
    window.click("indicator:DR01");
    CHECK(window.text("indicator") == "DR01");
    window.screenshot("drawer");
    window.key("Escape");
    CHECK_FALSE(window.item("indicator:DR01"));
    window.click("ui.timeline.table");
    window.need("column:1");
    window.key("F1");
    window.need("shortcuts.search");
    window.screenshot("shortcuts");
    // Keys of panels stand there too, and are found.
    window.click("shortcuts.search");
    window.type("ctrl+k");
    window.until("one key", [&] {
        return window.item("ui.shortcuts.panels") && !window.item("ui.shortcuts.file");
    });
}

TEST_CASE("help: F1 begins with what was used last, the guide and the program say what they are") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    const ItemBox map = window.need("map");
    window.click_at(map.x0 + 30, map.y1 - 120);
    window.key("F1");
    window.need("shortcuts.search");
    CHECK_FALSE(window.text("help").empty());
    CHECK(window.need("ui.shortcuts.map").y0 < window.need("ui.shortcuts.file").y0);
    window.screenshot("help");
    window.key("F1");
    window.until("the map", [&] { return !window.item("shortcuts.search"); });
    for (const char* language : {"vi", "en"}) {
        CHECK(window.text("language") == language);
        window.click("ui.menu.help");
        window.click("ui.guide");
        window.until("the guide", [&] { return window.value("guide.blocks") > 10; });
        window.screenshot(std::string("guide-") + language);
        window.key("Escape");
        window.click("ui.menu.help");
        window.click("ui.about");
        window.need("about.version");
        window.screenshot(std::string("about-") + language);
        window.key("Escape");
        window.until("the map", [&] { return !window.item("about.version"); });
        if (std::string(language) == "vi") window.click("ui.language");
    }
}

TEST_CASE("a screen without OpenGL 3.3 is told in a sentence") {
    if (!can_open_windows()) return;
    SessionSpec spec;
    spec.environment = {{"MESA_GL_VERSION_OVERRIDE", "2.1"}};
    CHECK_THROWS_WITH(Session(spec), Catch::Contains("OpenGL 3.3"));
}

TEST_CASE("without a font that covers Vietnamese no window opens, and the package is named") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    std::ofstream(folder / "fonts.conf")
        << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>"
        << (folder / "none").string() << "</dir><cachedir>" << (folder / "cache").string()
        << "</cachedir></fontconfig>";
    SessionSpec spec;
    spec.environment = {{"FONTCONFIG_FILE", (folder / "fonts.conf").string()}};
    CHECK_THROWS_WITH(Session(spec), Catch::Contains("fonts-noto-core"));
}

TEST_CASE("without a display the command line goes on") {
    const auto done = run_program(
        {DIABAN_PROGRAM, "view", "--lang", "en"},
        {.environment = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}}});
    CHECK(done.code == 3);
    CHECK(done.err.find("diaban map") != std::string::npos);
}
