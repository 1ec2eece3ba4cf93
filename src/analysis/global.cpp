#include "analysis/global.hpp"

#include "analysis/deviations.hpp"
#include "analysis/inference.hpp"
#include "analysis/permutation.hpp"
#include "analysis/portable.hpp"
#include "analysis/random.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <numeric>

namespace diaban::analysis {
namespace {

constexpr std::uint64_t kWholeMap = 0xFFFFFFFFFFFFFFFFu; // the stream of global permutations

// Sums over all weights (Cliff & Ord): S0 = sum w, S1 = 1/2 sum (w_ij + w_ji)^2,
// S2 = sum (row sum + column sum)^2; n of the units that have a neighbour.
struct Constants {
    double n = 0, s0 = 0, s1 = 0, s2 = 0;
};

double weight_at(const std::vector<double>& weights, std::size_t k) {
    return weights.empty() ? 1 : weights[k];
}

Constants constants(const geo::Csr& links, const std::vector<double>& weights) {
    Constants c;
    std::vector<double> row(links.rows(), 0), column(links.rows(), 0);
    for (std::size_t i = 0; i < links.rows(); ++i) {
        c.n += links.row(i).empty() ? 0 : 1;
        for (auto k = links.offset[i]; k < links.offset[i + 1]; ++k) {
            const auto j = links.index[k];
            const double w = weight_at(weights, k);
            row[i] += w, column[j] += w;
            c.s0 += w;
            // (w_ij + w_ji)^2 / 2 summed over ordered pairs = sum w_ij^2 + w_ij w_ji.
            const auto back = links.row(j);
            const auto at = std::lower_bound(back.begin(), back.end(), i);
            const double other =
                at != back.end() && *at == i
                    ? weight_at(weights,
                                links.offset[j] + static_cast<std::size_t>(at - back.begin()))
                    : 0;
            c.s1 += w * w + w * other;
        }
    }
    for (std::size_t i = 0; i < row.size(); ++i)
        c.s2 += (row[i] + column[i]) * (row[i] + column[i]);
    return c;
}

double power_sum(const std::vector<double>& v, int power) {
    double sum = 0;
    for (const double x : v) sum += portable_power(x, power);
    return sum;
}

// sum_i sum_j w_ij x_i x_j
double cross_sum(const geo::Csr& links, const std::vector<double>& weights,
                 const std::vector<double>& x, const std::vector<double>& y) {
    double sum = 0;
    for (std::size_t i = 0; i < links.rows(); ++i) {
        double lag = 0;
        for (auto k = links.offset[i]; k < links.offset[i + 1]; ++k)
            lag += weight_at(weights, k) * y[links.index[k]];
        sum += x[i] * lag;
    }
    return sum;
}

// sum_i sum_j w_ij (x_i - x_j)^2
double difference_sum(const geo::Csr& links, const std::vector<double>& weights,
                      const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < links.rows(); ++i)
        for (auto k = links.offset[i]; k < links.offset[i + 1]; ++k) {
            const double away = x[i] - x[links.index[k]];
            sum += weight_at(weights, k) * away * away;
        }
    return sum;
}

GlobalTest tested(double statistic, double expectation, double variance) {
    // A difference so far below the terms it is left of is rounding: all units are neighbours of
    // all, or all values nearly the same.
    constexpr double kNoVariance = 1e-11;
    GlobalTest test;
    if (!(variance > kNoVariance * expectation * expectation) || !std::isfinite(statistic))
        return test;
    test.defined = true;
    test.statistic = statistic;
    test.expectation = expectation;
    test.variance = variance;
    test.z = (statistic - expectation) / std::sqrt(variance);
    test.p_analytic = normal_p(test.z);
    return test;
}

// The randomisation moments need four units and some variation.
bool testable(const Observed& in) {
    return in.size() >= 4 && in.linked() >= 4 && !constant(in.x);
}

// The values of one permutation: a complete shuffle, its draws numbered from the end.
void shuffled(const std::vector<double>& x, std::uint64_t seed, std::uint32_t permutation,
              std::vector<double>& out) {
    out = x;
    // One stream for each permutation; its draws are numbered by how many values are left.
    const std::uint64_t stream = mix64(kWholeMap ^ permutation);
    const auto key = stream_key(seed, stream, 0);
    for (auto left = static_cast<std::uint32_t>(out.size()); left > 1; --left) {
        const auto product = std::uint64_t{random32(key, left)} * left;
        const auto at = static_cast<std::uint32_t>(product) >= rejected_below(left)
                            ? static_cast<std::uint32_t>(product >> 32)
                            : bounded(seed, stream, left, 0, left);
        std::swap(out[left - 1], out[at]);
    }
}

// Tails of several statistics under shuffles of x. `sums` fills one number per statistic.
template <std::size_t N, class Sums>
std::array<Tails, N> permute(const std::vector<double>& x, std::uint32_t permutations,
                             std::uint64_t seed, base::JobContext& ctx, Sums sums) {
    std::array<double, N> observed;
    sums(x, observed);
    ctx.stage("stage.global");
    constexpr std::size_t kChunk = 16;
    std::vector<std::array<Tails, N>> parts((permutations + kChunk - 1) / kChunk);
    std::atomic<std::size_t> done{0};
    base::parallel_for(permutations, kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        std::vector<double> values;
        std::array<double, N> now;
        auto& tails = parts[begin / kChunk];
        for (auto p = begin; p < end; ++p) {
            shuffled(x, seed, static_cast<std::uint32_t>(p), values);
            sums(values, now);
            for (std::size_t s = 0; s < N; ++s) {
                const double slack = 1e-11 * std::fabs(observed[s]);
                tails[s].at_least += now[s] >= observed[s] - slack;
                tails[s].at_most += now[s] <= observed[s] + slack;
            }
            ctx.step(++done, permutations);
        }
    });
    std::array<Tails, N> all{};
    for (const auto& part : parts)
        for (std::size_t s = 0; s < N; ++s) {
            all[s].at_least += part[s].at_least;
            all[s].at_most += part[s].at_most;
        }
    return all;
}

