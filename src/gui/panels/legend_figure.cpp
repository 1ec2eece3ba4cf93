#include "gui/panels/legend_figure.hpp"

#include "gui/map_view.hpp"
#include "gui/widgets.hpp"
#include "gui/wrapped_text.hpp"
#include "map/size_steps.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diaban::gui {
namespace {

constexpr float kCellWidth = 50, kCellHeight = 30, kRoomForCircles = 62, kBelowFigure = 8;
constexpr float kLeastCircle = 2.5F;

bool is_square(const ShownLegend& shown) {
    return shown.theme && shown.theme->kind == map::MapKind::Bivariate;
}

bool has_sizes(const ShownLegend& shown) {
    return shown.theme && (shown.theme->kind == map::MapKind::Symbols ||
                           shown.theme->kind == map::MapKind::Cartogram);
}

float line_of(ImFont* font) {
    return text_size(font, "0").y;
}

// The circles as they are on the map now.
std::vector<map::SizeStep> steps_now(const Ui& ui, const map::Theme& theme) {
    if (theme.amount.empty()) return {};
    const double largest = *std::max_element(theme.amount.begin(), theme.amount.end());
    const bool whole = std::all_of(theme.amount.begin(), theme.amount.end(),
                                   [](double v) { return v == std::floor(v); });
    const double least = static_cast<double>(ui.px(kLeastCircle));
    const double room = static_cast<double>(ui.px(kRoomForCircles));
    if (theme.kind == map::MapKind::Cartogram) {
        const double raster =
            std::max(1.0, static_cast<double>(ImGui::GetIO().DisplayFramebufferScale.x));
        const double per_root = 2 * std::sqrt(theme.m2_per_amount / std::numbers::pi) /
                                ui.map.camera().metres_per_px / raster;
        return map::size_steps(per_root, largest, room, least, whole);
    }
    if (!(theme.largest > 0)) return {};
    const double across = theme.largest_px * static_cast<double>(ui.scale);
    return map::size_steps(across / std::sqrt(theme.largest), theme.largest, across, least, whole);
}

float circles_height(const Ui& ui, const map::Theme& theme, ImFont* font) {
    const float across = theme.kind == map::MapKind::Symbols
                             ? static_cast<float>(theme.largest_px) * ui.scale
                             : ui.px(kRoomForCircles);
    return std::max(across, 3 * line_of(font));
}

void draw_circles(Ui& ui, const map::Theme& theme, ImFont* font) {
    const auto steps = steps_now(ui, theme);
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float height = circles_height(ui, theme, font), line = line_of(font);
    const float across = theme.kind == map::MapKind::Symbols
                             ? static_cast<float>(theme.largest_px) * ui.scale
                             : ui.px(kRoomForCircles);
    const float foot = start.y + height, middle = start.x + across / 2;
    const float text_x = start.x + across + ui.px(16);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool filled = theme.kind == map::MapKind::Symbols;
    const ImU32 ink = filled ? colour(theme.colour) : ui.theme->muted;
    float lowest = foot;
    std::string said;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        const float top = foot - static_cast<float>(step->diameter);
        const float text_top = std::min(top - line / 2, lowest - line);
        lowest = text_top;
        list.AddLine({middle, top}, {text_x - ui.px(4), text_top + line / 2}, ui.theme->line);
        const auto text =
            ui.document.language().number(step->amount, map::step_decimals(step->amount));
        draw_text(list, font, {text_x, text_top}, ui.theme->text, text);
        said += (said.empty() ? "" : " ") + text;
    }
    for (const auto& step : steps) {
        const auto radius = static_cast<float>(step.diameter / 2);
        if (filled) list.AddCircleFilled({middle, foot - radius}, radius, faded(ink, 0.24F));
        list.AddCircle({middle, foot - radius}, radius, ink, 0, ui.px(1));
    }
    ImGui::Dummy({ImGui::GetContentRegionAvail().x, height});
    record(ui, "legend.sizes");
    ui.probe.state("legend.sizes", said);
}

// Width of what stands left of the square: an arrow and the numbers between its rows.
float left_of_square(const Ui& ui, const map::Theme& theme) {
    float width = 0;
    for (const auto& number : theme.up.breaks)
        width = std::max(width, text_size(ui.fonts.small, number).x);
    return width + ui.px(18);
}

void draw_arrow(Ui& ui, ImDrawList& list, ImVec2 from, ImVec2 to) {
    const float head = ui.px(4), dx = to.x > from.x ? head : 0, dy = to.y < from.y ? head : 0;
    list.AddLine(from, to, ui.theme->muted, ui.px(1));
    list.AddLine(to, {to.x - dx - dy * 0.6F, to.y + dy - dx * 0.6F}, ui.theme->muted, ui.px(1));
    list.AddLine(to, {to.x - dx + dy * 0.6F, to.y + dy + dx * 0.6F}, ui.theme->muted, ui.px(1));
}

