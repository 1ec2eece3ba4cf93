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
// `own` is the weight of each unit for itself, which a .gwt of a kernel holds as "id id weight";
// empty: none. Written atomically; throws Error Write, and Data "error.weights.repeated_id" if ids
// repeat.
void write_weights(const std::filesystem::path& file, const geo::Csr& links,
                   const std::vector<std::string>& id, const std::string& layer,
                   const std::string& id_column, const std::vector<double>& own = {});

struct FileWeights {
    geo::Csr links; // no self; .gwt: weight holds the third column, whatever it means
    std::vector<double>
        own;               // of a unit for itself; NaN where the file has none; empty: none at all
    bool by_order = false; // the units of the file are numbered in their order, from 0 or 1
};
// Rows follow `id`. A file that says no more than how many units there are (as R's spdep writes it)
// may number them from 0 or from 1 instead. Units that a .gwt does not name have no neighbours; a
// .gal names all. Throws Error Input with the line; "error.weights.cut_short"; of a unit or a link
// that is given twice "error.weights.unit_twice", "error.weights.link_twice".
FileWeights read_weights(const std::filesystem::path& file, const std::vector<std::string>& id);

} // namespace diaban::files
