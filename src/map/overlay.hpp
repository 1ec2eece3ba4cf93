// Lines, dots and areas drawn over the units: roads, rivers, a border, lakes; the shapes of an
// answer.
#pragma once

#include "geo/point.hpp"
#include "map/palette.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diaban::map {

struct LineSet {
    std::vector<std::vector<geo::Point>> lines; // map coordinates; closed ones repeat the first
    std::vector<geo::Box> boxes;                // of each line
    std::vector<geo::Point> points;             // dots
    // Of each line: whether it bounds an area. Outer rings turn counter-clockwise, holes clockwise,
    // so that what lies inside is where they wind about. Empty: no line does.
    std::vector<bool> bounds_area = {};
    // What each line is called, to be written along it (map/line_labels.hpp); empty: none has one.
    std::vector<std::string> names = {};
};
inline constexpr double kDotRadius = 2; // of the width of an overlay: its dots

struct Overlay {
    std::string name; // its row of the legend; empty: none
    Colour colour;
    double width_px = 1; // at 96 dpi
    std::shared_ptr<const LineSet> set;
    double gap_px = 0;               // between dashes, at 96 dpi; 0: no dashes
    std::optional<Colour> fill = {}; // of its areas, with their opacity
    // Round ends of dashes reach into the gaps: this length of both leaves `gap_px` open.
    double dash_px() const { return gap_px > 0 ? gap_px + width_px : 0; }
};

} // namespace diaban::map
