// What is known of each face once its arcs are: polygons, areas, boxes, label points.
#pragma once

#include "geo/coverage.hpp"

namespace diaban::geo {

struct Polygon {
    std::vector<Point> outer;              // CCW, without closing point
    std::vector<std::vector<Point>> holes; // CW
};

// The arrays that rings are read from, of a coverage or of one being built.
struct RingSource {
    std::span<const Point> vertices;
    std::span<const float> drop_at_m;
    std::span<const Arc> arcs;
    std::span<const ArcRef> refs;
    std::span<const Ring> rings;

    // Appends the points of a ring at a level (tolerance 0 = all), unclosed.
    void append(const Ring& ring, double tolerance_m, std::vector<Point>& out) const;
    // The parts of a face at a level, in ring order.
    std::vector<Polygon> polygons(const Face& face, double tolerance_m) const;
};
RingSource source_of(const Coverage& coverage);
RingSource source_of(const Coverage::Parts& parts);

// Fills box, area_m2 and, if wanted, label_at of each face from its rings, box and main_box of the
// coverage.
void fill_shapes(Coverage::Parts& parts, bool labels, base::JobContext& ctx);

// The box of some faces but for far-off specks, as main_box() is that of all; empty if they have no
// ring.
Box main_box_of(const Coverage& coverage, std::span<const FaceId> faces);

// The label point of a face: the one it has, or found now. (0, 0) without rings.
Point label_of(const RingSource& source, const Face& face);

} // namespace diaban::geo
