#include "app/together.hpp"

#include "app/aggregate.hpp"
#include "app/cell_words.hpp"
#include "app/held_period.hpp"
#include "app/view.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace diaban::app {
namespace {

// Every unit once, as the legend counts them, where what has no report joins "unknown": "4 hotspot
// · 12 healthy · 2 no data".
std::string tally_words(const data::IndicatorCube& cube, std::size_t indicator, std::size_t period,
                        std::span<const geo::FaceId> units, const Language& language) {
    constexpr std::array kOtherEmpty{data::Cell::Suppressed, data::Cell::NotApplicable,
                                     data::Cell::NotExisting};
    const auto states = cube.slice(indicator, period).state;
    const auto in_state = [&](data::Cell state) {
        return static_cast<std::size_t>(std::count_if(
            units.begin(), units.end(), [&](geo::FaceId unit) { return states[unit] == state; }));
    };
    const auto& words = cube.indicators[indicator].categories;
    auto counts = tally(cube, indicator, period, units);
    std::size_t missing = in_state(data::Cell::Missing);
    std::string out;
    const auto add = [&](std::size_t count, const std::string& what) {
        if (count > 0) out += (out.empty() ? "" : " · ") + language.count(count) + " " + what;
    };
    for (std::size_t k = 0; k < words.size(); ++k) {
        if (words[k] == "unknown") counts[k] += std::exchange(missing, 0);
        add(counts[k], category_text(words[k], language));
    }
    add(missing, empty_words(data::Cell::Missing, language));
    for (const auto empty : kOtherEmpty) add(in_state(empty), empty_words(empty, language));
    return out;
}

} // namespace

Together together(const Dataset& dataset, std::size_t indicator, std::size_t asked,
                  std::span<const geo::FaceId> units, const Language& language) {
    const auto& cube = *dataset.cube;
    const auto period = held_period(cube, indicator, asked);
    const auto& what = cube.indicators[indicator];
    Together out;
    if (what.kind == data::Kind::Category) {
        const auto slice = cube.slice(indicator, period);
        out.known = static_cast<std::size_t>(std::count_if(
            units.begin(), units.end(), [&](geo::FaceId unit) { return slice.has(unit); }));
        out.text = tally_words(cube, indicator, period, units, language);
        return out;
    }
    const auto all = aggregate(cube, indicator, period, units);
    out.known = all.units;
    out.value = all.value;
    if (!all.value) {
        const bool lost = all.units > 0 && aggregation_of(cube, indicator) == Aggregation::None;
        out.text = all.too_large ? language.text("together.too_large")
                   : lost        ? "–"
                                 : language.text("legend.no_data");
        return out;
    }
    out.text = language.number(*all.value, dataset.decimals[indicator]);
    const auto states = cube.slice(indicator, period).state;
    if (std::any_of(units.begin(), units.end(),
                    [&](geo::FaceId unit) { return states[unit] == data::Cell::Estimated; }))
        out.text = "≈ " + out.text;
    if (all.mean) out.text = language.text("table.mean", {{"value", out.text}});
    return out;
}

std::string together_rule(const Dataset& dataset, std::size_t indicator, const Together& together,
                          std::size_t units, const Language& language) {
    static constexpr std::array kRules{"table.rule.sum",  "table.rule.recomputed",
                                       "table.rule.head", "table.rule.mean",
                                       "table.rule.each", "table.rule.none"};
    const auto& cube = *dataset.cube;
    const auto name_of = [&](const std::string& id) {
        const auto at = cube.find(id);
        return at ? indicator_name(cube.indicators[*at], language) : id;
    };
    const auto& what = cube.indicators[indicator];
    return language.text(
               kRules[static_cast<std::size_t>(aggregation_of(cube, indicator))],
               {{"above", name_of(what.numerator)}, {"below", name_of(what.denominator)}}) +
           "\n" +
           language.text("ui.card.known", {{"n", static_cast<std::int64_t>(together.known)},
                                           {"all", static_cast<std::int64_t>(units)}});
}

std::string with_unit(const Together& together, const data::Indicator& indicator,
                      const Language& language) {
    const auto unit =
        together.value ? unit_after(*together.value, indicator, language) : std::string();
    return unit.empty() ? together.text : together.text + " " + unit;
}

} // namespace diaban::app
