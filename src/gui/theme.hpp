// Colours, sizes and fonts of the interface: light and dark, at any scale.
#pragma once

#include "app/fonts.hpp"
#include "map/palette.hpp"

#include <imgui.h>
#include <string_view>

namespace diaban::gui {

struct Theme {
    bool dark = false;
    ImU32 text, muted, faint;
    ImU32 ground, panel, line, hover;
    ImU32 accent, accent_ground, on_accent;
    ImU32 warning, warning_ground;
    ImU32 error;
    ImU32 shadow;
    map::Colour map_ground, map_coast; // the sea, and where land ends in it
};
const Theme& theme_of(std::string_view name); // "dark", otherwise light

ImU32 colour(map::Colour c);
ImU32 faded(ImU32 c, float opacity);

// Fonts rasterised at their size on screen, never stretched.
struct Fonts {
    ImFont* body = nullptr;   // 15 px
    ImFont* small = nullptr;  // 13 px
    ImFont* tiny = nullptr;   // 11 px
    ImFont* strong = nullptr; // 15 px bold
    ImFont* label = nullptr;  // 13 px bold: names on the map
    ImFont* caps = nullptr;   // 12 px bold: headings of groups
    ImFont* title = nullptr;  // 20 px bold
    ImFont* year = nullptr;   // 22 px bold
    // What a room reads, far larger; the same as above until they are asked for.
    ImFont* large_title = nullptr;  // 32 px bold
    ImFont* large_body = nullptr;   // 24 px
    ImFont* large_strong = nullptr; // 24 px bold
    ImFont* large_small = nullptr;  // 20 px
    ImFont* large_label = nullptr;  // 20 px bold: names on the map
    ImFont* large_year = nullptr;   // 70 px bold; only what periods are written with
};
// Replaces the font atlas; the renderer must make its texture again. `raster` is device pixels per
// window coordinate, above 1 on screens that count in points. `large`: the large ones too.
Fonts load_fonts(const app::FontFiles& files, float scale, float raster, bool large);
// The letters and signs the fonts are loaded with; any other is drawn as "?".
bool can_write(char32_t letter);
void apply_style(const Theme& theme, float scale);

// Sizes in interface pixels (scale 1).
inline constexpr float kMenuHeight = 36, kToolbarHeight = 48, kStatusHeight = 30,
                       kTimelineHeight = 54, kListRow = 31, kTableRow = 29, kButton = 34, kPad = 16;

} // namespace diaban::gui
