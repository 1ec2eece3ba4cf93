// Reading commune boundaries: any GDAL vector file, with its encoding and CRS found out and
// reported.
//
// Guarantees: codes stay text; names are UTF-8 NFC; coordinates are (lon, lat) or (east, north);
// nothing that looks wrong is changed without a finding. Reads only; never writes beside the file
// (no .shx is made).
#pragma once

#include "base/job.hpp"
#include "data/table.hpp"
#include "data/units.hpp"
#include "geo/polygons.hpp"

#include <filesystem>

namespace diaban::files {

struct BoundarySource {
    std::filesystem::path file; // .shp .zip .shp.zip .gpkg .geojson .fgb .tab .sqlite ...
    std::string layer;          // empty: the only polygon layer
    std::string code_column;    // empty: found by its usual names
    std::string name_column;
    std::string encoding = "auto"; // UTF-8, CP1258, TCVN3, VNI, any iconv name
    std::string crs;               // empty: from the file
    bool attributes = true;        // false: only codes, names and parents are kept
};

// What the encoding was taken from, in the order of conventions.md 3.
enum class Evidence { User, Cpg, DbfByte, Content, Format };

struct RawUnits {
    std::string source; // file name and layer, for messages
    geo::PolygonSoup soup;
    data::UnitTable units;
    data::RawTable attributes; // all columns, decoded; values may be joined from here
    geo::Crs crs;              // unknown() if it could not be told: ask, see candidates
    std::vector<geo::CrsGuess> crs_candidates;
    std::string encoding; // "UTF-8", "TCVN3" ...
    Evidence evidence = Evidence::Format;
    std::vector<std::string> sample_names; // ten names as decoded, to be looked at
    base::Findings findings; // missing .shx/.prj/.cpg, lying .cpg, null geometry, NaN, ...
};

// Throws Error Input (cannot be read), Data (no polygons, no features, several layers of polygons
// and none named: "error.boundaries.which_layer"), Database (locked, encrypted, damaged), with file
// and feature.
RawUnits read_boundaries(const BoundarySource& source, base::JobContext& ctx);

struct LayerInfo {
    std::string name;
    std::string geometry; // "polygon", "point", "line", "none"
    std::int64_t features = 0;
    std::vector<std::string> columns;
};
// The layers (or tables, or sheets) of a file.
std::vector<LayerInfo> list_layers(const std::filesystem::path& file);

} // namespace diaban::files
