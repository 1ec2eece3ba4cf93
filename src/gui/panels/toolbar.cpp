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
