// Re-expressing values of one vintage on another: totals survive, ratios are recomputed.
#pragma once

#include "data/cube.hpp"

namespace diaban::data {

enum class Basis { Declared, Population, Area };

// weight row i: shares of unit i of `from` in units of `to`; rows sum to 1 (an empty row: abolished
// without successor, reported).
struct Crosswalk {
    std::string from, to;
    Basis basis = Basis::Declared;
    geo::Csr weight;
    std::size_t to_units = 0;
};

// The category of a unit whose sources are of several: known, but of no one class.
inline constexpr std::string_view kMixed = "mixed";

// Counts are split and summed; ratios recomputed from carried numerator and denominator;
// intensities are weighted means; categories are kept where all sources agree, else kMixed, a
// category of its own, with a finding "mixed_category". A cell whose sources are not whole is
// Estimated; one with a missing source is Missing, never zero. A ratio whose numerator or
// denominator is not in the cube survives only where a unit stayed whole.
IndicatorCube carry(const IndicatorCube& cube, const Crosswalk& crosswalk,
                    base::Findings& findings);

// Where the values of a count went: before = after + withheld + lost, but for rounding.
struct Balance {
    double before = 0, after = 0;
    double withheld = 0; // in new units that have no value, as another part of theirs is unknown
    double lost = 0;     // of old units without successor, or none with a known share
};
// `after` is the slice that carry() made of `before`, units withheld or not.
Balance balance(const Slice& before, const Slice& after, const Crosswalk& crosswalk);

// From first.from to second.to. Throws Error Data "error.crosswalk.no_chain" if they do not meet.
Crosswalk compose(const Crosswalk& first, const Crosswalk& second);

} // namespace diaban::data
