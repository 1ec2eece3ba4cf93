#include "gui/panels/registry.hpp"

#include "gui/panels/buffer_panel.hpp"
#include "gui/panels/chart_panel.hpp"
#include "gui/panels/export_panel.hpp"
#include "gui/panels/findings.hpp"
#include "gui/panels/guide_panel.hpp"
#include "gui/panels/history_panel.hpp"
#include "gui/panels/hotspots_panel.hpp"
#include "gui/panels/import_panel.hpp"
#include "gui/panels/layout_editor.hpp"
#include "gui/panels/legend_panel.hpp"
#include "gui/panels/lines_panel.hpp"
#include "gui/panels/matrix_panel.hpp"
#include "gui/panels/near_panel.hpp"
#include "gui/panels/neighbours_panel.hpp"
#include "gui/panels/pack_panel.hpp"
#include "gui/panels/patrol_panel.hpp"
#include "gui/panels/query_panel.hpp"
#include "gui/panels/score_sheet_panel.hpp"
#include "gui/panels/sql_panel.hpp"
#include "gui/panels/status_panel.hpp"
#include "gui/panels/store_panel.hpp"
#include "gui/panels/table_panel.hpp"
#include "gui/panels/targets_panel.hpp"
#include "gui/panels/verify_panel.hpp"
#include "gui/panels/views_panel.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>

