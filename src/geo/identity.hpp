// Which points of a polygon soup are the same vertex: clustering on distance.
//
// Guarantees: points whose distance is at most the tolerance share an identity, also across the
// cells of any grid; an identity is never wider than a few tolerances (where points chain together
// farther than that, they are split around representatives). Identities are numbered in order of
// first appearance, so the result depends on nothing but the input.
#pragma once

#include "base/job.hpp"
#include "geo/polygons.hpp"

namespace diaban::geo {

inline constexpr std::uint32_t kNoVertex = 0xFFFFFFFFu;

struct Identities {
    std::vector<std::uint32_t> of; // one per point of the soup; kNoVertex if the point is unusable
    std::vector<Point> position;   // one per identity, source CRS: its first point, as in the file
    std::size_t snapped = 0;       // distinct positions that were given up for another
    double farthest = 0;           // largest distance between a given-up position and its identity
    std::uint32_t farthest_vertex = kNoVertex;
};

// Points that are not finite, or farther than `limit` from the origin in x or y, are unusable.
Identities identify(const PolygonSoup& soup, double tolerance, Point limit, base::JobContext& ctx);

} // namespace diaban::geo
