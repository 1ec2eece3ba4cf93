// The chart of lines over the years: the selection against its district, province and everything.
#include "gui/panels/chart_panel.hpp"
#include "gui/panels/chart_parts.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

struct SeriesLine {
    std::string name;
    ImU32 ink;
    std::vector<std::optional<double>> values; // per period
    float weight;                              // interface pixels
};

std::vector<SeriesLine> series_lines(Ui& ui, const app::Dataset& dataset, std::size_t indicator,
                                     const app::Faces& all, bool in_query) {
    std::vector<SeriesLine> lines;
    const auto& units = dataset.vintage->units;
    const app::Faces& chosen = ui.document.selection();
    lines.push_back({ui.text(in_query ? "chart.in_query" : "ui.charts.all"), ui.theme->faint,
                     app::series(dataset, indicator, all), 2});
    for (const auto& around : app::areas_around(units, chosen, all))
        lines.push_back(
            {around.name,
             around.level == data::Level::Province ? ui.theme->muted : ui.theme->warning,
             app::series(dataset, indicator, around.units), 2});
    if (!chosen.empty())
        lines.push_back(
            {chosen.size() == 1
                 ? unit_name(units, chosen.front())
                 : ui.text("ui.data.selected", {{"n", static_cast<std::int64_t>(chosen.size())}}),
             ui.theme->accent, app::series(dataset, indicator, chosen), 2.6F});
    return lines;
}

// Its first value that is not 0 becomes 100. False if there is none.
bool make_index(SeriesLine& line) {
    const auto first = std::find_if(line.values.begin(), line.values.end(),
                                    [](const auto& v) { return v && *v != 0; });
    if (first == line.values.end()) return false;
    const double base_value = **first;
    for (auto& v : line.values)
        if (v) v = *v / base_value * 100;
    return true;
}

} // namespace

// Classes are counted in every year; a selection is compared by its share of hotspots if that is
// asked for.
void ChartPanel::draw_series(Ui& ui, const Rect& plot) {
    const auto dataset = charted_.dataset;
    const app::StyledMap& styled = *ui.document.styled();
    const auto& periods = dataset->cube->periods;
    if (styled.categorical && periods.size() > 1 && !ui.document.selection().empty()) {
        const float wide = text_size(ui.fonts.body, ui.text("ui.charts.compare")).x + ui.px(26);
        ImGui::SetCursorScreenPos({plot.x1 - wide, plot.y0 - ui.px(48)});
        check(ui, "ui.charts.compare", shares_);
    }
    if (by_year(ui)) return draw_classes_by_year(ui, plot);
    if (periods.size() < 2) return say_in_chart(ui, plot, "ui.matrix.needs_years");
    auto lines =
        series_lines(ui, *dataset, styled.indicator, charted_.units, charted_.where != nullptr);
    // Sums of different sizes share no axis: each line of a count has its own height.
    const bool sums = dataset->cube->indicators[styled.indicator].kind == data::Kind::Count;
    double low = INFINITY, high = -INFINITY;
    for (SeriesLine& line : lines) {
        if (sums && !make_index(line)) continue;
        for (const auto& v : line.values)
            if (v) low = std::min(low, *v), high = std::max(high, *v);
    }
    if (!(low <= high)) return say_in_chart(ui, plot, "ui.charts.no_values");
    if (low > 0 && !sums) low = 0;
    const ChartAxis y = chart_axis(low, high, plot.y1, plot.y0);
    draw_chart_axis(ui, y, plot, true);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto x_of = [&](std::size_t p) {
        return plot.x0 +
               plot.width() * static_cast<float>(p) / static_cast<float>(periods.size() - 1);
    };
    for (std::size_t p = 0; p < periods.size(); ++p) {
        const std::string text = data::to_string(periods[p]);
        const ImVec2 size = text_size(ui.fonts.tiny, text);
        draw_text(list, ui.fonts.tiny, {x_of(p) - size.x / 2, plot.y1 + ui.px(5)},
                  p == styled.period ? ui.theme->accent : ui.theme->faint, text);
    }
    list.AddLine({x_of(styled.period), plot.y0}, {x_of(styled.period), plot.y1},
                 faded(ui.theme->accent, 0.4F));
    float legend_x = plot.x0 + ui.px(8);
    std::string names;
    for (const SeriesLine& line : lines) {
        names += (names.empty() ? "" : " | ") + line.name;
        for (std::size_t p = 0; p < periods.size(); ++p) {
            if (!line.values[p]) continue;
            const ImVec2 at{x_of(p), y.at(*line.values[p])};
            if (p > 0 && line.values[p - 1])
                list.AddLine({x_of(p - 1), y.at(*line.values[p - 1])}, at, line.ink,
                             ui.px(line.weight));
            list.AddCircleFilled(at, ui.px(line.weight), line.ink);
        }
        list.AddLine({legend_x, plot.y0 - ui.px(10)}, {legend_x + ui.px(18), plot.y0 - ui.px(10)},
                     line.ink, ui.px(line.weight));
        draw_text(list, ui.fonts.small, {legend_x + ui.px(24), plot.y0 - ui.px(19)}, ui.theme->text,
                  line.name);
        legend_x += ui.px(48) + text_size(ui.fonts.small, line.name).x;
    }
    ui.probe.state("chart.lines", names);
    if (sums || styled.categorical)
        draw_text(list, ui.fonts.tiny, {legend_x, plot.y0 - ui.px(17)}, ui.theme->faint,
                  ui.text(sums ? "ui.charts.index" : "ui.charts.share"));
}

} // namespace diaban::gui
