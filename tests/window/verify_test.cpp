// A manifest is checked again in the window, as `verify` does it.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"
#include "support/process.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban::test;
namespace fs = std::filesystem;

TEST_CASE("the menu File checks a manifest again and tells what differs") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    const auto made = run_program({DIABAN_PROGRAM, "map", "--project", sample_project().string(),
                                   "--size", "900x700px", "--out", (folder / "a.png").string(),
                                   "--manifest", (folder / "a.json").string(), "--quiet"});
    INFO(made.err);
    REQUIRE(made.code == 0);
    Session window({.wait_for_map = false}); // nothing needs to be open
    const auto check = [&] {
        window.click("ui.verify.choose");
        window.pick(folder / "a.json");
        window.until("the outcome", [&] { return !window.text("verify:0").empty(); });
        return window.text("verify:0");
    };
    window.click("ui.menu.file");
    window.click("ui.menu.verify");
    const auto same = check();
    CHECK(same.find("a.png") == std::string::npos);
    std::ofstream(folder / "a.png", std::ios::app) << "x";
    const auto size = fs::file_size(folder / "a.png");
    window.click("ui.verify.choose");
    window.pick(folder / "a.json");
    window.until("the other outcome", [&] {
        const auto now = window.text("verify:0");
        return !now.empty() && now != same;
    });
    CHECK(window.text("verify:0").find("a.png") != std::string::npos);
    CHECK(fs::file_size(folder / "a.png") == size); // left as it is
    window.screenshot("verify");
}
