#include "analysis/scan.hpp"

#include "analysis/binomial.hpp"
#include "analysis/random.hpp"
#include "stopping.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

using namespace diaban;
using namespace diaban::analysis;

namespace {

ScanResult scanned(const ScanInput& input, ScanSpec spec = {}, unsigned threads = 2) {
    base::JobContext ctx(threads);
    return scan(input, spec, ctx);
}

// A board of units one kilometre apart, slightly shaken so that no two distances are equal.
ScanInput board_of(std::size_t side, double people, std::uint64_t seed) {
    ScanInput in;
    std::mt19937_64 random(seed);
    const auto shake = [&] { return static_cast<double>(random() % 1000) / 10; };
    for (std::size_t y = 0; y < side; ++y)
        for (std::size_t x = 0; x < side; ++x)
            in.at.push_back(
                {static_cast<double>(x) * 1000 + shake(), static_cast<double>(y) * 1000 + shake()});
    in.base.assign(in.at.size(), people);
    in.cases.assign(in.at.size(), 0);
    return in;
}

// Every circle around every unit, one by one.
double strongest_by_hand(const ScanInput& in, const ScanSpec& spec) {
    const double C = std::accumulate(in.cases.begin(), in.cases.end(), 0.0);
    const double B = std::accumulate(in.base.begin(), in.base.end(), 0.0);
    double best = 0;
    for (const auto centre : in.at)
        for (const auto edge : in.at) {
            const double r = std::hypot(edge.x - centre.x, edge.y - centre.y);
            double c = 0, b = 0;
            for (std::size_t j = 0; j < in.at.size(); ++j)
                if (std::hypot(in.at[j].x - centre.x, in.at[j].y - centre.y) <= r * (1 + 1e-12))
                    c += in.cases[j], b += in.base[j];
            if (b > spec.most_population * B * (1 + 1e-9)) continue;
            best = std::max(best, spec.model == ScanModel::Poisson ? poisson_llr(c, b * C / B, C)
                                                                   : bernoulli_llr(c, b, C, B));
        }
    return best;
}

// Kolmogorov's distance of p from an even distribution, times sqrt(n): 1.95 at the level of 0.001.
double distance_from_even(std::vector<double> p) {
    std::sort(p.begin(), p.end());
    double worst = 0;
    for (std::size_t i = 0; i < p.size(); ++i)
        worst = std::max(worst, std::fabs(p[i] - (static_cast<double>(i) + 0.5) /
                                                     static_cast<double>(p.size())));
    return worst * std::sqrt(static_cast<double>(p.size()));
}

} // namespace

TEST_CASE("likelihood ratios by hand") {
    // 20 cases where 10 are expected, of 100: 20 ln 2 + 80 ln(80/90).
    CHECK(poisson_llr(20, 10, 100) == Approx(20 * std::log(2) + 80 * std::log(8.0 / 9)));
    CHECK(poisson_llr(10, 10, 100) == 0);
    CHECK(poisson_llr(5, 10, 100) == 0);
    CHECK(poisson_llr(100, 10, 100) == Approx(100 * std::log(10)));
    // 5 of 5 inside, 0 of 5 outside: ln 1 + ln 1 - 10 ln(1/2).
    CHECK(bernoulli_llr(5, 5, 5, 10) == Approx(10 * std::log(2)));
    CHECK(bernoulli_llr(2, 5, 5, 10) == 0);
    CHECK(bernoulli_llr(0, 0, 5, 10) == 0);
}

TEST_CASE("the strongest zone is the one found by looking at every circle") {
    std::mt19937_64 random(3);
    for (int round = 0; round < 4; ++round) {
        auto in = board_of(7, 100, static_cast<std::uint64_t>(round));
        for (std::size_t i = 0; i < in.cases.size(); ++i) {
            in.base[i] = static_cast<double>(50 + random() % 100);
            in.cases[i] = static_cast<double>(random() % 6);
        }
        for (const auto model : {ScanModel::Poisson, ScanModel::Bernoulli})
            for (const double share : {0.5, 0.1}) {
                ScanSpec spec{.model = model, .most_population = share, .replicas = 99};
                const auto found = scanned(in, spec);
                REQUIRE(!found.clusters.empty());
                CHECK(found.clusters[0].llr == Approx(strongest_by_hand(in, spec)));
            }
    }
}

