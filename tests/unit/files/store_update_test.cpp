#include "files/store_update.hpp"

#include "base/paths.hpp"
#include "data/catalogue.hpp"
#include "files/store.hpp"
#include "files/store_catalogue.hpp"
#include "files/store_check.hpp"
#include "files/store_schema.hpp"
#include "files/store_vintage.hpp"
#include "support/errors.hpp"
#include "support/process.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <set>
#include <sqlite3.h>

using namespace diaban;
using namespace diaban::files;
namespace fs = std::filesystem;

namespace {

StoreContent small_content() {
    StoreContent content;
    content.title = "Tỉnh mẫu";
    StoredVintage vintage;
    vintage.id = "2009";
    vintage.units.code = {"00001", "00004"};
    vintage.units.name = {"Xã A", "Xã B"};
    vintage.units.type = {"Xã", "Xã"};
    for (const double x : {105.0, 106.0}) {
        vintage.soup.points.insert(vintage.soup.points.end(),
                                   {{x, 9}, {x + 1, 9}, {x + 1, 10}, {x, 10}});
        vintage.soup.end_ring();
        vintage.soup.end_face();
    }
    content.vintages.push_back(std::move(vintage));
    data::IndicatorCube cube("2009", {indicator_of(*data::find_in_catalogue("IN01"))}, {{2010, 0}},
                             2);
    cube.set(0, 0, 0, 3);
    cube.set(0, 0, 1, 5);
    content.cubes = {std::move(cube)};
    return content;
}

fs::path written(const test::TempFolder& folder) {
    base::JobContext ctx;
    write_store(folder / "store.sqlite", small_content(), ctx);
    return folder / "store.sqlite";
}

void execute(const fs::path& file, const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
    char* message = nullptr;
    const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message);
    INFO((message ? message : ""));
    CHECK(code == SQLITE_OK);
    sqlite3_close(handle);
}

// Takes away what version 5 added.
void lower_to_version_4(const fs::path& file) {
    execute(file, "ALTER TABLE place DROP COLUMN attributes; PRAGMA user_version = 4; UPDATE meta "
                  "SET value = '4' WHERE key = 'schema_version';");
}

// And what version 4 added.
void lower_to_version_3(const fs::path& file) {
    lower_to_version_4(file);
    execute(file, "DROP TABLE output_log; PRAGMA user_version = 3; UPDATE meta SET value = '3' "
                  "WHERE key = 'schema_version';");
}

// And what version 3 added: the four tables that it replaced come back as they were.
void lower_to_version_2(const fs::path& file) {
    lower_to_version_3(file);
    execute(file,
            "DROP VIEW status_text; DROP TABLE status_history; DROP TABLE alias_refused;"
            "DROP TABLE crosswalk_incomplete; DROP TABLE status; DROP TABLE rule;"
            "DROP TABLE target; DROP TABLE plan;"
            "ALTER TABLE crosswalk DROP COLUMN source;"
            "ALTER TABLE place DROP COLUMN valid_until;"
            "ALTER TABLE place DROP COLUMN valid_from;"
            "CREATE TABLE rule (id TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT "
            "NULL, document TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT "
            "NULL, content TEXT NOT NULL, PRIMARY KEY (id, version)) WITHOUT ROWID;"
            "CREATE TABLE status (unit INTEGER NOT NULL REFERENCES unit (id), year INTEGER "
            "NOT NULL, half INTEGER NOT NULL, domain TEXT NOT NULL, origin TEXT NOT NULL, "
            "status TEXT NOT NULL, score REAL, recognised INTEGER NOT NULL, decision TEXT NOT "
            "NULL, decided_on TEXT NOT NULL, rule TEXT, rule_version INTEGER, reason TEXT NOT "
            "NULL, author TEXT NOT NULL, source INTEGER, source_row INTEGER, entered_at TEXT "
            "NOT NULL, PRIMARY KEY (unit, year, half, domain, origin), FOREIGN KEY (rule, "
            "rule_version) REFERENCES rule (id, version)) WITHOUT ROWID;"
            "CREATE TABLE plan (id TEXT PRIMARY KEY, title TEXT NOT NULL, area TEXT NOT NULL, "
            "source TEXT NOT NULL) WITHOUT ROWID;"
            "CREATE TABLE target (id TEXT PRIMARY KEY, plan TEXT NOT NULL REFERENCES plan "
            "(id), area TEXT NOT NULL, period TEXT NOT NULL, indicator TEXT NOT NULL, op TEXT "
            "NOT NULL, value REAL, unit TEXT NOT NULL, denominator TEXT NOT NULL, "
            "baseline_year INTEGER, deadline TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT "
            "NULL, source TEXT NOT NULL) WITHOUT ROWID;"
            "PRAGMA user_version = 2; UPDATE meta SET value = '2' WHERE key = "
            "'schema_version';");
}

