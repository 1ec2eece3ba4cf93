// Maps for a room: nothing but the map, its title and its legend; light on a district; a dot that
// points; a black screen.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban::test;

namespace {

// Places of the map that lie in a commune.
std::vector<std::pair<double, double>> places_on_land(Session& window) {
    const ItemBox map = window.need("map");
    std::vector<std::pair<double, double>> out;
    for (const double down : {-0.28, -0.14, 0.0, 0.14, 0.28})
        // More to the left: the legend at the right may have moved the map aside.
        for (const double right : {-0.3, -0.2, -0.1, 0.0, 0.1}) {
            const double x = map.x() + right * (map.x1 - map.x0),
                         y = map.y() + down * (map.y1 - map.y0);
            window.move(x, y);
            if (!window.text("hovered").empty()) out.emplace_back(x, y);
        }
    return out;
}

// Red, green and blue of "#RRGGBB".
struct Colour {
    int red, green, blue;
    explicit Colour(const std::string& text)
        : red(std::stoi(text.substr(1, 2), nullptr, 16)),
          green(std::stoi(text.substr(3, 2), nullptr, 16)),
          blue(std::stoi(text.substr(5, 2), nullptr, 16)) {}
};

} // namespace

TEST_CASE("presenter: nothing but the map, a key per year, black, and back") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.key("F11");
    window.need("present.title");
    CHECK_FALSE(window.item("ui.tool.open"));
    window.key("3");
    CHECK(window.text("period") == "2011");
    window.key("shift+1"); // the eleventh year
    CHECK(window.text("period") == "2019");
    // Title and year as large as a room needs them, with the area; the legend says all of it.
    const ItemBox title = window.need("present.title"), number = window.need("present.year");
    CHECK(title.y1 - title.y0 > 60);
    CHECK(number.y1 - number.y0 > 80);
    CHECK(number.y0 > title.y1);
    CHECK(window.text("present.legend").find("2019") != std::string::npos);
    const std::string everywhere = window.text("present.title");
    const auto all = [&] {
        double units = 0;
        for (int i = 0; i < 6; ++i) units += window.value("present.count:" + std::to_string(i));
        return units;
    };
    CHECK(all() == 156);
    const ItemBox map = window.need("map");
    double y = map.y();
    for (const double aside : {0.0, 60.0, -60.0, 120.0, -120.0}) { // on land
        window.move(map.x(), y = map.y() + aside);
        window.settle();
        if (!window.text("hovered").empty()) break;
    }
    window.click_at(map.x(), y);
    window.screenshot("presenter");
    // The district in the light has its name in the title and its own counts.
    CHECK(window.text("present.title") != everywhere);
    CHECK(all() > 1);
    CHECK(all() < 156);
    window.key("b");
    CHECK_FALSE(window.item("present.title"));
    CHECK(window.pixel(map.x(), map.y()) == "#000000");
    window.key("Escape");
    window.key("Escape");
    CHECK(window.text("presenting") == "no");
    window.need("ui.tool.open");
}

TEST_CASE("presenter: up and down change the speed of playing, which is told and kept") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.key("F11");
    window.need("present.title");
    CHECK(window.text("present.foot").empty());
    CHECK(window.value("play.speed") == 1);
    window.tool({"key", "Up"}); // told for a moment, so nothing rests until it is gone
    window.until(
        "told", [&] { return window.text("present.foot") == "Tốc độ chạy qua các năm 2×"; }, 10);
    CHECK(window.value("play.speed") == 2);
    window.until(
        "told no longer", [&] { return window.text("present.foot").empty(); }, 10);
    for (int k = 0; k < 3; ++k) window.key("Up"); // not beyond the fastest
    CHECK(window.value("play.speed") == 4);
    for (int k = 0; k < 5; ++k) window.key("Down");
    CHECK(window.value("play.speed") == 0.5);
    // While it plays the speed stands there; the timeline has it afterwards.
    window.key("Up");
    window.key("Up");
    const std::string year = window.text("period");
    window.key("space");
    window.until(
        "another year", [&] { return window.text("period") != year; }, 10);
    CHECK(window.text("present.foot").find("2×") != std::string::npos);
    window.key("space");
    window.key("Escape");
    window.need("ui.timeline.speed");
    CHECK(window.value("play.speed") == 2);
}

