// `query` and what else takes a query, on six communes whose answers are worked out by hand.
#include "cli/program.hpp"

#include <map>
#include <set>

using namespace diaban::test;

namespace {

using Codes = std::set<std::string>;

Codes codes_in(const Json& list) {
    Codes out;
    for (const auto& one : list) out.insert(one.at("code").get<std::string>());
    return out;
}

// The counts of a legend, by the keys of its rows.
std::map<std::string, int> counts_in(const Json& report) {
    std::map<std::string, int> out;
    for (const auto& row : report.at("legend"))
        out[row.at("key").get<std::string>()] += row.at("count").get<int>();
    return out;
}

int all_in(const std::map<std::string, int>& counts) {
    int out = 0;
    for (const auto& [key, count] : counts) out += count;
    return out;
}

// The six with their values and a port 5.5 km east of commune 3.
Words six_asked(const Bench& bench) {
    auto flags = six_joined(bench);
    spit(bench / "dia_diem.csv", "ten,loai,kinh_do,vi_do\nCảng Đông,cảng,105.35,10.05\n");
    return flags + Words{"--places", "dia_diem.csv"};
}

} // namespace

TEST_CASE("communes that meet conditions, and those of which nobody knows") {
    const Bench bench;
    const auto flags = six_asked(bench);
    const auto ask = [&](const std::string& query) {
        return bench.json(Words{"query", query} + flags);
    };
    const auto above = ask("value(so_nguoi, 2011) > 22");
    CHECK(codes_in(above.at("units")) == Codes{"00003", "00004", "00005"});
    CHECK(codes_in(above.at("unknown")) == Codes{"00006"});
    CHECK(above.at("count") == 3);
    CHECK(above.at("of") == 6);
    CHECK(above.at("query") == "value(so_nguoi, 2011) > 22");
    CHECK(codes_in(ask("rank(so_nguoi, 2011) <= 2").at("units")) == Codes{"00004", "00005"});
    CHECK(codes_in(ask("change(so_nguoi, 2010, 2011) >= 4").at("units")) ==
          Codes{"00004", "00005"});
    CHECK(codes_in(ask("not known(so_nguoi, 2011)").at("units")) == Codes{"00006"});
    // Three columns and two rows: a corner has three neighbours.
    CHECK(codes_in(ask("next_to(code = 00001)").at("units")) == Codes{"00002", "00004", "00005"});
    // 5.48 and 7.79 km.
    CHECK(codes_in(ask("near(port) <= 8km").at("units")) == Codes{"00003", "00006"});
    CHECK(codes_in(ask("near(port) <= 8km and not code = 00006").at("units")) == Codes{"00003"});
    const auto text = bench.run(Words{"query", "near(port) <= 8km"} + flags);
    CHECK(text.code == 0);
    CHECK(contains(text.out, "2 of 6 communes meet: near(port) <= 8km"));
}

TEST_CASE("what is wrong with a query is said with its column") {
    const Bench bench;
    const auto flags = six_asked(bench);
    check_refusal(bench.run(Words{"query", "code = 00001 adn code = 00002"} + flags), 2,
                  "Column 14");
    check_refusal(bench.run(Words{"query", "value(so_nguoi) >"} + flags), 2, "Column 18");
    check_refusal(bench.run(Words{"query", "value(so_nguo) > 1"} + flags), 2, "so_nguoi");
    check_refusal(bench.run(Words{"query", "value(so_nguoi, 1999) > 1"} + flags), 2, "2011");
    check_refusal(bench.run(Words{"query", "near(school) <= 1km"} + flags), 2, "school");
    check_refusal(bench.run(Words{"query"} + flags), 2, "--use");
    check_refusal(bench.run(Words{"query", "--use", "gone"} + flags), 2, "gone");
    check_refusal(bench.run(Words{"query", "code = 00001", "--use", "x"} + flags), 2, "x");
    check_refusal(bench.run(Words{"query", "code = 00001", "--save", "x"} + flags), 2, "--project");
}

TEST_CASE("a query answers as a table, as a map and as the rows of a table") {
    const Bench bench;
    const auto flags = six_asked(bench);
    const auto report = bench.json(
        Words{"query", "near(port) <= 8km", "--out", "gan.csv", "--map", "gan.svg"} + flags);
    CHECK(report.at("files").size() >= 2);
    const auto csv = slurp(bench / "gan.csv");
    CHECK(contains(csv, "00003"));
    CHECK(contains(csv, "00006"));
    CHECK_FALSE(contains(csv, "00001"));
    CHECK(contains(slurp(bench / "gan.svg"), "<svg"));
    const auto table = bench.json(Words{"table", "--where", "next_to(code = 00001)", "--select",
                                        "00001,00002,00004", "--out", "canh.csv"} +
                                  flags);
    CHECK(table.at("rows") == 2);
    CHECK_FALSE(contains(slurp(bench / "canh.csv"), "00005"));
    check_refusal(
        bench.run(Words{"table", "--where", "code = 00001 and code = 00002", "--out", "leer.csv"} +
                  flags),
        2, "code = 00001");
}

