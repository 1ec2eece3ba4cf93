// The keys of the window, the region that has them, and the years that play by themselves.
#include "gui/frame.hpp"
#include "gui/panels/panels.hpp"
#include "gui/presenter.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>
#include <imgui_internal.h>

#include <algorithm>

namespace diaban::gui {
namespace {

constexpr double kPlaySeconds = 1.0;

// The region that has the keyboard, by ImGui's account; nullptr if none of these.
const RegionAt* region_with_keyboard(std::span<const RegionAt> regions) {
    for (const ImGuiWindow* window = ImGui::GetCurrentContext()->NavWindow; window;
         window = window->ParentWindow)
        for (const RegionAt& region : regions)
            if (region.window == window->Name) return &region;
    return nullptr;
}

// Gives a region the keyboard: what had it there before has it again, else its first control.
void give_keyboard(const RegionAt& region) {
    ImGuiWindow* window = ImGui::FindWindowByName(region.window.c_str());
    if (!window) return;
    ImGuiContext& g = *ImGui::GetCurrentContext();
    ImGui::NavMoveRequestCancel(); // Tab walks through regions, not through fields
    ImGui::ClearActiveID();
    ImGui::FocusWindow(window);
    // The menus of a menu line are on a layer of their own.
    const bool menus = window->DC.NavLayersActiveMaskNext == 1 << ImGuiNavLayer_Menu;
    const ImGuiNavLayer layer = menus ? ImGuiNavLayer_Menu : ImGuiNavLayer_Main;
    g.NavLayer = layer;
    if (const ImGuiID last = window->NavLastIds[layer])
        ImGui::SetNavID(last, layer, 0, window->NavRectRel[layer]);
    else
        ImGui::NavInitWindow(window, true);
    g.NavDisableHighlight = false;
    g.NavDisableMouseHover = true; // until the mouse moves
}

} // namespace

// To the next region of the window (`step` 1), or to the one before (-1). The first step only shows
// where the keyboard is, if the mouse has been there.
void Frame::walk(Ui& ui, int step) {
    const RegionAt* now = region_with_keyboard(regions_);
    if (!shell_.keyboard && !clicked_) now = nullptr;
    const bool stays = now && !shell_.keyboard;
    const auto next = next_region(regions_, now ? now->id : "", step);
    if (!next) return;
    shell_.keyboard = true;
    clicked_ = false;
    give_keyboard(stays ? *now : regions_[*next]);
    ui.animating = true;
}

// A ring around the region that has the keyboard, and one around the control in it.
void Frame::draw_keyboard_region(Ui& ui) const {
    const RegionAt* now = shell_.keyboard ? region_with_keyboard(regions_) : nullptr;
    ui.probe.state("focus.region", now ? now->id : "");
    if (!now) return;
    const float inset = ui.px(1.5F);
    ImGui::GetForegroundDrawList()->AddRect({now->x0 + inset, now->y0 + inset},
                                            {now->x1 - inset, now->y1 - inset}, ui.theme->accent,
                                            ui.px(4), 0, ui.px(2));
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    if (!g.NavIdIsAlive || !g.NavWindow) return;
    ImRect control = ImGui::WindowRectRelToAbs(g.NavWindow, g.NavWindow->NavRectRel[g.NavLayer]);
    control.ClipWith(g.NavWindow->OuterRectClipped);
    if (control.IsInverted()) return; // scrolled away
    ImGui::GetForegroundDrawList()->AddRect(control.Min, control.Max, ui.theme->accent, ui.px(6), 0,
                                            ui.px(2));
}

void Frame::escape(Ui& ui) {
    if (popup_open_) return; // ImGui has closed it with the same key
    if (shell_.asking)
        shell_.asking = false, shell_.leaving = {};
    else if (document_.asking())
        document_.ask(false);
    else if (missing_.asking())
        missing_.put_aside();
    else if (shell_.shortcuts_open)
        shell_.shortcuts_open = false;
    else if (shell_.drawer_open)
        shell_.drawer_open = false;
    else if (!shell_.sheet.empty())
        shell_.sheet.clear();
    else if (shell_.tool == MapTool::Link || shell_.tool == MapTool::Give) // of the open panel
        shell_.tool = MapTool::Pointer;
    else if (!shell_.right.empty())
        show_panel(ui, shell_.right, false);
    else if (shell_.keyboard)
        shell_.keyboard = false;
    else if (map_.measuring())
        map_.stop_measuring();
    else if (shell_.tool != MapTool::Pointer)
        shell_.tool = MapTool::Pointer;
    else {
        ui.document.pin(std::nullopt);
        ui.document.select({});
    }
}

// One of the four views of time, counted from 0.
void Frame::set_view(Ui& ui, int view) {
    constexpr MapMode kModes[] = {MapMode::One, MapMode::Compare, MapMode::Multiples,
                                  MapMode::Change};
    set_mode(ui, kModes[view]);
}

// Keys without Ctrl, while no text is being typed.
void Frame::plain_keys(Ui& ui) {
    for (const KeyPress& key : ui.keys) {
        if (key.mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) continue;
        switch (key.key) {
        case GLFW_KEY_LEFT:
        case GLFW_KEY_RIGHT:
            if (shell_.keyboard) break; // they move between controls
            [[fallthrough]];
        case GLFW_KEY_COMMA:
        case GLFW_KEY_PERIOD:
            uncover_map(ui);
            step_year(ui, key.key == GLFW_KEY_LEFT || key.key == GLFW_KEY_COMMA ? -1 : 1);
            break;
        case GLFW_KEY_SPACE:
            if (shell_.keyboard) break;
            uncover_map(ui);
            shell_.playing = !shell_.playing;
            shell_.next_step_at = ui.now + kPlaySeconds / 2;
            break;
        case GLFW_KEY_LEFT_BRACKET:
        case GLFW_KEY_RIGHT_BRACKET: {
            const app::StyledMap* styled = document_.styled();
            if (!styled || styled->categorical) break;
            app::MapChoice next = document_.project().map;
            next.k = std::clamp(next.k + (key.key == GLFW_KEY_LEFT_BRACKET ? -1 : 1), 2, 12);
            choose(ui, next, "edit.classes", "classes");
            break;
        }
        case GLFW_KEY_HOME:
            map_.zoom_all(ui);
            break;
        case GLFW_KEY_EQUAL:
        case GLFW_KEY_KP_ADD:
            map_.zoom_by(ui, 1.6);
            break;
        case GLFW_KEY_MINUS:
        case GLFW_KEY_KP_SUBTRACT:
            map_.zoom_by(ui, 1 / 1.6);
            break;
        case GLFW_KEY_1:
        case GLFW_KEY_2:
        case GLFW_KEY_3:
        case GLFW_KEY_4:
            set_view(ui, key.key - GLFW_KEY_1);
            break;
        case GLFW_KEY_S:
            if (shell_.mode == MapMode::Compare) shell_.swipe = !shell_.swipe;
            break;
        case GLFW_KEY_B:
            set_tool(ui, MapTool::Box);
            break;
        case GLFW_KEY_L:
            set_tool(ui, MapTool::Lasso);
            break;
        case GLFW_KEY_C:
            set_tool(ui, MapTool::Circle);
            break;
        case GLFW_KEY_M:
            set_tool(ui, MapTool::Ruler);
            break;
        case GLFW_KEY_TAB:
            walk(ui, key.mods & GLFW_MOD_SHIFT ? -1 : 1);
            break;
        case GLFW_KEY_ESCAPE:
            escape(ui);
            break;
        default:
            break;
        }
    }
}

// What lies over the map may have keys of its own, unless a question or a list lies over it. The
// rest of the window does not see them.
void Frame::keys_of_sheet(Ui& ui) {
    const bool covered = popup_open_ || shell_.asking || document_.asking() || missing_.asking() ||
                         shell_.shortcuts_open || shell_.drawer_open || shell_.presenting;
    if (shell_.sheet.empty() || covered) return;
    const std::string sheet = shell_.sheet; // which a key may close
    keys_left_.clear();
    for (const KeyPress& key : ui.keys)
        if (!panels_.take_key(ui, sheet, key)) keys_left_.push_back(key);
    ui.keys = keys_left_;
}

void Frame::keys(Ui& ui) {
    constexpr int ctrl = GLFW_MOD_CONTROL, shift = GLFW_MOD_SHIFT;
    if (ui.pressed(GLFW_KEY_F11) && document_.styled()) present(ui, !shell_.presenting);
    if (ui.pressed(GLFW_KEY_F1)) {
        shell_.shortcuts_open = !shell_.shortcuts_open;
        const RegionAt* asked = region_with_keyboard(regions_);
        if (shell_.shortcuts_open) shell_.help_for = asked ? asked->id : "";
    }
    if (ui.pressed(GLFW_KEY_Q, ctrl)) shell_.leaving = {Shell::Leaving::Where::Quit, {}};
    if (dialog_.is_open()) return;
    keys_of_sheet(ui);
    const bool loaded = document_.dataset() != nullptr;
    const bool typing = ImGui::GetIO().WantTextInput;
    if (ui.pressed(GLFW_KEY_O, ctrl)) shell_.open_dialog = true;
    if (loaded && ui.pressed(GLFW_KEY_S, ctrl)) save_project(ui);
    if (loaded && ui.pressed(GLFW_KEY_S, ctrl | shift)) shell_.save_dialog = true;
    if (loaded && ui.pressed(GLFW_KEY_F, ctrl)) shell_.focus_search = shell_.hold_keys = true;
    panel_keys(ui);
    if (loaded && ui.pressed(GLFW_KEY_PAGE_DOWN, ctrl)) step_view(ui, 1);
    if (loaded && ui.pressed(GLFW_KEY_PAGE_UP, ctrl)) step_view(ui, -1);
    if (shell_.presenting) {
        presenter_keys(ui);
        return;
    }
    if (ui.pressed(GLFW_KEY_F6)) walk(ui, 1);
    if (ui.pressed(GLFW_KEY_F6, shift)) walk(ui, -1);
    if (!typing) {
        const std::size_t units = loaded ? document_.dataset()->vintage->units.size() : 0;
        if (ui.pressed(GLFW_KEY_A, ctrl)) document_.select(app::inverted({}, units));
        if (ui.pressed(GLFW_KEY_I, ctrl))
            document_.select(app::inverted(document_.selection(), units));
        if (ui.pressed(GLFW_KEY_Z, ctrl)) document_.undo();
        if (ui.pressed(GLFW_KEY_Z, ctrl | shift) || ui.pressed(GLFW_KEY_Y, ctrl)) document_.redo();
        plain_keys(ui);
    }
}

void Frame::play(Ui& ui) {
    if (!shell_.playing) return;
    const app::StyledMap* styled = document_.styled();
    const auto& periods = document_.years();
    if (!styled || periods.size() < 2) {
        shell_.playing = false;
        return;
    }
    if (ui.now < shell_.next_step_at) return;
    shell_.next_step_at = ui.now + kPlaySeconds / document_.settings().play_speed;
    const auto now = std::find(periods.begin(), periods.end(), styled->choice.period);
    const auto next = static_cast<std::size_t>(now - periods.begin()) + 1;
    document_.set_period(periods[next % periods.size()]);
}

} // namespace diaban::gui
