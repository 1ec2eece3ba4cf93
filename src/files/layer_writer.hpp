// Writing vector layers (Shapefile with .cpg and .prj, GeoPackage, GeoJSON) through GDAL.
#pragma once

#include "data/place.hpp"
#include "data/table.hpp"
#include "geo/crs.hpp"
#include "geo/polygons.hpp"

#include <filesystem>

namespace diaban::files {

// Writes whole or not at all (for a shapefile: all of its files). Format by extension: .shp .gpkg
// .geojson. Throws Error Write. `encoding` is for .dbf only ("UTF-8" unless a test wants another).
void write_polygon_layer(const std::filesystem::path& file, const geo::PolygonSoup& soup,
                         const data::RawTable& attributes, const geo::Crs& crs,
                         base::JobContext& ctx);
void write_place_layer(const std::filesystem::path& file, const std::vector<data::Place>& places,
                       const geo::Crs& crs, bool as_polygons);

} // namespace diaban::files
