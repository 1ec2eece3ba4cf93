// The four views of time, the shapes that select, table, charts, matrix.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "own_sample.hpp"
#include "support/process.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

constexpr int kLassoCorners = 16;

// Draws around a place with the lasso: corners at this distance, the last one left open or not.
void draw_lasso(Session& window, double x, double y, double radius,
                const std::string& modifier = "", bool closed = false) {
    const auto corner = [&](int k) {
        const double angle = 2 * std::acos(-1.0) * k / kLassoCorners;
        return std::vector<std::string>{"mousemove",
                                        std::to_string(std::lround(x + radius * std::cos(angle))),
                                        std::to_string(std::lround(y + radius * std::sin(angle)))};
    };
    if (!modifier.empty()) window.tool({"keydown", modifier});
    auto begin = corner(0);
    begin.insert(begin.end(), {"mousedown", "1"});
    window.tool(begin);
    // All at once, quicker than any frame.
    std::vector<std::string> hand;
    for (int k = 1; k < kLassoCorners + closed; ++k)
        for (const auto& word : corner(k)) hand.push_back(word);
    hand.insert(hand.end(), {"mouseup", "1"});
    window.tool(hand);
    if (!modifier.empty()) window.tool({"keyup", modifier});
    window.settle();
}

} // namespace

TEST_CASE("two years side by side share the camera; the line between them can be dragged",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const std::string year = window.text("period");
    window.key("2");
    CHECK(window.text("mode") == "compare");
    const std::string other = window.text("compare");
    CHECK(other != year);
    window.click("ui.compare.next");
    CHECK(window.text("compare") != other);
    CHECK(window.text("period") == year);
    const ItemBox map = window.need("map");
    const double metres = window.value("camera.metres_per_px");
    window.move(map.x() - 200, map.y());
    window.wheel(3);
    CHECK(window.value("camera.metres_per_px") < metres);
    // The same place in either picture is the same commune.
    const double half = (map.x1 - map.x0) / 2;
    window.move(map.x() - half / 2, map.y());
    const std::string left = window.text("hovered");
    window.move(map.x() + half / 2 + 1, map.y());
    CHECK(window.text("hovered") == left);
    window.key("s");
    const ItemBox swipe = window.need("map.swipe");
    window.drag(swipe.x(), swipe.y(), swipe.x() - 200, swipe.y());
    CHECK(window.need("map.swipe").x() == Approx(swipe.x() - 200).margin(6));
    window.screenshot("swipe");
    window.key("1");
    CHECK(window.text("mode") == "one");
}

TEST_CASE("small multiples: one picture per year, a click on its title chooses the year",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.key("3");
    CHECK(window.text("mode") == "multiples");
    window.need("pane:2009");
    window.click("pane:2012");
    CHECK(window.text("period") == "2012");
    window.screenshot("multiples");
}

TEST_CASE("the change map has its legend, and a cell of the matrix selects its units",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.key("4");
    CHECK(window.text("mode") == "change");
    window.click("ui.matrix");
    CHECK(window.need("matrix.end").y1 > 0); // the totals are in sight, without scrolling
    window.screenshot("change");
    window.click("cell:1:0"); // present, then healthy
    const double better = window.value("selected");
    CHECK(better > 0);
    window.key("Escape");
    window.click("legend:1"); // "better" on the map: the same units
    CHECK(window.value("selected") == better);
}

TEST_CASE("the change map of numbers shows differences, as the published figures have them",
          "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window(arranged({.files = {sample.project.string()}}));
    window.click_left("indicator:population");
    window.key("4");
    const std::string from = window.text("compare"), to = window.text("period");
    // Columns: code, name, district, indicator, period, value; no name has a comma.
    std::map<std::string, double> change;
    for (const std::string& row : sample.rows("population")) {
        std::istringstream cells(row);
        std::string code, cell, period, value;
        std::getline(cells, code, ',');
        for (int i = 0; i < 3; ++i) std::getline(cells, cell, ',');
        std::getline(cells, period, ',');
        std::getline(cells, value, ',');
        if (period == from) change[code] -= std::stod(value);
        if (period == to) change[code] += std::stod(value);
    }
    REQUIRE(change.size() == 156);
    // Rows of the legend: three of falls, none, three of rises, without a value.
    const auto row = [&](int at) {
        return std::stoi(window.text("legend.count:" + std::to_string(at)));
    };
    const auto having = [&](const std::function<bool(double)>& what) {
        return std::count_if(change.begin(), change.end(),
                             [&](const auto& one) { return what(one.second); });
    };
    CHECK(row(0) + row(1) + row(2) == having([](double by) { return by < 0; }));
    CHECK(row(3) == having([](double by) { return by == 0; }));
    CHECK(row(4) + row(5) + row(6) == having([](double by) { return by > 0; }));
    CHECK(row(7) == 0);
    // The last step begins where its row says, for falls and rises alike: "> +709".
    std::istringstream texts(window.text("texts"));
    double large = 0;
    for (std::string line; std::getline(texts, line);)
        if (line.starts_with(">+")) {
            line.erase(0, 2);
            std::erase_if(line, [](char c) { return c == '.' || c == ','; });
            large = std::stod(line);
        }
    REQUIRE(large > 0);
    CHECK(row(6) == having([&](double by) { return by > large; }));
    CHECK(row(0) == having([&](double by) { return by < -large; }));
    window.click("legend:6");
    CHECK(window.value("selected") == row(6));
    window.screenshot("differences");
    // Between other years other communes.
    window.key("Escape");
    window.key("Right");
    CHECK(row(0) + row(1) + row(2) + row(3) + row(4) + row(5) + row(6) == 156);
    CHECK(window.text("compare") == from);
    CHECK(window.text("period") != to);
}

