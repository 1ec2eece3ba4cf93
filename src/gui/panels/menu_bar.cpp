#include "gui/panels/menu_bar.hpp"

#include "app/history_words.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/recent_files.hpp"
#include "gui/panels/registry.hpp"
#include "gui/presenter.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace diaban::gui {
namespace {

constexpr const char* kMore = "»";

bool menu(Ui& ui, std::string_view key) {
    const bool open = ImGui::BeginMenu((ui.text(key) + "##" + std::string(key)).c_str());
    record(ui, key, true, open);
    return open;
}

bool item(Ui& ui, std::string_view key, const char* shortcut = nullptr, bool enabled = true,
          bool on = false) {
    const bool chosen =
        ImGui::MenuItem((ui.text(key) + "##" + std::string(key)).c_str(), shortcut, on, enabled);
    record(ui, key, enabled, on);
    return chosen;
}

// Files that are gone stand there with a word, and leave the list together.
void recent_menu(Ui& ui) {
    const auto recent = recent_files(ui);
    const bool open =
        ImGui::BeginMenu((ui.text("ui.menu.recent") + "##recent").c_str(), !recent.empty());
    record(ui, "ui.menu.recent", !recent.empty(), open);
    if (!open) return;
    bool any_gone = false;
    for (std::size_t i = 0; i < recent.size(); ++i) {
        const RecentFile& one = recent[i];
        const std::string gone = one.gone ? ui.text("ui.recent.gone") : std::string();
        if (ImGui::MenuItem(one.file.string().c_str(), gone.c_str(), false, !one.gone))
            ui.shell.leaving = {Shell::Leaving::Where::Files, {one.file}};
        record(ui, "menu.recent:" + std::to_string(i), !one.gone);
        any_gone |= one.gone;
    }
    if (any_gone) {
        ImGui::Separator();
        if (item(ui, "ui.recent.forget_gone"))
            for (const RecentFile& one : recent)
                if (one.gone) forget_recent(ui, one.file);
    }
    ImGui::EndMenu();
}

// How large everything is. The size that was clicked, else 0.
double scale_menu(Ui& ui) {
    const bool open = ImGui::BeginMenu((ui.text("ui.menu.scale") + "##scale").c_str());
    record(ui, "ui.menu.scale", true, open);
    if (!open) return 0;
    double chosen = 0;
    for (const double scale : {0.75, 1.0, 1.25, 1.5, 2.0, 3.0}) {
        const std::string percent = ui.document.language().number(scale * 100, 0);
        const bool on = std::abs(scale - static_cast<double>(ui.scale)) < 0.01;
        if (ImGui::MenuItem((percent + " %##" + percent).c_str(), nullptr, on)) chosen = scale;
        record(ui, "ui.menu.scale:" + percent, true, on);
    }
    ImGui::EndMenu();
    return chosen;
}

// The panels that belong into a menu.
void panel_items(Ui& ui, std::string_view menu_key) {
    for (const PanelEntry& entry : panel_entries()) {
        if (entry.menu != menu_key) continue;
        const bool shown = panel_shown(ui, entry);
        if (item(ui, entry.title, entry.shortcut, panel_possible(ui, entry), shown))
            show_panel(ui, entry, !shown);
    }
}

// The four views of time, and the line between two maps.
void time_items(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const bool dated = dataset && dataset->cube && dataset->cube->periods.size() > 1;
    constexpr std::pair<MapMode, const char*> kModes[] = {{MapMode::One, "ui.mode.one"},
                                                          {MapMode::Compare, "ui.mode.compare"},
                                                          {MapMode::Multiples, "ui.mode.multiples"},
                                                          {MapMode::Change, "ui.mode.change"}};
    ImGui::Separator();
    for (std::size_t i = 0; i < std::size(kModes); ++i) {
        const auto [mode, key] = kModes[i];
        const bool on = dated && ui.shell.mode == mode;
        if (item(ui, key, std::to_string(i + 1).c_str(), dated, on)) set_mode(ui, mode);
    }
    const bool compares = dated && ui.shell.mode == MapMode::Compare;
    if (item(ui, "ui.mode.swipe", "S", compares, compares && ui.shell.swipe))
        ui.shell.swipe = !ui.shell.swipe;
}

bool has_panels(std::string_view menu_key) {
    const auto entries = panel_entries();
    return std::any_of(entries.begin(), entries.end(),
                       [&](const PanelEntry& entry) { return entry.menu == menu_key; });
}

// A menu that holds nothing but panels.
void panel_menu(Ui& ui, std::string_view menu_key) {
    if (!menu(ui, menu_key)) return;
    panel_items(ui, menu_key);
    ImGui::EndMenu();
}

// One menu of the line and how wide its word is there.
struct MenuWord {
    std::string_view key;
    std::function<void()> draw;
    float width = 0;
};

// How many of the menus fit side by side; the rest goes below one more, `more` wide.
std::size_t menus_that_fit(const std::vector<MenuWord>& menus, float room, float more) {
    float all = 0, used = more;
    for (const MenuWord& word : menus) all += word.width;
    if (all <= room) return menus.size();
    std::size_t fit = 0;
    while (fit < menus.size() && used + menus[fit].width <= room) used += menus[fit++].width;
    return fit;
}

} // namespace

