// Who takes part in a plan.
#include "cli/program.hpp"

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
