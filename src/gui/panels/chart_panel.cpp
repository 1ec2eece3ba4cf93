#include "gui/panels/chart_panel.hpp"

#include "app/cell_words.hpp"
#include "app/commands/map_preview.hpp"
#include "app/where_filter.hpp"

#include "gui/panels/chart_parts.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr float kChoices = 150; // width of the list of charts
constexpr std::size_t kBins = 40;

bool selected(const Ui& ui, std::size_t unit) {
    const auto& chosen = ui.document.selection();
    return std::binary_search(chosen.begin(), chosen.end(), static_cast<geo::FaceId>(unit));
}

struct UnitValue {
    std::size_t unit;
    double value;
};

// Units with a value of the indicator shown, in the period shown.
std::vector<UnitValue> values_now(const Ui& ui, const app::Dataset& dataset,
                                  std::size_t indicator) {
    const auto slice = dataset.cube->slice(indicator, ui.document.styled()->period);
    std::vector<UnitValue> out;
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (slice.has(i)) out.push_back({i, slice.value[i]});
    return out;
}

} // namespace

// The breaks of the classes as lines that can be dragged; letting go makes the classes manual.
void ChartPanel::draw_breaks(Ui& ui, const Rect& plot, double low, double high) {
    const app::StyledMap& styled = *ui.document.styled();
    const auto& breaks = styled.classes.breaks;
    if (breaks.size() < 3 || styled.classes.method == map::Method::Unique) return;
    const ChartAxis x = chart_axis(low, high, plot.x0, plot.x1);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t b = 1; b + 1 < breaks.size(); ++b) {
        const float at = x.at(breaks[b]);
        if (at < plot.x0 || at > plot.x1) continue;
        const std::string name = "break:" + std::to_string(b);
        clicked_in(name.c_str(), {at - ui.px(5), plot.y0, at + ui.px(5), plot.y1 + ui.px(16)});
        record(ui, name);
        const bool active = ImGui::IsItemActive();
        if (active || ImGui::IsItemHovered()) {
            ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
            tooltip(ui, ui.document.language().number(breaks[b], base::decimals_for(breaks)));
        }
        list.AddLine({at, plot.y0}, {at, plot.y1}, ui.theme->text, ui.px(active ? 2.0F : 1.0F));
        list.AddTriangleFilled({at - ui.px(5), plot.y1 + ui.px(8)},
                               {at + ui.px(5), plot.y1 + ui.px(8)}, {at, plot.y1 + ui.px(1)},
                               ui.theme->text);
        if (!active || ImGui::GetIO().MouseDelta.x == 0) continue;
        const double step = (x.high - x.low) / 1000;
        const double wanted = std::clamp(x.value(ImGui::GetIO().MousePos.x), breaks[b - 1] + step,
                                         breaks[b + 1] - step);
        if (!(breaks[b - 1] + step < breaks[b + 1] - step)) continue;
        app::MapChoice next = ui.document.project().map;
        next.method = map::Method::Manual;
        next.manual = breaks;
        // No more digits than the eye can place.
        const double digit = std::pow(10, std::floor(std::log10(step * 5)));
        next.manual[b] = std::round(wanted / digit) * digit;
        if (next.manual[b] <= breaks[b - 1] || next.manual[b] >= breaks[b + 1]) continue;
        choose(ui, next, "edit.classes", "breaks");
        return; // the breaks are others now
    }
}

