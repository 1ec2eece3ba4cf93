// Lines and dots drawn over the units: roads, rivers, a border; the shapes of an answer.
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
    std::vector<geo::Point> points;             // dots
};
inline constexpr double kDotRadius = 2; // of the width of an overlay: its dots

struct Overlay {
    std::string name; // its row of the legend; empty: none
    Colour colour;
    double width_px = 1; // at 96 dpi
    std::shared_ptr<const LineSet> set;
};

} // namespace diaban::map
