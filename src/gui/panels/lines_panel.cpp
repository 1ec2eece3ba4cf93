#include "gui/panels/lines_panel.hpp"

#include "gui/overlay_shapes.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::gui {
namespace {

// Roads, rivers, borders: quiet enough for a map whose colours say something else.
constexpr std::array<std::string_view, 10> kColours{"#5C6066", "#23262B", "#8A6D3B", "#B5651D",
                                                    "#1F78B4", "#4FA3D1", "#2E8B7F", "#7B3F8C",
                                                    "#B04A5A", "#FFFFFF"};
constexpr double kWidthStep = 0.4;
constexpr std::array kGaps{0.0, 2.0, 6.0}; // a line, dots, dashes

void edit(Ui& ui, std::vector<app::LineLayer> lines, std::string_view merge = {}) {
    app::Project next = ui.document.project();
    next.lines = std::move(lines);
    ui.document.edit(std::move(next), "edit.lines", std::string(merge));
}

// One of the colours, or none of them: the box with a stroke through it.
bool colour_row(Ui& ui, std::string_view key, const std::string& prefix, std::string& value,
                bool may_be_none) {
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text(key));
    std::vector<std::string> all(kColours.begin(), kColours.end());
    if (may_be_none) all.insert(all.begin(), "");
    const float cell = std::min(ui.px(28), ImGui::GetContentRegionAvail().x /
                                               static_cast<float>(kColours.size() + 1));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    bool changed = false;
    for (const std::string& hex : all) {
        const ImVec2 start = ImGui::GetCursorScreenPos();
        const std::string name = prefix + (hex.empty() ? "none" : hex);
        const bool chosen = value == hex;
        if (ImGui::InvisibleButton(name.c_str(), {cell, cell}) && !chosen)
            value = hex, changed = true;
        record(ui, name, true, chosen);
        if (ImGui::IsItemHovered()) tooltip(ui, hex.empty() ? ui.text("ui.lines.fill.none") : hex);
        const ImVec2 a{start.x + ui.px(3), start.y + ui.px(3)};
        const ImVec2 b{start.x + cell - ui.px(3), start.y + cell - ui.px(3)};
        if (hex.empty())
            list.AddLine({a.x, b.y}, {b.x, a.y}, ui.theme->muted, ui.px(1.5F));
        else
            list.AddRectFilled(a, b, colour(*map::parse_colour(hex)), ui.px(4));
        list.AddRect(a, b, chosen ? ui.theme->accent : ui.theme->line, ui.px(4), 0,
                     ui.px(chosen ? 2.0F : 1.0F));
        ImGui::SameLine(0, 0);
    }
    ImGui::NewLine();
    return changed;
}

// Which column is written along the lines of a page; true when another was chosen.
bool label_choice(Ui& ui, std::size_t layer, std::string& label) {
    std::vector<std::string> columns{""};
    if (layer < ui.shell.line_columns.size())
        columns.insert(columns.end(), ui.shell.line_columns[layer].begin(),
                       ui.shell.line_columns[layer].end());
    // Also one that the file has no more, so that it can be taken away.
    if (std::find(columns.begin(), columns.end(), label) == columns.end()) columns.push_back(label);
    auto at = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), label) -
                                       columns.begin());
    auto texts = columns;
    texts.front() = ui.text("ui.lines.label.none");
    if (!choice(ui, "ui.lines.label", at, texts)) return false;
    label = columns[at];
    return true;
}

} // namespace

void pick_lines(Ui& ui) {
    ui.shell.picking = Picking{.save = false,
                               .title = "ui.lines.pick",
                               .extensions = {".shp", ".gpkg", ".geojson", ".json", ".fgb", ".kml",
                                              ".tab", ".mif", ".gml", ".sqlite", ".zip"},
                               .name = {},
                               .folder = {},
                               .then = [](Ui& later, const std::filesystem::path& file) {
                                   auto lines = later.document.project().lines;
                                   app::LineLayer layer;
                                   layer.file = std::filesystem::absolute(file).lexically_normal();
                                   // Each new layer looks different from the one before.
                                   layer.colour =
                                       kColours[lines.size() * 4 % (kColours.size() - 1)];
                                   lines.push_back(std::move(layer));
                                   edit(later, std::move(lines));
                                   show_panel(later, "lines");
                               }};
}

