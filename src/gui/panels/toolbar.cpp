// The tools above the map. What they are stands in one table; where they go is a matter of the room
// there is (gui/toolbar_layout.hpp), and what finds none waits in a menu at the end.
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/toolbar_layout.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

struct Tool {
    std::string_view key;
    ToolSpec spec;
    ToolSlot slot; // widths are filled in later
    std::function<void()> act;
};

// Ranks of words and places; what has a key or stands in a menu too can go first.
enum Keeps { kZoom = 1, kEdit, kShape, kFit, kTime, kFile, kExport };

void file_tools(Ui& ui, std::vector<Tool>& out) {
    app::Document& document = ui.document;
    const bool loaded = document.dataset() != nullptr;
    if (ui.shell.compact && loaded)
        out.push_back({"ui.tool.drawer",
                       {.icon = Icon::Panel, .on = ui.shell.drawer_open},
                       {.keeps_place = kAlways, .starts_group = true},
                       [&ui] { ui.shell.drawer_open = !ui.shell.drawer_open; }});
    out.push_back({"ui.tool.open",
                   {.icon = Icon::Open, .shortcut = "Ctrl+O"},
                   {.keeps_place = kFile, .starts_group = true},
                   [&ui] { ui.shell.open_dialog = true; }});
    out.push_back({"ui.tool.save",
                   {.icon = Icon::Save, .enabled = loaded, .shortcut = "Ctrl+S"},
                   {.keeps_place = kFile},
                   [&ui] { save_project(ui); }});
    const app::History& history = document.history();
    out.push_back({"ui.tool.undo",
                   {.icon = Icon::Undo, .enabled = history.can_undo(), .shortcut = "Ctrl+Z"},
                   {.keeps_place = kEdit, .starts_group = true},
                   [&document] { document.undo(); }});
    out.push_back({"ui.tool.redo",
                   {.icon = Icon::Redo, .enabled = history.can_redo(), .shortcut = "Ctrl+Shift+Z"},
                   {.keeps_place = kEdit},
                   [&document] { document.redo(); }});
}

void map_tools(Ui& ui, std::vector<Tool>& out) {
    const bool loaded = ui.document.dataset() != nullptr;
    out.push_back({"ui.tool.zoom_in",
                   {.icon = Icon::Plus, .enabled = loaded, .shortcut = "+"},
                   {.keeps_place = kZoom, .starts_group = true},
                   [&ui] { ui.map.zoom_by(ui, 1.6); }});
    out.push_back({"ui.tool.zoom_out",
                   {.icon = Icon::Minus, .enabled = loaded, .shortcut = "-"},
                   {.keeps_place = kZoom},
                   [&ui] { ui.map.zoom_by(ui, 1 / 1.6); }});
    out.push_back({"ui.tool.zoom_all",
                   {.icon = Icon::Fit, .label = true, .enabled = loaded, .shortcut = "Home"},
                   {.keeps_label = kFit, .keeps_place = kFit},
                   [&ui] { ui.map.zoom_all(ui); }});
    struct Shape {
        MapTool tool;
        std::string_view key;
        Icon icon;
        const char* shortcut;
    };
    constexpr Shape kShapes[] = {{MapTool::Box, "ui.tool.box", Icon::SelectBox, "B"},
                                 {MapTool::Lasso, "ui.tool.lasso", Icon::Lasso, "L"},
                                 {MapTool::Circle, "ui.tool.circle", Icon::SelectCircle, "C"},
                                 {MapTool::Ruler, "ui.tool.ruler", Icon::Ruler, "M"}};
    for (const Shape& s : kShapes)
        out.push_back({s.key,
                       {.icon = s.icon,
                        .on = ui.shell.tool == s.tool,
                        .enabled = loaded,
                        .shortcut = s.shortcut},
                       {.keeps_place = kShape, .starts_group = s.tool == MapTool::Box},
                       [&ui, tool = s.tool] { set_tool(ui, tool); }});
}

