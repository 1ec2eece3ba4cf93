// `query` and what else takes a query, on six communes whose answers are worked out by hand.
#include "cli/program.hpp"

#include <set>

using namespace diaban::test;

namespace {

using Codes = std::set<std::string>;

Codes codes_in(const Json& list) {
    Codes out;
    for (const auto& one : list) out.insert(one.at("code").get<std::string>());
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