void ChartPanel::draw_histogram(Ui& ui, const Rect& plot) {
    const app::StyledMap& styled = *ui.document.styled();
    if (styled.categorical) return draw_class_counts(ui, plot);
    const auto units = values_now(ui, *charted_.dataset, styled.indicator);
    if (units.empty()) return say_in_chart(ui, plot, "ui.charts.no_values");
    take_scale(ui);
    if (scale_.most > app::kLargestCharted) return say_in_chart(ui, plot, "ui.charts.too_large");
    const app::Bins& bins = scale_.bins;
    const auto slice = charted_.dataset->cube->slice(styled.indicator, styled.period);
    const auto bars = app::stacks(bins, slice, styled.style);
    std::vector<std::size_t> chosen(bins.count);
    for (const UnitValue& u : units)
        if (selected(ui, u.unit)) ++chosen[bins.of(u.value)];
    const ChartAxis x = chart_axis(bins.low, bins.high(), plot.x0, plot.x1);
    const ChartAxis y = chart_axis(0, static_cast<double>(scale_.tallest), plot.y1, plot.y0);
    draw_chart_axis(ui, y, plot, true);
    draw_chart_axis(ui, x, plot, false);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_breaks(ui, plot, x.low, x.high);
    for (std::size_t b = 0; b < bins.count; ++b) {
        const double from = bins.from(b), to = from + bins.width;
        const float left = x.at(from) + 1, right = x.at(to);
        std::size_t height = 0;
        for (std::size_t e = 0; e < bars[b].size(); ++e) { // from below, as the legend
            if (bars[b][e] == 0) continue;
            const float below = y.at(static_cast<double>(height));
            height += bars[b][e];
            list.AddRectFilled({left, y.at(static_cast<double>(height))}, {right, below},
                               colour(styled.style.entries[e].colour));
        }
        if (height > 0)
            list.AddRect({left, y.at(static_cast<double>(height))}, {right, plot.y1},
                         faded(ui.theme->text, 0.18F));
        if (chosen[b] > 0)
            list.AddRectFilled({left, y.at(static_cast<double>(chosen[b]))}, {right, plot.y1},
                               ui.theme->accent);
        const std::string name = "bar:" + std::to_string(b);
        if (clicked_in(name.c_str(), {left, plot.y0, right, plot.y1})) {
            app::Faces faces;
            for (const UnitValue& u : units)
                if (bins.of(u.value) == b) faces.push_back(static_cast<geo::FaceId>(u.unit));
            choose_units(ui, std::move(faces));
        }
        record(ui, name);
        if (ImGui::IsItemHovered())
            tooltip(ui, ui.text("ui.charts.bar", {{"n", static_cast<std::int64_t>(height)},
                                                  {"from", ui.document.language().number(from, 2)},
                                                  {"to", ui.document.language().number(to, 2)}}));
    }
}

// The highest values; of a few selected units, those. Classes have no order among their units: they
// are counted in every year.
void ChartPanel::draw_ranked(Ui& ui, const Rect& plot) {
    const app::StyledMap& styled = *ui.document.styled();
    if (styled.categorical) return draw_classes_by_year(ui, plot);
    auto units = values_now(ui, *charted_.dataset, styled.indicator);
    if (ui.document.selection().size() > 1)
        std::erase_if(units, [&](const UnitValue& u) { return !selected(ui, u.unit); });
    if (units.empty()) return say_in_chart(ui, plot, "ui.charts.no_values");
    std::stable_sort(units.begin(), units.end(),
                     [](const UnitValue& a, const UnitValue& b) { return a.value > b.value; });
    take_scale(ui);
    const float row = ui.px(22), wide = std::max(ui.px(360), plot.width() / 3);
    const auto columns = static_cast<std::size_t>(std::max(1.0F, plot.width() / wide));
    const float column = plot.width() / static_cast<float>(columns);
    const auto lines = (units.size() + columns - 1) / columns;
    ui.probe.state("ranked", static_cast<double>(units.size()));
    ImGui::SetCursorScreenPos({plot.x0, plot.y0 - ui.px(4)});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    begin_part("ranked", {plot.width() + ui.px(14), plot.height() + ui.px(30)});
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines), row);
    while (clipper.Step())
        for (int l = clipper.DisplayStart; l < clipper.DisplayEnd; ++l) {
            const ImVec2 start = ImGui::GetCursorScreenPos();
            for (std::size_t c = 0; c < columns; ++c) {
                const std::size_t i = static_cast<std::size_t>(l) * columns + c;
                if (i >= units.size()) break;
                const float x = start.x + column * static_cast<float>(c);
                draw_rank(ui, {x, start.y, x + column - ui.px(16), start.y + row}, i + 1,
                          units[i].unit, units[i].value);
            }
            ImGui::SetCursorScreenPos({start.x, start.y + row});
        }
    ImGui::EndChild();
    ImGui::PopStyleVar();
}

