// The part of the country that one sheet of an atlas is about, and how what lies around it stands
// aside: pale, without a row in the legend.
//
// Guarantee: the rows of all sheets of an atlas together count every unit that is drawn once.
#pragma once

#include "data/units.hpp"
#include "map/scene.hpp"

#include <optional>

namespace diaban::map {

struct SheetArea {
    std::vector<bool> inside;         // per unit
    std::optional<data::Level> level; // of the area, whose neighbours are named; none: of no level
    geo::Box box;                     // all of it but far-off specks (geo/face_shapes.hpp)
};

// An area of these units. Its box is empty if none of them has a shape.
SheetArea area_of(const data::Vintage& vintage, const std::vector<geo::FaceId>& units,
                  std::optional<data::Level> level);
// The style with the units outside the area in a row of role Around, the last; the other rows, all
// of them kept, count those inside that are drawn.
Style style_within(Style style, const SheetArea& area, std::span<const geo::Face> faces);

// The theme with circles and dots of the units inside alone; what they mean stays. nullptr: none.
std::shared_ptr<const Theme> theme_within(std::shared_ptr<const Theme> theme,
                                          const SheetArea& area);

// Names on the sheet: of the parts of the area (districts of a province, communes of a district),
// and in grey, after those, of its neighbours as far as they are seen in `view`.
std::vector<Label> sheet_labels(const data::Vintage& vintage, const SheetArea& area,
                                const geo::Box& view, double size_px);

} // namespace diaban::map
