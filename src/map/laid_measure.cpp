#include "map/laid_measure.hpp"

#include "map/laid_parts.hpp"
#include "map/legend_block.hpp"
#include "map/offshore.hpp"

namespace diaban::map {

std::optional<LegendRoom> legend_room(const Page& page, double size_pt, double width_mm,
                                      int columns, const Typesetter& typesetter) {
    constexpr double kEndless = 1e6, kRounding = 1; // page units
    const double mm = on_page({0, 0, 1, 1}).width;
    const auto look = look_with_text(page_look(page.size), size_pt * kUnitsPerPt);
    LegendBlock legend(page, look, typesetter);
    legend.widen(true);
    legend.keep_ranges(true);
    const double unbroken = legend.arrange(kEndless, columns).height;
    const auto used = legend.arrange(width_mm * mm, columns);
    if (used.width > width_mm * mm + kRounding) return std::nullopt;
    return LegendRoom{used.height / mm, unbroken / mm};
}

double map_largeness(const Page& page, const Rect& box_mm) {
    return largeness(page, on_page(box_mm));
}

} // namespace diaban::map
