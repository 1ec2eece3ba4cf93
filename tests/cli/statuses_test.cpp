// status, transitions, targets, carry and join --by-name on the sample province, whose report of
// 2010 is known: 113 healthy = 101 kept + 12 new, 106 the year before.
#include "cli/program.hpp"

#include <map>
#include <set>
#include <sstream>

using namespace diaban::test;

TEST_CASE("status counts the classes of a year and explains one by a rule") {
    const Bench bench;
    const auto report = bench.json({"status", "--store", sample_store().string(), "--year", "2010",
                                    "--rule", "qd-3122-2010", "--why", "000001"});
    INFO(report.dump(1));
    CHECK(report.at("drug").at("none") == 113);
    CHECK(report.at("drug").at("present_inclusive") == 43);
    CHECK(report.at("prostitution").at("none") == 147);
    CHECK(report.at("healthy_both") == 113);
    CHECK(report.at("why").at("criteria").size() == 5);
    CHECK(has_kind(report, "rule_to_be_entered"));
    // A report whose totals cannot be.
    spit(bench / "tong.csv", "code,value\nST08,147\nST09,113\nST10,120\n");
    const auto checked = bench.json(
        {"status", "--store", sample_store().string(), "--year", "2010", "--reported", "tong.csv"});
    CHECK(has_kind(checked, "v2_both"));
}

namespace {

// The units that a page draws in the group of this title.
std::set<std::string> drawn_as(const std::string& svg, const std::string& title) {
    std::set<std::string> out;
    const std::string start = "id=\"unit-";
    const auto end = svg.find("</g>", svg.find("<title>" + title + "</title>"));
    for (auto at = svg.find("<title>" + title + "</title>"); at < end;) {
        at = svg.find(start, at + 1);
        if (at >= end) break;
        const auto code = at + start.size();
        out.insert(svg.substr(code, svg.find('"', code) - code));
    }
    return out;
}

} // namespace

TEST_CASE("status draws what the report says as map does, and a rule without keeping its result") {
    const Bench bench;
    const auto store = sample_store().string();
    const Words year{"--store", store, "--year", "2010"};
    REQUIRE(
        bench.run(Words{"map"} + year + Words{"--indicator", "ST01", "--out", "values.svg"}).code ==
        0);
    const auto reported = bench.json(Words{"status"} + year +
                                     Words{"--domain", "drug", "--map", "report.svg", "--voice",
                                           "report", "--title", "Meeting"});
    CHECK(reported.at("files").size() == 1);
    const auto values = drawn_as(slurp(bench / "values.svg"), "healthy");
    CHECK(values.size() == 113);
    CHECK(drawn_as(slurp(bench / "report.svg"), "healthy") == values);
    CHECK(contains(slurp(bench / "report.svg"), "<title>Meeting</title>"));

    spit(bench / "thu.json",
         R"({"id": "thu", "version": "1", "document": "Thử", "domain": "drug",
             "otherwise": "none", "classes": [{"status": "hot", "at_least_of": 1, "criteria":
             [{"id": "a", "kind": "count", "indicators": ["DR01"], "at_least": 40}]}]})");
    const auto before = slurp(store);
    const Words by_rule = Words{"status"} + year + Words{"--rule", "thu.json"};
    const auto ruled = bench.json(by_rule + Words{"--map", "rule.svg"});
    CHECK(drawn_as(slurp(bench / "rule.svg"), "hotspot").size() ==
          ruled.at("rule").at("counts").at("hot").get<std::size_t>());
    CHECK(drawn_as(slurp(bench / "rule.svg"), "healthy").size() ==
          ruled.at("rule").at("counts").at("none").get<std::size_t>());
    CHECK(ruled.at("rule").at("counts").at("none") != 113);
    CHECK(slurp(store) == before);
    // What is not decided has the same name on the map as in the counts.
    REQUIRE(ruled.at("rule").at("counts").at("unknown") > 0);
    CHECK(contains(slurp(bench / "rule.svg"), ">unknown<"));
    CHECK_FALSE(contains(slurp(bench / "rule.svg"), ">no data<"));
    // Layers of lines and hidden places are those of the page.
    spit(bench / "song.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"LineString","coordinates":[[106.9,9.1],[107.1,9.3],[107.45,9.65]]}}]})");
    REQUIRE(bench
                .run(by_rule + Words{"--map", "lines.svg", "--lines", "song.geojson;colour=#123456",
                                     "--hide-places", "port"})
                .code == 0);
    CHECK(contains(slurp(bench / "lines.svg"), "#123456"));
    CHECK_FALSE(contains(slurp(bench / "lines.svg"), "aria-label=\"Port\""));
    CHECK(contains(slurp(bench / "rule.svg"), "aria-label=\"Port\""));
    // The same input, the same bytes.
    REQUIRE(bench.run(by_rule + Words{"--map", "again.svg"}).code == 0);
    CHECK(slurp(bench / "again.svg") == slurp(bench / "rule.svg"));

    check_refusal(bench.run(Words{"status"} + year + Words{"--map", "x.svg", "--voice", "rule"}), 2,
                  "--rule");
    check_refusal(bench.run(Words{"status"} + year + Words{"--map", "x.txt"}), 2, "x.txt");
    CHECK_FALSE(fs::exists(bench / "x.svg"));
    CHECK_FALSE(fs::exists(bench / "x.txt"));
}

