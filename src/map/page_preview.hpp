// The page as the file will hold it, small, for the screen.
#pragma once

#include "map/scatter_page.hpp"

namespace diaban::map {

struct Raster {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb; // rows from the top
};
// The same layout as the file at any size; only the pixels are fewer. Throws as page_bytes(), and
// as scatter_bytes().
Raster page_preview(Page page, int width_px, base::JobContext& ctx);
Raster scatter_preview(ScatterPage page, int width_px);

} // namespace diaban::map
