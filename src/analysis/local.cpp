#include "analysis/local.hpp"

#include "analysis/deviations.hpp"
#include "analysis/portable.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace diaban::analysis {
namespace {

// A variance this far below its scale is rounding, not variation.
constexpr double kNoVariance = 1e-13;

double sum_of_powers(const std::vector<double>& v, int power) {
    double sum = 0;
    for (const double x : v) sum += power == 2 ? x * x : power == 3 ? x * x * x : x * x * x * x;
    return sum;
}

// ln 0!, ln 1!, … ln most!
std::vector<double> log_factorials(std::size_t most) {
    std::vector<double> out{0};
    for (std::size_t k = 1; k <= most; ++k)
        out.push_back(out.back() + portable_log(static_cast<double>(k)));
    return out;
}

// P(X <= k) and P(X >= k) for the number of marked ones among `draws` from `total` of which
// `marked` are marked, without replacement.
struct Exact {
    double at_most = 0, at_least = 0;
};
Exact hypergeometric(const std::vector<double>& log_factorial, double total, double marked,
                     double draws, double k) {
    const auto of = [&](double n) { return log_factorial.at(static_cast<std::size_t>(n)); };
    const auto log_choose = [&](double n, double r) { return of(n) - of(r) - of(n - r); };
    Exact out;
    const double least = std::max(0.0, draws + marked - total), most = std::min(draws, marked);
    for (double j = least; j <= most; ++j) {
        const double p =
            portable_exp(log_choose(marked, j) + log_choose(total - marked, draws - j) -
                         log_choose(total, draws));
        if (j <= k) out.at_most += p;
        if (j >= k) out.at_least += p;
    }
    return out;
}

// Sums of one row: of the weights, their squares, and weight * a over the neighbours.
struct RowSums {
    double w = 0, ww = 0, lag = 0;
};

// The sum of weight * a over neighbours drawn at random from all other units without replacement,
// given mean and variance of a over them (m = how many they are).
struct Moments {
    double mean = 0, variance = 0;
};
Moments of_random_sum(const RowSums& row, double mean, double variance, double m) {
    return {row.w * mean, variance * (m * row.ww - row.w * row.w) / (m - 1)};
}

class LocalWork {
public:
    LocalWork(const Observed& observed, const LocalSpec& spec, LocalResult& result)
        : in_(observed), spec_(spec), out_(result), n_(static_cast<double>(observed.size())),
          x_(centred(observed.x)), y_(observed.y.empty() ? x_ : centred(observed.y)),
          weights_(link_weights(observed.links, style())) {
        m2_ = sum_of_powers(x_, 2) / n_;
        y2_ = sum_of_powers(y_, 2) / n_;
        total_ = std::accumulate(in_.x.begin(), in_.x.end(), 0.0);
        if (spec.method == LocalMethod::Geary) {
            const double sd = std::sqrt(m2_ * n_ / (n_ - 1));
            for (double& v : x_) v /= sd;
            s2_ = sum_of_powers(x_, 2), s3_ = sum_of_powers(x_, 3), s4_ = sum_of_powers(x_, 4);
        } else if (spec.method == LocalMethod::JoinCount) {
            y_ = in_.x; // counted, not centred
            log_factorial_ = log_factorials(observed.size());
        }
    }

    // What every neighbour gives to the sum that is permuted.
    const std::vector<double>& drawn() const {
        return spec_.method == LocalMethod::Geary ? x_ : y_;
    }
    bool nothing_to_test() const {
        return in_.size() < 3 || constant(in_.x) ||
               (spec_.method == LocalMethod::Bivariate && constant(in_.y));
    }

