// Trends of one unit over time: Mann-Kendall, and the categories of emerging hot spots.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace diaban::analysis {

inline constexpr std::size_t kFewestForTrend = 5, kFewestForEmerging = 10;

// Mann (1945), Kendall (1975), with the variance for ties; S counts rising pairs minus falling
// ones.
struct Trend {
    bool defined = false; // at least kFewestForTrend values, not all equal
    double s = 0, variance = 0, z = 0;
    double p = 1; // two-sided; exact from Kendall's distribution up to 10 values without ties
};
// NaN values are left out; the order of the rest counts.
Trend mann_kendall(std::span<const double> values);

enum class Emerging : std::uint8_t {
    None,
    Historical,
    New,
    Consecutive,
    Intensifying,
    Diminishing,
    Persistent,
    Oscillating,
    Sporadic,
};
std::string_view to_string(Emerging category); // "none", "historical", "new" …

// What a step in time is for a unit: significantly hot (1), cold (-1) or neither (0).
struct EmergingResult {
    Emerging category = Emerging::None;
    bool cold = false; // the category is that of a cold spot
    Trend trend;       // of the z values
};
// `step` and `z` in order of time; the tests run in the order of domain reference 9. A trend is
// significant at `alpha`. The caller asks for at least kFewestForEmerging steps. A unit that fits a
// hot and a cold category is named for its last significant step.
EmergingResult emerging(std::span<const std::int8_t> step, std::span<const double> z, double alpha);

} // namespace diaban::analysis