TEST_CASE("transitions keep their identities and draw a map of them") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto report = bench.json({"transitions", "--store", store, "--from", "2009", "--to",
                                    "2010", "--out", "chuyen.xlsx"});
    CHECK(report.at("counts").at("maintained") == 101);
    CHECK(report.at("counts").at("newly_built") == 12);
    CHECK(report.at("counts").at("lost") == 5);
    CHECK(report.at("healthy_before") == 106);
    CHECK(report.at("healthy_after") == 113);
    CHECK(slurp(bench / "chuyen.xlsx").starts_with("PK"));
    const auto map = bench.json(
        {"map", "--store", store, "--change", "2009:2010", "--size", "slide", "--out", "a.png"});
    std::size_t total = 0;
    for (const auto& entry : map.at("legend")) total += entry.at("count").get<std::size_t>();
    CHECK(total == 156);
    check_refusal(bench.run({"map", "--store", store, "--change", "2010:2009", "--out", "a.png"}),
                  2, "--change");
}

TEST_CASE("targets of a plan, by the store and by totals alone") {
    const Bench bench;
    spit(bench / "t.csv", "code,period,value\nST10,2011,119\nST11_new,2011,7\nunits,2011,156\n");
    const auto report =
        bench.json({"targets", "--plan", "an-giang-2011", "--totals", "t.csv", "--out", "t.html"});
    for (const auto& target : report.at("targets")) {
        if (target.at("id") == "AG-5a") {
            CHECK(target.at("state") == "behind");
            CHECK(target.at("needed") == 1);
        }
        if (target.at("id") == "AG-5b") CHECK(target.at("state") == "achieved");
    }
    CHECK(contains(slurp(bench / "t.html"), "AG-13"));
    check_refusal(bench.run({"targets", "--store", sample_store().string()}), 2, "an-giang-2011");
}

TEST_CASE("a year of another vintage is said to be there, and how to ask for it") {
    const Bench bench;
    const auto store = sample_store().string();
    const Words moves{"transitions", "--store", store, "--from", "2024", "--to", "2025"};
    check_refusal(bench.run(moves), 2, "the vintage 2025 of the store has");
    check_refusal(bench.run(moves), 2, "--across carried");
    CHECK(bench.run(moves + Words{"--across", "carried"}).code == 0);
    check_refusal(bench.run({"status", "--store", store, "--year", "2025"}), 2, "--vintage 2025");
    check_refusal(bench.run({"classes", "--store", store, "--indicator", "population", "--year",
                             "2012", "--vintage", "2025"}),
                  2, "--vintage 2009");
    const auto nowhere = bench.run({"status", "--store", store, "--year", "1999"});
    check_refusal(nowhere, 2, "1999");
    CHECK_FALSE(contains(nowhere.err, "--vintage"));
}

