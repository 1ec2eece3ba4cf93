// What leaves in public is the same set of cells whichever way it leaves, and what left before is
// reckoned with.
#include "cli/program.hpp"

#include <set>
#include <unistd.h>

using namespace diaban::test;

namespace {

// "000001,DR02,2010" of every masked cell that a list beside a file names, of one indicator and
// period.
std::set<std::string> listed(const fs::path& file, const std::string& indicator,
                             const std::string& period) {
    auto list = file;
    list += ".masked.csv";
    std::istringstream lines(slurp(list));
    std::set<std::string> out;
    for (std::string line; std::getline(lines, line);)
        if (const auto at = line.find("," + indicator + "," + period + ",");
            at != std::string::npos)
            out.insert(line.substr(0, at + indicator.size() + period.size() + 2));
    return out;
}

// The six communes (1, 2, 4 and 5 in one district) with people on record.
Words people_delivered(const Bench& bench, const char* name, const Words& values) {
    const Words codes{"00001", "00002", "00003", "00004", "00005", "00006"};
    std::string text = "Báo cáo năm 2011\nMã xã;Tên xã;Người nghiện có hồ sơ quản lý\n";
    for (std::size_t i = 0; i < values.size(); ++i)
        text += codes[i] + ";Xã Tân " + std::to_string(i + 1) + ";" + values[i] + "\n";
    spit(bench / name, text);
    return {"store", "import", name, "--into", "k.sqlite"};
}

void new_store(const Bench& bench) {
    REQUIRE(bench
                .run({"store", "init", "k.sqlite", "--boundaries", six_communes(bench).string(),
                      "--vintage", "2009"})
                .code == 0);
}

std::set<std::string> cells(const Words& codes, const std::string& indicator) {
    std::set<std::string> out;
    for (const auto& code : codes) out.insert(code + "," + indicator + ",2011");
    return out;
}

} // namespace

TEST_CASE("a public file does not open an earlier one whose numbers were revised since") {
    const Bench bench;
    new_store(bench);
    const Words table{"table", "--store", "k.sqlite", "--year", "2011", "--columns", "code,DR01",
                      "--out"};
    const auto first = people_delivered(bench, "a.csv", {"3", "20", "50", "12", "30", "60"});
    REQUIRE(bench.run(first).code == 0);
    REQUIRE(bench.run(table + Words{"1.csv"}).code == 0);
    CHECK(listed(bench / "1.csv", "DR01", "2011") == cells({"00001", "00004"}, "DR01"));

    // Once is enough: nothing new is told, the store stays as it is.
    const auto store = slurp(bench / "k.sqlite");
    REQUIRE(bench.run(table + Words{"2.xlsx"}).code == 0);
    REQUIRE(bench.run({"chart", "--store", "k.sqlite", "--indicator", "DR01", "--kind", "histogram",
                       "--out", "2.csv"})
                .code == 0);
    CHECK(slurp(bench / "k.sqlite") == store);
    CHECK(listed(bench / "2.xlsx", "DR01", "2011") == cells({"00001", "00004"}, "DR01"));

    // 20 becomes 11, less than the 12 that hid the 3: it would take its place, and 12 be read.
    const auto second = people_delivered(bench, "b.csv", {"3", "11", "50", "12", "30", "60"});
    fs::copy(bench / "k.sqlite", bench / "kept.sqlite");
    REQUIRE(bench.run(second + Words{"--replaces", "a.csv"}).code == 0);
    REQUIRE(bench.run(table + Words{"3.csv"}).code == 0);
    CHECK(listed(bench / "3.csv", "DR01", "2011") == cells({"00001", "00004"}, "DR01"));
    CHECK(contains(slurp(bench / "3.csv"), "00002,11"));
    for (const auto* name : {"3.svg", "3.pptx"}) { // whichever way it leaves
        REQUIRE(bench.run({"map", "--store", "k.sqlite", "--indicator", "DR01", "--year", "2011",
                           "--out", name})
                    .code == 0);
        CHECK(listed(bench / name, "DR01", "2011") == cells({"00001", "00004"}, "DR01"));
    }
    CHECK(bench.json({"store", "check", "k.sqlite"}).at("clean") == true);

    // Had nothing been public before, the other would be hidden: the test can fail.
    fs::remove(bench / "k.sqlite");
    new_store(bench);
    REQUIRE(bench.run(first).code == 0);
    REQUIRE(bench.run(second + Words{"--replaces", "a.csv"}).code == 0);
    REQUIRE(bench.run(table + Words{"4.csv"}).code == 0);
    CHECK(listed(bench / "4.csv", "DR01", "2011") == cells({"00001", "00002"}, "DR01"));
}

