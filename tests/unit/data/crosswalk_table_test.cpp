#include "data/crosswalk_table.hpp"
#include "support/errors.hpp"
#include "support/tables.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::data;
using test::text_column;
using test::units;

namespace {

RawTable pairs(std::vector<std::string> from, std::vector<std::string> to,
               std::vector<std::string> share = {}) {
    RawTable table;
    table.source = "t.csv";
    table.columns = {text_column("old_commune_code", std::move(from)),
                     text_column("new_commune_code", std::move(to))};
    if (!share.empty()) table.columns.push_back(text_column("share", std::move(share)));
    return table;
}

IndicatorCube people(const std::vector<double>& values) {
    IndicatorCube cube("old", {Indicator{"people"}}, {{2019, 0}}, values.size());
    for (std::size_t i = 0; i < values.size(); ++i) cube.set(0, 0, i, values[i]);
    return cube;
}

} // namespace

TEST_CASE("merged, divided and unchanged units; totals survive") {
    const auto from = units({"00001", "00002", "00003", "00009"}),
               to = units({"00005", "00006", "00009"});
    base::Findings findings;
    const auto read = crosswalk_from(pairs({"00001", "00002", "00003", "00003", "77777"},
                                           {"00005", "00005", "00005", "00006", "00006"},
                                           {"", "", "0.3", "0.7", "1"}),
                                     {}, from, to, {}, findings);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "crosswalk_strange");
    CHECK(read.incomplete.empty());
    const auto carried = carry(people({10, 20, 100, 7}), read.crosswalk, findings);
    CHECK(carried.value(0, 0, 0) == Approx(60));
    CHECK(carried.state(0, 0, 0) == Cell::Estimated);
    CHECK(carried.value(0, 0, 1) == Approx(70));
    CHECK(carried.value(0, 0, 2) == 7); // not in the table: the same code is the same unit
    CHECK(carried.state(0, 0, 2) == Cell::Observed);
}

TEST_CASE("no share is invented: what cannot be divided leaves its receivers missing") {
    const auto from = units({"1", "2"}), to = units({"5", "6"});
    const auto table = pairs({"1", "2", "2"}, {"5", "5", "6"});
    base::Findings findings;
    auto read = crosswalk_from(table, {}, from, to, {}, findings);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "crosswalk_no_share");
    CHECK(read.incomplete == std::vector<std::size_t>{0, 1});
    auto carried = carry(people({10, 20}), read.crosswalk, findings);
    withhold(carried, read.incomplete);
    CHECK(carried.state(0, 0, 0) == Cell::Missing);
    CHECK(carried.state(0, 0, 1) == Cell::Missing);
    // A second table has the shares.
    findings.clear();
    const auto shares = read_shares(pairs({"2", "2"}, {"5", "6"}, {"0.25", "0.25"}), {});
    read = crosswalk_from(table, {}, from, to, shares, findings);
    CHECK(read.incomplete.empty());
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "crosswalk_normalised"); // 0.5 in all: scaled to 1
    carried = carry(people({10, 20}), read.crosswalk, findings);
    CHECK(carried.value(0, 0, 0) == Approx(20));
    CHECK(carried.value(0, 0, 1) == Approx(10));
}

TEST_CASE("a table of other communes is refused, not taken for no change") {
    const auto from = units({"00001", "00002"}), to = units({"00001", "00002"});
    const auto over = [&](std::vector<CrosswalkTable> tables) {
        base::Findings findings;
        return test::thrown_key([&] { crosswalk_over(tables, from, to, {}, findings); },
                                base::ErrorKind::Data);
    };
    CHECK(over({{pairs({"77777", "77778"}, {"88888", "88889"}), {}}}) == "error.crosswalk.no_row");
    CHECK(over({{pairs({}, {}), {}}}) == "error.crosswalk.no_row");
    CHECK(over({{pairs({"00001", "77778"}, {"00001", "88889"}), {}}}).empty());
    // Of a year in which nothing changed here there may be no row in a chain of tables.
    CHECK(over({{pairs({"77777"}, {"88888"}), {}}, {pairs({"00001"}, {"00001"}), {}}}).empty());
}