void set_p(GlobalTest& test, const Tails& tails, std::uint32_t permutations) {
    if (test.defined) test.p_permutation = pseudo_p(tails, permutations, false);
}

} // namespace

GlobalTest moran(const Observed& in, Style style) {
    if (!testable(in)) return {};
    const auto weights = link_weights(in.links, style);
    const auto [n, s0, s1, s2] = constants(in.links, weights);
    const auto z = centred(in.x);
    const double squares = power_sum(z, 2);
    const double k = static_cast<double>(z.size()) * power_sum(z, 4) / (squares * squares);
    const double statistic = n / s0 * cross_sum(in.links, weights, z, z) / squares;
    const double expectation = -1 / (n - 1);
    double variance = n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s0 * s0);
    variance -= k * (s1 * (n * n - n) - 2 * n * s2 + 6 * s0 * s0);
    variance /= (n - 1) * (n - 2) * (n - 3) * s0 * s0;
    return tested(statistic, expectation, variance - expectation * expectation);
}

GlobalTest geary(const Observed& in, Style style) {
    if (!testable(in)) return {};
    const auto weights = link_weights(in.links, style);
    const auto [n, s0, s1, s2] = constants(in.links, weights);
    const auto z = centred(in.x);
    const double squares = power_sum(z, 2);
    const double k = static_cast<double>(z.size()) * power_sum(z, 4) / (squares * squares);
    const double statistic = (n - 1) / (2 * s0) * difference_sum(in.links, weights, in.x) / squares;
    double variance = (n - 1) * s1 * (n * n - 3 * n + 3 - k * (n - 1));
    variance -= (n - 1) * s2 * (n * n + 3 * n - 6 - k * (n * n - n + 2)) / 4;
    variance += s0 * s0 * (n * n - 3 - k * (n - 1) * (n - 1));
    variance /= n * (n - 2) * (n - 3) * s0 * s0;
    return tested(statistic, 1, variance);
}

GlobalTest general_g(const Observed& in) {
    if (!testable(in)) return {};
    if (std::any_of(in.x.begin(), in.x.end(), [](double x) { return x < 0; })) return {};
    const auto weights = link_weights(in.links, Style::Binary);
    const auto [n, s0, s1, s2] = constants(in.links, weights);
    std::vector<double> x; // islands left out
    for (std::size_t i = 0; i < in.size(); ++i)
        if (!in.links.row(i).empty()) x.push_back(in.x[i]);
    if (constant(x)) return {};
    const double m1 = power_sum(x, 1), m2 = power_sum(x, 2), m3 = power_sum(x, 3),
                 m4 = power_sum(x, 4);
    const double pairs = m1 * m1 - m2;
    if (!(pairs > 0)) return {};
    const double statistic = cross_sum(in.links, weights, in.x, in.x) / pairs;
    const double expectation = s0 / (n * (n - 1));
    const double b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0;
    const double b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0);
    const double b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0);
    const double b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0;
    const double b4 = s1 - s2 + s0 * s0;
    const double square =
        (b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1) /
        (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3));
    return tested(statistic, expectation, square - expectation * expectation);
}

