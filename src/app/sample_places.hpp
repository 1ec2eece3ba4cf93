// Industrial zones, ports and border gates of the sample province.
#pragma once

#include "app/sample_outline.hpp"
#include "data/place.hpp"

namespace diaban::app::sample {

struct Sited {
    data::Place place;     // WGS 84 degrees
    std::uint32_t commune; // it lies in, or on the outer border of
};
// Zones are polygons inside one commune near a city; ports are points on the coast; gates are
// points on the national border. At least one of each.
std::vector<Sited> make_places(const Province& province, const Outline& outline);

} // namespace diaban::app::sample
