// Numbers of a list on a map: each on what it names, or beside it with a line to it where that is
// smaller than the number.
//
// Guarantees: no two texts touch each other or what is blocked, none is cut by the frame, and no
// line runs through a text or across another line. What finds no room is left out. The same marks
// give the same places.
#pragma once

#include "map/scene.hpp"

#include <optional>

namespace diaban::map {

struct Leader {          // map coordinates
    geo::Point from, to; // the edge of the text; what it names
};
struct PlacedMark {
    Label label; // `at` is the middle of the text
    std::optional<Leader> leader;
};
// `room_m` of a mark is how wide what it names is across, the narrow way; 0: wide enough.
// `blocked_px` are symbols, which a text stands `symbol_px` away from. Other arguments as of
// place_labels().
std::vector<PlacedMark> place_marks(const std::vector<Label>& marks, const Camera& camera,
                                    double width_px, double height_px,
                                    const std::function<LabelBox(const Label&)>& measure,
                                    std::vector<geo::Box> blocked_px, double symbol_px);

// Boxes that cover the line from `a` to `b`, for place_labels().
std::vector<geo::Box> boxes_along(geo::Point a, geo::Point b);

} // namespace diaban::map
