// Global statistics: is there any clustering at all, over the whole map?
//
// Sources: Moran's I and Geary's C with the variance under randomisation (Cliff & Ord 1981),
// General G (Getis & Ord 1992, with the corrected coefficient that spdep uses), join counts with
// the moments of sampling without replacement (Cliff & Ord 1981). As in spdep, n counts the units
// that have a neighbour and the mean is that of all units with a value; General G leaves islands
// out altogether.
//
// Guarantees: a statistic that does not exist is not defined, never zero. Permutations shuffle all
// values over all units; the same bits for any number of threads.
#pragma once

#include "analysis/observed.hpp"
#include "base/job.hpp"

namespace diaban::analysis {

struct GlobalTest {
    bool defined = false;
    double statistic = 0, expectation = 0, variance = 0;
    double z = 0;              // (statistic - expectation) / sd; for C this is negative in clusters
    double p_analytic = 1;     // two-sided
    double p_permutation = -1; // two-sided pseudo p; negative if not permuted
};

struct GlobalResult {
    GlobalTest moran, geary; // row-standardised weights
    GlobalTest general_g;    // binary weights; only of values that are none of them negative
    std::uint32_t permutations = 0;
};

// `permutations` 0 or 99 .. 999,999.
GlobalResult global_statistics(const Observed& observed, std::uint32_t permutations,
                               std::uint64_t seed, base::JobContext& ctx);

GlobalTest moran(const Observed& observed, Style style);
GlobalTest geary(const Observed& observed, Style style);
GlobalTest general_g(const Observed& observed);
// Moran's I of a second variable around the first: sum z_x (W z_y) / n, standardised with n
// (Anselin, Syabri & Kho 2002). Under the null hypothesis the second variable is shuffled over all
// units and the first stays, as in esda: the sum is then linear in the shuffled values, and its
// expectation 0 and variance sum (c_j - mean c)^2 sum y^2 / (n - 1), c_j = sum_i w_ij z_x,i, are
// those of a linear permutation statistic (Hoeffding 1951). `permutations` as above.
GlobalTest bivariate_moran(const Observed& observed, std::uint32_t permutations, std::uint64_t seed,
                           base::JobContext& ctx);

// Joins between units of x in {0, 1}, each pair once; binary weights. Throws Error Data
// "error.hotspots.not_binary".
struct JoinCounts {
    GlobalTest both, neither, mixed; // 1-1, 0-0, 0-1
};
JoinCounts join_counts(const Observed& observed, std::uint32_t permutations, std::uint64_t seed,
                       base::JobContext& ctx);

} // namespace diaban::analysis