TEST_CASE("a view of time, a tool and a hit of the search bring the map out from below a sheet") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    const auto cover = [&] {
        window.click("ui.menu.help");
        window.click("ui.guide");
        window.need("guide.close");
    };
    const auto uncovered = [&] {
        window.until("the map", [&] { return !window.item("guide.close"); });
    };
    cover();
    window.key("2");
    uncovered();
    CHECK(window.text("mode") == "compare");
    // The view that is on already, too: it is asked for because it is not seen.
    cover();
    window.key("2");
    uncovered();
    CHECK(window.text("mode") == "compare");
    cover();
    window.click("ui.mode.change");
    uncovered();
    CHECK(window.text("mode") == "change");
    cover();
    window.key("l");
    uncovered();
    CHECK(window.text("tool") == "lasso");
    cover();
    window.key("ctrl+f");
    window.type("huyen");
    window.need("hit:0");
    window.key("Return");
    uncovered();
    window.screenshot("uncovered");
}

TEST_CASE("an indicator, a year and a panel of the menu bring the map out from below a sheet") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    const auto cover = [&] {
        window.click("ui.menu.help");
        window.click("ui.guide");
        window.need("guide.close");
    };
    const auto uncovered = [&] {
        window.until("the map", [&] { return !window.item("guide.close"); });
        window.settle();
    };
    const std::string first = window.text("indicator");
    cover();
    window.click("indicator:population");
    uncovered();
    CHECK(window.text("indicator") == "population");
    // The one that is on already, too.
    cover();
    window.click("indicator:population");
    uncovered();
    CHECK(window.text("indicator") == "population");
    CHECK(first != "population");
    const std::string year = window.text("period");
    cover();
    window.key("comma");
    uncovered();
    CHECK(window.text("period") < year);
    // What is open below the sheet is shown by its menu, not closed unseen.
    REQUIRE(window.item("map"));
    const double map_ends = window.need("map").x1;
    cover();
    window.click("ui.menu.view");
    window.click("ui.menu.right");
    uncovered();
    CHECK(window.need("map").x1 == map_ends);
    window.click("ui.menu.view");
    window.click("ui.menu.right");
    window.until("the right panel to fold", [&] { return window.need("map").x1 > map_ends; });
}

TEST_CASE("lasso, circle and box select; Ctrl adds, Alt takes away; sets are kept", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox map = window.need("map");
    const double x = map.x(), y = map.y();
    window.key("c");
    CHECK(window.text("tool") == "circle");
    window.drag(x, y, x + 120, y);
    const double circle = window.value("selected");
    CHECK(circle > 4);
    window.key("l");
    window.drag(x, y - 60, x + 160, y + 100, "alt"); // a line has no inside
    CHECK(window.value("selected") == circle);
    window.key("b");
    window.drag(x - 250, y - 250, x + 250, y + 250, "ctrl");
    const double more = window.value("selected");
    CHECK(more > circle);
    window.drag(x - 100, y - 100, x + 100, y + 100, "alt");
    CHECK(window.value("selected") < more);
    const double kept = window.value("selected");
    window.key("Escape"); // the tool
    CHECK(window.text("tool") == "pointer");
    CHECK(window.value("selected") == kept);
    window.key("ctrl+i");
    CHECK(window.value("selected") == 156 - kept);
    window.scroll_to("ui.data.set_name");
    window.click("ui.data.set_name"); // on the card, at hand
    window.type("cum moi");
    window.scroll_to("ui.data.save_set");
    window.click("ui.data.save_set");
    CHECK(window.value("sets") == 1);
    window.key("Escape");
    CHECK(window.value("selected") == 0);
    window.click_left("set:0");
    CHECK(window.value("selected") == 156 - kept);
    window.screenshot("sets");
    window.key("ctrl+z");
    CHECK(window.value("sets") == 0);
}