void MenuBar::file_menu(Ui& ui) {
    using Where = Shell::Leaving::Where;
    if (!menu(ui, "ui.menu.file")) return;
    const bool loaded = ui.document.dataset() != nullptr;
    if (item(ui, "ui.menu.open", "Ctrl+O")) ui.shell.open_dialog = true;
    if (item(ui, "ui.menu.sample")) ui.shell.leaving = {Where::Sample, {}};
    recent_menu(ui);
    ImGui::Separator();
    if (item(ui, "ui.menu.save", "Ctrl+S", loaded)) save_project(ui);
    if (item(ui, "ui.menu.save_as", "Ctrl+Shift+S", loaded)) ui.shell.save_dialog = true;
    panel_items(ui, "ui.menu.file");
    ImGui::Separator();
    if (item(ui, "ui.menu.quit", "Ctrl+Q")) ui.shell.leaving = {Where::Quit, {}};
    ImGui::EndMenu();
}

void MenuBar::edit_menu(Ui& ui) {
    if (!menu(ui, "ui.menu.edit")) return;
    const app::History& history = ui.document.history();
    // The change that would be taken back, or made again.
    auto named = [&](std::string_view key, bool possible, std::size_t change) {
        if (!possible) return ui.text(key);
        return ui.text(key) + ": " +
               app::history_words(history, change, ui.document.dataset().get(),
                                  ui.document.language());
    };
    if (ImGui::MenuItem(
            (named("ui.menu.undo", history.can_undo(), history.at()) + "##undo").c_str(), "Ctrl+Z",
            false, history.can_undo()))
        ui.document.undo();
    record(ui, "ui.menu.undo", history.can_undo());
    if (ImGui::MenuItem(
            (named("ui.menu.redo", history.can_redo(), history.at() + 1) + "##redo").c_str(),
            "Ctrl+Shift+Z", false, history.can_redo()))
        ui.document.redo();
    record(ui, "ui.menu.redo", history.can_redo());
    panel_items(ui, "ui.menu.edit");
    ImGui::Separator();
    if (item(ui, "ui.menu.clear", "Esc",
             ui.document.pinned().has_value() || !ui.document.selection().empty())) {
        ui.document.pin(std::nullopt);
        ui.document.select({});
    }
    const auto dataset = ui.document.dataset();
    const std::size_t units = dataset ? dataset->vintage->units.size() : 0;
    if (item(ui, "ui.menu.select_all", "Ctrl+A", units > 0))
        ui.document.select(app::inverted({}, units));
    if (item(ui, "ui.menu.invert", "Ctrl+I", units > 0))
        ui.document.select(app::inverted(ui.document.selection(), units));
    if (item(ui, "ui.menu.search", "Ctrl+F", ui.document.dataset() != nullptr))
        ui.shell.focus_search = true;
    ImGui::EndMenu();
}