    void unit(std::size_t i, ConditionalPermutation* permutation, const base::JobContext& ctx) {
        const auto u = in_.unit[i];
        const auto row = in_.links.row(i);
        if (row.empty()) {
            out_.outcome[u] = Outcome::Island;
            return;
        }
        const std::span<const double> w =
            weights_.empty() ? std::span<const double>()
                             : std::span(weights_).subspan(in_.links.offset[i], row.size());
        RowSums sums;
        const auto& a = drawn();
        double around = 0; // mean of the neighbours, centred
        for (std::size_t k = 0; k < row.size(); ++k) {
            const double weight = w.empty() ? 1 : w[k];
            sums.w += weight;
            sums.ww += weight * weight;
            const double away = x_[i] - a[row[k]];
            sums.lag += weight * (spec_.method == LocalMethod::Geary ? away * away : a[row[k]]);
            around += weight * (spec_.method == LocalMethod::JoinCount ? x_[row[k]] : a[row[k]]);
        }
        around /= sums.w;
        const bool geary = spec_.method == LocalMethod::Geary;
        out_.value[u] = geary ? x_[i] / std::sqrt(s2_ / n_) : x_[i] / std::sqrt(m2_);
        out_.lag[u] = geary
                          ? around / std::sqrt(s2_ / n_)
                          : around / std::sqrt(spec_.method == LocalMethod::Bivariate ? y2_ : m2_);
        if (spec_.method == LocalMethod::JoinCount && in_.x[i] == 0) {
            out_.outcome[u] = Outcome::NotAsked;
            return;
        }
        if (!statistic(i, u, sums)) return; // Undefined
        out_.outcome[u] = Outcome::Tested;
        out_.pattern[u] = pattern(i, u, sums, around);
        if (!permutation) return;
        Draws draws{.self = i, .unit = u, .count = row.size(), .weights = w, .squared = geary};
        draws.centre = geary ? x_[i] : 0;
        draws.observed = sums.lag;
        // Weights that are all the same are as good as none, and quicker.
        if (!w.empty() && std::all_of(w.begin(), w.end(), [&](double v) { return v == w[0]; })) {
            draws.weights = {};
            draws.observed = 0;
            for (const auto j : row) {
                const double away = x_[i] - a[j];
                draws.observed += geary ? away * away : a[j];
            }
        }
        out_.p_permutation[u] =
            pseudo_p(permutation->run(draws, ctx), spec_.permutations, spec_.directed);
    }

private:
    Style style() const {
        switch (spec_.method) {
        case LocalMethod::Moran:
        case LocalMethod::Geary:
        case LocalMethod::Bivariate:
            return Style::RowStandardised;
        default:
            return Style::Binary;
        }
    }

    // Fills statistic, moments, z and analytic p; false if they do not exist.
    bool statistic(std::size_t i, std::size_t u, const RowSums& sums) {
        const auto others = n_ - 1;
        Moments moments;
        double factor = 1, lag = sums.lag;
        switch (spec_.method) {
        case LocalMethod::Moran:
        case LocalMethod::Bivariate: {
            const double own = y_[i], scale = y2_;
            moments = of_random_sum(
                sums, -own / others,
                (n_ * scale - own * own) / others - own * own / (others * others), others);
            if (!enough(moments.variance, sums, scale) || x_[i] == 0) return false;
            factor =
                spec_.method == LocalMethod::Moran ? x_[i] / m2_ : x_[i] / std::sqrt(m2_ * y2_);
            break;
        }
        case LocalMethod::Gi: {
            moments = of_random_sum(
                sums, -x_[i] / others,
                (n_ * m2_ - x_[i] * x_[i]) / others - x_[i] * x_[i] / (others * others), others);
            if (!enough(moments.variance, sums, m2_)) return false;
            break;
        }
        case LocalMethod::GiStar: {
            const double self = self_weight(i);
            RowSums all{sums.w + self, sums.ww + self * self, sums.lag + self * x_[i]};
            // Sums of centred values: the mean drops out of the formula of domain.md.
            moments = {0, m2_ * (n_ * all.ww - all.w * all.w) / others};
            if (!enough(moments.variance, all, m2_)) return false;
            lag = all.lag;
            break;
        }
        case LocalMethod::Geary: {
            const double z = x_[i], zz = z * z;
            const double mean = (n_ * zz + s2_) / others;
            const double squares = (n_ * zz * zz + 6 * zz * s2_ - 4 * z * s3_ + s4_) / others;
            moments = of_random_sum(sums, mean, squares - mean * mean, others);
            if (!enough(moments.variance, sums, squares)) return false;
            break;
        }
        case LocalMethod::JoinCount: {
            const double ones = total_ - 1, share = ones / others;
            moments = of_random_sum(sums, share, share * (1 - share), others);
            if (!enough(moments.variance, sums, 1)) return false;
            break;
        }
        }
        out_.expectation[u] = factor * moments.mean;
        out_.variance[u] = factor * factor * moments.variance;
        out_.statistic[u] = factor * lag;
        out_.z[u] = (out_.statistic[u] - out_.expectation[u]) / std::sqrt(out_.variance[u]);
        out_.p_analytic[u] = normal_p(out_.z[u]);
        if (spec_.method == LocalMethod::JoinCount && in_.links.weight.empty()) {
            const auto exact = hypergeometric(log_factorial_, others, total_ - 1, sums.w, sums.lag);
            out_.p_analytic[u] = std::min(1.0, 2 * std::min(exact.at_least, exact.at_most));
        }
        if (spec_.method == LocalMethod::Gi || spec_.method == LocalMethod::GiStar)
            as_share(i, u, sums);
        return true;
    }

