#include "app/chart_data.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(std::floor(at));
    const auto high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

} // namespace

Histogram histogram(std::span<const double> values, std::size_t bins) {
    Histogram out;
    if (values.empty() || bins == 0) return out;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    out.low = *low;
    out.high = *high;
    out.counts.assign(bins, 0);
    const double width = (out.high - out.low) / static_cast<double>(bins);
    for (const double v : values) {
        const auto bin =
            width > 0 ? static_cast<std::size_t>((v - out.low) / width) : std::size_t{0};
        ++out.counts[std::min(bin, bins - 1)];
    }
    return out;
}

std::optional<Regression> regression(std::span<const double> x, std::span<const double> y) {
    const std::size_t n = std::min(x.size(), y.size());
    if (n < 3) return std::nullopt;
    double mean_x = 0, mean_y = 0;
    for (std::size_t i = 0; i < n; ++i) mean_x += x[i], mean_y += y[i];
    mean_x /= static_cast<double>(n), mean_y /= static_cast<double>(n);
    double xx = 0, xy = 0, yy = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double dx = x[i] - mean_x, dy = y[i] - mean_y;
        xx += dx * dx, xy += dx * dy, yy += dy * dy;
    }
    if (xx <= 0) return std::nullopt;
    Regression out;
    out.slope = xy / xx;
    out.intercept = mean_y - out.slope * mean_x;
    out.r = yy > 0 ? xy / std::sqrt(xx * yy) : 0;
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
    const double reach = 1.5 * (out.q3 - out.q1);
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
