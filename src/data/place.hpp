// Places of interest: industrial zones, ports, border gates.
#pragma once

#include "data/cube.hpp"
#include "data/units.hpp"
#include "geo/point.hpp"

#include <string>
#include <vector>

namespace diaban::data {

// Kinds: "industrial_zone", "port", "border_gate", "support", "market", "school", "other".
struct Place {
    std::string kind, name, code;
    // One point, or the rings of an area (unclosed). Map CRS of the document, metres.
    std::vector<std::vector<geo::Point>> rings;
    geo::Point at;    // the point, or a point inside the area
    Date from, until; // it exists from the one until before the other; {} = open
};
// On any day of the period; always where that is undated.
bool exists_in(const Place& place, Period period);

struct PlaceLayer {
    std::string source; // file name
    std::vector<Place> places;
};

} // namespace diaban::data