void draw_pair_cell(Ui& ui, const ShownLegend& shown, std::size_t row, const ImVec2& at,
                    ImVec2 size, const std::string& count) {
    const map::LegendEntry& entry = shown.style->entries[row];
    const std::string name = "legend." + entry.key;
    ImGui::SetCursorScreenPos(at);
    const bool clicked = ImGui::InvisibleButton(name.c_str(), size);
    record(ui, name);
    ui.probe.state(name, count);
    if (ImGui::IsItemHovered()) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        tooltip(ui, entry.label);
    }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + size.x, at.y + size.y};
    swatch(ui, list, at, size, entry);
    list.AddRect(at, end, ui.theme->ground);
    const bool white = !entry.outline_only && map::white_on(entry.colour);
    const ImU32 ink = white                ? IM_COL32_WHITE
                      : entry.outline_only ? ui.theme->text
                                           : colour(map::kText);
    const ImVec2 text = text_size(ui.fonts.small, count);
    const ImVec2 middle{(at.x + end.x) / 2, (at.y + end.y) / 2};
    if (!entry.outline_only && entry.hatch != map::Hatch::None) // it stops short of the number
        list.AddRectFilled({middle.x - text.x / 2 - ui.px(2), middle.y - text.y / 2},
                           {middle.x + text.x / 2 + ui.px(2), middle.y + text.y / 2},
                           colour(entry.colour), ui.px(2));
    draw_text(list, ui.fonts.small, {at.x + (size.x - text.x) / 2, at.y + (size.y - text.y) / 2},
              ink, count);
    if (clicked) choose_units(ui, app::faces_of_entry(*shown.style, row));
}

void draw_square(Ui& ui, const ShownLegend& shown,
                 const std::function<std::string(const map::LegendEntry&)>& counts) {
    const map::Theme& theme = *shown.theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 size{ui.px(kCellWidth), ui.px(kCellHeight)};
    paragraph(ui, ui.fonts.small, ui.theme->text, theme.up.name);
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float left = start.x + left_of_square(ui, theme);
    const float foot = start.y + size.y * static_cast<float>(theme.up.classes);
    const float line = line_of(ui.fonts.small);
    for (std::size_t i = 0; i < shown.style->entries.size(); ++i) {
        const auto cell = map::pair_cell(shown.style->entries[i]);
        if (!cell) continue;
        draw_pair_cell(ui, shown, i,
                       {left + size.x * static_cast<float>(cell->first),
                        foot - size.y * static_cast<float>(cell->second + 1)},
                       size, counts(shown.style->entries[i]));
    }
    for (std::size_t b = 0; b < theme.up.breaks.size(); ++b) {
        const auto& number = theme.up.breaks[b];
        draw_text(list, ui.fonts.small,
                  {left - ui.px(5) - text_size(ui.fonts.small, number).x,
                   foot - size.y * static_cast<float>(b + 1) - line / 2},
                  ui.theme->muted, number);
    }
    for (std::size_t b = 0; b < theme.across.breaks.size(); ++b) {
        const auto& number = theme.across.breaks[b];
        draw_text(
            list, ui.fonts.small,
            {left + size.x * static_cast<float>(b + 1) - text_size(ui.fonts.small, number).x / 2,
             foot},
            ui.theme->muted, number);
    }
    const float right = left + size.x * static_cast<float>(theme.across.classes);
    draw_arrow(ui, list, {start.x + ui.px(4), foot}, {start.x + ui.px(4), start.y});
    const float below = foot + line + ui.px(6);
    draw_arrow(ui, list, {left, below}, {right, below});
    ImGui::SetCursorScreenPos({start.x, below + ui.px(6)});
    paragraph(ui, ui.fonts.small, ui.theme->text, theme.across.name);
}

float lines_height(const Ui& ui, const std::string& text, float width) {
    const std::string lines = wrapped(ui.fonts.small, text, width);
    return line_of(ui.fonts.small) *
           static_cast<float>(1 + std::count(lines.begin(), lines.end(), '\n'));
}

} // namespace

bool in_legend_figure(const ShownLegend& shown, const map::LegendEntry& entry) {
    return is_square(shown) && map::pair_cell(entry).has_value();
}

float legend_figure_height(const Ui& ui, const ShownLegend& shown) {
    if (has_sizes(shown)) return legend_sizes_height(ui, shown, ui.fonts.small);
    if (!is_square(shown)) return 0;
    const float width = ui.px(228); // of the small legend, the only one that asks
    return lines_height(ui, shown.theme->up.name, width) +
           ui.px(kCellHeight) * static_cast<float>(shown.theme->up.classes) +
           line_of(ui.fonts.small) + ui.px(12) + lines_height(ui, shown.theme->across.name, width) +
           ui.px(kBelowFigure);
}

float legend_sizes_height(const Ui& ui, const ShownLegend& shown, ImFont* font) {
    return has_sizes(shown) ? circles_height(ui, *shown.theme, font) + ui.px(kBelowFigure) : 0;
}

void draw_legend_sizes(Ui& ui, const ShownLegend& shown, ImFont* font) {
    if (has_sizes(shown)) draw_circles(ui, *shown.theme, font);
}

void draw_legend_figure(Ui& ui, const ShownLegend& shown,
                        const std::function<std::string(const map::LegendEntry&)>& counts) {
    if (has_sizes(shown))
        draw_circles(ui, *shown.theme, ui.fonts.small);
    else if (is_square(shown))
        draw_square(ui, shown, counts);
    else
        return;
    gap(ui, kBelowFigure);
}

} // namespace diaban::gui
