// Plans in the window: bases, sectors and rotas, as list, selection, map and command; communes
// moved to another team.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace diaban::test;

namespace {

void open_plans(Session& window) {
    window.click("ui.menu.analysis");
    window.click("ui.patrol");
    window.scroll_to("ui.patrol.run");
}

void choose_kind(Session& window, int kind) {
    window.scroll_to("ui.patrol.kind");
    window.click("ui.patrol.kind");
    window.click("ui.patrol.kind:" + std::to_string(kind));
    window.settle();
}

void make_plan(Session& window) {
    const auto before = window.text("patrol");
    window.scroll_to("ui.patrol.run");
    window.click("ui.patrol.run");
    window.until(
        "a plan",
        [&] { return window.text("patrol") != before && window.text("patrol.first") == "no"; }, 60);
    window.settle();
}

// The sizes of the groups, as the panel lists them.
std::string sizes_of(const nlohmann::json& plan) {
    std::string out;
    for (const auto& group : plan.at("plan"))
        out += (out.empty() ? "" : " ") + std::to_string(group.at("communes").size());
    return out;
}

} // namespace

TEST_CASE("bases are planned, shown, selected, and asked for again by the command", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}, .language = "en"}));
    open_plans(window);
    window.screenshot("patrol_before");
    make_plan(window);
    CHECK(window.text("patrol").find(said(window, "Số điểm đặt: 3.", "Bases: 3.")) !=
          std::string::npos);
    CHECK(window.text("patrol.stopped") == "no");
    CHECK(window.item("patrol.answer")); // in sight by itself
    window.screenshot("patrol_cover");
    const auto again = copied_answer(window, "patrol");
    CHECK(again.at("objective").get<double>() == window.value("patrol.objective"));
    CHECK((again.at("proven").get<bool>() ? "yes" : "no") == window.text("patrol.proven"));
    CHECK(sizes_of(again) == window.text("patrol.groups"));
    // A group selects what its base reaches; a commune of it is flown to and explained.
    window.press("patrol_group:1");
    const auto first = again.at("plan")[0].at("communes");
    window.until("the selection",
                 [&] { return window.value("selected") == static_cast<double>(first.size()); });
    const auto row = "patrol_unit:1:" + first[0].at("code").get<std::string>();
    window.press(row);
    window.until("one commune", [&] { return window.value("selected") == 1; });
    CHECK_FALSE(window.text("patrol.why").empty());
    // What is on the map says so; without it the values come back.
    window.press("ui.patrol.on_map");
    window.settle();
    window.screenshot("patrol_values");
}

TEST_CASE("a commune goes to another team, and comes back") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_plans(window);
    choose_kind(window, 1);
    make_plan(window);
    window.screenshot("patrol_sectors");
    const auto made = copied_answer(window, "patrol");
    CHECK(sizes_of(made) == window.text("patrol.groups"));
    const auto groups = window.text("patrol.groups");
    const auto code = made.at("plan")[0].at("communes")[0].get<std::string>();
    window.scroll_to("patrol_unit:1:" + code);
    window.click("patrol_unit:1:" + code);
    window.until("one commune", [&] { return window.value("selected") == 1; });
    window.scroll_to("ui.patrol.move");
    window.click("ui.patrol.move");
    window.click("ui.patrol.move:1");
    window.until("a move", [&] { return window.value("patrol.by_hand") == 1; });
    CHECK(window.text("patrol.groups") != groups);
    window.screenshot("patrol_moved");
    // Kept with its change, and made again with it.
    window.scroll_to("ui.patrol.name");
    window.click("ui.patrol.name");
    window.type("plan 1");
    window.scroll_to("ui.patrol.keep");
    window.click("ui.patrol.keep");
    window.until("a kept plan", [&] { return window.value("patrol.stored") == 1; });
    window.scroll_to("ui.patrol.undo");
    window.click("ui.patrol.undo");
    window.until("the plan as it was", [&] { return window.value("patrol.by_hand") == 0; });
    CHECK(window.text("patrol.groups") == groups);
    // Another plan of the name takes its place only when that is asked a second time.
    window.scroll_to("ui.patrol.name");
    window.click("ui.patrol.name");
    window.type("plan 1");
    window.scroll_to("ui.patrol.keep");
    window.click("ui.patrol.keep");
    window.until("a question", [&] { return window.text("patrol.replacing") == "plan 1"; });
    window.screenshot("patrol_replacing");
    // Beside the kept one: the commune that was moved changes.
    window.scroll_to("ui.patrol.compare");
    window.click("ui.patrol.compare");
    window.click("ui.patrol.compare:1");
    window.until("a comparison", [&] { return window.value("patrol.changes") == 1; });
    window.screenshot("patrol_compared");
    window.scroll_to("ui.patrol.keep");
    window.click("ui.patrol.keep");
    window.until("the kept plan replaced", [&] { return window.value("patrol.changes") == 0; });
    CHECK(window.text("patrol.replacing").empty());
    CHECK(window.value("patrol.stored") == 1);
    CHECK(window.text("patrol.stored_changed").empty());
}