// And what version 2 added, which leaves a store as version 1 wrote it.
void lower_to_version_1(const fs::path& file) {
    lower_to_version_2(file);
    std::string sql;
    for (const auto* table :
         {"status", "target", "plan", "rule", "assignment", "alias", "unit_name", "saved_query",
          "profile", "result", "area_observation_history", "area_observation", "area",
          "observation_history"})
        sql += fmt::format("DROP TABLE {};", table);
    sql += "DROP VIEW observation_text;"
           "ALTER TABLE observation DROP COLUMN source_row;"
           "ALTER TABLE observation RENAME TO old;"
           "CREATE TABLE observation (indicator INTEGER NOT NULL REFERENCES indicator (id),"
           "year INTEGER NOT NULL, half INTEGER NOT NULL,"
           "unit INTEGER NOT NULL REFERENCES unit (id), value REAL,"
           "state INTEGER NOT NULL, PRIMARY KEY (indicator, year, half, unit)) WITHOUT ROWID;"
           "INSERT INTO observation SELECT indicator, year, half, unit, value, state FROM old;"
           "DROP TABLE old; DROP TABLE source; DROP TABLE import_log; DROP TABLE catalogue;"
           "PRAGMA user_version = 1; UPDATE meta SET value = '1' WHERE key = 'schema_version';";
    execute(file, sql);
}

std::set<std::string> objects_of(const fs::path& file) {
    const auto database = Database::open_read_only(file);
    std::set<std::string> out;
    auto rows = database.prepare("SELECT type || ' ' || name FROM sqlite_master WHERE name NOT "
                                 "LIKE 'sqlite%' AND name <> 'observation_text'");
    while (rows.step()) out.emplace(rows.text(0));
    return out;
}

bool has_finding(const fs::path& file, const std::string& kind) {
    base::JobContext ctx;
    for (const auto& finding : check_store(file, ctx).findings)
        if (finding.key == kind) return true;
    return false;
}

} // namespace

TEST_CASE("the catalogue has every code once, with names in both languages") {
    std::set<std::string_view> codes;
    for (const auto& entry : data::catalogue()) {
        CAPTURE(entry.code);
        CHECK(codes.insert(entry.code).second);
        CHECK_FALSE(entry.name_vi.empty());
        CHECK_FALSE(entry.name_en.empty());
        CHECK_FALSE(entry.levels.empty());
    }
    for (const auto* code : {"ST01", "ST10", "CM02", "IN05", "EN03", "DR01", "SW01", "OR07"})
        CHECK(codes.contains(code));
    CHECK(data::find_in_catalogue("dr01")->counts_persons);
    CHECK(data::find_in_catalogue("XX99") == nullptr);
    CHECK(indicator_of(*data::find_in_catalogue("ST01")).kind == data::Kind::Category);
}

TEST_CASE("a store of version 1 is read as it is and brought up to date by the first change") {
    const test::TempFolder folder;
    const auto file = written(folder);
    const auto fresh = objects_of(file);
    lower_to_version_1(file);
    const auto old_bytes = base::read_file(file);
    base::JobContext ctx;
    {
        const Store store(file);
        const auto vintage = store.read_vintage("2009", ctx);
        CHECK(store.read_cube("2009", vintage.units, {}, ctx).value(0, 0, 1) == 5);
        CHECK(check_store(file, ctx).version == 1);
    }
    CHECK(base::read_file(file) == old_bytes);

    SECTION("a change that changes nothing leaves it at version 1") {
        const auto update = update_store(
            file, ChangeSize::Small, [](const Database&) { return false; }, ctx);
        CHECK(update.backup.empty());
        CHECK(base::read_file(file) == old_bytes);
        CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
    }
    SECTION("a change raises it, after a copy") {
        for (const auto size : {ChangeSize::Small, ChangeSize::Large}) {
            const auto update = update_store(
                file, size,
                [](const Database& database) {
                    database.execute("UPDATE observation SET value = 6 WHERE unit = 2");
                    return true;
                },
                ctx);
            if (size == ChangeSize::Small) {
                CHECK(update.backup.filename() == "store.v1.sqlite");
                const Store copy(update.backup);
                const auto units = copy.read_vintage("2009", ctx).units;
                CHECK(copy.read_cube("2009", units, {}, ctx).value(0, 0, 1) == 5);
            } else {
                CHECK(update.backup.empty()); // it was raised already
            }
            const Store store(file);
            const auto vintage = store.read_vintage("2009", ctx);
            CHECK(store.read_cube("2009", vintage.units, {}, ctx).value(0, 0, 0) == 3);
            CHECK(store.read_cube("2009", vintage.units, {}, ctx).value(0, 0, 1) == 6);
            CHECK(check_store(file, ctx).findings.empty());
            CHECK(check_store(file, ctx).version == kStoreVersion);
            auto raised = objects_of(file);
            CHECK(raised == fresh);
        }
    }
}

