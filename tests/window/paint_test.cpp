// The two ways to paint a map: on a card, or coloured from a plate where OpenGL runs on the
// processor. Each checks the other.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fmt/format.h>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

RunOptions screen_of(const Session& window) {
    RunOptions options;
    options.environment.emplace_back("DISPLAY", window.display());
    return options;
}

// What a window shows of the map once nothing moves.
void take(Session& window, const fs::path& file) {
    window.settle();
    const ItemBox map = window.need("map");
    run_program({"import", "-window", "root", "-crop",
                 fmt::format("{:.0f}x{:.0f}+{:.0f}+{:.0f}", map.x1 - map.x0, map.y1 - map.y0,
                             map.x0, map.y0),
                 "+repage", file.string()},
                screen_of(window));
}

struct Difference {
    double pixels, of;
};
Difference between(const fs::path& a, const fs::path& b) {
    // A seventh of the way from black to white: what soft edges differ by.
    const auto told =
        run_program({"compare", "-metric", "AE", "-fuzz", "14%", a.string(), b.string(), "null:"});
    const auto size = run_program({"identify", "-format", "%[fx:w*h]", a.string()});
    return {std::stod(told.err), std::stod(size.out)};
}

// Looks that differ in what is drawn: hatches and units that do not exist, lines, several years.
void walk(Session& window, const fs::path& folder) {
    take(window, folder / "whole.png");
    const ItemBox map = window.need("map");
    window.move(map.x(), map.y());
    window.wheel(4);
    take(window, folder / "near.png");
    window.click_at(map.x(), map.y());
    window.key("Left");
    take(window, folder / "other_year.png");
    window.key("3");
    take(window, folder / "multiples.png");
}

} // namespace

TEST_CASE("a map coloured from a plate looks like one that a card has painted") {
    if (!can_open_windows()) return;
    const TempFolder card, processor;
    for (const TempFolder* folder : {&card, &processor}) {
        Session window({.files = {sample_project().string()},
                        .width = 1280,
                        .height = 720,
                        .environment = {{"DIABAN_GL", folder == &card ? "card" : "processor"}}});
        walk(window, folder->path());
    }
    for (const char* name : {"whole.png", "near.png", "other_year.png", "multiples.png"}) {
        INFO(name);
        const auto different = between(card / name, processor / name);
        CHECK(different.of > 100'000);
        CHECK(different.pixels < 0.01 * different.of);
    }
    // And the pictures do show different things.
    const auto years = between(processor / "near.png", processor / "other_year.png");
    CHECK(years.pixels > 0.002 * years.of);
}
