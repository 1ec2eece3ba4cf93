// A part of the map that a picture must show whole.
#pragma once

#include "geo/coverage.hpp"

#include <string>

namespace diaban::app {

struct Extent {
    double min_x = 0, min_y = 0, max_x = 0, max_y = 0; // equal: everything
    std::string crs;                                   // of the numbers; empty: the map's

    bool all() const { return !(min_x < max_x && min_y < max_y); }
    friend bool operator==(const Extent&, const Extent&) = default;
};
Extent extent_of(const geo::Box& box); // in map coordinates; of an empty box: everything
// In map coordinates; empty for everything. Throws Error Usage "error.extent.outside" with the box
// of all units if none of them is in it, Data where the CRS of the map is unknown.
geo::Box box_of(const Extent& extent, const geo::Coverage& coverage);

} // namespace diaban::app