TEST_CASE("carry keeps the totals of whole years over the reform") {
    const Bench bench;
    const auto report = bench.json(
        {"carry", "--store", sample_store().string(), "--vintage", "2009", "--to-vintage", "2025"});
    CHECK(report.at("units_after") == 102);
    CHECK(report.at("cells_estimated") > 0);
    std::size_t compared = 0;
    for (const auto& total : report.at("totals")) {
        if (total.at("indicator") != "population") continue;
        const double before = total.at("before"), after = total.at("after");
        CHECK(std::abs(after - before) <= 1e-9 * before);
        ++compared;
    }
    CHECK(compared > 0);
    check_refusal(bench.run({"carry", "--store", sample_store().string()}), 2, "--to-vintage");
}

TEST_CASE("a half-year that reports one domain alone makes nobody healthy in both") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    spit(bench / "h.csv", "Mã xã,Trạng thái ma túy\n000001,Lành mạnh\n000002,Lành mạnh\n"
                          "000003,Có tệ nạn\n");
    REQUIRE(
        bench.run({"store", "import", "h.csv", "--into", "k.sqlite", "--period", "2013-H1"}).code ==
        0);
    const Words of_half{"--store", "k.sqlite", "--year", "2013-H1"};
    const auto report = bench.json(Words{"status"} + of_half + Words{"--out", "s.csv"});
    CHECK(report.at("drug").at("none") == 2);
    CHECK(report.at("healthy_both").is_null());
    CHECK(report.at("hot_both").is_null());
    CHECK(report.at("unknown") == 155); // all but the one that is not healthy
    // The last columns of every row: healthy in both, its share, hotspots of both.
    const auto last_row = [&](const char* file) {
        std::istringstream lines(slurp(bench / file));
        std::string last;
        for (std::string line; std::getline(lines, line);) {
            if (line.ends_with('\r')) line.pop_back();
            if (!line.empty()) last = line;
        }
        return last;
    };
    CHECK(last_row("s.csv").ends_with(",,,"));
    bench.json({"store", "export", "k.sqlite", "--summary", "--year", "2013-H1", "--out", "t.csv"});
    CHECK(last_row("t.csv").ends_with(",,")); // no half-year before to compare with
    const auto plan =
        bench.json(Words{"targets", "--plan", "an-giang-2011"} + of_half + Words{"--out", "p.csv"});
    CHECK(plan.at("nearest").empty()); // 000003 may have the other as well
    // A year that reports both is told as before.
    CHECK(bench.json({"status", "--store", "k.sqlite", "--year", "2010"}).at("healthy_both") ==
          113);
}

TEST_CASE("carry leads back over the reform as maps do, and says how") {
    const Bench bench;
    const auto report = bench.json(
        {"carry", "--store", sample_store().string(), "--vintage", "2025", "--to-vintage", "2009"});
    CHECK(report.at("units_before") == 102);
    CHECK(report.at("units_after") == 156);
    CHECK(report.at("basis") == "population");
    CHECK(has_kind(report, "carry_turned_round"));
    std::size_t compared = 0;
    for (const auto& total : report.at("totals")) {
        if (total.at("indicator") != "population") continue;
        const double before = total.at("before"), after = total.at("after");
        CHECK(std::abs(after - before) <= 1e-9 * before);
        ++compared;
    }
    CHECK(compared > 0);
    // The way that the store knows is not turned round.
    CHECK_FALSE(has_kind(bench.json({"carry", "--store", sample_store().string(), "--vintage",
                                     "2009", "--to-vintage", "2025"}),
                         "carry_turned_round"));
}

TEST_CASE("periods in the wrong order are no moves") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto refused =
        bench.run({"transitions", "--store", store, "--from", "2012", "--to", "2010"});
    check_refusal(refused, 2, "--from 2010 --to 2012");
    CHECK(bench.run({"transitions", "--store", store, "--from", "2010", "--to", "2012"}).code == 0);
}

TEST_CASE("a period is not compared with itself") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto same =
        bench.run({"transitions", "--store", store, "--from", "2015", "--to", "2015", "--out",
                   "a.csv"});
    check_refusal(same, 2, "--from");
    CHECK(contains(same.err, "--to"));
    CHECK_FALSE(fs::exists(bench / "a.csv"));
    // Also where one of them is filled in.
    check_refusal(bench.run({"transitions", "--store", store, "--from", "2024"}), 2, "2024");
    const auto map =
        bench.run({"map", "--store", store, "--change", "2015:2015", "--out", "a.png"});
    check_refusal(map, 2, "--change 2015:2015");
    CHECK(contains(map.err, "with itself"));
    const Words status{"status", "--store", store, "--rule", "qd-3122-2010"};
    const auto years = Words{"--year", "2015", "--compare-year", "2015"};
    const auto rule = bench.run(status + years);
    check_refusal(rule, 2, "--compare-year");
    CHECK(contains(rule.err, "--year "));
}

