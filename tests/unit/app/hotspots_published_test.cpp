// `hotspots` on real maps against what spdep computed on the same files.
#include "../analysis/published.hpp"
#include "app/commands/hotspots.hpp"
#include "support/archive.hpp"
#include "support/geodata.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace diaban;
using namespace diaban::app;

namespace {

HotspotsReport run_published(std::shared_ptr<const Dataset> dataset,
                             const HotspotsRequest& request) {
    base::JobContext ctx(2);
    const auto inputs = prepare(request, std::move(dataset), ctx);
    return run(request, inputs, *Language::load("en"), ctx);
}

std::shared_ptr<const Dataset> load_map(const DataRequest& request) {
    base::JobContext ctx(2);
    return load(request, Need::Picture, ctx);
}

double worst_difference(const std::vector<double>& found, const std::vector<double>& expected) {
    REQUIRE(found.size() == expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (std::isnan(expected[i]) || std::isnan(found[i]))
            CHECK(std::isnan(expected[i]) == std::isnan(found[i]));
        else
            worst = std::max(worst, std::fabs(found[i] - expected[i]) /
                                        std::max(1e-4, std::fabs(expected[i])));
    return worst;
}

} // namespace

TEST_CASE("homicides of 3,085 counties have spdep's neighbours and its statistics to nine digits") {
    const auto boundaries = test::geodata("benchmarks/natregimes/natregimes.shp.zip");
    const auto zip = test::geodata("benchmarks/natregimes/reference_natregimes_queen.zip");
    if (!boundaries || !zip) return;
    std::istringstream pairs_text(test::text_in_zip(*zip, "neighbours_natregimes_queen.csv"));
    const test::Csv pairs(pairs_text);
    for (const std::string variable : {"HR60", "HR90"}) {
        INFO(variable);
        std::istringstream text(
            test::text_in_zip(*zip, "reference_natregimes_" + variable + "_queen.csv"));
        const test::Csv reference(text);
        const auto dataset =
            load_map({.boundaries = *boundaries, .values = {variable}, .use_cache = false});
        base::JobContext ctx(2);
        HotspotsRequest request{.permutations = 0};
        const auto inputs = prepare(request, dataset, ctx);
        const auto published = test::links_of(pairs, reference.columns.at("id"));
        CHECK((inputs.links.index == published.index));
        CHECK((inputs.links.offset == published.offset));
        CHECK(worst_difference(inputs.x, reference.numbers("x")) < 1e-12);
        request.method = HotspotMethod::LocalMoran;
        const auto moran = run_published(dataset, request).local;
        CHECK(worst_difference(moran.statistic, reference.numbers("localI_W")) < 1e-9);
        CHECK(worst_difference(moran.variance, reference.numbers("localI_var_W")) < 1e-9);
        CHECK(worst_difference(moran.z, reference.numbers("localI_z_W")) < 1e-9);
        request.method = HotspotMethod::Gi;
        CHECK(worst_difference(run_published(dataset, request).local.z,
                               reference.numbers("G_z_B")) < 1e-9);
        request.method = HotspotMethod::GiStar;
        CHECK(worst_difference(run_published(dataset, request).local.z,
                               reference.numbers("Gstar_z_B")) < 1e-9);
    }
}

// By spdep, tests/unit/analysis/reference/make_sids.R: from the shapefile on, p by formula.
TEST_CASE("the clusters of the sudden infant deaths of 1974 are the counties that spdep names") {
    const auto boundaries = test::geodata("benchmarks/sids/nc.shp");
    if (!boundaries) return;
    const auto dataset = load_map({.boundaries = *boundaries,
                                   .values = {"SID74"},
                                   .denominator = "BIR74",
                                   .use_cache = false});
    HotspotsRequest request{.rate = analysis::RateKind::Raw, .permutations = 0};
    request.correction = analysis::Correction::None;
    request.classification = Classification::Internal;
    const auto named = [&](HotspotMethod method, const std::string& classes) {
        request.method = method;
        const auto report = run_published(dataset, request);
        std::set<std::string> names;
        for (std::size_t u = 0; u < report.classes.size(); ++u)
            if (report.classes[u].rfind(classes, 0) == 0) names.insert(report.names[u]);
        return names;
    };
    using Names = std::set<std::string>;
    const auto moran = HotspotMethod::LocalMoran, gi_star = HotspotMethod::GiStar;
    CHECK(named(moran, "high-high") == Names{"Bertie", "Halifax", "Northampton", "Robeson"});
    CHECK(named(moran, "low-low") == Names{"Caldwell", "Cherokee", "Wilkes"});
    CHECK(named(moran, "low-high") == Names{"Martin", "Richmond", "Union"});
    CHECK(named(moran, "high-low").empty());
    CHECK(named(gi_star, "hot") == Names{"Bertie", "Columbus", "Halifax", "Hertford", "Martin",
                                         "Northampton", "Richmond", "Robeson", "Warren"});
    CHECK(named(gi_star, "cold") == Names{"Caldwell", "Cherokee", "Wilkes"});
}

// spdep's permutations of 3,085 counties, made by tests/unit/analysis/reference/make_local.R. It
// draws with replacement, which changes p by less than its own error at this size.
TEST_CASE("permutation p of the homicides of 1990 agrees with spdep on every county") {
    const auto boundaries = test::geodata("benchmarks/natregimes/natregimes.shp.zip");
    if (!boundaries) return;
    const int expected[] = {
#include "../analysis/reference/natregimes_hr90.inc"
    };
    const auto dataset =
        load_map({.boundaries = *boundaries, .values = {"HR90"}, .use_cache = false});
    HotspotsRequest request{.method = HotspotMethod::LocalMoran};
    const auto found = run_published(dataset, request);
    CHECK(found.global.moran.statistic == Approx(0.3833).margin(5e-5));
    REQUIRE(found.local.units == std::size(expected));
    constexpr double kDraws = 9'999;
    std::size_t beyond_three = 0;
    for (std::size_t i = 0; i < found.local.units; ++i) {
        const double one = (expected[i] + 1) / (kDraws + 1),
                     ours = found.local.p_permutation[i] / 2;
        // Both are simulated; near a half the smaller tail is biased by ties and by itself.
        const double error = std::sqrt(2 * one * (1 - one) / kDraws) + 1 / kDraws;
        if (std::fabs(std::min(ours, 0.5) - one) > 3 * error) ++beyond_three;
        INFO("county " << i << ": " << ours << " instead of " << one);
        CHECK(std::fabs(std::min(ours, 0.5) - one) < 5 * error);
    }
    CHECK(beyond_three <= 25); // 0.3 % of 3,085 are 8
}

// The whole country: communes of 2009, the share of households of one person in the census of 2019.
// Neighbours, statistics and Moran's I by spdep alone, every 50th commune of them by
// tests/unit/analysis/reference/make_country.R.
TEST_CASE("the whole country has the neighbours and statistics that spdep finds", "[.slow]") {
    const auto boundaries = test::geodata("communes_2009/communes_2009.shp.zip");
    const auto census = test::geodata("indicators/households_commune_census_2019.csv");
    if (!boundaries || !census) return;
    std::istringstream text(
#include "../analysis/reference/country_2009.inc"
    );
    const test::Csv reference(text);
    DataRequest data{.boundaries = *boundaries,
                     .db = *census,
                     .key = "commune_code",
                     .values = {"hh_1"},
                     .denominator = "hh_total",
                     .use_cache = false};
    const auto dataset = load_map(data);
    HotspotsRequest request{.rate = analysis::RateKind::Raw, .permutations = 0};
    const auto gi_star = run_published(dataset, request);
    CHECK(gi_star.observed == 11'028);
    CHECK(gi_star.islands == 12);
    CHECK(gi_star.global.moran.statistic == Approx(0.59523780875816).epsilon(1e-9));
    CHECK(gi_star.global.moran.expectation == Approx(-9.07852927825692e-05).epsilon(1e-9));
    CHECK(gi_star.global.moran.z == Approx(105.096689203913).epsilon(1e-9));
    request.method = HotspotMethod::Gi;
    const auto gi = run_published(dataset, request);
    request.method = HotspotMethod::LocalMoran;
    const auto moran = run_published(dataset, request);
    std::map<std::string, std::size_t> row;
    for (std::size_t u = 0; u < gi.codes.size(); ++u) row[gi.codes[u]] = u;
    const auto pick = [&](const std::vector<double>& all) {
        std::vector<double> out;
        for (const auto& code : reference.columns.at("code")) out.push_back(all.at(row.at(code)));
        return out;
    };
    CHECK(reference.rows >= 220);
    // Those without a neighbour are no test for spdep either.
    CHECK(worst_difference(pick(gi_star.local.z), reference.numbers("gstar")) < 1e-9);
    CHECK(worst_difference(pick(gi.local.z), reference.numbers("gi")) < 1e-9);
    CHECK(worst_difference(pick(moran.local.statistic), reference.numbers("I")) < 1e-9);
    CHECK(worst_difference(pick(moran.local.z), reference.numbers("z")) < 1e-9);
}
