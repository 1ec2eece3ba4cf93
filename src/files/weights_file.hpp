// GeoDa weights files: .gal (contiguity) and .gwt (with distances or weights).
#pragma once

#include "geo/point.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace diaban::files {

// `id` names row i in the file. .gwt if the name ends so (weight 1 where Csr::weight is empty).
void write_weights(const std::filesystem::path& file, const geo::Csr& links,
                   const std::vector<std::string>& id, const std::string& layer,
                   const std::string& id_column);
// Throws Error Input with the line. Rows follow `id`; ids of the file that are not in `id` are an error.
geo::Csr read_weights(const std::filesystem::path& file, const std::vector<std::string>& id);

} // namespace diaban::files
