// Every way out: in public no count of persons from 1 to 9 stands in what the program writes or
// says, and the list of what was masked lies beside the file; internal is said, never assumed.
#include "cli/program.hpp"

#include <map>

using namespace diaban::test;

namespace {

// Small counts of persons in a table with the columns indicator and value.
std::size_t small_counts(const fs::path& file, std::size_t indicator, std::size_t value) {
    std::ifstream in(file);
    std::size_t found = 0;
    for (std::string line; std::getline(in, line);) {
        Words cells;
        std::istringstream row(line);
        for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
        if (cells.size() <= value || cells[indicator] != "DR01" || cells[value].empty()) continue;
        const double n = std::stod(cells[value]);
        found += n > 0 && n < 10;
    }
    return found;
}

std::size_t lines_of(const fs::path& file) {
    const auto text = slurp(file);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// The code of a commune with seven people on record in 2010: too few to be told.
std::string commune_of_seven(const Bench& bench, const std::string& store) {
    REQUIRE(bench
                .run({"store", "export", store, "--indicator", "DR01", "--year", "2010", "--out",
                      "all.csv", "--classification", "internal"})
                .code == 0);
    std::ifstream in(bench / "all.csv");
    std::string few;
    for (std::string line; few.empty() && std::getline(in, line);)
        if (line.find(",2010,7,observed") != line.npos) few = line.substr(0, line.find(','));
    REQUIRE_FALSE(few.empty());
    return few;
}

} // namespace

TEST_CASE("carry masks what it writes and says of totals") {
    const Bench bench;
    const Words flags{"carry",     "--store", sample_store().string(),
                      "--vintage", "2009",    "--to-vintage",
                      "2025",      "--out",   "c.csv"};
    const auto open = bench.json(flags);
    CHECK(small_counts(bench / "c.csv", 2, 4) == 0);
    CHECK(open.at("masked") > 0);
    CHECK(lines_of(bench / "c.csv.masked.csv") == open.at("masked").get<std::size_t>() + 1);
    const auto internal = bench.json(flags + Words{"--classification", "internal"});
    CHECK(small_counts(bench / "c.csv", 2, 4) > 0);
    CHECK(internal.at("masked") == 0);
    CHECK_FALSE(fs::exists(bench / "c.csv.masked.csv"));
}

TEST_CASE("an export of a store lists what it masked beside the file") {
    const Bench bench;
    const auto store = sample_store().string();
    for (const auto* name : {"a.csv", "a.xlsx"}) {
        const auto out = bench.json({"store", "export", store, "--out", name});
        CHECK(lines_of(bench / (std::string(name) + ".masked.csv")) ==
              out.at("masked").get<std::size_t>() + 1);
    }
    CHECK(small_counts(bench / "a.csv", 3, 5) == 0);
    const auto one = bench.json(
        {"store", "export", store, "--indicator", "DR01", "--year", "2012", "--out", "b.csv"});
    CHECK(lines_of(bench / "b.csv.masked.csv") == one.at("masked").get<std::size_t>() + 1);
    CHECK_FALSE(contains(slurp(bench / "b.csv.masked.csv"), ",2009,"));
    const auto sums =
        bench.json({"store", "export", store, "--summary", "--year", "2012", "--out", "c.xlsx"});
    CHECK(fs::exists(bench / "c.xlsx.masked.csv") == (sums.at("masked") > 0));
}

TEST_CASE("a why card says whether a criterion is met, not how few people it rests on") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto few = commune_of_seven(bench, store);
    const Words flags{"status", "--store",      store,   "--year", "2010",
                      "--rule", "qd-3122-2010", "--why", few};
    const auto told = bench.json(flags).at("why").at("criteria").at(0);
    CHECK(told.at("value").is_null());
    CHECK(told.at("margin").is_null());
    CHECK(told.at("masked") == true);
    CHECK(told.at("met") == "no");
    CHECK(contains(bench.run(flags).out, "small count hidden"));
    const auto internal = bench.json(flags + Words{"--classification", "internal"});
    CHECK(internal.at("why").at("criteria").at(0).at("value") == 7);
}

