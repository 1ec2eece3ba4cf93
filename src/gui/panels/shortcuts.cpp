// F1: all keys, searchable.
#include "base/text.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <imgui_stdlib.h>

namespace diaban::gui {
namespace {

struct Shortcut {
    const char* keys; // names of keys that differ by language are message ids
    const char* action;
};
constexpr Shortcut kShortcuts[] = {{"Ctrl+O", "ui.shortcut.open"},
                                   {"Ctrl+S", "ui.shortcut.save"},
                                   {"Ctrl+Z", "ui.shortcut.undo"},
                                   {"Ctrl+Shift+Z", "ui.shortcut.redo"},
                                   {"Ctrl+F", "ui.shortcut.search"},
                                   {"Ctrl+E", "ui.shortcut.export"},
                                   {"ui.key.year", "ui.shortcut.year"},
                                   {"ui.key.space", "ui.shortcut.play"},
                                   {"[  ]", "ui.shortcut.classes"},
                                   {"Home", "ui.shortcut.zoom_all"},
                                   {"+  -", "ui.shortcut.zoom"},
                                   {"Esc", "ui.shortcut.clear"},
                                   {"1  2  3  4", "ui.shortcut.views"},
                                   {"B  L  C", "ui.shortcut.box_tool"},
                                   {"M", "ui.shortcut.ruler"},
                                   {"ui.key.click", "ui.shortcut.toggle"},
                                   {"ui.key.drag", "ui.shortcut.box"},
                                   {"Ctrl  Alt", "ui.shortcut.add"},
                                   {"Ctrl+A  Ctrl+I", "ui.shortcut.select_all"},
                                   {"Ctrl+H", "ui.shortcut.history"},
                                   {"Ctrl+D", "ui.shortcut.save_view"},
                                   {"Ctrl+L", "ui.legend.edit"},
                                   {"Ctrl+B", "ui.buffer"},
                                   {"Ctrl+PgUp  Ctrl+PgDn", "ui.shortcut.step_view"},
                                   {"Tab", "ui.shortcut.keyboard"},
                                   {"F11", "ui.shortcut.presenter"},
                                   {"F1", "ui.shortcut.help"},
                                   {"Ctrl+Q", "ui.shortcut.quit"}};

} // namespace

void draw_shortcuts(Ui& ui, const Rect& map_area) {
    if (!ui.shell.shortcuts_open) return;
    static std::string query;
    const float width = ui.px(470);
    const float height = std::min(map_area.height() - ui.px(24), ui.px(640));
    const float x = (map_area.x0 + map_area.x1 - width) / 2, y = map_area.y0 + ui.px(12);
    begin_region(ui, "shortcuts", {x, y, x + width, y + height},
                 {.padding = {20, 14}, .scroll = true, .overlay = true});
    const ImVec2 top = ImGui::GetCursorScreenPos();
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.title, top, ui.theme->text,
              ui.text("ui.shortcuts"));
    ImGui::SetCursorScreenPos({x + width - ui.px(52), y + ui.px(12)});
    if (tool_button(ui, "ui.close",
                    {.icon = Icon::Close, .shortcut = "Esc", .name = "shortcuts.close"}))
        ui.shell.shortcuts_open = false;
    ImGui::SetNextItemWidth(-FLT_MIN);
    ImGui::InputTextWithHint("##query", ui.text("ui.shortcuts.search").c_str(), &query);
    record_text(ui, "shortcuts.search", query);
    gap(ui, 2);
    const std::string wanted = base::search_key(query);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    for (const Shortcut& shortcut : kShortcuts) {
        const std::string action = ui.text(shortcut.action);
        const std::string keys = std::string_view(shortcut.keys).starts_with("ui.")
                                     ? ui.text(shortcut.keys)
                                     : shortcut.keys;
        if (!wanted.empty() && !base::search_matches(base::search_key(action), wanted) &&
            base::search_key(keys).find(wanted) == std::string::npos)
            continue;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImDrawList& list = *ImGui::GetWindowDrawList();
        draw_text(list, ui.fonts.body, {at.x, at.y + ui.px(3)}, ui.theme->text, action);
        const float wide = text_size(ui.fonts.small, keys).x;
        const float right = at.x + ImGui::GetContentRegionAvail().x;
        list.AddRectFilled({right - wide - ui.px(14), at.y + ui.px(2)}, {right, at.y + ui.px(25)},
                           ui.theme->hover, ui.px(5));
        draw_text(list, ui.fonts.small, {right - wide - ui.px(7), at.y + ui.px(4)}, ui.theme->muted,
                  keys);
        ImGui::Dummy({1, ui.px(29)});
    }
    ImGui::PopStyleVar();
    end_region();
}

} // namespace diaban::gui
