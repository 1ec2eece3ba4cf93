#include "app/commands/chart.hpp"

#include "app/cell_words.hpp"
#include "app/chart_data.hpp"
#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/map.hpp"
#include "app/commands/map_preview.hpp"
#include "app/held_period.hpp"
#include "app/smoothed.hpp"
#include "app/where_filter.hpp"
#include "base/csv.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kBins = 24;
constexpr map::Colour kEveryUnit{0x8A, 0x90, 0x99}, kProvince{0x4A, 0x50, 0x59},
    kDistrict{0xB4, 0x5F, 0x06}, kChosen{0x0B, 0x63, 0xCE};

map::Colour fill_of(const map::LegendEntry& entry) {
    return entry.outline_only ? map::Colour{255, 255, 255} : entry.colour;
}

// One chart in the making: what every kind of it needs.
struct Making {
    const ChartRequest& request;
    std::shared_ptr<const Dataset> dataset; // what may be shown, of the units that are meant
    std::shared_ptr<const Dataset> whole;   // the same of all units
    const Language& language;
    ChartReport report;
    std::size_t indicator, period;
    Faces selected;

    const data::UnitTable& units() const { return dataset->vintage->units; }
    std::string number(std::size_t of, double v) const {
        return language.number(v, dataset->decimals[of]);
    }
    map::Colour colour_of(std::size_t unit) const {
        const auto& style = report.map.style;
        return fill_of(style.entries[style.entry_of[unit]]);
    }
    std::string name_of(std::size_t unit) const {
        return units().name[unit].empty() ? units().code[unit] : units().name[unit];
    }
    std::string heading(std::size_t of) const {
        return with_unit(indicator_name(dataset->cube->indicators[of], language), of);
    }
    // A number always has its unit.
    std::string with_unit(std::string words, std::size_t of) const {
        const auto unit = unit_text(dataset->cube->indicators[of], language);
        return unit.empty() ? words : words + " (" + unit + ")";
    }
    void line(const std::vector<std::string>& cells) { report.csv += base::csv_line(cells); }
};

struct UnitValue {
    std::size_t unit;
    double value;
};

std::size_t count_suppressed(const Making& m) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < m.units().size(); ++i)
        count += m.dataset->cube->state(m.indicator, m.period, i) == data::Cell::Suppressed;
    return count;
}

[[noreturn]] void nothing_to_draw(const Making& m) {
    const auto masked = count_suppressed(m);
    if (masked == 0) throw Error(ErrorKind::Data, "error.chart.no_values");
    throw Error(ErrorKind::Data, "error.chart.all_masked",
                {{"count", static_cast<std::int64_t>(masked)}});
}

std::vector<UnitValue> values_of(const Making& m) {
    const auto slice = m.dataset->cube->slice(m.indicator, m.period);
    std::vector<UnitValue> out;
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (slice.has(i)) out.push_back({i, slice.value[i]});
    if (out.empty()) nothing_to_draw(m);
    return out;
}

// Of all years, for which the axes are made.
void need_moderate(const Making& m) {
    const auto& cube = *m.dataset->cube;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto slice = cube.slice(m.indicator, p);
        for (std::size_t i = 0; i < slice.size(); ++i)
            if (slice.has(i) && std::abs(slice.value[i]) > kLargestCharted)
                throw Error(ErrorKind::Data, "error.chart.too_large",
                            {{"value", base::format_exact(slice.value[i])},
                             {"unit", m.name_of(i)},
                             {"period", data::to_string(cube.periods[p])},
                             {"indicator", cube.indicators[m.indicator].id}});
    }
}

void need_numbers(const Making& m) {
    if (m.report.map.categorical)
        throw Error(ErrorKind::Usage, "error.chart.numbers",
                    {{"indicator", m.dataset->cube->indicators[m.indicator].id}});
}

// Classes that are no numbers: how many units each has, as the legend counts.
void make_class_counts(Making& m) {
    const auto entries = rows_in_query(m.report.map.style);
    m.line({"class", "label", "units"});
    for (std::size_t e = 0; e < entries.size(); ++e) {
        const auto& entry = entries[e];
        const auto at = static_cast<double>(e), count = static_cast<double>(entry.count);
        m.line({entry.key, entry.label, std::to_string(entry.count)});
        m.report.page.names.push_back(entry.label);
        m.report.page.bars.push_back({at, at + 1, count, fill_of(entry)});
        m.report.values += entry.count;
    }
    m.report.page.rows = entries;
    m.report.page.upwards = m.language.text("chart.units");
}

