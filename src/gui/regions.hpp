// The regions of the window as the keyboard walks through them.
//
// Guarantee: every region that can be seen has its turn once, in the order in which one reads; what
// lies below a sheet or a question is left out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::gui {

// A region drawn in this frame, in the order of drawing; window coordinates.
struct RegionAt {
    std::string id;     // as code and tests name it
    std::string window; // as ImGui names it
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    bool overlay = false; // lies over those drawn before it
    bool alone = false;   // a question: nothing else has the keyboard until it is answered
};

// Indices of those that the keyboard reaches: by rows from above, within a row from the left.
std::vector<std::size_t> region_order(std::span<const RegionAt> drawn);

// The one after (`step` 1) or before (-1) the named one, around the ends; without a name, or one
// that is gone, the first or the last. Nothing if there is none.
std::optional<std::size_t> next_region(std::span<const RegionAt> drawn, std::string_view id,
                                       int step);

} // namespace diaban::gui
