// Many sheets from the export panel: an atlas, and years side by side.
#define CATCH_CONFIG_FAST_COMPILE
#include "own_sample.hpp"
#include "session.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban::test;
namespace fs = std::filesystem;

TEST_CASE("the export panel writes an atlas, and the command that is copied says so") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}});
    window.key("ctrl+e");
    window.need("export.preview");
    window.scroll_to("ui.export.format");
    window.choose("ui.export.format", 2); // PDF
    window.press("ui.export.series");
    window.scroll_to("ui.export.atlas");
    window.choose("ui.export.atlas", 1); // a district each
    window.until("the preview of a sheet",
                 [&] { return window.text("export.preview") == "painted"; });
    CHECK(window.text("export.command").find("--atlas district") != std::string::npos);
    CHECK(window.text("export.command").find("--pattern") == std::string::npos);
    window.screenshot("export_atlas");
    window.press("ui.export.one_file"); // a file each after all
    window.until("the pattern", [&] {
        return window.text("export.command").find("--pattern") != std::string::npos;
    });
    window.press("ui.export.one_file");
    window.press("ui.export.run");
    window.until(
        "the atlas", [&] { return !window.text("export.result").empty(); }, 120);
    std::size_t books = 0;
    for (const auto& entry : fs::directory_iterator(sample.folder.path())) {
        if (entry.path().extension() != ".pdf") continue;
        ++books;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string pdf((std::istreambuf_iterator<char>(in)), {});
        CHECK(pdf.starts_with("%PDF"));
    }
    CHECK(books == 1);
    CHECK(window.text("export.result").find(".pdf") != std::string::npos);
}

TEST_CASE("all years stand side by side on one page") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.key("ctrl+e");
    window.need("export.preview");
    window.press("ui.export.series");
    window.press("ui.export.all_years");
    window.press("ui.export.side_by_side");
    window.until("the preview of small maps", [&] {
        return window.text("export.preview") == "painted" &&
               window.text("export.command").find("--small-multiples") != std::string::npos;
    });
    window.screenshot("export_side_by_side");
}
