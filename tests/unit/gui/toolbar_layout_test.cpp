#include "gui/toolbar_layout.hpp"

#include <catch2/catch.hpp>

using namespace diaban::gui;

namespace {

// Open, save | zoom all (words) | four views (words) | at the right legend and export (words).
std::vector<ToolSlot> bar() {
    std::vector<ToolSlot> slots;
    slots.push_back({34, 0, 0, 9, true, false});
    slots.push_back({34, 0, 0, 8, false, false});
    slots.push_back({34, 120, 1, 3, true, false});
    for (int i = 0; i < 4; ++i) slots.push_back({34, 110, 2, 5, i == 0, false});
    slots.push_back({34, 100, 4, kAlways, false, true});
    slots.push_back({34, 130, 3, kAlways, false, true});
    return slots;
}

void check_apart(const std::vector<ToolSlot>& slots, const ToolbarLayout& layout, float width) {
    float end = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const ToolPlace& place = layout.places[i];
        if (!place.shown) continue;
        INFO("slot " << i << " at width " << width);
        CHECK(place.x >= end);
        CHECK(place.width == (place.label ? slots[i].label_width : slots[i].icon_width));
        end = place.x + place.width;
        CHECK(end <= width);
        if (layout.more && slots[i].right) CHECK(layout.more_x + ToolGaps{}.more <= place.x);
    }
}

} // namespace

TEST_CASE("at any width tools keep their order, do not overlap and stay in the bar") {
    const auto slots = bar();
    for (float width = 120; width < 1400; width += 7)
        check_apart(slots, lay_out_tools(slots, width, {}), width);
}

TEST_CASE("words go before tools, the least important first, those of a group together") {
    const auto slots = bar();
    const auto wide = lay_out_tools(slots, 1400, {});
    for (std::size_t i = 2; i < slots.size(); ++i) CHECK(wide.places[i].label);
    CHECK(wide.places.back().x + wide.places.back().width == Approx(1400));
    CHECK_FALSE(wide.more);

    // 34+4+34 +21+120 +21+4*110+3*4 +21 +100+4+130 = 941 with all words.
    const auto tight = lay_out_tools(slots, 940, {});
    CHECK_FALSE(tight.places[2].label);
    CHECK(tight.places[3].label);
    const auto tighter = lay_out_tools(slots, 941 - 86 - 1, {});
    for (std::size_t i = 3; i < 7; ++i) CHECK_FALSE(tighter.places[i].label);
    CHECK(tighter.places[7].label);

    // All icons: 34+4+34 +21+34 +21+148 +21 +34+4+34 = 389.
    const auto icons = lay_out_tools(slots, 389, {});
    CHECK_FALSE(icons.more);
    for (const auto& place : icons.places) CHECK((place.shown && !place.label));
    const auto less = lay_out_tools(slots, 388, {});
    CHECK(less.more);
    CHECK_FALSE(less.places[2].shown); // zoom all is also a key
    CHECK(less.places[8].shown);
}