TEST_CASE("queries are kept in a store and in a project and asked again by name") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "20"}).code == 0);
    const std::string store = (bench / "mau/tinh_mau.sqlite").string();
    const std::string project = (bench / "mau/tinh_mau.diaban").string();
    const auto hot =
        bench.json({"query", "next_to(status = hot)", "--store", store, "--save", "k"});
    const auto again = bench.json({"query", "--use", "k", "--store", store});
    CHECK(again.at("query") == "next_to(status = hot)");
    CHECK(again.at("units") == hot.at("units"));
    // The project sees the queries of its store; its own come first.
    CHECK(bench.json({"query", "--use", "k", "--project", project}).at("query") ==
          "next_to(status = hot)");
    bench.json({"query", "status = none", "--project", project, "--save", "k"});
    CHECK(bench.json({"query", "--use", "k", "--project", project}).at("query") == "status = none");
    CHECK(bench.json({"query", "--use", "k", "--store", store}).at("query") ==
          "next_to(status = hot)");
}

TEST_CASE("a map of a query colours the communes that meet it and counts the others") {
    const Bench bench;
    const auto flags = six_asked(bench);
    const auto map = [&](const Words& more) {
        return bench.json(Words{"map", "--out", "m.svg"} + more + flags);
    };
    const auto near = map({"--where", "near(port) <= 8km", "--year", "2011"});
    CHECK(near.at("where") == "near(port) <= 8km");
    auto counts = counts_in(near);
    CHECK(counts["not_in_query"] == 4);
    CHECK(counts["no_data"] == 1); // commune 6 meets it and has no value
    CHECK(counts.count("query_unknown") == 0);
    CHECK(all_in(counts) == 6);
    CHECK(contains(slurp(bench / "m.svg"), "<svg"));
    // The classes are those of all communes: the colours mean what they mean without the query.
    const auto whole = map({"--year", "2011"});
    CHECK(whole.at("where").is_null());
    // A variable of a script that is not set would map everything.
    for (const char* empty : {"", "  "}) {
        INFO('"' << empty << '"');
        for (const char* verb : {"map", "chart", "classes", "table"}) {
            INFO(verb);
            auto asked = Words{verb, "--where", empty} + flags;
            if (verb != std::string("classes")) asked = asked + Words{"--out", "none.csv"};
            check_refusal(bench.run(asked), 2, "--where");
        }
    }
    CHECK_FALSE(fs::exists(bench / "none.csv"));
    for (std::size_t i = 0; i < whole.at("legend").size(); ++i)
        if (whole.at("legend")[i].at("key").get<std::string>().starts_with("class:")) {
            CHECK(whole.at("legend")[i].at("label") == near.at("legend")[i].at("label"));
            CHECK(whole.at("legend")[i].at("color") == near.at("legend")[i].at("color"));
        }
    // Of 2011 in the picture of 2011: one of the five is not above 20, of the sixth nobody knows.
    counts = counts_in(map({"--where", "value(so_nguoi) > 20", "--years", "2010,2011"}));
    CHECK(counts["not_in_query"] == 1);
    CHECK(counts["query_unknown"] == 1);
    CHECK(all_in(counts) == 6);
    counts = counts_in(map({"--where", "value(so_nguoi) > 20", "--years", "2010"}));
    CHECK(counts["not_in_query"] == 2);
    // Differences between two years, of the communes that are meant.
    counts = counts_in(
        map({"--where", "near(port) <= 8km", "--change", "2010:2011", "--change-of", "so_nguoi"}));
    CHECK(counts["not_in_query"] == 4);
    CHECK(all_in(counts) == 6);
    fs::remove(bench / "m.svg");
    check_refusal(
        bench.run(Words{"map", "--out", "m.svg", "--where", "near(school) <= 1km"} + flags), 2,
        "school");
    CHECK_FALSE(fs::exists(bench / "m.svg"));
}

