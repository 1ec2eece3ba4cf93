// What no choice of bases can cost less than, by Lagrangian relaxation.
//
// With a price u of every place no p candidates cost less than
//   Σ u  +  the sum of the p smallest  Σ min(0, cost - u)  over the places of a candidate:
// a place pays its nearest base, which is at least u + min(0, cost - u), and the other terms are
// not above 0. Prices are whole numbers, so the bound is exact whatever they are; only how good it
// is depends on the steps.
#include "analysis/median_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::analysis {
namespace {

constexpr double kMedianShorter = 7;       // the last step is e^-7 of the first
constexpr double kMedianDeflection = 0.9;  // of the direction before that stays
constexpr double kMedianRemembered = 0.99; // of the share of a candidate at the step before

} // namespace

MedianRelaxation::MedianRelaxation(const LocationProblem& problem, const MedianTable& table,
                                   std::vector<std::int64_t> price)
    : problem_(problem), table_(table), needy_(needy_places(problem)),
      best_price_(std::move(price)), value_(table.candidates.size(), 0),
      is_open_(table.settled.begin(), table.settled.end()), count_(needy_.size(), 0),
      share_(table.candidates.size(), 0), bound_(0) {
    for (std::uint32_t c = 0; c < table.candidates.size(); ++c)
        if (!table.settled[c]) order_.push_back(c);
    free_bases_ = std::min(order_.size(), table.bases - table.settled_count());
    for (std::size_t i = 0; i < best_price_.size(); ++i)
        best_price_[i] = std::clamp<std::int64_t>(best_price_[i], 0, table.beyond[i]);
}

std::int64_t MedianRelaxation::relax(std::span<const std::int64_t> price) {
    std::fill(value_.begin(), value_.end(), 0);
    std::int64_t bound = 0;
    for (std::size_t i = 0; i < price.size(); ++i) {
        bound += price[i];
        const auto end = table_.offset[i] + table_.length[i];
        auto k = table_.offset[i];
        for (; k < end && table_.cost[k] < price[i]; ++k)
            value_[table_.index[k]] += table_.cost[k] - price[i];
        terms_ += k - table_.offset[i] + 1;
    }
    for (std::size_t k = 0; k < free_bases_; ++k) is_open_[order_[k]] = 0;
    std::nth_element(
        order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(free_bases_), order_.end(),
        [&](auto a, auto b) { return value_[a] != value_[b] ? value_[a] < value_[b] : a < b; });
    for (std::size_t k = 0; k < free_bases_; ++k) {
        bound += value_[order_[k]];
        is_open_[order_[k]] = 1;
    }
    for (std::size_t c = 0; c < value_.size(); ++c)
        if (table_.settled[c]) bound += value_[c];
    return bound;
}

std::int64_t MedianRelaxation::assign(std::span<const std::int64_t> price) {
    std::vector<std::uint32_t> open;
    for (std::uint32_t c = 0; c < is_open_.size(); ++c)
        if (is_open_[c]) open.push_back(c);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < price.size(); ++i) {
        const auto end = table_.offset[i] + table_.length[i];
        std::int64_t nearest = -1;
        std::uint32_t count = 0;
        for (auto k = table_.offset[i]; k < end; ++k) {
            const auto cost = table_.cost[k];
            if (cost >= price[i] && nearest >= 0) break;
            if (!is_open_[table_.index[k]]) continue;
            if (nearest < 0) nearest = cost;
            if (cost < price[i]) ++count;
        }
        count_[i] = count;
        if (nearest < 0) // farther than what is listed
            for (const auto c : open) {
                const auto cost =
                    median_cost(problem_, needy_[i], table_.candidates[c], table_.scale);
                if (nearest < 0 || cost < nearest) nearest = cost;
            }
        sum += nearest;
    }
    return sum;
}

void MedianRelaxation::run(std::size_t steps, double first_length, MedianBest& best,
                           base::JobContext& ctx,
                           const std::function<void(std::int64_t bound)>& tell) {
    const auto places = best_price_.size();
    std::vector<double> exact(best_price_.begin(), best_price_.end()), direction(places, 0);
    auto price = best_price_;
    std::fill(share_.begin(), share_.end(), 0);
    double weight = 0, length = first_length;
    for (std::size_t step = 0; step < steps; ++step) {
        ctx.check();
        const auto bound = relax(price);
        if (bound > bound_) {
            bound_ = bound;
            best_price_ = price;
        }
        tell(bound_);
        weight = weight * kMedianRemembered + 1;
        for (auto& share : share_) share *= kMedianRemembered;
        for (std::size_t k = 0; k < free_bases_; ++k) share_[order_[k]] += 1;
        if (const auto cost = assign(price); cost < best.cost) {
            best.cost = cost;
            best.chosen.clear();
            for (std::size_t c = 0; c < is_open_.size(); ++c)
                if (is_open_[c]) best.chosen.push_back(table_.candidates[c]);
        }
        if (bound_ >= best.enough()) break;
        double square = 0;
        for (std::size_t i = 0; i < places; ++i) {
            auto& up = direction[i];
            const auto most = static_cast<double>(table_.beyond[i]);
            up = 1.0 - count_[i] + kMedianDeflection * up;
            if ((up > 0 && exact[i] >= most) || (up < 0 && exact[i] <= 0)) up = 0;
            square += up * up;
        }
        if (square == 0) break;
        const double way = length * static_cast<double>(best.cost - bound) / square;
        length -= length * kMedianShorter / static_cast<double>(steps);
        for (std::size_t i = 0; i < places; ++i) {
            const auto most = static_cast<double>(table_.beyond[i]);
            exact[i] = std::clamp(exact[i] + way * direction[i], 0.0, most);
            price[i] = std::min<std::int64_t>(std::llround(exact[i]), table_.beyond[i]);
        }
    }
    if (weight > 0)
        for (auto& share : share_) share /= weight;
}

MedianRelaxation::Fixed MedianRelaxation::fixed(std::int64_t limit) {
    const auto bound = relax(best_price_);
    Fixed out;
    if (free_bases_ == 0 || free_bases_ == order_.size()) return out;
    auto last = value_[order_[0]], next = value_[order_[free_bases_]];
    for (std::size_t k = 0; k < free_bases_; ++k) last = std::max(last, value_[order_[k]]);
    for (auto k = free_bases_; k < order_.size(); ++k) next = std::min(next, value_[order_[k]]);
    for (std::size_t k = 0; k < order_.size(); ++k) {
        const auto c = order_[k];
        if (k < free_bases_ && bound + (next - value_[c]) >= limit) out.in.push_back(c);
        if (k >= free_bases_ && bound + (value_[c] - last) >= limit) out.out.push_back(c);
    }
    return out;
}

} // namespace diaban::analysis
