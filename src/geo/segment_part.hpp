// The part of a straight line that lies in a box.
#pragma once

#include "geo/point.hpp"

#include <optional>
#include <utility>

namespace diaban::geo {

// Shares of the way from `a` to `b`, 0 to 1, in order; nothing where no point of it lies in the
// box, whose edges belong to it. Source: Y. Liang, B. Barsky, A new concept and method for line
// clipping (1984).
std::optional<std::pair<double, double>> part_in_box(Point a, Point b, const Box& box);

} // namespace diaban::geo