TEST_CASE("a kept internal plan is shown as such, and a new plan stays what was chosen") {
    if (!can_open_windows()) return;
    OwnSample sample;
    const auto kept =
        run_program({DIABAN_PROGRAM, "patrol", "sectors", "--project", sample.project.string(),
                     "--indicator", "DR01", "--classification", "internal", "--save", "inside"});
    INFO(kept.err);
    REQUIRE(kept.code == 0);
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_plans(window);
    window.until("a kept plan", [&] { return window.value("patrol.stored") == 1; });
    window.scroll_to("ui.patrol.internal");
    CHECK_FALSE(window.need("ui.patrol.internal").selected);
    window.scroll_to("stored_plan:0");
    window.click("stored_plan:0");
    window.until(
        "the plan", [&] { return window.text("patrol.classification") == "internal"; }, 60);
    window.screenshot("patrol_internal");
    CHECK(window.text("patrol.command").find("--classification internal") != std::string::npos);
    window.scroll_to("ui.patrol.internal");
    CHECK_FALSE(window.need("ui.patrol.internal").selected);
    // The next one is for the public, as the box says.
    const auto before = window.text("patrol");
    window.scroll_to("ui.patrol.run");
    window.click("ui.patrol.run");
    window.until(
        "a public plan", [&] { return window.text("patrol.classification") == "public"; }, 60);
    CHECK(window.text("patrol") != before); // masked counts weigh otherwise
    window.scroll_to("ui.patrol.internal");
    CHECK_FALSE(window.need("ui.patrol.internal").selected);
}

TEST_CASE("a commune is dragged to another team on the map; the numbers show before it is let go") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_plans(window);
    choose_kind(window, 1);
    make_plan(window);
    const auto groups = window.text("patrol.groups");
    // Where communes of two teams lie: a click tells.
    const auto map = window.need("map");
    std::map<std::string, std::pair<double, double>> at; // by team
    for (int i = 1; i < 10 && at.size() < 2; ++i)
        for (int j = 2; j < 9 && at.size() < 2; ++j) {
            const double x = map.x0 + (map.x1 - map.x0) * i / 10,
                         y = map.y0 + (map.y1 - map.y0) * j / 10;
            window.click_at(x, y);
            if (window.value("selected") != 1) continue;
            const auto why = window.text("patrol.why");
            if (const auto team = why.find("\nteam "); team != why.npos)
                at.try_emplace(why.substr(team + 6, 1), x, y);
        }
    REQUIRE(at.size() == 2);
    const auto [x0, y0] = at.begin()->second;
    const auto [x1, y1] = at.rbegin()->second;
    const auto press_and_move = [&, x0 = x0, y0 = y0, x1 = x1, y1 = y1] {
        const auto word = [](double v) { return std::to_string(static_cast<int>(v)); };
        window.tool({"mousemove", word(x0), word(y0), "mousedown", "1"});
        for (int i = 1; i <= 8; ++i)
            window.tool({"mousemove", word(x0 + (x1 - x0) * i / 8), word(y0 + (y1 - y0) * i / 8)});
    };
    // Without the tool a drag moves the map, nothing else.
    window.drag(x0, y0, x0 + 30, y0);
    window.drag(x0 + 30, y0, x0, y0);
    CHECK(window.value("patrol.by_hand") == 0);
    window.scroll_to("ui.patrol.drag");
    window.click("ui.patrol.drag");
    CHECK(window.text("tool") == "give");
    press_and_move();
    const auto from = "team " + at.begin()->first, to = "team " + at.rbegin()->first;
    window.until("what it leads to", [&] {
        return window.text("handing").find(": " + from + " → " + to) != std::string::npos;
    });
    CHECK(window.text("handing.possible") == "yes");
    for (const auto* words : {"Work: ", "Busiest team: ", "Neighbours in different teams: "})
        CHECK(window.text("handing").find(words) != std::string::npos);
    CHECK(window.text("patrol.groups") == groups); // not yet
    window.screenshot("patrol_drag");
    // Esc on the way: it stays where it was.
    window.key("Escape");
    window.tool({"mouseup", "1"});
    window.settle();
    CHECK(window.value("patrol.by_hand") == 0);
    window.scroll_to("ui.patrol.drag");
    window.click("ui.patrol.drag");
    press_and_move();
    window.tool({"mouseup", "1"});
    window.until("a move", [&] { return window.value("patrol.by_hand") == 1; });
    CHECK(window.text("patrol.groups") != groups);
    const auto after = window.text("patrol.groups");
    // A step like any other.
    window.key("ctrl+z");
    window.until("the plan as it was", [&] { return window.value("patrol.by_hand") == 0; });
    CHECK(window.text("patrol.groups") == groups);
    window.key("ctrl+shift+z");
    window.until("the move again", [&] { return window.value("patrol.by_hand") == 1; });
    CHECK(window.text("patrol.groups") == after);
    window.screenshot("patrol_dragged");
    // Undone while the panel is closed, the map and the panel agree when it is back.
    window.scroll_to("patrol.close");
    window.click("patrol.close");
    window.key("ctrl+z");
    window.key("ctrl+u");
    window.scroll_to("ui.patrol.run");
    window.until("the plan as it was", [&] { return window.value("patrol.by_hand") == 0; });
    // Beside the map nothing can be let go.
    window.scroll_to("ui.patrol.drag");
    window.click("ui.patrol.drag");
    window.drag(x0, y0, map.x0 + 4, map.y1 - 4);
    CHECK(window.value("patrol.by_hand") == 0);
}

