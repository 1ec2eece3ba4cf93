// Queries in the window: built by choosing and written as text, counted, selected, on the map,
// kept.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;

namespace {

void open_query(Session& window) {
    window.click("ui.menu.analysis");
    window.click("ui.query");
    window.scroll_to("ui.query.select");
}

void write_query(Session& window, const std::string& text) {
    window.scroll_to("ui.query.text");
    retype(window, "ui.query.text", text);
    window.until("the text", [&] { return window.text("query.text") == text; });
    window.settle();
}

// What the copied command counts.
double counted(Session& window) {
    return copied_answer(window, "query").at("count").get<double>();
}

} // namespace

TEST_CASE("a query built by choosing is the text, and a text is what is built", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}, .language = "en"}));
    open_query(window);
    CHECK(window.text("query.text") == "status = hot");
    const auto hot = window.value("query.count");
    CHECK(hot > 0);
    CHECK(counted(window) == hot);
    window.screenshot("query_first");
    // All of: the condition there was, and one more, which becomes a distance.
    window.scroll_to("query.kind");
    window.choose("query.kind", 0);
    CHECK(window.text("query.text") == "status = hot and status = hot");
    CHECK(window.value("query.count") == hot);
    window.scroll_to("query.1.kind");
    window.choose("query.1.kind", 12);
    CHECK(window.text("query.text") == "status = hot and near() <= 5km");
    window.until("the distances", [&] { return window.value("query.count") <= hot; });
    window.settle();
    CHECK(counted(window) == window.value("query.count"));
    window.screenshot("query_built");
    // The same the other way: what is written stands in the parts.
    write_query(window, "next_to(status = hot) and not status >= present");
    CHECK(window.text("query.error").empty());
    window.scroll_to("query.0.0.with");
    window.scroll_to("query.1.0.compare");
    CHECK(counted(window) == window.value("query.count"));
    window.press("query.1.remove");
    window.settle();
    CHECK(window.text("query.text") == "next_to(status = hot)");
    window.screenshot("query_written");
}

TEST_CASE("what is wrong with a text is said, and nothing is counted") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_query(window);
    write_query(window, "status = hot adn");
    CHECK(window.text("query.error") == "error.query.expected");
    CHECK_FALSE(window.item("ui.query.select"));
    write_query(window, "value(XX99) > 1");
    window.until("an error", [&] { return window.text("query.error") == "error.query.indicator"; });
    write_query(window, "status = none");
    CHECK(window.text("query.error").empty());
    window.need("ui.query.select");
}

TEST_CASE("the communes of a query are selected, shown and found again by its name", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}, .language = "en"}));
    open_query(window);
    const auto hot = window.value("query.count");
    window.press("ui.query.select");
    window.until("the selection", [&] { return window.value("selected") == hot; });
    window.press("ui.query.on_map");
    window.settle();
    CHECK(window.text("map.method").find("status = hot") != std::string::npos);
    window.screenshot("query_on_map");
    window.key("ctrl+c");
    window.until("the picture", [&] {
        return window.text("status.notice").find(said(window, "không phải", "not the answer")) !=
               std::string::npos;
    });
    // The page is of the values; it says that the answer leaves from here.
    window.key("ctrl+e");
    window.until("the page", [&] { return window.text("export.preview") == "painted"; });
    CHECK_FALSE(window.text("export.not_result").empty());
    window.key("ctrl+j");
    window.need("ui.query.on_map");
    window.press("ui.query.on_map");
    window.settle();
    window.press("ui.query.name");
    window.type("hot ones");
    window.press("ui.query.keep");
    window.until("it is kept", [&] { return window.value("queries") == 1; });
    write_query(window, "status = none");
    // The list of what is kept stands at the end of the panel.
    window.press("saved_query:0");
    window.until("the saved one", [&] { return window.text("query.text") == "status = hot"; });
    // Another one under its name: the first press only asks.
    write_query(window, "status = none");
    window.press("ui.query.name");
    window.type("hot ones");
    window.press("ui.query.keep");
    window.until("it asks", [&] { return window.text("query.replacing") == "hot ones"; });
    window.press("saved_query:0");
    window.until("the old one", [&] { return window.text("query.text") == "status = hot"; });
    write_query(window, "status = none");
    window.press("ui.query.keep");
    window.until("it asks again", [&] { return window.text("query.replacing") == "hot ones"; });
    window.press("ui.query.keep");
    window.until("it is replaced", [&] { return window.text("query.replacing").empty(); });
    CHECK(window.value("queries") == 1);
    write_query(window, "status = hot");
    window.press("saved_query:0");
    window.until("the new one", [&] { return window.text("query.text") == "status = none"; });
    window.scroll_to("saved_query:0");
    window.click("saved_query:0.forget");
    window.until("it is forgotten", [&] { return window.value("queries") == 0; });
}