TEST_CASE("a chart of a query takes the communes that meet it alone, and so do class counts") {
    const Bench bench;
    const auto flags = six_asked(bench);
    const auto chart = bench.json(Words{"chart", "--kind", "ranked", "--year", "2011", "--where",
                                        "value(so_nguoi) > 22", "--out", "hang.csv"} +
                                  flags);
    CHECK(chart.at("values") == 3);
    const auto csv = slurp(bench / "hang.csv");
    for (const auto* in : {"00003", "00004", "00005"}) CHECK(contains(csv, in));
    for (const auto* out : {"00001", "00002", "00006"}) CHECK_FALSE(contains(csv, out));
    bench.json(Words{"chart", "--kind", "series", "--where", "code = 00001 or code = 00002",
                     "--out", "nam.csv"} +
               flags);
    CHECK(contains(slurp(bench / "nam.csv"), "2010,30"));
    CHECK(contains(slurp(bench / "nam.csv"), "2011,33"));
    check_refusal(
        bench.run(Words{"chart", "--where", "code = 00001 and code = 00002", "--out", "leer.csv"} +
                  flags),
        2, "code = 00001");
    CHECK_FALSE(fs::exists(bench / "leer.csv"));
    const auto classes =
        bench.json(Words{"classes", "--year", "2011", "--where", "value(so_nguoi) > 22"} + flags);
    int counted = 0;
    for (const auto& count : classes.at("counts")) counted += count.get<int>();
    CHECK(counted == 3);
}

TEST_CASE("another query under a name that is taken is saved only where --replace says so") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "20"}).code == 0);
    for (const auto& where : {Words{"--store", (bench / "mau/tinh_mau.sqlite").string()},
                              Words{"--project", (bench / "mau/tinh_mau.diaban").string()}}) {
        INFO(where.front());
        const auto save = [&](const std::string& text, const Words& more) {
            return bench.run(Words{"query", text, "--save", "k"} + more + where);
        };
        const auto kept = [&] {
            const auto all = bench.json(Words{"query", "--list"} + where).at("queries");
            for (const auto& one : all)
                if (one.at("name") == "k") return one.at("text").get<std::string>();
            return std::string();
        };
        REQUIRE(save("status = hot", {}).code == 0);
        // Refused before anything is written.
        check_refusal(save("status = none", {"--out", "bang.csv"}), 2, "--replace");
        CHECK(kept() == "status = hot");
        CHECK_FALSE(fs::exists(bench / "bang.csv"));
        CHECK(save("status=hot", {}).code == 0); // the same query loses nothing
        CHECK(save("status = none", {"--replace"}).code == 0);
        CHECK(kept() == "status = none");
        CHECK(save("status = hot", {"--replace"}).code == 0);
    }
}

TEST_CASE("saved queries are listed and deleted where they are kept") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "20"}).code == 0);
    const Words store{"--store", (bench / "mau/tinh_mau.sqlite").string()};
    const Words project{"--project", (bench / "mau/tinh_mau.diaban").string()};
    const auto names = [&](const Words& where) {
        Codes out;
        const auto list = bench.json(Words{"query", "--list"} + where);
        for (const auto& one : list.at("queries"))
            out.insert(one.at("name").get<std::string>() + "=" + one.at("text").get<std::string>());
        return out;
    };
    const auto before = names(project);
    bench.json(Words{"query", "status = hot", "--save", "k"} + store);
    bench.json(Words{"query", "status = none", "--save", "k"} + project);
    CHECK(names(store).contains("k=status = hot"));
    CHECK(names(project).contains("k=status = none"));
    // That of the project first; then that of its store.
    REQUIRE(bench.run(Words{"query", "--forget", "k"} + project).code == 0);
    CHECK(names(project).contains("k=status = hot"));
    REQUIRE(bench.run(Words{"query", "--forget", "k"} + project).code == 0);
    CHECK(names(project) == before);
    CHECK_FALSE(names(store).contains("k=status = hot"));
    check_refusal(bench.run(Words{"query", "--forget", "k"} + project), 2, "k");
    check_refusal(bench.run(Words{"query", "--forget", "k"} + six_joined(bench)), 2, "--store");
    check_refusal(bench.run(Words{"query", "status = hot", "--list"} + store), 2, "--list");
}

TEST_CASE("a class that a stored result does not have is refused with those it has") {
    const Bench bench;
    bench.json({"sample", "s"});
    const Words project{"--project", "s/tinh_mau.diaban"};
    const auto found = bench.json(Words{"hotspots", "--indicator", "DR01_rate", "--year", "2015",
                                        "--permutations", "99", "--save", "G1"} +
                                  project);
    check_refusal(bench.run(Words{"query", "result(G1) = hot99typo"} + project), 2,
                  "Column 1: the result G1 has no class hot99typo. It has: hot-99, hot-95, "
                  "cold-95, cold-99, not-significant, island.");
    CHECK(bench.json(Words{"query", "result(G1) = island"} + project).at("count") ==
          found.at("islands").size());
}

