#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

void divider(Ui& ui) {
    ImGui::SameLine(0, ui.px(10));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddLine({at.x, at.y + ui.px(6)}, {at.x, at.y + ui.px(28)},
                                        ui.theme->line);
    ImGui::Dummy({1, ui.px(kButton)});
    ImGui::SameLine(0, ui.px(10));
}

// The four views of time.
void draw_modes(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const bool dated = ui.document.styled() && dataset->cube->periods.size() > 1;
    struct Mode {
        MapMode mode;
        std::string_view key;
        Icon icon;
        const char* shortcut;
    };
    constexpr Mode kModes[] = {{MapMode::One, "ui.mode.one", Icon::Map, "1"},
                               {MapMode::Compare, "ui.mode.compare", Icon::Compare, "2"},
                               {MapMode::Multiples, "ui.mode.multiples", Icon::Grid, "3"},
                               {MapMode::Change, "ui.mode.change", Icon::Change, "4"}};
    for (const Mode& m : kModes) {
        if (tool_button(ui, m.key,
                        {.icon = m.icon,
                         .label = !ui.shell.compact,
                         .on = dated && ui.shell.mode == m.mode,
                         .enabled = dated,
                         .shortcut = m.shortcut}) &&
            ui.shell.mode != m.mode)
            set_mode(ui, m.mode);
        ImGui::SameLine(0, ui.px(4));
    }
    if (!dated || ui.shell.mode != MapMode::Compare) return;
    if (tool_button(ui, "ui.mode.swipe",
                    {.icon = Icon::Swipe, .on = ui.shell.swipe, .shortcut = "S"}))
        ui.shell.swipe = !ui.shell.swipe;
}

} // namespace

void draw_toolbar(Ui& ui, const Rect& area) {
    begin_region(ui, "toolbar", area, {.padding = {12, 7}});
    app::Document& document = ui.document;
    Shell& shell = ui.shell;
    const bool loaded = document.dataset() != nullptr;
    const float near = ui.px(4);
    if (shell.compact && loaded) {
        if (tool_button(ui, "ui.tool.drawer", {.icon = Icon::Panel, .on = shell.drawer_open}))
            shell.drawer_open = !shell.drawer_open;
        divider(ui);
    }
    if (tool_button(ui, "ui.tool.open", {.icon = Icon::Open, .shortcut = "Ctrl+O"}))
        shell.open_dialog = true;
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.tool.save",
                    {.icon = Icon::Save, .enabled = loaded, .shortcut = "Ctrl+S"}))
        save_project(ui);
    divider(ui);
    if (tool_button(
            ui, "ui.tool.undo",
            {.icon = Icon::Undo, .enabled = document.history().can_undo(), .shortcut = "Ctrl+Z"}))
        document.undo();
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.tool.redo",
                    {.icon = Icon::Redo,
                     .enabled = document.history().can_redo(),
                     .shortcut = "Ctrl+Shift+Z"}))
        document.redo();
    divider(ui);
    if (tool_button(ui, "ui.tool.zoom_in",
                    {.icon = Icon::Plus, .enabled = loaded, .shortcut = "+"}))
        ui.map.zoom_by(ui, 1.6);
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.tool.zoom_out",
                    {.icon = Icon::Minus, .enabled = loaded, .shortcut = "-"}))
        ui.map.zoom_by(ui, 1 / 1.6);
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.tool.zoom_all",
                    {.icon = Icon::Fit, .label = true, .enabled = loaded, .shortcut = "Home"}))
        ui.map.zoom_all(ui);

    divider(ui);
    struct Tool {
        MapTool tool;
        std::string_view key;
        Icon icon;
        const char* shortcut;
    };
    constexpr Tool kTools[] = {{MapTool::Box, "ui.tool.box", Icon::SelectBox, "B"},
                               {MapTool::Lasso, "ui.tool.lasso", Icon::Lasso, "L"},
                               {MapTool::Circle, "ui.tool.circle", Icon::SelectCircle, "C"},
                               {MapTool::Ruler, "ui.tool.ruler", Icon::Ruler, "M"}};
    for (const Tool& t : kTools) {
        if (tool_button(ui, t.key,
                        {.icon = t.icon,
                         .on = shell.tool == t.tool,
                         .enabled = loaded,
                         .shortcut = t.shortcut}))
            set_tool(ui, t.tool);
        ImGui::SameLine(0, near);
    }
    divider(ui);
    draw_modes(ui);

    const float export_width =
        text_size(ui.fonts.body, ui.text("ui.tool.export")).x + ui.px(20 + 7 + 26);
    float right = area.x1 - ui.px(12) - export_width;
    if (shell.narrow && loaded) {
        right -= ui.px(44);
        ImGui::SameLine();
        ImGui::SetCursorScreenPos({right, area.y0 + ui.px(7)});
        if (tool_button(ui, "ui.tool.legend", {.icon = Icon::Panel, .on = shell.overlay_open}))
            shell.overlay_open = !shell.overlay_open;
        right += ui.px(44);
    }
    ImGui::SameLine();
    ImGui::SetCursorScreenPos({right, area.y0 + ui.px(7)});
    if (tool_button(ui, "ui.tool.export",
                    {.icon = Icon::Export,
                     .label = true,
                     .enabled = document.styled() != nullptr,
                     .primary = true,
                     .shortcut = "Ctrl+E",
                     .width = export_width}))
        show_panel(ui, "export", shell.right != "export");
    ImGui::GetWindowDrawList()->AddLine({area.x0, area.y1 - 0.5F}, {area.x1, area.y1 - 0.5F},
                                        ui.theme->line);
    end_region();
}

} // namespace diaban::gui
