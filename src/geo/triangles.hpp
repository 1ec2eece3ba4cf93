// Triangles for filling faces on a graphics card.
//
// Guarantee: for every face and level, the areas of its triangles add up to the area of the face at
// that level (relative 1e-9); triangles use only vertices of the coverage, so neighbours meet
// without slivers.
#pragma once

#include "geo/coverage.hpp"

namespace diaban::geo {

struct Triangles {
    std::vector<Point> points;               // map CRS
    std::vector<std::uint32_t> index;        // three per triangle, into points
    std::vector<std::uint32_t> face_first;   // face i owns index[face_first[i] .. face_first[i+1])
};

// Triangulates `faces` (all if empty) at a level. Work is split over ctx.threads().
Triangles triangulate(const Coverage& coverage, double tolerance_m, base::JobContext& ctx,
                      std::span<const FaceId> faces = {});

} // namespace diaban::geo
