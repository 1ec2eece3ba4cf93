// Deciding in which CRS a boundary file is. Private to src/files.
#pragma once

#include "files/boundaries.hpp"

namespace diaban::files {

// What the file says about itself.
struct StatedCrs {
    std::string text; // WKT, "EPSG:n"; empty if it says nothing
    std::string user; // the user's choice; wins
    std::string file; // for messages
    bool shapefile = false;
};

// Fills out.crs, out.crs_candidates and findings from out.soup and out.units; swaps the axes of the
// points if they are evidently swapped.
void settle_crs(const StatedCrs& stated, RawUnits& out);

} // namespace diaban::files
