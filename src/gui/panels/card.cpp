// Right, lower part: the pinned commune, its class in every year, its values, a chart; above it,
// where several are selected, how many they are and what they have together.
#include "app/table_view.hpp"
#include "app/together.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/status_card.hpp"
#include "gui/style_cache.hpp"
#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

// One square a year in the colour the commune has on that year's map.
void draw_years(Ui& ui, const app::StyledMap& now, std::size_t unit) {
    const auto& years = ui.styles.all_years(ui.document);
    if (years.size() < 2) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float step = std::min(width / static_cast<float>(years.size()), ui.px(24));
    const float side = ui.px(18);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < years.size(); ++i) {
        const map::LegendEntry& entry = years[i].style.entries[years[i].style.entry_of[unit]];
        const float x = at.x + step * static_cast<float>(i);
        const ImVec2 size{std::max(2.0F, step - ui.px(2)), side};
        swatch(ui, list, {x, at.y}, size, entry);
        if (i == now.period)
            list.AddRect({x - ui.px(1.5F), at.y - ui.px(1.5F)},
                         {x + size.x + ui.px(1.5F), at.y + side + ui.px(1.5F)}, ui.theme->text,
                         ui.px(4), 0, ui.px(1.5F));
        ImGui::SetCursorScreenPos({x, at.y});
        const std::string year = data::to_string(years[i].choice.period);
        if (ImGui::InvisibleButton(("strip:" + year).c_str(), {step, side}))
            ui.document.set_period(years[i].choice.period);
        record(ui, "strip:" + year, true, i == now.period);
        if (ImGui::IsItemHovered()) tooltip(ui, year + " · " + entry.label);
    }
    ImGui::SetCursorScreenPos({at.x, at.y + side + ui.px(3)});
    const std::string first = data::to_string(years.front().choice.period),
                      last = data::to_string(years.back().choice.period);
    const float end = at.x + step * static_cast<float>(years.size());
    const float y = ImGui::GetCursorScreenPos().y;
    draw_text(list, ui.fonts.tiny, {at.x, y}, ui.theme->faint, first);
    draw_text(list, ui.fonts.tiny, {end - text_size(ui.fonts.tiny, last).x, y}, ui.theme->faint,
              last);
    ImGui::Dummy({width, ui.px(18)});
}

void value_row(Ui& ui, const std::string& name, const std::string& label,
               const std::string& value) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(29);
    ImGui::Dummy({width, height});
    record(ui, name);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 size = text_size(ui.fonts.strong, value);
    const float y = at.y + (height - size.y) / 2;
    const bool cut = draw_text_cut(list, ui.fonts.body, {at.x, y}, width - size.x - ui.px(10),
                                   ui.theme->text, label);
    draw_text(list, ui.fonts.strong, {at.x + width - size.x, y}, ui.theme->text, value);
    list.AddLine({at.x, at.y + height}, {at.x + width, at.y + height}, ui.theme->line);
    if (cut && ImGui::IsItemHovered()) tooltip(ui, label);
}

