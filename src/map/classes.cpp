#include "map/classes.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "map/natural_breaks.hpp"
#include "map/zero_share.hpp"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace diaban::map {
namespace {

using base::Error;
using base::ErrorKind;

// What was computed with more room than a double has: beyond the largest number lies none.
double as_finite(long double value) {
    constexpr long double kMost = DBL_MAX;
    return static_cast<double>(std::clamp(value, -kMost, kMost));
}

constexpr std::array<std::pair<Method, std::string_view>, 12> kMethods{{
    {Method::Quantile, "quantile"},
    {Method::Equal, "equal"},
    {Method::Pretty, "pretty"},
    {Method::Natural, "natural"},
    {Method::StandardDeviation, "sd"},
    {Method::HeadTail, "headtail"},
    {Method::Box, "box"},
    {Method::BoxExtreme, "box3"},
    {Method::Percentile, "percentile"},
    {Method::Geometric, "geometric"},
    {Method::Manual, "manual"},
    {Method::Unique, "unique"},
}};

// Type 7 of Hyndman & Fan (1996), with the interpolation and the fuzz of R's quantile().
// The i-th of k.
double quantile(const std::vector<double>& sorted, int i, int k) {
    const double h = static_cast<double>(sorted.size() - 1) * i / k;
    const auto low = static_cast<std::size_t>(std::floor(h + 4 * DBL_EPSILON));
    const double rest = h - static_cast<double>(low);
    double q = sorted[low];
    if (std::fabs(rest) >= 4 * DBL_EPSILON && low + 1 < sorted.size() && sorted[low + 1] != q)
        q = (1 - rest) * q + rest * sorted[low + 1];
    return q;
}

std::vector<double> quantile_breaks(const std::vector<double>& sorted, int k) {
    std::vector<double> breaks;
    for (int i = 0; i <= k; ++i) breaks.push_back(quantile(sorted, i, k));
    return breaks;
}

std::vector<double> percentile_breaks(const std::vector<double>& sorted) {
    std::vector<double> breaks;
    for (const int percent : {0, 1, 10, 50, 90, 99, 100})
        breaks.push_back(quantile(sorted, percent, 100));
    return breaks;
}

// Fences that no value lies beyond are no breaks: the legend shows the ends of the data.
void make_box(Classes& out, const std::vector<double>& sorted, double hinge) {
    const double q1 = quantile(sorted, 1, 4), q3 = quantile(sorted, 3, 4);
    const long double reach = hinge * (static_cast<long double>(q3) - q1);
    out.fences = {as_finite(q1 - reach), as_finite(q3 + reach)};
    out.breaks = {sorted.front()};
    if (out.fences->first > sorted.front()) out.breaks.push_back(out.fences->first);
    out.breaks.insert(out.breaks.end(), {q1, quantile(sorted, 1, 2), q3});
    if (out.fences->second < sorted.back()) out.breaks.push_back(out.fences->second);
    out.breaks.push_back(sorted.back());
}

std::vector<double> head_tail_breaks(const std::vector<double>& sorted) {
    constexpr double kMostHead = 0.4;
    std::vector<double> breaks{sorted.front()};
    auto begin = sorted.begin();
    for (;;) {
        const auto size = sorted.end() - begin;
        long double sum = 0;
        for (auto v = begin; v != sorted.end(); ++v) sum += *v;
        const auto mean = static_cast<double>(sum / static_cast<long double>(size));
        if (mean > breaks.back() && mean < sorted.back()) breaks.push_back(mean);
        begin = std::upper_bound(begin, sorted.end(), mean);
        const auto head = sorted.end() - begin;
        if (head <= 1 || static_cast<double>(head) > kMostHead * static_cast<double>(size)) break;
    }
    breaks.push_back(sorted.back());
    return breaks;
}

std::vector<double> geometric_breaks(const std::vector<double>& sorted, int k) {
    if (sorted.front() < 0) throw Error(ErrorKind::Data, "error.classes.geometric");
    std::vector<double> breaks;
    const auto first = std::upper_bound(sorted.begin(), sorted.end(), 0.0);
    if (first != sorted.begin()) breaks.push_back(0), --k;
    const long double ratio = sorted.back() / static_cast<long double>(*first);
    breaks.push_back(*first);
    for (int i = 1; i < k; ++i)
        breaks.push_back(as_finite(*first * std::pow(ratio, static_cast<long double>(i) / k)));
    breaks.push_back(sorted.back());
    return breaks;
}

std::vector<double> equal_breaks(double low, double high, int k) {
    std::vector<double> breaks;
    const double step = (high - low) / k;
    for (int i = 0; i < k; ++i)
        breaks.push_back(std::isfinite(step) ? low + step * i
                                             : std::lerp(low, high, static_cast<double>(i) / k));
    breaks.push_back(high);
    return breaks;
}

// Multiples of a round unit: begin * unit .. end * unit, where unit = digit * 10^exponent.
struct RoundRange {
    double begin, end;
    double digit;
    int exponent;
    // The nearest double to the decimal number, so that 3 * 0.1 is 0.3 and the value 0.3 lies in
    // the class that begins there.
    double at(double i) const {
        const double scale = std::pow(10.0, std::abs(exponent));
        return as_finite(exponent < 0 ? i * digit / scale : i * digit * scale);
    }
};

// R_pretty() of R 4.2 (src/appl/pretty.c) with the arguments of pretty.default(): about k
// intervals, at least k / 3, whose ends are 1, 2 or 5 times a power of ten and cover [low, high].
RoundRange pretty(double low, double high, int k) {
    constexpr double kHighBias = 1.5, kHighBias5 = 0.5 + 1.5 * kHighBias, kShrink = 0.75;
    constexpr double kRounding = 1e-10;
    const int fewest = k / 3;
    const double range = high - low;
    double cell = std::max(std::fabs(low), std::fabs(high));
    // In R the factor is (h5 >= 1.5 h + 0.5) ? 1 / (1 + h) : 1.5 / (1 + h5); ours are constants.
    const double noise = (1 + 1 / (1 + kHighBias)) * std::max(1, k) * DBL_EPSILON;
    if (cell == 0 || range < cell * noise * 3) {
        if (cell == 0) cell = 1;
        if (cell > 10) cell = 9 + cell / 10;
        cell *= kShrink;
        if (fewest > 1) cell /= fewest;
    } else {
        cell = std::isfinite(range) ? range / k : high / k - low / k;
    }
    cell = std::clamp(cell, 20 * DBL_MIN, DBL_MAX / 1.25);

    RoundRange out{0, 0, 1, static_cast<int>(std::floor(std::log10(cell)))};
    const double base = std::pow(10.0, out.exponent);
    if (2 * base - cell < kHighBias * (cell - base)) {
        out.digit = 2;
        if (5 * base - cell < kHighBias5 * (cell - 2 * base)) {
            out.digit = 5;
            if (10 * base - cell < kHighBias * (cell - 5 * base)) out.digit = 10;
        }
    }
    const double unit = out.digit * base;
    out.begin = std::floor(low / unit + kRounding);
    out.end = std::ceil(high / unit - kRounding);
    while (out.begin * unit > low + kRounding * unit) --out.begin;
    while (out.end * unit < high - kRounding * unit) ++out.end;

    int missing = fewest - static_cast<int>(out.end - out.begin + 0.5);
    if (missing > 0) {
        const int half = missing / 2, odd = missing % 2;
        if (low == 0 && out.begin == 0 && high != 0) {
            out.end += missing;
        } else if (high == 0 && out.end == 0 && low != 0) {
            out.begin -= missing;
        } else if (out.begin >= 0) {
            out.end += half;
            out.begin -= half + odd;
        } else {
            out.begin -= half;
            out.end += half + odd;
        }
    }
    return out;
}

std::vector<double> pretty_breaks(double low, double high, int k) {
    const auto range = pretty(low, high, k);
    std::vector<double> breaks;
    for (double i = range.begin; i <= range.end + 0.5; ++i) breaks.push_back(range.at(i));
    return breaks;
}

// classInt style "sd": pretty breaks of the z values, mapped back.
std::vector<double> deviation_breaks(const std::vector<double>& sorted, int k) {
    const auto n = static_cast<long double>(sorted.size());
    long double mean = 0;
    for (const double v : sorted) mean += v;
    mean /= n;
    long double squares = 0;
    for (const double v : sorted) squares += (v - mean) * (v - mean);
    const long double sd = std::sqrt(squares / (n - 1));
    const auto z = [&](double v) { return static_cast<double>((v - mean) / sd); };
    auto breaks = pretty_breaks(z(sorted.front()), z(sorted.back()), k);
    for (double& b : breaks) b = as_finite(b * sd + mean);
    return breaks;
}

std::vector<double> natural_breaks(const WeightedValues& values, int k) {
    const auto& v = values.value;
    std::vector<double> breaks{v.front()};
    const auto classes = std::min(static_cast<std::size_t>(k), v.size());
    for (const auto start : natural_splits(values, classes)) {
        // Half way, unless two neighbouring doubles leave no room between them.
        const double middle = std::midpoint(v[start - 1], v[start]);
        breaks.push_back(middle > v[start - 1] ? middle : v[start]);
    }
    breaks.push_back(v.back());
    return breaks;
}

// Inner breaks get the extremes of the data as ends, as far as they lie outside.
std::vector<double> manual_breaks(const std::vector<double>& wanted, double low, double high) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!std::isfinite(wanted[i]) || (i > 0 && wanted[i] <= wanted[i - 1]))
            throw Error(ErrorKind::Usage, "error.classes.manual_order");
    if (wanted.empty()) throw Error(ErrorKind::Usage, "error.classes.manual_empty");
    auto breaks = wanted;
    if (low < breaks.front()) breaks.insert(breaks.begin(), low);
    if (high > breaks.back()) breaks.push_back(high);
    if (breaks.size() == 1) breaks.push_back(breaks.front());
    return breaks;
}

