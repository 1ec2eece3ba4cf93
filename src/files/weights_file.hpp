// GeoDa weights files: .gal (contiguity) and .gwt (with distances or weights).
//
// Format: "n" or "0 n layer id_column" on the first line; then for .gal, unit by unit, "id count"
// and the ids of its neighbours, for .gwt one "from to weight" per line. Ids hold no blanks, so
// blanks in a code are written as "_" and read as such.
#pragma once

#include "geo/point.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace diaban::files {

// `id` names row i in the file. .gwt if the name ends so (weight 1 where Csr::weight is empty).
// Written atomically; throws Error Write, and Data "error.weights.repeated_id" if ids repeat.
void write_weights(const std::filesystem::path& file, const geo::Csr& links,
                   const std::vector<std::string>& id, const std::string& layer,
                   const std::string& id_column);
// Throws Error Input with the line. Rows follow `id`; ids of the file that are not in `id` are an
// error. Units that the file does not name have no neighbours.
geo::Csr read_weights(const std::filesystem::path& file, const std::vector<std::string>& id);

} // namespace diaban::files
