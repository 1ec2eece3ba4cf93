// `sql`: what experts may ask a store, what is refused or stopped, and what stays hidden in public.
#include "cli/program.hpp"

#include <algorithm>
#include <set>

using namespace diaban::test;

namespace {

struct Asked {
    Bench bench;
    std::string store;

    Asked() {
        REQUIRE(bench.run({"sample", "mau", "--communes", "20"}).code == 0);
        store = (bench / "mau/tinh_mau.sqlite").string();
    }
    Json json(const std::string& sql, const Words& more = {}) const {
        return bench.json(Words{"sql", sql, "--store", store} + more);
    }
    Outcome run(const std::string& sql, const Words& more = {}) const {
        return bench.run(Words{"sql", sql, "--store", store} + more);
    }
};

} // namespace

TEST_CASE("SQL over a store gives rows, and units by code or by shape") {
    const Asked asked;
    const auto codes =
        asked.json("SELECT code, name FROM unit WHERE vintage = '2009' ORDER BY code LIMIT 3");
    CHECK(codes.at("columns") == Json{"code", "name"});
    CHECK(codes.at("count") == 3);
    REQUIRE(codes.at("units").size() == 3);
    CHECK(codes.at("units")[0] == codes.at("rows")[0][0]);
    // A shape says the unit that it lies in; the index of SpatiaLite answers, too.
    const auto shapes =
        asked.json("SELECT geometry FROM unit WHERE vintage = '2009' ORDER BY code LIMIT 3");
    std::set<std::string> by_code, by_shape;
    for (const auto& code : codes.at("units")) by_code.insert(code.get<std::string>());
    for (const auto& code : shapes.at("units")) by_shape.insert(code.get<std::string>());
    CHECK(by_code == by_shape);
    const auto area = asked.json("SELECT sum(ST_Area(geometry, 1)) > 0 FROM unit");
    CHECK(area.at("rows")[0][0] == 1);
    CHECK(area.at("units").is_null()); // nothing says which
    const auto index = asked.json("SELECT count(*) FROM idx_unit_geometry");
    CHECK(index.at("rows")[0][0] == asked.json("SELECT count(*) FROM unit").at("rows")[0][0]);
    CHECK(asked.json("SELECT value FROM json_each('[4, 5]')").at("count") == 2);
    CHECK(asked.json("PRAGMA table_info(unit)").at("count").get<int>() > 5);
    CHECK(asked.json("SELECT 1 WHERE 0").at("count") == 0);
    const auto cut = asked.json("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
                                "SELECT n FROM c",
                                {"--rows", "50"});
    CHECK(cut.at("count") == 50);
    CHECK(cut.at("cut") == true);
}

TEST_CASE("whatever would change a store or leave it is refused, and the file stays as it was") {
    const Asked asked;
    const auto before = slurp(asked.store);
    const auto refused = [&](const std::string& sql, const std::string& about) {
        INFO(sql);
        check_refusal(asked.run(sql, {"--classification", "internal"}), 2, about);
    };
    // Internal answers are noted in the store, so its bytes are looked at with public ones.
    const auto only_reads = "only reads";
    for (const auto* sql :
         {"INSERT INTO vintage (id) VALUES ('x')", "UPDATE unit SET name = 'x'", "DELETE FROM unit",
          "DROP TABLE unit", "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)",
          "CREATE VIEW v AS SELECT 1", "ALTER TABLE unit ADD COLUMN x", "BEGIN", "VACUUM",
          "VACUUM INTO 'copy.sqlite'", "REINDEX", "ANALYZE",
          "INSERT INTO vintage (id) VALUES ('x') RETURNING id"})
        refused(sql, only_reads);
    refused("UPDATE sqlite_master SET sql = ''", "column");
    refused("ATTACH 'other.sqlite' AS other", "attached");
    refused("DETACH main", "attached");
    refused("SELECT load_extension('mod_spatialite')", "load_extension");
    refused("SELECT BlobToFile(geometry, 'x') FROM unit", "lob"); // not there, or closed
    refused("SELECT eval('DELETE FROM unit')", "eval");
    for (const auto* sql :
         {"PRAGMA user_version = 9", "PRAGMA journal_mode = WAL", "PRAGMA writable_schema = 1",
          "PRAGMA temp_store_directory = '/'", "PRAGMA wal_checkpoint", "PRAGMA optimize"})
        refused(sql, "PRAGMA");
    refused("SELECT 1; DELETE FROM unit", "more than one");
    refused("SELECT nix FROM unit", "nix");
    refused(" ", "statement");
    CHECK_FALSE(fs::exists(asked.bench / "copy.sqlite"));
    const Asked other;
    const auto untouched = slurp(other.store);
    check_refusal(other.run("DELETE FROM unit"), 2, only_reads);
    other.json("SELECT count(*) FROM unit");
    CHECK(slurp(other.store) == untouched);
    CHECK(asked.json("SELECT count(*) FROM unit").at("rows")[0][0].get<int>() > 0);
    CHECK(before.size() <= slurp(asked.store).size());
}

