#include "analysis/scan.hpp"

#include "analysis/binomial.hpp"
#include "analysis/portable.hpp"
#include "analysis/random.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>

namespace diaban::analysis {
namespace {

using base::Error;
using base::ErrorKind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kOpen = 0x80000000u; // the next unit is as far away: no zone ends here
constexpr std::size_t kMostMembers = 80'000'000;
constexpr std::size_t kMostClusters = 50;

// The units that take part, densely numbered, and the zones around each.
struct Field {
    std::vector<std::uint32_t> row;
    std::size_t periods = 1;
    std::vector<double> cases, base; // [unit * periods + period]; Poisson base sums to all cases
    double all_cases = 0, all_base = 0;
    // Units of the zones of each centre, nearest first, with kOpen.
    std::vector<std::vector<std::uint32_t>> member;
    std::size_t longest_window = 1;

    std::size_t size() const { return row.size(); }
};

bool whole(double v) {
    return v >= 0 && v == std::floor(v) && v < 4e9;
}

Field take_part(const ScanInput& in, const ScanSpec& spec, std::vector<std::uint32_t>& left_out) {
    Field field;
    field.periods = in.periods;
    for (std::uint32_t u = 0; u < in.at.size(); ++u) {
        bool known = std::isfinite(in.at[u].x) && std::isfinite(in.at[u].y);
        double people = 0;
        for (std::size_t t = 0; t < in.periods; ++t) {
            known = known && std::isfinite(in.cases[u * in.periods + t]) &&
                    std::isfinite(in.base[u * in.periods + t]);
            people += in.base[u * in.periods + t];
        }
        if (!known || !(people > 0)) {
            left_out.push_back(u);
            continue;
        }
        field.row.push_back(u);
        for (std::size_t t = 0; t < in.periods; ++t) {
            const double c = in.cases[u * in.periods + t], b = in.base[u * in.periods + t];
            if (!whole(c) || b < 0 || (spec.model == ScanModel::Bernoulli && (!whole(b) || c > b)))
                throw Error(ErrorKind::Data, "error.scan.whole", {{"cases", c}, {"base", b}});
            field.cases.push_back(c);
            field.base.push_back(b);
            field.all_cases += c;
            field.all_base += b;
        }
    }
    if (spec.model == ScanModel::Poisson && field.all_base > 0) {
        for (double& b : field.base) b *= field.all_cases / field.all_base;
        field.all_base = field.all_cases;
    }
    field.longest_window =
        std::max<std::size_t>(1, static_cast<std::size_t>(std::floor(
                                     spec.most_time * static_cast<double>(in.periods) + 1e-9)));
    return field;
}

void find_zones(Field& field, const ScanInput& in, const ScanSpec& spec, base::JobContext& ctx) {
    const auto n = field.size();
    std::vector<double> people(n, 0);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t t = 0; t < field.periods; ++t)
            people[i] += field.base[i * field.periods + t];
    const double most = spec.most_population * field.all_base * (1 + 1e-12);
    field.member.resize(n);
    std::atomic<std::size_t> members{0};
    base::parallel_for(n, 16, ctx, [&](std::size_t begin, std::size_t end) {
        std::vector<std::pair<double, std::uint32_t>> order(n);
        std::vector<std::uint32_t> zone;
        for (auto i = begin; i < end; ++i) {
            zone.clear();
            const auto centre = in.at[field.row[i]];
            for (std::uint32_t j = 0; j < n; ++j) {
                const auto p = in.at[field.row[j]];
                const double dx = p.x - centre.x, dy = p.y - centre.y;
                order[j] = {dx * dx + dy * dy, j};
            }
            // The centre first, also among others at the same place.
            std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
                return a.first != b.first                   ? a.first < b.first
                       : (a.second == i) != (b.second == i) ? a.second == i
                                                            : a.second < b.second;
            });
            double inside = 0;
            std::size_t closed = 0; // members up to the last place where a zone ends
            for (std::size_t k = 0; k < n; ++k) {
                inside += people[order[k].second];
                if (inside > most) break;
                const bool open = k + 1 < n && order[k + 1].first == order[k].first;
                zone.push_back(order[k].second | (open ? kOpen : 0));
                if (!open) closed = zone.size();
            }
            field.member[i].assign(zone.begin(),
                                   zone.begin() + static_cast<std::ptrdiff_t>(closed));
            if ((members += closed) > kMostMembers)
                throw Error(ErrorKind::Data, "error.scan.too_large",
                            {{"most", static_cast<std::int64_t>(kMostMembers)}});
        }
    });
}