// Zeros that fill the first quantiles leave fewer classes than were asked for.
std::vector<double> breaks_above_zero(const std::vector<double>& sorted, int k) {
    const std::vector<double> positive(std::upper_bound(sorted.begin(), sorted.end(), 0.0),
                                       sorted.end());
    auto breaks = quantile_breaks(positive, k);
    breaks.front() = 0;
    return breaks;
}

bool same_sides(const std::vector<double>& breaks, int decimals,
                const std::vector<double>& sorted) {
    const double scale = std::pow(10.0, decimals);
    for (const double b : breaks) {
        const double scaled = std::round(b * scale);
        const double printed = std::isfinite(scaled) ? scaled / scale : b;
        // No value may lie between the two; none below the first or above the last as printed.
        const auto from = std::lower_bound(sorted.begin(), sorted.end(), std::min(b, printed));
        if (b == breaks.back()) {
            if (printed < b && sorted.back() > printed) return false;
        } else if (from != sorted.end() && *from < std::max(b, printed)) {
            return false;
        }
    }
    return true;
}

// Ends such as 9.800000000000011 without their rounding noise, where no value lies in between.
void drop_noise(double& b, const std::vector<double>& sorted) {
    const double tidy = base::parse_number(fmt::format("{:.13g}", b), {}).value_or(b);
    const auto from = std::lower_bound(sorted.begin(), sorted.end(), std::min(b, tidy));
    if (from == sorted.end() || *from > std::max(b, tidy)) b = tidy;
}