TEST_CASE("the lasso selects what lies within it; Ctrl adds, Alt takes away", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox map = window.need("map");
    const double x = map.x(), y = map.y(), radius = 110;
    const auto selected = [&] { return window.value("selected"); };
    // The circle has the same rule: the lasso lies between the one within it and the one around it.
    const double within = radius * std::cos(std::acos(-1.0) / kLassoCorners) - 2;
    window.key("c");
    window.drag(x, y, x + within, y);
    const double least = selected();
    window.drag(x, y, x + radius + 2, y);
    const double most = selected();
    window.key("Escape"); // the tool
    window.key("Escape"); // the selection
    CHECK(selected() == 0);
    window.key("l");
    draw_lasso(window, x, y, radius);
    const double lasso = selected();
    CHECK(lasso > 4);
    CHECK(lasso < 156);
    CHECK(lasso >= least);
    CHECK(lasso <= most);
    window.screenshot("lasso");
    draw_lasso(window, x, y, radius, "", true);
    CHECK(selected() == lasso);
    // Another one beside it, which covers a part of the first.
    draw_lasso(window, x + 60, y, radius, "ctrl");
    const double both = selected();
    CHECK(both > lasso);
    draw_lasso(window, x + 60, y, radius, "alt");
    const double rest = selected();
    CHECK(rest > 0);
    draw_lasso(window, x + 60, y, radius);
    CHECK(selected() == both - rest);
    CHECK(both < lasso + selected()); // what both have is counted once
}

TEST_CASE("the ruler measures on the ground", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox map = window.need("map");
    window.key("m");
    window.click_at(map.x() - 100, map.y());
    window.click_at(map.x() + 100, map.y());
    // The plane of the map is true to about 0.1 %.
    CHECK(window.value("ruler") ==
          Approx(200 * window.value("camera.metres_per_px")).epsilon(0.003));
    // One length, said once, also while the mouse rests where it was clicked.
    CHECK_FALSE(window.text("ruler.told").empty());
    CHECK(window.text("ruler.told").find('|') == std::string::npos);
    // A way of several legs, with no tooltip over it.
    window.click_at(map.x() + 100, map.y() + 100);
    CHECK(window.value("ruler.legs") == 2);
    const auto lengths = window.text("ruler.told"); // two legs and the whole
    CHECK(std::count(lengths.begin(), lengths.end(), '|') == 2);
    CHECK(window.value("ruler") ==
          Approx(300 * window.value("camera.metres_per_px")).epsilon(0.003));
    CHECK_FALSE(window.item("map.tooltip"));
    window.screenshot("ruler");
    window.key("Escape");
    window.key("Escape");
    CHECK(window.text("tool") == "pointer");
}

TEST_CASE("the table filters, groups, hides columns and is copied", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.open_table();
    CHECK(window.value("table.rows") == 156);
    window.click("ui.table.filter");
    window.click("filter:1");
    window.type("phuong");
    const double wards = window.value("table.rows");
    CHECK(wards > 0);
    CHECK(wards < 156);
    window.click("ui.table.group");
    window.until("a group", [&] {
        for (int i = 0; i < 12; ++i)
            if (window.item("group:" + std::to_string(i))) return true;
        return false;
    });
    window.screenshot("grouped");
    // The rule of a subtotal stands in its tooltip.
    int group = 0;
    while (group < 12 && !window.item("group:" + std::to_string(group))) ++group;
    const ItemBox row = window.need("group:" + std::to_string(group));
    // The row is recorded as wide as its first column, which has none.
    for (double x = row.x1 + 20; x < window.width() - 120 && window.text("table.note").empty();
         x += 80)
        window.move(x, row.y());
    CHECK_FALSE(window.text("table.note").empty());
    window.click("ui.table.columns");
    window.click("choose:district");
    window.key("Escape");
    window.click("ui.table.copy");
    CHECK(window.text("status.notice").find(std::to_string(static_cast<int>(wards))) !=
          std::string::npos);
    const TempFolder folder;
    window.click("ui.table.export");
    window.until("the command", [&] { return !window.text("table.command").empty(); });
    CHECK(window.text("table.command").find("diaban table --") == 0);
    CHECK(window.text("table.command").find("--columns code,name,") != std::string::npos);
    CHECK(window.text("table.command").find("--group district") != std::string::npos);
    window.click("table.ui.export.public");
    window.pick(folder / "bang.csv");
    window.until(
        "the table", [&] { return fs::exists(folder / "bang.csv"); }, 30);
    const auto written = bytes_of(folder / "bang.csv");
    // The rows of districts, each above its own.
    long groups = 0;
    const auto subtotal = said(window, "tổng hợp (", "subtotal (");
    for (auto at = written.find(subtotal); at != std::string::npos;
         at = written.find(subtotal, at + 1))
        ++groups;
    CHECK(groups > 0);
    CHECK(std::count(written.begin(), written.end(), '\n') ==
          static_cast<long>(wards) + groups + 1);
    window.click("ui.table.filter");
    CHECK(window.value("table.rows") == 156);
}