namespace diaban::gui {
namespace {

template <class P> std::unique_ptr<Panel> make() {
    return std::make_unique<P>();
}

using Side = PanelEntry::Side;
constexpr PanelEntry kPanels[] = {
    {.side = Side::Right,
     .id = "export",
     .title = "ui.menu.export",
     .menu = "ui.menu.file",
     .shortcut = "Ctrl+E",
     .key = GLFW_KEY_E,
     .mods = GLFW_MOD_CONTROL,
     .make = make<ExportPanel>},
    {.side = Side::Right,
     .id = "pack",
     .title = "ui.pack.menu",
     .menu = "ui.menu.file",
     .shortcut = nullptr,
     .make = make<PackPanel>},
    {.side = Side::Sheet,
     .id = "layout",
     .title = "ui.layout.menu",
     .menu = "ui.menu.file",
     .shortcut = nullptr,
     .make = make<LayoutEditor>},
    {.side = Side::Sheet,
     .id = "verify",
     .title = "ui.menu.verify",
     .menu = "ui.menu.file",
     .shortcut = nullptr,
     .needs_values = false,
     .needs_data = false,
     .make = make<VerifyPanel>},
    {.side = Side::Sheet,
     .id = "import",
     .title = "ui.import.menu",
     .menu = "ui.menu.file",
     .shortcut = "Ctrl+Shift+I",
     .key = GLFW_KEY_I,
     .mods = GLFW_MOD_CONTROL | GLFW_MOD_SHIFT,
     .needs_values = false,
     .needs_data = false,
     .make = make<ImportPanel>},
    {.side = Side::Sheet,
     .id = "store",
     .title = "ui.store.menu",
     .menu = "ui.menu.data",
     .shortcut = nullptr,
     .needs_values = false,
     .make = make<StorePanel>},
    {.side = Side::Right,
     .id = "history",
     .title = "ui.history",
     .menu = "ui.menu.edit",
     .shortcut = "Ctrl+H",
     .key = GLFW_KEY_H,
     .mods = GLFW_MOD_CONTROL,
     .needs_values = false,
     .make = make<HistoryPanel>},
    {.side = Side::Right,
     .id = "views",
     .title = "ui.views",
     .menu = "ui.menu.present",
     .shortcut = "Ctrl+D",
     .key = GLFW_KEY_D,
     .mods = GLFW_MOD_CONTROL,
     .make = make<ViewsPanel>},
    {.side = Side::Right,
     .id = "legend",
     .title = "ui.legend.edit",
     .menu = "ui.menu.view",
     .shortcut = "Ctrl+L",
     .key = GLFW_KEY_L,
     .mods = GLFW_MOD_CONTROL,
     .make = make<LegendPanel>},
    {.side = Side::Right,
     .id = "lines",
     .title = "ui.lines",
     .menu = "ui.menu.data",
     .shortcut = nullptr,
     .needs_values = false,
     .make = make<LinesPanel>},
    {.side = Side::Right,
     .id = "buffer",
     .title = "ui.buffer",
     .menu = "ui.menu.analysis",
     .shortcut = "Ctrl+B",
     .key = GLFW_KEY_B,
     .mods = GLFW_MOD_CONTROL,
     .needs_values = false,
     .make = make<BufferPanel>},
    {.side = Side::Right,
     .id = "near",
     .title = "ui.near",
     .menu = "ui.menu.analysis",
     .shortcut = nullptr,
     .needs_values = false,
     .make = make<NearPanel>},
    {.side = Side::Right,
     .id = "query",
     .title = "ui.query",
     .menu = "ui.menu.analysis",
     .shortcut = "Ctrl+J",
     .key = GLFW_KEY_J,
     .mods = GLFW_MOD_CONTROL,
     .needs_values = false,
     .make = make<QueryPanel>},
    {.side = Side::Bottom,
     .id = "sql",
     .title = "ui.sql",
     .menu = "ui.menu.analysis",
     .shortcut = "Ctrl+Shift+J",
     .key = GLFW_KEY_J,
     .mods = GLFW_MOD_CONTROL | GLFW_MOD_SHIFT,
     .needs_values = false,
     .make = make<SqlPanel>},
    {.side = Side::Right,
     .id = "patrol",
     .title = "ui.patrol",
     .menu = "ui.menu.analysis",
     .shortcut = "Ctrl+U",
     .key = GLFW_KEY_U,
     .mods = GLFW_MOD_CONTROL,
     .needs_values = false,
     .make = make<PatrolPanel>},
    {.side = Side::Right,
     .id = "hotspots",
     .title = "ui.hotspots",
     .menu = "ui.menu.analysis",
     .shortcut = nullptr,
     .make = make<HotspotsPanel>},
    {.side = Side::Right,
     .id = "neighbours",
     .title = "ui.neighbours",
     .menu = "ui.menu.analysis",
     .shortcut = nullptr,
     .needs_values = false,
     .make = make<NeighboursPanel>},
    {.side = Side::Right,
     .id = "status",
     .title = "ui.statuses",
     .menu = "ui.menu.plan",
     .shortcut = "Ctrl+K",
     .key = GLFW_KEY_K,
     .mods = GLFW_MOD_CONTROL,
     .make = make<StatusPanel>},
    {.side = Side::Sheet,
     .id = "score_sheet",
     .title = "ui.sheet.menu",
     .menu = "ui.menu.plan",
     .shortcut = nullptr,
     .needs_values = false,
     .needs_data = false,
     .make = make<ScoreSheetPanel>},
    {.side = Side::Bottom,
     .id = "table",
     .title = "ui.timeline.table",
     .menu = "ui.menu.view",
     .icon = Icon::Table,
     .shortcut = nullptr,
     .needs_values = false,
     .make = make<TablePanel>},
    {.side = Side::Bottom,
     .id = "charts",
     .title = "ui.charts",
     .menu = "ui.menu.analysis",
     .icon = Icon::Chart,
     .shortcut = nullptr,
     .make = make<ChartPanel>},
    {.side = Side::Bottom,
     .id = "matrix",
     .title = "ui.matrix",
     .menu = "ui.menu.analysis",
     .icon = Icon::Matrix,
     .shortcut = nullptr,
     .make = make<MatrixPanel>},
    {.side = Side::Bottom,
     .id = "targets",
     .title = "ui.targets",
     .menu = "ui.menu.plan",
     .icon = Icon::Target,
     .shortcut = nullptr,
     .make = make<TargetsPanel>},
    {.side = Side::Bottom,
     .id = "findings",
     .title = "ui.timeline.findings",
     .menu = "ui.menu.view",
     .icon = Icon::Warning,
     .shortcut = nullptr,
     .needs_values = false,
     .make = make<FindingsPanel>},
    {.side = Side::Sheet,
     .id = "guide",
     .title = "ui.guide",
     .menu = "ui.menu.help",
     .shortcut = nullptr,
     .needs_values = false,
     .needs_data = false,
     .make = make<GuidePanel>},
    {.side = Side::Sheet,
     .id = "about",
     .title = "ui.about",
     .menu = "ui.menu.help",
     .shortcut = nullptr,
     .needs_values = false,
     .needs_data = false,
     .make = make<AboutPanel>},
};

const PanelEntry* entry_of(std::string_view id) {
    const auto at = std::find_if(std::begin(kPanels), std::end(kPanels),
                                 [&](const PanelEntry& e) { return e.id == id; });
    return at == std::end(kPanels) ? nullptr : at;
}

bool& region_open(const Ui& ui, Side side) {
    app::Settings& settings = ui.document.settings();
    if (side == Side::Right) return ui.shell.narrow ? ui.shell.overlay_open : settings.right_open;
    return ui.shell.compact ? ui.shell.table_open_compact : settings.bottom_open;
}

} // namespace

std::span<const PanelEntry> panel_entries() {
    return kPanels;
}

bool panel_shown(const Ui& ui, const PanelEntry& entry) {
    if (entry.side == Side::Sheet) return ui.shell.sheet == entry.id;
    const std::string& now = entry.side == Side::Right ? ui.shell.right : ui.shell.bottom;
    // A sheet lies over all of them.
    return ui.shell.sheet.empty() && now == entry.id && region_open(ui, entry.side);
}

bool panel_possible(const Ui& ui, const PanelEntry& entry) {
    if (!ui.document.dataset()) return !entry.needs_data;
    return !entry.needs_values || ui.document.styled() != nullptr;
}

void show_panel(Ui& ui, const PanelEntry& entry, bool shown) {
    if (shown && !panel_possible(ui, entry)) return;
    // What is asked for is seen: a sheet makes room, and is as it was when it comes back.
    if (shown) ui.shell.sheet.clear();
    if (entry.side == Side::Sheet) {
        ui.shell.sheet = shown ? entry.id : "";
    } else if (entry.side == Side::Right) {
        // Closing one brings back the legend; over a narrow map it uncovers the map.
        ui.shell.right = shown ? entry.id : "";
        // Only its own panel says that a tool is in hand.
        if ((ui.shell.tool == MapTool::Link && ui.shell.right != "neighbours") ||
            (ui.shell.tool == MapTool::Give && ui.shell.right != "patrol"))
            ui.shell.tool = MapTool::Pointer;
        if (shown || ui.shell.narrow) region_open(ui, entry.side) = shown;
    } else {
        ui.shell.bottom = entry.id;
        region_open(ui, entry.side) = shown;
    }
    if (shown) ui.shell.drawer_open = false;
}

void show_panel(Ui& ui, std::string_view id, bool shown) {
    if (const PanelEntry* entry = entry_of(id)) show_panel(ui, *entry, shown);
}

void panel_keys(Ui& ui) {
    for (const PanelEntry& entry : kPanels)
        if (entry.key && ui.pressed(entry.key, entry.mods))
            show_panel(ui, entry, !panel_shown(ui, entry));
}

void Panels::follow(Ui& ui) {
    for (const auto& [id, panel] : made_) panel->follow(ui);
}

bool Panels::take_key(Ui& ui, std::string_view id, const KeyPress& key) {
    const auto at = made_.find(id);
    return at != made_.end() && at->second->take_key(ui, key);
}

void Panels::draw(Ui& ui, std::string_view id, const Rect& area, bool overlay) {
    const PanelEntry* entry = entry_of(id);
    if (!entry) return;
    auto at = made_.find(id);
    if (at == made_.end()) at = made_.emplace(id, entry->make()).first;
    at->second->draw(ui, area, overlay);
}

void begin_sheet(Ui& ui, std::string_view id, std::string_view title, const Rect& area) {
    begin_region(ui, std::string(id).c_str(), area, {.padding = {20, 12}, .overlay = true});
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.title, ImGui::GetCursorScreenPos(),
              ui.theme->text, ui.text(title));
    ImGui::SetCursorScreenPos({area.x1 - ui.px(50), area.y0 + ui.px(8)});
    if (tool_button(ui, "ui.close",
                    {.icon = Icon::Close, .shortcut = "Esc", .name = std::string(id) + ".close"}))
        ui.shell.sheet.clear();
    ImGui::SetCursorScreenPos({area.x0 + ui.px(20), area.y0 + ui.px(48)});
}

void begin_right_panel(Ui& ui, std::string_view id, std::string_view title, const Rect& area,
                       bool overlay) {
    begin_region(ui, std::string(id).c_str(), area,
                 {.padding = {18, 10}, .scroll = true, .overlay = overlay});
    const ImVec2 top = ImGui::GetCursorScreenPos();
    heading(ui, title);
    const ImVec2 below = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({area.x1 - ui.px(50), top.y - ui.px(2)});
    if (tool_button(ui, "ui.close",
                    {.icon = Icon::Close, .shortcut = "Esc", .name = std::string(id) + ".close"}))
        show_panel(ui, id, false);
    ImGui::SetCursorScreenPos(below);
}

void end_right_panel(Ui& ui, const Rect& area) {
    gap(ui, 16);
    ImGui::GetWindowDrawList()->AddLine({area.x0 + 0.5F, area.y0}, {area.x0 + 0.5F, area.y1},
                                        ui.theme->line);
    end_region();
}

} // namespace diaban::gui
