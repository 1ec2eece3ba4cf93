#include "app/settings.hpp"
#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

TEST_CASE("settings come back, unknown keys too") {
    const test::TempFolder folder;
    base::write_file(folder / "s.json", R"({"theme": "dark", "scale": 1.5, "future": {"a": [1]}})");
    base::Findings findings;
    auto s = app::load_settings(folder / "s.json", findings);
    CHECK(findings.empty());
    CHECK(s.theme == "dark");
    CHECK(s.scale == 1.5);
    s.remember(folder / "a.diaban");
    s.remember(folder / "b.diaban");
    s.remember(folder / "a.diaban");
    CHECK(s.place_names);
    s.place_names = false;
    CHECK(s.play_speed == 1);
    s.play_speed = 4;
    save_settings(s, folder / "s.json");
    CHECK(base::read_file(folder / "s.json").find("future") != std::string::npos);
    const auto again = app::load_settings(folder / "s.json", findings);
    CHECK_FALSE(again.place_names);
    CHECK(again.play_speed == 4);
    CHECK(again.unit_names);
    CHECK(again.recent ==
          std::vector<std::string>{(folder / "a.diaban").string(), (folder / "b.diaban").string()});
}

TEST_CASE("bad settings are reported and replaced by defaults") {
    const test::TempFolder folder;
    base::Findings findings;
    base::write_file(folder / "s.json",
                     R"({"theme": "pink", "scale": 40, "recent": 3, "play_speed": 7})");
    const auto s = app::load_settings(folder / "s.json", findings);
    CHECK(findings.size() == 4);
    CHECK(s.play_speed == 1);
    CHECK(s.theme == "light");
    CHECK(s.scale == 0);
    findings.clear();
    base::write_file(folder / "s.json", "not json");
    app::load_settings(folder / "s.json", findings);
    CHECK(findings.size() == 1);
    findings.clear();
    app::load_settings(folder / "missing.json", findings);
    CHECK(findings.empty());
    CHECK_NOTHROW(save_settings(s, "/proc/nowhere/s.json"));
}