TEST_CASE("endless statements and those that take all memory are stopped, with the reason") {
    const Asked asked;
    const std::string endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) ";
    check_refusal(asked.run(endless + "SELECT count(*) FROM c", {"--seconds", "0.5"}), 2,
                  "0.5 seconds");
    // One function on shapes that takes a minute, without a step of SQLite in it.
    check_refusal(asked.run("SELECT ST_Area(ST_Buffer(ST_Collect(geometry), 0.05, 300)) FROM unit",
                            {"--seconds", "0.5"}),
                  2, "0.5 seconds");
    for (const std::string sql :
         {"SELECT zeroblob(2000000000)",
          "WITH RECURSIVE c(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM c) "
          "SELECT max(length(s)) FROM c",
          "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
          "SELECT hex(randomblob(4000000)) FROM c"})
        check_refusal(asked.run(sql, {"--seconds", "120"}), 2, "memory");
}

TEST_CASE("in public SQL tells no small count, by whatever way it is asked") {
    const Asked asked;
    const std::string small = "SELECT count(*) FROM observation_text WHERE vintage = '2009' AND "
                              "indicator = 'DR01' AND value BETWEEN 1 AND 9";
    CHECK(asked.json(small).at("rows")[0][0] == 0);
    const Words internal{"--classification", "internal"};
    CHECK(asked.json(small, internal).at("rows")[0][0].get<int>() > 0);
    CHECK(asked.json("SELECT count(*) FROM observation_text WHERE indicator = 'DR01'")
              .at("rows")[0][0]
              .get<int>() > 0);
    for (const auto* sql :
         {"SELECT * FROM observation", "SELECT count(*) FROM observation",
          "SELECT value FROM main.observation_text",
          "WITH observation_text AS (SELECT * FROM main.observation) SELECT * FROM "
          "observation_text",
          "SELECT * FROM observation_history", "SELECT * FROM area_observation",
          "SELECT (SELECT max(value) FROM observation) FROM unit", "SELECT content FROM result"}) {
        INFO(sql);
        check_refusal(asked.run(sql), 2, "public");
    }
    CHECK(asked.json("WITH c(n) AS (SELECT 1) SELECT count(*) FROM c").at("rows")[0][0] == 1);
    CHECK(asked.json("SELECT count(*) FROM observation", internal).at("count") == 1);
}

TEST_CASE("a buffer of a billion corners is refused with the reason, before it takes any memory") {
    const Asked asked;
    const auto refused =
        asked.run("SELECT ST_Buffer(geometry, 0.01, 1000000000) FROM unit", {"--lang", "en"});
    check_refusal(refused, 2, "ST_Buffer");
    CHECK(contains(refused.err, "4,000,000"));
    CHECK(asked.json("SELECT ST_NPoints(ST_Buffer(geometry, 0.01, 8)) FROM unit LIMIT 1")
              .at("rows")[0][0]
              .get<double>() > 4);
}

