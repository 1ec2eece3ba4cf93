// Geometry as SpatiaLite keeps it in a column: the BLOB format of its manual, written and read here
// so that viewing a store needs no SpatiaLite and no SQL function per row.
//
// Format: https://www.gaia-gis.it/gaia-sins/BLOB-Geometry.html
#pragma once

#include "geo/polygons.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace diaban::files {

using GeometryBlob = std::vector<std::uint8_t>;
inline constexpr int kWgs84Srid = 4326;

// Rings sorted into polygons by nesting (even-odd): each an outer ring, counter-clockwise, followed
// by its holes, clockwise. Rings come back unclosed; those with fewer than three points are left
// out.
using Polygons = std::vector<std::vector<std::vector<geo::Point>>>;
Polygons nest_rings(const std::vector<std::span<const geo::Point>>& rings);

GeometryBlob multipolygon_blob(const Polygons& polygons);
GeometryBlob multilinestring_blob(const std::vector<std::vector<geo::Point>>& lines);
GeometryBlob point_blob(geo::Point point);

// Appends one face with the rings of a POINT (none), POLYGON or MULTIPOLYGON blob. False, with
// nothing appended but the empty face, if the bytes are none of these.
bool append_face(std::span<const std::uint8_t> blob, geo::PolygonSoup& soup);
// The parts of a LINESTRING or MULTILINESTRING blob; nothing of other shapes, and of bytes that are
// none.
std::optional<std::vector<std::vector<geo::Point>>> blob_lines(std::span<const std::uint8_t> blob);

// What any blob of two dimensions holds, also of collections: points, lines, and rings closed as
// they are written. False, with nothing appended, if the bytes are no such shape.
struct BlobParts {
    std::vector<geo::Point> points;
    std::vector<std::vector<geo::Point>> lines, rings;
    std::size_t size() const; // points of all parts
};
bool append_parts(std::span<const std::uint8_t> blob, BlobParts& parts);

} // namespace diaban::files
