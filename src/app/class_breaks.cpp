#include "app/class_breaks.hpp"

#include <cmath>
#include <numeric>

namespace diaban::app {

std::optional<Breaks> with_break(Breaks breaks, std::size_t at, double value) {
    if (at >= breaks.size() || !std::isfinite(value)) return std::nullopt;
    if (at > 0 && !(breaks[at - 1] < value)) return std::nullopt;
    if (at + 1 < breaks.size() && !(value < breaks[at + 1])) return std::nullopt;
    breaks[at] = value;
    return breaks;
}

std::optional<Breaks> with_break_added(Breaks breaks) {
    if (breaks.size() < 2 || breaks.size() > kMostClasses) return std::nullopt;
    // Half of it, because the width from -1e308 to 1e308 is no number.
    const auto half_width = [&](std::size_t c) { return breaks[c + 1] / 2 - breaks[c] / 2; };
    std::size_t widest = 0;
    for (std::size_t c = 0; c + 1 < breaks.size(); ++c)
        if (half_width(c) > half_width(widest)) widest = c;
    const double middle = std::midpoint(breaks[widest], breaks[widest + 1]);
    if (!(breaks[widest] < middle && middle < breaks[widest + 1])) return std::nullopt;
    breaks.insert(breaks.begin() + static_cast<std::ptrdiff_t>(widest) + 1, middle);
    return breaks;
}

std::optional<Breaks> without_break(Breaks breaks, std::size_t at) {
    if (at >= breaks.size() || breaks.size() < 4) return std::nullopt;
    breaks.erase(breaks.begin() + static_cast<std::ptrdiff_t>(at));
    return breaks;
}

} // namespace diaban::app
