// Nearness in the window: what is measured to, the answer as list, selection, map and command.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

void open_near(Session& window) {
    window.click("ui.menu.analysis");
    window.click("ui.near");
    window.scroll_to("ui.near.run");
}

void find_near(Session& window) {
    const auto before = window.text("near");
    window.press("ui.near.run");
    window.until("an answer", [&] { return window.text("near") != before; });
    window.settle();
}

} // namespace

TEST_CASE("communes near places are found, shown, selected, and asked for again by the command",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}, .language = "en"}));
    open_near(window);
    window.screenshot("near_before");
    find_near(window);
    const auto found = window.value("near.count");
    CHECK(found > 0);
    CHECK(window.value("near.rings") == 1);
    const auto within = said(window, "xã nằm trong vòng 5 km quanh", "communes lie within 5 km of");
    CHECK(window.text("near").find(within) != std::string::npos);
    window.screenshot("near_after");
    // The answer comes into sight by itself.
    CHECK(window.item("near.answer"));
    // The command gives the same communes.
    CHECK(copied_answer(window, "near").at("count") == found);
    window.press("near:all");
    window.until("the selection", [&] { return window.value("selected") == found; });
    window.screenshot("near_selected");
    // How it was measured stands on the map as long as the answer does.
    CHECK(window.text("map.method").find(said(window, "mép gần nhất", "nearest edge")) !=
          std::string::npos);
    window.press("ui.near.on_map");
    window.settle();
    CHECK_FALSE(window.item("map.method"));
    // A click on the indicator whose values lie below the answer shows them.
    window.click("ui.near.on_map");
    window.until("the answer", [&] { return window.item("map.method").has_value(); });
    window.click_left("indicator:ST01");
    window.until("the values", [&] { return !window.item("map.method"); });
}

TEST_CASE("another side, another kind, rings: each changes the answer") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_near(window);
    find_near(window);
    const auto near = window.value("near.count");
    // Within and farther than share out all communes.
    window.scroll_to("ui.near.side");
    window.click("ui.near.side");
    window.click("ui.near.side:1");
    find_near(window);
    CHECK(near + window.value("near.count") ==
          copied_answer(window, "near").at("measured").get<double>());
    window.scroll_to("ui.near.side");
    window.click("ui.near.side");
    window.click("ui.near.side:0");
    window.scroll_to("near.kind:industrial_zone");
    window.click("near.kind:industrial_zone");
    find_near(window);
    CHECK(window.value("near.count") <= near);
    CHECK(window.text("near.command").find("--to") != std::string::npos);
}

TEST_CASE("settlements in metres are read in the zone that is chosen for them") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    const auto file = folder / "ap.csv";
    std::ofstream(file) << "x,y,dan_so\n598238.9961,1188949.9548,100\n";
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_near(window);
    window.scroll_to("ui.near.rule");
    window.click("ui.near.rule");
    window.click("ui.near.rule:3");
    CHECK_FALSE(window.item("ui.near.people_crs")); // nothing is there yet to be in a system
    window.scroll_to("ui.near.people");
    window.click("ui.near.people");
    window.pick(file);
    CHECK(window.text("near.command").find("ap.csv") != std::string::npos);
    CHECK(window.text("near.command").find("crs=") == std::string::npos);
    window.scroll_to("ui.near.people_crs");
    window.click("ui.near.people_crs");
    window.click("ui.near.people_crs:7"); // the zones from west to east: 105-45
    window.settle();
    window.screenshot("near_people_crs");
    CHECK(window.text("near.command").find("ap.csv;crs=EPSG:9210") != std::string::npos);
}

TEST_CASE("an answer of nearness leaves in the classification that is chosen") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_near(window);
    find_near(window);
    const auto write = [&](const char* button, const char* classification, const char* name) {
        window.scroll_to(button);
        window.click(button);
        window.click(std::string("near.") + classification);
        window.pick(sample.folder / name);
        window.until("the file", [&] { return fs::exists(sample.folder / name); });
        window.settle();
    };
    write("ui.near.write", "ui.export.public", "gan_cong_khai.csv");
    write("ui.near.write", "ui.export.internal", "gan_noi_bo.csv");
    write("ui.near.write_map", "ui.export.public", "cong_khai.svg");
    write("ui.near.write_map", "ui.export.internal", "noi_bo.svg");
    // What leaves with all its values is noted in the store; what is public is not.
    const auto log = run_program({DIABAN_PROGRAM, "store", "log", sample.store.string(), "--json"});
    REQUIRE(log.code == 0);
    for (const char* name : {"gan_noi_bo.csv", "noi_bo.svg"}) {
        INFO(name);
        CHECK(log.out.find(std::string("\"") + name) != std::string::npos);
    }
    CHECK(log.out.find("gan_cong_khai.csv") == std::string::npos);
    CHECK(log.out.find("\"cong_khai.svg") == std::string::npos);
    CHECK(bytes_of(sample.folder / "noi_bo.svg") != bytes_of(sample.folder / "cong_khai.svg"));
}
