// Pieces of `near` that lie in several sources. Private to app/commands.
#pragma once

#include "app/commands/near.hpp"

namespace diaban::app {

// The ends of the rings; the last is the distance itself.
std::vector<double> near_ring_ends(const NearRequest& request);
// "within 2 km", "over 2 to 5 km": a ring, counted from 0, as the legend says it.
std::string near_ring_text(const NearRequest& request, std::size_t ring, const Language& language);
// "5", "0.8": kilometres as people write them.
std::string near_km(double metres, const Language& language);
// "cảng (6), bờ biển": what was measured to; `counted`: with how many there are of each.
std::string near_places_text(const NearReport& report, const Language& language,
                             bool counted = true);
// The map of the answer: rings from near to far, and the rest.
StyledMap near_map(const NearReport& report, const Dataset& dataset, const Language& language);

// Kinds that are told apart on the outer border of the units.
bool is_outline_kind(std::string_view kind);

} // namespace diaban::app
