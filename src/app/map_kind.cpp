#include "app/map_kind.hpp"

#include "app/cell_words.hpp"
#include "app/held_period.hpp"
#include "base/text.hpp"
#include "data/unknown_indicator.hpp"
#include "map/size_steps.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using map::MapKind;

// Where nobody says what a dot stands for: dots for each unit, and on the whole map; and of things
// that are counted the least, since a dot for each person would be taken for where that person is.
constexpr double kDotsPerUnit = 15, kFewestDots = 300, kWishedDots = 6000;
constexpr double kLeastWhole = 5;
constexpr double kPxPerMm = 96 / 25.4;   // page units
constexpr double kLeastGraduated = 0.35; // diameter of the lowest class, of the largest
constexpr double kCircleShare = 0.5;     // of the land, what all circles of a cartogram cover
constexpr int kPairClasses = 3;

double mean_of(std::span<const double> values) {
    return values.empty() ? 0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

// Sizes and dots have no way to show less than nothing.
void need_no_negative(MapKind kind, std::span<const double> values) {
    const auto least = std::min_element(values.begin(), values.end());
    if (least == values.end() || *least >= 0) return;
    throw Error(ErrorKind::Data, "error.kind.negative",
                {{"kind", std::string(to_string(kind))}, {"value", *least}});
}

map::Classes one_range(std::vector<double> breaks) {
    map::Classes out;
    out.method = map::Method::Manual;
    out.breaks = std::move(breaks);
    return out;
}

map::Classes dot_classes(const MapChoice& choice, std::span<const double> values,
                         std::size_t units) {
    const double total = mean_of(values) * static_cast<double>(units);
    const bool whole =
        std::all_of(values.begin(), values.end(), [](double v) { return v == std::floor(v); });
    double dot = choice.dot_value;
    if (!(dot > 0)) {
        const double dots =
            std::clamp(kDotsPerUnit * static_cast<double>(units), kFewestDots, kWishedDots);
        const double wished = total > 0 ? total / dots : 1;
        dot = map::round_up(whole ? std::max(kLeastWhole, wished) : wished);
    }
    if (total / dot > static_cast<double>(map::kMostDots))
        throw Error(ErrorKind::Usage, "error.kind.dots_many",
                    {{"value", dot},
                     {"count", std::round(total / dot)},
                     {"least", map::round_up(total / static_cast<double>(map::kMostDots))}});
    const double largest = *std::max_element(values.begin(), values.end());
    return one_range({0, dot / 2, std::max(largest, dot)});
}

// The classes of one side of a bivariate map. Where many values are zero the thirds are those of
// the values above it, and zero belongs to the lowest: otherwise there would be two classes or one.
map::Classes pair_classes(std::span<const double> values, map::Method method,
                          const std::vector<double>& manual, const char* flag) {
    auto out = map::make_classes(
        values, {.method = method, .k = kPairClasses, .manual = manual, .zero_apart = true});
    if (out.k() > kPairClasses)
        throw Error(ErrorKind::Usage, "error.kind.pair_classes",
                    {{"flag", std::string(flag)},
                     {"count", static_cast<std::int64_t>(out.k())},
                     {"method", std::string(to_string(method))}});
    return out;
}

// The class of a row, counted from 0, also of its estimates.
std::optional<std::size_t> class_of_row(const map::LegendEntry& entry) {
    constexpr std::string_view kEstimated = "estimated:", kClass = "class:";
    std::string_view key = entry.key;
    if (key.starts_with(kEstimated)) key.remove_prefix(kEstimated.size());
    if (!key.starts_with(kClass) || entry.role != map::LegendEntry::Role::Class)
        return std::nullopt;
    key.remove_prefix(kClass.size());
    std::size_t number = 0;
    std::from_chars(key.data(), key.data() + key.size(), number);
    return number > 0 ? std::optional(number - 1) : std::nullopt;
}

void name_row(map::LegendEntry& entry, const std::string& words, const Language& language) {
    entry.label = entry.key.starts_with("estimated:")
                      ? language.text("legend.estimated", {{"class", words}})
                      : words;
}

// "1.000 người"
std::string amount_words(double value, const data::Indicator& indicator, const Language& language) {
    const auto unit = unit_after(value, indicator, language);
    return language.number(value, value == std::floor(value) ? 0 : base::decimals_for({0, value})) +
           (unit.empty() ? "" : " " + unit);
}

map::PairAxis axis_of(const Dataset& dataset, std::size_t indicator, const map::Classes& classes,
                      const map::StyleWords& words, const Language& language) {
    const auto& what = dataset.cube->indicators[indicator];
    map::PairAxis axis{indicator_name(what, language), classes.k(),
                       map::inner_breaks(classes, words)};
    if (const auto unit = unit_text(what, language); !unit.empty()) axis.name += " (" + unit + ")";
    return axis;
}

double land_of(const geo::Coverage& coverage) {
    double land = 0;
    for (const auto& face : coverage.faces())
        if (face.ring_count > 0) land += face.area_m2;
    return land;
}

} // namespace

