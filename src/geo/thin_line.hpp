// A line with fewer vertices for one drawing: quick, when one level of detail is all that is
// needed.
//
// Source: sleeve fitting, Zhao and Saalfeld, Linear-time sleeve-fitting polyline simplification
// algorithms (1997). The levels of a coverage (thresholds.hpp) are for zooming; this is for a page.
#pragma once

#include "geo/point.hpp"

namespace diaban::geo {

// Appends those points of a line that a drawing within `tolerance` needs. Both ends stay, no kept
// vertex moves, and every point that goes lies within two tolerances of the new line. A closed line
// (first point equal to the last) of three different points or more keeps three. Linear time;
// depends on the points and their order only.
void thin_line(std::span<const Point> line, double tolerance, std::vector<Point>& out);

} // namespace diaban::geo
