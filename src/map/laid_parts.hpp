// Texts, tables, bars and charts of a layout, fitted into their boxes. Private to src/map.
#pragma once

#include "map/laid_page.hpp"
#include "map/page_look.hpp"

namespace diaban::map {

inline constexpr double kUnitsPerPt = 96.0 / 72;

// A page's look with texts of another size, page units.
PageLook look_with_text(PageLook look, double units);

// What paints an item, and how much of its box it takes from the top.
struct FittedPart {
    std::function<void(Canvas&)> paint;
    double height = 0;
};

// Throws Error Usage "error.layout.no_room" naming the item and its box.
[[noreturn]] void no_room(const LaidItem& placed);
// The largest size from the wanted one down to the smallest at which `fits`; otherwise no_room().
double fitting_size(const LaidItem& placed, const PageSize& size,
                    const std::function<bool(double units)>& fits);
// A text in its box, in lines, as large as it may be.
Text fitted_text(const LaidItem& placed, const PageSize& size, const Typesetter& typesetter,
                 Text text);
// Parts two lines of a text after a comma or colon, if neither is much shorter then; otherwise
// makes its lines about equally long. They are no more than before.
void even_lines(Text& text, const Typesetter& typesetter);
// Where a text of this height begins.
double top_in(const Rect& box, VerticalAlign align, double height);

FittedPart fitted_table(const LaidItem& placed, const PageSize& size, const PageLook& look,
                        const Typesetter& typesetter);
FittedPart fitted_bars(const LaidItem& placed, const PageSize& size, const PageLook& look,
                       const Typesetter& typesetter);
FittedPart fitted_chart(const LaidItem& placed, const PageSize& size, const PageLook& look,
                        const Typesetter& typesetter);

} // namespace diaban::map
