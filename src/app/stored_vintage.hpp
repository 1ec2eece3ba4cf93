// Boundaries of a file as a store keeps them: WGS 84 degrees, with the time they hold.
#pragma once

#include "app/dataset.hpp"
#include "files/store.hpp"

namespace diaban::app {

// Named data.vintage. Dates are "2009-01-31", empty = open. Throws Error Usage (a date), Input,
// Data
// ("error.store.no_crs").
files::StoredVintage stored_vintage(const DataRequest& data, const std::string& valid_from,
                                    const std::string& valid_until, base::Findings& findings,
                                    base::JobContext& ctx);

} // namespace diaban::app
