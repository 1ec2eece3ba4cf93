// The years: one slider over the whole width, always visible.
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

void draw_slider(Ui& ui, const std::vector<data::Period>& periods, std::size_t now, float x0,
                 float x1, float middle) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float inset = ui.px(14), from = x0 + inset, to = x1 - inset;
    const float y = middle - ui.px(5);
    ImGui::SetCursorScreenPos({x0, middle - ui.px(20)});
    ImGui::InvisibleButton("timeline.slider", {x1 - x0, ui.px(40)});
    record(ui, "timeline.slider");
    const float steps = static_cast<float>(periods.size() - 1);
    auto x_of = [&](std::size_t i) { return from + (to - from) * static_cast<float>(i) / steps; };
    if (ImGui::IsItemActive() && !ui.shell.keyboard) { // held by the mouse
        const float share = (ImGui::GetIO().MousePos.x - from) / (to - from);
        const float at = std::round(std::clamp(share, 0.0F, 1.0F) * steps);
        ui.document.set_period(periods[static_cast<std::size_t>(at)]);
        ui.shell.playing = false;
    }
    if (ImGui::IsItemDeactivated()) ui.document.history().settle();
    if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    list.AddRectFilled({from, y - ui.px(1.5F)}, {to, y + ui.px(1.5F)}, ui.theme->line, ui.px(2));
    // As many year labels as fit without touching.
    const float label = text_size(ui.fonts.tiny, "2000-H1").x + ui.px(6);
    const auto every = static_cast<std::size_t>(
        std::max(1.0F, std::ceil(label * steps / std::max(1.0F, to - from))));
    for (std::size_t i = 0; i < periods.size(); ++i) {
        const float x = x_of(i);
        const bool named = i % every == 0;
        list.AddLine({x, y + ui.px(4)}, {x, y + ui.px(named ? 8 : 6)}, ui.theme->faint);
        if (named) {
            const std::string text = data::to_string(periods[i]);
            draw_text(list, ui.fonts.tiny, {x - text_size(ui.fonts.tiny, text).x / 2, y + ui.px(9)},
                      ui.theme->faint, text);
        }
    }
    const ImVec2 knob{x_of(now), y};
    list.AddCircleFilled(knob, ui.px(8), ui.theme->accent, 32);
    list.AddCircle(knob, ui.px(8), ui.theme->ground, 32, ui.px(2));
    ui.probe.item("timeline.knob", knob.x - ui.px(8), knob.y - ui.px(8), knob.x + ui.px(8),
                  knob.y + ui.px(8));
}

// Right: what the region below shows. Returns where it begins.
float draw_bottom_choice(Ui& ui, const Rect& area) {
    const auto entries = panel_entries();
    float x = area.x1 - ui.px(12);
    for (std::size_t i = entries.size(); i-- > 0;) {
        const PanelEntry& entry = entries[i];
        if (entry.side != PanelEntry::Side::Bottom || entry.icon == Icon::None) continue;
        const bool label = !ui.shell.compact;
        const float width =
            label ? text_size(ui.fonts.body, ui.text(entry.title)).x + ui.px(49) : ui.px(kButton);
        x -= width;
        ImGui::SetCursorScreenPos({x, (area.y0 + area.y1 - ui.px(kButton)) / 2});
        const bool on = panel_shown(ui, entry);
        if (tool_button(ui, entry.title,
                        {.icon = entry.icon,
                         .label = label,
                         .on = on,
                         .enabled = panel_possible(ui, entry),
                         .shortcut = entry.shortcut ? entry.shortcut : "",
                         .width = width,
                         .needs = "ui.needs.values"}))
            show_panel(ui, entry, !on);
        x -= ui.px(4);
    }
    return x;
}

