#include "analysis/trend.hpp"

#include "analysis/inference.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::analysis {
namespace {

constexpr double kMostSteps = 0.9;
constexpr std::size_t kMostExact = 10;

// P(|S| >= s) of n values without ties: how many orders have how many inversions.
double exact_p(std::size_t n, double s) {
    std::vector<double> ways{1};
    double orders = 1;
    for (std::size_t k = 2; k <= n; ++k) {
        std::vector<double> next(ways.size() + k - 1, 0);
        for (std::size_t i = 0; i < ways.size(); ++i)
            for (std::size_t j = 0; j < k; ++j) next[i + j] += ways[i];
        ways = std::move(next);
        orders *= static_cast<double>(k);
    }
    const double pairs = static_cast<double>(ways.size() - 1);
    double extreme = 0;
    for (std::size_t inversions = 0; inversions < ways.size(); ++inversions)
        if (std::fabs(pairs - 2 * static_cast<double>(inversions)) >= std::fabs(s))
            extreme += ways[inversions];
    return extreme / orders;
}

// The category of hot steps; `step` has 1 for hot, -1 for cold.
Emerging hot_category(std::span<const std::int8_t> step, int trend) {
    const auto n = step.size();
    const auto hot = static_cast<std::size_t>(std::count(step.begin(), step.end(), 1));
    if (hot == 0) return Emerging::None;
    const bool last = step.back() == 1;
    const bool mostly = static_cast<double>(hot) >= kMostSteps * static_cast<double>(n);
    const bool ever_cold = std::find(step.begin(), step.end(), -1) != step.end();
    std::size_t run = 0; // hot steps at the end
    while (run < n && step[n - 1 - run] == 1) ++run;
    if (!last && mostly) return Emerging::Historical;
    if (last && hot == 1) return Emerging::New;
    if (last && !mostly && run >= 2 && run == hot) return Emerging::Consecutive;
    if (last && mostly && trend > 0) return Emerging::Intensifying;
    if (last && mostly && trend < 0) return Emerging::Diminishing;
    if (mostly && trend == 0) return Emerging::Persistent;
    if (last && !mostly && ever_cold) return Emerging::Oscillating;
    if (last && !mostly) return Emerging::Sporadic;
    return Emerging::None;
}

} // namespace

Trend mann_kendall(std::span<const double> values) {
    std::vector<double> x;
    for (const double v : values)
        if (!std::isnan(v)) x.push_back(v);
    Trend trend;
    if (x.size() < kFewestForTrend) return trend;
    const auto n = static_cast<double>(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        for (std::size_t j = i + 1; j < x.size(); ++j) trend.s += (x[j] > x[i]) - (x[j] < x[i]);
    std::sort(x.begin(), x.end());
    double ties = 0;
    for (std::size_t i = 0; i < x.size();) {
        const auto end = std::upper_bound(x.begin(), x.end(), x[i]) - x.begin();
        const double t = static_cast<double>(end) - static_cast<double>(i);
        ties += t * (t - 1) * (2 * t + 5);
        i = static_cast<std::size_t>(end);
    }
    trend.variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
    if (!(trend.variance > 0)) return trend;
    trend.defined = true;
    const double sign = (trend.s > 0) - (trend.s < 0);
    trend.z = (trend.s - sign) / std::sqrt(trend.variance);
    trend.p = ties == 0 && x.size() <= kMostExact ? exact_p(x.size(), trend.s) : normal_p(trend.z);
    return trend;
}

std::string_view to_string(Emerging category) {
    constexpr std::array<std::string_view, 9> kWords{"none",        "historical",   "new",
                                                     "consecutive", "intensifying", "diminishing",
                                                     "persistent",  "oscillating",  "sporadic"};
    return kWords[static_cast<std::size_t>(category)];
}

EmergingResult emerging(std::span<const std::int8_t> step, std::span<const double> z,
                        double alpha) {
    EmergingResult result;
    result.trend = mann_kendall(z);
    const int trend = result.trend.defined && result.trend.p <= alpha
                          ? (result.trend.s > 0) - (result.trend.s < 0)
                          : 0;
    std::vector<std::int8_t> mirrored;
    for (const auto s : step) mirrored.push_back(static_cast<std::int8_t>(-s));
    const auto hot = hot_category(step, trend), cold = hot_category(mirrored, -trend);
    const auto last = std::find_if(step.rbegin(), step.rend(), [](auto s) { return s != 0; });
    result.cold =
        hot == Emerging::None || (cold != Emerging::None && last != step.rend() && *last < 0);
    result.category = result.cold ? cold : hot;
    if (result.category == Emerging::None) result.cold = false;
    return result;
}

} // namespace diaban::analysis
