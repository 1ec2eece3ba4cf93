#include "app/aggregate.hpp"

#include "app/smoothed.hpp"

#include <cmath>

namespace diaban::app {
namespace {

Aggregate mean_per_head(const data::Slice& rates, const data::Slice& people,
                        std::span<const geo::FaceId> units) {
    Aggregate out;
    double cases = 0, heads = 0;
    for (const auto unit : units) {
        if (!rates.has(unit) || !people.has(unit) || !(people.value[unit] > 0)) continue;
        cases += rates.value[unit] * people.value[unit];
        heads += people.value[unit];
        ++out.units;
    }
    if (out.units > 0) out.value = cases / heads;
    return out;
}

// What is beyond any number is no value.
Aggregate within_numbers(Aggregate found) {
    if (found.value && !std::isfinite(*found.value)) {
        found.value.reset();
        found.too_large = true;
    }
    return found;
}

struct AggregateSums {
    double above = 0, below = 0;
    std::size_t units = 0;
};

// Of the values times `part`.
AggregateSums aggregate_sums(const data::Slice& slice, const data::Slice& under,
                             std::span<const geo::FaceId> units, double part) {
    AggregateSums out;
    for (const auto unit : units) {
        if (!slice.has(unit) || !under.has(unit)) continue;
        out.above += slice.value[unit] * part;
        out.below += under.value[unit] * part;
        ++out.units;
    }
    return out;
}

} // namespace

Aggregation aggregation_of(const data::IndicatorCube& cube, std::size_t indicator) {
    const auto& what = cube.indicators[indicator];
    switch (what.kind) {
    case data::Kind::Category:
        return Aggregation::Counted;
    case data::Kind::Count:
        return Aggregation::Sum;
    case data::Kind::Intensity:
        return Aggregation::Mean;
    case data::Kind::Ratio:
        break;
    }
    if (!cube.find(what.numerator) || !cube.find(what.denominator)) return Aggregation::None;
    const auto smoothed = parse_smoothed(what.id);
    if (!smoothed) return Aggregation::Recomputed;
    return smoothed->kind == analysis::RateKind::BayesIndex ? Aggregation::Mean
                                                            : Aggregation::PerHead;
}

Aggregate aggregate(const data::IndicatorCube& cube, std::size_t indicator, std::size_t period,
                    std::span<const geo::FaceId> units) {
    const auto& what = cube.indicators[indicator];
    const auto how = aggregation_of(cube, indicator);
    if (how == Aggregation::Counted) return {};
    Aggregate out;
    const auto numerator = cube.find(what.numerator), denominator = cube.find(what.denominator);
    if (how == Aggregation::PerHead)
        return within_numbers(
            mean_per_head(cube.slice(indicator, period), cube.slice(*denominator, period), units));
    const bool ratio = how == Aggregation::Recomputed;
    const auto slice = cube.slice(ratio ? *numerator : indicator, period);
    const auto under = cube.slice(ratio ? *denominator : indicator, period);
    double part = 1;
    auto sums = aggregate_sums(slice, under, units, part);
    if (!std::isfinite(sums.above) || !std::isfinite(sums.below)) {
        part = 0x1p-64; // so that no sum of so many units is beyond any number
        sums = aggregate_sums(slice, under, units, part);
    }
    out.units = sums.units;
    if (out.units == 0 || how == Aggregation::None) return out;
    if (ratio) {
        if (sums.below > 0) out.value = sums.above / sums.below * what.scale;
    } else if (how == Aggregation::Sum) {
        out.value = sums.above / part;
    } else {
        out.value = sums.above / static_cast<double>(out.units) / part;
        out.mean = out.units > 1;
    }
    return within_numbers(out);
}

double in_a_file(double value) {
    constexpr double kSteps = 1e6;
    const double scaled = value * kSteps;
    return std::isfinite(scaled) ? std::round(scaled) / kSteps : value;
}

std::vector<std::size_t> tally(const data::IndicatorCube& cube, std::size_t indicator,
                               std::size_t period, std::span<const geo::FaceId> units) {
    const std::size_t categories = cube.indicators[indicator].categories.size();
    std::vector<std::size_t> counts(categories + 1, 0);
    const auto slice = cube.slice(indicator, period);
    for (const auto unit : units) {
        const auto k = slice.has(unit) ? static_cast<std::size_t>(slice.value[unit]) : categories;
        ++counts[std::min(k, categories)];
    }
    return counts;
}

Grouping group_units(const data::UnitTable& units) {
    Grouping out;
    out.level =
        units.has_level(data::Level::District) ? data::Level::District : data::Level::Province;
    const auto level = static_cast<std::size_t>(out.level);
    const std::size_t groups = units.groups[level].size();
    out.units.resize(groups + 1);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::size_t group = i < units.parent[level].size() ? units.parent[level][i] : groups;
        out.units[std::min(group, groups)].push_back(static_cast<geo::FaceId>(i));
    }
    return out;
}

} // namespace diaban::app
