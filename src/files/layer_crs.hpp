// The CRS that a vector file claims for a layer. Private to src/files.
#pragma once

#include "files/gdal_handles.hpp"
#include "files/vector_source.hpp"
#include "geo/crs.hpp"

namespace diaban::files {

// Unknown if the file says nothing, or nothing that can be understood.
geo::Crs layer_crs(const VectorSource& source, OGRLayerH layer);
// Numbers that can be longitudes and latitudes, in whichever order.
bool in_degrees(const geo::Point& point);
bool in_degrees(const std::vector<geo::Point>& points);

} // namespace diaban::files