std::vector<MapKind> kinds_for(const data::Indicator& indicator) {
    switch (indicator.kind) {
    case data::Kind::Category:
        return {MapKind::Choropleth};
    case data::Kind::Count:
        return {MapKind::Symbols,    MapKind::Graduated, MapKind::Dots,
                MapKind::Choropleth, MapKind::Bivariate, MapKind::Cartogram};
    default:
        return {MapKind::Choropleth, MapKind::Bivariate, MapKind::Graduated, MapKind::Symbols};
    }
}

bool has_classes(MapKind kind) {
    return kind == MapKind::Choropleth || kind == MapKind::Graduated || kind == MapKind::Cartogram;
}

MapChoice with_fitting_kind(MapChoice choice, const data::IndicatorCube& cube) {
    const auto at = cube.find(choice.indicator);
    if (!at) return choice;
    const auto kinds = kinds_for(cube.indicators[*at]);
    const bool fits = std::find(kinds.begin(), kinds.end(), choice.kind) != kinds.end();
    const bool same = choice.kind == MapKind::Bivariate && choice.second == choice.indicator;
    if (!fits || same) choice.kind = MapKind::Choropleth;
    return choice;
}

void check_kind(const MapChoice& choice, const data::IndicatorCube& cube) {
    if (choice.kind == MapKind::Choropleth) return;
    const auto at = cube.find(choice.indicator);
    if (!at) return;
    const auto kinds = kinds_for(cube.indicators[*at]);
    if (std::find(kinds.begin(), kinds.end(), choice.kind) == kinds.end()) {
        std::vector<std::string> known;
        for (const auto kind : kinds) known.emplace_back(to_string(kind));
        throw Error(ErrorKind::Usage, "error.kind.unfit",
                    {{"kind", std::string(to_string(choice.kind))},
                     {"indicator", choice.indicator},
                     {"known", base::joined(known)}});
    }
    if (choice.kind != MapKind::Bivariate) return;
    if (choice.second.empty()) throw Error(ErrorKind::Usage, "error.kind.second_missing");
    const auto second = cube.find(choice.second);
    if (!second) throw data::unknown_indicator(ErrorKind::Usage, choice.second, cube.indicators);
    if (second == at)
        throw Error(ErrorKind::Usage, "error.kind.second_same", {{"indicator", choice.second}});
    if (cube.indicators[*second].kind == data::Kind::Category)
        throw Error(ErrorKind::Usage, "error.kind.second_category", {{"indicator", choice.second}});
}

map::Classes classes_for(const MapChoice& choice, std::span<const double> values,
                         std::size_t units) {
    switch (choice.kind) {
    case MapKind::Symbols:
        need_no_negative(choice.kind, values);
        return one_range({0, *std::max_element(values.begin(), values.end())});
    case MapKind::Dots:
        need_no_negative(choice.kind, values);
        return dot_classes(choice, values, units);
    case MapKind::Bivariate:
        return pair_classes(values, choice.method, choice.manual, "--breaks");
    case MapKind::Cartogram:
        need_no_negative(choice.kind, values);
        break;
    default:
        break;
    }
    return map::make_classes(
        values,
        {.method = choice.method, .k = choice.k, .manual = choice.manual, .zero_apart = true});
}

map::Classes second_classes_for(const MapChoice& choice, std::span<const double> values) {
    const bool manual = !choice.second_breaks.empty();
    const auto shared =
        choice.method == map::Method::Manual ? map::Method::Quantile : choice.method;
    return pair_classes(values, manual ? map::Method::Manual : shared, choice.second_breaks,
                        "--second-breaks");
}

double dot_value_of(const map::Classes& classes) {
    return classes.breaks.size() == 3 ? 2 * classes.breaks[1] : 0;
}