// Calls visit(c, b, members, from, until) for every zone around `centre` and window in time. Zones
// end before the first unit for which stop(unit).
template <class Stop, class Visit>
void for_zones(const Field& field, const std::vector<double>& cases, std::size_t centre, Stop stop,
               Visit visit) {
    const auto* const begin = field.member[centre].data();
    const auto* const end = begin + field.member[centre].size();
    if (field.periods == 1) {
        double c = 0, b = 0;
        for (const auto* m = begin; m != end; ++m) {
            const auto u = *m & ~kOpen;
            if (stop(u)) return;
            c += cases[u];
            b += field.base[u];
            if (!(*m & kOpen)) visit(c, b, static_cast<std::size_t>(m - begin) + 1, 0, 0);
        }
        return;
    }
    const auto periods = field.periods;
    std::vector<double> c(periods, 0), b(periods, 0);
    for (const auto* m = begin; m != end; ++m) {
        const auto u = *m & ~kOpen;
        if (stop(u)) return;
        for (std::size_t t = 0; t < periods; ++t) {
            c[t] += cases[u * periods + t];
            b[t] += field.base[u * periods + t];
        }
        if (*m & kOpen) continue;
        for (std::size_t from = 0; from < periods; ++from) {
            double in = 0, at_risk = 0;
            const auto last = std::min(periods, from + field.longest_window);
            for (auto t = from; t < last; ++t) {
                in += c[t];
                at_risk += b[t];
                visit(in, at_risk, static_cast<std::size_t>(m - begin) + 1, from, t);
            }
        }
    }
}

double ratio(const Field& field, ScanModel model, double c, double b) {
    return model == ScanModel::Poisson ? poisson_llr(c, b, field.all_cases)
                                       : bernoulli_llr(c, b, field.all_cases, field.all_base);
}

double ratio_bound(const Field& field, ScanModel model, double c, double b) {
    return model == ScanModel::Poisson ? poisson_bound(c, b, field.all_cases)
                                       : bernoulli_bound(c, b, field.all_cases, field.all_base);
}

struct Best {
    double llr = 0, cases = 0, base = 0;
    std::size_t centre = 0, members = 0, from = 0, until = 0;
};

// The strongest zone among units that are not taken; ties go to the first centre, smallest zone.
Best strongest(const Field& field, ScanModel model, const std::vector<std::uint8_t>& taken,
               base::JobContext& ctx) {
    constexpr std::size_t kChunk = 16;
    std::vector<Best> best(field.size() / kChunk + 1);
    base::parallel_for(field.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        auto& mine = best[begin / kChunk];
        for (auto centre = begin; centre < end; ++centre) {
            ctx.check();
            for_zones(
                field, field.cases, centre, [&](std::uint32_t u) { return taken[u] != 0; },
                [&](double c, double b, std::size_t members, std::size_t from, std::size_t until) {
                    if (b > 0 && c / b <= field.all_cases / field.all_base) return;
                    if (ratio_bound(field, model, c, b) <= mine.llr) return;
                    const double llr = ratio(field, model, c, b);
                    if (llr > mine.llr) mine = {llr, c, b, centre, members, from, until};
                });
        }
    });
    return *std::max_element(best.begin(), best.end(),
                             [](const Best& a, const Best& b) { return a.llr < b.llr; });
}

// Draws for replicas, by counter.
class Draws {
public:
    Draws(std::uint64_t seed, std::uint64_t replica) : key_(mix64(mix64(seed) ^ ~replica)) {}
    std::uint64_t word() { return mix64(key_ + 0x9E3779B97F4A7C15u * counter_++); }
    double even() { return static_cast<double>(word() >> 11) * 0x1p-53; } // of [0, 1)
    std::uint32_t below(std::uint32_t range, std::uint64_t& word_used) {
        for (;;) {
            word_used = word();
            const auto product = (word_used >> 32) * range;
            if (static_cast<std::uint32_t>(product) >= rejected_below(range))
                return static_cast<std::uint32_t>(product >> 32);
        }
    }

private:
    std::uint64_t key_, counter_ = 0;
};

