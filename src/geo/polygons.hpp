// Polygons as a file gives them: the input of build_coverage. Nothing is checked or shared yet.
#pragma once

#include "geo/point.hpp"

namespace diaban::geo {

// Face i owns rings face_first_ring[i] .. face_first_ring[i+1]; ring r owns points
// ring_first[r] .. ring_first[r+1]. Rings may be closed or not and turn either way; which ring is a
// hole is decided by nesting (even-odd). A face without rings is a unit without geometry.
struct PolygonSoup {
    std::vector<Point> points;                   // in the CRS of the file; degrees as (lon, lat)
    std::vector<std::uint32_t> ring_first{0};
    std::vector<std::uint32_t> face_first_ring{0};

    std::size_t faces() const { return face_first_ring.size() - 1; }
    std::size_t rings() const { return ring_first.size() - 1; }
    std::span<const Point> ring(std::size_t r) const {
        return {points.data() + ring_first[r], points.data() + ring_first[r + 1]};
    }
    void end_ring() { ring_first.push_back(static_cast<std::uint32_t>(points.size())); }
    void end_face() { face_first_ring.push_back(static_cast<std::uint32_t>(ring_first.size() - 1)); }
};

// The box of all points within the limits, |x| <= limit.x and |y| <= limit.y: by default of all
// finite ones. NaN is never within.
Box box_of(std::span<const Point> points,
               Point limit = {std::numeric_limits<double>::max(),
                              std::numeric_limits<double>::max()});

} // namespace diaban::geo