TEST_CASE("coast and border are told apart in a query without a project") {
    const Bench bench;
    const auto flags = six_asked(bench);
    spit(bench / "bo_bien.geojson", line_feature("[[104.9,9.99],[105.4,9.99]]"));
    spit(bench / "bien_gioi.geojson", line_feature("[[104.9,10.21],[105.4,10.21]]"));
    const Words lines{"--line", "coast=bo_bien.geojson", "--line", "border=bien_gioi.geojson"};
    const auto ask = [&](const std::string& query, const Words& more) {
        return codes_in(bench.json(Words{"query", query} + flags + more).at("units"));
    };
    CHECK(ask("on(coast)", lines) == Codes{"00001", "00002", "00003"});
    CHECK(ask("not on(coast) and not on(border)", lines).empty());
    CHECK(ask("on(border) and not code = 00005", lines) == Codes{"00004", "00006"});
    CHECK(ask("next_to(on(coast) and code = 00001)", lines) == Codes{"00002", "00004", "00005"});
    CHECK(ask("near(coast) <= 5km", lines) == Codes{"00001", "00002", "00003"});
    CHECK(ask("on(coast)", lines + Words{"--outline", "coast=-00002"}) == Codes{"00001", "00003"});
    CHECK(ask("on(border)", {"--outline", "border=00004"}) == Codes{"00004"});
    // At a point, of the commune that it lies in.
    const auto at = [&](const char* latitude, const Words& more) {
        return bench.json(Words{"where", "105.15", latitude} + flags + more).at("outline");
    };
    CHECK(at("10.05", lines) == Json{{"border", false}, {"coast", true}});
    CHECK(at("10.15", lines) == Json{{"border", true}, {"coast", false}});
    CHECK(at("10.05", lines + Words{"--outline", "coast=-00002"}).at("coast") == false);
    CHECK(at("10.05", {}).empty()); // nothing tells of it
    CHECK(at("20", lines).empty()); // outside
    const auto told = bench.run(Words{"where", "105.15", "10.05"} + flags + lines);
    CHECK(contains(told.out, "On the coast: yes"));
    CHECK(contains(told.out, "On the border: no"));
    check_refusal(
        bench.run(Words{"where", "105.15", "10.05", "--line", "coast=khong_co.geojson"} + flags), 3,
        "khong_co.geojson");
    // Lines of a project that are gone are said; the commune is told all the same.
    spit(bench / "p.diaban", R"({"diaban_project":1,"data":{},"map":{},"page":{},"lines":[)"
                             R"({"file":"khong_co.geojson","kind":"coast"}]})");
    const auto without =
        bench.run(Words{"where", "105.15", "10.05", "--project", "p.diaban"} + flags);
    CHECK(without.code == 0);
    CHECK(contains(without.out, "00002"));
    CHECK(contains(without.err, "khong_co.geojson"));
    // Wherever else the text of a query can be given.
    const Words coast = Words{"--where", "on(coast)"} + lines + flags;
    CHECK(counts_in(bench.json(Words{"map", "--out", "m.svg"} + coast))["not_in_query"] == 3);
    CHECK(bench.json(Words{"table", "--out", "b.csv"} + coast).at("rows") == 3);
    CHECK(bench.json(Words{"chart", "--kind", "ranked", "--out", "h.csv"} + coast).at("values") ==
          3);
    int counted = 0;
    const auto classes = bench.json(Words{"classes"} + coast);
    for (const auto& count : classes.at("counts")) counted += count.get<int>();
    CHECK(counted == 3);
    const auto plan =
        bench.json(Words{"patrol", "cover", "--bases", "1", "--within", "50km"} + coast);
    CHECK(plan.at("plan")[0].at("communes").size() == 3);
    // What nothing tells of is said with what to add, and nothing is written.
    fs::remove(bench / "m.svg");
    for (const auto* text : {"on(coast)", "near(coast) <= 5km"}) {
        INFO(text);
        check_refusal(bench.run(Words{"query", text} + flags), 2, "--line coast=");
        for (const auto& verb :
             {Words{"map", "--out", "m.svg"}, Words{"chart", "--kind", "ranked", "--out", "m.csv"},
              Words{"table", "--out", "m.csv"}})
            check_refusal(bench.run(verb + Words{"--where", text} + flags), 2, "--line coast=");
        check_refusal(bench.run(Words{"classes", "--where", text} + flags), 2, "--line coast=");
    }
    CHECK_FALSE(fs::exists(bench / "m.svg"));
    CHECK_FALSE(fs::exists(bench / "m.csv"));
    check_refusal(
        bench.run(Words{"query", "on(coast)", "--outline", "coast=99999"} + flags + lines), 2,
        "99999");
    spit(bench / "xa_bien.geojson", line_feature("[[104.9,8],[105.4,8]]"));
    check_refusal(bench.run(Words{"query", "on(coast)", "--line", "coast=xa_bien.geojson"} + flags),
                  4, "3 km");
}

