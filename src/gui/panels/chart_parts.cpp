#include "gui/panels/chart_parts.hpp"

#include "app/chart_data.hpp"
#include "app/where_filter.hpp"
#include "base/number.hpp"
#include "gui/panels/panels.hpp"
#include "gui/style_cache.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr std::size_t kOffered = 4; // indicators to chart instead

// Round steps, about `wish` of them.
std::vector<double> chart_ticks(const ChartAxis& a, int wish) {
    const double raw = (a.high - a.low) / wish, power = std::pow(10, std::floor(std::log10(raw)));
    const double step = raw / power < 1.5   ? power
                        : raw / power < 3.5 ? 2 * power
                        : raw / power < 7.5 ? 5 * power
                                            : 10 * power;
    std::vector<double> out;
    for (double v = std::ceil(a.low / step) * step; v <= a.high + step * 1e-9; v += step)
        out.push_back(std::abs(v) < step * 1e-9 ? 0 : v);
    return out;
}

// Rates first: most charts of numbers are of them.
std::vector<std::size_t> numeric_indicators(const app::Dataset& dataset) {
    const auto& indicators = dataset.cube->indicators;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < indicators.size(); ++i)
        if (indicators[i].kind != data::Kind::Category) out.push_back(i);
    std::stable_partition(out.begin(), out.end(),
                          [&](std::size_t i) { return indicators[i].kind == data::Kind::Ratio; });
    return out;
}

// The rows of the legend with their colours, beside each other above the plot.
void draw_class_rows(Ui& ui, const Rect& plot, const std::vector<map::LegendEntry>& rows) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float side = ui.px(11), y = plot.y0 - ui.px(19);
    float x = plot.x0 + ui.px(8);
    for (const auto& row : rows) {
        const float wide = text_size(ui.fonts.small, row.label).x;
        if (x + side + wide > plot.x1) return; // the legend has them all
        swatch(ui, list, {x, y + ui.px(4)}, {side, side}, row);
        draw_text(list, ui.fonts.small, {x + side + ui.px(6), y}, ui.theme->text, row.label);
        x += side + wide + ui.px(24);
    }
}

// One bar in the look of its row of the legend.
void draw_class_bar(Ui& ui, const Rect& bar, const map::LegendEntry& row) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (row.outline_only)
        list.AddRectFilled({bar.x0, bar.y0}, {bar.x1, bar.y1}, ui.theme->ground);
    else
        list.AddRectFilled({bar.x0, bar.y0}, {bar.x1, bar.y1}, colour(row.colour));
    list.AddRect({bar.x0, bar.y0}, {bar.x1, bar.y1}, faded(ui.theme->text, 0.18F));
}

void draw_below(Ui& ui, const Rect& plot, float middle, float room, ImU32 ink,
                const std::string& text) {
    const float wide = std::min(text_size(ui.fonts.tiny, text).x, room);
    draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.tiny,
                  {middle - wide / 2, plot.y1 + ui.px(5)}, room, ink, text);
}

std::string bar_words(const Ui& ui, const map::LegendEntry& row, data::Period period,
                      std::size_t count) {
    const std::string year = data::to_string(period);
    return ui.text("ui.charts.class",
                   {{"class", year.empty() ? row.label : year + " · " + row.label},
                    {"n", static_cast<std::int64_t>(count)}});
}

} // namespace

ChartAxis chart_axis(double low, double high, float from, float to) {
    if (!(high > low)) low -= 0.5, high += 0.5;
    return {low, high, from, to};
}

void draw_chart_axis(Ui& ui, const ChartAxis& a, const Rect& plot, bool vertical) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto marks = chart_ticks(a, vertical ? 4 : 7);
    const int decimals = base::decimals_for(marks);
    for (const double v : marks) {
        const std::string text = ui.document.language().number(v, decimals);
        const ImVec2 size = text_size(ui.fonts.tiny, text);
        if (vertical) {
            const float y = a.at(v);
            list.AddLine({plot.x0, y}, {plot.x1, y}, ui.theme->line);
            draw_text(list, ui.fonts.tiny, {plot.x0 - size.x - ui.px(6), y - size.y / 2},
                      ui.theme->faint, text);
        } else {
            const float x = a.at(v);
            list.AddLine({x, plot.y1}, {x, plot.y1 + ui.px(4)}, ui.theme->faint);
            draw_text(list, ui.fonts.tiny, {x - size.x / 2, plot.y1 + ui.px(5)}, ui.theme->faint,
                      text);
        }
    }
    if (!vertical) list.AddLine({plot.x0, plot.y1}, {plot.x1, plot.y1}, ui.theme->faint);
}

void say_in_chart(Ui& ui, const Rect& plot, std::string_view key) {
    ImGui::SetCursorScreenPos({plot.x0, plot.y0});
    paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text(key));
}

void ask_numbers(Ui& ui, const Rect& plot, std::string_view key) {
    say_in_chart(ui, plot, key);
    const auto dataset = ui.document.dataset();
    auto offered = numeric_indicators(*dataset);
    offered.resize(std::min(offered.size(), kOffered));
    for (const std::size_t i : offered) {
        const auto& indicator = dataset->cube->indicators[i];
        ImGui::SetCursorScreenPos({plot.x0, ImGui::GetCursorScreenPos().y + ui.px(2)});
        if (!link(ui, "charts.indicator:" + indicator.id,
                  app::indicator_name(indicator, ui.document.language())))
            continue;
        app::MapChoice next = ui.document.project().map;
        next.indicator = indicator.id;
        choose(ui, next, "edit.indicator");
    }
    bool& list = ui.shell.compact ? ui.shell.drawer_open : ui.document.settings().left_open;
    if (list) return;
    ImGui::SetCursorScreenPos({plot.x0, ImGui::GetCursorScreenPos().y + ui.px(6)});
    if (text_button(ui, "ui.charts.show_indicators")) list = true;
}

