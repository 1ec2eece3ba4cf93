// Neighbours and clusters on the command line: links that a project keeps, results that it stores,
// and what is written.
#include "program.hpp"

using namespace diaban::test;

namespace {

// Four squares in a row and one far off: 00001 to 00004, island 00005.
void five_communes(const Bench& bench, const std::string& file, const std::string& island) {
    Words features;
    for (int i = 0; i < 4; ++i)
        features.push_back(feature(R"("ma_xa":"0000)" + std::to_string(i + 1) + "\"",
                                   square(105.0 + 0.1 * i, 10.0)));
    features.push_back(feature(R"("ma_xa":")" + island + "\"", square(106.0, 10.0)));
    spit(bench / file, collection(features));
}

std::string project_of(const std::string& boundaries) {
    return R"({"diaban_project":1,"data":{"boundaries":")" + boundaries + R"("}})";
}

} // namespace

TEST_CASE("links drawn by hand are kept in the project and used from there") {
    const Bench bench;
    five_communes(bench, "xa.geojson", "00005");
    spit(bench / "p.diaban", project_of("xa.geojson"));
    const auto before = bench.json({"weights", "--project", "p.diaban"});
    CHECK(before.at("islands").size() == 1);
    // A link for once leaves no trace.
    CHECK(bench.json({"weights", "--project", "p.diaban", "--link", "00005=00004"}).at("links") ==
          8);
    CHECK(bench.json({"weights", "--project", "p.diaban"}).at("islands").size() == 1);
    const auto kept =
        bench.json({"weights", "--project", "p.diaban", "--link", "00005=00004", "--keep-links"});
    CHECK(kept.at("islands").empty());
    const auto after = bench.json({"weights", "--project", "p.diaban", "--histogram"});
    CHECK(after.at("links") == 8);
    CHECK(after.at("drawn") == 1);
    CHECK(after.at("histogram") == Json({0, 2, 3}));
    // Boundaries that do not have the unit: the link stays in the project, and that is said.
    five_communes(bench, "other.geojson", "00009");
    auto project = slurp(bench / "p.diaban");
    project.replace(project.find("xa.geojson"), 10, "other.geojson");
    spit(bench / "p.diaban", project);
    const auto other = bench.run({"weights", "--project", "p.diaban"});
    CHECK(other.code == 0);
    CHECK(contains(other.err, "1 link of the project joins units that these boundaries"));
    CHECK(contains(slurp(bench / "p.diaban"), "00005"));
    // One given by hand is an error, and without a project there is nowhere to keep it.
    check_refusal(bench.run({"weights", "--project", "p.diaban", "--link", "00005=00003"}), 2,
                  "00005");
    check_refusal(bench.run({"weights", "--boundaries", "xa.geojson", "--link", "00005=00004",
                             "--keep-links"}),
                  2, "--project");
}

TEST_CASE("what cannot be run is refused alone, without advice on running it") {
    const Bench bench;
    bench.json({"sample", "s"});
    const Words ask{"hotspots", "--store", "s/tinh_mau.sqlite", "--indicator", "DR01_rate",
                    "--year",   "2015"};
    const Words refused[] = {{"--permutations", "50"},
                             {"--alpha", "1.5"},
                             {"--method", "scan", "--replicas", "5"},
                             {"--link", "000001=000001"}};
    const std::string about[] = {"50 permutations are not possible. Ask for 0",
                                 "A significance level of 1.5 is not possible",
                                 "The value 5 of replicas is not possible",
                                 "000001 is linked to itself"};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto outcome = bench.run(ask + refused[i]);
        check_refusal(outcome, 2, about[i]);
        CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    }
    // The same words where only neighbours are asked for.
    check_refusal(bench.run({"weights", "--store", "s/tinh_mau.sqlite", "--link", "000001=000001"}),
                  2, "000001 is linked to itself. A link joins two different units.");
}