TEST_CASE("a table says who lies on the coast and the border") {
    const Bench bench;
    const auto flags = six_asked(bench);
    spit(bench / "bo_bien.geojson", line_feature("[[104.9,9.99],[105.4,9.99]]"));
    spit(bench / "bien_gioi.geojson", line_feature("[[104.9,10.21],[105.4,10.21]]"));
    const Words table = Words{"table",
                              "--line",
                              "coast=bo_bien.geojson",
                              "--line",
                              "border=bien_gioi.geojson",
                              "--lang",
                              "en",
                              "--out",
                              "b.csv"} +
                        flags;
    CHECK(bench.json(table + Words{"--columns", "code,coast,border"}).at("rows") == 6);
    auto csv = slurp(bench / "b.csv");
    CHECK(contains(csv, "On the coast,On the border"));
    CHECK(contains(csv, "00001,yes,no"));
    CHECK(contains(csv, "00005,no,yes"));
    CHECK(bench.json(table + Words{"--columns", "code", "--filter", "coast=yes"}).at("rows") == 3);
    bench.json(table + Words{"--columns", "code,coast", "--sort", "border"});
    csv = slurp(bench / "b.csv");
    CHECK(csv.find("00004") < csv.find("00001")); // those on the border first
    CHECK_FALSE(contains(csv, "On the border"));
    // All columns are those that the data has by itself.
    bench.json(table);
    CHECK_FALSE(contains(slurp(bench / "b.csv"), "On the coast"));
    fs::remove(bench / "b.csv");
    check_refusal(bench.run(Words{"table", "--columns", "code,coast", "--out", "b.csv"} + flags), 2,
                  "--line coast=");
    CHECK_FALSE(fs::exists(bench / "b.csv"));
}

TEST_CASE("the rules of a status rest on lines, sets and results") {
    const Bench bench;
    const auto flags = six_asked(bench);
    spit(bench / "bo_bien.geojson", line_feature("[[104.9,9.99],[105.4,9.99]]"));
    const auto rule = [&](const std::string& query) {
        spit(bench / "luat.json",
             R"({"id":"thu","version":"1","vi":"Thử","en":"Trial","document":"T","domain":"drug",)"
             R"("valid_from":"2000-01-01","otherwise":"none","classes":[{"status":"hot",)"
             R"("at_least_of":1,"criteria":[{"id":"a","kind":"place","vi":"a","en":"a",)"
             R"("source":"T","facts":["query:)" +
                 query + R"("]}]}]})");
        return Words{"status", "--rule", "luat.json", "--year", "2011"};
    };
    const auto hot = [&](const std::string& query, const Words& more) {
        return bench.json(rule(query) + more).at("rule").at("counts").at("hot").get<int>();
    };
    const Words shore{"--line", "coast=bo_bien.geojson"};
    CHECK(hot("on(coast)", flags + shore) == 3);
    CHECK(hot("on(coast) and not near(coast) > 5km and not code = 00001", flags + shore) == 2);
    CHECK(hot("on(border)", flags + Words{"--outline", "border=00004"}) == 1);
    check_refusal(bench.run(rule("on(coast)") + flags), 2, "--line coast=");
    check_refusal(bench.run(rule("set = gác") + flags), 2, "gác");
    check_refusal(bench.run(rule("result(G1) = hot-99") + flags), 2, "G1");
    // A project keeps results, sets and lines.
    bench.json({"sample", "s"});
    const Words project{"--project", "s/tinh_mau.diaban"};
    bench.json(Words{"hotspots", "--indicator", "DR01_rate", "--year", "2015", "--permutations",
                     "99", "--save", "G1"} +
               project);
    const auto asked = bench.json(Words{"query", "result(G1) = not-significant", "--year", "2015",
                                        "--classification", "internal"} +
                                  project);
    auto words = rule("result(G1) = not-significant");
    words.back() = "2015";
    const auto judged = bench.json(words + project + Words{"--classification", "internal"});
    REQUIRE(asked.at("count") > 0);
    CHECK(judged.at("rule").at("counts").at("hot") == asked.at("count"));
    words = rule("result(G2) = hot-99");
    words.back() = "2015";
    check_refusal(bench.run(words + project), 2, "G1"); // what there is instead
}