// A chart of all years says which, below its title.
void name_years(Making& m) {
    if (!m.request.page.subtitle.empty()) return;
    const auto& periods = m.dataset->cube->periods;
    m.report.page.text.subtitle = m.language.text(
        "page.subtitle",
        {{"area", area_name(*m.dataset, m.language)},
         {"period", data::to_string(periods.front()) + "–" + data::to_string(periods.back())}});
}

// The same in every year, one upon the other; of the units that were asked for, or of all.
void make_classes_by_year(Making& m) {
    const auto& cube = *m.dataset->cube;
    if (cube.periods.size() < 2) throw Error(ErrorKind::Usage, "error.chart.years");
    name_years(m);
    std::vector<StyledMap> maps;
    for (const auto period : cube.periods)
        maps.push_back(restyled(*m.whole, m.report.map, period, m.language));
    const auto years = m.selected.empty() ? counts_by_year(maps)
                                          : counts_by_year(maps, m.selected, *m.dataset->vintage);
    m.line({"period", "class", "label", "units"});
    for (std::size_t p = 0; p < maps.size(); ++p) {
        const auto period = data::to_string(years.periods[p]);
        const auto& counts = years.counts[p];
        m.report.page.names.push_back(period);
        for (std::size_t r = 0; r < years.rows.size(); ++r)
            m.line({period, years.rows[r].key, years.rows[r].label, std::to_string(counts[r])});
        // The highest first: each later one lies over the lower part of it.
        auto height = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
        const auto at = static_cast<double>(p);
        for (std::size_t r = years.rows.size(); r-- > 0; height -= counts[r])
            if (counts[r] > 0)
                m.report.page.bars.push_back(
                    {at, at + 1, static_cast<double>(height), fill_of(years.rows[r])});
    }
    m.report.values = years.most();
    m.report.page.rows = years.rows;
    m.report.page.counted = false; // each bar has its own
    m.report.page.upwards = m.language.text("chart.units");
}

void make_histogram(Making& m) {
    if (m.report.map.categorical) return make_class_counts(m);
    m.report.values = values_of(m).size();
    // Of all years, as the classes: the same bar means the same in each.
    const auto bins = bins_for(pooled_values(*m.whole->cube, m.indicator), kBins);
    const auto& style = m.report.map.style;
    const auto bars = stacks(bins, m.dataset->cube->slice(m.indicator, m.period), style);
    m.line({"from", "to", "units"});
    for (std::size_t b = 0; b < bins.count; ++b) {
        const double from = bins.from(b), to = from + bins.width;
        std::size_t height = std::accumulate(bars[b].begin(), bars[b].end(), std::size_t{0});
        m.line({base::format_exact(from), base::format_exact(to), std::to_string(height)});
        // The highest first: each later one lies over the lower part of it.
        for (std::size_t e = style.entries.size(); e-- > 0; height -= bars[b][e])
            if (bars[b][e] > 0)
                m.report.page.bars.push_back(
                    {from, to, static_cast<double>(height), fill_of(style.entries[e])});
        if (b == 0 || b + 1 == bins.count) // the axis reaches as far as in other years
            m.report.page.bars.push_back({from, to, 0, kEveryUnit});
    }
    m.report.page.rows = rows_in_query(style);
    m.report.page.across = m.with_unit(m.report.map.legend_title, m.indicator);
    m.report.page.upwards = m.language.text("chart.units");
}