// One bar: place, name, length, number.
void ChartPanel::draw_rank(Ui& ui, const Rect& line, std::size_t place, std::size_t unit,
                           double number) {
    const app::StyledMap& styled = *ui.document.styled();
    const auto dataset = ui.document.dataset();
    const std::string name = "rank:" + dataset->vintage->units.code[unit];
    if (clicked_in(name.c_str(), line)) show_unit(ui, unit, false);
    record(ui, name);
    const bool hovered = ImGui::IsItemHovered(), marked = selected(ui, unit) || hovered;
    const float first = ui.px(38), label = line.width() * 0.46F, value = ui.px(70);
    const float room = line.width() - label - value;
    const float length = std::max(
        1.0F, scale_.most > 0 ? room * static_cast<float>(std::abs(number) / scale_.most) : 0);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float top = line.y0 + ui.px(2);
    draw_text(list, ui.fonts.small, {line.x0, top}, ui.theme->faint, std::to_string(place));
    const bool cut =
        draw_text_cut(list, ui.fonts.small, {line.x0 + first, top}, label - first - ui.px(8),
                      marked ? ui.theme->accent : ui.theme->text, scale_.names[unit]);
    const ImVec2 from{line.x0 + label, line.y0 + ui.px(4)},
        to{line.x0 + label + length, line.y1 - ui.px(4)};
    const map::LegendEntry& entry = styled.style.entries[styled.style.entry_of[unit]];
    list.AddRectFilled(from, to, colour(entry.colour), ui.px(2));
    list.AddRect(from, to, faded(ui.theme->text, 0.2F), ui.px(2));
    draw_text(list, ui.fonts.small, {to.x + ui.px(6), top}, ui.theme->muted,
              ui.document.language().number(number, dataset->decimals[styled.indicator]));
    if (hovered && cut) tooltip(ui, scale_.names[unit]);
}

// What the axes are made for: all years of the indicator, so that nothing jumps while they play.
void ChartPanel::take_scale(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const std::size_t indicator = ui.document.styled()->indicator;
    if (scale_.dataset == dataset && scale_.indicator == indicator) return;
    scale_ = {.dataset = dataset, .indicator = indicator};
    const auto& cube = *dataset->cube;
    const auto pooled = app::pooled_values(cube, indicator);
    scale_.bins = app::bins_for(pooled, kBins);
    for (const double v : pooled) scale_.most = std::max(scale_.most, std::abs(v));
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto slice = cube.slice(indicator, p);
        std::vector<std::size_t> counts(scale_.bins.count);
        for (std::size_t i = 0; i < slice.size(); ++i)
            if (slice.has(i)) ++counts[scale_.bins.of(slice.value[i])];
        for (const std::size_t n : counts) scale_.tallest = std::max(scale_.tallest, n);
    }
    scale_.names = app::distinct_names(dataset->vintage->units);
}

// What is charted, and what the axes count.
std::string ChartPanel::heading_text(const Ui& ui, std::size_t across) const {
    const app::Language& language = ui.document.language();
    const app::StyledMap& styled = *ui.document.styled();
    const auto& indicators = ui.document.dataset()->cube->indicators;
    const auto with_unit = [&](std::string words, std::size_t of) {
        const std::string unit = app::unit_text(indicators[of], language);
        return unit.empty() ? words : words + " (" + unit + ")";
    };
    const std::string title = with_unit(styled.legend_title, styled.indicator);
    const auto axis_text = [&](const char* key, const std::string& words) {
        return " · " + language.text(key, {{"words", words}});
    };
    if (by_year(ui))
        return styled.indicator_name +
               axis_text("ui.charts.axis_upwards", language.text("chart.units"));
    switch (kind_) {
    case Kind::Histogram:
        return title + axis_text("ui.charts.axis_upwards", language.text("chart.units"));
    case Kind::Series: // which names its years itself
        return with_unit(styled.indicator_name, styled.indicator);
    case Kind::Scatter:
        return axis_text("ui.charts.axis_upwards", title).substr(std::string_view(" · ").size()) +
               axis_text("ui.charts.axis_across",
                         with_unit(app::indicator_name(indicators[across], language), across));
    case Kind::Ranked:
    case Kind::Boxes:
        break;
    }
    return title;
}

