// From many p values to a decision: corrections for many tests, and whether the permutations are
// enough for any of them to pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace diaban::analysis {

enum class Correction { Fdr, Bonferroni, None };
std::string_view to_string(Correction correction); // "fdr", "bonferroni", "none"

// The largest p that is significant at `alpha` among the tests; a negative number if none is.
// Fdr: the step-up procedure of Benjamini & Hochberg (1995), as Caldas de Castro & Singer (2006)
// use it for local statistics: k* = max{k: p_(k) <= k alpha / m}, reject p <= p_(k*).
// NaN stands for a unit that was not tested and takes no part in m.
double critical_p(std::span<const double> p, double alpha, Correction correction);

// How many of the tests one would expect to call significant by chance alone: alpha times the tests
// without correction, alpha times the significant ones under Fdr, at most alpha under Bonferroni.
double expected_by_chance(std::size_t tests, std::size_t significant, double alpha,
                          Correction correction);

// Two-sided p of a standard normal z; NaN for NaN.
double normal_p(double z);

// What a number of permutations can show, known before they are run.
struct PermutationReach {
    double smallest_p = 1;        // that a unit can get
    std::size_t units_needed = 1; // that must have it together for any to pass (Fdr)
    bool out_of_reach = false;    // no unit can pass, whatever the data
    std::uint64_t wanted = 0;     // permutations with which one unit alone could pass
};
PermutationReach permutation_reach(std::size_t tests, std::uint32_t permutations, double alpha,
                                   Correction correction, bool directed);

} // namespace diaban::analysis
