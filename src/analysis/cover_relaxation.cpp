// What no choice of bases can reach, by Lagrangian relaxation.
//
// With a price λ of every demand, 0 <= λ <= worth, no p candidates cover more than
//   Σ (worth - λ)  +  the sum of the p largest  Σ λ of the demands that a candidate reaches:
// a choice earns each demand it covers at least once there. Prices are whole numbers, so the bound
// is exact whatever they are; only how good it is depends on the steps.
#include "analysis/cover_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::analysis {
namespace {

constexpr double kFirstPrice = 0.5;   // of the worth
constexpr double kShorter = 7;        // the last step is e^-7 of the first
constexpr double kDeflection = 0.95;  // of the direction before that stays
constexpr double kRemembered = 0.999; // of the share of a candidate at the step before

} // namespace

CoverRelaxation::CoverRelaxation(const CoverQuestion& question)
    : question_(question), earned_(question.candidates.size(), 0),
      order_(question.candidates.size()), count_(question.worth.size(), 0),
      share_(question.candidates.size(), 0), bound_(question.total()) {
    std::iota(order_.begin(), order_.end(), 0u);
    for (const auto worth : question.worth)
        best_price_.push_back(static_cast<std::int64_t>(kFirstPrice * static_cast<double>(worth)));
}

std::int64_t CoverRelaxation::relax(std::span<const std::int64_t> price) {
    for (std::size_t c = 0; c < earned_.size(); ++c) {
        std::int64_t sum = 0;
        for (const auto demand : question_.reach.row(c)) sum += price[demand];
        earned_[c] = sum;
    }
    const auto p = std::min(question_.bases, order_.size());
    std::nth_element(
        order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(p), order_.end(),
        [&](auto a, auto b) { return earned_[a] != earned_[b] ? earned_[a] > earned_[b] : a < b; });
    auto bound = question_.total();
    for (const auto one : price) bound -= one;
    std::fill(count_.begin(), count_.end(), 0);
    for (std::size_t k = 0; k < p; ++k) {
        bound += earned_[order_[k]];
        for (const auto demand : question_.reach.row(order_[k])) ++count_[demand];
    }
    return bound;
}

void CoverRelaxation::run(std::size_t steps, double first_length, std::int64_t known,
                          base::JobContext& ctx,
                          const std::function<void(std::size_t step)>& tell) {
    const auto demands = question_.worth.size();
    std::vector<double> exact(best_price_.begin(), best_price_.end()), direction(demands, 0);
    auto price = best_price_;
    std::fill(share_.begin(), share_.end(), 0);
    double weight = 0;
    const auto p = std::min(question_.bases, order_.size());
    double length = first_length;
    for (std::size_t step = 0; step < steps; ++step) {
        ctx.check();
        tell(step);
        const auto bound = relax(price);
        if (bound < bound_) {
            bound_ = bound;
            best_price_ = price;
        }
        if (3 * step >= steps) { // the first steps are still far away
            weight = weight * kRemembered + 1;
            for (auto& share : share_) share *= kRemembered;
            for (std::size_t k = 0; k < p; ++k) share_[order_[k]] += 1;
        }
        if (question_.as_good(known, bound_)) break;
        double square = 0;
        for (std::size_t d = 0; d < demands; ++d) {
            const auto worth = static_cast<double>(question_.worth[d]);
            const double slope = count_[d] - (exact[d] < worth ? 1.0 : 0.0);
            auto& down = direction[d];
            down = slope + kDeflection * down;
            if ((down > 0 && exact[d] <= 0) || (down < 0 && exact[d] >= worth)) down = 0;
            square += down * down;
        }
        if (square == 0) break;
        const double way = length * static_cast<double>(bound - known) / square;
        length -= length * kShorter / static_cast<double>(steps);
        for (std::size_t d = 0; d < demands; ++d) {
            exact[d] = std::clamp(exact[d] - way * direction[d], 0.0,
                                  static_cast<double>(question_.worth[d]));
            price[d] = std::min<std::int64_t>(std::llround(exact[d]), question_.worth[d]);
        }
    }
    if (weight > 0)
        for (auto& share : share_) share /= weight;
}

CoverRelaxation::Fixed CoverRelaxation::fixed(std::int64_t least) const {
    CoverRelaxation again(question_);
    const auto bound = again.relax(best_price_);
    const auto& earned = again.earned_;
    const auto p = std::min(question_.bases, order_.size());
    Fixed out;
    if (p == 0 || p == order_.size()) return out;
    auto last = earned[again.order_[0]], next = earned[again.order_[p]];
    for (std::size_t k = 0; k < p; ++k) last = std::min(last, earned[again.order_[k]]);
    for (auto k = p; k < order_.size(); ++k) next = std::max(next, earned[again.order_[k]]);
    for (std::size_t k = 0; k < order_.size(); ++k) {
        const auto c = again.order_[k];
        if (k < p && bound - (earned[c] - next) < least) out.in.push_back(c);
        if (k >= p && bound - (last - earned[c]) < least) out.out.push_back(c);
    }
    return out;
}

} // namespace diaban::analysis