TEST_CASE("what version 2 had in the tables that version 3 replaced is taken over") {
    const test::TempFolder folder;
    const auto file = written(folder);
    const auto fresh = objects_of(file);
    lower_to_version_2(file);
    execute(file,
            "INSERT INTO rule VALUES ('r', 1, 'Rule', 'QĐ 1', '', '', "
            "'{\"domain\": \"prostitution\"}');"
            "INSERT INTO status VALUES (1, 2010, 0, 'prostitution', 'rule', 'hot', NULL, 0, "
            "'', '', 'r', 1, '', '', NULL, NULL, '2025-07-01T08:00:00Z');"
            "INSERT INTO status VALUES (2, 2010, 0, 'drug', 'manual', 'none', NULL, 1, 'QĐ 2', "
            "'', NULL, NULL, 'why', 'who', NULL, NULL, '2025-07-01T08:00:00Z');"
            "INSERT INTO plan VALUES ('p', 'Plan', 'A', 'KH 1');"
            "INSERT INTO target VALUES ('t', 'p', 'A', '2011', 'ST10', '>=', 120, 'xã', '', "
            "NULL, '2011', 'absolute', 'text', '');");
    base::JobContext ctx;
    const auto update = update_store(
        file, ChangeSize::Small, [](const Database&) { return true; }, ctx);
    CHECK(update.backup.filename() == "store.v2.sqlite");
    CHECK(objects_of(file) == fresh);
    const auto database = Database::open_read_only(file);
    CHECK(database.text("SELECT domain || version FROM rule") == "prostitution1");
    CHECK(database.text("SELECT group_concat(status || origin) FROM status") ==
          "hotrule,nonemanual");
    CHECK(database.text("SELECT plan || id || value FROM target") == "pt120.0");
    CHECK(check_store(file, ctx).findings.empty());
}

TEST_CASE("what leaves with all its values is written down, in a store of version 3 after a copy") {
    const test::TempFolder folder;
    const auto file = written(folder);
    const auto fresh = objects_of(file);
    lower_to_version_3(file);
    CHECK(read_outputs(file).empty());
    base::JobContext ctx;
    add_outputs(file, {}, ctx);
    CHECK(Database::open_read_only(file).integer("PRAGMA user_version") == 3); // nothing to write
    add_outputs(file,
                {{"2025-07-01T08:00:00Z", "map", "bản đồ.png", "diaban 1"},
                 {"2025-07-01T08:00:00Z", "map", "", "diaban 1"}},
                ctx);
    CHECK(fs::exists(folder / "store.v3.sqlite"));
    CHECK(objects_of(file) == fresh);
    CHECK(check_store(file, ctx).version == kStoreVersion);
    CHECK(check_store(file, ctx).findings.empty());
    const auto outputs = read_outputs(file);
    REQUIRE(outputs.size() == 2);
    CHECK(outputs[0].file.empty()); // the newest first
    CHECK(outputs[1].file == "bản đồ.png");
    CHECK(outputs[1].verb == "map");
    CHECK(outputs[1].made_at == "2025-07-01T08:00:00Z");
}

