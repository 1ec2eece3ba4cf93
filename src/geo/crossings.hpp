// Edges that cross, and vertices that lie on foreign edges: what plain identity cannot see.
//
// Guarantee: the work is bounded (kMostCrossings, kMostComparisons) whatever the input; `complete`
// tells whether the bounds were met.
#pragma once

#include "base/job.hpp"
#include "geo/arcs.hpp"

namespace diaban::geo {

// Edge k of the vertex run: from run index k to k + 1, both of the same arc.
struct Crossing {
    ArcId arc_a, arc_b;
    std::uint32_t edge_a, edge_b;
    Point at;
};
// A vertex within the tolerance of an edge that does not use it, both on one-sided arcs.
struct Touch {
    ArcId arc;
    std::uint32_t edge;
    ArcId other;         // where the vertex is met: an arc that visits it,
    std::uint32_t index; // and its run index there
    double distance;     // in the plane of `position`
};
struct Crossings {
    std::vector<Crossing> crossings;
    std::vector<Touch> touches;
    bool complete = true;
};

inline constexpr std::size_t kMostCrossings = 200'000;
inline constexpr std::uint64_t kMostComparisons = 2'000'000'000;

// Results are sorted by edge, so they do not depend on the number of threads.
Crossings find_crossings(const ArcNetwork& net, std::span<const Point> position, double tolerance,
                         base::JobContext& ctx);

} // namespace diaban::geo