TEST_CASE("a planted circle is found, in space and in time, with its cases") {
    auto in = board_of(12, 1000, 1);
    for (auto& c : in.cases) c = 10;
    const std::set<std::uint32_t> planted{5 * 12 + 5, 5 * 12 + 6, 6 * 12 + 5, 6 * 12 + 6,
                                          4 * 12 + 5};
    for (const auto u : planted) in.cases[u] = 30;
    const auto found = scanned(in);
    REQUIRE(!found.clusters.empty());
    const auto& first = found.clusters[0];
    CHECK(first.p == Approx(0.001));
    std::size_t inside = 0;
    for (const auto u : first.units) inside += planted.count(u);
    CHECK(inside >= 4);
    CHECK(first.units.size() <= 9);
    CHECK(first.relative_risk > 2);
    // Three periods; the risk is there in the second only.
    ScanInput times = in;
    times.periods = 3;
    times.base.assign(in.at.size() * 3, 1000);
    times.cases.assign(in.at.size() * 3, 10);
    for (const auto u : planted) times.cases[u * 3 + 1] = 35;
    ScanSpec spec;
    spec.replicas = 99;
    const auto cylinder = scanned(times, spec);
    REQUIRE(!cylinder.clusters.empty());
    CHECK(cylinder.clusters[0].from == 1);
    CHECK(cylinder.clusters[0].until == 1);
    CHECK(cylinder.clusters[0].p == Approx(0.01));
}

TEST_CASE("secondary clusters share no unit with stronger ones") {
    auto in = board_of(14, 1000, 2);
    for (auto& c : in.cases) c = 10;
    for (const auto u : {2u * 14 + 2, 2u * 14 + 3, 3u * 14 + 2}) in.cases[u] = 40;
    for (const auto u : {10u * 14 + 11, 11u * 14 + 11, 11u * 14 + 10}) in.cases[u] = 35;
    const auto found = scanned(in);
    REQUIRE(found.clusters.size() >= 2);
    std::set<std::uint32_t> seen;
    for (const auto& cluster : found.clusters) {
        CHECK(cluster.p <= 0.05);
        for (const auto u : cluster.units) CHECK(seen.insert(u).second);
    }
    CHECK(found.clusters[0].llr >= found.clusters[1].llr);
}

TEST_CASE("scan replicas do not depend on threads, and p is even where nothing is") {
    std::mt19937_64 random(17);
    std::vector<double> p;
    for (const auto model : {ScanModel::Poisson, ScanModel::Bernoulli})
        for (std::uint64_t map = 0; map < 60; ++map) {
            auto in = board_of(6, 40, map);
            for (int k = 0; k < 120; ++k) {
                // Without replacement for trials: a cell never gets more cases than it has.
                const auto u = random() % in.cases.size();
                in.cases[u] += in.cases[u] < in.base[u] ? 1 : 0;
            }
            ScanSpec spec{.model = model, .replicas = 99, .seed = map};
            const auto found = scanned(in, spec, 1);
            if (map == 0) {
                CHECK(found.maxima == scanned(in, spec, 2).maxima);
                CHECK(found.maxima == scanned(in, spec, 7).maxima);
            }
            p.push_back(found.clusters.empty() ? 1 : found.clusters[0].p);
        }
    CHECK(distance_from_even(std::move(p)) < 1.95);
}

