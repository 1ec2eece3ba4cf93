// Reading lines and the outlines of areas: roads, rivers, borders.
#pragma once

#include "base/job.hpp"
#include "geo/crs.hpp"

#include <filesystem>

namespace diaban::files {

struct LinesRead {
    std::vector<std::vector<geo::Point>> lines; // in `target`; rings repeat their first point
    base::Findings findings;                    // "missing_crs", "lines_points" (left out)
};
// `layer` empty: the first that holds lines or areas. A line is cut where a point of it cannot be
// brought into `target`. Throws Error Input, Data "error.layer.missing", "error.lines.none".
LinesRead read_lines(const std::filesystem::path& file, const std::string& layer,
                     const geo::Crs& target, base::JobContext& ctx);

} // namespace diaban::files
