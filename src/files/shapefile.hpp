// The files a shapefile is made of: found, checked, and made readable without touching the disk.
// Private to src/files.
//
// Guarantees: never writes beside the file; a missing .shx is rebuilt in memory; a .shp that is
// damaged or cut off is an Error that names the feature where it ends.
#pragma once

#include "files/gdal_handles.hpp"
#include "files/zip.hpp"

#include <cstdint>

namespace diaban::files {

struct Shapefile {
    std::string path;               // what GDAL opens
    std::vector<MemoryFile> memory; // keeps path alive if it lies in memory
    std::string prj, cpg;           // their text, trimmed; empty if missing
    bool has_dbf = false;
    std::uint8_t language = 0; // the .dbf's language byte; 0 says nothing
    std::size_t shapes = 0;
    std::size_t most_points = 0; // the .shp has no room for more
    std::size_t dbf_rows = 0;    // whole rows really there
    base::Findings findings;     // missing_shx, missing_dbf, missing_cpg, dbf_rows_differ
};

// `file` is the .shp. Throws Error Input.
Shapefile open_shapefile(const std::filesystem::path& file);
// `shp` is an entry of the archive; `archive` is used in messages.
Shapefile open_zipped_shapefile(const Zip& zip, const ZipEntry& shp,
                                const std::filesystem::path& archive);

} // namespace diaban::files