TEST_CASE("the quick bound of a likelihood ratio is never below it") {
    // 20 cases where 10 are expected, of 100: 10 squared over 10 and over 90.
    CHECK(poisson_bound(20, 10, 100) == Approx(10 + 10.0 / 9));
    // 3 of 5 inside where 3 of 10 in all: 1.5 are expected, 3.5 failures.
    CHECK(bernoulli_bound(3, 5, 3, 10) ==
          Approx(1.5 * 1.5 * (1 / 1.5 + 1 / 1.5 + 1 / 3.5 + 1 / 3.5)));
    std::mt19937_64 random(23);
    for (int round = 0; round < 20'000; ++round) {
        const double total = static_cast<double>(10 + random() % 100'000);
        const double trials = total + 1 + static_cast<double>(random() % 100'000);
        const double n = std::floor(trials * static_cast<double>(1 + random() % 49) / 100);
        const double most = std::min(n, total);
        const double c = std::floor(most * static_cast<double>(random() % 1001) / 1000);
        if (n < 1 || trials - n < total - c) continue;
        INFO(c << " of " << n << ", " << total << " of " << trials);
        const double e = total * n / trials;
        CHECK(poisson_bound(c, e, total) * (1 + 1e-9) >= poisson_llr(c, e, total));
        CHECK(bernoulli_bound(c, n, total, trials) * (1 + 1e-9) + 1e-9 >=
              bernoulli_llr(c, n, total, trials));
    }
}

// The table of cases is there for speed and bounded for memory: with any length of it, or with
// none, the replicas have the same maxima.
TEST_CASE("zones with more cases than the table holds are compared one by one, to the same end") {
    std::mt19937_64 random(29);
    auto in = board_of(7, 1000, 8);
    in.periods = 3;
    in.base.assign(in.at.size() * 3, 0);
    in.cases.assign(in.at.size() * 3, 0);
    for (std::size_t i = 0; i < in.cases.size(); ++i) {
        in.base[i] = static_cast<double>(300 + random() % 500);
        in.cases[i] = static_cast<double>(5 + random() % 40);
    }
    for (const auto model : {ScanModel::Poisson, ScanModel::Bernoulli}) {
        ScanSpec spec{.model = model, .replicas = 199, .seed = 4};
        const auto tabled = scanned(in, spec);
        REQUIRE(tabled.cases > 2000);
        REQUIRE_FALSE(tabled.clusters.empty());
        for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{300}}) {
            INFO("at most " << most);
            spec.most_tabled = most;
            const auto found = scanned(in, spec);
            REQUIRE(found.maxima.size() == tabled.maxima.size());
            for (std::size_t r = 0; r < found.maxima.size(); ++r)
                CHECK(found.maxima[r] == Approx(tabled.maxima[r]).epsilon(1e-9));
            REQUIRE(found.clusters.size() == tabled.clusters.size());
            for (std::size_t k = 0; k < found.clusters.size(); ++k) {
                CHECK(found.clusters[k].units == tabled.clusters[k].units);
                CHECK(found.clusters[k].llr == tabled.clusters[k].llr);
                CHECK(found.clusters[k].p == tabled.clusters[k].p);
            }
            CHECK(found.maxima == scanned(in, spec, 7).maxima); // whatever the threads
        }
    }
}

TEST_CASE("of tens of millions of cases a scan keeps no number each") {
    // 36 units with a million trials each, nearly all of which succeed but in four of them.
    auto in = board_of(6, 1'000'000, 6);
    const std::set<std::uint32_t> worse{0, 1, 6, 7};
    for (std::uint32_t u = 0; u < in.cases.size(); ++u)
        in.cases[u] = worse.count(u) ? 999'000 : 999'900;
    const auto found = scanned(in, {.model = ScanModel::Bernoulli, .replicas = 99});
    CHECK(found.cases > 35e6);
    REQUIRE_FALSE(found.clusters.empty());
    // Success is more frequent where the four are not.
    for (const auto u : found.clusters[0].units) CHECK(worse.count(u) == 0);
    CHECK(found.clusters[0].p == Approx(0.01));
    CHECK(found.maxima.front() > 0);
}

