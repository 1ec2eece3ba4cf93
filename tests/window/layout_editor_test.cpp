// The editor of layouts: items dragged on the painted page, typed, taken back, saved; the command
// line then makes the same page.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

using Box = std::array<double, 4>; // left, top, width, height in millimetres

std::map<std::string, Box> boxes(Session& window) {
    std::istringstream in(window.text("layout.boxes"));
    std::map<std::string, Box> out;
    for (std::string id; in >> id;) {
        Box& box = out[id];
        for (double& mm : box) in >> mm;
    }
    return out;
}

// A place of the sheet on the screen.
std::pair<double, double> place(Session& window, double x_mm, double y_mm) {
    const double scale = window.value("layout.sheet.px_per_mm");
    return {window.value("layout.sheet.x") + x_mm * scale,
            window.value("layout.sheet.y") + y_mm * scale};
}

void click_mm(Session& window, double x_mm, double y_mm, const std::string& modifier = "") {
    const auto [x, y] = place(window, x_mm, y_mm);
    window.click_at(x, y, modifier);
}

// Returns how far the mouse went, which moves by whole pixels.
std::pair<double, double> drag_mm(Session& window, double x_mm, double y_mm, double dx_mm,
                                  double dy_mm, const std::string& modifier = "") {
    const double scale = window.value("layout.sheet.px_per_mm");
    const auto [x, y] = place(window, x_mm, y_mm);
    const double dx = std::round(dx_mm * scale), dy = std::round(dy_mm * scale);
    window.drag(std::round(x), std::round(y), std::round(x) + dx, std::round(y) + dy, modifier);
    return {dx / scale, dy / scale};
}

void until_painted_page(Session& window) {
    window.settle();
    window.until(
        "the page", [&] { return window.text("layout.preview") == "painted"; }, 60);
    window.settle();
}

// The editor with the A4 page that projects begin with.
void open_editor(Session& window) {
    window.click("ui.menu.file");
    window.click("ui.layout.menu");
    window.need("layout.page");
    until_painted_page(window);
}

nlohmann::json page_of_project(const fs::path& project) {
    std::ifstream in(project);
    return nlohmann::json::parse(in).at("page");
}

} // namespace

TEST_CASE("a layout is dragged, typed, taken back and saved, and the command line makes its page",
          "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample own;
    Session window(arranged({.files = {own.project.string()}}));
    window.key("ctrl+e");
    window.scroll_to("ui.layout.edit");
    window.click("ui.layout.edit");
    window.need("layout.page");
    until_painted_page(window);
    const auto before = boxes(window);
    const double steps = window.value("history");
    REQUIRE(before.contains("legend"));
    CHECK(window.text("layout.error") == "");
    window.screenshot("layout_editor");

    // Alt: to the tenth of a millimetre where the hand lets go.
    click_mm(window, 250, 100);
    CHECK(window.text("layout.chosen") == "legend");
    const auto went = drag_mm(window, 250, 100, 0, -4.3, "alt");
    CHECK(boxes(window)["legend"][1] ==
          Approx(before.at("legend")[1] + std::round(went.second * 10) / 10).margin(0.001));
    CHECK(boxes(window)["legend"][0] == before.at("legend")[0]);
    CHECK(window.text("layout.unsaved") == "yes");
    until_painted_page(window);
    window.key("ctrl+z");
    CHECK(boxes(window) == before);
    CHECK(window.value("history") == steps); // the project was not asked
    window.key("ctrl+y");
    CHECK(boxes(window)["legend"][1] < before.at("legend")[1]);

    // Near an edge it comes to rest there: the bar below the map on the map's left side.
    drag_mm(window, 60, 179, -1.9, 0);
    CHECK(window.text("layout.chosen") == "scale");
    CHECK(boxes(window)["scale"][0] == before.at("map")[0]);
    CHECK(boxes(window)["scale"][1] == before.at("scale")[1]);
    // A handle: the right side of the bar, the others stay.
    const auto bar = boxes(window)["scale"];
    drag_mm(window, bar[0] + bar[2], bar[1] + bar[3] / 2, 12, 0, "alt");
    CHECK(boxes(window)["scale"][2] > bar[2] + 8);
    CHECK(boxes(window)["scale"][0] == bar[0]);

    // Exact millimetres, with a comma or a point.
    retype(window, "ui.layout.width", "70,5");
    CHECK(boxes(window)["scale"][2] == 70.5);
    retype(window, "ui.layout.y", "175.3");
    CHECK(boxes(window)["scale"][1] == 175.3);
    // What is wrong is said at once, and the last good page stays.
    retype(window, "ui.layout.x", "150");
    CHECK(window.text("layout.error").find("scale") != std::string::npos);
    CHECK(window.text("layout.error").find("notice") != std::string::npos);
    CHECK_FALSE(window.need("ui.layout.save").enabled);
    window.screenshot("layout_editor_wrong");
    retype(window, "ui.layout.x", "14");
    until_painted_page(window);

    const fs::path file = own.folder / "mau_tinh.json";
    window.key("ctrl+s");
    window.pick(file);
    window.until("the file", [&] { return fs::exists(file); });
    CHECK(window.text("layout.unsaved") == "no");
    window.click("ui.layout.use");
    window.screenshot("layout_editor_saved");
    while (window.item("layout.page")) window.key("Escape");
    window.key("ctrl+s");
    window.until("the project", [&] { return page_of_project(own.project).contains("layout"); });
    CHECK(page_of_project(own.project).at("layout") == "mau_tinh.json");

    window.scroll_to("ui.export.run");
    window.until(
        "the page", [&] { return window.text("export.preview") == "painted"; }, 60);
    const auto command = window.text("export.command");
    CHECK(command.find("--layout " + file.string()) != std::string::npos);
    window.click("ui.export.run");
    window.until(
        "the map", [&] { return !window.text("export.result").empty(); }, 120);
    std::string bytes;
    for (const auto& entry : fs::directory_iterator(own.folder.path()))
        if (entry.path().extension() == ".png") bytes = bytes_of(entry.path());
    REQUIRE_FALSE(bytes.empty());
    // The command that the panel copies, with another name.
    const auto again = own.folder / "again.map.png";
    auto other = command;
    const auto out = other.find(" --out ") + 7;
    other.replace(out, other.find(' ', out) - out, again.string());
    run_copied(other);
    CHECK(bytes_of(again) == bytes);
}