TEST_CASE("lines and attributes of places come into a store of version 4 after a copy") {
    const test::TempFolder folder;
    const auto file = written(folder);
    const auto fresh = objects_of(file);
    lower_to_version_4(file);
    const auto before = Store(file).read_places();
    CHECK(std::all_of(before.begin(), before.end(),
                      [](const data::Place& place) { return place.attributes.empty(); }));
    data::Place route{"patrol_route",
                      "Tuyến 1",
                      "",
                      {{{105, 9}, {105.5, 9.5}}, {{106, 9}, {106, 9.25}, {106.5, 9.25}}},
                      {105.25, 9.25}};
    route.line = true;
    route.attributes = {
        {"Số chốt", "3", true}, {"Ghi \"chú\"", "a\\b\n", false}, {"Dài", "12.5", true}};
    base::JobContext ctx;
    put_places(file, {{route, "", ""}}, ctx);
    CHECK(fs::exists(folder / "store.v4.sqlite"));
    CHECK(objects_of(file) == fresh);
    CHECK(check_store(file, ctx).version == kStoreVersion);
    CHECK(check_store(file, ctx).findings.empty());
    const auto after = Store(file).read_places();
    REQUIRE(after.size() == before.size() + 1);
    CHECK(after.back().line);
    CHECK(after.back().rings == route.rings);
    CHECK(after.back().at == route.at);
    CHECK(after.back().attributes == route.attributes);
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK_FALSE(after[i].line);
        CHECK(after[i].attributes.empty());
        CHECK(after[i].rings == before[i].rings);
    }
}

TEST_CASE("a change is whole or nothing, in place and in a copy") {
    const test::TempFolder folder;
    const auto file = written(folder);
    const auto bytes = base::read_file(file);
    base::JobContext ctx;
    for (const auto size : {ChangeSize::Small, ChangeSize::Large}) {
        CHECK_THROWS_AS(update_store(
                            file, size,
                            [](const Database& database) -> bool {
                                database.execute("DELETE FROM observation");
                                throw base::Cancelled{};
                            },
                            ctx),
                        base::Cancelled);
        CHECK(base::read_file(file) == bytes);
        CHECK(test::thrown_key([&] {
                  update_store(
                      file, size,
                      [](const Database& database) {
                          database.execute("UPDATE observation SET unit = 99 WHERE unit = 1");
                          return true;
                      },
                      ctx);
              }) == "error.database.failed"); // a foreign key
        CHECK(base::read_file(file) == bytes);
        CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
    }
}

TEST_CASE("what cannot be changed is said, and stays as it was") {
    const test::TempFolder folder;
    const auto file = written(folder);
    base::JobContext ctx;
    const auto change = [&](const fs::path& store) {
        return test::thrown_key([&] {
            update_store(
                store, ChangeSize::Small, [](const Database&) { return true; }, ctx);
        });
    };
    execute(folder / "foreign.sqlite", "CREATE TABLE a (b);");
    CHECK(change(folder / "foreign.sqlite") == "error.store.not_a_store");
    CHECK(change(folder / "missing.sqlite") == "error.file.missing");
    fs::copy(file, folder / "newer.sqlite");
    execute(folder / "newer.sqlite", "PRAGMA user_version = 99;");
    CHECK(change(folder / "newer.sqlite") == "error.store.newer");
}

TEST_CASE("a reader is not disturbed while a change is being made, and sees it afterwards") {
    const test::TempFolder folder;
    const auto file = written(folder);
    base::JobContext ctx;
    const Store before(file);
    const auto units = before.read_vintage("2009", ctx).units;
    for (const auto size : {ChangeSize::Small, ChangeSize::Large}) {
        const double next = size == ChangeSize::Small ? 7 : 8;
        const double old = size == ChangeSize::Small ? 3 : 7;
        update_store(
            file, size,
            [&](const Database& database) {
                database.execute(
                    fmt::format("UPDATE observation SET value = {} WHERE unit = 1", next));
                const Store during(file);
                CHECK(during.read_cube("2009", units, {}, ctx).value(0, 0, 0) == old);
                return true;
            },
            ctx);
        CHECK(Store(file).read_cube("2009", units, {}, ctx).value(0, 0, 0) == next);
    }
}

