// Letters set along a line: where each stands. Pure geometry, shared by whoever places names and
// whoever paints them.
#pragma once

#include "geo/point.hpp"

#include <span>
#include <vector>

namespace diaban::map {

// Where a cluster (a letter with all its marks) stands: the left end of its baseline, and how far
// it is turned clockwise as the page is seen (y down), radians.
struct Stand {
    geo::Point at;
    double angle = 0;
};

double path_length(std::span<const geo::Point> path);
// The point so far along a path of two points or more; beyond its ends straight on. Linear time.
geo::Point point_along(std::span<const geo::Point> path, double distance);
// The part of a path between two distances from its start; `from` < `to`.
std::vector<geo::Point> part_of_path(std::span<const geo::Point> path, double from, double to);

// One for each advance, in order: the text begins where the path does and goes on straight where
// that is too short. Each cluster spans a chord of the path: its middle is that of the chord, so
// that a straight path gives straight text, and both ends lie closer to the path than the path
// bends below the cluster.
std::vector<Stand> stands_along(std::span<const geo::Point> path, std::span<const double> advances);

} // namespace diaban::map
