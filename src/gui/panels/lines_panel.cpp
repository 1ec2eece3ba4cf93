#include "gui/panels/lines_panel.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <array>
#include <cmath>

namespace diaban::gui {
namespace {

// Roads, rivers, borders: quiet enough for a map whose colours say something else.
constexpr std::array<std::string_view, 10> kColours{"#5C6066", "#23262B", "#8A6D3B", "#B5651D",
                                                    "#1F78B4", "#4FA3D1", "#2E8B7F", "#7B3F8C",
                                                    "#B04A5A", "#FFFFFF"};
constexpr double kWidthStep = 0.4;

void edit(Ui& ui, std::vector<app::LineLayer> lines, std::string_view merge = {}) {
    app::Project next = ui.document.project();
    next.lines = std::move(lines);
    ui.document.edit(std::move(next), "edit.lines", std::string(merge));
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
        const auto ink = map::parse_colour(layer.colour).value_or(map::Colour{});
        ImGui::GetWindowDrawList()->AddLine(
            {start.x + ui.px(indent), y}, {start.x + ui.px(indent + 24), y},
            layer.shown ? colour(ink) : ui.theme->line, ui.px(static_cast<float>(layer.width)));
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
    const float cell = ui.px(28);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const std::string_view hex : kColours) {
        const ImVec2 start = ImGui::GetCursorScreenPos();
        const std::string name = "lines.colour:" + std::string(hex);
        if (ImGui::InvisibleButton(name.c_str(), {cell, cell})) layer.colour = hex, changed = true;
        record(ui, name, true, layer.colour == hex);
        const ImVec2 a{start.x + ui.px(3), start.y + ui.px(3)};
        const ImVec2 b{start.x + cell - ui.px(3), start.y + cell - ui.px(3)};
        list.AddRectFilled(a, b, colour(*map::parse_colour(hex)), ui.px(4));
        const bool chosen = layer.colour == hex;
        list.AddRect(a, b, chosen ? ui.theme->accent : ui.theme->line, ui.px(4), 0,
                     ui.px(chosen ? 2.0F : 1.0F));
        ImGui::SameLine(0, 0);
    }
    ImGui::NewLine();
    auto steps = static_cast<int>(std::lround(layer.width / kWidthStep));
    if (stepper(ui, "ui.lines.width", steps, 1, static_cast<int>(app::kWidestLine / kWidthStep)))
        layer.width = steps * kWidthStep, changed = true;
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