TEST_CASE("binomial draws are spread as the binomial distribution is") {
    struct Trials {
        double n, p;
    };
    // By search where fewer than ten successes (or failures) are expected, else by rejection.
    const Trials several[] = {{40, 0.3},  {30, 0.1},  {1000, 0.004},
                              {50, 0.93}, {200, 0.5}, {1000, 0.3}};
    std::uint64_t stream = 0;
    for (const auto& [n, p] : several) {
        INFO(p << " of " << n);
        std::uint64_t counter = 0;
        const auto even = [&] {
            const auto key = mix64(mix64(7) ^ ~stream);
            return static_cast<double>(mix64(key + 0x9E3779B97F4A7C15u * counter++) >> 11) *
                   0x1p-53;
        };
        constexpr int kDraws = 100'000;
        std::vector<double> seen(static_cast<std::size_t>(n) + 1, 0);
        for (int k = 0; k < kDraws; ++k) ++seen.at(static_cast<std::size_t>(binomial(n, p, even)));
        // Chi square over numbers of which 20 are expected, rarer ones put together.
        double chi = 0, expected = 0, found = 0, bins = 0;
        for (std::size_t k = 0; k < seen.size(); ++k) {
            const auto at = static_cast<double>(k);
            const double chance =
                std::exp(std::lgamma(n + 1) - std::lgamma(at + 1) - std::lgamma(n - at + 1) +
                         at * std::log(p) + (n - at) * std::log1p(-p));
            expected += kDraws * chance;
            found += seen[k];
            if (expected < 20) continue;
            chi += (found - expected) * (found - expected) / expected;
            ++bins;
            expected = found = 0;
        }
        CHECK(bins >= 10);
        CHECK(std::fabs(chi - (bins - 1)) < 4 * std::sqrt(2 * (bins - 1)));
        ++stream;
    }
    // Billions of trials: mean and variance within four standard errors.
    std::uint64_t counter = 0;
    const auto even = [&] { return static_cast<double>(mix64(counter++) >> 11) * 0x1p-53; };
    constexpr double kBillions = 4e9, kRare = 1e-3, kTimes = 20'000;
    double sum = 0, squares = 0;
    for (int k = 0; k < static_cast<int>(kTimes); ++k) {
        const double away = (binomial(kBillions, kRare, even) - kBillions * kRare) /
                            std::sqrt(kBillions * kRare * (1 - kRare));
        sum += away, squares += away * away;
    }
    CHECK(std::fabs(sum / std::sqrt(kTimes)) < 4);
    CHECK(std::fabs(squares / kTimes - 1) < 4 * std::sqrt(2 / kTimes));
    CHECK(binomial(5, 0, even) == 0);
    CHECK(binomial(5, 1, even) == 5);
    CHECK(binomial(0, 0.5, even) == 0);
}

TEST_CASE("many cases are dealt at once, as if they were dealt one by one") {
    // Two periods; in the second nobody lives in some units, also not in the last.
    auto in = board_of(6, 0, 5);
    in.periods = 2;
    in.base.assign(72, 0);
    in.cases.assign(72, 0);
    for (std::size_t u = 0; u < 36; ++u) {
        in.base[2 * u] = static_cast<double>(300 + u * 97 % 500);
        in.base[2 * u + 1] = u % 5 == 0 ? 0 : static_cast<double>(200 + u * 61 % 400);
        in.cases[2 * u] = 10;
    }
    const auto maxima = [&](double cases, unsigned threads) {
        in.cases[0] = cases - 350; // 35 other units with ten
        auto out = scanned(in, {.seed = 3}, threads).maxima;
        REQUIRE(out.size() == 999);
        std::sort(out.begin(), out.end());
        return out;
    };
    // 64 cases a cell are still dealt one by one; with one more they are not. The replicas differ,
    // their distribution does not (Kolmogorov-Smirnov of two samples, level 0.001).
    const auto one_by_one = maxima(64 * 72, 2), at_once = maxima(64 * 72 + 1, 2);
    CHECK(one_by_one != at_once);
    double worst = 0;
    for (const double limit : one_by_one) {
        const auto below = [&](const std::vector<double>& v) {
            return static_cast<double>(std::upper_bound(v.begin(), v.end(), limit) - v.begin());
        };
        worst = std::max(worst, std::fabs(below(one_by_one) - below(at_once)) / 999);
    }
    CHECK(worst < 1.95 * std::sqrt(2.0 / 999));
    CHECK(at_once == maxima(64 * 72 + 1, 1));
    CHECK(at_once == maxima(64 * 72 + 1, 7));
}

TEST_CASE("p of a scan of many cases is even where nothing is") {
    std::mt19937_64 random(31);
    std::vector<double> p;
    for (std::uint64_t map = 0; map < 60; ++map) {
        auto in = board_of(6, 40, map);
        for (int k = 0; k < 120 * 36; ++k) ++in.cases[random() % in.cases.size()];
        const auto found = scanned(in, {.replicas = 99, .seed = map}, 1);
        p.push_back(found.clusters.empty() ? 1 : found.clusters[0].p);
    }
    CHECK(distance_from_even(std::move(p)) < 1.95);
}

