// The window without a mouse: through the regions, inside them, and on the map.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;

namespace {

void walk_to(Session& window, const std::string& region) {
    for (int i = 0; i < 12 && window.text("focus.region") != region; ++i) {
        window.key("F6");
        window.settle();
    }
    REQUIRE(window.text("focus.region") == region);
}

} // namespace

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
