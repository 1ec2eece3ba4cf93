// What `map` and `hotspots` would paint, before they paint: for the preview of the export panel.
#pragma once

#include "app/commands/map.hpp"
#include "map/page.hpp"

namespace diaban::app {

// The first page of a request, with what is masked on it. Needs no `out`. Throws as run().
map::Page first_page(const MapRequest& request, const Dataset& dataset, const Language& language,
                     base::JobContext& ctx, const map::Classes* classes = nullptr,
                     const QuerySources* sources = nullptr);
// The page of a map whose classes are made already, as draw() paints it.
map::Page page_of(const MapRequest& request, const StyledMap& styled, const Dataset& dataset,
                  const Language& language, const LineLayers& lines = {});

} // namespace diaban::app