    // G is the neighbourhood's part of the sum of all values (without the unit itself for Gi).
    void as_share(std::size_t i, std::size_t u, const RowSums& sums) {
        const bool star = spec_.method == LocalMethod::GiStar;
        const double mean = total_ / n_, self = star ? self_weight(i) : 0;
        const double all = star ? total_ : total_ - in_.x[i];
        const double w = sums.w + self;
        const double shift = mean * w; // back from centred values
        out_.statistic[u] = all != 0 ? (out_.statistic[u] + shift) / all : base::kNaN;
        out_.expectation[u] = all != 0 ? (out_.expectation[u] + shift) / all : base::kNaN;
        out_.variance[u] = all != 0 ? out_.variance[u] / (all * all) : base::kNaN;
    }

    double self_weight(std::size_t i) const {
        if (!std::isnan(spec_.self_weight)) return spec_.self_weight;
        const auto row = in_.links.weights(i);
        return row.empty() ? 1 : *std::max_element(row.begin(), row.end());
    }

    static bool enough(double variance, const RowSums& sums, double scale) {
        return variance > kNoVariance * scale * sums.ww;
    }

    Pattern pattern(std::size_t i, std::size_t u, const RowSums& sums, double around) const {
        const bool high = x_[i] > 0, high_around = around > 0;
        const auto quadrant = [&] {
            if (high) return high_around ? Pattern::HighHigh : Pattern::HighLow;
            return high_around ? Pattern::LowHigh : Pattern::LowLow;
        };
        switch (spec_.method) {
        case LocalMethod::Gi:
        case LocalMethod::GiStar:
            return out_.z[u] >= 0 ? Pattern::Hot : Pattern::Cold;
        case LocalMethod::Moran:
        case LocalMethod::Bivariate:
            return quadrant();
        case LocalMethod::Geary:
            if (out_.z[u] > 0) return Pattern::Different;
            return high == high_around ? quadrant() : Pattern::OtherSimilar;
        case LocalMethod::JoinCount:
            return sums.lag >= out_.expectation[u] ? Pattern::Together : Pattern::Apart;
        }
        return Pattern::None;
    }

    const Observed& in_;
    const LocalSpec& spec_;
    LocalResult& out_;
    double n_;
    std::vector<double> x_, y_; // centred; y_ is what is drawn (x_ itself if there is no y)
    std::vector<double> weights_;
    std::vector<double> log_factorial_; // JoinCount
    double m2_ = 0, y2_ = 0, total_ = 0, s2_ = 0, s3_ = 0, s4_ = 0;
};

void check(const LocalSpec& spec, const Observed& observed) {
    check_spec(spec);
    if (spec.method == LocalMethod::JoinCount)
        for (const double x : observed.x)
            if (x != 0 && x != 1)
                throw base::Error(base::ErrorKind::Data, "error.hotspots.not_binary",
                                  {{"value", x}});
}

void decide(LocalResult& result) {
    const auto& p = result.p();
    const auto& spec = result.spec;
    result.critical = critical_p(p, spec.alpha, spec.correction);
    for (std::size_t u = 0; u < result.units; ++u)
        result.significant[u] = p[u] <= result.critical; // NaN is not
    std::uint8_t level = 0;
    for (const double alpha : {0.10, 0.05, 0.01}) {
        ++level;
        const double critical = critical_p(p, alpha, spec.correction);
        for (std::size_t u = 0; u < result.units; ++u)
            if (p[u] <= critical) result.level[u] = level;
    }
}

} // namespace

