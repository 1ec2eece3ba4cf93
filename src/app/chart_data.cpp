#include "app/chart_data.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace diaban::app {
namespace {

double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(std::floor(at));
    const auto high = std::min(low + 1, sorted.size() - 1);
    return std::lerp(sorted[low], sorted[high], at - static_cast<double>(low));
}

} // namespace

std::size_t Bins::of(double v) const {
    const double bin = std::floor((v / 2 - low / 2) / (width / 2));
    return static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(count) - 1));
}

Bins bins_for(std::span<const double> values, std::size_t most) {
    Bins out;
    if (values.empty() || most == 0) return out;
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    out.low = *least;
    const double half = *largest / 2 - *least / 2; // the whole range may be no number
    constexpr double kExact = 9007199254740992;    // whole numbers beyond are not all there
    const bool whole = std::all_of(values.begin(), values.end(), [&](double v) {
        return v == std::floor(v) && std::abs(v) < kExact;
    });
    const auto wish = static_cast<double>(most);
    if (whole) {
        const double numbers = 2 * half + 1;
        out.width = numbers <= 2 * wish ? 1 : std::ceil(numbers / wish);
        out.count = static_cast<std::size_t>(std::ceil(numbers / out.width));
    } else {
        out.width = half > 0 ? 2 * (half / wish) : 1;
        out.count = half > 0 ? most : 1;
    }
    return out;
}

std::vector<double> pooled_values(const data::IndicatorCube& cube, std::size_t indicator) {
    std::vector<double> out;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto slice = cube.slice(indicator, p);
        for (std::size_t i = 0; i < slice.size(); ++i)
            if (slice.has(i)) out.push_back(slice.value[i]);
    }
    return out;
}

std::vector<std::vector<std::size_t>> stacks(const Bins& bins, const data::Slice& slice,
                                             const map::Style& style) {
    std::vector<std::vector<std::size_t>> out(bins.count,
                                              std::vector<std::size_t>(style.entries.size()));
    if (bins.count == 0) return out;
    for (std::size_t i = 0; i < slice.size() && i < style.entry_of.size(); ++i)
        if (slice.has(i)) ++out[bins.of(slice.value[i])][style.entry_of[i]];
    return out;
}

std::size_t YearCounts::most() const {
    std::size_t out = 1;
    for (const auto& year : counts)
        out = std::max(out, std::accumulate(year.begin(), year.end(), std::size_t{0}));
    return out;
}

YearCounts counts_by_year(std::span<const StyledMap> years) {
    constexpr auto kNoRow = static_cast<std::size_t>(-1);
    YearCounts out;
    std::vector<std::vector<std::size_t>> row_of(years.size()); // by year, then by its entry
    for (std::size_t y = 0; y < years.size(); ++y)
        for (const auto& entry : years[y].style.entries) {
            if (entry.role == map::LegendEntry::Role::LeftOut) {
                row_of[y].push_back(kNoRow);
                continue;
            }
            const auto known =
                std::find_if(out.rows.begin(), out.rows.end(),
                             [&](const map::LegendEntry& row) { return row.key == entry.key; });
            row_of[y].push_back(static_cast<std::size_t>(known - out.rows.begin()));
            if (known == out.rows.end()) out.rows.push_back(entry);
        }
    for (std::size_t y = 0; y < years.size(); ++y) {
        out.periods.push_back(years[y].choice.period);
        auto& counts = out.counts.emplace_back(out.rows.size(), 0);
        const auto& entries = years[y].style.entries;
        for (std::size_t e = 0; e < entries.size(); ++e)
            if (row_of[y][e] != kNoRow) counts[row_of[y][e]] += entries[e].count;
    }
    return out;
}

YearCounts counts_by_year(std::span<const StyledMap> years, const Faces& only,
                          const data::Vintage& vintage) {
    std::vector<StyledMap> counted(years.begin(), years.end());
    for (auto& year : counted) {
        for (auto& entry : year.style.entries) entry.count = 0;
        for (const auto face : only) ++year.style.entries[year.style.entry_of[face]].count;
        if (!vintage.coverage) continue;
        for (const auto face : only) // as the legend does
            if (vintage.coverage->faces()[face].ring_count == 0)
                --year.style.entries[year.style.entry_of[face]].count;
    }
    return counts_by_year(counted);
}

Faces faces_of_row(const map::Style& style, std::string_view key) {
    for (std::size_t e = 0; e < style.entries.size(); ++e)
        if (style.entries[e].key == key) return faces_of_entry(style, e);
    return {};
}

