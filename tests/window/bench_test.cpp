// `view --bench`: it measures all it names and ends by itself, also where it cannot measure.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>

using namespace diaban::test;

namespace {

Outcome bench_on(const Session& screen, const TempFolder& home, const std::string& file) {
    RunOptions options;
    options.limit = std::chrono::minutes(4);
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        options.environment.emplace_back(name, home.path().string());
    options.environment.insert(options.environment.end(), {{"DISPLAY", screen.display()},
                                                           {"WAYLAND_DISPLAY", ""},
                                                           {"LC_ALL", "C.UTF-8"},
                                                           {"LIBGL_ALWAYS_SOFTWARE", "1"}});
    return run_program({DIABAN_PROGRAM, "view", file, "--bench", "--window", "1280x720", "--scale",
                        "1", "--lang", "en"},
                       options);
}

} // namespace

TEST_CASE("frames are measured where there are years to step through, and refused elsewhere") {
    if (!can_open_windows()) return;
    const Session screen({.files = {sample_project().string()}});
    const TempFolder home;
    const auto measured = bench_on(screen, home, sample_project().string());
    INFO(measured.out << measured.err);
    CHECK(measured.code == 0);
    for (const char* line : {"first_map.* n 1", "settled.* n 1", "year.* n 30", "pan.* n 60",
                             "zoom.* n 40", "multiples.* n 12", "smooth.* n 12"}) {
        INFO(line);
        CHECK(std::regex_search(measured.out, std::regex(line)));
    }

    // Boundaries alone have no years.
    const auto undated =
        bench_on(screen, home, (sample_project().parent_path() / "tinh_mau_2009.shp").string());
    INFO(undated.out << undated.err);
    CHECK(undated.code == 2);
    CHECK(undated.out.empty());
    CHECK(undated.err.find("at least two periods") != std::string::npos);

    const auto broken = home / "broken.geojson";
    std::ofstream(broken) << "{";
    const auto unread = bench_on(screen, home, broken.string());
    INFO(unread.out << unread.err);
    CHECK(unread.code == 3);
    CHECK(unread.err.find("broken.geojson") != std::string::npos);
}
