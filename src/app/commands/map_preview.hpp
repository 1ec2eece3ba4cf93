// What `map` would paint, before it paints: for the preview of the export panel.
#pragma once

#include "app/commands/map.hpp"
#include "map/page.hpp"

namespace diaban::app {

// The first page of a request, with what is masked on it. Needs no `out`. Throws as run().
map::Page first_page(const MapRequest& request, const Dataset& dataset, const Language& language,
                     base::JobContext& ctx);
// As command_line(), in a language: for whoever pastes it where another is spoken.
std::string command_line(std::vector<std::string> flags, const Language& language);

} // namespace diaban::app