TEST_CASE("join by name: what is certain, what waits, what was approved") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "ten.csv", "ten_xa,ten_huyen,so_nguoi\n"
                            "xã tân 1,Huyện Đông,10\n"
                            "X. Tân 2,H. Đông,20\n"
                            "Xã Tân 3,Huyện Đông,30\n"); // lies in Huyện Tây
    const Words flags{"join", "--boundaries", "xa.shp", "--db", "ten.csv", "--by-name"};
    const auto first = bench.json(flags);
    INFO(first.dump(1));
    CHECK(first.at("matched") == 1);
    REQUIRE(first.at("suggestions").size() == 2);
    CHECK(first.at("suggestions")[0].at("candidates")[0].at("code") == "00002");
    CHECK(first.at("suggestions")[0].at("candidates")[0].at("step") == "prefix");
    CHECK(first.at("suggestions")[1].at("candidates")[0].at("step") == "other_parent");
    const auto accepted =
        bench.json(flags + Words{"--accept-suggestions", "1", "--aliases", "duyet.csv"});
    CHECK(accepted.at("matched") == 2);
    CHECK(contains(slurp(bench / "duyet.csv"), "X. Tân 2,H. Đông,,00002"));
    const auto later = bench.json(flags + Words{"--aliases", "duyet.csv"});
    CHECK(later.at("matched") == 2);
    CHECK(later.at("names").at("rows_by_alias") == 1);
    CHECK(later.at("suggestions").size() == 1);
    check_refusal(bench.run(flags + Words{"--accept-suggestions", "9"}), 2, "9");
    check_refusal(bench.run(flags + Words{"--accept-suggestions", "x"}), 2, "--accept-suggestions");
}

TEST_CASE("communes that one criterion keeps from the best status, with value and threshold") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    const Words of_2012{"--store", "k.sqlite", "--year", "2012"};
    const Words internal{"--classification", "internal"};
    spit(bench / "hai.json",
         R"({"id": "hai", "version": "1", "document": "Thử", "domain": "drug",
             "otherwise": "none", "classes": [{"status": "hot", "at_least_of": 1, "criteria":
             [{"id": "a", "kind": "count", "indicators": ["DR01"], "at_least": 8},
              {"id": "b", "kind": "count", "indicators": ["IN03"], "at_least": 4}]}]})");
    const auto values = [&](const std::string& indicator) {
        bench.json(Words{"store", "export", "k.sqlite", "--indicator", indicator, "--year", "2012",
                         "--out", "x.csv"} +
                   internal);
        std::map<std::string, double> out;
        std::istringstream rows(slurp(bench / "x.csv"));
        std::string row;
        std::getline(rows, row);
        while (std::getline(rows, row)) { // …,period,value,state,agency
            const auto agency = row.rfind(','), state = row.rfind(',', agency - 1),
                       value = row.rfind(',', state - 1);
            if (row.substr(state + 1, agency - state - 1) == "observed")
                out[row.substr(0, row.find(','))] =
                    std::stod(row.substr(value + 1, state - value - 1));
        }
        return out;
    };
    const auto users = values("DR01"), violations = values("IN03");
    std::map<std::string, std::string> expected; // code, letter
    for (const auto& [code, n] : users) {
        const auto other = violations.find(code);
        if (other == violations.end()) continue;
        if ((n >= 8) != (other->second >= 4)) expected[code] = n >= 8 ? "a" : "b";
    }
    REQUIRE(expected.size() > 3);
    const auto told =
        bench.json(Words{"status"} + of_2012 + Words{"--rule", "hai.json"} + internal);
    std::map<std::string, std::string> found;
    for (const auto& one : told.at("nearest")) {
        const std::string code = one.at("code"), letter = one.at("criterion");
        found[code] = letter;
        CHECK(one.at("value") == (letter == "a" ? users : violations).at(code));
        CHECK(one.at("at_least") == (letter == "a" ? 8 : 4));
    }
    CHECK(found == expected);
    const auto text = bench.run(Words{"status"} + of_2012 +
                                Words{"--rule", "hai.json", "--lang", "en"} + internal);
    CHECK(contains(text.out, "one criterion alone"));
    // A plan counts those who are healthy in the other domain.
    const auto plan = bench.json(Words{"targets", "--plan", "an-giang-2011"} + of_2012 +
                                 Words{"--rule", "hai.json"} + internal);
    REQUIRE_FALSE(plan.at("nearest").empty());
    CHECK(plan.at("nearest").size() < expected.size() + 1);
    for (const auto& one : plan.at("nearest")) CHECK(expected.contains(one.at("code")));
    // In public a rule that the store answers for says who it is, not how many.
    REQUIRE(bench.run({"store", "rule", "add", "k.sqlite", "hai.json"}).code == 0);
    const auto open = bench.json(Words{"status"} + of_2012 + Words{"--rule", "hai"});
    CHECK(open.at("nearest").size() == expected.size());
    std::size_t masked = 0;
    for (const auto& one : open.at("nearest")) {
        const std::string code = one.at("code");
        if (one.at("criterion") == "a" && users.at(code) < 10) {
            CHECK(one.at("masked") == true);
            CHECK(one.at("value").is_null());
            CHECK(one.at("margin").is_null());
            ++masked;
        }
    }
    CHECK(masked > 0);
}