TEST_CASE("order sheets leave the window as pages to print") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_plans(window);
    choose_kind(window, 1);
    make_plan(window);
    window.scroll_to("ui.patrol.write_orders");
    window.click("ui.patrol.write_orders");
    window.pick(folder / "orders.pdf");
    window.until(
        "the file", [&] { return std::filesystem::exists(folder / "orders.pdf"); }, 60);
    // As many sheets at least as teams, and the first says whose it is.
    const auto told = run_program({"pdfinfo", (folder / "orders.pdf").string()});
    INFO(told.out << told.err);
    const auto pages = told.out.find("Pages:");
    REQUIRE(pages != std::string::npos);
    CHECK(std::stoi(told.out.substr(pages + 6)) >= 3);
    const auto text = run_program({"pdftotext", "-l", "1", (folder / "orders.pdf").string(), "-"});
    CHECK(text.out.find("Order sheet") != std::string::npos);
    CHECK(text.out.find("Team 1") != std::string::npos);
}

TEST_CASE("a rota is held against the targets of the plan that is chosen") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_plans(window);
    choose_kind(window, 2);
    window.scroll_to("ui.patrol.targets");
    window.choose("ui.patrol.targets", 1);
    window.scroll_to("ui.patrol.run");
    make_plan(window);
    CHECK(window.text("patrol.command").find("--targets ") != std::string::npos);
    const auto again = copied_answer(window, "patrol");
    REQUIRE(!again.at("plan").empty());
    CHECK(again.at("plan")[0].contains("targets"));
}

TEST_CASE("a rota follows the weights that are seen, for the communes selected") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_plans(window);
    choose_kind(window, 2);
    window.scroll_to("ui.patrol.weight.status.more");
    window.click("ui.patrol.weight.status.more");
    window.screenshot("patrol_weights");
    make_plan(window);
    window.screenshot("patrol_rota");
    auto again = copied_answer(window, "patrol");
    CHECK(again.at("weights").at("status") == 4);
    CHECK(static_cast<double>(again.at("plan").size()) == window.value("patrol.count"));
    const auto code = again.at("plan")[0].at("code").get<std::string>();
    window.scroll_to("patrol_unit:1:" + code);
    window.click("patrol_unit:1:" + code);
    window.until("why",
                 [&] { return window.text("patrol.why").find("score") != std::string::npos; });
    // Bases know no communes in any case, a rota does.
    choose_kind(window, 0);
    window.scroll_to("ui.patrol.at");
    CHECK(window.item("ui.patrol.forbid").has_value()); // it would stand between them
    CHECK_FALSE(window.item("ui.patrol.must").has_value());
    choose_kind(window, 2);
    window.scroll_to("ui.patrol.must");
    // A commune that is left out is in no plan.
    window.scroll_to("ui.patrol.forbid");
    window.click("ui.patrol.forbid");
    window.click("ui.patrol.forbid:1");
    window.settle();
    window.scroll_to("ui.patrol.run");
    window.click("ui.patrol.run");
    window.until("another plan", [&] {
        return window.text("patrol.command").find("--forbid " + code) != std::string::npos;
    });
    again = copied_answer(window, "patrol");
    for (const auto& visit : again.at("plan")) CHECK(visit.at("code") != code);
}

