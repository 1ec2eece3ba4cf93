#include "gui/theme.hpp"

#include <imgui_freetype.h>

#include <cmath>

namespace diaban::gui {
namespace {

constexpr ImU32 rgb(unsigned hex) {
    return IM_COL32((hex >> 16) & 255u, (hex >> 8) & 255u, hex & 255u, 255);
}

Theme make_light() {
    Theme t;
    t.text = rgb(0x23262B), t.muted = rgb(0x6B727B), t.faint = rgb(0x8A9099);
    t.ground = rgb(0xFFFFFF), t.panel = rgb(0xF7F8FA), t.line = rgb(0xE3E6EA);
    t.hover = rgb(0xEEF1F4);
    t.accent = rgb(0x0B63CE), t.accent_ground = rgb(0xE4EEFB), t.on_accent = rgb(0xFFFFFF);
    t.warning = rgb(0x9A5B00), t.warning_ground = rgb(0xFFF4DC);
    t.error = rgb(0x9C2F1B);
    t.shadow = IM_COL32(30, 36, 44, 26);
    t.map_ground = map::kMapGround;
    t.map_coast = map::kProvinceLine;
    return t;
}

Theme make_dark() {
    Theme t;
    t.dark = true;
    t.text = rgb(0xE6E8EB), t.muted = rgb(0xA3ABB4), t.faint = rgb(0x7D858F);
    t.ground = rgb(0x1E2124), t.panel = rgb(0x17191C), t.line = rgb(0x33383E);
    t.hover = rgb(0x2A2E33);
    t.accent = rgb(0x5AA0F2), t.accent_ground = rgb(0x1F3350), t.on_accent = rgb(0x0E1216);
    t.warning = rgb(0xF0BE6A), t.warning_ground = rgb(0x3A2F1B);
    t.error = rgb(0xF08A76);
    t.shadow = IM_COL32(0, 0, 0, 90);
    t.map_ground = {0x26, 0x2A, 0x2E, 0xFF};
    t.map_coast = {0xB8, 0xBF, 0xC7, 0xFF};
    return t;
}

// Every Vietnamese letter, Latin names of neighbouring countries, and the signs the program writes.
constexpr ImWchar kLetters[] = {0x0020, 0x017F, 0x01A0, 0x01A1, 0x01AF, 0x01B0, 0x0300, 0x0309,
                                0x0323, 0x0323, 0x0391, 0x03C9, 0x1EA0, 0x1EF9, 0x2010, 0x2027,
                                0x2030, 0x203A, 0x2070, 0x209C, 0x20AB, 0x20AB, 0x2190, 0x2193,
                                0x2212, 0x2212, 0x2248, 0x2248, 0x2260, 0x2265, 0};

constexpr ImWchar kSigns[] = {0x2190, 0x2193, 0x2212, 0x2212, 0x2248, 0x2248, 0x2260, 0x2265, 0};

// "2015", "2015-H1".
constexpr ImWchar kPeriods[] = {0x002D, 0x002D, 0x0030, 0x0039, 0x0048, 0x0048, 0};

} // namespace

const Theme& theme_of(std::string_view name) {
    static const Theme light = make_light(), dark = make_dark();
    return name == "dark" ? dark : light;
}

ImU32 colour(map::Colour c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}

ImU32 faded(ImU32 c, float opacity) {
    const auto alpha = static_cast<ImU32>(static_cast<float>(c >> IM_COL32_A_SHIFT) * opacity);
    return (c & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT);
}

bool can_write(char32_t letter) {
    for (const ImWchar* range = kLetters; *range != 0; range += 2)
        if (letter >= range[0] && letter <= range[1]) return true;
    return false;
}

Fonts load_fonts(const app::FontFiles& files, float scale, float raster, bool large) {
    ImGuiIO& io = ImGui::GetIO();
    io.Fonts->Clear();
    io.Fonts->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    // Wide enough that no card finds the texture too high.
    io.Fonts->TexDesiredWidth = scale * raster > 1.5F ? 4096 : 2048;
    auto add = [&](bool bold, float size, const ImWchar* letters = kLetters) {
        ImFontConfig config;
        config.FontNo = bold ? files.bold_index : files.regular_index;
        config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
        config.PixelSnapH = true;
        const std::string file = (bold ? files.bold : files.regular).string();
        // ImGui calls "size" the line height; Noto's letters fill 1/1.36 of it, and the sizes of
        // the design are sizes of letters.
        const float height = std::round(size * 1.36F * scale * raster);
        ImFont* font = io.Fonts->AddFontFromFileTTF(file.c_str(), height, &config, letters);
        if (!files.signs.empty() && letters == kLetters) {
            config.MergeMode = true; // fills in what the text font lacks
            config.FontNo = files.signs_index;
            io.Fonts->AddFontFromFileTTF(files.signs.string().c_str(), height, &config, kSigns);
        }
        return font;
    };
    Fonts fonts;
    fonts.body = add(false, 15);
    fonts.small = add(false, 13);
    fonts.tiny = add(false, 11);
    fonts.strong = add(true, 15);
    fonts.label = add(true, 13);
    fonts.caps = add(true, 12);
    fonts.title = add(true, 20);
    fonts.year = add(true, 22);
    fonts.large_title = large ? add(true, 32) : fonts.title;
    fonts.large_body = large ? add(false, 24) : fonts.body;
    fonts.large_strong = large ? add(true, 24) : fonts.strong;
    fonts.large_small = large ? add(false, 20) : fonts.small;
    fonts.large_label = large ? add(true, 20) : fonts.label;
    fonts.large_year = large ? add(true, 70, kPeriods) : fonts.year;
    io.Fonts->Build();
    io.FontGlobalScale = 1 / raster;
    io.FontDefault = fonts.body;
    return fonts;
}

void apply_style(const Theme& theme, float scale) {
    ImGuiStyle style;
    style.WindowPadding = {kPad, 8};
    style.FramePadding = {10, 6};
    style.ItemSpacing = {8, 8};
    style.ItemInnerSpacing = {8, 4};
    style.CellPadding = {10, 4};
    style.ScrollbarSize = 10;
    style.WindowRounding = 0;
    style.ChildRounding = 0;
    style.FrameRounding = 6;
    style.PopupRounding = 8;
    style.GrabRounding = 6;
    style.ScrollbarRounding = 6;
    style.WindowBorderSize = 0;
    style.ChildBorderSize = 0;
    style.PopupBorderSize = 1;
    style.FrameBorderSize = 1;
    style.GrabMinSize = 14;
    style.DisplaySafeAreaPadding = {0, 0};
    style.ScaleAllSizes(scale);
    style.PopupBorderSize = style.FrameBorderSize = 1;
    style.WindowMinSize = {1, 1};

    auto set = [&](ImGuiCol at, ImU32 c) { style.Colors[at] = ImGui::ColorConvertU32ToFloat4(c); };
    set(ImGuiCol_Text, theme.text);
    set(ImGuiCol_TextDisabled, theme.faint);
    set(ImGuiCol_WindowBg, theme.ground);
    set(ImGuiCol_ChildBg, 0);
    set(ImGuiCol_PopupBg, theme.ground);
    set(ImGuiCol_Border, theme.line);
    set(ImGuiCol_BorderShadow, 0);
    set(ImGuiCol_FrameBg, theme.ground);
    set(ImGuiCol_FrameBgHovered, theme.hover);
    set(ImGuiCol_FrameBgActive, theme.hover);
    set(ImGuiCol_MenuBarBg, theme.panel);
    set(ImGuiCol_ScrollbarBg, 0);
    set(ImGuiCol_ScrollbarGrab, faded(theme.faint, 0.35F));
    set(ImGuiCol_ScrollbarGrabHovered, faded(theme.faint, 0.6F));
    set(ImGuiCol_ScrollbarGrabActive, faded(theme.faint, 0.8F));
    set(ImGuiCol_CheckMark, theme.accent);
    set(ImGuiCol_SliderGrab, theme.accent);
    set(ImGuiCol_SliderGrabActive, theme.accent);
    set(ImGuiCol_Button, theme.ground);
    set(ImGuiCol_ButtonHovered, theme.hover);
    set(ImGuiCol_ButtonActive, theme.accent_ground);
    set(ImGuiCol_Header, theme.accent_ground);
    set(ImGuiCol_HeaderHovered, theme.hover);
    set(ImGuiCol_HeaderActive, theme.accent_ground);
    set(ImGuiCol_Separator, theme.line);
    set(ImGuiCol_SeparatorHovered, theme.accent);
    set(ImGuiCol_SeparatorActive, theme.accent);
    set(ImGuiCol_TableHeaderBg, theme.ground);
    set(ImGuiCol_TableBorderStrong, theme.line);
    set(ImGuiCol_TableBorderLight, theme.line);
    set(ImGuiCol_TableRowBg, 0);
    set(ImGuiCol_TableRowBgAlt, 0);
    set(ImGuiCol_TextSelectedBg, faded(theme.accent, 0.25F));
    set(ImGuiCol_NavHighlight, theme.accent);
    ImGui::GetStyle() = style;
}

} // namespace diaban::gui
