// What paints a page on any canvas, with a layout of its own or without: the one way that every
// file and every preview of a page goes.
#pragma once

#include "geo/georeference.hpp"
#include "map/canvas.hpp"

#include <optional>

namespace diaban::map {

using PageWithJob = std::function<void(Canvas&, base::JobContext&)>;

// A page with everything decided.
struct FinishedPage {
    PageWithJob paint; // may be called again for every band, sheet and format
    // Where the map lies in a picture of the page in pixels of its size; nothing: it has no map.
    std::optional<geo::Georeference> at;
};
// Keeps the page. `typesetter` must outlive the result. Throws as page_bytes().
FinishedPage finished_page(Page page, const Typesetter& typesetter);

} // namespace diaban::map
