// Writing vector layers (Shapefile with .cpg and .prj, GeoPackage, GeoJSON, KML) and waypoints
// (GPX) through GDAL.
#pragma once

#include "data/place.hpp"
#include "data/table.hpp"
#include "geo/crs.hpp"
#include "geo/polygons.hpp"

#include <filesystem>
#include <string_view>

namespace diaban::files {

// Writes whole or not at all (for a shapefile: all of its files). Format by extension: .shp .gpkg
// .geojson .fgb .kml (in WGS 84). `attributes` has one row for each face, or no columns. `encoding`
// is for .dbf only
// ("UTF-8" unless a test wants another). Throws Error Write, Usage (unknown extension).
void write_polygon_layer(const std::filesystem::path& file, const geo::PolygonSoup& soup,
                         const data::RawTable& attributes, const geo::Crs& crs,
                         base::JobContext& ctx, std::string_view encoding = "UTF-8");
void write_place_layer(const std::filesystem::path& file, const std::vector<data::Place>& places,
                       const geo::Crs& crs, bool as_polygons);

// Points, lines and areas with kind, name, code, dates (valid_from, valid_until) and attributes.
// Throws as above; Error Usage "error.places.mixed" {file} where the format holds one kind of shape
// only (.shp) and there are several.
void write_places(const std::filesystem::path& file, const std::vector<data::Place>& places,
                  const geo::Crs& crs);
// The same as columns of a table, with the shapes of lines and areas as text ("wkt"), as
// files::read_places reads them back; coordinates as they are.
data::RawTable places_table(const std::vector<data::Place>& places);

// A point for a device that finds the way.
struct Waypoint {
    geo::Point lon_lat;
    std::string name, description, type;
};
// Whole or not at all, as .gpx. Throws Error Write.
void write_waypoints(const std::filesystem::path& file, const std::vector<Waypoint>& waypoints);

} // namespace diaban::files
