// Reading place layers: points or polygons with kind and name.
#pragma once

#include "base/job.hpp"
#include "data/place.hpp"
#include "geo/crs.hpp"

#include <filesystem>

namespace diaban::files {

struct PlacesRead {
    data::PlaceLayer layer;     // coordinates in `target`
    std::vector<double> people; // per place: how many live there; NaN where the file does not say
    base::Findings findings;
};
// Dates are read as data::DateColumns does; a place whose dates are no span of time is left out
// with a finding. `kind` is used where the file has no kind column. CSV with lon/lat columns is
// understood too.
PlacesRead read_places(const std::filesystem::path& file, const std::string& kind,
                       const geo::Crs& target, base::JobContext& ctx);

} // namespace diaban::files