TEST_CASE("a stored result is asked again with the project's links, and says what changed") {
    const Bench bench;
    bench.json({"sample", "s"});
    const Words ask{"hotspots", "--project", "s/tinh_mau.diaban", "--indicator", "DR01_rate",
                    "--year",   "2015",      "--permutations",    "999"};
    const auto first = bench.json(ask + Words{"--save", "first"});
    const auto island = first.at("islands")[0].get<std::string>();
    const Words again{"hotspots", "--project", "s/tinh_mau.diaban", "--saved", "first"};
    const auto same = bench.run(again);
    CHECK(contains(same.err, "are the same as when it was stored"));
    bench.json({"weights", "--project", "s/tinh_mau.diaban", "--link", island + "=000001",
                "--keep-links"});
    const auto changed = bench.run(again);
    CHECK(changed.code == 0);
    CHECK_FALSE(contains(changed.err, "are the same"));
    CHECK(contains(changed.err, "first"));
    // Nothing that is kept is lost unasked.
    check_refusal(bench.run(ask + Words{"--seed", "7", "--save", "first"}), 2, "--replace");
    CHECK(bench.json(again).at("seed") == first.at("seed"));
    bench.json(ask + Words{"--seed", "7", "--save", "first", "--replace"});
    CHECK(bench.json(again).at("seed") == 7);
    CHECK(contains(bench.run(again).err, "are the same as when it was stored"));
    // A result that is stored with a link of its own gives it to the project.
    const auto second = first.at("islands")[1].get<std::string>();
    bench.json(ask + Words{"--link", second + "=000002", "--save", "second"});
    CHECK(
        contains(bench.run({"hotspots", "--project", "s/tinh_mau.diaban", "--saved", "second"}).err,
                 "The inputs of second"));
    CHECK(bench.json({"weights", "--project", "s/tinh_mau.diaban"}).at("drawn") == 2);
}

TEST_CASE("trends, scatter plots and flags of unstable rates are written") {
    const Bench bench;
    bench.json({"sample", "s"});
    const Words data{"--store", "s/tinh_mau.sqlite", "--vintage",
                     "2009",    "--indicator",       "DR01_rate"};
    const auto trend = bench.json(Words{"hotspots", "--method", "trend"} + data +
                                  Words{"--out", "t.csv", "--map", "t.svg"});
    CHECK(trend.at("periods").size() == 16);
    CHECK(trend.at("permutations") == 0);
    CHECK(trend.at("trend").at("rising").size() + trend.at("trend").at("falling").size() ==
          trend.at("significant").get<std::size_t>());
    CHECK(contains(slurp(bench / "t.csv"), ",unstable,known,z,p"));
    check_refusal(
        bench.run(Words{"hotspots", "--method", "trend", "--since", "2014", "--year", "2016"} +
                  data),
        2, "at least 5 periods");
    for (const std::string name : {"moran.svg", "moran.png", "moran.pdf"}) {
        const auto moran = bench.json(Words{"hotspots", "--permutations", "99", "--method",
                                            "local-moran", "--year", "2015", "--scatter", name} +
                                      data);
        CHECK(moran.at("files") == Json({name}));
        CHECK(moran.at("unstable").size() > 0);
        CHECK(fs::file_size(bench / name) > 1000);
    }
    check_refusal(bench.run(Words{"hotspots", "--method", "scan", "--replicas", "99", "--scatter",
                                  "moran.svg"} +
                            data),
                  2, "scatter");
}

// Processors with fused multiply-add take other ways through the C library, whose ln and exp then
// differ in the last digit. Results do not go that way. (Elsewhere the variable means nothing.)
TEST_CASE("results have the same digits whatever the processor can do") {
    const Bench bench;
    bench.json({"sample", "s"});
    const Words data{"hotspots", "--store", "s/tinh_mau.sqlite", "--year", "2015", "--no-cache",
                     "--out",    "r.csv"};
    const Words rates{"--indicator", "DR01_rate"};
    RunOptions plain;
    plain.environment = {
        {"GLIBC_TUNABLES",
         "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable,-FMA4_Usable"}};
    // Not weights that fall with distance: PROJ, which makes the coordinates, is not ours.
    for (const auto& flags :
         {rates + Words{"--permutations", "99"}, rates + Words{"--method", "scan"},
          rates + Words{"--permutations", "99", "--method", "local-moran", "--rate", "eb-index"},
          rates + Words{"--permutations", "99", "--method", "local-geary", "--nearest", "6"},
          Words{"--indicator", "ST01", "--method", "join-count", "--permutations", "0"},
          Words{"--indicator", "ST01", "--method", "scan", "--replicas", "99"}}) {
        const auto here = bench.run(data + flags + Words{"--json"});
        INFO(here.err);
        REQUIRE(here.code == 0);
        const auto file = slurp(bench / "r.csv");
        const auto there = bench.run(data + flags + Words{"--json"}, plain);
        CHECK((here.out == there.out));
        CHECK((file == slurp(bench / "r.csv")));
    }
}
