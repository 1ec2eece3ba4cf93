// What paints a page on any canvas, with a layout of its own or without: the one way that every
// file and every preview of a page goes.
#pragma once

#include "map/canvas.hpp"

namespace diaban::map {

using PageWithJob = std::function<void(Canvas&, base::JobContext&)>;

// Decides where everything stands; keeps the page. `typesetter` must outlive it. May be called
// again for every band, sheet and format. Throws as page_bytes().
PageWithJob page_painter(Page page, const Typesetter& typesetter);

} // namespace diaban::map
