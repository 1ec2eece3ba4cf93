// The SQL console of the window: asked with real keys, answered beside the window, sorted,
// selected, shown on the map, refused, stopped, written, and kept under a name.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban::test;

namespace {

constexpr const char* kAll = "SELECT code, name FROM unit WHERE vintage = '2009' ORDER BY code";

void open_console(Session& window) {
    window.key("ctrl+shift+j");
    window.need("ui.sql.text");
    window.settle();
}

void write_statement(Session& window, const std::string& sql) {
    retype(window, "ui.sql.text", sql);
    window.until("the statement", [&] { return window.text("sql.text") == sql; });
}

// Runs what stands in the editor, by the keys, and waits for the answer.
void run_statement(Session& window) {
    const auto runs = window.value("sql.runs");
    window.key("ctrl+Return");
    window.until("the answer", [&] { return window.value("sql.runs") > runs; });
    window.settle();
}

} // namespace

TEST_CASE("the console answers as the command line does; its communes are selected and shown",
          "[arranged]") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window(arranged({.files = {sample.project.string()}, .language = "en"}));
    open_console(window);
    CHECK(window.text("sql.text").find("SELECT") == 0); // an example to begin with
    const std::string some = std::string(kAll) + " LIMIT 7";
    write_statement(window, some);
    run_statement(window);
    const auto told = sample.json({"sql", some});
    CHECK(window.value("sql.rows") == told.at("count").get<double>());
    CHECK(window.value("sql.units") == static_cast<double>(told.at("units").size()));
    CHECK(window.text("sql.first") == told.at("rows")[0][0].get<std::string>());
    window.screenshot("sql_answer");
    // The field keeps the keyboard: another Ctrl+Enter asks again, and nothing was typed into it.
    CHECK(window.text("sql.text") == some);
    run_statement(window);
    CHECK(window.text("sql.text") == some);
    window.click("ui.sql.select");
    window.until("the selection", [&] { return window.value("selected") == 7; });
    window.click("ui.sql.on_map");
    window.settle();
    CHECK(window.text("map.method").find("SELECT code") != std::string::npos);
    window.screenshot("sql_on_map");
    window.click("ui.sql.on_map");
    window.settle();
    CHECK(window.text("map.method").find("SELECT code") == std::string::npos);
    // A heading sorts: once upwards, twice downwards. The copied command says the same.
    window.click("sql.column:0");
    window.settle();
    window.click("sql.column:0");
    const auto last = told.at("rows")[6][0].get<std::string>();
    window.until("the last first", [&] { return window.text("sql.first") == last; });
    const auto command = window.text("sql.command");
    REQUIRE(command.rfind("diaban sql", 0) == 0);
    const auto rows = run_copied(command);
    CHECK(rows.find(last) < rows.find(told.at("rows")[0][0].get<std::string>()));
    // A row shows its commune.
    window.click("sql.row:0");
    window.until("one commune", [&] { return window.value("selected") <= 1; });
}

TEST_CASE("the shapes of an answer are drawn over its communes as long as it is on the map") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_console(window);
    const auto drawn = [&](const std::string& shape, const char* picture) {
        write_statement(window, "SELECT code, " + shape +
                                    " FROM unit WHERE vintage = '2009' ORDER BY code LIMIT 5");
        run_statement(window);
        window.click("ui.sql.on_map");
        window.settle();
        const auto out = window.value("answer_shapes");
        window.screenshot(picture);
        window.click("ui.sql.on_map");
        window.settle();
        CHECK(window.value("answer_shapes") == 0);
        return out;
    };
    CHECK(window.value("answer_shapes") == 0);
    CHECK(drawn("ST_Centroid(geometry)", "sql_points") == 5);
    CHECK(drawn("ST_Envelope(geometry)", "sql_areas") == 5);
    CHECK(drawn("name", "sql_no_shapes") == 0);
}

TEST_CASE("the console refuses to write, and an endless statement is stopped by hand") {
    if (!can_open_windows()) return;
    OwnSample sample;
    const auto before = bytes_of(sample.store);
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_console(window);
    write_statement(window, "DELETE FROM unit");
    run_statement(window);
    CHECK(window.text("sql.error") == "error.sql.write");
    CHECK_FALSE(window.item("ui.sql.select"));
    window.screenshot("sql_refused");
    write_statement(window, "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
                            "SELECT count(*) FROM c");
    // Not waiting for rest, which comes when the statement has ended.
    const auto press = [&](const std::string& item) {
        const auto box = window.need(item);
        window.tool({"mousemove", std::to_string(static_cast<int>(box.x())),
                     std::to_string(static_cast<int>(box.y())), "click", "1"});
    };
    window.tool({"key", "ctrl+Return"});
    window.need("ui.sql.stop");
    // The window answers meanwhile.
    const auto year = window.text("period");
    press("ui.timeline.previous");
    window.until(
        "the year before", [&] { return window.text("period") != year; }, 5);
    press("ui.sql.stop");
    window.until(
        "it has stopped", [&] { return !window.item("ui.sql.stop").has_value(); }, 5);
    window.need("ui.sql.run");
    write_statement(window, "SELECT count(*) FROM unit");
    run_statement(window);
    CHECK(window.text("sql.error").empty());
    CHECK(window.value("sql.rows") == 1);
    CHECK(bytes_of(sample.store) == before);
}

