// Ground covered twice and ground not covered: overlaps and gaps of a finished coverage.
#pragma once

#include "geo/arcs.hpp"

namespace diaban::geo {

struct Overlap {
    FaceId a, b;
    double area_m2;
    Point at; // map CRS
};
struct Gap {
    double area_m2;
    Point at;
    FaceId beside; // the face with the longest border to it
};
struct GroundDefects {
    std::vector<Overlap> overlaps; // largest first
    std::vector<Gap> gaps;         // largest first
    std::size_t unmeasured = 0;    // pairs of faces that may overlap as well
};

// Overlaps measured at most: after some hundreds a user mends the file, not the list.
inline constexpr std::size_t kMostMeasured = 500;

// `suspects` are pairs of faces whose borders cross. Twins and lines that run inside other faces
// are found here. Everything follows from arcs with a face on one side only: between two faces
// that fit there is none. Of more than `most` pairs those with the most common ground are measured.
GroundDefects find_ground_defects(const Coverage::Parts& parts, std::span<const ArcId> twin_of,
                                  std::vector<std::pair<FaceId, FaceId>> suspects, std::size_t most,
                                  base::JobContext& ctx);

} // namespace diaban::geo