bool ChartPanel::by_year(const Ui& ui) const {
    const bool series = kind_ == Kind::Series && (!shares_ || ui.document.selection().empty());
    return ui.document.styled()->categorical && (series || kind_ == Kind::Ranked);
}

void ChartPanel::draw_scatter(Ui& ui, const Rect& plot) {
    const auto dataset = charted_.dataset;
    const app::StyledMap& styled = *ui.document.styled();
    const auto& indicators = dataset->cube->indicators;
    std::vector<std::size_t> numeric;
    for (std::size_t i = 0; i < indicators.size(); ++i)
        if (indicators[i].kind != data::Kind::Category) numeric.push_back(i);
    if (styled.categorical || numeric.size() < 2)
        return ask_numbers(ui, plot, "ui.charts.needs_two_numbers");
    auto across = dataset->cube->find(across_);
    if (!across || *across == styled.indicator || indicators[*across].kind == data::Kind::Category)
        across = numeric[0] == styled.indicator ? numeric[1] : numeric[0];
    const auto slice = dataset->cube->slice(*across, styled.period);
    std::vector<double> xs, ys;
    std::vector<std::size_t> units;
    for (const UnitValue& u : values_now(ui, *charted_.dataset, styled.indicator)) {
        if (!slice.has(u.unit)) continue;
        xs.push_back(slice.value[u.unit]);
        ys.push_back(u.value);
        units.push_back(u.unit);
    }
    // The other axis is chosen above the plot.
    std::vector<std::string> names;
    std::size_t at = 0;
    for (std::size_t i = 0; i < numeric.size(); ++i) {
        names.push_back(app::indicator_name(indicators[numeric[i]], ui.document.language()));
        if (numeric[i] == *across) at = i;
    }
    const float fields = ui.px(250);
    ImGui::SetCursorScreenPos({plot.x1 - fields, plot.y0 - ui.px(20)});
    ImGui::BeginGroup();
    ImGui::PushItemWidth(fields);
    begin_part("across", {fields, ui.px(60)});
    if (choice(ui, "ui.charts.across", at, names)) across_ = indicators[numeric[at]].id;
    ImGui::EndChild();
    ImGui::PopItemWidth();
    ImGui::EndGroup();
    if (xs.empty()) return say_in_chart(ui, plot, "ui.charts.no_values");
    const Rect inner{plot.x0, plot.y0, plot.x1 - fields - ui.px(20), plot.y1};
    const auto [x0, x1] = std::minmax_element(xs.begin(), xs.end());
    const auto [y0, y1] = std::minmax_element(ys.begin(), ys.end());
    // A little room, so that no dot is cut at the edge.
    const double aside = (*x1 - *x0) * 0.03, above = (*y1 - *y0) * 0.05;
    const ChartAxis x = chart_axis(*x0 - aside, *x1 + aside, inner.x0, inner.x1),
                    y = chart_axis(*y0 - above, *y1 + above, inner.y1, inner.y0);
    draw_chart_heading(ui, inner, heading_text(ui, *across));
    draw_chart_axis(ui, y, inner, true);
    draw_chart_axis(ui, x, inner, false);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    std::size_t nearest = units.size();
    float reach = ui.px(8);
    for (int pass = 0; pass < 2; ++pass) // the selected ones above the others
        for (std::size_t i = 0; i < units.size(); ++i) {
            const bool marked = selected(ui, units[i]);
            if (marked != (pass == 1)) continue;
            const ImVec2 p{x.at(xs[i]), y.at(ys[i])};
            list.AddCircleFilled(p, ui.px(marked ? 4.5F : 3),
                                 marked ? ui.theme->accent : faded(ui.theme->muted, 0.5F), 12);
            const float way = std::hypot(p.x - mouse.x, p.y - mouse.y);
            if (way < reach) reach = way, nearest = i;
        }
    if (const auto line = app::regression(xs, ys)) {
        const auto y_at = [&](double v) { return y.at(line->intercept + line->slope * v); };
        list.PushClipRect({inner.x0, inner.y0}, {inner.x1, inner.y1}, true);
        list.AddLine({inner.x0, y_at(x.low)}, {inner.x1, y_at(x.high)}, ui.theme->warning,
                     ui.px(1.6F));
        list.PopClipRect();
        const app::Language& language = ui.document.language();
        ImGui::SetCursorScreenPos({plot.x1 - fields, plot.y0 + ui.px(48)});
        begin_part("fit", {fields, plot.height() - ui.px(48)});
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.charts.fit", {{"n", static_cast<std::int64_t>(line->n)},
                                            {"r", language.number(line->r, 2)},
                                            {"r2", language.number(line->r * line->r, 2)}}));
        ImGui::EndChild();
    }
    if (clicked_in("scatter", inner) && nearest < units.size())
        show_unit(ui, units[nearest], false);
    record(ui, "scatter");
    if (nearest < units.size() && ImGui::IsItemHovered())
        tooltip(ui, unit_name(dataset->vintage->units, units[nearest]));
}