TEST_CASE("what is unsaved in a layout is asked about when it or the window is closed") {
    if (!can_open_windows()) return;
    const OwnSample own;
    Session window({.files = {own.project.string()}, .language = "en"});
    open_editor(window);
    window.choose("ui.layout.add", 3); // a text, where there is room for it
    CHECK(window.text("layout.chosen") == "text");
    until_painted_page(window);
    const auto changed = boxes(window);
    window.key("Escape"); // nothing is chosen
    CHECK(window.text("layout.chosen") == "");
    window.key("Escape");
    window.need("ui.layout.question_save");
    window.screenshot("layout_question");
    window.key("Escape");
    CHECK_FALSE(window.item("ui.layout.question_save"));
    CHECK(boxes(window) == changed);
    window.click("layout.close");
    window.click("ui.layout.question_stay");
    CHECK(window.item("layout.page"));
    // Another panel in its place gives nothing up.
    window.key("ctrl+h");
    CHECK_FALSE(window.item("layout.page"));
    window.key("ctrl+q");
    window.need("ui.layout.question_save");
    CHECK(window.running());
    CHECK(boxes(window) == changed);
    window.click("ui.layout.question_save");
    const fs::path file = own.folder / "own.json";
    window.need("ui.file.filter");
    window.type(file.string());
    window.tool({"key", "Return"});
    window.until("the end", [&] { return !window.running(); });
    const auto written = nlohmann::json::parse(bytes_of(file));
    CHECK(written.at("items").size() == changed.size());
    CHECK(written.at("id") == "own");
}

