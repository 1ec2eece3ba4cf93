// What leaves in public is the same set of cells whichever way it leaves.
#include "cli/program.hpp"

#include <set>

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

} // namespace

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
        REQUIRE(bench.run(Words{"chart"} + of + Words{"--kind", "histogram", "--out", one + ".csv"})
                    .code == 0);
        CHECK(listed(bench / (one + ".csv"), one, "2010") == wanted);
        REQUIRE(bench.run({"store", "export", "k.sqlite", "--indicator", one, "--year", "2010",
                           "--out", one + "_kho.csv"})
                    .code == 0);
        CHECK(listed(bench / (one + "_kho.csv"), one, "2010") == wanted);
    }
    CHECK(listed(bench / "all.csv", "DR03", "2010").size() == 2);
    CHECK(any > 4);
}