void check_spec(const LocalSpec& spec) {
    using base::Error;
    using base::ErrorKind;
    if (spec.permutations != 0 &&
        (spec.permutations < kFewestPermutations || spec.permutations > kMostPermutations))
        throw Error(ErrorKind::Usage, "error.hotspots.permutations",
                    {{"given", std::int64_t{spec.permutations}},
                     {"fewest", std::int64_t{kFewestPermutations}},
                     {"most", std::int64_t{kMostPermutations}}});
    if (!(spec.alpha > 0 && spec.alpha < 1))
        throw Error(ErrorKind::Usage, "error.hotspots.alpha", {{"given", spec.alpha}});
}

LocalResult local_statistic(const Observed& observed, std::size_t units, const LocalSpec& spec,
                            base::JobContext& ctx) {
    check(spec, observed);
    LocalResult result;
    result.spec = spec;
    result.units = units;
    result.observed = observed.size();
    result.outcome.assign(units, Outcome::NoData);
    result.pattern.assign(units, Pattern::None);
    for (auto* numbers : {&result.statistic, &result.expectation, &result.variance, &result.z,
                          &result.p_analytic, &result.value, &result.lag})
        numbers->assign(units, base::kNaN);
    if (spec.permutations > 0) result.p_permutation.assign(units, base::kNaN);
    result.level.assign(units, 0);
    result.significant.assign(units, 0);
    for (const auto u : observed.unit) result.outcome[u] = Outcome::Undefined;
    if (observed.size() == 0) return result;

    ctx.stage("stage.local");
    LocalWork work(observed, spec, result);
    if (work.nothing_to_test()) {
        for (std::size_t i = 0; i < observed.size(); ++i)
            if (observed.links.row(i).empty()) result.outcome[observed.unit[i]] = Outcome::Island;
        return result;
    }
    // Large enough that copying the values once per piece costs little.
    const auto chunk = std::max<std::size_t>(64, observed.size() / 128);
    std::atomic<std::size_t> done{0};
    base::parallel_for(observed.size(), chunk, ctx, [&](std::size_t begin, std::size_t end) {
        std::optional<ConditionalPermutation> permutation;
        if (spec.permutations > 0) permutation.emplace(work.drawn(), spec.seed, spec.permutations);
        for (auto i = begin; i < end; ++i) {
            work.unit(i, permutation ? &*permutation : nullptr, ctx);
            ctx.step(++done, observed.size());
        }
    });
    for (const auto outcome : result.outcome) result.tested += outcome == Outcome::Tested;
    decide(result);
    return result;
}

std::vector<std::vector<std::uint32_t>> clusters(const LocalResult& result, const geo::Csr& links,
                                                 std::span<const Pattern> kinds) {
    const auto wanted = [&](std::uint32_t u) {
        return result.significant[u] &&
               std::find(kinds.begin(), kinds.end(), result.pattern[u]) != kinds.end();
    };
    std::vector<std::uint32_t> root(result.units);
    std::iota(root.begin(), root.end(), 0u);
    const auto find = [&](std::uint32_t u) {
        while (root[u] != u) u = root[u] = root[root[u]];
        return u;
    };
    for (std::uint32_t u = 0; u < result.units; ++u)
        if (wanted(u))
            for (const auto v : links.row(u))
                if (wanted(v)) root[std::max(find(u), find(v))] = std::min(find(u), find(v));
    std::vector<std::vector<std::uint32_t>> out;
    std::vector<std::size_t> at(result.units, 0);
    for (std::uint32_t u = 0; u < result.units; ++u) {
        if (!wanted(u)) continue;
        const auto r = find(u); // the lowest row of its group, so seen first
        if (r == u) at[r] = out.size(), out.emplace_back();
        out[at[r]].push_back(u);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return out;
}

double expected_by_chance(const LocalResult& result) {
    const auto significant =
        std::count(result.significant.begin(), result.significant.end(), std::uint8_t{1});
    return expected_by_chance(result.tested, static_cast<std::size_t>(significant),
                              result.spec.alpha, result.spec.correction);
}

} // namespace diaban::analysis
