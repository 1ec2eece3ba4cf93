// The years: one slider over the whole width, always visible.
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

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
    if (ImGui::IsItemActive()) {
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

} // namespace

void draw_timeline(Ui& ui, const Rect& area) {
    begin_region(ui, "timeline", area, {.ground = ui.theme->panel, .padding = {kPad, 10}});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({area.x0, area.y0 + 0.5F}, {area.x1, area.y0 + 0.5F}, ui.theme->line);
    const float middle = (area.y0 + area.y1) / 2;
    const auto dataset = ui.document.dataset();
    const app::StyledMap* styled = ui.document.styled();

    // Right: what the region below shows.
    app::Settings& settings = ui.document.settings();
    bool& open = ui.shell.compact ? ui.shell.table_open_compact : settings.bottom_open;
    float right = area.x1 - ui.px(12);
    auto toggle = [&](std::string_view key, Icon icon, bool findings) {
        const float width = text_size(ui.fonts.body, ui.text(key)).x + ui.px(49);
        right -= width;
        ImGui::SetCursorScreenPos({right, middle - ui.px(kButton / 2)});
        const bool on = open && ui.shell.findings_open == findings;
        if (tool_button(ui, key,
                        {.icon = icon,
                         .label = true,
                         .on = on,
                         .enabled = dataset != nullptr,
                         .width = width})) {
            open = !on;
            ui.shell.findings_open = findings;
        }
        right -= ui.px(4);
    };
    toggle("ui.timeline.findings", Icon::Warning, true);
    toggle("ui.timeline.table", Icon::Table, false);

    if (dataset && styled && dataset->cube->periods.size() > 1) {
        const auto& periods = dataset->cube->periods;
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
            const bool enabled = forward ? styled->period + 1 < periods.size() : styled->period > 0;
            if (tool_button(ui, forward ? "ui.timeline.next" : "ui.timeline.previous",
                            {.icon = forward ? Icon::Next : Icon::Previous,
                             .enabled = enabled,
                             .shortcut = forward ? right_key : left}))
                ui.document.step_period(forward ? 1 : -1);
            x += ui.px(36);
        }
        draw_slider(ui, periods, styled->period, x + ui.px(6), right - ui.px(16), middle);
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
