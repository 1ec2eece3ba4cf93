#include "analysis/inference.hpp"

#include "analysis/portable.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaban::analysis {

std::string_view to_string(Correction correction) {
    switch (correction) {
    case Correction::Fdr:
        return "fdr";
    case Correction::Bonferroni:
        return "bonferroni";
    case Correction::None:
        return "none";
    }
    return "none";
}

double critical_p(std::span<const double> p, double alpha, Correction correction) {
    std::vector<double> sorted;
    for (const double one : p)
        if (!std::isnan(one)) sorted.push_back(one);
    if (sorted.empty()) return -1;
    std::sort(sorted.begin(), sorted.end());
    const auto m = static_cast<double>(sorted.size());
    if (correction != Correction::Fdr) {
        const double limit = correction == Correction::None ? alpha : alpha / m;
        const auto end = std::upper_bound(sorted.begin(), sorted.end(), limit);
        return end == sorted.begin() ? -1 : end[-1];
    }
    for (std::size_t k = sorted.size(); k > 0; --k)
        if (sorted[k - 1] <= static_cast<double>(k) * alpha / m) return sorted[k - 1];
    return -1;
}

double expected_by_chance(std::size_t tests, std::size_t significant, double alpha,
                          Correction correction) {
    switch (correction) {
    case Correction::None:
        return alpha * static_cast<double>(tests);
    case Correction::Fdr:
        return alpha * static_cast<double>(significant);
    case Correction::Bonferroni:
        return alpha;
    }
    return 0;
}

double normal_p(double z) {
    return portable_erfc(std::fabs(z) / std::sqrt(2.0));
}

PermutationReach permutation_reach(std::size_t tests, std::uint32_t permutations, double alpha,
                                   Correction correction, bool directed) {
    const double sides = directed ? 1 : 2;
    const auto m = static_cast<double>(std::max<std::size_t>(tests, 1));
    // The limit for one unit alone at the floor.
    const double alone = correction == Correction::None ? alpha : alpha / m;
    // Whole numbers must not be missed by the rounding of a division.
    constexpr double kSlack = 1e-9;
    PermutationReach out;
    out.smallest_p = std::min(1.0, sides / (permutations + 1.0));
    out.wanted = static_cast<std::uint64_t>(std::ceil(sides / alone - 1 - kSlack));
    if (correction == Correction::Fdr)
        out.units_needed = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::ceil(m * out.smallest_p / alpha - kSlack)));
    out.out_of_reach = correction == Correction::Fdr ? static_cast<double>(out.units_needed) > m
                                                     : out.smallest_p > alone * (1 + kSlack);
    return out;
}

} // namespace diaban::analysis
