// The CRS that a vector file claims for a layer, and one for a file that is written. Private to
// src/files.
#pragma once

#include "files/gdal_handles.hpp"
#include "files/vector_source.hpp"
#include "geo/crs.hpp"

namespace diaban::files {

// Unknown if the file says nothing, or nothing that can be understood.
geo::Crs layer_crs(const VectorSource& source, OGRLayerH layer);
// With axes as they are everywhere here, east first; nullptr if the CRS is unknown.
SpatialRef spatial_reference(const geo::Crs& crs);
// Numbers that can be longitudes and latitudes, in whichever order.
bool in_degrees(const geo::Point& point);
bool in_degrees(const std::vector<geo::Point>& points);

} // namespace diaban::files