TEST_CASE("a plan is of the communes of a saved query, and of nobody's not of all") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto save = [&](const std::string& text, const std::string& name) {
        const auto done = run_program({DIABAN_PROGRAM, "query", text, "--save", name, "--project",
                                       sample.project.string(), "--json", "--quiet"});
        REQUIRE(done.code == 0);
        return nlohmann::json::parse(done.out);
    };
    std::string codes;
    const auto hot = save("status(2015) = hot", "nong");
    for (const auto& unit : hot.at("units"))
        codes += (codes.empty() ? "" : ",") + unit.at("code").get<std::string>();
    REQUIRE_FALSE(codes.empty());
    save("status(2015) = hot and not status(2015) = hot", "khong ai");
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_plans(window);
    const auto asked = [&] { return window.text("patrol.command"); };
    window.scroll_to("ui.patrol.select");
    window.choose("ui.patrol.select", 1);
    window.until("the communes",
                 [&] { return asked().find("--select " + codes) != std::string::npos; });
    // Now they stand in the list before the queries. What nobody meets changes nothing.
    const auto before = asked();
    window.choose("ui.patrol.select", 3);
    window.settle();
    CHECK(asked() == before);
}

TEST_CASE("bases are places of the kinds that are chosen, and the command makes the same plan") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto done = run_program({DIABAN_PROGRAM, "query", "status(2015) = hot", "--save", "nong",
                                   "--project", sample.project.string(), "--json", "--quiet"});
    REQUIRE(done.code == 0);
    std::string codes;
    const auto hot = nlohmann::json::parse(done.out);
    for (const auto& unit : hot.at("units"))
        codes += (codes.empty() ? "" : ",") + unit.at("code").get<std::string>();
    REQUIRE(codes.find(',') != std::string::npos);
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_plans(window);
    const auto asked = [&](const std::string& part) {
        window.until("the command asks for " + part,
                     [&] { return window.text("patrol.command").find(part) != std::string::npos; });
    };
    // The communes of the query, first in the list after all; then they stand before it.
    window.scroll_to("ui.patrol.candidates");
    window.choose("ui.patrol.candidates", 1);
    asked("--candidates " + codes);
    // The kinds of the sample follow the query: zones, ports, gates in the order of its places.
    window.scroll_to("ui.patrol.candidates");
    window.choose("ui.patrol.candidates", 3);
    asked("--candidates-at ");
    CHECK(window.text("patrol.command").find("--candidates " + codes) == std::string::npos);
    // Another kind as well: behind all, those that are chosen, and the query.
    window.scroll_to("ui.patrol.candidates");
    window.choose("ui.patrol.candidates", 3);
    window.until("two kinds", [&] {
        const auto command = window.text("patrol.command");
        const auto first = command.find("--candidates-at ");
        return first != std::string::npos &&
               command.find("--candidates-at ", first + 1) != std::string::npos;
    });
    make_plan(window);
    window.screenshot("patrol_places");
    CHECK(window.value("answer_symbols") == 3); // the bases, on the map
    const auto again = copied_answer(window, "patrol");
    CHECK(again.at("objective").get<double>() == window.value("patrol.objective"));
    CHECK(sizes_of(again) == window.text("patrol.groups"));
    for (const auto& group : again.at("plan")) {
        CHECK(group.at("base").is_null());
        CHECK_FALSE(group.at("base_name").get<std::string>().empty());
    }
    // Back to all communes.
    window.scroll_to("ui.patrol.candidates");
    window.choose("ui.patrol.candidates", 0);
    make_plan(window);
    CHECK(window.value("answer_symbols") == 0);
    CHECK(window.text("patrol.command").find("--candidates") == std::string::npos);
}