// The values over the years. Years without a value leave a gap; the axis names its ends.
void draw_chart(Ui& ui, const app::Dataset& dataset, const app::StyledMap& now, std::size_t unit) {
    const data::IndicatorCube& cube = *dataset.cube;
    if (now.categorical || cube.periods.size() < 2) return;
    double low = INFINITY, high = -INFINITY;
    std::vector<double> values;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const bool has = cube.slice(now.indicator, p).has(unit);
        values.push_back(has ? cube.value(now.indicator, p, unit) : NAN);
        if (has) low = std::min(low, values.back()), high = std::max(high, values.back());
    }
    if (!(low <= high)) return;
    if (low > 0 && low < high * 0.5) low = 0;
    gap(ui, 8);
    paragraph(ui, ui.fonts.small, ui.theme->muted, now.indicator_name);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(92);
    ImGui::Dummy({width, height + ui.px(18)});
    record(ui, "card.chart");
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const app::Language& language = ui.document.language();
    const int decimals = base::decimals_for({low, high});
    const std::string top = language.number(high, std::min(decimals, 2));
    const std::string bottom = language.number(low, std::min(decimals, 2));
    const float margin =
        std::max(text_size(ui.fonts.tiny, top).x, text_size(ui.fonts.tiny, bottom).x) + ui.px(8);
    const float x0 = at.x + margin, x1 = at.x + width - ui.px(4), y0 = at.y + ui.px(6),
                y1 = at.y + height;
    list.AddLine({x0, y0}, {x1, y0}, ui.theme->line);
    list.AddLine({x0, y1}, {x1, y1}, ui.theme->line);
    const float line = text_size(ui.fonts.tiny, "0").y;
    draw_text(list, ui.fonts.tiny, {at.x, y0 - line / 2}, ui.theme->faint, top);
    if (high > low) draw_text(list, ui.fonts.tiny, {at.x, y1 - line / 2}, ui.theme->faint, bottom);
    auto point = [&](std::size_t p) {
        const double share = high > low ? (values[p] - low) / (high - low) : 1;
        return ImVec2{x0 +
                          (x1 - x0) * static_cast<float>(p) / static_cast<float>(values.size() - 1),
                      y1 - (y1 - y0) * static_cast<float>(share)};
    };
    for (std::size_t p = 1; p < values.size(); ++p)
        if (!std::isnan(values[p - 1]) && !std::isnan(values[p]))
            list.AddLine(point(p - 1), point(p), ui.theme->accent, ui.px(1.8F));
    const float step = (x1 - x0) / static_cast<float>(values.size() - 1);
    for (std::size_t p = 0; p < values.size(); ++p) {
        if (std::isnan(values[p])) continue;
        const bool current = p == now.period;
        const ImVec2 c = point(p);
        list.AddCircleFilled(c, ui.px(current ? 4.5F : 2.6F), ui.theme->accent);
        if (current) list.AddCircleFilled(c, ui.px(2), ui.theme->ground);
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        if (ImGui::IsWindowHovered() && std::abs(mouse.x - c.x) < step / 2 && mouse.y > at.y &&
            mouse.y < y1 + ui.px(6))
            tooltip(ui, data::to_string(cube.periods[p]) + " · " +
                            app::value_text(dataset, now.indicator, p, unit, language));
    }
    const std::string first = data::to_string(cube.periods.front()),
                      last = data::to_string(cube.periods.back());
    draw_text(list, ui.fonts.tiny, {x0, y1 + ui.px(4)}, ui.theme->faint, first);
    draw_text(list, ui.fonts.tiny, {x1 - text_size(ui.fonts.tiny, last).x, y1 + ui.px(4)},
              ui.theme->faint, last);
}

// One indicator of all selected units: added, recomputed, averaged or counted by class.
void together_row(Ui& ui, const app::Dataset& dataset, std::size_t indicator, std::size_t period) {
    const app::Language& language = ui.document.language();
    const data::Indicator& what = dataset.cube->indicators[indicator];
    const app::Together all =
        app::together(dataset, indicator, period, ui.document.selection(), language);
    const std::string name = "together:" + what.id;
    const std::string text = app::with_unit(all, what, language);
    ui.probe.state(name, text);
    if (what.kind != data::Kind::Category)
        return value_row(ui, name, app::indicator_name(what, language), text);
    gap(ui, 4);
    paragraph(ui, ui.fonts.small, ui.theme->muted, app::indicator_name(what, language));
    paragraph(ui, ui.fonts.body, ui.theme->text, text);
    gap(ui, 4);
}

// The selected units with their values; a click pins one and leaves the others selected.
void selected_units(Ui& ui, const app::Dataset& dataset, const app::StyledMap* styled) {
    constexpr std::size_t kShownUnits = 6; // the rest scrolls
    constexpr float kPickedRow = 26;
    const app::Faces& selection = ui.document.selection();
    const data::UnitTable& units = dataset.vintage->units;
    const auto rows = static_cast<float>(std::min(selection.size(), kShownUnits));
    begin_part("selected_units", {0, ui.px(kPickedRow) * rows});
    std::optional<geo::FaceId> wanted;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(selection.size()), ui.px(kPickedRow));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const geo::FaceId face = selection[static_cast<std::size_t>(i)];
            if (list_row(ui, {.name = "picked:" + units.code[face],
                              .text = unit_name(units, face),
                              .trailing = styled ? app::value_text(dataset, styled->indicator,
                                                                   styled->period, face,
                                                                   ui.document.language())
                                                 : std::string(),
                              .selected = ui.document.pinned() == face,
                              .indent = 0,
                              .height = kPickedRow}))
                wanted = face;
        }
    ImGui::EndChild();
    if (!wanted) return;
    ui.document.pin(*wanted);
    const geo::Face& shape = dataset.vintage->coverage->faces()[*wanted];
    if (!visible(ui.map.camera(), ui.map.view()).contains(shape.label_at) && !shape.box.empty())
        ui.map.fly_to(ui, shape.box);
}