int honest_decimals(const std::vector<double>& breaks, const std::vector<double>& sorted) {
    constexpr int kMore = 2;
    const int least = base::decimals_for(breaks);
    for (int decimals = least; decimals <= least + kMore; ++decimals)
        if (same_sides(breaks, decimals, sorted)) return decimals;
    return least + 1;
}

} // namespace

std::string_view to_string(Method method) {
    for (const auto& [m, word] : kMethods)
        if (m == method) return word;
    return "quantile";
}

std::optional<Method> parse_method(std::string_view word) {
    for (const auto& [method, text] : kMethods)
        if (text == word) return method;
    // The words of classInt and QGIS.
    if (word == "fisher" || word == "jenks") return Method::Natural;
    if (word == "fixed") return Method::Manual;
    if (word == "stddev" || word == "standard-deviation") return Method::StandardDeviation;
    if (word == "equal-interval") return Method::Equal;
    if (word == "headtails" || word == "head-tail") return Method::HeadTail;
    return std::nullopt;
}

bool quantiles_above_zero(std::span<const double> values) {
    constexpr std::size_t kUsual = 5; // classes
    std::size_t zeros = 0, positive = 0;
    for (const double v : values) {
        if (v < 0) return false;
        zeros += v == 0;
        positive += v > 0;
    }
    if (positive == 0) return false;
    // Sorted, the quantile lies at (n - 1) / 5, between two values unless that is whole.
    const auto last = zeros + positive - 1;
    return zeros > last / kUsual + (last % kUsual != 0);
}

bool takes_k(Method method) {
    switch (method) {
    case Method::HeadTail:
    case Method::Box:
    case Method::BoxExtreme:
    case Method::Percentile:
    case Method::Manual:
    case Method::Unique:
        return false;
    default:
        return true;
    }
}

