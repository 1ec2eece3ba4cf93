// Places to plan for: in clumps, as communes lie about towns.
#pragma once

#include "analysis/location.hpp"

#include <cmath>
#include <random>

namespace diaban::test {

// Of a density of one to 25 km². `burden_of(share)`: the burden of a place, where shares are even
// over 0..1; one place in ten has none.
template <class Burden>
analysis::LocationProblem towns_and_villages(std::uint64_t seed, std::size_t count, std::size_t p,
                                             Burden burden_of) {
    std::mt19937_64 random(seed);
    const auto even = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    const double side = 5000 * std::sqrt(static_cast<double>(count));
    std::vector<geo::Point> at;
    analysis::LocationProblem out;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 20 == 0 || even() < 0.4)
            at.push_back({side * even(), side * even()});
        else { // next to one there is
            const auto& town = at[(i / 20) * 20];
            at.push_back({town.x + 12'000 * (even() - 0.5), town.y + 12'000 * (even() - 0.5)});
        }
        const double share = even();
        out.burden.push_back(share < 0.1 ? 0 : burden_of(share));
    }
    out.at = analysis::GroundPoints::from_plane(at);
    out.p = p;
    return out;
}

} // namespace diaban::test
