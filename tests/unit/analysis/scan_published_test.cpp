// The scan against published results and programs that are not ours.
#include "analysis/scan.hpp"
#include "published.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <set>

using namespace diaban;
using namespace diaban::analysis;

namespace {

ScanResult run(const ScanInput& input, ScanSpec spec = {}) {
    base::JobContext ctx(2);
    return scan(input, spec, ctx);
}

// A cluster as SaTScan printed it: locations (rows, from 1), people, cases and log likelihood
// ratio.
struct Printed {
    std::vector<std::size_t> locations;
    double people, cases, expected, relative_risk, llr;
};

} // namespace

// Leukaemia in upstate New York (Waller et al. 1992): 281 tracts, whole cases, no covariates,
// Poisson, circles of up to 50 % of the people. The zones, counts and ratios are those that SaTScan
// 9.3.1 (first six, distances on the globe) and 9.6 (last six, degrees taken as a plane) printed
// for these data; the outputs are kept with the tests of the R package smerc (J. French),
// tests/scan_test_ny_poisson_circular_longlat.txt and ..._cartesian.txt.
TEST_CASE("leukaemia in New York has the likelihood ratios that SaTScan printed") {
    const auto file = test::geodata("benchmarks/ny8/NY8_utm18.dbf");
    if (!file) return;
    const test::Dbf table(*file);
    const auto people = table.numbers("POP8");
    auto cases = table.numbers("Cases");
    for (double& c : cases) c = std::floor(c);
    const double all_cases = std::accumulate(cases.begin(), cases.end(), 0.0),
                 all_people = std::accumulate(people.begin(), people.end(), 0.0);
    CHECK(all_cases == 552);
    CHECK(all_people == 1'057'673);
    const std::vector<Printed> printed{
        {{52, 50, 53, 38, 49, 48, 15, 39, 37, 1,  16, 44, 47, 40, 14, 2,
          51, 13, 43, 45, 17, 55, 11, 3,  12, 46, 36, 35, 54, 10, 5},
         119'050,
         106,
         62.13,
         1.87,
         14.780276},
        {{88, 87, 92, 86, 89, 91, 93, 85, 90}, 40'696, 42, 21.24, 2.06, 8.287056},
        {{113, 117, 116, 112, 220, 118, 115, 123, 124, 111, 114, 125, 219, 122, 126, 119},
         45'667,
         44,
         23.83,
         1.92,
         7.199672},
        {{62, 64, 67, 65}, 24'571, 25, 12.82, 1.99, 4.651839},
        {{132, 138, 121, 131, 139, 120}, 6'985, 10, 3.65, 2.78, 3.773422},
        {{166, 159, 167}, 8'839, 11, 4.61, 2.41, 3.209485},
        {{52, 50, 37, 49, 38, 48, 53, 39, 15, 47, 51, 1,  40, 44,
          16, 2,  55, 36, 14, 43, 13, 45, 3,  35, 17, 11, 12, 46},
         111'674,
         100,
         58.28,
         1.87,
         14.083511},
        {{89, 88, 87, 84, 90, 86, 92, 85}, 34'083, 38, 17.79, 2.22, 9.019716},
        {{112, 113, 115, 111, 116, 219, 117, 123, 218, 114, 122, 110, 124, 220, 118, 133, 121,
          125, 216, 120, 134, 217, 126, 139, 215, 132, 141, 140, 127, 142, 138, 131, 119},
         78'280,
         64,
         40.85,
         1.64,
         6.114140},
        {{62, 64, 67, 65}, 24'571, 25, 12.82, 1.99, 4.651839},
        {{266, 281, 267, 265}, 9'840, 12, 5.14, 2.37, 3.363518},
        {{166, 159, 167}, 8'839, 11, 4.61, 2.41, 3.209485},
    };
    for (const auto& cluster : printed) {
        double c = 0, b = 0;
        for (const auto row : cluster.locations) c += cases[row - 1], b += people[row - 1];
        CHECK(b == cluster.people);
        CHECK(c == cluster.cases);
        const double expected = all_cases * b / all_people;
        CHECK(expected == Approx(cluster.expected).margin(0.005));
        CHECK(c / expected / ((all_cases - c) / (all_cases - expected)) ==
              Approx(cluster.relative_risk).margin(0.005));
        CHECK(poisson_llr(c, expected, all_cases) == Approx(cluster.llr).margin(6e-7));
    }
    // The coordinates are not printed. With points on a line in the order of the first circle, the
    // search must come upon the very zone.
    ScanInput in;
    in.at.assign(cases.size(), {});
    for (std::size_t i = 0; i < in.at.size(); ++i)
        in.at[i] = {1e6 + 1e5 * static_cast<double>(i), 0};
    for (std::size_t k = 0; k < printed[0].locations.size(); ++k)
        in.at[printed[0].locations[k] - 1] = {static_cast<double>(k), 0};
    in.cases = cases;
    in.base = people;
    CHECK(run(in, {.replicas = 99}).clusters.front().llr >= 14.780276 - 6e-7);
}

// Lung cancer in Pennsylvania 2002 (Pennsylvania Department of Health; data of the R package
// SpatialEpi, Kim & Wakefield): 67 counties; adjusted for race, sex and age (16 strata) with the
// Poisson model, unadjusted with both models; circles of up to half the people around centroids in
// degrees, longitudes times cos 41. No paper with these figures was found: they are those of
// SpatialEpi's own zones, likelihoods and expected(), by reference/make_scan_spatialepi.R; its
// Bernoulli likelihood is a sum of large terms, good to eight digits.
TEST_CASE("lung cancer in Pennsylvania has the clusters that SpatialEpi finds") {
    const auto shapes = test::geodata("benchmarks/pennlc/pennlc_counties.shp");
    const auto strata_file = test::geodata("benchmarks/pennlc/pennlc_strata.csv");
    if (!shapes || !strata_file) return;
    const auto strata = test::Csv::read(*strata_file);
    constexpr std::size_t kStrata = 16;
    const auto cases = strata.numbers("cases"), people = strata.numbers("population");
    const std::size_t counties = strata.rows / kStrata;
    REQUIRE(counties == 67);
    ScanInput in;
    in.at = test::polygon_centroids(*shapes);
    REQUIRE(in.at.size() == counties);
    const double narrow = std::cos(41 * std::acos(-1.0) / 180);
    for (auto& p : in.at) p.x *= narrow;
    std::vector<double> of_stratum(kStrata, 0), in_stratum(kStrata, 0);
    for (std::size_t i = 0; i < strata.rows; ++i)
        of_stratum[i % kStrata] += cases[i], in_stratum[i % kStrata] += people[i];
    std::vector<double> adjusted(counties, 0), raw(counties, 0);
    in.cases.assign(counties, 0);
    std::vector<std::string> name;
    for (std::size_t i = 0; i < strata.rows; ++i) {
        in.cases[i / kStrata] += cases[i];
        raw[i / kStrata] += people[i];
        adjusted[i / kStrata] += people[i] * of_stratum[i % kStrata] / in_stratum[i % kStrata];
        if (i % kStrata == 0) name.push_back(strata.columns.at("county")[i]);
    }
    const std::set<std::string> east{"delaware", "philadelphia"},
        west{"washington", "greene", "allegheny", "beaver", "fayette", "westmoreland", "butler"};
    struct Expected {
        ScanModel model;
        const std::vector<double>& base;
        double first, second;
        std::set<std::string> first_names, second_names;
    };
    for (const auto& want :
         {Expected{ScanModel::Poisson, adjusted, 17.662883125, 7.098944233, east, west},
          Expected{ScanModel::Poisson, raw, 36.538615809, 9.649490891, west, east},
          Expected{ScanModel::Bernoulli, raw, 36.570510608, 9.657778626, west, east}}) {
        in.base = want.base;
        const auto found = run(in, {.model = want.model});
        REQUIRE(found.clusters.size() >= 2);
        CHECK(found.cases == 10'279);
        const auto names = [&](const ScanCluster& cluster) {
            std::set<std::string> out;
            for (const auto u : cluster.units) out.insert(name[u]);
            return out;
        };
        CHECK(found.clusters[0].llr == Approx(want.first).epsilon(1e-8));
        CHECK(found.clusters[1].llr == Approx(want.second).epsilon(1e-8));
        CHECK(names(found.clusters[0]) == want.first_names);
        CHECK(names(found.clusters[1]) == want.second_names);
        CHECK(found.clusters[0].p == Approx(0.001));
    }
    in.base = raw;
    const auto small = run(in, {.model = ScanModel::Bernoulli, .most_population = 0.1});
    CHECK(small.clusters[0].llr == Approx(8.916096359).epsilon(1e-8));
    CHECK(small.clusters[0].cases == 560);
}

// The data of Kulldorff, Athas, Feurer, Miller & Key (1998), American Journal of Public Health 88,
// 1377-1380: adjusted for age and sex, cylinders of up to half the people and half of 1973-1991.
// The paper prints no likelihood ratio for this window; the numbers are those of
// reference/make_scan.R, which looks at every cylinder in base R.
TEST_CASE("brain cancer in New Mexico") {
    const auto cas = test::geodata("benchmarks/satscan/NMcas.csv");
    const auto geo = test::geodata("benchmarks/satscan/NMgeo.csv");
    const auto pop = test::geodata("benchmarks/satscan/NMpop.csv");
    if (!cas || !geo || !pop) return;
    const auto place = test::Csv::read(*geo), people = test::Csv::read(*pop),
               sick = test::Csv::read(*cas);
    constexpr std::size_t kFirst = 1973, kYears = 19, kStrata = 40;
    std::map<std::string, std::size_t> row;
    ScanInput in;
    in.periods = kYears;
    for (std::size_t i = 0; i < place.rows; ++i) {
        row[place.columns.at("county")[i]] = i;
        in.at.push_back({place.numbers("long")[i], place.numbers("lat")[i]});
    }
    const auto stratum = [](double age, double sex) {
        return static_cast<std::size_t>(age - 1) * 2 + static_cast<std::size_t>(sex - 1);
    };
    // Census of 1973, 1982 and 1991, straight lines in between.
    using Table = std::vector<std::vector<double>>; // [county][census * kStrata + stratum]
    Table census(row.size(), std::vector<double>(3 * kStrata, 0));
    const auto year = people.numbers("year"), age = people.numbers("agegroup"),
               sex = people.numbers("sex"), number = people.numbers("population");
    for (std::size_t i = 0; i < people.rows; ++i)
        census[row.at(people.columns.at("county")[i])]
              [static_cast<std::size_t>((year[i] - 73) / 9) * kStrata + stratum(age[i], sex[i])] +=
            number[i];
    const auto at_risk = [&](std::size_t county, std::size_t t, std::size_t s) {
        const std::size_t before = std::min<std::size_t>(t / 9, 1);
        const double part = static_cast<double>(t - 9 * before) / 9;
        return census[county][before * kStrata + s] * (1 - part) +
               census[county][(before + 1) * kStrata + s] * part;
    };
    std::vector<double> cases_of(kStrata, 0), people_of(kStrata, 0);
    in.cases.assign(row.size() * kYears, 0);
    in.base.assign(row.size() * kYears, 0);
    const auto case_year = sick.numbers("year"), case_age = sick.numbers("agegroup"),
               case_sex = sick.numbers("sex"), cases = sick.numbers("cases");
    double total = 0;
    for (std::size_t i = 0; i < sick.rows; ++i) {
        in.cases[row.at(sick.columns.at("county")[i]) * kYears +
                 static_cast<std::size_t>(case_year[i]) - kFirst] += cases[i];
        cases_of[stratum(case_age[i], case_sex[i])] += cases[i];
        total += cases[i];
    }
    CHECK(total == 1175);
    for (std::size_t s = 0; s < kStrata; ++s)
        for (std::size_t c = 0; c < row.size(); ++c)
            for (std::size_t t = 0; t < kYears; ++t) people_of[s] += at_risk(c, t, s);
    for (std::size_t s = 0; s < kStrata; ++s)
        for (std::size_t c = 0; c < row.size(); ++c)
            for (std::size_t t = 0; t < kYears; ++t)
                if (people_of[s] > 0)
                    in.base[c * kYears + t] += cases_of[s] / people_of[s] * at_risk(c, t, s);
    const auto found = run(in);
    REQUIRE(!found.clusters.empty());
    const auto& first = found.clusters[0];
    std::set<std::string> names;
    for (const auto u : first.units) names.insert(place.columns.at("county")[u]);
    CHECK(names == std::set<std::string>{"Bernalillo", "Sandoval", "Valencia", "Torrance",
                                         "SantaFe", "LosAlamos", "Socorro", "SanMiguel"});
    CHECK(kFirst + first.from == 1985);
    CHECK(kFirst + first.until == 1989);
    CHECK(first.cases == 232);
    CHECK(first.llr == Approx(10.016993705).epsilon(1e-9));
    CHECK(first.p < 0.06);
}

TEST_CASE("leukaemia in New York, around the points of the file") {
    const auto file = test::geodata("benchmarks/ny8/NY8_utm18.dbf");
    if (!file) return;
    const test::Dbf table(*file);
    ScanInput in;
    const auto x = table.numbers("X"), y = table.numbers("Y");
    for (std::size_t i = 0; i < x.size(); ++i) in.at.push_back({x[i], y[i]});
    for (const double c : table.numbers("Cases")) in.cases.push_back(std::floor(c));
    in.base = table.numbers("POP8");
    const auto found = run(in);
    REQUIRE(!found.clusters.empty());
    const auto& first = found.clusters[0];
    CHECK(first.llr == Approx(15.005562264).epsilon(1e-9));
    CHECK(first.units.size() == 37);
    CHECK(first.cases == 117);
    CHECK(first.p <= 0.01);
}
