// F1: all keys, by what they are for, searchable.
#include "base/text.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/widgets.hpp"

#include <imgui_stdlib.h>

#include <algorithm>

namespace diaban::gui {
namespace {

struct Shortcut {
    const char* keys; // names of keys that differ by language are message ids
    const char* action;
};
struct Shortcuts {
    const char* title;
    std::vector<Shortcut> keys;
};

// The keys of panels come from the registry, so that none can be forgotten.
std::vector<Shortcut> panel_shortcuts() {
    std::vector<Shortcut> out;
    for (const PanelEntry& entry : panel_entries())
        if (entry.shortcut) out.push_back({entry.shortcut, entry.title.data()});
    out.push_back({"Ctrl+Enter", "ui.shortcut.sql_run"});
    return out;
}

const std::vector<Shortcuts>& all_shortcuts() {
    static const std::vector<Shortcuts> all{{"ui.shortcuts.file",
                                             {{"Ctrl+O", "ui.shortcut.open"},
                                              {"Ctrl+S", "ui.shortcut.save"},
                                              {"Ctrl+Shift+S", "ui.menu.save_as"},
                                              {"Ctrl+Q", "ui.shortcut.quit"}}},
                                            {"ui.shortcuts.edit",
                                             {{"Ctrl+Z", "ui.shortcut.undo"},
                                              {"Ctrl+Shift+Z  Ctrl+Y", "ui.shortcut.redo"},
                                              {"Ctrl+F", "ui.shortcut.search"},
                                              {"Ctrl+C", "ui.shortcut.copy"},
                                              {"Esc", "ui.shortcut.clear"}}},
                                            {"ui.shortcuts.time",
                                             {{"ui.key.year", "ui.shortcut.year"},
                                              {"ui.key.space", "ui.shortcut.play"},
                                              {"1  2  3  4", "ui.shortcut.views"},
                                              {"S", "ui.shortcut.swipe"}}},
                                            {"ui.shortcuts.map",
                                             {{"ui.key.wheel", "ui.shortcut.wheel"},
                                              {"+  -", "ui.shortcut.zoom"},
                                              {"Home", "ui.shortcut.zoom_all"},
                                              {"[  ]", "ui.shortcut.classes"},
                                              {"M", "ui.shortcut.ruler"},
                                              {"ui.key.right_click", "ui.shortcut.identify"}}},
                                            {"ui.shortcuts.select",
                                             {{"ui.key.click", "ui.shortcut.toggle"},
                                              {"ui.key.drag", "ui.shortcut.box"},
                                              {"B  L  C", "ui.shortcut.box_tool"},
                                              {"Ctrl  Alt", "ui.shortcut.add"},
                                              {"Ctrl+A  Ctrl+I", "ui.shortcut.select_all"}}},
                                            {"ui.shortcuts.panels", panel_shortcuts()},
                                            {"ui.shortcuts.present",
                                             {{"F11", "ui.shortcut.presenter"},
                                              {"Ctrl+PgUp  Ctrl+PgDn", "ui.shortcut.step_view"},
                                              {"PgUp  PgDn  P  N", "ui.shortcut.slide"},
                                              {"1 – 9  0", "ui.shortcut.slide_year"},
                                              {"Shift + 1 – 9  0", "ui.shortcut.slide_year_later"},
                                              {"ui.key.up_down", "ui.shortcut.play_speed"},
                                              {"B", "ui.shortcut.black"},
                                              {"ui.key.click_only", "ui.shortcut.spotlight"},
                                              {"Esc", "ui.shortcut.leave"}}},
                                            {"ui.shortcuts.layout",
                                             {{"Tab  Shift+Tab", "ui.shortcut.layout_next"},
                                              {"ui.key.shift_click", "ui.shortcut.layout_more"},
                                              {"ui.key.arrows", "ui.shortcut.layout_move"},
                                              {"ui.key.alt_drag", "ui.shortcut.layout_free"},
                                              {"Ctrl+D", "ui.layout.duplicate"},
                                              {"Del", "ui.layout.remove"},
                                              {"Home  Ctrl+1", "ui.shortcut.layout_zoom"}}},
                                            {"ui.shortcuts.keyboard",
                                             {{"Tab  F6", "ui.shortcut.regions"},
                                              {"Shift+Tab  Shift+F6", "ui.shortcut.regions_back"},
                                              {"ui.key.arrows", "ui.shortcut.keyboard"},
                                              {"Enter", "ui.shortcut.act"},
                                              {"ui.key.arrows_map", "ui.shortcut.map_by_keys"}}},
                                            {"ui.shortcuts.help", {{"F1", "ui.shortcut.help"}}}};
    return all;
}

// The keys that belong to a region come first when help is asked for there.
std::string_view part_for(std::string_view region) {
    if (region == "map") return "ui.shortcuts.map";
    if (region == "timeline") return "ui.shortcuts.time";
    if (region == "menus" || region == "toolbar") return "ui.shortcuts.file";
    if (region == "table" || region == "matrix" || region == "charts" || region == "findings")
        return "ui.shortcuts.select";
    if (region == "views") return "ui.shortcuts.present";
    if (region == "layout") return "ui.shortcuts.layout";
    return "";
}

// What can be done where the keyboard or the last click was.
void help_text(Ui& ui) {
    const std::string id = "ui.help." + ui.shell.help_for;
    const bool known = !ui.shell.help_for.empty() && ui.document.language().has(id);
    ui.probe.state("help", known ? ui.text(id) : "");
    if (!known) return;
    paragraph(ui, ui.fonts.body, ui.theme->accent, ui.text(id));
    gap(ui, 4);
}

bool shortcut_found(const std::string& action, const std::string& keys, const std::string& wanted) {
    return wanted.empty() || base::search_matches(base::search_key(action), wanted) ||
           base::search_key(keys).find(wanted) != std::string::npos;
}

void shortcut_row(Ui& ui, const std::string& action, const std::string& keys) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float wide = text_size(ui.fonts.small, keys).x;
    const float right = at.x + width;
    const bool cut = draw_text_cut(list, ui.fonts.body, {at.x, at.y + ui.px(3)},
                                   width - wide - ui.px(24), ui.theme->text, action);
    list.AddRectFilled({right - wide - ui.px(14), at.y + ui.px(2)}, {right, at.y + ui.px(25)},
                       ui.theme->hover, ui.px(5));
    draw_text(list, ui.fonts.small, {right - wide - ui.px(7), at.y + ui.px(4)}, ui.theme->muted,
              keys);
    ImGui::Dummy({width, ui.px(29)});
    if (cut && ImGui::IsItemHovered()) tooltip(ui, action);
}

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
    if (wanted.empty()) help_text(ui);
    std::vector<const Shortcuts*> parts;
    for (const Shortcuts& part : all_shortcuts()) parts.push_back(&part);
    std::stable_partition(parts.begin(), parts.end(), [&](const Shortcuts* part) {
        return part->title == part_for(ui.shell.help_for);
    });
    for (const Shortcuts* const one : parts) {
        const Shortcuts& part = *one;
        bool titled = false;
        for (const Shortcut& shortcut : part.keys) {
            const std::string action = ui.text(shortcut.action);
            const bool words = std::string_view(shortcut.keys).starts_with("ui.");
            const std::string keys = words ? ui.text(shortcut.keys) : shortcut.keys;
            if (!shortcut_found(action, keys, wanted)) continue;
            if (!std::exchange(titled, true)) heading(ui, part.title);
            shortcut_row(ui, action, keys);
        }
    }
    ImGui::PopStyleVar();
    end_region();
}

} // namespace diaban::gui
