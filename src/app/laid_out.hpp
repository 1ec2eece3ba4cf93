// What a layout shows of one map: texts with their fields, tables, charts, pictures and little maps
// of units far out at sea.
//
// Guarantees: of a public page nothing is taken from values that are masked; what cannot be shown
// is left out and said in the findings of the result.
#pragma once

#include "app/commands/map.hpp"
#include "map/layout.hpp"

namespace diaban::app {

// Units that little maps show because the frame of the whole, or of an area of an atlas, leaves
// them out: those that the layout names, without one Hoàng Sa and Trường Sa. None of a part of the
// map. Throws as layout_named().
std::vector<map::FarUnits> far_units(const MapRequest& request, const Dataset& dataset,
                                     const map::SheetArea* area = nullptr);

// What a sheet of a series calls itself where that is not what the data call themselves.
struct LaidSheet {
    std::string area, district, years, indicator; // as {area}, {district}, {year}, {indicator} say
    std::shared_ptr<const Dataset> shown;         // what the sheet may show: masked if it is public
};

// `page` is complete but for the layout, with its area and its small maps if it has any: then texts
// count the units of the area and tables hold those alone; what cannot be said of an area, or of
// several maps at once, is left out and said. The request names a layout. Throws Error as
// layout_named(), Usage "error.layout.field", "error.layout.count_of_several" (a text counts units,
// and there are several maps).
std::shared_ptr<const map::LaidOut> laid_out(const MapRequest& request, const map::Page& page,
                                             const StyledMap& styled, const Dataset& dataset,
                                             const Language& language,
                                             const LaidSheet* sheet = nullptr);

} // namespace diaban::app