TEST_CASE("a query narrows the map, and the page, the chart and the table with it") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_query(window);
    write_query(window, "next_to(status = hot)");
    const auto meant = window.value("query.count");
    REQUIRE(meant > 0);
    const auto rows = window.value("table.rows");
    REQUIRE(meant < rows);
    window.click("ui.query.as_filter");
    window.until("the table", [&] { return window.value("table.rows") == meant; });
    CHECK(window.text("query.filter") == "next_to(status = hot)");
    CHECK(window.text("map.method").find("next_to(status = hot)") != std::string::npos);
    window.screenshot("query_filter");
    // Another text leaves the filter as it is, and says so.
    write_query(window, "status = none");
    window.need("ui.query.unfilter");
    CHECK(window.value("table.rows") == meant);
    // The page that is copied as a command is of the same communes.
    window.key("ctrl+e");
    window.scroll_to("export.copy_command");
    window.settle();
    const auto command = window.text("export.command");
    INFO(command);
    REQUIRE(command.find("--where 'next_to(status = hot)'") != std::string::npos);
    const TempFolder folder;
    const auto outcome =
        run_program({"/bin/sh", "-c",
                     DIABAN_PROGRAM + command.substr(6, command.find(" --out ") - 6) +
                         " --json --quiet --out " + (folder / "m.svg").string()});
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    double aside = 0, all = 0;
    const auto said = nlohmann::json::parse(outcome.out);
    for (const auto& row : said.at("legend")) {
        const auto key = row.at("key").get<std::string>();
        all += row.at("count").get<double>();
        if (key == "not_in_query" || key == "query_unknown") aside += row.at("count").get<double>();
    }
    CHECK(all == rows);
    CHECK(aside == rows - meant);
    // And so is the chart.
    window.click("ui.charts");
    window.settle();
    CHECK(window.text("charts.command").find("--where 'next_to(status = hot)'") !=
          std::string::npos);
    window.screenshot("query_filter_chart");
    // The legend lets go of it too, and that can be undone.
    window.key("ctrl+e");
    window.click("legend_unfilter");
    window.settle();
    CHECK(window.text("charts.command").find("--where") == std::string::npos);
    window.key("ctrl+z");
    window.settle();
    CHECK(window.text("charts.command").find("--where") != std::string::npos);
}

TEST_CASE("a query that the store keeps is deleted there, when it is asked twice") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_query(window);
    window.click("ui.query.name");
    window.type("hot ones");
    window.click("ui.query.keep_in_store");
    const auto map = window.need("map");
    window.move((map.x1 + 1920) / 2, map.y());
    window.wheel(-30);
    window.need("stored_query:0");
    window.settle();
    CHECK(sample.json({"query", "--list"}).at("queries").size() == 1);
    window.click("stored_query:0.forget");
    window.settle();
    CHECK(sample.json({"query", "--list"}).at("queries").size() == 1);
    window.click("stored_query:0.forget");
    window.until("it is gone", [&] { return !window.item("stored_query:0").has_value(); });
    CHECK(sample.json({"query", "--list"}).at("queries").empty());
}

TEST_CASE("the class of a result is chosen from those that the result has") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    REQUIRE(run_program({DIABAN_PROGRAM, "hotspots", "--project", sample.project.string(),
                         "--indicator", "DR01_rate", "--year", "2015", "--permutations", "99",
                         "--method", "local-moran", "--save", "M1"})
                .code == 0);
    Session window({.files = {sample.project.string()}, .language = "vi"});
    open_query(window);
    window.choose("query.kind", 11); // class of a result
    window.until("a class",
                 [&] { return window.text("query.text") == R"(result(M1) = "high-high")"; });
    window.choose("query.with", 1);
    CHECK(window.text("query.text") == R"(result(M1) = "low-low")");
    window.until("the count", [&] { return window.text("query.error").empty(); });
    window.settle();
    CHECK(counted(window) == window.value("query.count"));
    window.screenshot("query_class");
    write_query(window, "result(M1) = lowlow");
    window.until("the error", [&] { return window.text("query.error") == "error.query.class"; });
}

TEST_CASE("communes on the border are asked for by choosing, as the project tells of it") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    // One with a side on the outer border, which is said to be the land border.
    std::string code;
    for (int i = 1; i <= 156 && code.empty(); ++i) {
        const auto tried = "000" +
                           std::string(i < 10    ? "00"
                                       : i < 100 ? "0"
                                                 : "") +
                           std::to_string(i);
        const auto done =
            run_program({DIABAN_PROGRAM, "query", "on(border)", "--store", sample.store.string(),
                         "--outline", "border=" + tried, "--json"});
        if (done.code == 0) code = tried;
    }
    REQUIRE_FALSE(code.empty());
    auto project = nlohmann::json::parse(bytes_of(sample.project));
    project["outline"] = nlohmann::json::array({{{"kind", "border"}, {"code", code}}});
    std::ofstream(sample.project) << project.dump(1);
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_query(window);
    window.choose("query.kind", 17); // on the coast, on the border
    window.until("the border", [&] { return window.text("query.text") == "on(border)"; });
    window.until("the count", [&] { return window.value("query.count") == 1; });
    CHECK(counted(window) == 1);
    window.screenshot("query_border");
    // Nobody said where the coast is.
    window.choose("query.outline", 0);
    window.until("the error",
                 [&] { return window.text("query.error") == "error.near.no_outline_given"; });
    CHECK(window.text("query.text") == "on(coast)");
    write_query(window, "not on(border)");
    window.until("the others", [&] { return window.value("query.count") == 155; });
}