void ChartPanel::draw_boxes(Ui& ui, const Rect& plot) {
    const auto dataset = charted_.dataset;
    const app::StyledMap& styled = *ui.document.styled();
    if (styled.categorical) return ask_numbers(ui, plot, "ui.charts.needs_numbers");
    const app::Grouping groups = app::group_units(dataset->vintage->units);
    const auto& names = dataset->vintage->units.groups[static_cast<std::size_t>(groups.level)];
    const auto slice = dataset->cube->slice(styled.indicator, styled.period);
    struct Box {
        std::size_t group;
        app::BoxStats stats;
    };
    std::vector<Box> boxes;
    double low = INFINITY, high = -INFINITY;
    for (std::size_t g = 0; g < names.size(); ++g) {
        std::vector<double> values;
        for (const geo::FaceId unit : groups.units[g])
            if (slice.has(unit)) values.push_back(slice.value[unit]);
        const auto stats = app::box_stats(values);
        if (!stats) continue;
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        low = std::min(low, *least), high = std::max(high, *most);
        boxes.push_back({g, *stats});
    }
    if (boxes.empty()) return say_in_chart(ui, plot, "ui.charts.no_values");
    std::stable_sort(boxes.begin(), boxes.end(),
                     [](const Box& a, const Box& b) { return a.stats.median > b.stats.median; });
    const auto room = static_cast<std::size_t>(plot.width() / ui.px(44));
    std::string shown;
    if (boxes.size() > room && room > 0) {
        shown = " · " + ui.text("chart.more", {{"shown", static_cast<std::int64_t>(room)},
                                               {"all", static_cast<std::int64_t>(boxes.size())}});
        boxes.resize(room); // the highest
    }
    draw_chart_heading(ui, plot, heading_text(ui, 0) + shown);
    const ChartAxis y = chart_axis(low, high, plot.y1, plot.y0);
    draw_chart_axis(ui, y, plot, true);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float step = plot.width() / static_cast<float>(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const app::BoxStats& b = boxes[i].stats;
        const float x = plot.x0 + step * (static_cast<float>(i) + 0.5F);
        const float half = std::min(step * 0.28F, ui.px(22));
        const std::string name = "box:" + std::to_string(boxes[i].group);
        if (clicked_in(name.c_str(), {x - step / 2, plot.y0, x + step / 2, plot.y1 + ui.px(20)}))
            choose_units(ui, groups.units[boxes[i].group]);
        record(ui, name);
        const bool hovered = ImGui::IsItemHovered();
        const ImU32 ink = hovered ? ui.theme->accent : ui.theme->text;
        list.AddLine({x, y.at(b.low)}, {x, y.at(b.q1)}, ink);
        list.AddLine({x, y.at(b.q3)}, {x, y.at(b.high)}, ink);
        list.AddRectFilled({x - half, y.at(b.q3)}, {x + half, y.at(b.q1)}, ui.theme->accent_ground);
        list.AddRect({x - half, y.at(b.q3)}, {x + half, y.at(b.q1)}, ink);
        list.AddLine({x - half, y.at(b.median)}, {x + half, y.at(b.median)}, ink, ui.px(2));
        for (const double v : b.outliers) list.AddCircle({x, y.at(v)}, ui.px(2.5F), ink, 10);
        const std::string& label = names[boxes[i].group].name;
        const float room_below = step - ui.px(6);
        const float wide = std::min(text_size(ui.fonts.tiny, label).x, room_below);
        draw_text_cut(list, ui.fonts.tiny, {x - wide / 2, plot.y1 + ui.px(5)}, room_below,
                      ui.theme->muted, label);
        if (hovered)
            tooltip(ui, ui.text("ui.charts.box",
                                {{"name", label},
                                 {"n", static_cast<std::int64_t>(b.n)},
                                 {"median", ui.document.language().number(b.median, 2)},
                                 {"q1", ui.document.language().number(b.q1, 2)},
                                 {"q3", ui.document.language().number(b.q3, 2)}}));
    }
}