TEST_CASE("internal files, verified ones and a store that cannot be written leave no record") {
    const Bench bench;
    new_store(bench);
    REQUIRE(
        bench.run(people_delivered(bench, "a.csv", {"3", "20", "50", "12", "30", "60"})).code == 0);
    const auto kept = [&] { return contains(slurp(bench / "k.sqlite"), "public_column"); };
    const Words table{"table", "--store", "k.sqlite", "--year", "2011", "--columns", "code,DR01",
                      "--out"};
    REQUIRE(bench.run(table + Words{"1.csv", "--classification", "internal"}).code == 0);
    CHECK_FALSE(kept());
    REQUIRE(bench.run(table + Words{"2.csv", "--manifest", "2.json"}).code == 0);
    CHECK(kept());
    // The manifest has the store as it is with its record.
    CHECK(bench.run({"verify", "2.json"}).code == 0);

    // Nobody may write here: the public file is made all the same, the internal one is not.
    const Bench shut;
    fs::create_directory(shut / "doc");
    fs::create_directory(shut / "ra");
    fs::copy(sample_store(), shut / "doc/k.sqlite");
    fs::permissions(shut / "doc/k.sqlite", fs::perms(0444));
    fs::permissions(shut / "doc", fs::perms(0555));
    fs::permissions(shut / "ra", fs::perms(0777));
    fs::permissions(shut.folder.path(), fs::perms(0755));
    const auto before = slurp(shut / "doc/k.sqlite");
    RunOptions nobody;
    nobody.user = geteuid() == 0 ? 65534 : 0;
    nobody.environment = {{"XDG_CACHE_HOME", "/nonexistent"}, {"XDG_CONFIG_HOME", "/nonexistent"}};
    const Words asked{"table",     "--store",   "doc/k.sqlite", "--year", "2012",
                      "--columns", "code,DR01", "--out",        "ra/t.csv"};
    const auto outcome = shut.run(asked, nobody);
    INFO(outcome.err);
    CHECK(outcome.code == 0);
    CHECK_FALSE(listed(shut / "ra/t.csv", "DR01", "2012").empty());
    CHECK(shut.run(asked + Words{"--classification", "internal"}, nobody).code == 6);
    CHECK(slurp(shut / "doc/k.sqlite") == before);
    fs::permissions(shut / "doc", fs::perms(0755));
}

TEST_CASE("a map of one indicator masks what the table of all does") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    // In centres, in the community, and both together: 20 of 23 tell of 3.
    spit(bench / "x.csv", "Mã xã;DR01;DR02;DR03\n000001;23;3;20\n000002;40;15;25\n");
    REQUIRE(bench.run({"store", "import", "x.csv", "--into", "k.sqlite", "--period", "2010"}).code ==
            0);
    const Words from{"--store", "k.sqlite", "--year", "2010"};
    REQUIRE(bench
                .run(Words{"table"} + from + Words{"--columns", "code,DR01,DR02,DR03", "--out",
                                                   "all.csv"})
                .code == 0);
    std::size_t any = 0;
    for (const std::string one : {"DR01", "DR02", "DR03"}) {
        const auto wanted = listed(bench / "all.csv", one, "2010");
        any += wanted.size();
        INFO(one);
        const Words of = from + Words{"--indicator", one};
        REQUIRE(bench.run(Words{"map"} + of + Words{"--out", one + ".svg"}).code == 0);
        CHECK(listed(bench / (one + ".svg"), one, "2010") == wanted);
        const auto chart =
            bench.run(Words{"chart"} + of + Words{"--kind", "histogram", "--out", one + ".csv"});
        if (one == "DR01") {
            REQUIRE(chart.code == 0);
            CHECK(listed(bench / (one + ".csv"), one, "2010") == wanted);
        } else { // both of its values are masked
            check_refusal(chart, 4, "--classification internal");
        }
        REQUIRE(bench.run({"store", "export", "k.sqlite", "--indicator", one, "--year", "2010",
                           "--out", one + "_kho.csv"})
                    .code == 0);
        CHECK(listed(bench / (one + "_kho.csv"), one, "2010") == wanted);
    }
    CHECK(listed(bench / "all.csv", "DR03", "2010").size() == 2);
    CHECK(any > 4);
}

TEST_CASE("carried numbers are masked alike in a carried file and in a table across the reform") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    REQUIRE(bench
                .run({"carry", "--store", "k.sqlite", "--vintage", "2009", "--to-vintage", "2025",
                      "--out", "carried.csv"})
                .code == 0);
    for (const std::string year : {"2010", "2012", "2019"}) {
        INFO(year);
        const auto wanted = listed(bench / "carried.csv", "DR01", year);
        CHECK_FALSE(wanted.empty());
        const Words from{"--store", "k.sqlite", "--vintage", "2025", "--across", "carried",
                         "--year",  year};
        REQUIRE(bench.run(Words{"table"} + from +
                          Words{"--columns", "code,DR01", "--out", "bang.csv"})
                    .code == 0);
        CHECK(listed(bench / "bang.csv", "DR01", year) == wanted);
        REQUIRE(
            bench.run(Words{"map"} + from + Words{"--indicator", "DR01", "--out", "ban_do.svg"})
                .code == 0);
        CHECK(listed(bench / "ban_do.svg", "DR01", year) == wanted);
    }
}

TEST_CASE("a target does not tell a total that leaves two small counts alone") {
    const Bench bench;
    new_store(bench);
    // 17 of two can be 8 and 9 only.
    REQUIRE(bench.run(people_delivered(bench, "a.csv", {"8", "9", "0", "0", "0", "0"})).code == 0);
    const Words flags{"targets", "--plan", "an-giang-2011", "--store", "k.sqlite", "--year",
                      "2011"};
    const auto x_of = [&](const Words& more) {
        const auto report = bench.json(flags + more);
        for (const auto& one : report.at("targets"))
            if (one.at("id") == "AG-8") return one.at("x");
        return Json("not there");
    };
    CHECK(x_of({}).is_null());
    CHECK(x_of({"--classification", "internal"}) == 17);
}