TEST_CASE("scans without anything to find end without a cluster") {
    auto in = board_of(4, 100, 1);
    CHECK(scanned(in).clusters.empty()); // no cases
    for (auto& c : in.cases) c = 3;
    for (auto& b : in.base) b = 100;
    CHECK(scanned(in).clusters.empty()); // everywhere the same
    in.cases[3] = std::nan("");
    in.base[5] = 0;
    in.at[7].x = std::nan("");
    CHECK(scanned(in).left_out == std::vector<std::uint32_t>{3, 5, 7});
    CHECK(scanned(ScanInput{}).clusters.empty());
    ScanInput one;
    one.at = {{0, 0}};
    one.cases = {5};
    one.base = {10};
    CHECK(scanned(one).clusters.empty());
    in.cases[0] = 1.5;
    CHECK_THROWS_AS(scanned(in), base::Error);
    in.cases[0] = 101;
    CHECK_THROWS_AS(scanned(in, {.model = ScanModel::Bernoulli}), base::Error);
    CHECK_THROWS_AS(scanned(in, {.most_population = 0.6}), base::Error);
    CHECK_THROWS_AS(scanned(in, {.replicas = 9}), base::Error);
}

TEST_CASE("units at equal distance enter a zone together") {
    // A cross: the four arms are equally far from the centre. Cases lie in one arm only, so from
    // the centre it cannot be had without the other three.
    ScanInput in;
    in.at = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    in.base.assign(5, 100);
    in.cases = {10, 10, 0, 0, 0};
    const auto found = scanned(in, {.replicas = 99});
    REQUIRE(!found.clusters.empty());
    // {0, 1} is a circle around unit 1, not around unit 0.
    CHECK(found.clusters[0].units == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("a running scan stops within a tenth of a second, in each of its stages") {
    // A whole country with many cases: one replica alone takes far longer than that.
    auto in = board_of(90, 1000, 4);
    for (std::size_t i = 0; i < in.cases.size(); ++i) in.cases[i] = static_cast<double>(i % 23);
    for (const int after_ms : {1, 60, 400, 1500}) {
        INFO("asked after " << after_ms << " ms");
        CHECK(test::seconds_to_stop(
                  [&](base::JobContext& ctx) { scan(in, {.replicas = 9'999}, ctx); },
                  std::chrono::milliseconds(after_ms)) < 0.1);
    }
}

TEST_CASE("units at the same place are in every zone together, also around themselves") {
    // All cases are in unit 0, which shares its place with unit 1.
    auto in = board_of(4, 100, 3);
    in.at[1] = in.at[0];
    in.cases[0] = 30;
    in.cases[1] = 1;
    for (std::size_t u = 2; u < in.cases.size(); ++u) in.cases[u] = 2;
    const ScanSpec spec{.replicas = 99};
    const auto found = scanned(in, spec);
    REQUIRE_FALSE(found.clusters.empty());
    const auto& units = found.clusters.front().units;
    CHECK(std::set<std::uint32_t>(units.begin(), units.end()).count(1) == 1);
    CHECK(found.clusters.front().llr == Approx(strongest_by_hand(in, spec)));
}

TEST_CASE("counts that vary more than chance are told from those that do not") {
    std::mt19937_64 random(11);
    std::vector<double> people, poisson, various;
    for (int u = 0; u < 2000; ++u) {
        people.push_back(500 + static_cast<double>(random() % 1000));
        const double mean = people.back() * 0.03;
        poisson.push_back(std::poisson_distribution<int>(mean)(random));
        // Rates that differ: negative binomial with variance 3 times the mean.
        const double rate = std::gamma_distribution<double>(mean / 2, 2)(random);
        various.push_back(std::poisson_distribution<int>(rate)(random));
    }
    CHECK(overdispersion(poisson, people) == Approx(1).epsilon(0.15));
    CHECK(overdispersion(various, people) == Approx(3).epsilon(0.2));
    // A few clusters are no overdispersion.
    for (int u = 0; u < 100; ++u) poisson[static_cast<std::size_t>(u)] *= 4;
    CHECK(overdispersion(poisson, people) < 1.5);
    CHECK(overdispersion({1, 2}, {10, 10}) == 0);
    CHECK(overdispersion({0, 0, 0}, {10, 10, 10}) == 0);
}