TEST_CASE("rates that do not follow are counted as SQL counts them, by period") {
    const test::TempFolder folder;
    auto content = small_content();
    constexpr std::size_t kMany = 40;
    auto& vintage = content.vintages.front();
    vintage.units = {};
    vintage.soup = {};
    for (std::size_t u = 0; u < kMany; ++u) {
        const double x = 100 + 0.1 * static_cast<double>(u);
        vintage.units.code.push_back(fmt::format("{:05}", u + 1));
        vintage.units.name.push_back("Xã");
        vintage.units.type.push_back("Xã");
        vintage.soup.points.insert(vintage.soup.points.end(),
                                   {{x, 9}, {x + 0.1, 9}, {x + 0.1, 10}, {x, 10}});
        vintage.soup.end_ring();
        vintage.soup.end_face();
    }
    std::vector<data::Indicator> indicators(3);
    indicators[0].id = "cases", indicators[1].id = "people", indicators[2].id = "rate";
    indicators[2].kind = data::Kind::Ratio;
    indicators[2].numerator = "cases", indicators[2].denominator = "people";
    indicators[2].scale = 100;
    data::IndicatorCube cube("2009", indicators, {{2010, 0}, {2011, 1}, {2012, 0}}, kMany);
    // Values missing here and there, people that are none, rates that are right, rounded and wrong.
    for (std::size_t p = 0; p < 3; ++p)
        for (std::size_t u = 0; u < kMany; ++u) {
            const double people = u % 11 == 3 ? 0 : 100, cases = static_cast<double>(u % 7);
            if ((u + p) % 5 != 0) cube.set(0, p, u, cases);
            if ((u + p) % 6 != 0) cube.set(1, p, u, people);
            if ((u + p) % 4 != 0)
                cube.set(2, p, u, cases + (p < 2 && u % 3 == 0 ? 1.5 : u % 3 == 1 ? 0.04 : 0));
        }
    content.cubes = {std::move(cube)};
    base::JobContext ctx;
    const auto file = folder / "store.sqlite";
    write_store(file, content, ctx);
    std::vector<std::pair<std::string, std::int64_t>> expected, found;
    const auto database = Database::open_read_only(file);
    auto rows = database.prepare(
        "SELECT r.year, r.half, count(*) FROM indicator i JOIN observation r ON r.indicator = i.id "
        "JOIN observation a ON a.indicator = (SELECT id FROM indicator WHERE code = 'cases') AND "
        "a.year = r.year AND a.half = r.half AND a.unit = r.unit JOIN observation b ON "
        "b.indicator = (SELECT id FROM indicator WHERE code = 'people') AND b.year = r.year AND "
        "b.half = r.half AND b.unit = r.unit WHERE i.code = 'rate' AND b.value > 0 AND "
        "abs(r.value - a.value / b.value * 100) > max(0.05, 0.01 * r.value) "
        "GROUP BY r.year, r.half ORDER BY r.year, r.half");
    while (rows.step())
        expected.emplace_back("rate " +
                                  data::to_string(data::Period{static_cast<int>(rows.integer(0)),
                                                               static_cast<int>(rows.integer(1))}),
                              rows.integer(2));
    REQUIRE(expected.size() == 2); // the third period has rounded rates only
    for (const auto& finding : check_store(file, ctx).findings)
        if (finding.key == "store_rate")
            found.emplace_back(std::get<std::string>(finding.args.at(0).second),
                               std::get<std::int64_t>(finding.args.at(1).second));
    CHECK(found == expected);
}