void MenuBar::view_menu(Ui& ui) {
    if (!menu(ui, "ui.menu.view")) return;
    app::Settings& settings = ui.document.settings();
    const bool loaded = ui.document.dataset() != nullptr;
    if (item(ui, "ui.menu.zoom_all", "Home", loaded)) ui.map.zoom_all(ui);
    if (item(ui, "ui.menu.zoom_in", "+", loaded)) ui.map.zoom_by(ui, 1.6);
    if (item(ui, "ui.menu.zoom_out", "-", loaded)) ui.map.zoom_by(ui, 1 / 1.6);
    ImGui::Separator();
    bool& left = ui.shell.compact ? ui.shell.drawer_open : settings.left_open;
    bool& right = ui.shell.narrow ? ui.shell.overlay_open : settings.right_open;
    bool& bottom = ui.shell.compact ? ui.shell.table_open_compact : settings.bottom_open;
    if (item(ui, "ui.menu.left", nullptr, loaded, left)) left = !left;
    // A sheet lies over both.
    const bool covered = loaded && !ui.shell.sheet.empty();
    const auto region = [&](const char* key, bool& open) {
        if (!item(ui, key, nullptr, loaded, open && !covered)) return;
        open = covered || !open;
        uncover_map(ui);
    };
    region("ui.menu.right", right);
    region("ui.menu.bottom", bottom);
    panel_items(ui, "ui.menu.view");
    time_items(ui);
    ImGui::Separator();
    if (item(ui, "ui.menu.hatches", nullptr, true, settings.hatches))
        settings.hatches = !settings.hatches;
    if (item(ui, "ui.menu.area_names", nullptr, true, settings.area_names))
        settings.area_names = !settings.area_names;
    if (item(ui, "ui.menu.unit_names", nullptr, true, settings.unit_names))
        settings.unit_names = !settings.unit_names;
    if (item(ui, "ui.menu.place_names", nullptr, true, settings.place_names))
        settings.place_names = !settings.place_names;
    if (item(ui, "ui.menu.dark", nullptr, true, settings.theme == "dark"))
        settings.theme = settings.theme == "dark" ? "light" : "dark";
    if (const double chosen = scale_menu(ui); chosen > 0) wanted_scale = chosen;
    if (item(ui, "ui.menu.fullscreen", nullptr, true, ui.shell.fullscreen))
        ui.shell.fullscreen = !ui.shell.fullscreen;
    ImGui::EndMenu();
}

// Maps for a room: the saved views are its slides.
void MenuBar::present_menu(Ui& ui) {
    if (!menu(ui, "ui.menu.present")) return;
    if (item(ui, "ui.menu.presenter", "F11", ui.document.styled() != nullptr)) present(ui, true);
    ImGui::Separator();
    panel_items(ui, "ui.menu.present");
    const auto& views = ui.document.project().views;
    if (item(ui, "ui.menu.next_view", "Ctrl+PgDn", !views.empty())) step_view(ui, 1);
    if (item(ui, "ui.menu.previous_view", "Ctrl+PgUp", !views.empty())) step_view(ui, -1);
    if (!views.empty()) ImGui::Separator();
    std::optional<std::size_t> wanted;
    for (std::size_t i = 0; i < views.size(); ++i) {
        const std::string id = views[i].name + "##" + std::to_string(i);
        if (ImGui::MenuItem(id.c_str(), view_years(views[i]).c_str(), ui.shell.view == i))
            wanted = i;
        record(ui, "menu.view:" + std::to_string(i), true, ui.shell.view == i);
    }
    if (wanted) show_view(ui, *wanted);
    ImGui::EndMenu();
}

void MenuBar::help_menu(Ui& ui) {
    if (!menu(ui, "ui.menu.help")) return;
    if (item(ui, "ui.menu.shortcuts", "F1")) {
        ui.shell.shortcuts_open = true;
        ui.shell.help_for.clear();
    }
    panel_items(ui, "ui.menu.help");
    ImGui::EndMenu();
}

