// A result of `hotspots` with all that it was made of: a window keeps it, shows it, says it in
// another language and writes it to files.
//
// Guarantee: export_hotspots() writes the same bytes as `hotspots` with the flags of its request.
#pragma once

#include "app/commands/hotspots.hpp"
#include "map/page_preview.hpp"

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
// Writes request.out, request.map_out and request.scatter_out. The request is the one that was
// asked, but for what is written: files, page, classification, significance. Returns the files.
// Throws as write().
std::vector<std::filesystem::path> export_hotspots(HotspotsResult result,
                                                   const HotspotsRequest& request,
                                                   const Language& language, base::JobContext& ctx);
// The page that request.map_out would hold, or if there is a request.scatter_out that one, small.
// Throws as write().
map::Raster preview(HotspotsResult result, const HotspotsRequest& request, int width_px,
                    const Language& language, base::JobContext& ctx);

} // namespace diaban::app