// The four views of time.
void time_tools(Ui& ui, std::vector<Tool>& out) {
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
    for (const Mode& m : kModes)
        out.push_back(
            {m.key,
             {.icon = m.icon,
              .label = true,
              .on = dated && ui.shell.mode == m.mode,
              .enabled = dated,
              .shortcut = m.shortcut,
              .needs = "ui.needs.years"},
             {.keeps_label = kTime, .keeps_place = kTime, .starts_group = m.mode == MapMode::One},
             [&ui, mode = m.mode] { set_mode(ui, mode); }});
    if (dated && ui.shell.mode == MapMode::Compare)
        out.push_back({"ui.mode.swipe",
                       {.icon = Icon::Swipe, .on = ui.shell.swipe, .shortcut = "S"},
                       {.keeps_place = kTime},
                       [&ui] { ui.shell.swipe = !ui.shell.swipe; }});
}

void right_tools(Ui& ui, std::vector<Tool>& out) {
    if (ui.shell.narrow && ui.document.dataset())
        out.push_back({"ui.tool.legend",
                       {.icon = Icon::Panel, .on = ui.shell.overlay_open},
                       {.keeps_place = kAlways, .right = true},
                       [&ui] { ui.shell.overlay_open = !ui.shell.overlay_open; }});
    out.push_back({"ui.tool.export",
                   {.icon = Icon::Export,
                    .label = true,
                    .enabled = ui.document.styled() != nullptr,
                    .primary = true,
                    .shortcut = "Ctrl+E",
                    .needs = "ui.needs.values"},
                   {.keeps_label = kExport, .keeps_place = kAlways, .right = true},
                   [&ui] {
                       show_panel(ui, "export",
                                  ui.shell.right != "export" || !ui.shell.sheet.empty());
                   }});
}

// The tools that found no room, behind one button.
const Tool* draw_more(Ui& ui, const std::vector<Tool>& tools, const ToolbarLayout& layout,
                      ImVec2 at) {
    ImGui::SetCursorScreenPos(at);
    if (tool_button(ui, "ui.tool.more", {.icon = Icon::Down})) ImGui::OpenPopup("more");
    const Tool* chosen = nullptr;
    if (!ImGui::BeginPopup("more")) return chosen;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        if (layout.places[i].shown) continue;
        const ToolSpec& spec = tools[i].spec;
        const std::string words = ui.text(tools[i].key) + "##" + std::string(tools[i].key);
        if (ImGui::MenuItem(words.c_str(), std::string(spec.shortcut).c_str(), spec.on,
                            spec.enabled))
            chosen = &tools[i];
        record(ui, tools[i].key, spec.enabled, spec.on);
    }
    ImGui::EndPopup();
    return chosen;
}

} // namespace

void draw_toolbar(Ui& ui, const Rect& area) {
    begin_region(ui, "toolbar", area, {.padding = {12, 7}});
    std::vector<Tool> tools;
    file_tools(ui, tools);
    map_tools(ui, tools);
    time_tools(ui, tools);
    right_tools(ui, tools);
    std::vector<ToolSlot> slots;
    for (Tool& tool : tools) {
        tool.slot.icon_width = tool_width(ui, tool.key, false);
        tool.slot.label_width = tool.spec.label ? tool_width(ui, tool.key, true) : 0;
        slots.push_back(tool.slot);
    }
    const ToolGaps gaps{ui.px(4), ui.px(21), ui.px(kButton)};
    const ImVec2 origin{area.x0 + ui.px(12), area.y0 + ui.px(7)};
    const auto layout = lay_out_tools(slots, area.width() - ui.px(24), gaps);
    const Tool* chosen = nullptr;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const ToolPlace& place = layout.places[i];
        if (!place.shown) continue;
        const float x = origin.x + place.x;
        if (place.divider) {
            const float line = x - gaps.groups / 2;
            ImGui::GetWindowDrawList()->AddLine({line, origin.y + ui.px(6)},
                                                {line, origin.y + ui.px(28)}, ui.theme->line);
        }
        ImGui::SetCursorScreenPos({x, origin.y});
        ToolSpec spec = tools[i].spec;
        spec.label = place.label;
        spec.width = place.width;
        if (tool_button(ui, tools[i].key, spec)) chosen = &tools[i];
    }
    if (layout.more)
        if (const Tool* hidden = draw_more(ui, tools, layout, {origin.x + layout.more_x, origin.y}))
            chosen = hidden;
    if (chosen) chosen->act();
    ImGui::GetWindowDrawList()->AddLine({area.x0, area.y1 - 0.5F}, {area.x1, area.y1 - 0.5F},
                                        ui.theme->line);
    end_region();
}

} // namespace diaban::gui