void make_ranked(Making& m) {
    if (m.report.map.categorical) return make_classes_by_year(m);
    auto units = values_of(m);
    if (!m.selected.empty())
        std::erase_if(units, [&](const UnitValue& u) {
            return !std::binary_search(m.selected.begin(), m.selected.end(),
                                       static_cast<geo::FaceId>(u.unit));
        });
    if (units.empty()) nothing_to_draw(m);
    std::stable_sort(units.begin(), units.end(),
                     [](const UnitValue& a, const UnitValue& b) { return a.value > b.value; });
    m.report.values = units.size();
    const auto names = distinct_names(m.units());
    m.line({"rank", "code", "name", "value"});
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto [unit, value] = units[i];
        m.report.page.ranked.push_back(
            {names[unit], m.number(m.indicator, value), value, m.colour_of(unit)});
        m.line({std::to_string(i + 1), m.units().code[unit], m.units().name[unit],
                base::format_exact(value)});
    }
    m.report.page.rows = rows_in_query(m.report.map.style);
    m.report.page.more = m.language.text(
        "chart.more", {{"shown", std::string("{shown}")}, {"all", std::string("{all}")}});
}

// The selection, its district and province, and everything: as indices where sums of different
// sizes meet. Of classes the units of each; a selection is compared by its share of hotspots.
void make_series(Making& m) {
    if (m.report.map.categorical && m.selected.empty()) return make_classes_by_year(m);
    const auto& cube = *m.dataset->cube;
    if (cube.periods.size() < 2) throw Error(ErrorKind::Usage, "error.chart.years");
    name_years(m);
    auto& lines = m.report.page.lines;
    const auto add = [&](std::string name, map::Colour colour, const Faces& units) {
        lines.push_back({std::move(name), colour, series(*m.dataset, m.indicator, units)});
    };
    const auto all = m.report.only.value_or(inverted({}, m.units().size()));
    add(m.language.text(m.report.only ? "chart.in_query" : "ui.charts.all"), kEveryUnit, all);
    for (const auto& around : areas_around(m.units(), m.selected, all))
        add(around.name, around.level == data::Level::Province ? kProvince : kDistrict,
            around.units);
    if (!m.selected.empty())
        add(m.selected.size() == 1
                ? m.name_of(m.selected.front())
                : m.language.text("ui.data.selected",
                                  {{"n", static_cast<std::int64_t>(m.selected.size())}}),
            kChosen, m.selected);
    m.report.values = all.size();
    m.line({"line", "period", "value"});
    for (const auto& line : lines)
        for (std::size_t p = 0; p < cube.periods.size(); ++p)
            m.line({line.name, data::to_string(cube.periods[p]),
                    line.values[p] ? base::format_exact(*line.values[p]) : ""});
    for (const auto period : cube.periods) m.report.page.names.push_back(data::to_string(period));
    const bool sums = cube.indicators[m.indicator].kind == data::Kind::Count && lines.size() > 1;
    for (auto& line : lines) {
        const auto first = std::find_if(line.values.begin(), line.values.end(),
                                        [](const auto& v) { return v && *v != 0; });
        if (!sums || first == line.values.end()) continue;
        const double start = **first;
        for (auto& v : line.values)
            if (v) v = *v / start * 100;
    }
    m.report.page.upwards = sums                       ? m.language.text("ui.charts.index")
                            : m.report.map.categorical ? m.language.text("ui.charts.share")
                                                       : m.heading(m.indicator);
}

void make_scatter(Making& m) {
    need_numbers(m);
    const auto& indicators = m.dataset->cube->indicators;
    std::optional<std::size_t> second;
    if (!m.request.second.empty())
        second =
            m.dataset->cube->find(resolve({.indicator = m.request.second}, *m.dataset).indicator);
    for (std::size_t i = 0; i < indicators.size() && !second; ++i)
        if (i != m.indicator && indicators[i].kind != data::Kind::Category) second = i;
    if (!second || *second == m.indicator || indicators[*second].kind == data::Kind::Category)
        throw Error(ErrorKind::Usage, "error.chart.two_numbers",
                    {{"indicator", indicators[m.indicator].id}});
    const auto& cube = *m.dataset->cube;
    const auto slice = cube.slice(*second, held_period(cube, *second, m.report.map.period));
    std::vector<double> xs, ys;
    m.line({"code", "name", indicators[*second].id, indicators[m.indicator].id});
    for (const auto& u : values_of(m)) {
        if (!slice.has(u.unit)) continue;
        xs.push_back(slice.value[u.unit]);
        ys.push_back(u.value);
        m.report.page.dots.push_back({xs.back(), ys.back()});
        m.line({m.units().code[u.unit], m.units().name[u.unit], base::format_exact(xs.back()),
                base::format_exact(ys.back())});
    }
    if (xs.empty()) nothing_to_draw(m);
    m.report.values = xs.size();
    m.report.page.across = m.heading(*second);
    m.report.page.upwards = m.heading(m.indicator);
    const auto fit = regression(xs, ys);
    if (!fit) return;
    m.report.page.fit = {fit->intercept, fit->slope};
    m.report.page.facts.push_back(
        m.language.text("ui.charts.fit", {{"n", static_cast<std::int64_t>(fit->n)},
                                          {"r", m.language.number(fit->r, 2)},
                                          {"r2", m.language.number(fit->r * fit->r, 2)}}));
}

