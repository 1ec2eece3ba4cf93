// Paints all faces into pixels at once, with exact coverage of every pixel.
//
// The colours of a map are constant inside faces and jump at arcs. So every arc adds its jump,
// times the exact area to its right in each pixel, to a buffer; summing along the rows gives the
// picture (the signed-area method of font rasterizers, carried over to planar maps). A pixel on a
// border is the area-weighted mean of the two faces and nothing else: the background cannot shine
// through between neighbours, arcs between equal colours cost nothing, and the order of faces is
// irrelevant.
#pragma once

#include "base/job.hpp"
#include "map/map_drawing.hpp"

#include <cstdint>
#include <vector>

namespace diaban::map {

// Opaque pixels 0xFFRRGGBB, rows from the top.
struct Pixels {
    int x = 0, y = 0; // of the top left pixel on the page
    int width = 0, height = 0;
    std::vector<std::uint32_t> argb;
};

// Rasterizes the frame of `faces`, `scale` pixels per page unit, rows [first_row, last_row) of the
// page only. Faces of outline-only entries get the background.
Pixels raster_faces(const FaceDrawing& faces, double scale, int first_row, int last_row,
                    Colour background, base::JobContext& ctx);

} // namespace diaban::map
