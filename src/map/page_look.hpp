// Sizes of everything on a page, from the size of the sheet alone.
#pragma once

#include "map/page.hpp"

namespace diaban::map {

// Page units: 1/96 inch. Larger sheets are looked at from farther away, so everything grows, but
// less than the sheet does. No text is smaller than 7 pt, on slides 14 pt (conventions.md 2).
struct PageLook {
    double width, height;
    double scale; // of lines, symbols, gaps; 1 on A4
    double margin, gap;
    double title, subtitle, heading, body, small, label; // text sizes (em)
    double smallest;                                     // text size
};
PageLook page_look(const PageSize& size);

inline constexpr Colour kRule{0xC9, 0xCE, 0xD4}, kWarning{0x9A, 0x5B, 0x00},
    kAbsent{0x8A, 0x90, 0x99}, kWarningGround{0xFF, 0xF8, 0xEA}, kWarningRule{0xE0, 0xA8, 0x4C};

} // namespace diaban::map
