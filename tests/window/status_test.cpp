// Statuses in the window: the score sheet filled in, rules compared, the why card, a person's
// decision, moves between years, and plan targets; numbers are held against the command line's.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

void open_panel(Session& window, const std::string& menu, const std::string& item) {
    window.click(menu);
    window.click(item);
}

void fill(Session& window, const std::string& name, const std::string& text) {
    window.click(name);
    window.type(text);
}

} // namespace

TEST_CASE("the sheet of NQLT 01/2008 is filled in, saved, and classifies the sample") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    // High enough that the whole sheet is in view.
    Session window(
        {.files = {sample.project.string()}, .width = 1920, .height = 1900, .language = "en"});
    open_panel(window, "ui.menu.plan", "ui.sheet.menu");
    window.need("ui.sheet.add_content");
    window.screenshot("sheet_empty");
    CHECK_FALSE(window.need("ui.sheet.save").enabled);
    // 6 contents and 15 criteria; which belongs where, points and limits are invented here. The
    // points given are taken from counts of the sample, in turn.
    const int split[] = {3, 3, 3, 2, 2, 2};
    int number = 0;
    for (int content = 0; content < 6; ++content)
        for (int k = 0; k < split[content]; ++k, ++number) {
            const auto of = std::to_string(content);
            window.click("content:" + of + ".add");
            const auto name = "criterion:" + of + ":" + std::to_string(k);
            fill(window, name + ".most", "10");
            window.click(name + ".points");
            window.click(name + ".points:" + std::to_string(1 + number % 6));
        }
    const char* limits[] = {"150", "40", "0"};
    for (int i = 0; i < 3; ++i) fill(window, "limit:" + std::to_string(i), limits[i]);
    CHECK(window.text("sheet.sum") == "15 of 15 criteria, at most 150 points");
    window.screenshot("sheet_filled");
    REQUIRE(window.need("ui.sheet.save").enabled);
    window.click("ui.sheet.save");
    const auto file = sample.folder / "phieu.json";
    window.pick(file);
    window.until("the rule file", [&] { return fs::exists(file); });
    window.key("Escape");
    // The saved file is the project's rule; the panel classifies with it.
    open_panel(window, "ui.menu.plan", "ui.statuses");
    window.click("ui.status.voice");
    window.click("ui.status.voice:2");
    const auto told =
        sample.json({"status", "--rule", file.string(), "--year", window.text("period")});
    const auto& counts = told["rule"]["counts"];
    CHECK(told["rule"]["to_be_entered"].empty());
    window.until("the classes", [&] {
        return window.value("status:none") == counts["none"].get<double>() &&
               window.value("status:hot") == counts["hot"].get<double>();
    });
    CHECK(window.value("status:present") == counts["present"].get<double>());
    CHECK(counts["none"].get<int>() + counts["present"].get<int>() + counts["hot"].get<int>() >
          100);
    window.click("ui.status.on_map");
    window.settle();
    window.screenshot("sheet_map");
    // Choosing the rule was an edit.
    const double edits = window.value("history");
    window.key("ctrl+z");
    window.until("the undo", [&] { return window.value("history") == edits - 1; });
}

TEST_CASE("the map of a rule leaves by the export, as the copied command writes it", "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto rule = sample.folder / "thu.json";
    std::ofstream(rule) << R"({"id": "thu", "version": "1", "document": "Thử", "domain": "drug",
               "otherwise": "none", "classes": [{"status": "hot", "at_least_of": 1, "criteria":
               [{"id": "a", "kind": "count", "indicators": ["DR01"], "at_least": 40}]}]})";
    Session window(arranged({.files = {sample.project.string()}, .language = "en"}));
    const auto year = window.text("period");
    open_panel(window, "ui.menu.plan", "ui.statuses");
    window.press("ui.status.open_rule");
    window.pick(rule);
    window.scroll_to("ui.status.voice");
    window.choose("ui.status.voice", 2);
    const auto told = sample.json(
        {"status", "--rule", rule.string(), "--year", year, "--classification", "internal"});
    const auto hot = told["rule"]["counts"]["hot"].get<double>();
    REQUIRE(hot > 0);
    window.until("the classes", [&] { return window.value("status:hot") == hot; });
    window.scroll_to("ui.export.copy_command");
    const auto copied = copied_command(window, "ui.export.copy_command");
    const auto classified = nlohmann::json::parse(run_copied(copied + " --json --quiet"));
    CHECK(classified["rule"]["counts"].contains("hot"));
    window.press("ui.status.on_map");
    // What is told of a commune is what its colour says; the report below it is named.
    const auto map = window.need("map");
    window.move(map.x(), map.y());
    window.until("the tooltip", [&] { return window.item("map.tooltip").has_value(); });
    const auto tooltip = window.text("tooltip");
    INFO(tooltip);
    const auto says = [&](const char* vietnamese, const char* english) {
        return tooltip.find("|" + said(window, vietnamese, english) + "\n") != std::string::npos;
    };
    CHECK((says("lành mạnh", "healthy") || says("trọng điểm", "hotspot") ||
           says("chưa rõ", "unknown")));
    CHECK(tooltip.find(said(window, "Trạng thái ma túy: ", "Drug status: ")) != std::string::npos);
    const auto colour = tooltip.substr(tooltip.rfind('|'));
    window.tool({"click", "3"});
    window.settle();
    CHECK(window.text("identify").find(colour.substr(0, colour.find('\n') + 1)) !=
          std::string::npos);
    window.key("Escape");
    window.key("ctrl+e");
    window.until("the preview", [&] { return window.text("export.preview") == "painted"; });
    CHECK(window.text("export.not_result").empty());
    window.scroll_to("ui.export.format");
    window.choose("ui.export.format", 1); // svg
    const auto command = window.text("export.command");
    INFO(command);
    CHECK(command.rfind("diaban status ", 0) == 0);
    CHECK(command.find("--voice rule") != std::string::npos);
    const auto at = command.find(" --map ");
    REQUIRE(at != std::string::npos);
    auto file = command.substr(at + 7);
    file = file.substr(0, file.find(' '));
    window.screenshot("statuses_export");
    window.scroll_to("ui.export.run");
    window.click("ui.export.run");
    window.until(
        "the file", [&] { return !window.text("export.result").empty(); }, 60);
    const auto here = bytes_of(file);
    CHECK(here.find("</svg>") != std::string::npos);
    const auto again = sample.folder / "again.svg";
    auto other = command;
    other.replace(at + 7, file.size(), again.string());
    run_copied(other);
    CHECK(here == bytes_of(again));
    // Back to the values: their page again.
    window.key("Escape");
    open_panel(window, "ui.menu.plan", "ui.statuses");
    window.press("ui.status.on_map");
    window.key("ctrl+e");
    window.until("the page of values",
                 [&] { return window.text("export.command").rfind("diaban map ", 0) == 0; });
}