// How fast the years are played. Returns where it ends.
float draw_speed(Ui& ui, float x, float middle) {
    double& speed = ui.document.settings().play_speed;
    std::size_t at = app::kPlaySpeeds.size();
    std::vector<std::string> texts;
    for (const double one : app::kPlaySpeeds) {
        if (one == speed) at = texts.size();
        texts.push_back(play_speed_text(ui.document.language(), one));
    }
    const float width = ui.px(74), height = ImGui::GetFrameHeight();
    ImGui::SetCursorScreenPos({x, middle - height / 2});
    if (small_choice(ui, "ui.timeline.speed", at, texts, width)) speed = app::kPlaySpeeds[at];
    if (ImGui::IsItemHovered()) tooltip(ui, ui.text("ui.timeline.speed"));
    ui.probe.state("play.speed", speed);
    return x + width;
}

} // namespace

std::string play_speed_text(const app::Language& language, double speed) {
    return language.number(speed, speed < 1 ? 1 : 0) + "×";
}

void draw_timeline(Ui& ui, const Rect& area) {
    begin_region(ui, "timeline", area, {.ground = ui.theme->panel, .padding = {kPad, 10}});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({area.x0, area.y0 + 0.5F}, {area.x1, area.y0 + 0.5F}, ui.theme->line);
    const float middle = (area.y0 + area.y1) / 2;
    const auto dataset = ui.document.dataset();
    const app::StyledMap* styled = ui.document.styled();

    const float right = draw_bottom_choice(ui, area);
    const auto& periods = ui.document.years();
    if (dataset && styled && periods.size() > 1) {
        const auto now = static_cast<std::size_t>(
            std::find(periods.begin(), periods.end(), styled->choice.period) - periods.begin());
        ImGui::SetCursorScreenPos({area.x0 + ui.px(10), middle - ui.px(kButton / 2)});
        if (tool_button(ui, ui.shell.playing ? "ui.timeline.pause" : "ui.timeline.play",
                        {.icon = ui.shell.playing ? Icon::Pause : Icon::Play,
                         .shortcut = ui.text("ui.key.space"),
                         .name = "timeline.play"})) {
            ui.shell.playing = !ui.shell.playing;
            ui.shell.next_step_at = ui.now + 0.4;
        }
        const std::string year = data::to_string(styled->choice.period);
        const ImVec2 size = text_size(ui.fonts.year, year);
        const float year_x = area.x0 + ui.px(56);
        draw_text(list, ui.fonts.year, {year_x, middle - size.y / 2}, ui.theme->text, year);
        float x = year_x + std::max(size.x, text_size(ui.fonts.year, "2000").x) + ui.px(12);
        const std::string left = ui.text("ui.key.left"), right_key = ui.text("ui.key.right");
        for (const bool forward : {false, true}) {
            ImGui::SetCursorScreenPos({x, middle - ui.px(kButton / 2)});
            const bool enabled = forward ? now + 1 < periods.size() : now > 0;
            if (tool_button(ui, forward ? "ui.timeline.next" : "ui.timeline.previous",
                            {.icon = forward ? Icon::Next : Icon::Previous,
                             .enabled = enabled,
                             .shortcut = forward ? right_key : left}))
                ui.document.step_period(forward ? 1 : -1);
            x += ui.px(36);
        }
        if (!ui.shell.narrow) x = draw_speed(ui, x + ui.px(4), middle);
        draw_slider(ui, periods, std::min(now, periods.size() - 1), x + ui.px(6), right - ui.px(16),
                    middle);
    } else if (dataset && styled) {
        const std::string year = data::to_string(styled->choice.period);
        const std::string text = year.empty() ? ui.text("ui.timeline.undated") : year;
        ImFont* font = year.empty() ? ui.fonts.body : ui.fonts.year;
        const ImVec2 size = text_size(font, text);
        draw_text(list, font, {area.x0 + ui.px(kPad), middle - size.y / 2},
                  year.empty() ? ui.theme->muted : ui.theme->text, text);
    }
    end_region();
}

} // namespace diaban::gui
