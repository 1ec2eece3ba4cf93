// Tracing the outlines of regions along arcs: dissolved districts, parts of a face, gaps.
//
// Guarantee: every half-edge of a region is used exactly once, whatever the input; if arcs do not
// cross, the rings are simple (they meet themselves at no node).
#pragma once

#include "geo/coverage.hpp"

namespace diaban::geo {

// Arcs and their points, of a coverage or of one being built (then `id` leads into `point`).
struct ArcView {
    std::span<const Arc> arcs;
    const Csr& node_arcs;
    std::span<const Point> points;
    std::span<const std::uint32_t> id; // may be empty

    Point point(std::uint32_t run_index) const {
        return id.empty() ? points[run_index] : points[id[run_index]];
    }
    // Appends the points of a half-edge without its last one.
    void append(ArcRef ref, std::vector<Point>& out) const;
    std::vector<Point> ring(std::span<const ArcRef> refs) const;
};
ArcView view_of(const Coverage& coverage);

// Which region lies on either side of each arc; kNoGroup if none that matters.
struct Sides {
    std::vector<std::uint32_t> left, right;
    std::uint32_t left_of(ArcRef ref) const {
        return ref >= 0 ? left[static_cast<std::size_t>(ref)] : right[arc_of(ref)];
    }
};

struct Walk {
    std::uint32_t region; // on the left
    std::vector<ArcRef> arcs;
};
// Closed walks with their region on the left, turning left as sharply as possible and split where
// they meet a node again. Arcs with the same region on both sides take no part.
std::vector<Walk> trace_walks(const ArcView& view, const Sides& sides);

// The walks of one region as rings: each outer ring is followed by its holes. `hole` tells which.
struct RegionRings {
    std::vector<std::vector<ArcRef>> rings;
    std::vector<bool> hole;
};
RegionRings nest_walks(const ArcView& view, std::vector<std::vector<ArcRef>> walks);

} // namespace diaban::geo
