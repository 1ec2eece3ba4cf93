// A point inside a polygon, far from its edges: where its label goes.
#pragma once

#include "geo/point.hpp"

namespace diaban::geo {

// `outer` and `holes` are rings without closing points. The result is inside (never on the border)
// unless the polygon is degenerate; it is within about 10 % of the best distance from the edges.
// Source: quadtree search for the pole of inaccessibility, after Mapbox polylabel (2016).
Point label_point(const std::vector<Point>& outer, const std::vector<std::vector<Point>>& holes);

// A cheap one for many vertices: the middle of the widest of a few horizontal cuts.
Point inner_point(const std::vector<Point>& outer, const std::vector<std::vector<Point>>& holes);

// True if p is inside `outer` and outside the holes.
bool inside_polygon(Point p, const std::vector<Point>& outer,
                    const std::vector<std::vector<Point>>& holes);

} // namespace diaban::geo