void draw_line_layers(Ui& ui, std::string_view name, float indent) {
    auto lines = ui.document.project().lines;
    std::optional<std::size_t> clicked;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const app::LineLayer& layer = lines[i];
        const ImVec2 start = ImGui::GetCursorScreenPos();
        if (list_row(ui, {.name = std::string(name) + std::to_string(i),
                          .text = layer.title(),
                          .muted = !layer.shown,
                          .icon = layer.shown ? Icon::Eye : Icon::EyeOff,
                          .indent = indent + 30}))
            clicked = i;
        const float y = start.y + ui.px(kListRow) / 2;
        line_key(ui, *ImGui::GetWindowDrawList(), layer, {start.x + ui.px(indent), y}, ui.px(24));
    }
    if (!clicked) return;
    uncover_map(ui);
    lines[*clicked].shown = !lines[*clicked].shown;
    edit(ui, std::move(lines));
}

void LinesPanel::draw_look(Ui& ui) {
    auto lines = ui.document.project().lines;
    if (lines.empty()) return;
    at_ = std::min(at_, lines.size() - 1);
    gap(ui, 6);
    rule(ui);
    gap(ui, 4);
    std::vector<std::string> titles;
    for (const auto& layer : lines) titles.push_back(layer.title());
    choice(ui, "ui.lines.which", at_, titles);
    app::LineLayer& layer = lines[at_];
    bool changed = field(ui, "ui.lines.name", layer.name);
    gap(ui, 2);
    changed = label_choice(ui, at_, layer.label) || changed;
    gap(ui, 2);
    changed = colour_row(ui, "ui.lines.colour", "lines.colour:", layer.colour, false) || changed;
    auto steps = static_cast<int>(std::lround(layer.width / kWidthStep));
    const auto pixels = ui.document.language().number(layer.width, 1) + " px";
    if (stepper(ui, "ui.lines.width", steps, 1, static_cast<int>(app::kWidestLine / kWidthStep),
                {.shown = pixels}))
        layer.width = steps * kWidthStep, changed = true;
    std::size_t dash = layer.gap <= 0 ? 0 : layer.gap < (kGaps[1] + kGaps[2]) / 2 ? 1 : 2;
    if (choice(ui, "ui.lines.dash", dash,
               {ui.text("ui.lines.dash.none"), ui.text("ui.lines.dash.short"),
                ui.text("ui.lines.dash.long")}))
        layer.gap = kGaps[dash], changed = true;
    changed = colour_row(ui, "ui.lines.fill", "lines.fill:", layer.fill, true) || changed;
    if (!layer.fill.empty()) {
        auto tenths = static_cast<int>(std::lround(layer.opacity * 10));
        const auto percent = std::to_string(std::lround(layer.opacity * 100)) + " %";
        if (stepper(ui, "ui.lines.opacity", tenths, 1, 10, {.shown = percent}))
            layer.opacity = tenths / 10.0, changed = true;
    }
    const float half = (ImGui::GetContentRegionAvail().x - ui.px(8)) / 2;
    if (text_button(ui, "ui.lines.up", false, at_ > 0, half)) {
        std::swap(lines[at_], lines[at_ - 1]);
        --at_;
        return edit(ui, std::move(lines));
    }
    ImGui::SameLine(0, ui.px(8));
    if (text_button(ui, "ui.lines.down", false, at_ + 1 < lines.size(), half)) {
        std::swap(lines[at_], lines[at_ + 1]);
        ++at_;
        return edit(ui, std::move(lines));
    }
    if (text_button(ui, "ui.lines.remove", false, true, half)) {
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at_));
        return edit(ui, std::move(lines));
    }
    if (changed) edit(ui, std::move(lines), "lines");
}

void LinesPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "lines", "ui.lines", area, overlay);
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.lines.note"));
    gap(ui, 4);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(4)});
    if (text_button(ui, "ui.lines.add", true, true, ImGui::GetContentRegionAvail().x))
        pick_lines(ui);
    gap(ui, 4);
    draw_running(ui, "lines");
    draw_line_layers(ui, "lines_row:", 0);
    draw_look(ui);
    ImGui::PopStyleVar();
    end_right_panel(ui, area);
}

} // namespace diaban::gui