TEST_CASE("the card says why, takes a person's decision, and shows who differs") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .height = 1400, .language = "en"});
    open_panel(window, "ui.menu.plan", "ui.statuses");
    window.click("ui.status.rule");
    window.click("ui.status.rule:3"); // QĐ 3122/2010
    window.click("ui.status.compare_year");
    window.click("ui.status.compare_year:3"); // 2011
    window.until("causes", [&] { return window.item("cause:data").has_value(); });
    window.screenshot("status_panel");
    window.key("Escape");
    const auto code = sample.rows("population").front().substr(0, 6);
    window.click("row:" + code);
    window.until("the reasons", [&] { return !window.text("why.verdict").empty(); });
    CHECK(window.text("why:1").find("100") != std::string::npos);
    window.screenshot("why_card");
    const auto card = window.need("card.title");
    const auto scroll_to = [&](const char* item) {
        for (int i = 0; i < 8 && !window.item(item); ++i) {
            window.move(card.x(), card.y());
            window.wheel(-6);
        }
    };
    scroll_to("ui.card.decide");
    window.click("ui.card.decide");
    window.click("ui.card.status");
    window.click("ui.card.status:2"); // hotspot
    scroll_to("ui.card.reason");
    fill(window, "ui.card.reason", "seen on site");
    scroll_to("ui.card.save_decision");
    CHECK_FALSE(window.need("ui.card.save_decision").enabled); // nobody has signed it
    scroll_to("ui.card.author");
    fill(window, "ui.card.author", "office");
    window.click("ui.card.save_decision");
    scroll_to("voice:drug.take_back");
    window.until(
        "the decision", [&] { return !window.text("voice:drug:override").empty(); }, 60);
    window.settle();
    window.screenshot("why_decided");
    CHECK(window.text("voice:drug:override").find("seen on site, office") != std::string::npos);
    const auto told = sample.json({"status", "--year", window.text("period")});
    CHECK(told["overrides"] == 1);
    window.click("voice:drug.take_back");
    window.until(
        "the report alone",
        [&] {
            return sample.json({"status", "--year", window.text("period")})["overrides"] == 0;
        },
        60);
}

TEST_CASE("moves between two years are listed beside the matrix and select their communes",
          "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window(
        arranged({.files = {sample.project.string()}, .height = 1200, .language = "en"}));
    window.click("ui.matrix");
    window.need("move:maintained");
    const auto told = sample.json({"transitions", "--from", "2009", "--to", window.text("period")});
    for (const auto& [move, count] : told["counts"].items()) {
        CAPTURE(move);
        CHECK(window.value("move:" + move) == count.get<double>());
    }
    window.screenshot("moves");
    window.click("move:lost");
    CHECK(window.value("selected") == told["counts"]["lost"].get<double>());
    // The map of changes speaks of the same moves.
    window.key("Escape");
    window.key("4");
    window.settle();
    window.need("legend:0");
    window.screenshot("moves_map");
}

TEST_CASE("a plan is held against the year on the map; nearest communes select; a table is written",
          "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window(arranged({.files = {sample.project.string()}, .language = "en"}));
    window.click("ui.targets");
    window.click("plan:0"); // which province's plan is meant is asked
    window.until(
        "the targets", [&] { return !window.text("target:AG-5a").empty(); }, 30);
    window.screenshot("targets");
    const auto told =
        sample.json({"targets", "--plan", "an-giang-2011", "--year", window.text("period")});
    std::size_t compared = 0;
    for (const auto& target : told["targets"]) {
        const auto state = window.text("target:" + target["id"].get<std::string>());
        if (state.empty()) continue; // below the fold
        CHECK(state == target["state"].get<std::string>());
        ++compared;
    }
    CHECK(compared >= 3);
    const auto copied = copied_command(window, "ui.export.copy_command");
    // Its words are in the language of the window; what they say is the same.
    const auto again = nlohmann::json::parse(run_copied(copied + " --json --quiet"));
    REQUIRE(again["targets"].size() == told["targets"].size());
    for (std::size_t i = 0; i < told["targets"].size(); ++i)
        for (const char* key : {"id", "state"})
            CHECK(again["targets"][i][key] == told["targets"][i][key]);
    window.click("nearest.all");
    CHECK(window.value("selected") == static_cast<double>(told["nearest"].size()));
    window.click("ui.targets.export");
    const auto file = sample.folder / "bang.xlsx";
    window.pick(file);
    window.until(
        "the table", [&] { return fs::exists(file); }, 30);
    window.click("ui.targets.plan");
    window.click("ui.targets.plan:3");
    window.until("another plan", [&] { return window.text("target:AG-5a").empty(); });
}
