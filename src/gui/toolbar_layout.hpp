// Where the tools of a bar go: what is shown with its words, without them, or not in the bar at
// all.
//
// Guarantees: tools keep their order, never overlap and never leave the bar; as long as there is
// room for all icons none is left out. A pure function of widths.
#pragma once

#include <span>
#include <vector>

namespace diaban::gui {

struct ToolSlot {
    float icon_width = 0;      // without its words; all of them in one unit
    float label_width = 0;     // with them; 0: it has none, or shows none
    int keeps_label = 0;       // the lowest lose their words first
    int keeps_place = 0;       // the lowest leave the bar first; kAlways never does
    bool starts_group = false; // a divider before it, unless it is the first
    bool right = false;        // stands at the right end
};
inline constexpr int kAlways = 1000;

struct ToolPlace {
    float x = 0, width = 0;
    bool label = false, shown = true;
    bool divider = false; // a line in the gap before it
};

struct ToolGaps {
    float between = 4, groups = 21; // a divider stands in the middle of the second
    float more = 34;                // width of the button for what has left the bar
};

struct ToolbarLayout {
    std::vector<ToolPlace> places; // one per slot
    bool more = false;             // some tools are not shown
    float more_x = 0;
};
// Of the right-hand slots the last ends at `width`.
ToolbarLayout lay_out_tools(std::span<const ToolSlot> slots, float width, const ToolGaps& gaps);

} // namespace diaban::gui