TEST_CASE("a rule that asks for codes the data does not have says which") {
    const Bench bench;
    spit(bench / "thu.json",
         R"({"id": "thu", "version": "1", "domain": "drug", "otherwise": "none", "classes":
             [{"status": "hot", "criteria": [
               {"id": "a", "kind": "rate", "indicators": ["DR01"], "denominator": "populaton",
                "at_least": 1},
               {"id": "b", "kind": "any", "criteria": [
                 {"id": "b1", "kind": "count", "indicators": ["XX99"], "at_least": 1}]}]}]})");
    const Words flags{"status", "--store", sample_store().string(), "--year", "2012",
                      "--rule", "thu.json"};
    CHECK(has_kind(bench.json(flags), "rule_missing"));
    const auto said = bench.run(flags + Words{"--lang", "en"});
    CHECK(contains(said.out, "The rule thu asks for populaton, XX99"));
    // A rule without a document is called by its id.
    CHECK(contains(said.out, "By the rule thu, version 1"));
}

TEST_CASE("rules, overrides and plans kept in a store are used by every verb") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    const auto store = (bench / "k.sqlite").string();
    // An override needs its reason and its author.
    check_refusal(bench.run({"store", "override", "add", store, "--unit", "000001", "--year",
                             "2010", "--status", "hot"}),
                  2, "--reason");
    CHECK(bench.json({"store", "override", "list", store}).at("rows").empty());
    const auto added =
        bench.json({"store", "override", "add", store, "--unit", "000001", "--year", "2010",
                    "--status", "hot1", "--reason", "Minutes 12", "--author", "Sub-department"});
    CHECK(added.at("added") == 1);
    CHECK(added.at("rows").at(0).at("status") == "hot1");
    const auto after = bench.json({"status", "--store", store, "--year", "2010"});
    CHECK(after.at("drug").at("hot1") == 1);
    CHECK(after.at("claims").at(0).at("person").at("author") == "Sub-department");
    CHECK(after.at("claims").at(0).at("differ") == true);
    CHECK(has_kind(after, "status_claims_differ"));
    // What is mapped and the moves follow.
    bench.json({"store", "export", store, "--indicator", "ST01", "--out", "st01.csv"});
    CHECK(contains(slurp(bench / "st01.csv"), ",ST01,2010,hot1,observed"));
    const auto moves = bench.json(
        {"transitions", "--store", store, "--from", "2009", "--to", "2010", "--domain", "drug"});
    CHECK(moves.at("counts").at("new_hotspot") == 1);

    // The result of a rule is kept with the rule, which needs its file no longer; the same again
    // changes nothing.
    spit(bench / "thu.json",
         R"({"id": "thu", "version": "1", "document": "Thử", "domain": "drug",
             "otherwise": "none", "classes": [{"status": "hot", "at_least_of": 1, "criteria":
             [{"id": "a", "kind": "count", "indicators": ["DR01"], "at_least": 10}]}]})");
    const Words keep{"status", "--store", store, "--year", "2010", "--keep", "--rule"};
    const auto kept = bench.json(keep + Words{(bench / "thu.json").string()});
    INFO(kept.at("rule").dump(1));
    CHECK(kept.at("rule").at("kept").at("added").get<int>() > 100);
    fs::remove(bench / "thu.json");
    const auto bytes = slurp(store);
    const auto again = bench.json(keep + Words{"thu"});
    CHECK(again.at("rule").at("kept").at("added") == 0);
    CHECK(again.at("rule").at("kept").at("unchanged") == kept.at("rule").at("kept").at("added"));
    CHECK(slurp(store) == bytes);
    CHECK(bench.json({"store", "rule", "list", store}).at("rows").at(0).at("id") == "thu");
    check_refusal(bench.run({"store", "rule", "remove", store, "thu"}), 4, "thu");
    check_refusal(bench.run({"status", "--store", store, "--keep"}), 2, "--rule");

    // A plan of one's own, known to the store only.
    bench.json({"store", "plan", "add", store, "an-giang-2011", "--out", "ag.json"});
    auto plan = slurp(bench / "ag.json");
    plan.replace(plan.find("an-giang-2011"), 13, "mau-2011");
    spit(bench / "mau.json", plan);
    CHECK(bench.json({"store", "plan", "add", store, (bench / "mau.json").string()}).at("added") ==
          1);
    CHECK(bench.json({"store", "plan", "list", store}).at("rows").size() == 2);
    fs::remove(bench / "mau.json");
    CHECK(bench.json({"targets", "--store", store, "--plan", "mau-2011"}).at("plan") == "mau-2011");
    CHECK(bench.json({"store", "check", store}).at("clean") == true);
    const auto removed =
        bench.json({"store", "override", "remove", store, "--unit", "000001", "--year", "2010"});
    CHECK(removed.at("removed") == 1);
    CHECK(bench.json({"store", "alias", "add", store, "--name", "Xã Lạ", "--unit", "000001"})
              .at("rows")
              .size() == 1);
    check_refusal(bench.run({"store", "alias", "add", store, "--name", "Xã Lạ", "--unit", "9x"}), 4,
                  "9x");
}

