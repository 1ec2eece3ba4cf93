// Where the dots of a dot map lie: each strictly inside its unit, evenly over it, by chance.
//
// Guarantee: the places depend on the shape of the unit, its code and the number of its dots alone;
// of two numbers of dots the larger has all places of the smaller.
#pragma once

#include "map/theme.hpp"

namespace diaban::map {

// Throws Cancelled.
std::vector<Disc> place_dots(const Theme& theme, const data::Vintage& vintage,
                             base::JobContext& ctx);

} // namespace diaban::map