std::vector<std::string> distinct_names(const data::UnitTable& units) {
    std::vector<std::string> out(units.size());
    const auto same = [&] {
        std::unordered_map<std::string, std::size_t> times;
        for (const auto& name : out) ++times[name];
        return times;
    };
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = units.name[i].empty() ? units.code[i] : units.name[i];
    const auto named = same();
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (named.at(out[i]) < 2) continue;
        const data::Group* around = units.group_of(data::Level::District, i);
        if (!around) around = units.group_of(data::Level::Province, i);
        if (around) out[i] += ", " + (around->name.empty() ? around->code : around->name);
    }
    const auto placed = same();
    for (std::size_t i = 0; i < out.size(); ++i)
        if (placed.at(out[i]) > 1 && !units.name[i].empty()) out[i] += " (" + units.code[i] + ")";
    return out;
}

std::optional<Regression> regression(std::span<const double> x, std::span<const double> y) {
    const std::size_t n = std::min(x.size(), y.size());
    if (n < 3) return std::nullopt;
    long double mean_x = 0, mean_y = 0; // the square of 1e200 is no double
    for (std::size_t i = 0; i < n; ++i) mean_x += x[i], mean_y += y[i];
    mean_x /= static_cast<long double>(n), mean_y /= static_cast<long double>(n);
    long double xx = 0, xy = 0, yy = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const long double dx = x[i] - mean_x, dy = y[i] - mean_y;
        xx += dx * dx, xy += dx * dy, yy += dy * dy;
    }
    if (xx <= 0) return std::nullopt;
    Regression out;
    out.slope = static_cast<double>(xy / xx);
    out.intercept = static_cast<double>(mean_y - xy / xx * mean_x);
    out.r = yy > 0 ? static_cast<double>(xy / std::sqrt(xx * yy)) : 0;
    out.n = n;
    return out;
}

std::optional<BoxStats> box_stats(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    BoxStats out;
    out.n = values.size();
    out.q1 = quantile(values, 0.25);
    out.median = quantile(values, 0.5);
    out.q3 = quantile(values, 0.75);
    const long double reach = 1.5L * (static_cast<long double>(out.q3) - out.q1);
    out.low = out.q1, out.high = out.q3;
    for (const double v : values) {
        if (v < out.q1 - reach || v > out.q3 + reach) {
            out.outliers.push_back(v);
        } else {
            out.low = std::min(out.low, v);
            out.high = std::max(out.high, v);
        }
    }
    return out;
}

std::vector<AreaAround> areas_around(const data::UnitTable& units, const Faces& chosen,
                                     const Faces& all) {
    std::vector<AreaAround> out;
    if (chosen.empty()) return out;
    for (const auto level : {data::Level::Province, data::Level::District}) {
        const auto l = static_cast<std::size_t>(level);
        if (!units.has_level(level)) continue;
        const auto& parent = units.parent[l];
        const auto group = parent[chosen.front()];
        const bool one = std::all_of(chosen.begin(), chosen.end(),
                                     [&](geo::FaceId f) { return parent[f] == group; });
        if (!one || group >= units.groups[l].size()) continue;
        AreaAround around{level, units.groups[l][group].name, {}};
        for (const geo::FaceId f : all)
            if (parent[f] == group) around.units.push_back(f);
        // The only province is everything.
        if (level == data::Level::District || around.units.size() < all.size())
            out.push_back(std::move(around));
    }
    return out;
}

std::vector<std::optional<double>> series(const Dataset& dataset, std::size_t indicator,
                                          std::span<const geo::FaceId> units) {
    const auto& cube = *dataset.cube;
    std::vector<std::optional<double>> out(cube.periods.size());
    const bool category = cube.indicators[indicator].kind == data::Kind::Category;
    const auto& words = cube.indicators[indicator].categories;
    for (std::size_t p = 0; p < out.size(); ++p) {
        if (!category) {
            out[p] = aggregate(cube, indicator, p, units).value;
            continue;
        }
        const auto counts = tally(cube, indicator, p, units);
        std::size_t known = 0, last = 0;
        for (std::size_t k = 0; k < words.size(); ++k) {
            if (words[k] == "unknown") continue;
            known += counts[k];
            last = words[k].starts_with("hot") || k + 1 == words.size() ? last + counts[k] : last;
        }
        if (known > 0) out[p] = 100.0 * static_cast<double>(last) / static_cast<double>(known);
    }
    return out;
}

} // namespace diaban::app
