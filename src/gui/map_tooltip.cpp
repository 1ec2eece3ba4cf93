// What is told of the commune or the place below the mouse.
#include "app/commands/hotspots_result.hpp"
#include "app/identify.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

// " · z = 3.21 · p = 0.0002": the numbers behind one unit of a statistic.
std::string numbers_behind(const app::HotspotsReport& result, std::size_t unit,
                           const app::Language& language) {
    std::string text;
    const auto add = [&](const char* name, double number, int decimals) {
        if (std::isfinite(number))
            text += std::string(" · ") + name + " = " + language.number(number, decimals);
    };
    const auto& local = result.local;
    if (local.units > 0 && local.outcome[unit] == analysis::Outcome::Tested) {
        add("z", local.z[unit], 2);
        add("p", local.p()[unit], 4);
    } else if (!result.trends.empty() && result.trends[unit].trend.defined) {
        add("z", result.trends[unit].trend.z, 2);
        add("p", result.trends[unit].trend.p, 4);
    } else if (!result.history.empty() && result.history[unit].known > 0) {
        const auto& unit_history = result.history[unit];
        text += " · " + language.text("hotspots.history.unit",
                                      {{"hot", static_cast<std::int64_t>(unit_history.hot)},
                                       {"cold", static_cast<std::int64_t>(unit_history.cold)},
                                       {"known", static_cast<std::int64_t>(unit_history.known)}});
    }
    return text;
}

} // namespace

std::string told_by_result(Ui& ui, std::size_t unit) {
    const app::StyledMap* shown = ui.document.shown();
    if (!ui.document.shows_result() || !shown || unit >= shown->style.entry_of.size()) return {};
    const bool clusters = shows_clusters(ui);
    const map::Style& style = clusters ? ui.shell.result->report.map.style : shown->style;
    return style.entries[style.entry_of[unit]].label +
           (clusters ? numbers_behind(ui.shell.result->report, unit, ui.document.language()) : "");
}

void MapView::draw_tooltip(Ui& ui) {
    if (dragging_ || !pointed_) return;
    const data::UnitTable& units = dataset_->vintage->units;
    std::string title, below, value;
    if (pointed_place_) {
        below = app::place_kind_text(pointed_place_->kind, ui.document.language());
        title = pointed_place_->name.empty() ? below : pointed_place_->name;
        value = app::attribute_words(pointed_place_->attributes, ui.document.language());
    } else if (hovered_) {
        const std::size_t unit = *hovered_;
        title = units.name[unit].empty() ? units.code[unit] : units.name[unit];
        for (data::Level level : {data::Level::District, data::Level::Province})
            if (const data::Group* group = units.group_of(level, unit)) {
                below = group->name;
                break;
            }
        const std::string result = told_by_result(ui, unit);
        if (const app::StyledMap* styled = ui.document.styled()) {
            const auto& cube = *dataset_->cube;
            const data::Period shown_period = pane_at(ImGui::GetIO().MousePos).period;
            const auto text_of = [&](data::Period period) {
                const auto at = cube.find(period);
                return app::value_text(*dataset_, styled->indicator, at.value_or(styled->period),
                                       unit, ui.document.language());
            };
            if (ui.shell.mode == MapMode::Change) {
                const data::Period from = compare_period(ui);
                value = data::to_string(from) + ": " + text_of(from) + "\n" +
                        data::to_string(shown_period) + ": " + text_of(shown_period);
            } else {
                const std::string year = data::to_string(shown_period);
                if (!year.empty()) below += (below.empty() ? "" : " · ") + year;
                value = text_of(shown_period);
            }
            // Below a result the value is not what the colours say, and is named.
            if (!result.empty()) value.insert(0, styled->indicator_name + ": ");
        }
        if (!result.empty()) value.insert(0, result + (value.empty() ? "" : "\n"));
    } else {
        return;
    }
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(12), ui.px(8)});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.px(1)});
    ImGui::BeginTooltip();
    const float wrap = ui.px(380);
    paragraph(ui, ui.fonts.strong, ui.theme->text, title, wrap);
    if (!below.empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, below, wrap);
    if (!value.empty()) paragraph(ui, ui.fonts.body, ui.theme->text, value, wrap);
    const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    ui.probe.item("map.tooltip", at.x, at.y, at.x + size.x, at.y + size.y);
    ui.probe.state("tooltip", title + "|" + below + "|" + value);
    ImGui::EndTooltip();
    ImGui::PopStyleVar(2);
}

} // namespace diaban::gui
