// The line that lies so many metres from a shape, on the ground.
//
// Distances are those on the ellipsoid, to better than 0.1 % for shapes up to some 100 km: the
// scale of the map's projection at the middle of the shape is taken out. In a plane of unknown CRS
// they are those of the plane.
#pragma once

#include "data/place.hpp"
#include "geo/coverage.hpp"

namespace diaban::app {

using Rings = std::vector<std::vector<geo::Point>>; // map coordinates, unclosed

// Around units. Empty without any, or if their shapes are beyond repair.
Rings ring_around(const geo::Coverage& coverage, std::span<const geo::FaceId> faces, double metres);
// Around a point, or the rings of an area.
Rings ring_around(const geo::Crs& crs, const Rings& shape, double metres);
// Around a place: its point, its line or its area.
Rings ring_around_place(const geo::Crs& crs, const data::Place& place, double metres);
// Metres of the map for one on the ground, at a place.
double map_scale(const geo::Crs& crs, geo::Point at);

} // namespace diaban::app
