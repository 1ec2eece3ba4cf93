// Features of one vector layer as polygons and raw columns. Private to src/files.
//
// Guarantee: the result does not depend on the number of threads.
#pragma once

#include "base/job.hpp"
#include "data/table.hpp"
#include "geo/polygons.hpp"

#include <functional>
#include <string>
#include <vector>

namespace diaban::files {

struct LayerSource {
    std::string path;                 // as GDAL opens it
    std::vector<std::string> options; // open options
    std::string layer;                // empty: the first polygon layer
    std::string file;                 // for messages
    std::size_t rows = 0;             // features by number, if random access is cheap; else 0
    std::size_t most_points = 0;      // an upper bound of all vertices, if known
    std::function<bool(const std::string& column)> wants; // raw column names; empty = all
};

struct LayerContent {
    std::string layer;
    geo::PolygonSoup soup;
    data::RawTable table;              // text undecoded, as the file has it; may have no columns
    std::vector<std::int64_t> feature; // number of each row as a person counts (first = 1)
    std::string crs;                   // WKT or "EPSG:n"; empty if none
    base::Findings findings;
};

// Throws Error Input (cannot be opened), Data (no polygon layer, no such layer, no features).
LayerContent read_layer(const LayerSource& source, base::JobContext& ctx);

// "polygon", "line", "point", "none" or "mixed"; `layer` is an OGRLayerH.
std::string geometry_kind(void* layer);

} // namespace diaban::files
