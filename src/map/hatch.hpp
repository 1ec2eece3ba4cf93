// How hatches are drawn: the same on pages, on screen and in legends.
//
// Lengths are page units, 1/96 inch, at scale 1; y points down.
#pragma once

#include "map/shapes.hpp"
#include "map/style.hpp"

namespace diaban::map {

bool dark(Colour c); // white ink reads better on it than black

struct HatchLook {
    Colour colour; // of lines and dots
    double spacing = 6;
    double width = 1;
};
HatchLook hatch_look(const LegendEntry& entry, double scale);
// The lines of a hatch over a box; dots are marks of no length, to be drawn with round ends.
Path hatch_lines(Hatch hatch, const HatchLook& look, const Rect& box);
inline bool dotted(Hatch hatch) {
    return hatch == Hatch::Dots || hatch == Hatch::FineDots;
}
double dot_size(Hatch hatch, const HatchLook& look);
double dot_spacing(Hatch hatch, const HatchLook& look);

} // namespace diaban::map