TEST_CASE("charts: a dragged break makes manual classes, a bar selects its units", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.click_left("indicator:population");
    window.click("ui.charts");
    const ItemBox line = window.need("break:2");
    const double by = 0.7 * (window.need("break:3").x() - line.x());
    window.drag(line.x(), line.y(), line.x() + by, line.y());
    CHECK(window.text("method") == "manual");
    CHECK(window.need("break:2").x() == Approx(line.x() + by).margin(8));
    window.key("ctrl+z");
    CHECK(window.text("method") == "quantile");
    // The axis reaches over all years: the first bars may be empty in this one.
    for (int bar = 0; bar < 40 && window.value("selected") == 0; ++bar)
        window.click("bar:" + std::to_string(bar));
    CHECK(window.value("selected") > 0);
    window.key("Escape");
    for (const char* chart : {"ranked", "series", "scatter", "boxes"}) {
        window.click("ui.charts." + std::string(chart));
        CHECK(window.text("charts.heading").find(said(window, "(người", "(people")) !=
              std::string::npos); // the unit
        window.screenshot("chart_" + std::string(chart));
    }
    // All communes are ranked, and the list scrolls to the last of them.
    window.click("ui.charts.ranked");
    CHECK(window.value("ranked") > 150);
    window.click("ui.charts.boxes");
    window.click("box:3");
    CHECK(window.value("selected") > 3);
}

TEST_CASE("charts of a status count its communes by class and by year, and a bar selects them",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const std::string status = window.text("indicator"), year = window.text("period");
    window.click("ui.charts");
    window.need("bar:0");
    window.screenshot("chart_status_classes");
    const double healthy = window.value("bar:0");
    CHECK(healthy > 0);
    window.click("bar:0");
    CHECK(window.value("selected") == healthy);
    for (const char* chart : {"ranked", "series"}) {
        window.click("ui.charts." + std::string(chart));
        const std::string bar = "bar:" + year + ":0";
        window.need(bar);
        window.screenshot("chart_status_" + std::string(chart));
        CHECK(window.value(bar) == healthy); // as the legend of that year
        window.click(bar);
        CHECK(window.value("selected") == healthy);
    }
    // A selection is compared by its share where that is asked for.
    window.click("ui.charts.compare");
    CHECK_FALSE(window.item("bar:" + year + ":0"));
    window.screenshot("chart_status_share");
    // What needs numbers offers some.
    window.click("ui.charts.boxes");
    window.click("charts.indicator:DR01_rate");
    CHECK(window.text("indicator") == "DR01_rate");
    window.need("box:0");
}

TEST_CASE("what is copied as a command makes the same file, byte for byte") {
    if (!can_open_windows()) return;
    TempFolder folder;
    Session window({.files = {sample_project().string()}});
    window.click("indicator:population");
    window.key("bracketright");
    window.key("ctrl+e");
    const ItemBox preview = window.need("export.preview");
    window.click("ui.export.dpi");
    window.click("ui.export.dpi:0");
    window.move(preview.x(), preview.y());
    window.wheel(-20);
    window.until("the command", [&] { return !window.text("export.command").empty(); });
    const std::string command = window.text("export.command");
    window.scroll_to("ui.export.run");
    window.click("ui.export.run");
    window.until(
        "the file", [&] { return !window.text("export.result").empty(); }, 60);
    const auto at = command.find("--out ");
    REQUIRE(at != std::string::npos);
    const auto after = command.find(" --lang", at);
    REQUIRE(after != std::string::npos);
    std::string out = command.substr(at + 6, after - at - 6);
    std::erase(out, '\'');
    const std::string drawn = bytes_of(out);
    REQUIRE(drawn.size() > 1000);
    const fs::path again = folder / "again.png";
    const std::string line = std::string(DIABAN_PROGRAM) + command.substr(6, at - 6) +
                             "--out " + // after "diaban"
                             again.string() + command.substr(after) + " --quiet";
    const auto done = run_program({"sh", "-c", line});
    REQUIRE(done.code == 0);
    CHECK(bytes_of(again) == drawn);
}
