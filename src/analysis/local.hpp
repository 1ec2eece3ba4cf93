// Local statistics: which units lie in a cluster, by formulas of domain.md section 9.
//
// Sources: Gi and Gi* Ord & Getis (1995); local Moran Anselin (1995), divided by m2 = sum z^2 / n;
// its moments given the unit's own value Sokal, Oden & Thomson (1998); local Geary Anselin (2019),
// on values standardised with n - 1 as spdep and GeoDa do; local join count Anselin & Li (2019);
// bivariate local Moran Anselin, Syabri & Kho (2006), both variables standardised with n.
// Differential local Moran is local Moran of the differences between two years.
//
// Guarantees: every unit has an outcome; a number that does not exist is NaN, never zero. The same
// bits for any number of threads. Islands and units without a value are not tested and take no part
// in a correction; islands do count for mean and variance and may be drawn in permutations.
#pragma once

#include "analysis/inference.hpp"
#include "analysis/observed.hpp"
#include "analysis/permutation.hpp"

namespace diaban::analysis {

enum class LocalMethod { Gi, GiStar, Moran, Geary, JoinCount, Bivariate };

struct LocalSpec {
    LocalMethod method = LocalMethod::GiStar;
    std::uint32_t permutations = 9999; // 0: analytic p alone; else 99 .. 999,999
    std::uint64_t seed = 1;
    double alpha = 0.05;
    Correction correction = Correction::Fdr;
    bool directed = false; // pseudo p of the smaller tail alone, as GeoDa
    // Weight of the unit itself in Gi*; NaN: the largest weight of its row (1 for plain links).
    double self_weight = 1;
    friend bool operator==(const LocalSpec&, const LocalSpec&) = default;
};

enum class Outcome : std::uint8_t {
    Tested,
    Island,    // no neighbour that has a value
    NoData,    // no value
    Undefined, // nothing to test: constant values, fewer than three units, all units neighbours
    NotAsked,  // local join count of a unit that does not have the property
};

// On which side of chance a unit lies, whether significant or not.
enum class Pattern : std::uint8_t {
    None,
    HighHigh, // Moran, Bivariate, Geary: unit and neighbours high
    LowLow,
    HighLow, // a high unit among low neighbours
    LowHigh,
    Hot, // Gi, Gi*
    Cold,
    OtherSimilar, // Geary: alike, but neither both high nor both low
    Different,    // Geary: unlike its neighbours
    Together,     // JoinCount: more neighbours with the property than by chance
    Apart,        // JoinCount: fewer
};

struct LocalResult {
    LocalSpec spec;
    std::size_t units = 0, observed = 0, tested = 0;
    // One per row of the table
    std::vector<Outcome> outcome;
    std::vector<Pattern> pattern;
    std::vector<double> statistic, expectation, variance, z;
    std::vector<double> p_analytic;    // two-sided normal; JoinCount: exact, hypergeometric
    std::vector<double> p_permutation; // empty if spec.permutations is 0
    std::vector<double> value, lag;    // standardised with n; lag is the mean of the neighbours
    // Strongest of the levels 0.10, 0.05, 0.01 passed after correction: 1, 2, 3; 0 = none of them.
    std::vector<std::uint8_t> level;
    std::vector<std::uint8_t> significant; // at spec.alpha after correction
    double critical = -1;                  // largest significant p; negative if none

    // The p that decides: of the permutations if there were any.
    const std::vector<double>& p() const {
        return p_permutation.empty() ? p_analytic : p_permutation;
    }
};

// Throws Error Usage "error.hotspots.permutations", "error.hotspots.alpha" where local_statistic()
// would, before there is anything to look at.
void check_spec(const LocalSpec& spec);

// `units` is the number of rows of the table that `observed` was made from. For JoinCount x must be
// 0 or 1 (Error Data "error.hotspots.not_binary"); Bivariate needs y. Throws Error Usage
// "error.hotspots.permutations", "error.hotspots.alpha".
LocalResult local_statistic(const Observed& observed, std::size_t units, const LocalSpec& spec,
                            base::JobContext& ctx);

// Significant units of one kind (hot, cold; high-high …) that touch: groups of units, largest
// first, linked by `links` in either direction.
std::vector<std::vector<std::uint32_t>> clusters(const LocalResult& result, const geo::Csr& links,
                                                 std::span<const Pattern> kinds);

// The same of the units of a result.
double expected_by_chance(const LocalResult& result);

} // namespace diaban::analysis
