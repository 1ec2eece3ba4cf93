#include "app/view.hpp"

#include "app/cell_words.hpp"
#include "app/held_period.hpp"
#include "app/map_kind.hpp"
#include "app/smoothed.hpp"
#include "app/view_notes.hpp"
#include "app/where_filter.hpp"
#include "base/text.hpp"
#include "data/transition.hpp"
#include "data/unknown_indicator.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

// Status if the data has one (conventions.md 2); otherwise a rate before the first count.
std::size_t first_indicator(const data::IndicatorCube& cube) {
    const auto pick = [&](auto wanted) -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < cube.indicators.size(); ++i)
            if (wanted(cube.indicators[i])) return i;
        return std::nullopt;
    };
    const auto is_status = [](const data::Indicator& i) {
        return i.kind == data::Kind::Category &&
               std::find(i.categories.begin(), i.categories.end(), "hot") != i.categories.end();
    };
    if (const auto status = pick(is_status)) return *status;
    if (const auto rate = pick([](const auto& i) { return i.kind == data::Kind::Ratio; }))
        return *rate;
    return 0;
}

map::StyleWords words_for(const data::Indicator& indicator, const Language& language) {
    map::StyleWords words;
    words.no_data = language.text("legend.no_data");
    words.suppressed = language.text("legend.suppressed");
    words.not_applicable = language.text("legend.not_applicable");
    words.not_existing = language.text("legend.not_existing");
    words.estimated = language.text("legend.estimated", {{"class", std::string("{class}")}});
    for (const auto& category : indicator.categories)
        words.categories.push_back(category_text(category, language));
    words.decimal = language.numbers().decimal;
    words.group = language.numbers().group;
    return words;
}

// The style, titles and note of one period, once classes are known.
void fill_period(StyledMap& out, const Dataset& dataset, const Language& language) {
    const auto& cube = *dataset.cube;
    const auto& indicator = cube.indicators[out.indicator];
    const auto at = held_period(cube, out.indicator, out.period);
    const auto slice = cube.slice(out.indicator, at);
    const auto words = words_for(indicator, language);
    const bool pair = out.choice.kind == map::MapKind::Bivariate;
    if (out.categorical)
        out.style = map::make_category_style(slice, indicator, words);
    else if (pair)
        out.style = map::make_pair_style(
            slice, out.classes, cube.slice(out.second, held_period(cube, out.second, out.period)),
            out.second_classes, words);
    else
        out.style =
            map::make_style(slice, out.classes, {out.choice.palette, out.choice.reversed}, words);
    if (!out.categorical) mark_rows(out, indicator, language);
    if (out.where) set_aside(out.style, *out.where, cube.periods[out.period], language);
    // Values alone come without shapes: then every unit counts.
    if (dataset.vintage->coverage) map::count_drawn(out.style, dataset.vintage->coverage->faces());
    say_letters(out.style, language);
    edit_legend(out.style, edits_of(out.choice.legends, indicator.id), language);
    out.theme = theme_for(out, dataset, at, words, language);
    // The moves between two periods name both of them.
    const bool moves = indicator.id == "change" && indicator.categories == data::move_categories();
    const auto period = moves ? std::string() : data::to_string(cube.periods[at]);
    const auto& what = pair ? out.title : out.indicator_name;
    out.legend_title =
        period.empty() ? what
                       : language.text("legend.title", {{"indicator", what}, {"period", period}});
    out.legend_note = pair ? "" : unit_text(indicator, language);
    if (const auto smoothed = parse_smoothed(indicator.id))
        out.legend_note +=
            (out.legend_note.empty() ? "" : " · ") +
            language.text("rate.note." + std::string(analysis::to_string(smoothed->kind)));
    if (out.categorical) return;
    const auto name = "method." + std::string(map::to_string(out.classes.method)) +
                      (above_zero(dataset, out) ? "_above_zero" : "");
    const auto method = language.text(
        cube.periods.size() > 1 ? "legend.method_pooled" : "legend.method",
        {{"method", language.text(name)}, {"k", static_cast<std::int64_t>(out.classes.k())}});
    out.legend_note +=
        (out.legend_note.empty() ? "" : " · ") +
        (out.choice.kind == map::MapKind::Choropleth ? method
                                                     : kind_note(out, indicator, method, language));
}

// The other indicator of a bivariate map.
void take_second(StyledMap& out, const Dataset& dataset, const Language& language) {
    const auto& cube = *dataset.cube;
    out.second = *cube.find(out.choice.second);
    if (const auto pooled = cube.pooled(out.second); !pooled.empty())
        out.second_classes = second_classes_for(out.choice, pooled);
    out.title = language.text("legend.title_pair",
                              {{"first", out.indicator_name},
                               {"second", indicator_name(cube.indicators[out.second], language)}});
}

} // namespace

