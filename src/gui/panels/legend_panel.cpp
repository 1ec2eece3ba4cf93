#include "gui/panels/legend_panel.hpp"

#include "app/class_breaks.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <imgui_stdlib.h>

namespace diaban::gui {
namespace {

void edit(Ui& ui, app::LegendEdits edits, std::string_view merge = {}) {
    app::MapChoice next = ui.document.project().map;
    next.legends = app::with_edits(std::move(next.legends), std::move(edits));
    choose(ui, next, "edit.legend", merge);
}

void edit_breaks(Ui& ui, const std::optional<app::Breaks>& breaks) {
    if (!breaks) return;
    app::MapChoice next = ui.document.project().map;
    next.method = map::Method::Manual;
    next.manual = *breaks;
    choose(ui, next, "edit.classes");
}

} // namespace

std::optional<app::MapChoice> indicator_name_field(Ui& ui, const app::StyledMap& styled) {
    const std::string& indicator = styled.choice.indicator;
    const std::string key(app::kIndicatorKey);
    app::LegendEdits edits = app::edits_of(styled.choice.legends, indicator);
    const auto* known = app::name_in(edits, key);
    std::string name = known ? *known : "";
    if (!field(ui, "ui.legend.indicator_name", name)) return std::nullopt;
    edits.indicator = indicator;
    app::MapChoice next = ui.document.project().map;
    next.legends = app::with_edits(std::move(next.legends),
                                   app::renamed(edits, key, base::nfc(base::trim(name))));
    return next;
}

// Swatch, name, eye, up and down.
void LegendPanel::draw_rows(Ui& ui, const app::StyledMap& styled) {
    const auto& entries = styled.style.entries;
    const std::string& indicator = styled.choice.indicator;
    const app::LegendEdits edits = app::edits_of(styled.choice.legends, indicator);
    app::LegendEdits next = edits;
    next.indicator = indicator;
    std::string merge;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const map::LegendEntry& entry = entries[i];
        const std::string at = std::to_string(i);
        const ImVec2 start = ImGui::GetCursorScreenPos();
        const float button = ui.px(kButton), height = ui.px(38);
        const float width = ImGui::GetContentRegionAvail().x;
        swatch(ui, *ImGui::GetWindowDrawList(), {start.x, start.y + ui.px(9)},
               {ui.px(26), ui.px(17)}, entry);
        ImGui::SetCursorScreenPos({start.x + ui.px(34), start.y});
        ImGui::SetNextItemWidth(width - ui.px(34 + 6) - 3 * button);
        const auto* known = app::name_in(edits, entry.key);
        std::string name = known ? *known : "";
        const bool typed =
            ImGui::InputTextWithHint(("##name" + entry.key).c_str(), entry.label.c_str(), &name);
        record_text(ui, "legend_name:" + at, name);
        if (typed) next = app::renamed(next, entry.key, name), merge = "legend " + entry.key;
        if (!ImGui::IsItemActive() && ImGui::IsItemHovered()) tooltip(ui, entry.label);
        const bool hidden =
            std::find(edits.hidden.begin(), edits.hidden.end(), entry.key) != edits.hidden.end();
        float x = start.x + width - 3 * button;
        const auto tool = [&](std::string_view key, const std::string& id, Icon icon, bool on,
                              bool enabled) {
            ImGui::SetCursorScreenPos({x, start.y});
            x += button;
            return tool_button(ui, key, {.icon = icon, .on = on, .enabled = enabled, .name = id});
        };
        if (tool(hidden ? "ui.legend.show" : "ui.legend.hide", "legend_eye:" + at,
                 hidden ? Icon::EyeOff : Icon::Eye, hidden, true))
            next = app::with_hidden(next, entry.key, !hidden);
        if (tool("ui.legend.up", "legend_up:" + at, Icon::Up, false, i > 0))
            next = app::moved(next, styled.style, i, i - 1);
        if (tool("ui.legend.down", "legend_down:" + at, Icon::Down, false, i + 1 < entries.size()))
            next = app::moved(next, styled.style, i, i + 1);
        ImGui::SetCursorScreenPos({start.x, start.y + height});
        ImGui::Dummy({1, 0});
    }
    if (text_button(ui, "ui.legend.reset", false, !edits.empty())) {
        next.names.clear();
        next.hidden.clear();
        next.order.clear();
    }
    if (!(next == edits) && !(next.empty() && edits.empty())) edit(ui, std::move(next), merge);
}

// The ends of the classes as numbers; Enter or leaving the field takes one over.
void LegendPanel::draw_breaks(Ui& ui, const app::StyledMap& styled) {
    const auto& breaks = styled.classes.breaks;
    if (styled.categorical || styled.classes.method == map::Method::Unique || breaks.size() < 2)
        return;
    gap(ui, 8);
    heading(ui, "ui.legend.breaks");
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.legend.breaks_note"));
    gap(ui, 4);
    const app::Language& language = ui.document.language();
    const int decimals = base::decimals_for(breaks);
    std::optional<app::Breaks> next;
    for (std::size_t b = 0; b < breaks.size(); ++b) {
        const ImVec2 start = ImGui::GetCursorScreenPos();
        const float field = ui.px(150);
        std::string text = typing_ == b ? typed_ : language.number(breaks[b], decimals);
        ImGui::SetNextItemWidth(field);
        ImGui::InputText(("##break" + std::to_string(b)).c_str(), &text);
        record_text(ui, "break_value:" + std::to_string(b), text);
        if (ImGui::IsItemActive()) typing_ = b, typed_ = text;
        if (ImGui::IsItemDeactivated() && typing_ == b) {
            typing_.reset();
            const auto value = base::parse_number(text, language.numbers());
            const bool same = text == language.number(breaks[b], decimals);
            if (value && !same) next = app::with_break(breaks, b, *value);
            problem_ =
                same || next ? std::string() : ui.text("ui.legend.bad_break", {{"value", text}});
        }
        ImGui::SetCursorScreenPos({start.x + field + ui.px(6), start.y});
        if (tool_button(ui, "ui.legend.remove_break",
                        {.icon = Icon::Minus,
                         .enabled = breaks.size() > 3,
                         .name = "break_remove:" + std::to_string(b)}))
            next = app::without_break(breaks, b);
    }
    if (!problem_.empty()) paragraph(ui, ui.fonts.small, ui.theme->error, problem_);
    ui.probe.state("legend.problem", problem_);
    if (text_button(ui, "ui.legend.add_break", false, breaks.size() <= app::kMostClasses))
        next = app::with_break_added(breaks);
    edit_breaks(ui, next);
}

void LegendPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "legend", "ui.legend.edit", area, overlay);
    const app::StyledMap* styled = ui.document.styled();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(4)});
    if (!styled || ui.document.shows_result() || ui.shell.mode == MapMode::Change) {
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.legend.not_here"));
    } else {
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.legend.note"));
        gap(ui, 4);
        if (const auto named = indicator_name_field(ui, *styled))
            choose(ui, *named, "edit.legend", kNamingIndicator);
        gap(ui, 4);
        draw_rows(ui, *ui.document.styled());
        draw_breaks(ui, *ui.document.styled());
    }
    ImGui::PopStyleVar();
    end_right_panel(ui, area);
}

} // namespace diaban::gui