int Classes::of(double value) const {
    if (breaks.empty() || !std::isfinite(value)) return -1;
    if (method == Method::Unique) {
        const auto at = std::lower_bound(breaks.begin(), breaks.end(), value);
        return at != breaks.end() && *at == value ? static_cast<int>(at - breaks.begin()) : -1;
    }
    // Computed ends may miss the extremes by a rounding error, and next year's value may lie beyond
    // the pooled ones; only a person's own breaks shut values out.
    if (method == Method::Manual && (value < breaks.front() || value > breaks.back())) return -1;
    if (none_below() && value < fences->first) return 0;
    if (none_above() && value > fences->second) return static_cast<int>(k()) - 1;
    const auto at = std::upper_bound(breaks.begin() + 1, breaks.end() - 1, value);
    return static_cast<int>(at - breaks.begin()) - (none_below() ? 0 : 1);
}

std::optional<std::size_t> Classes::place(std::size_t c) const {
    if ((none_below() && c == 0) || (none_above() && c + 1 == k())) return std::nullopt;
    return none_below() ? c - 1 : c;
}

Classes make_classes(std::span<const double> values, const ClassSpec& spec) {
    const bool needs_k = takes_k(spec.method);
    if (needs_k && (spec.k < 2 || spec.k > 12))
        throw Error(ErrorKind::Usage, "error.classes.bad_k", {{"k", std::int64_t{spec.k}}});
    std::vector<double> sorted(values.begin(), values.end());
    std::erase_if(sorted, [](double v) { return !std::isfinite(v); });
    if (sorted.empty()) throw Error(ErrorKind::Data, "error.classes.no_values");
    std::sort(sorted.begin(), sorted.end());
    const double low = sorted.front(), high = sorted.back();

    Classes out;
    out.method = spec.method;
    const bool spread = spec.method != Method::Manual && spec.method != Method::Unique;
    switch (low == high && spread ? Method::Equal : spec.method) {
    case Method::Quantile:
        out.breaks = quantile_breaks(sorted, spec.k);
        if (spec.zero_apart && quantiles_above_zero(sorted))
            out.breaks = breaks_above_zero(sorted, spec.k);
        break;
    case Method::Equal:
        out.breaks = equal_breaks(low, high, std::max(spec.k, 2));
        break;
    case Method::Pretty:
        out.breaks = pretty_breaks(low, high, spec.k);
        break;
    case Method::Natural:
        out.breaks = natural_breaks(distinct(sorted), spec.k);
        break;
    case Method::StandardDeviation:
        out.breaks = deviation_breaks(sorted, spec.k);
        break;
    case Method::HeadTail:
        out.breaks = head_tail_breaks(sorted);
        break;
    case Method::Box:
        make_box(out, sorted, 1.5);
        break;
    case Method::BoxExtreme:
        make_box(out, sorted, 3);
        break;
    case Method::Percentile:
        out.breaks = percentile_breaks(sorted);
        break;
    case Method::Geometric:
        out.breaks = geometric_breaks(sorted, spec.k);
        break;
    case Method::Manual:
        out.breaks = manual_breaks(spec.manual, low, high);
        out.decimals = honest_decimals(out.breaks, sorted);
        return out;
    case Method::Unique:
        out.breaks = sorted;
        break;
    }
    if (spread)
        for (double& b : out.breaks) drop_noise(b, sorted);
    if (out.fences) drop_noise(out.fences->first, sorted), drop_noise(out.fences->second, sorted);
    out.breaks.erase(std::unique(out.breaks.begin(), out.breaks.end()), out.breaks.end());
    // All values equal: one class whose two ends are that value.
    if (out.method != Method::Unique && out.breaks.size() == 1) out.breaks.push_back(low);
    if (out.method != Method::Unique) out.decimals = honest_decimals(out.breaks, sorted);
    return out;
}

std::vector<std::size_t> class_counts(std::span<const double> values, const Classes& classes) {
    std::vector<std::size_t> counts(classes.k(), 0);
    for (const double v : values)
        if (const int c = classes.of(v); c >= 0) ++counts[static_cast<std::size_t>(c)];
    return counts;
}

double goodness_of_variance_fit(std::span<const double> values, const Classes& classes) {
    std::vector<long double> sum(classes.k(), 0), count(classes.k(), 0);
    long double all = 0, n = 0;
    for (const double v : values) {
        const int c = classes.of(v);
        if (c < 0) continue;
        sum[static_cast<std::size_t>(c)] += v;
        count[static_cast<std::size_t>(c)] += 1;
        all += v;
        n += 1;
    }
    long double within = 0, total = 0;
    for (const double v : values) {
        const int c = classes.of(v);
        if (c < 0) continue;
        const auto i = static_cast<std::size_t>(c);
        const long double d = v - sum[i] / count[i], t = v - all / n;
        within += d * d;
        total += t * t;
    }
    return total > 0 ? static_cast<double>(1 - within / total) : 1;
}

} // namespace diaban::map
