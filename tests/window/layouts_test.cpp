// Layouts of pages in the export dialog.
#define CATCH_CONFIG_FAST_COMPILE
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

nlohmann::json page_of(const fs::path& project) {
    std::ifstream in(project);
    return nlohmann::json::parse(in).at("page");
}

void until_painted(Session& window) {
    window.settle();
    window.until("a preview", [&] { return window.text("export.preview") == "painted"; });
}

} // namespace

TEST_CASE("a layout is chosen for a page, seen, copied as a command, kept and taken back") {
    if (!can_open_windows()) return;
    const OwnSample own;
    Session window({.files = {own.project.string()}, .language = "en"});
    window.key("ctrl+e");
    until_painted(window);
    window.scroll_to("ui.export.layout");
    CHECK(window.text("export.command").find("--layout") == std::string::npos);
    // The first is none; the others are in the order of their names: bare-map, official-a3 ...
    window.choose("ui.export.layout", 4);
    until_painted(window);
    CHECK(window.text("export.command").find("--layout official-a4-landscape") !=
          std::string::npos);
    // Its size is its own, and it can show the targets of a plan.
    window.scroll_to("ui.export.plan");
    CHECK_FALSE(window.named_items().contains("ui.export.size"));
    window.choose("ui.export.plan", 1);
    until_painted(window);
    CHECK(window.text("export.command").find("--page-plan") != std::string::npos);
    window.screenshot("layout");
    window.key("ctrl+s");
    window.until("the project", [&] { return page_of(own.project).contains("layout"); });
    CHECK(page_of(own.project).at("layout") == "official-a4-landscape");
    window.key("ctrl+z");
    window.key("ctrl+z");
    until_painted(window);
    window.scroll_to("ui.export.size");
    CHECK(window.text("export.command").find("--layout") == std::string::npos);
}