void make_boxes(Making& m) {
    need_numbers(m);
    const auto groups = group_units(m.units());
    const auto& names = m.units().groups[static_cast<std::size_t>(groups.level)];
    const auto slice = m.dataset->cube->slice(m.indicator, m.period);
    std::vector<std::pair<std::size_t, BoxStats>> boxes;
    for (std::size_t g = 0; g < names.size(); ++g) {
        std::vector<double> values;
        for (const auto unit : groups.units[g])
            if (slice.has(unit)) values.push_back(slice.value[unit]);
        m.report.values += values.size();
        if (auto stats = box_stats(std::move(values))) boxes.emplace_back(g, std::move(*stats));
    }
    if (boxes.empty()) nothing_to_draw(m);
    std::stable_sort(boxes.begin(), boxes.end(), [](const auto& a, const auto& b) {
        return a.second.median > b.second.median;
    });
    m.line({"group", "n", "low", "q1", "median", "q3", "high"});
    for (const auto& [g, b] : boxes)
        m.line({names[g].name, std::to_string(b.n), base::format_exact(b.low),
                base::format_exact(b.q1), base::format_exact(b.median), base::format_exact(b.q3),
                base::format_exact(b.high)});
    // The highest; more would not be readable.
    constexpr std::size_t kMost = 24;
    const auto shown = std::min(boxes.size(), kMost);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [g, b] = boxes[i];
        m.report.page.names.push_back(names[g].name);
        m.report.page.boxes.push_back({b.low, b.q1, b.median, b.q3, b.high, b.outliers});
    }
    if (shown < boxes.size())
        m.report.page.facts.push_back(
            m.language.text("chart.more", {{"shown", static_cast<std::int64_t>(shown)},
                                           {"all", static_cast<std::int64_t>(boxes.size())}}));
    m.report.page.upwards = m.with_unit(m.report.map.legend_title, m.indicator);
}

// The values of the units that the query names; the others are not in the chart.
void keep_meant(Making& m, const WhereFilter& where) {
    m.report.only = where.units(m.report.map.choice.period);
    if (m.report.only->empty())
        throw Error(ErrorKind::Usage, "error.query.nobody", {{"query", where.text}});
    m.dataset = with_values_of(*m.report.only, m.dataset);
}

// The sheet that a map of the same would have: title, sources, classification.
map::ChartPage sheet_of(const Making& m) {
    MapRequest page{.data = m.request.data, .map = m.request.map};
    page.page = m.request.page;
    page.dpi = m.request.dpi;
    page.classification = m.request.classification;
    auto sheet = page_of(page, m.report.map, *m.dataset, m.language);
    map::ChartPage out{.size = sheet.size, .text = std::move(sheet.text)};
    // Ranked bars of classes are their numbers over the years.
    const bool years = m.request.kind == ChartKind::Ranked && m.report.map.categorical;
    const auto kind = years ? ChartKind::Series : m.request.kind;
    out.text.legend_title =
        m.language.text("chart.kind." + std::string(kChartKinds[static_cast<std::size_t>(kind)]));
    if (kind == ChartKind::Scatter || kind == ChartKind::Series) out.text.legend_note.clear();
    return out;
}

bool is_csv(const std::filesystem::path& file) {
    return base::lower(file.extension().string()) == ".csv";
}

} // namespace