TEST_CASE("a number that grew is no reduction: it is told with its sign") {
    const Bench bench;
    spit(bench / "t.csv", "code,period,value\nDR01,2010,941\nDR01,2011,1200\n");
    const Words flags{"targets", "--plan", "an-giang-2011", "--totals", "t.csv"};
    CHECK(contains(bench.run(flags).out, ": +27.52 %"));
    spit(bench / "t.csv", "code,period,value\nDR01,2010,941\nDR01,2011,800\n");
    CHECK(contains(bench.run(flags).out, ": −14.98 %"));
}

TEST_CASE("statuses, transitions and targets look across the reform when asked to") {
    const Bench bench;
    const auto store = sample_store().string();
    const Words years{"transitions", "--store", store,  "--vintage", "2025",
                      "--from",      "2024",    "--to", "2025"};
    CHECK(bench.run(years).code == 2); // these boundaries have no year before
    const auto report = bench.json(years + Words{"--across", "carried"});
    CHECK(report.at("units") == 102);
    CHECK(report.at("healthy_after") > 0);
    // Units of several classes before are known to nobody as one of them.
    CHECK(report.at("unknown") > 0);
    const auto status = bench.json(
        {"status", "--store", store, "--vintage", "2025", "--year", "2012", "--across", "carried"});
    CHECK(status.at("drug").at("unknown") > 0);
    CHECK(status.at("drug").at("none") > 0);
    check_refusal(bench.run(years + Words{"--across", "own"}), 2, "--across");
    const auto classes =
        bench.json({"classes", "--store", store, "--vintage", "2025", "--indicator", "ST01",
                    "--year", "2012", "--across", "carried"});
    bool mixed = false;
    for (const auto& entry : classes.at("legend"))
        mixed = mixed || contains(entry.at("label"), "several classes");
    CHECK(mixed);
}