TEST_CASE("the check finds what was broken on purpose") {
    const test::TempFolder folder;
    const auto file = written(folder);
    base::JobContext ctx;
    CHECK(check_store(file, ctx).findings.empty());
    SECTION("an observation of no unit") {
        execute(file, "INSERT INTO observation VALUES (1, 2010, 0, 77, 1, 0, NULL, NULL)");
        CHECK(has_finding(file, "store_orphan"));
    }
    SECTION("a period that is not declared") {
        execute(file, "INSERT INTO observation VALUES (1, 2011, 0, 1, 1, 0, NULL, NULL)");
        CHECK(has_finding(file, "store_period"));
    }
    SECTION("a half larger than its year") {
        execute(file, "INSERT INTO period VALUES ('2009', 2010, 1);"
                      "INSERT INTO observation VALUES (1, 2010, 1, 1, 4, 0, NULL, NULL)");
        CHECK(has_finding(file, "store_half"));
    }
    SECTION("a spatial index that misses a row") {
        execute(file, "DELETE FROM idx_unit_geometry WHERE pkid = 1");
        CHECK(has_finding(file, "store_layer"));
    }
    SECTION("a layer of another CRS") {
        execute(file, "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = "
                      "'trigger' AND tbl_name = 'geometry_columns';");
        execute(file, "UPDATE geometry_columns SET srid = 3405 WHERE f_table_name = 'unit'");
        CHECK(has_finding(file, "store_layer"));
    }
    SECTION("a part larger than the whole") {
        execute(file, "INSERT INTO area VALUES (1, 'province', '89', 'An Giang', NULL);"
                      "INSERT INTO area_observation VALUES (1, 2010, 0, 1, '', 279, 0, NULL, NULL);"
                      "INSERT INTO area_observation VALUES (1, 2010, 0, 1, 'Đội 178 tỉnh', 280, 0, "
                      "NULL, NULL)");
        CHECK(has_finding(file, "store_part"));
    }
    SECTION("numbers that cannot be") {
        execute(file, "UPDATE observation SET value = -7 WHERE unit = 1");
        auto found = check_store(file, ctx).findings;
        REQUIRE(found.size() == 1);
        CHECK(found[0].key == "store_value_count");
        CHECK(found[0].unit == "00001");
        const auto says = [&](std::string_view name, const base::Value& value) {
            return std::any_of(found[0].args.begin(), found[0].args.end(), [&](const auto& arg) {
                return arg.first == name && arg.second == value;
            });
        };
        CHECK(says("value", base::Value(-7.0)));
        CHECK(says("indicator", base::Value(std::string("IN01"))));
        CHECK(says("period", base::Value(std::string("2010"))));
        CHECK(says("name", base::Value(std::string("Xã A"))));
        CHECK(says("source", base::Value(std::string("–")))); // written without a report

        execute(file, "UPDATE observation SET value = 2.5 WHERE unit = 1");
        CHECK(has_finding(file, "store_value_count"));
        execute(file, "UPDATE observation SET state = 4 WHERE unit = 1"); // an estimate may be half
        CHECK(check_store(file, ctx).findings.empty());
    }
    SECTION("shares and amounts that cannot be, and what is no share") {
        execute(
            file,
            "INSERT INTO indicator VALUES (7, 'IN07', 'intensity', 'tỷ lệ', 'share', '%', NULL, "
            "NULL, 1, 0), (8, 'OR07', 'count', 'kinh phí', 'budget', 'triệu đồng', NULL, NULL, "
            "1, 0), (9, 'toc_do', 'intensity', 'tốc độ tăng dân số', 'growth', '%', NULL, NULL, "
            "1, 0), (10, 'can_bang', 'count', 'cân bằng', 'balance', '', NULL, NULL, 1, 0);"
            "INSERT INTO observation VALUES (7, 2010, 0, 1, 100, 0, NULL, NULL), (7, 2010, 0, 2, "
            "100.5, 0, NULL, NULL), (8, 2010, 0, 1, 2.5, 0, NULL, NULL), (8, 2010, 0, 2, -1, 0, "
            "NULL, NULL), (9, 2010, 0, 1, -3, 0, NULL, NULL), (10, 2010, 0, 1, -0.5, 0, NULL, "
            "NULL);");
        const auto found = check_store(file, ctx).findings;
        REQUIRE(found.size() == 2);
        CHECK(found[0].key == "store_value_share");
        CHECK(found[0].unit == "00004");
        CHECK(found[1].key == "store_value_amount");
        CHECK(found[1].unit == "00004");
    }
    SECTION("a number that cannot be, of a province, with the row of its report") {
        execute(file,
                "INSERT INTO import_log VALUES (1, '2025-07-01T08:00:00Z', 'b.xlsx', 'd', '{}', "
                "'test', 1, 1, 0, 0, 0, '[]');"
                "INSERT INTO source VALUES (1, 1, 'b.xlsx', 'Biểu 1', '', '', 0);"
                "INSERT INTO area VALUES (1, 'province', '89', 'An Giang', NULL);"
                "INSERT INTO area_observation VALUES (1, 2010, 0, 1, '', -2, 0, 1, 12);");
        const auto found = check_store(file, ctx).findings;
        REQUIRE(found.size() == 1);
        CHECK(found[0].unit == "89");
        CHECK(found[0].args.back().second == base::Value(std::string("b.xlsx · Biểu 1 · 12")));
    }
    SECTION("many numbers that cannot be: the first are named, the others counted") {
        std::string sql;
        for (int year = 1980; year < 2005; ++year)
            sql += fmt::format("INSERT INTO period VALUES ('2009', {0}, 0);"
                               "INSERT INTO observation VALUES (1, {0}, 0, 1, -1, 0, NULL, NULL);",
                               year);
        execute(file, sql);
        const auto found = check_store(file, ctx).findings;
        REQUIRE(found.size() == 21);
        CHECK(found.back().key == "store_value_more");
        CHECK(found.back().amount == 5);
    }
    SECTION("units in disorder") {
        execute(file, "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = "
                      "'trigger' AND tbl_name = 'unit';");
        execute(file, "UPDATE unit SET seq = 5 WHERE id = 2");
        CHECK(has_finding(file, "store_unit_order"));
    }
}
