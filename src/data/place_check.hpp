// Places that cannot be where their coordinates say.
#pragma once

#include "base/error.hpp"
#include "data/place.hpp"

namespace diaban::data {

// In degrees of WGS 84. Takes away those at (0, 0), which is how empty coordinates are written,
// those that are no place on Earth (a longitude beyond 180 or a latitude beyond 90, in an outline
// too), and those that lie in the country only with longitude and latitude exchanged; keeps those
// elsewhere. Every one is a finding ("place_at_zero", "place_impossible", "place_swapped",
// "place_far").
void check_places(std::vector<Place>& places, base::Findings& findings);

} // namespace diaban::data
