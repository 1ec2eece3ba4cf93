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
    map::Colour map_ground;
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
};
// Replaces the font atlas; the renderer must make its texture again. `raster` is device pixels per
// window coordinate, above 1 on screens that count in points.
Fonts load_fonts(const app::FontFiles& files, float scale, float raster);
void apply_style(const Theme& theme, float scale);

// Sizes in interface pixels (scale 1).
inline constexpr float kMenuHeight = 36, kToolbarHeight = 48, kStatusHeight = 30,
                       kTimelineHeight = 54, kListRow = 31, kTableRow = 29, kButton = 34, kPad = 16;

} // namespace diaban::gui
