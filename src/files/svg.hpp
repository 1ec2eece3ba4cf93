// Flat drawings in SVG files, an emblem for instance: filled and stroked shapes, nothing else.
//
// Guarantee: what is not drawn truly is not drawn at all. A file with text, pictures, gradients,
// clipping, style sheets or whatever else this does not know is refused as a whole.
#pragma once

#include "geo/point.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace diaban::files {

struct SvgShape {
    std::vector<geo::Point> points;    // of all runs; curves as short lines
    std::vector<std::uint32_t> starts; // run r begins at points[starts[r]]
    bool closed = true;                // of a line: whether it returns
    double stroke_width = 0;           // 0: filled
    std::array<std::uint8_t, 4> rgba{};
};

// From the upper left corner, in units of the drawing.
struct SvgDrawing {
    double width = 0, height = 0;
    std::vector<SvgShape> shapes; // in the order of painting
};

// Nothing if the text is no SVG, or has anything that is not understood.
std::optional<SvgDrawing> read_svg(std::string_view text);

} // namespace diaban::files
