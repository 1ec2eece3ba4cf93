// Cutting a polygon with holes into triangles by clipping ears.
//
// Guarantee: if it succeeds, the triangles cover exactly what the polygon's border winds around.
// Each clipped ear is positively turned, so the sum of the triangles has the same border as the
// polygon, and no ground can be covered twice if the polygon is simple.
// Source: Meisters, Polygons have ears (1975); holes joined after Eberly, Triangulation by Ear
// Clipping (2002).
#pragma once

#include "geo/face_shapes.hpp"

namespace diaban::geo {

// Appends index triples into the points of `polygon`: first those of the outer ring, then those of
// the holes. Returns false, with nothing appended, if no ear was left (rings that cross).
bool clip_ears(const Polygon& polygon, std::vector<std::uint32_t>& out);

} // namespace diaban::geo
