// What `map` works out before it draws, shared with series of maps. Private to app/commands.
#pragma once

#include "app/commands/map.hpp"
#include "map/page.hpp"

namespace diaban::app {

// What a request comes to: the data with what was computed for it, the map, what is masked, and the
// periods, at least one.
struct MapPlan {
    std::shared_ptr<const Dataset> dataset;
    StyledMap map;
    Masked masked;
    std::vector<data::Period> periods;
    std::string missing; // years that were asked for and have no data
    LineLayers lines;
    bool change = false; // the map is finished: of one indicator, between two years

    StyledMap of(data::Period period, const Language& language) const;
};
// Throws as run().
MapPlan planned(const MapRequest& request, const Dataset& given, const Language& language,
                base::JobContext& ctx, const map::Classes* classes, const QuerySources* sources);
// A page as page_of() makes it, but for its layout, which is filled in last: on a sheet of a series
// it is about the area and the years of that sheet.
map::Page usual_page(const MapRequest& request, const StyledMap& styled, const Dataset& dataset,
                     const Language& language, const LineLayers& lines);
// The masked cells that a picture of an indicator and a period would have shown.
std::vector<MaskedCell> cells_shown(const std::vector<MaskedCell>& cells,
                                    const data::Indicator& indicator, data::Period period);

} // namespace diaban::app
