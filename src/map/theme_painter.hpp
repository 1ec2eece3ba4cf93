// Circles and dots of a map on a page.
#pragma once

#include "map/canvas.hpp"

namespace diaban::map {

// `scale` widens everything that does not grow with the map. What lies beside the frame is left
// out.
void paint_theme(Canvas& canvas, const Theme& theme, const ThemeShapes& shapes, const Style& style,
                 const Frame& frame, double scale);

} // namespace diaban::map
