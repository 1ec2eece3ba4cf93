#include "analysis/local.hpp"

#include "analysis/global.hpp"
#include "analysis/random.hpp"
#include "analysis/rates.hpp"
#include "published.hpp"
#include "stopping.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <thread>

using namespace diaban;
using namespace diaban::analysis;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

LocalResult run(const std::vector<double>& x, const geo::Csr& links, LocalSpec spec,
                unsigned threads = 2, const std::vector<double>& y = {}) {
    base::JobContext ctx(threads);
    return local_statistic(observe(x, y, links), x.size(), spec, ctx);
}

LocalSpec with(LocalMethod method, std::uint32_t permutations = 999) {
    LocalSpec spec;
    spec.method = method;
    spec.permutations = permutations;
    return spec;
}

std::vector<double> noise(std::size_t n, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<double> out(n);
    for (auto& v : out) v = static_cast<double>(random() >> 11) * 0x1p-53;
    return out;
}

constexpr LocalMethod kValueMethods[] = {LocalMethod::Gi, LocalMethod::GiStar, LocalMethod::Moran,
                                         LocalMethod::Geary};

// The largest distance between the distribution of p and the even one, times sqrt(n).
double kolmogorov(std::vector<double> p) {
    std::sort(p.begin(), p.end());
    double worst = 0;
    const auto n = static_cast<double>(p.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto rank = static_cast<double>(i);
        worst = std::max({worst, std::fabs(p[i] - rank / n), std::fabs(p[i] - (rank + 1) / n)});
    }
    return worst * std::sqrt(n);
}

} // namespace

TEST_CASE("random numbers depend on their coordinates alone and fall evenly") {
    CHECK(bounded(1, 2, 3, 4, 1000) == bounded(1, 2, 3, 4, 1000));
    // 2^32 = 3 * 1431655765 + 1: only the number 0 has to be drawn again.
    CHECK(rejected_below(3) == 1);
    CHECK(rejected_below(1u << 16) == 0);
    constexpr std::uint32_t kRange = 97;
    std::vector<double> count(kRange, 0);
    constexpr std::uint32_t kDraws = 970'000;
    for (std::uint32_t p = 0; p < kDraws; ++p) ++count[bounded(5, p % 13, p, p % 7, kRange)];
    double chi = 0;
    for (const double c : count) chi += (c - 10'000) * (c - 10'000) / 10'000;
    CHECK(chi > 55);  // 96 degrees of freedom: 0.0002 and
    CHECK(chi < 155); // 0.0001 of the tables
}

TEST_CASE("conditional draws never repeat a value nor take the unit's own") {
    // By rejection (few of many) and by shuffling (many of few).
    for (const auto& [n, k] : {std::pair<std::size_t, std::size_t>{400, 6}, {30, 12}, {8, 7}}) {
        ConditionalPermutation permutation(std::vector<double>(n, 0), 11, 999);
        std::map<std::uint32_t, int> seen;
        for (std::uint32_t p = 0; p < 2000; ++p) {
            const auto drawn = permutation.positions({.self = 3, .unit = 3, .count = k}, p);
            CHECK(drawn.size() == k);
            const std::set<std::uint32_t> distinct(drawn.begin(), drawn.end());
            CHECK(distinct.size() == k);
            CHECK(distinct.count(3) == 0);
            CHECK(*distinct.rbegin() < n);
            for (const auto at : drawn) ++seen[at];
        }
        CHECK(seen.size() == n - 1);
    }
}

TEST_CASE("the tails are those of the positions, drawn one permutation at a time") {
    const auto x = noise(300, 3);
    for (const std::size_t k : {1u, 5u, 8u, 40u}) {
        for (const bool squared : {false, true}) {
            ConditionalPermutation permutation(x, 42, 2500);
            Draws draws{.self = 299, .unit = 1234, .count = k, .squared = squared};
            std::vector<double> weights;
            if (k == 5) {
                weights = {1, 0.5, 0.25, 2, 3};
                draws.weights = weights;
            }
            draws.centre = squared ? 0.3 : 0;
            draws.observed = squared ? 0.1 * static_cast<double>(k) : 0.5 * static_cast<double>(k);
            base::JobContext ctx(1);
            Tails expected;
            for (std::uint32_t p = 0; p < 2500; ++p) {
                double sum = 0;
                std::size_t d = 0;
                for (const auto at : permutation.positions(draws, p)) {
                    const double w = weights.empty() ? 1 : weights[d++];
                    sum += w * (squared ? (0.3 - x[at]) * (0.3 - x[at]) : x[at]);
                }
                expected.at_least += sum >= draws.observed;
                expected.at_most += sum <= draws.observed;
            }
            CHECK(permutation.run(draws, ctx) == expected);
        }
    }
}

