// Paints all faces into pixels at once, with exact coverage of every pixel.
//
// The colours of a map are constant inside faces and jump at arcs. So every arc adds its jump,
// times the exact area to its right in each pixel, to a buffer; summing along the rows gives the
// picture (the signed-area method of font rasterizers, carried over to planar maps). A pixel on a
// border is the area-weighted mean of the two faces and nothing else: the background cannot shine
// through between neighbours, and arcs between equal colours cost nothing. A fourth lane counts the
// faces over every pixel; where that is more than one, sums mean nothing, and the faces around are
// laid over each other there (FaceDrawing::contested).
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

// The faces around all ground that several faces claim, from the lowest to the topmost: painting
// them in this order settles it. Looked at in pixels of one page unit; mostly there are none.
std::vector<geo::FaceId> contested_faces(const FaceDrawing& faces, base::JobContext& ctx);

// Rasterizes the frame of `faces`, `scale` pixels per page unit, rows [first_row, last_row) of the
// page only. Faces of outline-only entries get the background.
Pixels raster_faces(const FaceDrawing& faces, double scale, int first_row, int last_row,
                    Colour background, base::JobContext& ctx);

} // namespace diaban::map