TEST_CASE("items are chosen, moved by keys, lined up, copied and removed; the sheet changes size") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_editor(window);
    const auto before = boxes(window);
    window.key("Tab");
    window.until("an item", [&] { return !window.text("layout.chosen").empty(); });
    const auto first = window.text("layout.chosen");
    window.key("Tab");
    window.until("the next item", [&] { return window.text("layout.chosen") != first; });
    window.key("shift+Tab");
    window.until("the one before", [&] { return window.text("layout.chosen") == first; });

    click_mm(window, 250, 100);
    REQUIRE(window.text("layout.chosen") == "legend");
    const std::string year = window.text("period");
    window.key("Left");
    CHECK(boxes(window)["legend"][0] == before.at("legend")[0] - 1);
    window.key("alt+Right");
    CHECK(boxes(window)["legend"][0] == Approx(before.at("legend")[0] - 0.9));
    window.key("shift+Up");
    CHECK(boxes(window)["legend"][1] == before.at("legend")[1] - 10);
    CHECK(window.text("period") == year); // the map below has no share in it
    window.key("ctrl+z");                 // steps by keys are one
    CHECK(boxes(window) == before);

    // The bar, then the map too: on one line on the left.
    click_mm(window, 60, 179);
    CHECK_FALSE(window.need("ui.layout.left").enabled);
    click_mm(window, 100, 100, "shift");
    CHECK(window.text("layout.chosen") == "scale map");
    window.click("ui.layout.left");
    CHECK(boxes(window)["scale"][0] == before.at("map")[0]);
    CHECK(boxes(window)["map"] == before.at("map"));
    window.click("ui.layout.undo");
    CHECK(boxes(window) == before);
    // A frame drawn around the bar takes it and what else lies in it.
    click_mm(window, 4, 4);
    CHECK(window.text("layout.chosen") == "");
    drag_mm(window, 11, 174, 80, 11);
    CHECK(window.text("layout.chosen") == "scale");

    window.key("ctrl+d");
    CHECK(boxes(window).size() == before.size() + 1);
    CHECK(window.text("layout.chosen") == "scale_bar");
    CHECK(window.text("layout.error") == "");
    window.key("Delete");
    CHECK(boxes(window) == before);

    // From the list, and what it says in both languages.
    window.choose("ui.layout.add", 3);
    CHECK(window.need("layout.item:text").selected);
    retype(window, "ui.layout.text_en", "In {year}");
    until_painted_page(window);
    retype(window, "ui.layout.text_en", "In {yeer}");
    window.until("what is wrong",
                 [&] { return window.text("layout.error").find("yeer") != std::string::npos; });
    window.screenshot("layout_text");
    window.key("Escape"); // the field is as it was
    window.click("ui.layout.remove");

    // On A3 everything is larger, and 100 % is the size that it will have.
    window.choose("ui.layout.sheet", 2);
    CHECK(boxes(window)["map"][2] == Approx(before.at("map")[2] * 420 / 297).margin(0.02));
    until_painted_page(window);
    window.click("ui.layout.actual");
    CHECK(window.value("layout.zoom") == 100);
    CHECK(window.value("layout.sheet.px_per_mm") == Approx(96 / 25.4));
    window.settle();
    window.screenshot("layout_actual");
    window.key("Home");
    CHECK(window.value("layout.zoom") < 100);
    const auto fitted = window.value("layout.zoom");
    const auto page = window.need("layout.page");
    window.move(page.x(), page.y());
    window.wheel(2);
    CHECK(window.value("layout.zoom") > fitted);
    window.click("ui.layout.undo");
    CHECK(boxes(window) == before);
}

namespace {

int copies_kept(const fs::path& home) {
    std::error_code none;
    int count = 0;
    for (const auto& entry : fs::directory_iterator(home / "config" / "diaban" / "recovery", none))
        count += entry.path().extension() == ".recovery";
    return count;
}

} // namespace

TEST_CASE("a page layout that a crash interrupted is offered at the next start, and its file stays",
          "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample own;
    TempFolder home;
    const fs::path file = own.folder / "mau_tinh.json";
    std::map<std::string, Box> saved, changed;
    {
        Session window(arranged({.files = {own.project.string()}, .home = home.path()}));
        open_editor(window);
        window.choose("ui.layout.add", 3); // a text
        window.until("the copy", [&] { return copies_kept(home.path()) == 1; });
        window.key("ctrl+s");
        window.pick(file);
        window.until("the file", [&] { return fs::exists(file); });
        window.until("no copy of what is saved", [&] { return copies_kept(home.path()) == 0; });
        saved = boxes(window);
        window.key("Delete");
        changed = boxes(window);
        CHECK(changed.size() + 1 == saved.size());
        window.until("the copy of the change", [&] { return copies_kept(home.path()) == 1; });
        window.crash();
    }
    const auto on_disk = bytes_of(file);
    {
        // Nothing is open: what was open then is opened below the page.
        Session window(arranged({.wait_for_map = false, .home = home.path()}));
        window.need("ui.recovery.take");
        CHECK(window.text("recovery").find("mau_tinh.json") != std::string::npos);
        CHECK(window.text("recovery").find(said(window, "mẫu trang", "page layout")) !=
              std::string::npos);
        window.screenshot("layout_recovery");
        window.click("ui.recovery.take");
        window.need("layout.page");
        CHECK_FALSE(window.item("ui.recovery.take"));
        until_painted_page(window);
        CHECK(boxes(window) == changed);
        CHECK(window.text("layout.unsaved") == "yes");
        CHECK(window.text("layout.file") == file.string());
        CHECK(window.text("unsaved") == "no"); // of the project nothing was lost
        window.screenshot("layout_recovered");
        CHECK(bytes_of(file) == on_disk);
        window.key("ctrl+z");
        CHECK(boxes(window) == saved);
        CHECK(window.text("layout.unsaved") == "no");
        window.key("ctrl+y");
        window.until("its own copy", [&] { return copies_kept(home.path()) == 1; });
        window.crash();
    }
    {
        Session window(
            arranged({.files = {own.project.string()}, .home = home.path()})); // over the map
        window.click("ui.recovery.take");
        window.need("layout.page");
        until_painted_page(window);
        window.click("layout.close");
        window.click("ui.layout.question_drop");
        window.until("the end of the editor", [&] { return !window.item("layout.page"); });
        window.until("no copy of what is given up", [&] { return copies_kept(home.path()) == 0; });
        window.crash();
    }
    Session window(arranged({.files = {own.project.string()}, .home = home.path()}));
    CHECK_FALSE(window.item("ui.recovery.take"));
    CHECK(bytes_of(file) == on_disk);
}