TEST_CASE("units without successor are named") {
    base::Findings findings;
    const auto read =
        crosswalk_from(pairs({"1"}, {"5"}), {}, units({"1", "2"}), units({"5"}), {}, findings);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "crosswalk_no_successor");
    CHECK(read.crosswalk.weight.row(1).empty());
    // An island that has no code is told by its name, one without name by its place.
    auto islands = units({"", "1"});
    const auto told = [&](const std::string& name) {
        islands.name[0] = name;
        base::Findings found;
        crosswalk_from(pairs({"1"}, {"5"}), {}, islands, units({"5"}), {}, found);
        REQUIRE(found.size() == 1);
        return std::get<std::string>(found[0].args.at(1).second);
    };
    CHECK(told("Đảo Cồn Cỏ") == "Đảo Cồn Cỏ");
    CHECK(told("") == "#1");
}

TEST_CASE("tables in a row lead from code to code, without a list of the units between") {
    // 1 and 2 become 11; 3 keeps its code, for the first table does not name it; 4 is abolished by
    // the second. 11 is then divided by shares, 3 goes to 21 as a whole. 99 is of another province.
    const std::vector<CrosswalkTable> tables{
        {pairs({"1", "2", "4", "99"}, {"11", "11", "14", "98"}), {}},
        {pairs({"11", "11", "3", "98"}, {"21", "22", "21", "23"}), {}}};
    const auto from = units({"1", "2", "3", "4"}), to = units({"21", "22"});
    const auto shares = read_shares(pairs({"11", "11"}, {"21", "22"}, {"0.25", "0.75"}), {});
    base::Findings findings;
    const auto read = crosswalk_over(tables, from, to, shares, findings);
    CHECK(read.incomplete.empty());
    const auto carried = carry(people({10, 30, 5, 7}), read.crosswalk, findings);
    CHECK(carried.value(0, 0, 0) == Approx(15)); // a quarter of 40, and 5
    CHECK(carried.value(0, 0, 1) == Approx(30));
    CHECK(carried.state(0, 0, 0) == Cell::Estimated);
    CHECK(std::count_if(findings.begin(), findings.end(), [](const auto& f) {
              return f.key == "crosswalk_no_successor" && f.amount == 1.0;
          }) == 1); // 14

    // What nobody can divide on the way leaves all it leads to missing.
    const std::vector<CrosswalkTable> divided{{pairs({"1", "1", "2"}, {"11", "12", "12"}), {}},
                                              {pairs({"11", "12"}, {"21", "22"}), {}}};
    base::Findings more;
    const auto open = crosswalk_over(divided, units({"1", "2"}), to, {}, more);
    CHECK(open.incomplete == std::vector<std::size_t>{0, 1});
    // One table is what it is alone.
    base::Findings none;
    const auto alone =
        crosswalk_over(std::span(tables).first(1), from, units({"3", "11", "14"}), {}, none);
    CHECK(alone.crosswalk.weight.index == std::vector<std::uint32_t>{1, 1, 0, 2});
}

TEST_CASE("a pair that a table of shares leaves out has no ground; the others are shared by it") {
    const auto from = units({"1", "2"}), to = units({"5", "6", "7"});
    const auto table = pairs({"1", "1", "1", "2"}, {"5", "6", "7", "7"});
    const auto shares = read_shares(pairs({"1", "1"}, {"5", "6"}, {"0.25", "0.75"}), {});
    base::Findings findings;
    const auto read = crosswalk_from(table, {}, from, to, shares, findings);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "crosswalk_no_ground");
    CHECK(findings[0].amount == 1.0);
    CHECK(read.incomplete.empty());
    const auto carried = carry(people({100, 10}), read.crosswalk, findings);
    CHECK(carried.value(0, 0, 0) == Approx(25));
    CHECK(carried.value(0, 0, 1) == Approx(75));
    CHECK(carried.value(0, 0, 2) == 10);
    CHECK(carried.state(0, 0, 2) == Cell::Observed);
}