std::string category_text(const std::string& category, const Language& language) {
    const auto id = "category." + category;
    return language.has(id) ? language.text(id) : category;
}

std::string place_kind_text(const std::string& kind, const Language& language) {
    const auto id = "place." + kind;
    return language.has(id) ? language.text(id) : kind;
}

std::string indicator_name(const data::Indicator& indicator, const Language& language) {
    const auto& name = language.code() == "vi" ? indicator.name_vi : indicator.name_en;
    if (!name.empty()) return name;
    const auto& other = language.code() == "vi" ? indicator.name_en : indicator.name_vi;
    if (!other.empty()) return other;
    if (indicator.kind == data::Kind::Ratio && !indicator.numerator.empty())
        return language.text("indicator.ratio", {{"numerator", indicator.numerator},
                                                 {"denominator", indicator.denominator},
                                                 {"scale", indicator.scale}});
    return indicator.id;
}

MapChoice resolve(const MapChoice& choice, const Dataset& dataset) {
    const auto& cube = *dataset.cube;
    auto out = choice;
    if (cube.indicators.empty()) throw Error(ErrorKind::Usage, "error.indicator.none");
    if (out.indicator.empty()) out.indicator = cube.indicators[first_indicator(cube)].id;
    const auto indicator = cube.find(out.indicator);
    if (!indicator) throw data::unknown_indicator(ErrorKind::Usage, out.indicator, cube.indicators);
    if (out.period.year == 0) {
        out.period = cube.periods.back();
        for (std::size_t p = cube.periods.size(); p-- > 0;)
            if (has_values(cube, *indicator, p)) {
                out.period = cube.periods[p];
                break;
            }
    } else if (!cube.find(out.period)) {
        // An undated table shows the same values whatever year is asked for; a dated one must have
        // it.
        std::vector<std::string> known;
        for (const auto p : cube.periods) known.push_back(data::to_string(p));
        throw Error(ErrorKind::Usage, "error.period.unknown",
                    {{"period", data::to_string(out.period)}, {"known", base::joined(known)}});
    }
    check_kind(out, cube);
    return out;
}

StyledMap styled(const Dataset& dataset, const MapChoice& choice, const Language& language,
                 std::shared_ptr<const WhereFilter> where) {
    StyledMap out;
    out.choice = resolve(choice, dataset);
    if (where) out.lines.push_back(language.text("query.line", {{"query", where->text}}));
    out.where = std::move(where);
    const auto& cube = *dataset.cube;
    out.indicator = *cube.find(out.choice.indicator);
    out.period = *cube.find(out.choice.period);
    const auto& indicator = cube.indicators[out.indicator];
    const auto edits = edits_of(out.choice.legends, indicator.id);
    const auto* given = name_in(edits, kIndicatorKey);
    out.indicator_name = given ? *given : indicator_name(indicator, language);
    out.categorical = indicator.kind == data::Kind::Category;
    if (!out.categorical) {
        const auto pooled = cube.pooled(out.indicator);
        if (!pooled.empty()) {
            const auto units = dataset.vintage->units.size();
            out.classes = classes_for(out.choice, pooled, units);
            out.variance_fit = map::goodness_of_variance_fit(pooled, out.classes);
            out.typical_total = std::accumulate(pooled.begin(), pooled.end(), 0.0) /
                                static_cast<double>(pooled.size()) * static_cast<double>(units);
        }
    }
    if (out.choice.kind == map::MapKind::Bivariate) take_second(out, dataset, language);
    fill_period(out, dataset, language);
    return out;
}

StyledMap restyled(const Dataset& dataset, const StyledMap& at, data::Period period,
                   const Language& language) {
    auto out = at;
    out.choice.period = period;
    out.choice = resolve(out.choice, dataset);
    out.period = *dataset.cube->find(out.choice.period);
    fill_period(out, dataset, language);
    return out;
}

std::string value_text(const Dataset& dataset, std::size_t indicator, std::size_t asked,
                       std::size_t unit, const Language& language, int least_decimals) {
    const auto& cube = *dataset.cube;
    const auto period = held_period(cube, indicator, asked);
    const auto& what = cube.indicators[indicator];
    const auto state = cube.state(indicator, period, unit);
    if (auto empty = empty_words(state, language); !empty.empty()) return empty;
    const double value = cube.value(indicator, period, unit);
    const std::string about = state == data::Cell::Estimated ? "≈ " : "";
    if (what.kind == data::Kind::Category) {
        const auto index = static_cast<std::size_t>(value);
        return index < what.categories.size()
                   ? about + category_text(what.categories[index], language)
                   : language.text("legend.no_data");
    }
    auto text =
        about + language.number(value, std::max(dataset.decimals[indicator], least_decimals));
    const auto unit_words = unit_after(value, what, language);
    if (!unit_words.empty()) text += " " + unit_words;
    return text;
}

} // namespace diaban::app