bool clicked_in(const char* name, const Rect& area) {
    ImGui::SetCursorScreenPos({area.x0, area.y0});
    return ImGui::InvisibleButton(name,
                                  {std::max(1.0F, area.width()), std::max(1.0F, area.height())});
}

void draw_chart_heading(Ui& ui, const Rect& plot, const std::string& text) {
    const ImVec2 at{plot.x0, plot.y0 - ui.px(22)};
    const bool cut = draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.small, at, plot.width(),
                                   ui.theme->muted, text);
    ui.probe.state("charts.heading", text);
    if (cut && ImGui::IsMouseHoveringRect(at, {plot.x1, plot.y0})) tooltip(ui, text);
}

void draw_class_counts(Ui& ui, const Rect& plot) {
    const app::StyledMap& styled = *ui.document.styled();
    const auto& rows = styled.style.entries;
    // As high as the highest bar of any year: a bar means the same in each.
    const app::YearCounts years = app::counts_by_year(ui.styles.all_years(ui.document));
    std::size_t most = 1;
    for (const auto& counts : years.counts)
        for (const std::size_t n : counts) most = std::max(most, n);
    constexpr double kHeadroom = 1.15; // room for the number over the highest bar
    const ChartAxis y = chart_axis(0, static_cast<double>(most) * kHeadroom, plot.y1, plot.y0);
    draw_chart_axis(ui, y, plot, true);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto shown = app::rows_in_query(styled.style).size();
    const float step = plot.width() / static_cast<float>(std::max<std::size_t>(shown, 1));
    const float half = std::min(step * 0.32F, ui.px(46));
    const app::Faces& selection = ui.document.selection();
    std::size_t place = 0;
    for (std::size_t e = 0; e < rows.size(); ++e) {
        if (rows[e].role == map::LegendEntry::Role::LeftOut) continue; // not asked about
        const float x = plot.x0 + step * (static_cast<float>(place++) + 0.5F);
        const float top = y.at(static_cast<double>(rows[e].count));
        if (rows[e].count > 0) draw_class_bar(ui, {x - half, top, x + half, plot.y1}, rows[e]);
        const auto chosen = std::count_if(selection.begin(), selection.end(), [&](geo::FaceId f) {
            return styled.style.entry_of[f] == e;
        });
        if (chosen > 0)
            list.AddRectFilled({x + half + ui.px(2), y.at(static_cast<double>(chosen))},
                               {x + half + ui.px(8), plot.y1}, ui.theme->accent);
        const std::string number = ui.document.language().count(rows[e].count);
        draw_text(list, ui.fonts.small,
                  {x - text_size(ui.fonts.small, number).x / 2, top - ui.px(18)}, ui.theme->text,
                  number);
        draw_below(ui, plot, x, step - ui.px(6), ui.theme->muted, rows[e].label);
        const std::string name = "bar:" + std::to_string(e);
        if (clicked_in(name.c_str(), {x - step / 2, plot.y0, x + step / 2, plot.y1 + ui.px(20)}))
            choose_units(ui, app::faces_of_entry(styled.style, e));
        record(ui, name);
        ui.probe.state(name, static_cast<double>(rows[e].count));
        if (ImGui::IsItemHovered())
            tooltip(ui, bar_words(ui, rows[e], styled.choice.period, rows[e].count));
    }
}

void draw_classes_by_year(Ui& ui, const Rect& plot) {
    const auto& maps = ui.styles.all_years(ui.document);
    if (maps.size() < 2) return say_in_chart(ui, plot, "ui.matrix.needs_years");
    const app::YearCounts years = app::counts_by_year(maps);
    const ChartAxis y = chart_axis(0, static_cast<double>(years.most()), plot.y1, plot.y0);
    draw_chart_axis(ui, y, plot, true);
    draw_class_rows(ui, plot, years.rows);
    const std::size_t now = ui.document.styled()->period;
    const float step = plot.width() / static_cast<float>(maps.size());
    const float half = std::min(step * 0.4F, ui.px(30));
    // As many names of years as fit without touching.
    const auto wide = text_size(ui.fonts.tiny, "2000-H1").x + ui.px(4);
    const auto every = static_cast<std::size_t>(std::max(1.0F, std::ceil(wide / step)));
    for (std::size_t p = 0; p < maps.size(); ++p) {
        const float x = plot.x0 + step * (static_cast<float>(p) + 0.5F);
        if (p % every == 0 || p == now)
            draw_below(ui, plot, x, wide, p == now ? ui.theme->accent : ui.theme->faint,
                       data::to_string(years.periods[p]));
        std::size_t below = 0;
        for (std::size_t r = 0; r < years.rows.size(); ++r) { // from below, as the legend
            const std::size_t count = years.counts[p][r];
            if (count == 0) continue;
            const Rect bar{x - half, y.at(static_cast<double>(below + count)), x + half,
                           y.at(static_cast<double>(below))};
            below += count;
            draw_class_bar(ui, bar, years.rows[r]);
            const std::string name =
                "bar:" + data::to_string(years.periods[p]) + ":" + std::to_string(r);
            if (clicked_in(name.c_str(), bar))
                choose_units(ui, app::faces_of_row(maps[p].style, years.rows[r].key));
            record(ui, name);
            ui.probe.state(name, static_cast<double>(count));
            if (ImGui::IsItemHovered())
                tooltip(ui, bar_words(ui, years.rows[r], years.periods[p], count));
        }
    }
}

} // namespace diaban::gui
