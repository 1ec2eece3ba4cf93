// Requests for queries come back from their flags.
#include "cli/parse.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

app::QueryRequest parsed_query(const std::vector<std::string>& words) {
    return std::get<app::QueryRequest>(cli::parse(words).request);
}

} // namespace

TEST_CASE("a request for a query comes back from its flags") {
    app::QueryRequest query;
    query.data.boundaries = "xã.shp";
    CHECK(parsed_query(app::to_flags(query)) == query);
    query.text = "not (status = hot) or value(\"a b\") > -1";
    query.period = {2015, 2};
    query.page.size = "A3 portrait";
    query.dpi = 150;
    query.classification = app::Classification::Internal;
    query.out = "gần cảng.xlsx";
    query.map_out = "gần.pdf";
    query.save = "gần cảng";
    query.replace = true;
    CHECK(parsed_query(app::to_flags(query)) == query);
    query.text = "-5";
    CHECK(parsed_query(app::to_flags(query)) == query);
    query.text.clear();
    query.use = "gần cảng";
    CHECK(parsed_query(app::to_flags(query)) == query);
    app::QueryRequest gone;
    gone.data.store = "kho.sqlite";
    gone.forget = "gần cảng";
    CHECK(parsed_query(app::to_flags(gone)) == gone);
    gone.forget.clear();
    gone.list = true;
    CHECK(parsed_query(app::to_flags(gone)) == gone);
    CHECK(parsed_query({"query", "status = hot", "--boundaries", "a.shp"}).text == "status = hot");
}

TEST_CASE("a request for SQL comes back from its flags") {
    app::SqlRequest sql;
    sql.data.store = "kho.sqlite";
    sql.data.vintage = "2025";
    sql.text = "-- a comment\nSELECT code FROM unit";
    const auto parsed = [](const std::vector<std::string>& words) {
        return std::get<app::SqlRequest>(cli::parse(words).request);
    };
    CHECK(parsed(app::to_flags(sql)) == sql);
    sql.text.clear();
    sql.use = "diện tích";
    sql.save = "khác";
    sql.replace = true;
    sql.limits.seconds = 0.5;
    sql.limits.rows = 7;
    sql.classification = app::Classification::Internal;
    sql.out = "bảng.csv";
    sql.map_out = "bản đồ.svg";
    sql.page.size = "A3 portrait";
    sql.dpi = 150;
    sql.sort = "diện tích";
    sql.descending = true;
    CHECK(parsed(app::to_flags(sql)) == sql);
    app::SqlRequest gone;
    gone.data.store = "kho.sqlite";
    gone.forget = "diện tích";
    CHECK(parsed(app::to_flags(gone)) == gone);
    gone.forget.clear();
    gone.list = true;
    CHECK(parsed(app::to_flags(gone)) == gone);
    CHECK_THROWS_AS(cli::parse({"sql", "SELECT 1", "--seconds", "0"}), base::Error);
    CHECK_THROWS_AS(cli::parse({"sql", "SELECT 1", "--rows", "0"}), base::Error);
}

TEST_CASE("the rows of a table can be chosen by a query") {
    app::TableRequest table;
    table.data.boundaries = "xã.shp";
    table.where = "near(port) <= 5km and status = hot";
    table.out = "bảng.csv";
    CHECK(std::get<app::TableRequest>(cli::parse(app::to_flags(table)).request) == table);
}