double largest_mm(const MapChoice& choice, std::size_t units) {
    constexpr double kEver = 60; // a larger one hides the map
    if (choice.largest_mm > 0) return std::min(choice.largest_mm, kEver);
    // Many units lie close together: circles of a few millimetres then do for the largest.
    constexpr double kPage = 120, kLeast = 4, kMost = 14;
    return std::clamp(kPage / std::sqrt(static_cast<double>(std::max<std::size_t>(units, 1))),
                      kLeast, kMost);
}

void mark_rows(StyledMap& out, const data::Indicator& indicator, const Language& language) {
    const auto kind = out.choice.kind;
    if (kind != MapKind::Symbols && kind != MapKind::Graduated && kind != MapKind::Dots) return;
    const auto colour = map::palette_colours(out.choice.palette, 1).front();
    const double largest = largest_mm(out.choice, out.style.entry_of.size()) * kPxPerMm;
    const auto last = static_cast<double>(std::max<std::size_t>(out.classes.k(), 2) - 1);
    for (auto& entry : out.style.entries) {
        const auto at = class_of_row(entry);
        if (!at) continue;
        const bool few = kind == MapKind::Dots && *at == 0;
        entry.colour = few ? map::kOtherLand : colour;
        entry.over_land = !few;
        if (kind == MapKind::Symbols) {
            entry.disc_px = map::kSymbolSwatchPx;
            name_row(entry, language.text("legend.kind.symbols"), language);
        } else if (kind == MapKind::Graduated) {
            const double part = static_cast<double>(*at) / last;
            entry.disc_px = largest * (kLeastGraduated + (1 - kLeastGraduated) * part);
        } else {
            const double dot = dot_value_of(out.classes);
            if (!few) entry.disc_px = map::kDotPx;
            name_row(
                entry,
                language.text(few ? "legend.kind.few" : "legend.kind.dot",
                              {{"value", amount_words(few ? dot / 2 : dot, indicator, language)}}),
                language);
        }
    }
}

std::shared_ptr<const map::Theme> theme_for(const StyledMap& styled, const Dataset& dataset,
                                            std::size_t period, const map::StyleWords& words,
                                            const Language& language) {
    const auto kind = styled.choice.kind;
    if (kind == MapKind::Choropleth || styled.categorical) return nullptr;
    auto theme = std::make_shared<map::Theme>();
    theme->kind = kind;
    if (kind == MapKind::Bivariate) {
        theme->across = axis_of(dataset, styled.indicator, styled.classes, words, language);
        theme->up = axis_of(dataset, styled.second, styled.second_classes, words, language);
        return theme;
    }
    const auto slice = dataset.cube->slice(styled.indicator, period);
    theme->amount.assign(slice.size(), 0);
    for (std::size_t i = 0; i < slice.size(); ++i) {
        const auto& entry = styled.style.entries[styled.style.entry_of[i]];
        const bool shown = kind == MapKind::Cartogram ? entry.role == map::LegendEntry::Role::Class
                                                      : entry.over_land;
        if (!shown || entry.outline_only || !slice.has(i)) continue;
        theme->amount[i] = kind == MapKind::Graduated ? entry.disc_px : slice.value[i];
    }
    theme->colour = map::palette_colours(styled.choice.palette, 1).front();
    theme->largest_px = largest_mm(styled.choice, slice.size()) * kPxPerMm;
    theme->size_title = unit_text(dataset.cube->indicators[styled.indicator], language);
    if (kind == MapKind::Symbols && !styled.classes.breaks.empty())
        theme->largest = styled.classes.breaks.back();
    if (kind == MapKind::Dots) theme->dot_value = dot_value_of(styled.classes);
    if (kind == MapKind::Cartogram && styled.typical_total > 0 && dataset.vintage->coverage)
        theme->m2_per_amount =
            kCircleShare * land_of(*dataset.vintage->coverage) / styled.typical_total;
    return theme;
}

std::string kind_note(const StyledMap& styled, const data::Indicator& indicator,
                      const std::string& method, const Language& language) {
    const auto kind = styled.choice.kind;
    const auto id = "legend.note." + std::string(to_string(kind));
    const double dot = kind == MapKind::Dots ? dot_value_of(styled.classes) : 0;
    return language.text(id,
                         {{"method", method}, {"value", amount_words(dot, indicator, language)}});
}

} // namespace diaban::app