TEST_CASE("statements are kept in the store and asked again by name, and written as a table") {
    const Asked asked;
    const auto first = asked.json("SELECT code FROM unit WHERE vintage = '2009' ORDER BY code",
                                  {"--save", "mã", "--out", "ma.csv"});
    CHECK(first.at("files").size() >= 1);
    CHECK(contains(slurp(asked.bench / "ma.csv"), first.at("rows")[0][0].get<std::string>()));
    const auto again = asked.bench.json({"sql", "--use", "mã", "--store", asked.store});
    CHECK(again.at("rows") == first.at("rows"));
    check_refusal(asked.bench.run({"sql", "--use", "gone", "--store", asked.store}), 2, "gone");
    // A statement is no query of the window, nor the other way round.
    check_refusal(asked.bench.run({"query", "--use", "mã", "--store", asked.store}), 2, "mã");
}

TEST_CASE("the units of an SQL answer are drawn, and an answer without units is refused whole") {
    const Asked asked;
    const std::string some = "SELECT code FROM unit WHERE vintage = '2009' ORDER BY code LIMIT 3";
    const auto drawn = asked.json(some, {"--map", "xa.svg", "--out", "xa.csv"});
    CHECK(drawn.at("files").size() >= 2);
    CHECK(contains(slurp(asked.bench / "xa.svg"), "<svg"));
    // Three in the answer, seventeen not: the two maps differ, and the same one is the same file.
    asked.json(some, {"--map", "again.svg"});
    CHECK(slurp(asked.bench / "again.svg") == slurp(asked.bench / "xa.svg"));
    asked.json("SELECT code FROM unit WHERE vintage = '2009'", {"--map", "all.svg"});
    CHECK(slurp(asked.bench / "all.svg") != slurp(asked.bench / "xa.svg"));
    // Shapes are drawn beside their communes, with a row in the legend.
    const auto with_shapes = [&](const std::string& shape) {
        asked.json("SELECT code, " + shape +
                       " AS g FROM unit WHERE vintage = '2009' ORDER BY code LIMIT 3",
                   {"--map", "shapes.svg", "--lang", "en"});
        return slurp(asked.bench / "shapes.svg");
    };
    CHECK_FALSE(contains(slurp(asked.bench / "xa.svg"), "\"lines\""));
    CHECK_FALSE(contains(with_shapes("1"), "\"lines\""));
    std::set<std::string> pictures;
    for (const auto* shape : {"ST_Centroid(geometry)", "ST_Envelope(geometry)",
                              "ST_ExteriorRing(ST_GeometryN(geometry, 1))",
                              "ST_Buffer(ST_Transform(ST_Centroid(geometry), 32648), 2000)"}) {
        INFO(shape);
        const auto picture = with_shapes(shape);
        CHECK(contains(picture, "\"lines\""));
        CHECK(picture.size() > slurp(asked.bench / "xa.svg").size());
        pictures.insert(picture);
    }
    CHECK(pictures.size() == 4);
    check_refusal(asked.run("SELECT 1 AS one", {"--map", "no.svg", "--out", "no.csv"}), 2, "code");
    CHECK_FALSE(fs::exists(asked.bench / "no.svg"));
    CHECK_FALSE(fs::exists(asked.bench / "no.csv"));
}

