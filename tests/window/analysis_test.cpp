// Analysis in the window: what is tested, what the map then shows, and that it is kept.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;

TEST_CASE("clusters are found, shown on the map, and kept in the project") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    window.click("indicator:DR01_rate");
    window.click("ui.menu.analysis");
    window.click("ui.hotspots");
    window.need("ui.hotspots.run");
    window.screenshot("hotspots_before");
    window.click("ui.hotspots.run");
    window.until("a result", [&] { return !window.text("result").empty(); });
    CHECK(window.text("result").find("by chance one would expect") != std::string::npos);
    window.settle();
    window.need("legend:0");
    window.screenshot("hotspots_after");
    window.click("ui.hotspots.on_map");
    CHECK_FALSE(window.item("legend:0"));
}
