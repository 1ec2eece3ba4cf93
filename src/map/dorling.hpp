// Circles that keep near their neighbours without lying over each other.
//
// Source: D. Dorling, "Area Cartograms: Their Use and Creation", Concepts and Techniques in Modern
// Geography 59, 1996: circles that overlap push each other apart, circles of units that share a
// border pull each other close. Here one after the other in a fixed order, so that the same input
// gives the same places, and held to where the units lie. Guarantee: no two overlap by more than
// kDorlingTolerance of the sum of their radii.
#pragma once

#include "base/job.hpp"
#include "geo/point.hpp"

#include <utility>
#include <vector>

namespace diaban::map {

inline constexpr double kDorlingTolerance = 0.01;

// `at`: middles of the units; `pairs`: units that share a border. Throws Cancelled.
std::vector<geo::Point> dorling(std::vector<geo::Point> at, const std::vector<double>& radius,
                                const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs,
                                base::JobContext& ctx);

} // namespace diaban::map