void several_card(Ui& ui, const app::Dataset& dataset) {
    const app::StyledMap* styled = ui.document.styled();
    const std::size_t count = ui.document.selection().size();
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    const float y = ImGui::GetCursorScreenPos().y;
    paragraph(ui, ui.fonts.title, ui.theme->text,
              ui.text("ui.data.selected", {{"n", static_cast<std::int64_t>(count)}}));
    record(ui, "card.selection");
    const ImVec2 below = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({right - ui.px(30), y - ui.px(3)});
    if (tool_button(ui, "ui.menu.clear",
                    {.icon = Icon::Close, .shortcut = "Esc", .name = "card.clear"})) {
        ui.document.pin(std::nullopt);
        ui.document.select({});
    }
    ImGui::SetCursorScreenPos(below);
    if (ui.document.selection().empty()) return;
    gap(ui, 4);
    draw_save_set(ui);
    gap(ui, 4);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    if (styled) {
        const app::Together shown = app::together(dataset, styled->indicator, styled->period,
                                                  ui.document.selection(), ui.document.language());
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  styled->legend_title + " · " +
                      ui.text("ui.card.known", {{"n", static_cast<std::int64_t>(shown.known)},
                                                {"all", static_cast<std::int64_t>(count)}}));
        together_row(ui, dataset, styled->indicator, styled->period);
    }
    gap(ui, 4);
    selected_units(ui, dataset, styled);
    gap(ui, 6);
    if (styled)
        for (std::size_t i = 0; i < dataset.cube->indicators.size(); ++i)
            if (i != styled->indicator) together_row(ui, dataset, i, styled->period);
    ImGui::PopStyleVar();
}

// The answer to a click is in sight: a long legend in a low window makes room, no more than needed.
void show_card_head(const Ui& ui) {
    constexpr float kHead = 150; // name, years and the first values
    const float end = ImGui::GetWindowPos().y + ImGui::GetWindowHeight();
    const float hidden = ImGui::GetCursorScreenPos().y + ui.px(kHead) - end;
    if (hidden > 0) ImGui::SetScrollY(ImGui::GetScrollY() + hidden);
}

} // namespace

bool card_has_selection(const Ui& ui) {
    const bool open = ui.shell.narrow ? ui.shell.overlay_open : ui.document.settings().right_open;
    return open && ui.shell.right.empty() && ui.document.selection().size() > 1;
}

void draw_card(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const auto pinned = ui.document.pinned();
    const bool several = dataset && ui.document.selection().size() > 1;
    if (several) several_card(ui, *dataset);
    if (several && !pinned) return;
    if (several) rule(ui);
    if (!dataset || !pinned) {
        ui.shell.card_of.reset();
        if (dataset) paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.card.hint"));
        return;
    }
    const std::size_t unit = *pinned;
    if (std::exchange(ui.shell.card_of, unit) != unit) show_card_head(ui);
    const data::UnitTable& units = dataset->vintage->units;
    const float x = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    const float y = ImGui::GetCursorScreenPos().y;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(2)});
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - ui.px(36));
    ImGui::PushFont(ui.fonts.title);
    ImGui::TextUnformatted(unit_name(units, unit).c_str());
    record(ui, "card.title");
    ImGui::PopFont();
    ImGui::PopTextWrapPos();
    const std::string parents = unit_parents(units, unit);
    paragraph(ui, ui.fonts.small, ui.theme->muted,
              parents.empty() ? units.code[unit] : parents + " · " + units.code[unit]);
    ImGui::PopStyleVar();
    const ImVec2 below = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({x - ui.px(30), y - ui.px(3)});
    if (tool_button(ui, "ui.card.unpin", {.icon = Icon::Close, .shortcut = "Esc"})) {
        ui.document.pin(std::nullopt);
        ui.document.select({});
    }
    ImGui::SetCursorScreenPos(below);
    const app::StyledMap* styled = ui.document.styled();
    if (!styled) return;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    gap(ui, 3);
    draw_years(ui, *styled, unit);
    const auto outlined = ui.styles.outlined(ui.document);
    for (const auto& [kind, flags] : outlined->outline)
        value_row(ui, "card:" + kind, ui.text("outline." + kind),
                  app::outline_text(flags[unit], ui.document.language()));
    for (std::size_t i = 0; i < dataset->cube->indicators.size(); ++i) {
        const data::Indicator& indicator = dataset->cube->indicators[i];
        value_row(ui, "card:" + indicator.id,
                  app::indicator_name(indicator, ui.document.language()),
                  app::value_text(*dataset, i, styled->period, unit, ui.document.language()));
    }
    draw_chart(ui, *dataset, *styled, unit);
    ImGui::PopStyleVar();
    draw_status_card(ui, unit);
}

void draw_right_panel(Ui& ui, const Rect& area, bool overlay) {
    begin_region(ui, "right", area, {.padding = {18, 10}, .scroll = true, .overlay = overlay});
    draw_legend(ui);
    draw_choices(ui);
    rule(ui);
    draw_card(ui);
    gap(ui, 16);
    ImGui::GetWindowDrawList()->AddLine({area.x0 + 0.5F, area.y0}, {area.x0 + 0.5F, area.y1},
                                        ui.theme->line);
    end_region();
}

} // namespace diaban::gui
