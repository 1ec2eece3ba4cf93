// Which part of a MapInfo layer is missing, cut off or damaged. Private to src/files.
//
// A layer is four files: .tab names the columns, .dat holds the rows, .map the shapes, and .id
// tells where in the .map the shape of each row begins. GDAL speaks of blocks and offsets where one
// of them ends too early.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace diaban::files {

bool is_mapinfo(const std::filesystem::path& file); // by its ending, .tab

// Error Input "error.mapinfo.missing" or "error.mapinfo.cut" {file: the part}; nothing if the sizes
// of all parts fit each other.
std::optional<base::Error> broken_mapinfo(const std::filesystem::path& tab);
// The same once GDAL has failed to read a feature, counted from 1: where all sizes fit it is the
// .map. Error Input "error.mapinfo.cut".
base::Error broken_mapinfo(const std::filesystem::path& tab, std::int64_t feature);

} // namespace diaban::files