TEST_CASE("a why card names the reports behind its values, of classes and of a score sheet") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    spit(bench / "bc.csv", "Mã xã,Người nghiện có hồ sơ,Số cuộc kiểm tra\n000001,120,4\n");
    REQUIRE(
        bench.run({"store", "import", "bc.csv", "--into", "k.sqlite", "--period", "2010"}).code ==
        0);
    // Two classes and a sheet of one content: more classes than contents.
    spit(bench / "m.json",
         R"({"id": "m", "version": "1", "domain": "drug", "classes":
             [{"status": "hot1", "criteria":
               [{"id": "a", "kind": "count", "indicators": ["DR01"], "at_least": 500}]},
              {"status": "hot2", "criteria":
               [{"id": "a", "kind": "count", "indicators": ["DR01"], "at_least": 400}]}],
             "sheet": [{"id": "1", "vi": "Nội dung", "en": "Content",
                        "criteria": [{"id": "1", "most": 10, "points": "IN01"}]}],
             "limits": [{"status": "none", "at_least": 0}]})");
    const Words flags{"status", "--store", "k.sqlite", "--year", "2010",
                      "--rule", "m.json",  "--why",    "000001"};
    const auto criteria = bench.json(flags).at("why").at("criteria");
    REQUIRE(criteria.size() == 3);
    CHECK(criteria.at(1).at("class") == "hot2");
    CHECK(criteria.at(2).at("class") == "1");
    for (const std::size_t k : {0U, 2U}) {
        REQUIRE(criteria.at(k).at("reports").size() == 1);
        const auto& report = criteria.at(k).at("reports").at(0);
        CHECK(report.at("indicator") == (k == 0 ? "DR01" : "IN01"));
        CHECK(report.at("file") == "bc.csv");
        CHECK(report.at("row") == 2);
    }
    const auto text = bench.run(flags).out;
    CHECK(contains(text, "DR01: bc.csv"));
    CHECK(contains(text, "IN01: bc.csv"));
}

TEST_CASE("neither alternatives nor scores of a why card tell small counts") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto few = commune_of_seven(bench, store);
    const auto asked = [&](const char* file, const Words& more) {
        return Words{"status", "--store", store, "--year", "2010", "--rule", file, "--why", few} +
               more;
    };
    const Words internal{"--classification", "internal"};
    spit(bench / "a.json",
         R"({"id": "a", "version": "1", "domain": "drug", "otherwise": "none", "classes":
             [{"status": "hot", "criteria": [{"id": "a", "kind": "any", "criteria":
               [{"id": "a1", "kind": "count", "indicators": ["DR01"], "at_least": 100},
                {"id": "a2", "kind": "count", "indicators": ["EN03"], "at_least": 5}]}]}]})");
    const auto card = [&](const Words& flags) {
        return bench.json(flags).at("why").at("criteria").at(1);
    };
    CHECK(card(asked("a.json", internal)).at("value") == 7);
    const auto told = card(asked("a.json", {}));
    CHECK(told.at("id") == "a1");
    CHECK(told.at("value").is_null());
    CHECK(told.at("margin").is_null());
    CHECK(told.at("masked") == true);
    CHECK(contains(bench.run(asked("a.json", {})).out, "small count hidden"));

    // Points that are the count itself: neither they nor their sum.
    spit(bench / "s.json",
         R"({"id": "s", "version": "1", "domain": "drug", "sheet": [{"id": "1", "criteria":
               [{"id": "1", "most": 100, "points": "DR01"}]}],
             "limits": [{"status": "hot", "at_least": 50}, {"status": "none", "at_least": 0}]})");
    const auto open = bench.json(asked("s.json", internal)).at("why");
    CHECK(open.at("score") == 7);
    const auto shut = bench.json(asked("s.json", {})).at("why");
    CHECK(shut.at("score").is_null());
    CHECK(shut.at("criteria").at(0).at("value").is_null());
    CHECK(shut.at("criteria").at(0).at("masked") == true);
    const auto row_of = [&](const Words& flags) {
        REQUIRE(bench.run(flags + Words{"--out", "s.csv"}).code == 0);
        std::istringstream lines(slurp(bench / "s_communes.csv"));
        for (std::string line; std::getline(lines, line);) {
            if (line.ends_with('\r')) line.pop_back();
            if (line.starts_with(few)) return line;
        }
        return std::string();
    };
    CHECK(row_of(asked("s.json", internal)).ends_with(",7"));
    const auto row = row_of(asked("s.json", {}));
    CHECK_FALSE(row.empty());
    CHECK_FALSE(row.ends_with(",7"));
}