GlobalTest bivariate_moran(const Observed& in, std::uint32_t permutations, std::uint64_t seed,
                           base::JobContext& ctx) {
    if (!testable(in) || constant(in.y)) return {};
    const auto x = centred(in.x), y = centred(in.y);
    const auto weights = link_weights(in.links, Style::RowStandardised);
    const double scale = std::sqrt(power_sum(x, 2) * power_sum(y, 2));
    const auto n = static_cast<double>(in.size());
    // How much each y counts: the sum is then one product for each unit.
    std::vector<double> share(in.size(), 0.0);
    for (std::size_t i = 0; i < in.size(); ++i)
        for (auto k = in.links.offset[i]; k < in.links.offset[i + 1]; ++k)
            share[in.links.index[k]] += weight_at(weights, k) * x[i];
    const double spread = power_sum(centred(share), 2) * power_sum(y, 2) / (n - 1);
    auto out = tested(cross_sum(in.links, weights, x, y) / scale, 0, spread / (scale * scale));
    if (permutations == 0 || !out.defined) return out;
    const auto tails = permute<1>(
        y, permutations, seed, ctx, [&](const std::vector<double>& v, std::array<double, 1>& sums) {
            sums[0] = std::inner_product(v.begin(), v.end(), share.begin(), 0.0);
        });
    set_p(out, tails[0], permutations);
    return out;
}

GlobalResult global_statistics(const Observed& in, std::uint32_t permutations, std::uint64_t seed,
                               base::JobContext& ctx) {
    GlobalResult out{moran(in, Style::RowStandardised), geary(in, Style::RowStandardised),
                     general_g(in), permutations};
    if (permutations == 0 || !testable(in)) return out;
    const auto w = link_weights(in.links, Style::RowStandardised);
    const auto b = link_weights(in.links, Style::Binary);
    const double mean =
        std::accumulate(in.x.begin(), in.x.end(), 0.0) / static_cast<double>(in.size());
    const auto z = centred(in.x);
    const auto tails = permute<3>(
        z, permutations, seed, ctx, [&](const std::vector<double>& v, std::array<double, 3>& sums) {
            // One walk over the links for all three.
            sums = {0, 0, 0};
            for (std::size_t i = 0; i < v.size(); ++i) {
                double lag = 0, plain = 0, differences = 0;
                for (auto k = in.links.offset[i]; k < in.links.offset[i + 1]; ++k) {
                    const double other = v[in.links.index[k]];
                    lag += w[k] * other;
                    plain += weight_at(b, k) * (other + mean);
                    differences += w[k] * (v[i] - other) * (v[i] - other);
                }
                sums[0] += v[i] * lag;
                sums[1] += differences;
                sums[2] += (v[i] + mean) * plain;
            }
        });
    set_p(out.moran, tails[0], permutations);
    set_p(out.geary, tails[1], permutations);
    set_p(out.general_g, tails[2], permutations);
    return out;
}

JoinCounts join_counts(const Observed& in, std::uint32_t permutations, std::uint64_t seed,
                       base::JobContext& ctx) {
    double ones = 0;
    for (const double x : in.x) {
        if (x != 0 && x != 1)
            throw base::Error(base::ErrorKind::Data, "error.hotspots.not_binary", {{"value", x}});
        ones += x;
    }
    JoinCounts out;
    if (!testable(in)) return out;
    const auto weights = link_weights(in.links, Style::Binary);
    const auto c = constants(in.links, weights);
    const auto n = static_cast<double>(in.size());
    const double zeros = n - ones;
    std::vector<double> inverse;
    for (const double x : in.x) inverse.push_back(1 - x);
    // Falling factorials a (a-1) … over n (n-1) …, of `taken` units.
    const auto chance = [&](std::initializer_list<double> factors) {
        double p = 1, left = n;
        for (const double f : factors) p *= f / left--;
        return p;
    };
    const auto same = [&](double m, const std::vector<double>& x) {
        const double expectation = c.s0 * chance({m, m - 1}) / 2;
        const double square =
            (c.s1 * chance({m, m - 1}) + (c.s2 - 2 * c.s1) * chance({m, m - 1, m - 2}) +
             (c.s0 * c.s0 + c.s1 - c.s2) * chance({m, m - 1, m - 2, m - 3})) /
            4;
        return tested(cross_sum(in.links, weights, x, x) / 2, expectation,
                      square - expectation * expectation);
    };
    out.both = same(ones, in.x);
    out.neither = same(zeros, inverse);
    const double expectation = c.s0 * chance({ones, zeros});
    const double square =
        (2 * c.s1 * chance({ones, zeros}) +
         (c.s2 - 2 * c.s1) * chance({ones, zeros, ones + zeros - 2}) +
         4 * (c.s0 * c.s0 + c.s1 - c.s2) * chance({ones, zeros, ones - 1, zeros - 1})) /
        4;
    out.mixed = tested(difference_sum(in.links, weights, in.x) / 2, expectation,
                       square - expectation * expectation);
    if (permutations == 0) return out;
    const auto tails = permute<3>(in.x, permutations, seed, ctx,
                                  [&](const std::vector<double>& v, std::array<double, 3>& sums) {
                                      const double both = cross_sum(in.links, weights, v, v) / 2;
                                      const double mixed = difference_sum(in.links, weights, v) / 2;
                                      sums = {both, c.s0 / 2 - both - mixed, mixed};
                                  });
    set_p(out.both, tails[0], permutations);
    set_p(out.neither, tails[1], permutations);
    set_p(out.mixed, tails[2], permutations);
    return out;
}

} // namespace diaban::analysis
