// Reading lines and the outlines of areas: roads, rivers, borders.
#pragma once

#include "base/job.hpp"
#include "geo/crs.hpp"

#include <filesystem>

namespace diaban::files {

// Whether a line bounds an area, and from which side. A ring that was cut is no ring any more.
enum class RingSide : std::uint8_t { None, Outer, Hole };

struct LinesRead {
    std::vector<std::vector<geo::Point>> lines; // in `target`; rings repeat their first point
    std::vector<RingSide> rings;                // of each line
    // What each is called; empty: no label was asked for, or its column is about persons.
    std::vector<std::string> names;
    std::vector<std::string> text_columns; // of the file, of which each could be the label
    base::Findings findings; // "missing_crs", "lines_points" (left out), "refused_personal_column"
};
// `layer` empty: the first that holds lines or areas. A line is cut where a point of it cannot be
// brought into `target`. `label` is the column of names (data::name_meant()); empty: no names.
// Throws Error Input, Data "error.layer.missing", "error.lines.none", "error.column.missing" {file,
// column, columns}.
LinesRead read_lines(const std::filesystem::path& file, const std::string& layer,
                     const geo::Crs& target, base::JobContext& ctx, const std::string& label = {});

} // namespace diaban::files
