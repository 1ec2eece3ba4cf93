// Pictures of the parts of the window that stay as they are, compared with those in
// tests/window/golden. To accept new ones:
//   DIABAN_WINDOW_ACCEPT=1 <build>/tests/window/window "the parts of the window look*"
// and look at them before committing. With $DIABAN_WINDOW_SHOTS what was seen and what differs is
// left there.
#define CATCH_CONFIG_FAST_COMPILE
#include "golden/image.hpp"
#include "session.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

// Letters and edges change a little with the library that draws them.
constexpr int kTolerance = 40;
constexpr double kBudget = 0.005; // of the pixels may differ by more
constexpr int kColours = 128;     // of a picture that is kept

fs::path kept_picture(const std::string& name) {
    return fs::path(DIABAN_TREE) / "tests" / "window" / "golden" / (name + ".png");
}

void check_picture(Session& window, const std::string& name, const ItemBox& part) {
    INFO(name);
    if (std::getenv("DIABAN_WINDOW_ACCEPT")) {
        window.picture(part, kept_picture(name), kColours);
        return;
    }
    const TempFolder folder;
    const char* shots = std::getenv("DIABAN_WINDOW_SHOTS");
    const fs::path seen_at = (shots ? fs::path(shots) : folder.path()) / ("part-" + name + ".png");
    fs::create_directories(seen_at.parent_path());
    window.picture(part, seen_at);
    const auto expected = read_png(kept_picture(name)), seen = read_png(seen_at);
    REQUIRE(expected);
    REQUIRE(seen);
    const auto difference = compare(*expected, *seen, kTolerance);
    REQUIRE(difference.same_size);
    if (shots) write_png(difference.picture, fs::path(shots) / ("part-" + name + "-differs.png"));
    CHECK(static_cast<double>(difference.pixels) <
          kBudget * static_cast<double>(expected->width) * static_cast<double>(expected->height));
}

// A rectangle around both, with a rim, on whole pixels.
ItemBox around(const ItemBox& a, const ItemBox& b) {
    constexpr double kRim = 6;
    return {.x0 = std::max(0.0, std::floor(std::min(a.x0, b.x0)) - kRim),
            .y0 = std::floor(std::min(a.y0, b.y0)) - kRim,
            .x1 = std::ceil(std::max(a.x1, b.x1)) + kRim,
            .y1 = std::ceil(std::max(a.y1, b.y1)) + kRim};
}

} // namespace

TEST_CASE("the parts of the window look as they did: map, legend, timeline, table") {
    if (!can_open_windows()) return;
    for (const char* theme : {"light", "dark"}) {
        const bool light = theme == std::string("light");
        const TempFolder home;
        fs::create_directories(home / "config/diaban");
        std::ofstream(home / "config/diaban/settings.json") << R"({"theme": ")" << theme << "\"}";
        Session window({.files = {sample_project().string()},
                        .width = 1280,
                        .height = 720,
                        .language = light ? "vi" : "en",
                        .home = home.path()});
        window.click_left("indicator:population");
        const ItemBox map = window.need("map");
        window.move(map.x0 + 8, map.y1 - 8); // no hand on anything
        // A part of the province with names, symbols and sea.
        constexpr double kWide = 170, kHigh = 130;
        check_picture(window, std::string("map-") + theme,
                      {.x0 = std::round(map.x() - kWide),
                       .y0 = std::round(map.y() - kHigh),
                       .x1 = std::round(map.x() + kWide),
                       .y1 = std::round(map.y() + kHigh)});
        check_picture(window, std::string("legend-") + theme,
                      around(window.need("ui.legend"), window.need("legend.place:border_gate")));
        check_picture(window, std::string("timeline-") + theme,
                      around(window.need("timeline.play"), window.need("ui.timeline.findings")));
        window.open_table();
        window.move(map.x0 + 8, map.y0 + 60);
        check_picture(window, std::string("table-") + theme,
                      around(window.need("column:1"), window.need("row:000003")));
    }
}