// Walker's alias method (Vose 1991): one of n cells with given weights, from one number.
class Alias {
public:
    explicit Alias(const std::vector<double>& weight)
        : keep_(weight.size()), other_(weight.size()) {
        const double scale =
            static_cast<double>(weight.size()) / std::accumulate(weight.begin(), weight.end(), 0.0);
        std::vector<double> share;
        std::vector<std::uint32_t> small, large;
        for (std::uint32_t i = 0; i < weight.size(); ++i) {
            share.push_back(weight[i] * scale);
            other_[i] = i;
            (share[i] < 1 ? small : large).push_back(i);
        }
        while (!small.empty() && !large.empty()) {
            const auto s = small.back(), l = large.back();
            small.pop_back();
            keep_[s] = threshold(share[s]);
            other_[s] = l;
            share[l] -= 1 - share[s];
            if (share[l] < 1) large.pop_back(), small.push_back(l);
        }
        // What is left is 1 but for rounding.
        for (const auto i : small) keep_[i] = threshold(1);
        for (const auto i : large) keep_[i] = threshold(1);
    }
    std::uint32_t draw(Draws& draws) const {
        std::uint64_t word = 0;
        const auto i = draws.below(static_cast<std::uint32_t>(keep_.size()), word);
        return (word & 0xFFFFFFFFu) < keep_[i] ? i : other_[i];
    }

private:
    static std::uint64_t threshold(double share) {
        return static_cast<std::uint64_t>(std::ldexp(std::clamp(share, 0.0, 1.0), 32));
    }
    std::vector<std::uint64_t> keep_; // of 2^32
    std::vector<std::uint32_t> other_;
};

// Trials drawn without replacement: a tree of how many are left in each cell (Fenwick 1994).
class Urn {
public:
    explicit Urn(const std::vector<double>& trials) : left_(trials.size() + 1, 0) {
        for (std::size_t i = 1; i <= trials.size(); ++i) {
            left_[i] += static_cast<std::uint64_t>(trials[i - 1]);
            if (const auto up = i + (i & (~i + 1)); up < left_.size()) left_[up] += left_[i];
        }
        while (top_ * 2 < left_.size()) top_ *= 2;
    }
    // The cell of the k-th trial that is left; it is taken out.
    std::size_t take(std::uint64_t k) {
        std::size_t at = 0;
        for (auto step = top_; step > 0; step /= 2)
            if (at + step < left_.size() && left_[at + step] <= k) k -= left_[at += step];
        for (auto i = at + 1; i < left_.size(); i += i & (~i + 1)) --left_[i];
        return at;
    }

private:
    std::vector<std::uint64_t> left_;
    std::size_t top_ = 1;
};

