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

TEST_CASE("data of a manifest that moved is found in the folders that the user shows") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    const auto commune = [](const std::string& code, const std::string& ring) {
        return R"({"type":"Feature","properties":{"ma_xa":")" + code + R"("},"geometry":)" +
               R"({"type":"Polygon","coordinates":[[)" + ring + "]]}}";
    };
    std::ofstream(folder / "xa.geojson")
        << R"({"type":"FeatureCollection","features":[)"
        << commune("00001", "[105,10],[105.1,10],[105.1,10.1],[105,10.1],[105,10]") << ","
        << commune("00002", "[105.1,10],[105.2,10],[105.2,10.1],[105.1,10.1],[105.1,10]") << "]}";
    std::ofstream(folder / "gia_tri.csv") << "ma_xa,so_nguoi\n00001,5\n00002,8\n";
    const auto made = run_program(
        {DIABAN_PROGRAM, "map", "--boundaries", (folder / "xa.geojson").string(), "--db",
         (folder / "gia_tri.csv").string(), "--key", "ma_xa", "--value", "so_nguoi", "--out",
         (folder / "a.png").string(), "--manifest", (folder / "a.json").string(), "--quiet"});
    INFO(made.err);
    REQUIRE(made.code == 0);
    for (const char* place : {"ranh_gioi", "so_lieu"}) fs::create_directory(folder / place);
    fs::rename(folder / "xa.geojson", folder / "ranh_gioi/xa.geojson");
    fs::rename(folder / "gia_tri.csv", folder / "so_lieu/gia_tri.csv");
    Session window({.wait_for_map = false});
    window.click("ui.menu.file");
    window.click("ui.menu.verify");
    window.click("ui.verify.choose");
    window.pick(folder / "a.json");
    for (const char* file : {"ranh_gioi/xa.geojson", "so_lieu/gia_tri.csv"}) {
        CHECK(window.text("verify:0").empty()); // there is something missing yet
        window.until("the button", [&] { return window.item("ui.verify.add_folder").has_value(); });
        window.click("ui.verify.add_folder");
        window.pick(folder / file);
    }
    window.until("the outcome", [&] { return !window.text("verify:0").empty(); });
    CHECK(window.text("verify:0").find("a.png") == std::string::npos);
    window.screenshot("verify_folders");
}
