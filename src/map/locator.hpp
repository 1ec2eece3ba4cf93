// A small map of the whole country or province, with the area of one sheet marked in it.
#pragma once

#include "data/units.hpp"
#include "map/shapes.hpp"

#include <memory>
#include <vector>

namespace diaban::map {

class Canvas;
struct SheetArea;

// The land in few points: made once, shared by all sheets.
struct LocatorMap {
    std::vector<std::vector<geo::Point>> land; // rings, each closed by its first point
    geo::Box box;                              // of all but far-off specks
};
// Provinces apart where there are several, else districts, else one piece of land.
std::shared_ptr<const LocatorMap> make_locator(const data::Vintage& vintage);

// What is painted of it within a box of the page.
struct LocatorDrawing {
    Rect box; // what it takes of the room it was given
    Path land, area;
    Rect frame; // of the sheet's map
};
// `map_box`: what the sheet's map shows, in map coordinates. An area that lies among the far-off
// specks is shown with all of the rest. Nothing is larger than `room`.
LocatorDrawing draw_locator(const LocatorMap& locator, const data::Vintage& vintage,
                            const SheetArea& area, const geo::Box& map_box, const Rect& room);
// `scale` widens lines.
void paint_locator(Canvas& canvas, const LocatorDrawing& drawing, double scale);

} // namespace diaban::map
