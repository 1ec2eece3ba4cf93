// The formats that a page can leave in, chosen in the export panel.
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>
#include <utility>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

// The file that a copied command writes.
std::string file_of(const std::string& command) {
    const std::string flag = " --out ";
    const auto at = command.find(flag);
    REQUIRE(at != std::string::npos);
    const auto file = command.substr(at + flag.size());
    return file.substr(0, file.find(' '));
}

} // namespace

TEST_CASE(
    "all years leave the window as slides and an animation, as the command writes them") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    window.key("ctrl+e");
    window.until("the page", [&] { return window.text("export.preview") == "painted"; });
    struct Case {
        int format;
        std::string ending, begin;
    };
    bool years = false; // chosen once, kept
    for (const auto& one :
         {Case{4, ".pptx", "PK\x03\x04"}, Case{5, ".apng", "\x89PNG"}}) {
        window.scroll_to("ui.export.format");
        window.choose("ui.export.format", one.format);
        window.scroll_to("ui.export.years");
        if (!std::exchange(years, true)) window.choose("ui.export.years", 1);
        window.until("the page", [&] { return window.text("export.preview") == "painted"; });
        const auto command = window.text("export.command");
        INFO(command);
        CHECK(command.find(" --years ") != std::string::npos);
        const fs::path file = file_of(command);
        CHECK(file.extension() == one.ending);
        // A file of all years is not named after one.
        CHECK(file.stem().string().find("20") == std::string::npos);
        window.screenshot("formats" + one.ending);
        window.scroll_to("ui.export.run");
        window.click("ui.export.run");
        window.until(
            "the file", [&] { return fs::exists(file) && !window.text("export.result").empty(); },
            120);
        window.settle();
        const auto here = bytes_of(file);
        CHECK(here.starts_with(one.begin));
        auto other = command;
        const auto again = sample.folder / ("again" + one.ending);
        other.replace(other.find(file.string()), file.string().size(), again.string());
        run_copied(other);
        CHECK(here == bytes_of(again));
    }
}

TEST_CASE("a GeoTIFF and a PNG with its place leave the window") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    window.key("ctrl+e");
    window.until("the page", [&] { return window.text("export.preview") == "painted"; });
    window.scroll_to("ui.export.world_file");
    window.click("ui.export.world_file");
    auto command = window.text("export.command");
    CHECK(command.find(" --world-file") != std::string::npos);
    const fs::path png = file_of(command);
    window.scroll_to("ui.export.run");
    window.click("ui.export.run");
    auto world = png;
    world.replace_extension(".pgw");
    window.until(
        "the world file", [&] { return fs::exists(world); }, 60);
    CHECK(fs::exists(png));
    window.scroll_to("ui.export.format");
    window.choose("ui.export.format", 3); // tif
    // What no GeoTIFF shows is not asked for.
    window.settle();
    CHECK(window.item("ui.export.title"));
    CHECK_FALSE(window.item("ui.export.source"));
    CHECK_FALSE(window.item("ui.export.layout"));
    command = window.text("export.command");
    CHECK(command.find("--world-file") == std::string::npos);
    const fs::path tif = file_of(command);
    CHECK(tif.extension() == ".tif");
    window.scroll_to("ui.export.run");
    window.click("ui.export.run");
    window.until(
        "the GeoTIFF", [&] { return fs::exists(tif); }, 60);
    CHECK(bytes_of(tif).starts_with("II*"));
}