TEST_CASE("statements of the console are kept in the store, taken up again and deleted") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_console(window);
    write_statement(window, "SELECT 1 AS one");
    window.click("ui.sql.saved");
    window.click("ui.sql.name");
    window.type("one");
    window.click("ui.sql.keep");
    window.need("stored_sql:0");
    CHECK(sample.json({"sql", "--use", "one"}).at("rows")[0][0] == 1);
    window.key("Escape");
    write_statement(window, "SELECT 2");
    window.click("ui.sql.saved");
    // Another one under its name: the first press only asks.
    window.click("ui.sql.name");
    window.type("one");
    window.click("ui.sql.keep");
    window.until("it asks", [&] { return window.text("sql.replacing") == "one"; });
    CHECK(sample.json({"sql", "--use", "one"}).at("rows")[0][0] == 1);
    window.click("ui.sql.keep");
    window.until("it is replaced", [&] {
        return window.text("sql.replacing").empty() &&
               sample.json({"sql", "--use", "one"}).at("rows")[0][0] == 2;
    });
    window.key("Escape");
    write_statement(window, "SELECT 1 AS one");
    window.click("ui.sql.saved");
    window.click("ui.sql.name");
    window.type("one");
    window.click("ui.sql.keep");
    window.until("it asks", [&] { return window.text("sql.replacing") == "one"; });
    window.click("ui.sql.keep");
    window.until("it is replaced again", [&] {
        return window.text("sql.replacing").empty() &&
               sample.json({"sql", "--use", "one"}).at("rows")[0][0] == 1;
    });
    window.settle();
    window.key("Escape");
    write_statement(window, "SELECT 2");
    window.click("ui.sql.saved");
    window.click("stored_sql:0");
    window.until("the saved one", [&] { return window.text("sql.text") == "SELECT 1 AS one"; });
    window.click("ui.sql.saved");
    // It cannot be undone: the first press only asks.
    window.click("stored_sql:0.forget");
    window.settle();
    CHECK(sample.json({"sql", "--list"}).at("queries").size() == 1);
    window.click("stored_sql:0.forget");
    window.until("it is gone", [&] { return !window.item("stored_sql:0").has_value(); });
    CHECK(sample.json({"sql", "--list"}).at("queries").empty());
}

TEST_CASE("eleven thousand rows scroll and sort while the window goes on") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_console(window);
    write_statement(window, "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
                            "WHERE n < 11047) SELECT n, 'row ' || n AS words FROM c");
    run_statement(window);
    CHECK(window.value("sql.rows") == 11047);
    const auto head = window.need("sql.column:0");
    window.move(head.x(), head.y1 + 60);
    window.wheel(-20);
    window.settle();
    CHECK_FALSE(window.item("sql.row:0").has_value());
    window.click("sql.column:0");
    window.settle();
    window.click("sql.column:0");
    window.wheel(200);
    window.until("the largest first", [&] { return window.text("sql.first") == "11047"; });
}

TEST_CASE("an answer of the console leaves in public, with the statement that was asked") {
    if (!can_open_windows()) return;
    OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_console(window);
    const std::string small = "SELECT code, value FROM observation_text WHERE vintage = '2009' "
                              "AND indicator = 'DR01' AND value BETWEEN 1 AND 9";
    write_statement(window, small);
    run_statement(window);
    CHECK(window.value("sql.rows") > 0); // on the screen values are true
    CHECK(sample.json({"sql", small}).at("count") == 0);
    window.click("ui.sql.export");
    window.click("sql.ui.export.public");
    window.pick(sample.folder / "nho.csv");
    window.until("the file", [&] { return std::filesystem::exists(sample.folder / "nho.csv"); });
    const auto written = bytes_of(sample.folder / "nho.csv");
    CHECK(written.find("code") != std::string::npos);
    CHECK(std::count(written.begin(), written.end(), '\n') <= 1); // no row of a small number
}
