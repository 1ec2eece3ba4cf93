// Lines drawn over the units for orientation: roads, rivers, a border.
#pragma once

#include "geo/point.hpp"
#include "map/palette.hpp"

#include <memory>
#include <string>
#include <vector>

namespace diaban::map {

struct LineSet {
    std::vector<std::vector<geo::Point>> lines; // map coordinates; closed ones repeat the first
    std::vector<geo::Box> boxes;                // of each line
};

struct Overlay {
    std::string name; // its row of the legend; empty: none
    Colour colour;
    double width_px = 1; // at 96 dpi
    std::shared_ptr<const LineSet> set;
};

} // namespace diaban::map
