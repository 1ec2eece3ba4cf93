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

// In how many of some rows of a map the sea, which a picture has at its left edge, ends in a grey
// line, not in the colour of a commune.
int rows_with_coast(const Image& map, std::size_t from, std::size_t to, std::size_t step) {
    constexpr int kOther = 60, kGrey = 30; // as differences of one channel
    int rows = 0;
    for (std::size_t y = from; y < to; y += step) {
        const auto at = [&](std::size_t x) { return &map.rgb[3 * (y * map.width + x)]; };
        const auto* const sea = at(0);
        for (std::size_t x = 0; x < map.width; ++x) {
            const auto* const c = at(x);
            const int other = std::max(
                {std::abs(c[0] - sea[0]), std::abs(c[1] - sea[1]), std::abs(c[2] - sea[2])});
            if (other < kOther) continue;
            rows += std::max({c[0], c[1], c[2]}) - std::min({c[0], c[1], c[2]}) < kGrey;
            break;
        }
    }
    return rows;
}

} // namespace

TEST_CASE("land ends in a line that is seen, by day and by night") {
    if (!can_open_windows()) return;
    for (const char* theme : {"light", "dark"}) {
        INFO(theme);
        const TempFolder home;
        fs::create_directories(home / "config/diaban");
        std::ofstream(home / "config/diaban/settings.json") << R"({"theme": ")" << theme << "\"}";
        Session window({.files = {sample_project().string()},
                        .width = 1280,
                        .height = 720,
                        .home = home.path()});
        window.click_left("indicator:population"); // in colours, none of them grey
        const ItemBox map = window.need("map");
        window.move(map.x0 + 8, map.y1 - 8);
        const TempFolder folder;
        window.picture({.x0 = map.x0 + 20, .y0 = map.y0, .x1 = map.x1, .y1 = map.y1},
                       folder / "map.png");
        const auto seen = read_png(folder / "map.png");
        REQUIRE(seen);
        // The middle of the province, with a few names and symbols on its coast.
        const std::size_t from = seen->height * 2 / 5, to = seen->height * 3 / 5;
        constexpr std::size_t kStep = 2;
        CHECK(rows_with_coast(*seen, from, to, kStep) >
              static_cast<int>(0.6 * static_cast<double>((to - from) / kStep)));
    }
}

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
