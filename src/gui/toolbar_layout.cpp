#include "gui/toolbar_layout.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

float width_of(const ToolSlot& slot, const ToolPlace& place) {
    return place.label ? slot.label_width : slot.icon_width;
}

// Sets x of the slots on one side, from 0 on; returns where they end.
float line_up(std::span<const ToolSlot> slots, bool right, const ToolGaps& gaps,
              std::vector<ToolPlace>& places) {
    float x = 0;
    bool first = true, group = false;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (slots[i].right != right) continue;
        group = group || slots[i].starts_group;
        ToolPlace& place = places[i];
        if (!place.shown) continue;
        place.divider = group && !first;
        if (!first) x += place.divider ? gaps.groups : gaps.between;
        place.x = x;
        place.width = width_of(slots[i], place);
        x += place.width;
        first = group = false;
    }
    return x;
}

// The slot that gives way next: of the least rank the last one that still has what is asked for.
template <class Rank, class Has>
std::ptrdiff_t next_to_go(std::span<const ToolSlot> slots, Rank rank, Has has) {
    std::ptrdiff_t found = -1;
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (has(i) && (found < 0 || rank(slots[i]) <= rank(slots[static_cast<std::size_t>(found)])))
            found = static_cast<std::ptrdiff_t>(i);
    return found;
}

} // namespace

ToolbarLayout lay_out_tools(std::span<const ToolSlot> slots, float width, const ToolGaps& gaps) {
    ToolbarLayout out;
    out.places.resize(slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) out.places[i].label = slots[i].label_width > 0;
    for (;;) {
        const float left = line_up(slots, false, gaps, out.places);
        const float right = line_up(slots, true, gaps, out.places);
        const float more = out.more ? gaps.between + gaps.more : 0;
        const float gap = left > 0 && right > 0 ? gaps.groups : 0;
        out.more_x = left + gaps.between;
        if (left + more + gap + right <= width) {
            for (std::size_t i = 0; i < slots.size(); ++i)
                if (slots[i].right) out.places[i].x += width - right;
            return out;
        }
        const auto words = next_to_go(
            slots, [](const ToolSlot& s) { return s.keeps_label; },
            [&](std::size_t i) { return out.places[i].label && out.places[i].shown; });
        if (words >= 0) {
            // What belongs together loses its words together.
            const int rank = slots[static_cast<std::size_t>(words)].keeps_label;
            for (std::size_t i = 0; i < slots.size(); ++i)
                if (slots[i].keeps_label == rank) out.places[i].label = false;
            continue;
        }
        const auto gone = next_to_go(
            slots, [](const ToolSlot& s) { return s.keeps_place; },
            [&](std::size_t i) { return out.places[i].shown && slots[i].keeps_place < kAlways; });
        if (gone < 0) return out; // narrower than any window can be
        out.places[static_cast<std::size_t>(gone)].shown = false;
        out.more = true;
    }
}

} // namespace diaban::gui
