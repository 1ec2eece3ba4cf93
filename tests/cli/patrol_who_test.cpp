// Who takes part in a plan.
#include "cli/program.hpp"

#include <set>

using namespace diaban::test;

TEST_CASE("a rota visits the communes that it must, and says that it is for this") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words rota{"patrol", "rota", "--project", "mau/tinh_mau.diaban"};
    const auto by_priority = rota + Words{"--random", "0", "--visits"};
    const auto code_at = [](const Json& report, std::size_t k) {
        return report.at("plan")[k].at("code").get<std::string>();
    };
    // The last of all is in no plan of three unless it is asked for.
    const auto all = bench.json(by_priority + Words{"60"});
    REQUIRE(all.at("plan").size() == 60);
    const auto last = code_at(all, 59), first = code_at(all, 0);
    const auto must = by_priority + Words{"3", "--must", last};
    const auto report = bench.json(must);
    REQUIRE(report.at("plan").size() == 3);
    CHECK(code_at(report, 0) == last);
    CHECK(report.at("plan")[0].at("reason") == "must");
    CHECK(code_at(report, 1) == first);
    CHECK(report.at("plan")[1].at("reason") != "must");
    CHECK(contains(bench.run(must).out, "1 in any case"));
    REQUIRE(bench.run(must + Words{"--out", "lich.csv"}).code == 0);
    CHECK(contains(slurp(bench / "lich.csv"), "in the plan in any case"));
    // Nothing is said of it where nobody asked.
    CHECK_FALSE(contains(bench.run(by_priority + Words{"3"}).out, "any case"));

    check_refusal(bench.run(rota + Words{"--visits", "1", "--must", last + "," + first}), 2,
                  "2 communes are to be visited in any case (--must), but the plan has 1");
    check_refusal(bench.run(must + Words{"--forbid", last}), 2, last);
    check_refusal(
        bench.run({"patrol", "cover", "--project", "mau/tinh_mau.diaban", "--must", last}), 2,
        "sectors and rota do");
}

TEST_CASE("a plan is of the communes that meet a query, written or saved") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words project{"--project", "mau/tinh_mau.diaban"};
    const std::string hot = "status(2015) = hot";
    const auto answer = bench.json(Words{"query", hot, "--save", "diem nong"} + project);
    std::set<std::string> meant;
    for (const auto& unit : answer.at("units")) meant.insert(unit.at("code"));
    REQUIRE(meant.size() > 1);
    REQUIRE(meant.size() < 60);
    const auto visits = std::to_string(meant.size());
    const auto rota = Words{"patrol", "rota", "--visits", visits} + project;
    const auto visited = [](const Json& report) {
        std::set<std::string> out;
        for (const auto& visit : report.at("plan")) out.insert(visit.at("code"));
        return out;
    };
    CHECK(visited(bench.json(rota + Words{"--where", hot})) == meant);
    CHECK(visited(bench.json(rota + Words{"--use", "diem nong"})) == meant);
    // What names no period is about that of the plan, the newest unless another is asked for.
    CHECK(visited(bench.json(rota + Words{"--where", "status = hot", "--year", "2015"})) == meant);
    // Of the communes that are named as well, those that meet it.
    const auto first = *meant.begin();
    const auto other = first == "000001" ? "000002" : "000001";
    const auto both = bench.json(Words{"patrol", "rota", "--visits", "1", "--where",
                                       "code = " + first, "--select", first + "," + other} +
                                 project);
    CHECK(visited(both) == std::set<std::string>{first});
    // What is kept is the communes: made again, it is the same plan.
    const auto kept = bench.json(rota + Words{"--where", hot, "--save", "k1"});
    const auto again = bench.json(Words{"patrol", "rota", "--saved", "k1"} + project);
    CHECK(again.at("plan") == kept.at("plan"));

    check_refusal(bench.run(rota + Words{"--where", hot, "--use", "diem nong"}), 2, "diem nong");
    check_refusal(bench.run(rota + Words{"--use", "khong co"}), 2, "diem nong");
    check_refusal(bench.run(rota + Words{"--where", "status ="}), 2, "Column");
    check_refusal(
        bench.run(rota + Words{"--where", "code = " + first + " and not code = " + first}), 2,
        "No commune that may take part");
}