TEST_CASE("presenter: two years stand below the title, beside the legend with both counts") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.key("2");
    window.until("two pictures", [&] { return window.item("pane:1").has_value(); });
    window.key("F11");
    const ItemBox title = window.need("present.title");
    window.until("the years below the title", [&] {
        const auto left = window.item("pane:0"), right = window.item("pane:1");
        return left && right && left->y0 > title.y1 && right->y0 > title.y1;
    });
    const ItemBox banner = window.need("map.banner");
    CHECK(banner.x0 > title.x1);
    CHECK(banner.y1 < window.need("pane:1").y0);
    CHECK(window.need("present.legend").x0 > window.need("pane:1").x1);
    CHECK(window.text("present.legend").find("2009 | 2015") != std::string::npos);
    window.screenshot("presenter_compare");
    window.key("F11");
    window.until("the title is gone", [&] { return !window.item("present.title"); });
}

TEST_CASE("presenter: on a small window the legend hides no commune") {
    if (!can_open_windows()) return;
    Session window(
        {.files = {sample_project().string()}, .width = 1280, .height = 720, .scale = 1.5});
    window.key("F11");
    window.need("present.legend");
    window.settle();
    const ItemBox legend = window.need("present.legend");
    window.screenshot("presenter_small");
    for (int across = 0; across < 3; ++across)
        for (int down = 0; down < 5; ++down) {
            const double x = legend.x0 + 6 + across * (legend.x1 - legend.x0) / 4,
                         y = legend.y0 + 6 + down * (legend.y1 - legend.y0) / 5;
            window.move(x, y);
            INFO(x << ", " << y);
            CHECK(window.text("hovered").empty());
        }
    // And there is one beside it.
    CHECK_FALSE(places_on_land(window).empty());
}

TEST_CASE("presenter: no tool is in sight, and a click on a district puts out the others",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.key("F11");
    window.need("present.title");
    window.settle();
    for (const auto& [name, box] : window.named_items()) {
        INFO(name);
        CHECK((name.starts_with("present.") || name == "map" || name == "map.banner"));
    }
    const ItemBox map = window.need("map");
    CHECK(map.x0 == 0);
    CHECK(map.y0 == 0);
    CHECK(map.x1 == window.width());
    const auto places = places_on_land(window);
    REQUIRE(places.size() > 5);
    const auto aside = [&] { window.move(map.x0 + 40, map.y() + 60); }; // no hand on the map
    const auto colours = [&] {
        std::vector<std::string> out;
        for (const auto& [x, y] : places) out.push_back(window.pixel(x, y));
        return out;
    };
    aside();
    const auto before = colours();
    window.click_at(places.front().first, places.front().second);
    aside();
    const auto lit = colours();
    window.screenshot("spotlight");
    CHECK(lit.front() == before.front());
    std::size_t paler = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Colour was(before[i]), is(lit[i]);
        paler += is.red + is.green + is.blue > was.red + was.green + was.blue;
    }
    CHECK(paler >= places.size() / 2);
    window.click_at(places.front().first, places.front().second); // again: all of them
    aside();
    CHECK(colours() == before);
}

TEST_CASE("presenter: a dot follows the mouse and stands out from the map; on black there is none",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.key("F11");
    window.need("present.title");
    const double scale = window.value("scale");
    const auto places = places_on_land(window);
    REQUIRE(places.size() > 1);
    for (const auto& [x, y] : {places.front(), places.back()}) {
        window.move(x, y);
        const Colour dot(window.pixel(x, y));
        CHECK(dot.red > 180);
        CHECK(dot.green < 60);
        CHECK(dot.blue < 60);
        const Colour ring(window.pixel(std::round(x) + 6 * scale, y));
        CHECK(std::min({ring.red, ring.green, ring.blue}) > 200);
    }
    window.screenshot("dot");
    const auto [x, y] = places.front();
    const Colour without(window.pixel(x, y)); // it has gone on
    CHECK_FALSE((without.red > 180 && without.green < 60 && without.blue < 60));
    window.key("b");
    window.move(x, y);
    CHECK(window.pixel(x, y) == "#000000");
    CHECK(window.pixel(std::round(x) + 6 * scale, y) == "#000000");
    window.key("b"); // the same key brings the map back
    window.need("present.title");
    // Nothing is left of it beside the map.
    window.key("Escape");
    window.need("ui.tool.open");
    window.move(x, y);
    const Colour after(window.pixel(x, y));
    CHECK_FALSE((after.red > 180 && after.green < 60 && after.blue < 60));
}