class Replicas {
public:
    Replicas(const Field& field, const ScanSpec& spec)
        : field_(field), model_(spec.model), seed_(spec.seed),
          tabled_(std::min(field.all_cases, static_cast<double>(spec.most_tabled))),
          alias_(model_ == ScanModel::Poisson ? field.base : std::vector<double>{1}) {
        // Sums from the last cell on: of it and all after it.
        from_here_ = field.base;
        for (auto i = from_here_.size(); i-- > 1;) from_here_[i - 1] += from_here_[i];
        if (model_ == ScanModel::Bernoulli && field.all_base > 4e9)
            throw Error(ErrorKind::Data, "error.scan.too_large",
                        {{"most", std::int64_t{4'000'000'000}}});
    }

    // The maximum of one replica. For each number of cases only the zone with the least base can be
    // the strongest, so logarithms are needed once per number, not once per zone. Of tens of
    // millions of cases such a table would fill the memory: zones with more than it holds are
    // compared one by one, and few of them are bounded above the strongest so far.
    double maximum(std::uint64_t replica, std::vector<double>& cases, std::vector<double>& least,
                   const base::JobContext& ctx) const {
        deal(replica, cases, ctx);
        least.assign(static_cast<std::size_t>(tabled_) + 1, kInfinity);
        double* const table = least.data();
        double best = 0;
        for (std::size_t centre = 0; centre < field_.size(); ++centre) {
            if (centre % 16 == 0) ctx.check();
            for_zones(
                field_, cases, centre, [](std::uint32_t) { return false; },
                [&](double c, double b, std::size_t, std::size_t, std::size_t) {
                    if (c <= tabled_) {
                        double& known = table[static_cast<std::uint32_t>(c)];
                        if (b < known) known = b;
                    } else if (c * field_.all_base > b * field_.all_cases &&
                               ratio_bound(field_, model_, c, b) > best) {
                        best = std::max(best, ratio(field_, model_, c, b));
                    }
                });
        }
        for (std::size_t c = 1; c < least.size(); ++c)
            if (least[c] < kInfinity &&
                !(ratio_bound(field_, model_, static_cast<double>(c), least[c]) <= best))
                best = std::max(best, ratio(field_, model_, static_cast<double>(c), least[c]));
        return best;
    }

private:
    void deal(std::uint64_t replica, std::vector<double>& cases,
              const base::JobContext& ctx) const {
        constexpr std::uint64_t kBetweenChecks = 0x10000;
        Draws draws(seed_, replica);
        cases.assign(field_.base.size(), 0);
        const auto wanted = static_cast<std::uint64_t>(field_.all_cases);
        if (model_ == ScanModel::Poisson) {
            // Of many cases each cell has a binomial part of those that are left, in turn: exactly
            // what dealing them one by one would lead to, in a time that does not grow with them.
            constexpr double kMany = 64; // cases per cell: drawing so many one by one takes longer
            if (field_.all_cases > kMany * static_cast<double>(cases.size()))
                return deal_at_once(draws, cases, ctx);
            for (std::uint64_t k = 0; k < wanted; ++k) {
                if (k % kBetweenChecks == 0) ctx.check();
                ++cases[alias_.draw(draws)];
            }
            return;
        }
        // Of more than half the trials it is quicker to draw those that fail.
        const auto trials = static_cast<std::uint64_t>(field_.all_base);
        const bool failures = wanted > trials / 2;
        Urn urn(field_.base);
        if (failures) cases = field_.base;
        std::uint64_t word = 0;
        for (std::uint64_t k = 0; k < (failures ? trials - wanted : wanted); ++k) {
            if (k % kBetweenChecks == 0) ctx.check();
            const auto cell = urn.take(draws.below(static_cast<std::uint32_t>(trials - k), word));
            cases[cell] += failures ? -1 : 1;
        }
    }

    void deal_at_once(Draws& draws, std::vector<double>& cases, const base::JobContext& ctx) const {
        constexpr std::size_t kBetweenChecks = 0x1000;
        double left = field_.all_cases;
        for (std::size_t cell = 0; cell < cases.size() && left > 0; ++cell) {
            if (cell % kBetweenChecks == 0) ctx.check();
            if (field_.base[cell] == 0) continue;
            cases[cell] = binomial(left, field_.base[cell] / from_here_[cell],
                                   [&draws] { return draws.even(); });
            left -= cases[cell];
        }
    }

    const Field& field_;
    ScanModel model_;
    std::uint64_t seed_;
    std::vector<double> from_here_; // base of a cell and of all after it
    double tabled_;                 // numbers of cases from 0 to this have a place in the table
    Alias alias_;
};

ScanCluster cluster_of(const Field& field, const ScanInput& in, const ScanSpec& spec,
                       const Best& best, std::vector<std::uint8_t>& taken) {
    ScanCluster cluster;
    for (std::size_t m = 0; m < best.members; ++m) {
        const auto u = field.member[best.centre][m] & ~kOpen;
        taken[u] = 1;
        cluster.units.push_back(field.row[u]);
    }
    const auto a = in.at[cluster.units.front()], b = in.at[cluster.units.back()];
    cluster.radius_m = std::hypot(a.x - b.x, a.y - b.y);
    cluster.from = best.from;
    cluster.until = best.until;
    cluster.cases = best.cases;
    cluster.expected =
        spec.model == ScanModel::Poisson ? best.base : field.all_cases * best.base / field.all_base;
    const double outside = (field.all_cases - best.cases) / (field.all_cases - cluster.expected);
    cluster.relative_risk = outside > 0 ? best.cases / cluster.expected / outside : kInfinity;
    cluster.llr = best.llr;
    return cluster;
}

} // namespace

double poisson_llr(double c, double e, double total) {
    if (!(c > e)) return 0;
    const double outside = total - c;
    return c * portable_log(c / e) +
           (outside > 0 ? outside * portable_log(outside / (total - e)) : 0);
}

double bernoulli_llr(double c, double n, double total, double trials) {
    if (!(c * (trials - n) > (total - c) * n)) return 0;
    const auto l = [](double a, double b) {
        return (a > 0 ? a * portable_log(a / b) : 0) +
               (a < b ? (b - a) * portable_log(1 - a / b) : 0);
    };
    return l(c, n) + l(total - c, trials - n) - l(total, trials);
}

double poisson_bound(double c, double e, double total) {
    const double away = c - e;
    return away * away * (1 / e + 1 / (total - e));
}

double bernoulli_bound(double c, double n, double total, double trials) {
    const double e = total * n / trials, away = c - e;
    return away * away * (1 / e + 1 / (total - e) + 1 / (n - e) + 1 / (trials - n - (total - e)));
}

void check_spec(const ScanSpec& spec) {
    const auto bad = [](const char* what, double value) {
        throw Error(ErrorKind::Usage, "error.scan.spec",
                    {{"what", std::string(what)}, {"value", value}});
    };
    if (!(spec.most_population > 0 && spec.most_population <= 0.5))
        bad("most-population", spec.most_population);
    if (!(spec.most_time > 0 && spec.most_time <= 0.9)) bad("most-time", spec.most_time);
    if (spec.replicas < 99 || spec.replicas > 99'999) bad("replicas", spec.replicas);
}

double overdispersion(const std::vector<double>& cases, const std::vector<double>& base) {
    double all_cases = 0, all_base = 0;
    const auto takes_part = [&](std::size_t u) { return std::isfinite(cases[u]) && base[u] > 0; };
    for (std::size_t u = 0; u < cases.size(); ++u)
        if (takes_part(u)) all_cases += cases[u], all_base += base[u];
    std::vector<double> away;
    for (std::size_t u = 0; u < cases.size(); ++u) {
        if (!takes_part(u) || all_cases == 0) continue;
        const double expected = base[u] * all_cases / all_base;
        away.push_back((cases[u] - expected) / std::sqrt(expected));
    }
    if (away.size() < 3) return 0;
    const auto median = [](std::vector<double>& v) {
        const auto middle = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
        std::nth_element(v.begin(), middle, v.end());
        return *middle;
    };
    const double centre = median(away);
    for (double& v : away) v = std::fabs(v - centre);
    constexpr double kOfNormal = 1.4826; // standard deviation over median deviation
    const double sd = kOfNormal * median(away);
    return sd * sd;
}

ScanResult scan(const ScanInput& input, const ScanSpec& spec, base::JobContext& ctx) {
    check_spec(spec);
    ScanResult result;
    auto field = take_part(input, spec, result.left_out);
    result.units = field.size();
    result.cases = field.all_cases;
    result.base = field.all_base;
    if (field.size() < 2 || field.all_cases == 0) return result;
    ctx.stage("stage.scan");
    find_zones(field, input, spec, ctx);
    std::vector<std::uint8_t> taken(field.size(), 0);
    auto best = strongest(field, spec.model, taken, ctx);
    if (best.llr <= 0) return result;

    const Replicas replicas(field, spec);
    result.maxima.resize(spec.replicas);
    std::atomic<std::size_t> done{0};
    base::parallel_for(spec.replicas, 4, ctx, [&](std::size_t begin, std::size_t end) {
        std::vector<double> cases, least;
        for (auto r = begin; r < end; ++r) {
            result.maxima[r] = replicas.maximum(r, cases, least, ctx);
            ctx.step(++done, spec.replicas);
        }
    });
    const auto p_of = [&](double llr) {
        const auto more = std::count_if(result.maxima.begin(), result.maxima.end(),
                                        [&](double m) { return m >= llr * (1 - 1e-12); });
        return (1.0 + static_cast<double>(more)) / (spec.replicas + 1.0);
    };
    while (best.llr > 0 && result.clusters.size() < kMostClusters) {
        const double p = p_of(best.llr);
        if (p > spec.alpha && !result.clusters.empty()) break;
        result.clusters.push_back(cluster_of(field, input, spec, best, taken));
        result.clusters.back().p = p;
        best = strongest(field, spec.model, taken, ctx);
    }
    return result;
}

} // namespace diaban::analysis
