// What a layout shows of one map: texts with their fields, tables, charts, pictures and little maps
// of units far out at sea.
//
// Guarantees: of a public page nothing is taken from values that are masked; what cannot be shown
// is left out and said in the findings of the result.
#pragma once

#include "app/commands/map.hpp"
#include "map/layout.hpp"

namespace diaban::app {

// Units that little maps of the layout show because the frame of the whole leaves them out. None of
// a part of the map, and none without a layout. Throws as layout_named().
std::vector<map::FarUnits> far_units(const MapRequest& request, const Dataset& dataset);

// `page` is complete but for the layout; the request names one. Throws Error as layout_named(),
// Usage "error.layout.field".
std::shared_ptr<const map::LaidOut> laid_out(const MapRequest& request, const map::Page& page,
                                             const StyledMap& styled, const Dataset& dataset,
                                             const Language& language);

} // namespace diaban::app
