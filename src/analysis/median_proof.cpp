// A better choice of bases for the least way, and the proof of how good it is.
//
// The relaxation says which candidates matter. Among these the search goes on; what the bound and
// the best choice decide is decided for good, and the table of what is left is drawn up again. Once
// it is small, branch and bound with the same relaxation ends it.
#include "analysis/median_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaban::analysis {
namespace {

// All limits are counted in entries of the tables that were looked at, never in seconds.
constexpr std::uint64_t kMostMedianTerms = 20'000'000'000;
constexpr std::size_t kMedianRounds = 4, kMedianSteps = 700, kNodeSteps = 120;
constexpr double kRootLength = 1.5, kAgainLength = 0.5, kNodeLength = 0.4;
// Entries of a table beyond which it is not branched on: its steps take too long.
constexpr std::size_t kMostBranchTerms = 1'500'000;
constexpr double kInMedianCore = 0.005; // share of the last steps in which it was open
constexpr double kWorthARound = 0.9;    // of the candidates are left at most

} // namespace

MedianProof::MedianProof(const LocationProblem& problem, std::span<const std::uint32_t> plan,
                         std::uint64_t node_limit)
    : problem_(problem), node_limit_(node_limit), scale_(median_scale(problem)) {
    best_.cost = std::numeric_limits<std::int64_t>::max();
    keep(plan);
}

void MedianProof::keep(std::span<const std::uint32_t> chosen) {
    std::int64_t cost = 0;
    for (const auto place : needy_places(problem_)) {
        auto nearest = std::numeric_limits<std::int64_t>::max();
        for (const auto base : chosen)
            nearest = std::min(nearest, median_cost(problem_, place, base, scale_));
        cost += nearest;
    }
    if (cost >= best_.cost) return;
    best_.cost = cost;
    best_.chosen.assign(chosen.begin(), chosen.end());
}

double MedianProof::bound() const {
    // A sum of doubles is at most this much below the exact one.
    const double kept = 1 - 2e-16 * static_cast<double>(problem_.at.size() + 2);
    return std::ldexp(static_cast<double>(std::min(bound_, best_.cost)), -scale_) * kept;
}

void MedianProof::spend(std::uint64_t terms, base::JobContext& ctx) {
    spent_ += terms;
    ctx.step(std::min(spent_, kMostMedianTerms), kMostMedianTerms);
}

void MedianProof::search(const MedianTable& table, const MedianRelaxation& relaxation,
                         base::JobContext& ctx) {
    auto core = best_.chosen;
    for (std::size_t c = 0; c < table.candidates.size(); ++c)
        if (relaxation.share()[c] > kInMedianCore) core.push_back(table.candidates[c]);
    std::sort(core.begin(), core.end());
    core.erase(std::unique(core.begin(), core.end()), core.end());
    keep(median_interchange(problem_, best_.chosen, core, ctx));
    if (core.size() >= problem_.p) keep(median_interchange(problem_, {}, core, ctx));
}

void MedianProof::run(base::JobContext& ctx) {
    auto candidates = candidates_of(problem_);
    auto settled = problem_.fixed;
    std::vector<std::int64_t> price;
    for (std::size_t round = 0; round < kMedianRounds; ++round) {
        const auto table = median_table(problem_, candidates, settled, ctx);
        if (round == 0) { // half way between the two nearest bases
            for (const auto place : needy_places(problem_)) {
                std::vector<double> metres{0};
                for (const auto base : best_.chosen) metres.push_back(problem_.metres(place, base));
                const auto second = metres.size() < 3 ? metres.end() - 1 : metres.begin() + 2;
                std::nth_element(metres.begin(), second, metres.end());
                price.push_back(static_cast<std::int64_t>(
                    std::ldexp(problem_.burden[place] * *second, scale_)));
            }
        }
        MedianRelaxation relaxation(problem_, table, price);
        std::uint64_t told = 0;
        relaxation.run(kMedianSteps, round == 0 ? kRootLength : kAgainLength, best_, ctx,
                       [&](std::int64_t bound) {
                           bound_ = std::max(bound_, bound);
                           spend(relaxation.terms() - told, ctx);
                           told = relaxation.terms();
                       });
        if (proven()) return;
        search(table, relaxation, ctx);
        if (proven()) return;
        price = relaxation.price();
        const auto decided = relaxation.fixed(best_.enough());
        auto next = narrowed_table(table, decided.in, decided.out);
        if (next.terms() <= kMostBranchTerms) {
            const auto left = explore(next, price, bound_, ctx);
            bound_ = std::max(bound_, std::min(left, best_.enough()));
            return;
        }
        const auto before = static_cast<double>(candidates.size());
        if (static_cast<double>(next.candidates.size()) > kWorthARound * before && round > 0)
            return;
        candidates = next.candidates;
        settled.clear();
        for (std::size_t c = 0; c < candidates.size(); ++c)
            if (next.settled[c]) settled.push_back(candidates[c]);
    }
}

std::int64_t MedianProof::explore(const MedianTable& table, const std::vector<std::int64_t>& price,
                                  std::int64_t bound, base::JobContext& ctx) {
    const auto none = best_.enough(); // nothing here is better
    const auto settled = table.settled_count();
    if (settled > table.bases || table.candidates.size() < table.bases) return none;
    if (nodes_ >= node_limit_ || spent_ >= kMostMedianTerms) return bound;
    ++nodes_;
    if (table.candidates.size() == table.bases || settled == table.bases) { // one choice is left
        std::vector<std::uint32_t> chosen;
        for (std::size_t c = 0; c < table.candidates.size(); ++c)
            if (table.settled[c] || settled < table.bases) chosen.push_back(table.candidates[c]);
        keep(chosen);
        return none;
    }
    MedianRelaxation relaxation(problem_, table, price);
    std::uint64_t told = 0;
    relaxation.run(kNodeSteps, kNodeLength, best_, ctx, [&](std::int64_t) {
        spend(relaxation.terms() - told, ctx);
        told = relaxation.terms();
    });
    bound = std::max(bound, relaxation.bound());
    if (bound >= best_.enough()) return bound;
    auto decided = relaxation.fixed(best_.enough());
    std::vector<char> is_decided(table.settled.begin(), table.settled.end());
    for (const auto c : decided.in) is_decided[c] = 1;
    for (const auto c : decided.out) is_decided[c] = 1;
    // The one the relaxation is least sure of.
    const auto doubt = [&](std::size_t c) { return std::fabs(relaxation.share()[c] - 0.5); };
    std::optional<std::uint32_t> branch;
    for (std::uint32_t c = 0; c < table.candidates.size(); ++c)
        if (!is_decided[c] && (!branch || doubt(c) < doubt(*branch))) branch = c;
    if (!branch)
        return std::max(bound, explore(narrowed_table(table, decided.in, decided.out),
                                       relaxation.price(), bound, ctx));
    auto with = decided, without = decided;
    with.in.push_back(*branch);
    without.out.push_back(*branch);
    const auto first =
        explore(narrowed_table(table, with.in, with.out), relaxation.price(), bound, ctx);
    const auto second =
        explore(narrowed_table(table, without.in, without.out), relaxation.price(), bound, ctx);
    return std::max(bound, std::min(first, second));
}

} // namespace diaban::analysis
