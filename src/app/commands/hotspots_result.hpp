// A result of `hotspots` with all that it was made of: a window keeps it, shows it, says it in
// another language and writes it to files.
//
// Guarantee: export_hotspots() writes the same bytes as `hotspots` with the flags of its request.
#pragma once

#include "app/commands/hotspots.hpp"
#include "map/page.hpp"

namespace diaban::app {

struct HotspotsResult {
    HotspotsInputs inputs;
    HotspotsReport report;
    std::string language; // code
};

// prepare() and run(). Throws as they do.
HotspotsResult find_hotspots(const HotspotsRequest& request, std::shared_ptr<const Dataset> dataset,
                             const Language& language, base::JobContext& ctx);
// The same in another language; nothing is computed again.
HotspotsResult reworded(HotspotsResult result, const Language& language);
// Writes request.out and request.map_out. The request is the one that was asked, but for what is
// written: files, page, classification, significance. Returns the files. Throws as write().
std::vector<std::filesystem::path> export_hotspots(HotspotsResult result,
                                                   const HotspotsRequest& request,
                                                   const Language& language, base::JobContext& ctx);
// The page that request.map_out would hold, whatever that is. Throws as write().
map::Page first_page(HotspotsResult result, const HotspotsRequest& request,
                     const Language& language);

} // namespace diaban::app
