// What GDAL must be given to open a vector file: its path, in memory if it came out of an archive,
// and its options. Private to src/files.
#pragma once

#include "files/shapefile.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diaban::files {

struct VectorSource {
    std::string path;
    std::optional<Shapefile> shapefile; // if it is one; its text is not decoded by GDAL
    std::vector<std::string> options;
};

// `layer` chooses among several shapefiles of one archive; empty = the first. Throws Error Input
// (missing, empty, damaged), Data (no such layer in the archive), Database (locked, encrypted,
// damaged, or none by its content).
VectorSource open_vector_source(const std::filesystem::path& file, const std::string& layer);

// The names of the shapefiles in a zip archive, which are its layers.
std::vector<std::string> shapefiles_in(const std::filesystem::path& archive);

// Throws Error Input if the file is missing, empty or cannot be read.
void check_readable(const std::filesystem::path& file);

} // namespace diaban::files
