// Layouts of pages in the export dialog.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
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

TEST_CASE("the indicator is called otherwise on the page, in the command and in the project",
          "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample own;
    const std::string words = "Dan so thuong tru";
    const auto legends = [&] {
        std::ifstream in(own.project);
        return nlohmann::json::parse(in).at("map").value("legends", nlohmann::json::array());
    };
    Session window(arranged({.files = {own.project.string()}, .language = "en"}));
    window.click_left("indicator:population");
    window.key("ctrl+e");
    until_painted(window);
    const double steps = window.value("history");
    window.scroll_to("ui.legend.indicator_name");
    window.click("ui.legend.indicator_name");
    window.type(words);
    window.until("the name", [&] {
        return window.text("export.command").find("--indicator-name '" + words + "'") !=
               std::string::npos;
    });
    CHECK(window.value("history") == steps + 1); // one step, however many letters
    until_painted(window);
    window.screenshot("indicator_name");
    window.scroll_to("ui.export.format");
    window.choose("ui.export.format", 2); // PDF
    window.scroll_to("ui.export.run");
    window.until("the command",
                 [&] { return window.text("export.command").find(".pdf") != std::string::npos; });
    const auto command = window.text("export.command");
    window.click("ui.export.run");
    window.until(
        "the file", [&] { return !window.text("export.result").empty(); }, 60);
    const auto begin = command.find(" --out ") + 7;
    const auto name = command.substr(begin, command.find(' ', begin) - begin);
    const auto page = run_program({"pdftotext", "-layout", name, "-"}).out;
    const auto first = page.find(words);
    REQUIRE(first != page.npos);                                // the title
    CHECK(page.find(words, first + words.size()) != page.npos); // the legend
    const auto again = own.folder / "again.pdf";
    auto other = command;
    other.replace(begin, name.size(), again.string());
    run_copied(other);
    CHECK(bytes_of(again) == bytes_of(name));

    // In the project as in the panel of the legend; undone, it is called as before.
    window.key("ctrl+s");
    window.until("the project", [&] { return !legends().empty(); });
    CHECK(legends()[0].at("indicator") == "population");
    CHECK(legends()[0].at("names").dump().find(words) != std::string::npos);
    window.key("ctrl+l");
    window.need("ui.legend.indicator_name");
    window.screenshot("indicator_name_legend");
    window.key("ctrl+z");
    window.key("ctrl+e");
    window.until("the name before", [&] {
        return window.text("export.command").find("--indicator-name") == std::string::npos;
    });
}
