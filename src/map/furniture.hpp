// Scale bar, north arrow, place symbols and framed notes of a page.
#pragma once

#include "map/canvas.hpp"
#include "map/page_look.hpp"

namespace diaban::map {

// A place symbol centred on a point, `size` page units wide.
void paint_symbol(Canvas& canvas, std::string_view kind, geo::Point centre, double size);

// A length of 1, 2 or 5 times a power of ten, as long as possible within a width.
struct ScaleBar {
    double length_m = 0;
    int parts = 2;                                     // alternating fields; 2 for 1 and 2, 5 for 5
    double width = 0;                                  // page units
    std::vector<std::pair<double, std::string>> ticks; // position from the left, text
    double height = 0, overall_width = 0;              // texts included
};
ScaleBar make_scale_bar(double metres_per_unit, double most_width, const PageText& text,
                        const PageLook& look, const Typesetter& typesetter);
void paint_scale_bar(Canvas& canvas, const ScaleBar& bar, geo::Point top_left, const PageLook& look,
                     const Typesetter& typesetter);

TextSize north_arrow_size(const PageLook& look);
void paint_north_arrow(Canvas& canvas, const std::string& letter, geo::Point top_left,
                       const PageLook& look, const Typesetter& typesetter);

// A short text in a frame: the classification (solid) or a notice (dashed).
struct Badge {
    Text text;
    double width = 0, height = 0;
    bool dashed = false;
};
Badge make_badge(const std::string& string, bool dashed, double most_width, const PageLook& look,
                 const Typesetter& typesetter);
void paint_badge(Canvas& canvas, const Badge& badge, geo::Point top_left, const PageLook& look,
                 const Typesetter& typesetter);

} // namespace diaban::map