void MenuBar::draw(Ui& ui, const Rect& area) {
    begin_region(ui, "menu", area, {.ground = ui.theme->panel, .padding = {0, 0}});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float line = text_size(ui.fonts.strong, "Diaban").y;
    draw_text(list, ui.fonts.strong, {area.x0 + ui.px(kPad), area.y0 + (area.height() - line) / 2},
              ui.theme->accent, "Diaban");
    list.AddLine({area.x0, area.y1 - 0.5F}, {area.x1, area.y1 - 0.5F}, ui.theme->line);

    // The menus live in a child with a menu bar of their own, so that ImGui links them.
    const float start = area.x0 + ui.px(kPad + 18) + text_size(ui.fonts.strong, "Diaban").x;
    const float language_width = ui.px(52);
    const float gap_between = ui.px(14);
    std::vector<MenuWord> words{{"ui.menu.file", [&] { file_menu(ui); }},
                                {"ui.menu.edit", [&] { edit_menu(ui); }},
                                {"ui.menu.view", [&] { view_menu(ui); }}};
    for (const std::string_view key : {"ui.menu.data", "ui.menu.analysis", "ui.menu.plan"})
        if (has_panels(key)) words.push_back({key, [&ui, key] { panel_menu(ui, key); }});
    words.push_back({"ui.menu.present", [&] { present_menu(ui); }});
    words.push_back({"ui.menu.help", [&] { help_menu(ui); }});
    float all = ui.px(4);
    for (MenuWord& word : words)
        all += word.width = text_size(ui.fonts.body, ui.text(word.key)).x + 2 * gap_between;
    // The menus are never cut; the search has what they leave.
    const float room = area.width() - start - language_width - ui.px(24);
    const float search =
        std::clamp(room - all, ui.px(60), std::min(ui.px(420), area.width() * 0.34F));
    const float menus = room - search;
    const float more = text_size(ui.fonts.body, kMore).x + 2 * gap_between;
    const std::size_t fit = menus_that_fit(words, menus - ui.px(4), more);
    ImGui::SetCursorScreenPos({start, area.y0 + ui.px(1)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(8), ui.px(8)});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ui.px(8), ui.px(6)});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap_between, ui.px(7)});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    ImGui::PushStyleColor(ImGuiCol_MenuBarBg, ui.theme->panel);
    begin_part("menus", {menus, area.height() - ui.px(2)},
               ImGuiWindowFlags_MenuBar | ImGuiWindowFlags_NoScrollbar);
    const ImVec2 corner = ImGui::GetWindowPos(), extent = ImGui::GetWindowSize();
    ui.regions->push_back({"menus", ImGui::GetCurrentWindow()->Name, corner.x, corner.y,
                           corner.x + extent.x, corner.y + extent.y});
    if (ImGui::BeginMenuBar()) {
        for (std::size_t i = 0; i < fit; ++i) words[i].draw();
        if (fit < words.size()) {
            if (ImGui::BeginMenu(kMore)) {
                record(ui, "ui.menu.more", true, true);
                for (std::size_t i = fit; i < words.size(); ++i) words[i].draw();
                ImGui::EndMenu();
            } else {
                record(ui, "ui.menu.more");
            }
        }
        ImGui::EndMenuBar();
    }
    ImGui::EndChild();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(4);

    const float field = text_size(ui.fonts.body, "X").y + ui.px(8);
    search_.draw_field(ui, area.x1 - search - language_width - ui.px(12),
                       area.y0 + (area.height() - field) / 2, search);
    ImGui::SetCursorScreenPos({area.x1 - language_width, area.y0 + ui.px(1)});
    const std::string code = ui.document.language().code();
    if (tool_button(ui, code == "vi" ? "ui.language.vi" : "ui.language.en",
                    {.label = true, .name = "ui.language", .width = language_width - ui.px(8)}))
        ui.attempt([&] { ui.document.set_language(code == "vi" ? "en" : "vi"); });
    if (ImGui::IsItemHovered()) tooltip(ui, ui.text("ui.language.switch"));
    end_region();
}

} // namespace diaban::gui
