// How much room parts of a layout ask for, for layouts that are made for what they show. The same
// measures as those of map/laid_page.hpp: what is said to fit here is painted so there.
#pragma once

#include "map/layout.hpp"

#include <optional>

namespace diaban::map {

// Millimetres that a table takes from the top of its box, heading and note with it, in letters of
// the item's size. Nothing where a word is wider than its column.
std::optional<double> table_height_mm(const LaidItem& placed, const PageSize& size,
                                      const Typesetter& typesetter);

// Of the page's legend in letters of `size_pt`, in so many columns of a box so wide: how high it
// is, and how high it would be if no label had to be broken. Millimetres. All kinds of places have
// their row, also those that the map turns out to leave out. Nothing where it is wider than the box.
struct LegendRoom {
    double height_mm = 0, unbroken_mm = 0;
};
std::optional<LegendRoom> legend_room(const Page& page, double size_pt, double width_mm,
                                      int columns, const Typesetter& typesetter);

// How large the map of a page becomes in a box, to compare boxes by; 0 where there is no room.
double map_largeness(const Page& page, const Rect& box_mm);

} // namespace diaban::map
