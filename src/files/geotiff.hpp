// Pictures of maps with their place on the ground: as GeoTIFF, or a PNG with files beside it.
//
// Guarantees: the same picture gives the same bytes on every run; nothing in them tells when, where
// or by whom they were made.
#pragma once

#include "base/job.hpp"
#include "geo/crs.hpp"
#include "geo/georeference.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace diaban::files {

struct PictureWords {
    std::string description; // ImageDescription
    double dpi = 300;
};
// Writes the pixels of a PNG (8 bit RGB) as GeoTIFF, whole or not at all; without a CRS where it is
// unknown. Throws Error Write; Cancelled.
void write_geotiff(const std::filesystem::path& file, const std::string& png,
                   const geo::Georeference& at, const geo::Crs& crs, const PictureWords& words,
                   base::JobContext& ctx);

// The names of the files beside a PNG that tell its place: "map.pgw", the six lines that every
// program reads, and "map.png.aux.xml", in which GDAL and QGIS find the CRS.
std::vector<std::filesystem::path> world_files(const std::filesystem::path& png);
// Throws Error Write.
void write_world_files(const std::filesystem::path& png, const geo::Georeference& at,
                       const geo::Crs& crs);

} // namespace diaban::files