TEST_CASE("codes of another vintage than the one shown are said, not drawn as an empty map") {
    const Asked asked;
    // Three that the reform did away with.
    const std::string gone =
        "SELECT code FROM unit o WHERE vintage = '2009' AND NOT EXISTS (SELECT "
        "1 FROM unit n WHERE n.vintage = '2025' AND n.code = o.code) ORDER "
        "BY code LIMIT 3";
    const Words shown{"--vintage", "2025"}, map{"--map", "xa.svg", "--out", "xa.csv"};
    const auto told = asked.json(gone, shown);
    REQUIRE(told.at("count") == 3);
    CHECK(told.at("vintage") == "2025");
    CHECK(told.at("matched") == 0);
    CHECK(told.at("elsewhere") == Json::parse(R"([{"vintage":"2009","rows":3}])"));
    const auto refused = asked.run(gone, shown + map);
    check_refusal(refused, 4, "--vintage 2009");
    CHECK(contains(refused.err, "2009 (3)"));
    CHECK_FALSE(fs::exists(asked.bench / "xa.svg"));
    CHECK_FALSE(fs::exists(asked.bench / "xa.csv"));
    const auto drawn = asked.json(gone, Words{"--vintage", "2009"} + map);
    CHECK(drawn.at("matched") == 3);
    CHECK(drawn.at("elsewhere").empty());
    CHECK(fs::exists(asked.bench / "xa.svg"));
    // Some of each: drawn, and said.
    const auto some = "SELECT * FROM (" + gone + ") UNION ALL SELECT * FROM (SELECT code FROM " +
                      "unit WHERE vintage = '2025' ORDER BY code LIMIT 2)";
    const auto mixed = asked.run(some, shown + map);
    CHECK(mixed.code == 0);
    CHECK(contains(mixed.out, "2 of 5 rows"));
    CHECK(contains(mixed.out, "2009 (3)"));
    check_refusal(asked.run("SELECT 'x9' AS code", shown + map), 4, "which column");
    // An answer of nothing is a map of nothing.
    CHECK(asked.run("SELECT code FROM unit WHERE 0", shown + map).code == 0);
}

TEST_CASE("an SQL answer is sorted by a column, with its units") {
    const Asked asked;
    const std::string all = "SELECT code, name FROM unit WHERE vintage = '2009' ORDER BY code";
    const auto plain = asked.json(all), down = asked.json(all, {"--sort", "code", "--descending"});
    auto rows = plain.at("rows");
    REQUIRE(rows.size() == 20);
    std::reverse(rows.begin(), rows.end());
    CHECK(down.at("rows") == rows);
    CHECK(down.at("units") == plain.at("units"));
    check_refusal(asked.run(all, {"--sort", "km2"}), 2, "km2");
}

TEST_CASE("saved SQL statements are listed and deleted, and share their names with queries") {
    const Asked asked;
    const Words store{"--store", asked.store};
    asked.json("SELECT 1", {"--save", "một"});
    asked.json("SELECT 2", {"--save", "hai"});
    const auto listed = [&](const std::string& verb) {
        const auto list = asked.bench.json(Words{verb, "--list"} + store);
        std::set<std::string> names;
        for (const auto& one : list.at("queries")) names.insert(one.at("name").get<std::string>());
        return names;
    };
    CHECK(listed("sql") == std::set<std::string>{"một", "hai"});
    CHECK(listed("query").empty());
    // Another statement takes the place of one only where that is said.
    const auto kept = [&] {
        return asked.bench.json(Words{"sql", "--use", "hai"} + store).at("rows")[0][0];
    };
    check_refusal(asked.run("SELECT 3", {"--save", "hai"}), 2, "--replace");
    CHECK(kept() == 2);
    asked.json("SELECT 2", {"--save", "hai"}); // the same
    asked.json("SELECT 3", {"--save", "hai", "--replace"});
    CHECK(kept() == 3);
    const auto text = asked.bench.run(Words{"sql", "--list"} + store);
    CHECK(contains(text.out, "một\tSELECT 1\n"));
    // A query of the same name would take the statement's place.
    check_refusal(asked.bench.run(Words{"query", "status = hot", "--save", "một"} + store), 2,
                  "một");
    CHECK(listed("sql").size() == 2);
    check_refusal(asked.bench.run(Words{"query", "--forget", "một"} + store), 2, "một");
    REQUIRE(asked.bench.run(Words{"sql", "--forget", "một"} + store).code == 0);
    CHECK(listed("sql") == std::set<std::string>{"hai"});
    check_refusal(asked.bench.run(Words{"sql", "--forget", "một"} + store), 2, "hai");
    check_refusal(asked.bench.run(Words{"sql", "--use", "một"} + store), 2, "một");
    check_refusal(asked.bench.run(Words{"sql", "SELECT 1", "--forget", "hai"} + store), 2,
                  "--forget");
    check_refusal(asked.bench.run({"sql", "--list"}), 2, "--store");
}
