// Symbols of places: one set of shapes for both painters and the legend.
#pragma once

#include "map/shapes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace diaban::map {

// A symbol on a grid of 16 x 16, x right, y down. `plate` (the dark ground) is filled first, then
// `fills` and `strokes` in white on it. Every Path of fills is simple and convex, so that a painter
// without a tessellator can draw it as a fan.
struct SymbolShape {
    Path plate;
    std::vector<Path> fills;
    std::vector<Path> strokes;
    double stroke_width = 1.4;
};
inline constexpr double kSymbolGrid = 16;
// Of a team's base on its orders: no kind of place.
inline constexpr std::string_view kBaseSymbol = "team_base";

// Never fails: an unknown kind looks like "other".
const SymbolShape& symbol_shape(std::string_view kind);
// The kinds there are, in legend order.
const std::vector<std::string>& symbol_kinds();

} // namespace diaban::map