TEST_CASE("with one neighbour the permutations meet the exact distribution") {
    // The neighbour's value is one of the others with equal chance: 7 of 99 others are >= it.
    std::vector<double> x(100);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
    ConditionalPermutation permutation(x, 1, 99'999);
    base::JobContext ctx(1);
    const auto tails = permutation.run({.self = 0, .unit = 0, .count = 1, .observed = 93}, ctx);
    CHECK(tails.at_least == Approx(99'999 * 7.0 / 99).margin(4 * std::sqrt(7000)));
    CHECK(tails.at_least + tails.at_most == Approx(99'999 * 100.0 / 99).margin(4 * 32));
}

TEST_CASE("equal sums in another order are ties, on both sides") {
    // 0.1 + 0.2 + 0.3 in any order: every permutation is the observed one.
    const std::vector<double> x{0.7, 0.1, 0.2, 0.3};
    ConditionalPermutation permutation(x, 1, 999);
    base::JobContext ctx(1);
    const auto tails =
        permutation.run({.self = 0, .unit = 0, .count = 3, .observed = 0.1 + 0.2 + 0.3}, ctx);
    CHECK(tails.at_least == 999);
    CHECK(tails.at_most == 999);
    CHECK(pseudo_p(tails, 999, false) == 1);
}

TEST_CASE("the pseudo p is two-sided, and GeoDa's is directed") {
    CHECK(pseudo_p({4, 995}, 999, false) == Approx(0.01));
    CHECK(pseudo_p({4, 995}, 999, true) == Approx(0.005));
    CHECK(pseudo_p({999, 0}, 999, false) == Approx(0.002));
    CHECK(pseudo_p({600, 600}, 999, false) == 1);
}

TEST_CASE("any number of threads gives the same bits") {
    const auto links = test::board(20, 17);
    auto x = noise(340, 8);
    x[7] = kNaN;
    for (const auto method : kValueMethods) {
        const auto one = run(x, links, with(method), 1);
        for (const unsigned threads : {2u, 7u}) {
            const auto many = run(x, links, with(method), threads);
            // Compared as bytes: NaN equals NaN.
            const auto same = [](const std::vector<double>& a, const std::vector<double>& b) {
                return a.size() == b.size() &&
                       std::equal(reinterpret_cast<const std::uint64_t*>(a.data()),
                                  reinterpret_cast<const std::uint64_t*>(a.data() + a.size()),
                                  reinterpret_cast<const std::uint64_t*>(b.data()));
            };
            CHECK(same(one.p_permutation, many.p_permutation));
            CHECK(same(one.z, many.z));
            CHECK(one.significant == many.significant);
        }
    }
    base::JobContext one(1), seven(7);
    const auto in = observe(x, {}, links);
    CHECK(global_statistics(in, 999, 1, one).moran.p_permutation ==
          global_statistics(in, 999, 1, seven).moran.p_permutation);
}

TEST_CASE("another seed or unit draws other permutations") {
    const auto links = test::board(20, 17);
    const auto x = noise(340, 8);
    auto spec = with(LocalMethod::Moran);
    const auto first = run(x, links, spec);
    spec.seed = 2;
    CHECK(first.p_permutation != run(x, links, spec).p_permutation);
}

TEST_CASE("without structure p is even and the false discoveries are held") {
    const auto links = test::board(30, 30);
    for (const auto method : kValueMethods) {
        std::size_t maps_with_finds = 0;
        std::vector<double> p;
        constexpr std::uint64_t kMaps = 60;
        for (std::uint64_t map = 0; map < kMaps; ++map) {
            const auto found = run(noise(900, 100 + map), links, with(method));
            maps_with_finds +=
                std::count(found.significant.begin(), found.significant.end(), 1) > 0;
            // Units apart from each other, so that their p are independent.
            for (std::uint32_t y = 1; y < 30; y += 4)
                for (std::uint32_t c = 1; c < 30; c += 4)
                    p.push_back(found.p_permutation[y * 30 + c]);
        }
        INFO("method " << static_cast<int>(method));
        CHECK(p.size() == kMaps * 64);
        CHECK(kolmogorov(p) < 1.95); // 0.001 of Kolmogorov's distribution
        // Nothing is there, so every find is false: at most 5 % of maps may have one (and 3 sd).
        CHECK(static_cast<double>(maps_with_finds) <= 0.05 * kMaps + 3 * std::sqrt(0.05 * kMaps));
    }
}

TEST_CASE("a planted block is found, and its edge is where it was planted") {
    const auto links = test::board(30, 30);
    auto x = noise(900, 5);
    for (std::uint32_t r = 10; r < 15; ++r)
        for (std::uint32_t c = 10; c < 15; ++c) x[r * 30 + c] += 2;
    const auto found = run(x, links, with(LocalMethod::GiStar, 9999));
    for (std::uint32_t r = 11; r < 14; ++r)
        for (std::uint32_t c = 11; c < 14; ++c) {
            CHECK(found.significant[r * 30 + c] == 1);
            CHECK(found.pattern[r * 30 + c] == Pattern::Hot);
            CHECK(found.level[r * 30 + c] >= 2);
        }
    const Pattern hot[] = {Pattern::Hot};
    const auto groups = clusters(found, links, hot);
    REQUIRE(!groups.empty());
    CHECK(groups[0].size() >= 20);
    CHECK(groups[0].size() <= 45);
    CHECK(expected_by_chance(found) ==
          Approx(0.05 * static_cast<double>(
                            std::count(found.significant.begin(), found.significant.end(), 1))));
    const auto moran = run(x, links, with(LocalMethod::Moran, 9999));
    CHECK(moran.pattern[12 * 30 + 12] == Pattern::HighHigh);
    CHECK(moran.significant[12 * 30 + 12] == 1);
    const auto geary = run(x, links, with(LocalMethod::Geary, 9999));
    CHECK(geary.pattern[12 * 30 + 12] == Pattern::HighHigh);
}

TEST_CASE("islands, missing values and constants have outcomes of their own") {
    // 0 - 1 - 2, 3 alone, 4 linked to 5 only, which has no value.
    geo::Csr links;
    links.index = {1, 0, 2, 1, 5, 4};
    links.offset = {0, 1, 3, 4, 4, 5, 6};
    for (const auto method : kValueMethods) {
        const auto found = run({1, 2, 4, 8, 16, kNaN}, links, with(method, 99));
        CHECK(found.outcome[1] == Outcome::Tested);
        CHECK(found.outcome[3] == Outcome::Island);
        CHECK(found.outcome[4] == Outcome::Island);
        CHECK(found.outcome[5] == Outcome::NoData);
        CHECK(std::isnan(found.z[3]));
        CHECK(std::isnan(found.p_permutation[5]));
        CHECK(found.tested == 3);
        CHECK(found.observed == 5);
    }
    for (const auto method : kValueMethods) {
        const auto same = run(std::vector<double>(9, 3.3), test::board(3, 3), with(method, 99));
        CHECK(same.tested == 0);
        for (const auto outcome : same.outcome) CHECK(outcome == Outcome::Undefined);
        // One, two and no units.
        CHECK(run({1}, test::board(1, 1), with(method, 99)).outcome[0] == Outcome::Island);
        CHECK(run({1, 2}, test::board(2, 1), with(method, 99)).outcome[0] == Outcome::Undefined);
        CHECK(run({}, {}, with(method, 99)).units == 0);
        CHECK(run({kNaN, kNaN, kNaN}, test::board(3, 1), with(method, 99)).outcome[1] ==
              Outcome::NoData);
        // Everybody is everybody's neighbour: the sum around is no surprise.
        geo::Csr all;
        for (std::uint32_t i = 0; i < 5; ++i) {
            for (std::uint32_t j = 0; j < 5; ++j)
                if (j != i) all.index.push_back(j);
            all.offset.push_back(static_cast<std::uint32_t>(all.index.size()));
        }
        for (const auto outcome : run({1, 2, 3, 5, 9}, all, with(method, 99)).outcome)
            CHECK(outcome == Outcome::Undefined);
    }
}

TEST_CASE("one outlier among equals is not tested against itself") {
    std::vector<double> x(25, 1);
    x[12] = 5;
    const auto found = run(x, test::board(5, 5), with(LocalMethod::Moran, 99));
    CHECK(found.outcome[12] == Outcome::Undefined); // the others are constant
    CHECK(found.outcome[11] == Outcome::Tested);
}

TEST_CASE("local join counts are asked of those that have the property") {
    std::vector<double> hot(100, 0);
    for (const auto i : {44u, 45u, 54u, 55u, 0u}) hot[i] = 1;
    const auto found = run(hot, test::board(10, 10), with(LocalMethod::JoinCount, 99'999));
    CHECK(found.outcome[43] == Outcome::NotAsked);
    CHECK(found.tested == 5);
    CHECK(found.statistic[44] == 2);
    CHECK(found.pattern[44] == Pattern::Together);
    CHECK(found.pattern[0] == Pattern::Apart);
    // Unit 44: 2 of 4 neighbours from the other 4 of 99. P(>= 2) by hand:
    // (C(4,2) C(95,2) + C(4,3) C(95,1) + C(4,4)) / C(99,4) = (26790 + 380 + 1) / 3764376.
    CHECK(found.p_analytic[44] == Approx(2 * 27171.0 / 3764376));
    CHECK(found.p_permutation[44] == Approx(found.p_analytic[44]).epsilon(0.1));
    CHECK(found.p_analytic[0] == 1);
    CHECK_THROWS_AS(run({0, 1, 2}, test::board(3, 1), with(LocalMethod::JoinCount)), base::Error);
    for (const auto outcome :
         run(std::vector<double>(9, 1), test::board(3, 3), with(LocalMethod::JoinCount)).outcome)
        CHECK(outcome == Outcome::Undefined);
}

TEST_CASE("bivariate local Moran of a variable with itself is local Moran") {
    const auto links = test::board(12, 9);
    const auto x = noise(108, 21);
    const auto one = run(x, links, with(LocalMethod::Moran));
    const auto two = run(x, links, with(LocalMethod::Bivariate), 2, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
        CHECK(two.statistic[i] == Approx(one.statistic[i]));
        CHECK(two.z[i] == Approx(one.z[i]));
        CHECK(two.p_permutation[i] == one.p_permutation[i]);
    }
    double sum = 0;
    for (const double I : two.statistic) sum += I;
    base::JobContext ctx;
    CHECK(bivariate_moran(observe(x, x, links), 0, 1, ctx).statistic == Approx(sum / 108));
}

TEST_CASE("the moments of the global bivariate Moran are those of all arrangements of y") {
    const auto links = test::board(3, 2);
    const std::vector<double> x{4, 1, 3, 7, 2, 2.5};
    std::vector<double> y{1, 5, 2, 8, 3, 13}; // sorted below: every arrangement once
    base::JobContext ctx;
    const auto found = bivariate_moran(observe(x, y, links), 9'999, 5, ctx);
    REQUIRE(found.defined);
    auto arranged = y;
    std::sort(arranged.begin(), arranged.end());
    double count = 0, sum = 0, squares = 0, at_least = 0, at_most = 0;
    do {
        const double now = bivariate_moran(observe(x, arranged, links), 0, 1, ctx).statistic;
        ++count, sum += now, squares += now * now;
        at_least += now >= found.statistic - 1e-12;
        at_most += now <= found.statistic + 1e-12;
    } while (std::next_permutation(arranged.begin(), arranged.end()));
    CHECK(count == 720);
    CHECK(found.expectation == 0);
    CHECK(sum / count == Approx(0).margin(1e-12));
    CHECK(found.variance == Approx(squares / count));
    // Two-sided, within three standard errors of the share among all arrangements.
    const double exact = std::min(1.0, 2 * std::min(at_least, at_most) / count);
    CHECK(found.p_permutation == Approx(exact).margin(3 * 2 * std::sqrt(exact / 2 / 9'999)));
    CHECK_FALSE(bivariate_moran(observe(x, std::vector<double>(6, 2), links), 99, 5, ctx).defined);
}

TEST_CASE("weights that decay change sums, not the rules") {
    auto links = test::board(9, 9);
    const auto x = noise(81, 33);
    const auto plain = run(x, links, with(LocalMethod::Gi));
    links.weight.assign(links.index.size(), 0.25); // all equal: the same test
    const auto scaled = run(x, links, with(LocalMethod::Gi));
    for (std::size_t i = 0; i < x.size(); ++i) {
        CHECK(scaled.z[i] == Approx(plain.z[i]));
        CHECK(scaled.p_permutation[i] == plain.p_permutation[i]);
    }
    for (std::size_t k = 0; k < links.weight.size(); ++k)
        links.weight[k] = 1.0 / static_cast<double>(1 + k % 3);
    const auto decaying = run(x, links, with(LocalMethod::Gi, 99'999));
    for (std::size_t i = 0; i < x.size(); ++i)
        CHECK(decaying.p_permutation[i] == Approx(decaying.p_analytic[i]).margin(0.09));
}

TEST_CASE("running tests stop within a tenth of a second") {
    const auto links = test::board(100, 100);
    const auto x = noise(10'000, 1);
    const auto in = observe(x, {}, links);
    const std::chrono::milliseconds soon(150);
    for (const auto method : kValueMethods)
        CHECK(test::seconds_to_stop(
                  [&](base::JobContext& ctx) {
                      local_statistic(in, x.size(), with(method, 999'999), ctx);
                  },
                  soon) < 0.1);
    CHECK(test::seconds_to_stop(
              [&](base::JobContext& ctx) { global_statistics(in, 999'999, 1, ctx); }, soon) < 0.1);
}

TEST_CASE("Benjamini and Hochberg step up from the largest p") {
    // Their own example (1995, section 4.1): 15 tests at 0.05, the four smallest are rejected.
    const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    CHECK(critical_p(p, 0.05, Correction::Fdr) == 0.0095);
    CHECK(critical_p(p, 0.05, Correction::Bonferroni) == 0.0019);
    CHECK(critical_p(p, 0.05, Correction::None) == 0.0459);
    // A step up, not down: 0.04 and 0.045 fail alone but pass together.
    CHECK(critical_p(std::vector<double>{0.04, 0.045}, 0.05, Correction::Fdr) == 0.045);
    CHECK(critical_p(std::vector<double>{kNaN, 0.045}, 0.05, Correction::Fdr) == 0.045);
    CHECK(critical_p(std::vector<double>{0.5}, 0.05, Correction::Fdr) < 0);
    CHECK(critical_p({}, 0.05, Correction::Fdr) < 0);
}

TEST_CASE("what one expects by chance follows from the correction") {
    CHECK(expected_by_chance(200, 12, 0.05, Correction::None) == Approx(10));
    CHECK(expected_by_chance(200, 12, 0.05, Correction::Fdr) == Approx(0.6));
    CHECK(expected_by_chance(200, 12, 0.05, Correction::Bonferroni) == Approx(0.05));
}

TEST_CASE("the reach of the permutations is known before they run") {
    // The examples of domain.md, section 9.
    auto reach = permutation_reach(156, 999, 0.05, Correction::Fdr, false);
    CHECK(reach.units_needed == 7);
    CHECK(reach.wanted == 6239);
    CHECK(permutation_reach(156, 9999, 0.05, Correction::Fdr, false).units_needed == 1);
    CHECK(permutation_reach(3321, 9999, 0.05, Correction::Fdr, false).units_needed == 14);
    CHECK_FALSE(reach.out_of_reach);
    CHECK(permutation_reach(156, 999, 0.05, Correction::Bonferroni, false).out_of_reach);
    CHECK_FALSE(permutation_reach(156, 6239, 0.05, Correction::Bonferroni, false).out_of_reach);
    CHECK(permutation_reach(5, 99, 0.01, Correction::Fdr, false).out_of_reach);
    CHECK_FALSE(permutation_reach(156, 99, 0.05, Correction::None, false).out_of_reach);
    CHECK(permutation_reach(10, 99, 0.05, Correction::None, true).smallest_p == Approx(0.01));
}

TEST_CASE("a request that makes no sense is refused") {
    const auto links = test::board(4, 4);
    const auto x = noise(16, 1);
    CHECK_THROWS_AS(run(x, links, with(LocalMethod::Gi, 98)), base::Error);
    CHECK_THROWS_AS(run(x, links, with(LocalMethod::Gi, 1'000'000)), base::Error);
    auto spec = with(LocalMethod::Gi);
    spec.alpha = 0;
    CHECK_THROWS_AS(run(x, links, spec), base::Error);
}

TEST_CASE("rates by hand") {
    // 2 of 100, 0 of 50, none of nobody, 4 of 50; m = 6 / 200 = 0.03.
    const std::vector<double> events{2, 0, 0, 4}, people{100, 50, 0, 50};
    const auto raw = rates(events, people, RateKind::Raw);
    CHECK(raw[0] == Approx(0.02));
    CHECK(raw[1] == 0);
    CHECK(std::isnan(raw[2]));
    CHECK(rates(events, people, RateKind::ExcessRisk)[3] == Approx(0.08 / 0.03));
    // s2 = (100 * 0.0001 + 50 * 0.0009 + 50 * 0.0025) / 200 = 0.0009;
    // m / mean P = 0.03 / (200 / 3) = 0.00045: a = 0.00045.
    const auto bayes = rates(events, people, RateKind::EmpiricalBayes);
    CHECK(bayes[0] == Approx(0.03 + 0.00045 * -0.01 / (0.00045 + 0.0003)));
    CHECK(bayes[1] == Approx(0.03 + 0.00045 * -0.03 / (0.00045 + 0.0006)));
    const auto index = rates(events, people, RateKind::BayesIndex);
    CHECK(index[3] == Approx(0.05 / std::sqrt(0.00045 + 0.0006)));
    CHECK(std::isnan(index[2]));
    const std::vector<double> none(4, 0);
    CHECK(rates(none, people, RateKind::EmpiricalBayes)[0] == 0);
    CHECK(std::isnan(rates(none, people, RateKind::BayesIndex)[0]));
    CHECK(std::isnan(rates(none, none, RateKind::Raw)[0]));
    // Expected events: 3, 1.5, -, 1.5.
    CHECK(unstable(events, people, 2) == std::vector<bool>{false, true, false, true});
}

TEST_CASE("global statistics of a chessboard, of islands and of constants") {
    const auto links = test::board(4, 4);
    std::vector<double> x;
    for (int i = 0; i < 16; ++i) x.push_back((i / 4 + i) % 2);
    const auto in = observe(x, {}, links);
    CHECK(moran(in, Style::RowStandardised).statistic == Approx(-1));
    CHECK(moran(in, Style::Binary).statistic == Approx(-1));
    CHECK(general_g(in).statistic == 0);
    base::JobContext ctx(2);
    const auto joins = join_counts(in, 999, 1, ctx);
    CHECK(joins.both.statistic == 0);
    CHECK(joins.mixed.statistic == 24); // every edge
    CHECK(joins.mixed.p_permutation == Approx(0.002));
    const auto permuted = global_statistics(in, 999, 1, ctx);
    CHECK(permuted.moran.p_permutation == Approx(0.002));
    CHECK_FALSE(moran(observe(std::vector<double>(16, 2), {}, links), Style::Binary).defined);
    CHECK_FALSE(
        moran(observe(std::vector<double>{1, 2, 3}, {}, test::board(3, 1)), Style::Binary).defined);
    CHECK_FALSE(
        general_g(observe(std::vector<double>{1, -2, 3, 4, 5, 6, 7, 8, 9}, {}, test::board(3, 3)))
            .defined);
}

TEST_CASE("global pseudo p agrees with the analytic one where there is nothing") {
    const auto links = test::board(25, 25);
    std::vector<double> p;
    for (std::uint64_t map = 0; map < 150; ++map) {
        base::JobContext ctx(2);
        const auto found =
            global_statistics(observe(noise(625, 900 + map), {}, links), 199, 7, ctx);
        p.push_back(found.moran.p_permutation);
        CHECK(found.moran.p_permutation == Approx(found.moran.p_analytic).margin(0.2));
    }
    CHECK(kolmogorov(p) < 1.95);
}