TEST_CASE("a rule on trial is judged in public without telling small counts") {
    const Bench bench;
    const auto store = (bench / "k.sqlite").string();
    fs::copy(sample_store(), store);
    const auto few = commune_of_seven(bench, store);
    const Words internal{"--classification", "internal"};
    const auto asked = [&](int at_least) {
        const auto file = "tu_" + std::to_string(at_least) + ".json";
        spit(bench / file, R"({"id": "tu", "version": ")" + std::to_string(at_least) +
                               R"(", "domain": "drug", "otherwise": "none", "classes":
             [{"status": "hot", "criteria": [{"id": "a", "kind": "count", "indicators": ["DR01"],
               "at_least": )" + std::to_string(at_least) +
                               "}]}]}");
        return Words{"status", "--store", store, "--year", "2010", "--rule", file, "--why", few};
    };
    const auto status_of = [&](const Words& flags) {
        return bench.json(flags).at("why").at("status").get<std::string>();
    };
    CHECK(status_of(asked(7) + internal) == "hot");
    CHECK(status_of(asked(8) + internal) == "none");
    // Wherever the threshold lies among the masked counts, the answer is the same.
    for (const int at_least : {2, 7, 8, 9}) {
        const auto told = bench.json(asked(at_least));
        CHECK(told.at("why").at("status") == "unknown");
        CHECK(told.at("why").at("criteria").at(0).at("met") == "unknown");
        CHECK(has_kind(told, "rule_undecided"));
    }
    // What anybody can tell from "1 to 9" is told.
    CHECK(status_of(asked(1)) == "hot");
    CHECK(status_of(asked(10)) == "none");
    // Two rules side by side tell no more: on all values the seven lie between 7 and 8.
    const Words eight{"--compare-rule", "tu_8.json"};
    const auto changes = [&](const Words& more) {
        const auto all = bench.json(asked(7) + eight + more).at("changes");
        return std::count_if(all.begin(), all.end(),
                             [&](const Json& one) { return one.at("code") == few; });
    };
    CHECK(changes(internal) == 1);
    CHECK(changes({}) == 0);
    // Keeping the first rule says nothing of the second, and a file is not shipped for its name.
    const auto shipped = [&](const Words& more) {
        return bench.json(Words{"status", "--store", store, "--year", "2010", "--rule",
                                "qd-3122-2010", "--compare-rule", "tu_7.json"} +
                          more);
    };
    CHECK(has_kind(shipped({}), "rule_undecided"));
    CHECK(has_kind(shipped({"--keep"}), "rule_undecided"));
    CHECK_FALSE(has_kind(shipped(internal), "rule_undecided"));
    fs::copy(bench / "tu_7.json", bench / "qd-28-2025");
    CHECK(status_of(asked(7)) == "unknown");
    fs::remove(bench / "qd-28-2025");
    // Of a rule that the store keeps the statuses are what somebody answers for.
    REQUIRE(bench.run({"store", "rule", "add", store, "tu_7.json"}).code == 0);
    const auto kept = bench.json(asked(7));
    CHECK(kept.at("why").at("status") == "hot");
    CHECK(kept.at("why").at("criteria").at(0).at("value").is_null());
    CHECK_FALSE(has_kind(kept, "rule_undecided"));
}

TEST_CASE("what leaves a store with all its values is in its log, by name and never by path") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    const Words from{"--store", "k.sqlite", "--indicator", "DR01", "--year", "2012"};
    fs::create_directory(bench / "bí mật");
    const auto rows = [&] { return bench.json({"store", "log", "k.sqlite"}).at("rows"); };
    const auto before = rows().size();
    const auto made = [&](const Words& asked, const char* verb, const char* file) {
        INFO(verb);
        const auto count = rows().size();
        REQUIRE(bench.run(asked).code == 0);
        CHECK(rows().size() == count); // public
        const auto outcome = bench.run(asked + Words{"--classification", "internal"});
        INFO(outcome.err);
        REQUIRE(outcome.code == 0);
        const auto now = rows();
        REQUIRE(now.size() == count + 1);
        CHECK(std::count_if(now.begin(), now.end(), [&](const Json& row) {
                  return row.at("verb") == verb && row.at("file") == file;
              }) == 1);
    };
    made(Words{"map"} + from + Words{"--size", "900x700px", "--out", "bí mật/a.png"}, "map",
         "a.png");
    made(Words{"chart"} + from + Words{"--kind", "histogram", "--out", "b.csv"}, "chart", "b.csv");
    made({"table", "--store", "k.sqlite", "--year", "2012", "--columns", "code,DR01", "--out",
          "c.csv"},
         "table", "c.csv");
    made({"store", "export", "k.sqlite", "--indicator", "DR01", "--out", "d.csv"}, "store export",
         "d.csv");
    made({"store", "export", "k.sqlite", "--summary", "--year", "2012", "--out", "e.xlsx"},
         "store export", "e.xlsx");
    made({"carry", "--store", "k.sqlite", "--to-vintage", "2025", "--out", "f.csv"}, "carry",
         "f.csv");
    made(Words{"classes"} + from, "classes", "");
    CHECK(rows().size() == before + 7);
    CHECK_FALSE(contains(rows().dump(), "mật"));
    CHECK(bench.json({"store", "check", "k.sqlite"}).at("clean") == true);
}

TEST_CASE("targets do not tell small totals of persons") {
    const Bench bench;
    spit(bench / "t.csv", "code,period,value\nDR01,2010,941\nDR01,2011,7\nST10,2011,8\n");
    const Words flags{"targets", "--plan", "an-giang-2011", "--totals", "t.csv", "--out", "t.csv"};
    const auto target = [](const Json& report, const char* id) {
        for (const auto& one : report.at("targets"))
            if (one.at("id") == id) return one;
        FAIL(id);
        return Json();
    };
    spit(bench / "in.csv", slurp(bench / "t.csv"));
    Words asked = flags;
    asked[4] = "in.csv";
    const auto open = bench.json(asked);
    const auto hidden = target(open, "AG-8");
    CHECK(hidden.at("x").is_null());
    CHECK(hidden.at("reached").is_null());
    CHECK(hidden.at("state") == "achieved");
    CHECK(target(open, "AG-5a").at("x") == 8); // communes are no persons
    CHECK(contains(slurp(bench / "t.csv.masked.csv"), "AG-8,DR01,2011,small_count"));
    CHECK(target(bench.json(asked + Words{"--classification", "internal"}), "AG-8").at("x") == 7);
}

TEST_CASE("an export says which boundaries it holds, and refuses a period that they have not") {
    const Bench bench;
    const Words flags{"store", "export", sample_store().string(), "--out", "x.csv"};
    const auto told = bench.json(flags);
    CHECK(told.at("vintage") == "2009");
    CHECK(told.at("left_out") == Json::array({"2025"}));
    CHECK(contains(bench.run(flags).err, "--vintage"));
    for (const auto& more : {Words{}, Words{"--summary"}}) {
        fs::remove(bench / "x.csv");
        check_refusal(bench.run(flags + more + Words{"--year", "2025"}), 2, "--vintage 2025");
        check_refusal(bench.run(flags + more + Words{"--year", "2050"}), 2, "2024");
        CHECK_FALSE(fs::exists(bench / "x.csv"));
    }
    CHECK(bench.run({"store", "--lang", "en"}).code == 0);
}

TEST_CASE("what cells held before is told; of persons only in an internal list") {
    const Bench bench;
    REQUIRE(bench
                .run({"store", "init", "k.sqlite", "--boundaries", six_communes(bench).string(),
                      "--vintage", "2009"})
                .code == 0);
    const auto deliver = [&](const char* name, const char* values) {
        spit(bench / name, std::string("Báo cáo năm 2011\nMã xã;Tên xã;Người nghiện có hồ sơ quản "
                                       "lý;Số cuộc kiểm tra\n00001;Xã Tân 1;") +
                               values + "\n00002;Xã Tân 2;20;4\n");
        return Words{"store", "import", name, "--into", "k.sqlite"};
    };
    REQUIRE(bench.run(deliver("a.csv", "5;3")).code == 0);
    REQUIRE(bench.run(deliver("b.csv", "7;6") + Words{"--replaces", "a.csv"}).code == 0);
    const auto log = bench.json({"store", "log", "k.sqlite"}).at("rows");
    REQUIRE(log.size() == 2);
    CHECK(log.at(0).at("file") == "b.csv");
    CHECK(log.at(0).at("revised") == "2");
    CHECK(log.at(1).at("added") == "4");

    const Words flags{"store", "history", "k.sqlite", "--unit", "00001"};
    const auto row = [](const Json& report, const char* indicator) {
        for (const auto& one : report.at("rows"))
            if (one.at("indicator") == indicator) return one;
        FAIL(indicator);
        return Json();
    };
    const auto open = bench.json(flags);
    CHECK(open.at("rows").size() == 2);
    CHECK(row(open, "IN01").at("before") == "3");
    CHECK(row(open, "IN01").at("after") == "6");
    CHECK(row(open, "IN01").at("replaced_by") == "b.csv");
    CHECK(contains(row(open, "IN01").at("source"), "a.csv"));
    CHECK(row(open, "DR01").at("before") == "suppressed");
    CHECK(row(open, "DR01").at("after") == "suppressed");
    CHECK(has_kind(open, "history_hidden"));
    const auto internal = bench.json(flags + Words{"--classification", "internal"});
    CHECK(row(internal, "DR01").at("before") == "5");
    CHECK(row(internal, "DR01").at("after") == "7");
    CHECK(bench.json({"store", "history", "k.sqlite", "--unit", "00002"}).at("rows").empty());
    CHECK(
        contains(bench.run({"store", "history", "k.sqlite", "--lang", "vi"}).out, "Tệp thay thế"));
    check_refusal(bench.run({"store", "history", "k.sqlite", "--indicator", "XX99"}), 4, "XX99");
    const auto unknown = bench.run({"store", "history", "k.sqlite", "--indicator", "IN0"}).err;
    CHECK(contains(unknown, "IN01")); // the near one
    CHECK_FALSE(contains(unknown, "{"));
    // An empty list of a misspelt code, or of a year without reports, would look like peace.
    check_refusal(bench.run({"store", "history", "k.sqlite", "--unit", "1"}), 4, "00001 Xã Tân 1");
    check_refusal(bench.run({"store", "history", "k.sqlite", "--unit", "xa tan 2"}), 4,
                  "00002 Xã Tân 2");
    check_refusal(bench.run({"store", "history", "k.sqlite", "--unit", "X"}), 4, "k.sqlite");
    check_refusal(bench.run({"store", "history", "k.sqlite", "--year", "2012"}), 2, "2011");

    // That internal list is in the log; public ones are not.
    const auto later = bench.json({"store", "log", "k.sqlite"}).at("rows");
    REQUIRE(later.size() == 3);
    CHECK(later.at(0).at("verb") == "store history");
    CHECK(later.at(0).at("file") == "");
    CHECK(later.at(1).at("verb") == "store import");
}

TEST_CASE("what an import changed and what a join could not read name no small counts") {
    const Bench bench;
    const auto boundaries = six_communes(bench).string();
    REQUIRE(
        bench.run({"store", "init", "k.sqlite", "--boundaries", boundaries, "--vintage", "2009"})
            .code == 0);
    const auto deliver = [&](const char* name, const char* first) {
        spit(bench / name, std::string("Báo cáo năm 2011\nMã xã;Tên xã;Người nghiện có hồ sơ quản "
                                       "lý\n00001;Xã Tân 1;") +
                               first + "\n00002;Xã Tân 2;20\n00003;Xã Tân 3;8 ca\n");
    };
    deliver("a.csv", "5");
    deliver("b.csv", "7");
    REQUIRE(bench.run({"store", "import", "a.csv", "--into", "k.sqlite"}).code == 0);
    const Words flags{"store",      "import", "b.csv",     "--into", "k.sqlite",
                      "--replaces", "a.csv",  "--dry-run", "--out",  "f.csv"};
    const auto told = bench.json(flags);
    REQUIRE(told.at("changes").at("cells").size() == 1);
    CHECK(told.at("changes").at("cells").at(0).at("before").is_null());
    CHECK(told.at("changes").at("cells").at(0).at("after").is_null());
    CHECK_FALSE(contains(slurp(bench / "f.csv"), ",5,7,"));
    CHECK_FALSE(contains(slurp(bench / "f.csv"), "8 ca"));
    const auto internal = bench.json(flags + Words{"--classification", "internal"});
    CHECK(internal.at("changes").at("cells").at(0).at("before") == 5);
    CHECK(internal.at("changes").at("cells").at(0).at("after") == 7);
    CHECK(contains(slurp(bench / "f.csv"), "8 ca"));

    // Inspections are no persons: what is wrong with them is said in numbers.
    spit(bench / "t.csv", "Báo cáo năm 2011\nMã xã;Tên xã;Số cuộc kiểm tra;Người nghiện có hồ sơ "
                          "quản lý\n00001;Xã Tân 1;1;3\n00002;Xã Tân 2;2;3\n;Tổng cộng;4;8\n");
    const auto read = bench.json({"store", "import", "t.csv", "--into", "k.sqlite", "--dry-run"});
    std::string wrong_totals;
    for (const auto& finding : read.at("findings"))
        if (finding.at("kind") == "import_total_wrong")
            wrong_totals += finding.at("text").get<std::string>();
    CHECK(contains(wrong_totals, " 4"));
    CHECK_FALSE(contains(wrong_totals, " 8"));

    spit(bench / "j.csv", "code,so_nguoi_nghien\n00001,12\n00002,8 ca\n");
    const Words join{"join", "--boundaries", boundaries, "--db", "j.csv", "--out", "j_out.csv"};
    const auto joined = bench.json(join);
    CHECK(joined.at("bad_values").size() == 1);
    CHECK_FALSE(contains(slurp(bench / "j_out.csv"), "8 ca"));
    CHECK_FALSE(contains(joined.dump(), "8 ca"));
    CHECK(bench.run(join + Words{"--classification", "internal"}).code == 0);
    CHECK(contains(slurp(bench / "j_out.csv"), "8 ca"));
}
