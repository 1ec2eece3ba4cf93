// Boundaries of a file as a store keeps them: WGS 84 degrees, with the time they hold.
#pragma once

#include "app/dataset.hpp"
#include "files/store.hpp"

namespace diaban::app {

// Named data.vintage. Dates are "2009-01-31", empty = open. A table (.csv, .xlsx, .ods, .xls) of
// units gives a vintage without shapes, with the finding "vintage_no_shapes". Throws Error Usage (a
// date), Input, Data ("error.store.no_crs").
files::StoredVintage stored_vintage(const DataRequest& data, const std::string& valid_from,
                                    const std::string& valid_until, base::Findings& findings,
                                    base::JobContext& ctx);

// Before drawing or measuring. Throws Error Data "error.store.vintage_no_shapes", which names the
// vintages that have some.
void require_shapes(const files::Store& store, const files::StoredVintage& vintage);

} // namespace diaban::app