void ChartPanel::take_data(Ui& ui) {
    const app::StyledMap& styled = *ui.document.styled();
    const auto dataset = ui.document.dataset();
    const auto period = styled.choice.period;
    if (charted_.of == dataset && charted_.where == styled.where && charted_.period == period)
        return;
    charted_ = {dataset, styled.where, period, dataset, {}};
    charted_.units = styled.where ? styled.where->units(period)
                                  : app::inverted({}, dataset->vintage->units.size());
    if (styled.where) charted_.dataset = app::with_values_of(charted_.units, dataset);
}

void ChartPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_region(ui, "charts", area, {.padding = {0, 6}});
    if (!ui.document.styled()) return end_region();
    take_data(ui);
    constexpr std::pair<Kind, std::string_view> kKinds[] = {
        {Kind::Histogram, "ui.charts.histogram"},
        {Kind::Ranked, "ui.charts.ranked"},
        {Kind::Series, "ui.charts.series"},
        {Kind::Scatter, "ui.charts.scatter"},
        {Kind::Boxes, "ui.charts.boxes"}};
    begin_part("kinds", {ui.px(kChoices), area.height() - ui.px(8)});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (const auto& [kind, key] : kKinds)
        if (list_row(ui, {.name = std::string(key),
                          .text = ui.text(key),
                          .selected = kind_ == kind,
                          .indent = 10}))
            kind_ = kind;
    draw_export(ui);
    ImGui::PopStyleVar();
    ImGui::EndChild();
    Rect plot{area.x0 + ui.px(kChoices + 70), area.y0 + ui.px(30), area.x1 - ui.px(30),
              area.y1 - ui.px(30)};
    // What is named above it: lines, or classes.
    if (kind_ == Kind::Series || by_year(ui)) plot.y0 += ui.px(20);
    // A scatter and boxes say more, once they know it.
    if (kind_ != Kind::Scatter && kind_ != Kind::Boxes) {
        const Rect below{plot.x0, area.y0 + ui.px(30), plot.x1, plot.y1};
        draw_chart_heading(ui, below, heading_text(ui, 0));
    }
    switch (kind_) {
    case Kind::Histogram:
        draw_histogram(ui, plot);
        break;
    case Kind::Ranked:
        draw_ranked(ui, plot);
        break;
    case Kind::Series:
        draw_series(ui, plot);
        break;
    case Kind::Scatter:
        draw_scatter(ui, plot);
        break;
    case Kind::Boxes:
        draw_boxes(ui, plot);
        break;
    }
    end_region();
}

} // namespace diaban::gui