ChartReport chart(const ChartRequest& request, std::shared_ptr<const Dataset> given,
                  const Language& language, base::JobContext& ctx,
                  std::shared_ptr<const WhereFilter> where) {
    given = with_smoothed(std::move(given), request.map.indicator);
    auto wanted = request.map;
    wanted.indicator = full_id(wanted.indicator, *given->cube);
    wanted.kind = map::MapKind::Choropleth; // its bars have the colours of classes
    const auto choice = resolve(wanted, *given);
    const auto dataset =
        request.classification == Classification::Public ? mask(given, {}, ctx).dataset : given;
    Making m{.request = request,
             .dataset = dataset,
             .whole = dataset,
             .language = language,
             .report = {},
             .indicator = 0,
             .period = 0,
             .selected = {}};
    m.report.map = styled(*dataset, choice, language, where);
    if (where) keep_meant(m, *where);
    m.indicator = m.report.map.indicator;
    m.period = held_period(*dataset->cube, m.indicator, m.report.map.period);
    m.selected = faces_of_codes(request.select, m.units());
    if (!m.report.map.categorical) need_moderate(m);
    m.report.page = sheet_of(m);
    switch (request.kind) {
    case ChartKind::Histogram:
        make_histogram(m);
        break;
    case ChartKind::Ranked:
        make_ranked(m);
        break;
    case ChartKind::Series:
        make_series(m);
        break;
    case ChartKind::Scatter:
        make_scatter(m);
        break;
    case ChartKind::Boxes:
        make_boxes(m);
        break;
    }
    if (where)
        m.report.page.facts.push_back(
            language.text("chart.only", {{"count", as_count(m.report.only->size())},
                                         {"all", as_count(m.units().size())},
                                         {"query", where->text}}));
    m.report.masked = count_suppressed(m);
    if (m.report.masked > 0)
        m.report.page.facts.push_back(
            language.text("chart.masked", {{"count", static_cast<std::int64_t>(m.report.masked)}}));
    return std::move(m.report);
}

ChartReport run(const ChartRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx, const QuerySources* sources) {
    if (!is_csv(request.out) && !map::format_of(request.out))
        throw Error(ErrorKind::Usage, "error.chart.format",
                    {{"file", request.out.filename().string()}});
    check_output(dataset->request, request.out);
    dataset = with_smoothed(std::move(dataset), request.map.indicator);
    auto report = chart(
        request, dataset, language, ctx,
        where_filter(request.map.where, dataset, sources, request.classification, language, ctx));
    note_output({dataset->request.store, "chart", dataset.get()}, request.classification,
                {request.out}, ctx);
    ctx.stage("stage.draw");
    if (is_csv(request.out))
        base::write_file(request.out, std::string(base::kByteOrderMark) + report.csv);
    else
        map::paint_chart(report.page, request.out, ctx);
    std::vector<MaskedCell> shown;
    if (request.classification == Classification::Public)
        for (const auto& cell : mask(dataset, {}, ctx).cells) {
            const auto& what = dataset->cube->indicators[report.map.indicator];
            const bool all_years = request.kind == ChartKind::Series;
            if (report.only && !std::binary_search(report.only->begin(), report.only->end(),
                                                   static_cast<geo::FaceId>(cell.row)))
                continue;
            if ((all_years || cell.period == report.map.choice.period) &&
                (cell.indicator == what.id || cell.indicator == what.numerator))
                shown.push_back(cell);
        }
    write_masked_list(request.out, shown);
    report.file = request.out;
    return report;
}

std::string to_json(const ChartReport& r, const Language&) {
    Json out{{"files", Json::array({r.file.string()})},
             {"indicator", r.map.choice.indicator},
             {"period", data::to_string(r.map.choice.period)},
             {"values", r.values},
             {"masked", r.masked}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<std::string> to_flags(const ChartRequest& request) {
    Flags flags{"chart"};
    add_flags(flags, request.data);
    add_flags(flags, request.map);
    flags.insert(flags.end(),
                 {"--kind", std::string(kChartKinds[static_cast<std::size_t>(request.kind)])});
    add_flags(flags, request.across);
    if (!request.second.empty()) flags.insert(flags.end(), {"--second", request.second});
    add_list(flags, "--select", request.select);
    auto page = request.page;
    page.plan.clear(); // of the project: of its layout a chart takes no more than the size
    add_flags(flags, page, request.dpi);
    add_flags(flags, request.classification);
    if (!request.out.empty()) flags.insert(flags.end(), {"--out", request.out.string()});
    return flags;
}

} // namespace diaban::app
