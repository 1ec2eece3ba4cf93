// Ground within a distance of shapes, as areas: for drawing it and for shares of a face. Distances
// themselves are never measured through it (geo/nearness.hpp does).
#pragma once

#include "geo/face_shapes.hpp"
#include "geo/nearness.hpp"

namespace diaban::geo {

// All ground within distances[i] (in the plane) of shapes[i], for any i. Quarters of circles have
// `quarter_steps` corners; invalid shapes are read by the even-odd rule. Empty if GEOS refuses.
std::vector<Polygon> ground_within(std::span<const Shape> shapes, std::span<const double> distances,
                                   int quarter_steps);

// The share of the face's area within `distance` of any of the shapes, 0 to 1. Circles have 128
// corners, which lack 0.04 % of their area. Of long lines only what can matter is looked at. A face
// without area has share 0.
double share_within(const Coverage& coverage, FaceId face, std::span<const Shape* const> shapes,
                    double distance);

} // namespace diaban::geo
