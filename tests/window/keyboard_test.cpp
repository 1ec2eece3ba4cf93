// The window without a mouse: through the regions, inside them, and on the map.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "support/catalogue.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <sstream>

using namespace diaban::test;

namespace {

void walk_to(Session& window, const std::string& region) {
    for (int i = 0; i < 12 && window.text("focus.region") != region; ++i) {
        window.key("F6");
        window.settle();
    }
    REQUIRE(window.text("focus.region") == region);
}

std::string closed_up(std::string text) {
    std::erase(text, ' ');
    return text;
}

// The lines of letters on the screen, without blanks, which have no shape.
std::set<std::string> lines_seen(Session& window) {
    std::set<std::string> out;
    std::istringstream texts(window.text("texts"));
    for (std::string text; std::getline(texts, text);) out.insert(text);
    return out;
}

} // namespace

TEST_CASE("a tool names its key below the mouse, and the key does what the tool does",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const auto words = read_catalogue(DIABAN_TREE, window.text("language"));
    struct Tool {
        const char *name, *key;
    };
    constexpr Tool kTools[] = {
        {"ui.tool.open", "Ctrl+O"}, {"ui.tool.save", "Ctrl+S"},   {"ui.tool.zoom_in", "+"},
        {"ui.tool.zoom_out", "-"},  {"ui.tool.zoom_all", "Home"}, {"ui.tool.box", "B"},
        {"ui.tool.lasso", "L"},     {"ui.tool.circle", "C"},      {"ui.tool.ruler", "M"},
        {"ui.mode.one", "1"},       {"ui.mode.compare", "2"},     {"ui.mode.multiples", "3"},
        {"ui.mode.change", "4"},    {"ui.tool.export", "Ctrl+E"},
    };
    for (const Tool& tool : kTools) {
        INFO(tool.name);
        const std::string name = closed_up(words.text.at(tool.name)), key = tool.key;
        const auto before = lines_seen(window);
        const ItemBox box = window.need(tool.name);
        window.move(box.x(), box.y());
        const auto now = lines_seen(window);
        // Far apart they are two lines to the eye.
        const bool apart = now.contains(name) && now.contains(key) && !before.contains(key);
        CHECK((now.contains(name + key) || apart));
        CHECK_FALSE(before.contains(name + key));
    }
    window.screenshot("tooltip");
    const ItemBox map = window.need("map");
    window.move(map.x(), map.y());
    CHECK_FALSE(lines_seen(window).contains(closed_up(words.text.at("ui.tool.export")) + "Ctrl+E"));
    for (const auto& [key, tool] : {std::pair("b", "box"), std::pair("l", "lasso"),
                                    std::pair("c", "circle"), std::pair("m", "ruler")}) {
        window.key(key);
        CHECK(window.text("tool") == tool);
    }
    for (const auto& [key, mode] : {std::pair("2", "compare"), std::pair("3", "multiples"),
                                    std::pair("4", "change"), std::pair("1", "one")}) {
        window.key(key);
        CHECK(window.text("mode") == mode);
    }
    const double all = window.value("camera.metres_per_px");
    window.key("plus");
    CHECK(window.value("camera.metres_per_px") < all);
    window.key("Home");
    CHECK(window.value("camera.metres_per_px") == Approx(all).epsilon(0.01));
}

TEST_CASE("Tab and F6 walk through all regions, forward and back") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    CHECK(window.text("focus.region").empty());
    const char* forward[] = {"menus", "menu",     "toolbar", "data",       "map",
                             "right", "timeline", "table",   "status_bar", "menus"};
    bool tab = false;
    for (const char* region : forward) {
        window.key((tab = !tab) ? "Tab" : "F6");
        window.settle();
        CHECK(window.text("focus.region") == region);
    }
    window.key("shift+F6");
    window.settle();
    CHECK(window.text("focus.region") == "status_bar");
    window.key("shift+Tab");
    window.settle();
    CHECK(window.text("focus.region") == "table");
    window.screenshot("keyboard");
    window.key("Escape");
    window.settle();
    CHECK(window.text("focus.region").empty());
}

TEST_CASE("arrows move inside a region, and Enter presses what they have come to") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    walk_to(window, "toolbar");
    const std::string first = window.text("focus");
    CHECK_FALSE(first.empty());
    window.key("Right");
    window.settle();
    CHECK(window.text("focus") != first);
    // Into the list of indicators: the year stays, and Enter takes another one.
    const std::string year = window.text("period"), indicator = window.text("indicator");
    walk_to(window, "data");
    for (int i = 0; i < 40 && window.text("focus") != "indicator:population"; ++i) {
        window.key("Down");
        window.settle();
    }
    REQUIRE(window.text("focus") == "indicator:population");
    CHECK(window.text("period") == year);
    CHECK(window.text("indicator") == indicator);
    window.screenshot("keyboard_list");
    window.key("Return");
    window.until("the indicator", [&] { return window.text("indicator") == "population"; });
    // The region is as it was left.
    window.key("F6");
    window.key("shift+F6");
    window.settle();
    CHECK(window.text("focus") == "indicator:population");
}

TEST_CASE("menus open and are chosen from without the mouse") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    walk_to(window, "menus");
    window.key("Right");
    window.key("Return");
    window.need("ui.menu.undo"); // of the second menu
    window.key("Escape");
}

TEST_CASE("the map is moved with arrows, and Enter pins what lies below the cross") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    walk_to(window, "map");
    for (int i = 0; i < 8 && window.text("hovered").empty(); ++i) {
        window.key("Up"); // to land
        window.settle();
    }
    const std::string middle = window.text("hovered");
    REQUIRE_FALSE(middle.empty());
    window.screenshot("keyboard_map");
    window.key("Return");
    window.until("the commune", [&] { return window.text("pinned") == middle; });
    const double x = window.value("camera.x");
    const std::string year = window.text("period");
    window.key("Right");
    window.until("the move", [&] { return window.value("camera.x") > x; });
    CHECK(window.text("period") == year);
    // A click gives the arrows back to the years.
    const ItemBox map = window.need("map");
    window.click_at(map.x0 + 30, map.y0 + 120);
    window.key("Left");
    window.until("the year", [&] { return window.text("period") != year; });
    CHECK(window.text("focus.region").empty());
}

TEST_CASE("a key let go while another window has the keyboard is held no longer") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    const ItemBox map = window.need("map");
    std::vector<std::pair<double, double>> places; // of communes apart from each other
    for (const double down : {-0.2, 0.0, 0.2}) {
        const double y = map.y() + down * (map.y1 - map.y0);
        window.move(map.x(), y);
        if (!window.text("hovered").empty()) places.emplace_back(map.x(), y);
    }
    REQUIRE(places.size() >= 2);
    const auto [x, y] = places[1];
    window.click_at(places[0].first, places[0].second);
    CHECK(window.value("selected") == 1);
    window.click_at(x, y, "ctrl");
    CHECK(window.value("selected") == 2); // held, it adds
    window.click_at(places[0].first, places[0].second);
    CHECK(window.value("selected") == 1);
    const std::string nobody = "0";
    window.tool({"mousemove", std::to_string(static_cast<int>(x)),
                 std::to_string(static_cast<int>(y) + 1), "keydown", "ctrl", "windowfocus", nobody,
                 "keyup", "ctrl", "windowfocus", window.id()});
    window.settle();
    window.click_at(x, y);
    CHECK(window.value("selected") == 1);
    const std::string year = window.text("period");
    window.key("Left"); // with Ctrl it would be another key
    CHECK(window.text("period") != year);
}
