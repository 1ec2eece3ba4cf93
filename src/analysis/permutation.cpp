#include "analysis/permutation.hpp"

#include "analysis/random.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace diaban::analysis {
namespace {

constexpr std::size_t kBlock = 1024; // permutations worked on together: their sums stay in cache

// One block of permutations: where the pool and the results lie.
struct Block {
    const double* pool;
    std::uint32_t range;    // values to draw from
    std::uint32_t rejected; // rejected_below(range)
    std::uint32_t first;    // permutation
    std::size_t draws;
    const StreamKey* key; // of each draw
    const double* weight; // of each draw; nullptr: all 1
    bool squared;
    double centre;
    std::int32_t* position; // [draw][kBlock]
    std::int32_t* again;    // [kBlock]: not 0 where a number was rejected or a position repeated
    double* sum;            // [kBlock]
};

// The loops are written for the vectoriser: no branches, one operation per array. Compiled twice,
// with and without AVX2; integer and (without contraction) double results have the same bits.
[[gnu::always_inline]] inline void fill(const Block& b) {
    std::int32_t* __restrict again = b.again;
    double* __restrict sum = b.sum;
    const double* __restrict pool = b.pool;
    for (std::size_t i = 0; i < kBlock; ++i) again[i] = 0, sum[i] = 0;
    for (std::size_t d = 0; d < b.draws; ++d) {
        std::int32_t* __restrict position = b.position + d * kBlock;
        const auto key = b.key[d];
        for (std::size_t i = 0; i < kBlock; ++i) {
            const auto product =
                std::uint64_t{random32(key, b.first + static_cast<std::uint32_t>(i))} * b.range;
            position[i] = static_cast<std::int32_t>(product >> 32);
            again[i] |= static_cast<std::uint32_t>(product) < b.rejected ? -1 : 0;
        }
        for (std::size_t e = 0; e < d; ++e) {
            const std::int32_t* __restrict earlier = b.position + e * kBlock;
            for (std::size_t i = 0; i < kBlock; ++i) again[i] |= position[i] == earlier[i] ? -1 : 0;
        }
        const double w = b.weight ? b.weight[d] : 1;
        if (b.squared)
            for (std::size_t i = 0; i < kBlock; ++i) {
                const double away = b.centre - pool[position[i]];
                sum[i] += w * (away * away);
            }
        else if (b.weight)
            for (std::size_t i = 0; i < kBlock; ++i) sum[i] += w * pool[position[i]];
        else
            for (std::size_t i = 0; i < kBlock; ++i) sum[i] += pool[position[i]];
    }
}

void fill_plain(const Block& b) {
    fill(b);
}

#if defined(__x86_64__) && defined(__GNUC__)
[[gnu::target("avx2")]] void fill_avx2(const Block& b) {
    fill(b);
}
const auto fill_block = __builtin_cpu_supports("avx2") ? fill_avx2 : fill_plain;
#else
const auto fill_block = fill_plain;
#endif

double term(const Draws& draws, std::size_t d, double value) {
    const double w = draws.weights.empty() ? 1 : draws.weights[d];
    if (!draws.squared) return w * value;
    const double away = draws.centre - value;
    return w * (away * away);
}

// Equal up to rounding is equal: the sum of the same values in another order is no other sum.
struct Bounds {
    double low, high;
    Bounds(const Draws& draws, double largest) {
        double weight = static_cast<double>(draws.count);
        if (!draws.weights.empty()) {
            weight = 0;
            for (const double w : draws.weights) weight += std::fabs(w);
        }
        const double reach = std::fabs(draws.centre) + largest;
        const double one = draws.squared ? reach * reach : largest;
        const double slack = 1e-12 * weight * one;
        low = draws.observed - slack, high = draws.observed + slack;
    }
    void count(double sum, Tails& tails) const {
        tails.at_least += sum >= low;
        tails.at_most += sum <= high;
    }
};

} // namespace

ConditionalPermutation::ConditionalPermutation(std::span<const double> values, std::uint64_t seed,
                                               std::uint32_t permutations)
    : values_(values.begin(), values.end()), seed_(seed), permutations_(permutations),
      pool_(values_) {
    for (const double v : values_) largest_ = std::max(largest_, std::fabs(v));
}

bool ConditionalPermutation::rejects(std::size_t count) const {
    return count * count < (values_.size() - 1) / 4;
}

void ConditionalPermutation::draw_distinct(const Draws& draws, std::uint32_t permutation,
                                           std::vector<std::uint32_t>& out) const {
    const auto range = static_cast<std::uint32_t>(values_.size() - 1);
    out.clear();
    while (out.size() < draws.count)
        for (std::uint64_t attempt = 0;; ++attempt) {
            const auto key = stream_key(seed_, draws.unit, out.size(), attempt);
            const auto product = std::uint64_t{random32(key, permutation)} * range;
            if (static_cast<std::uint32_t>(product) < rejected_below(range)) continue;
            const auto at = static_cast<std::uint32_t>(product >> 32);
            if (std::find(out.begin(), out.end(), at) != out.end()) continue;
            out.push_back(at);
            break;
        }
}

// Fisher and Yates, stopped after `count` draws: order[0 .. count) are the positions drawn. `order`
// comes as 0, 1, 2 …
void ConditionalPermutation::shuffle(const Draws& draws, std::uint32_t permutation,
                                     std::vector<std::uint32_t>& order) const {
    for (std::size_t d = 0; d < draws.count; ++d) {
        const auto left = static_cast<std::uint32_t>(order.size() - d);
        std::swap(order[d], order[d + bounded(seed_, draws.unit, permutation, d, left)]);
    }
}

Tails ConditionalPermutation::run(const Draws& draws, const base::JobContext& ctx) {
    assert(draws.count < values_.size() && draws.self < values_.size());
    assert(draws.weights.empty() || draws.weights.size() == draws.count);
    // The unit's own place holds the last value, so the pool is the positions before the last.
    pool_[draws.self] = values_.back();
    const auto tails = rejects(draws.count) ? run_blocks(draws, ctx) : run_shuffles(draws, ctx);
    pool_[draws.self] = values_[draws.self];
    return tails;
}

std::vector<std::uint32_t> ConditionalPermutation::positions(const Draws& draws,
                                                             std::uint32_t permutation) const {
    std::vector<std::uint32_t> out;
    if (rejects(draws.count)) {
        draw_distinct(draws, permutation, out);
    } else {
        out.resize(values_.size() - 1);
        for (std::uint32_t i = 0; i < out.size(); ++i) out[i] = i;
        shuffle(draws, permutation, out);
        out.resize(draws.count);
    }
    for (auto& at : out)
        if (at == draws.self) at = static_cast<std::uint32_t>(values_.size() - 1);
    return out;
}

Tails ConditionalPermutation::run_blocks(const Draws& draws, const base::JobContext& ctx) {
    const auto range = static_cast<std::uint32_t>(values_.size() - 1);
    std::vector<StreamKey> keys(draws.count);
    for (std::size_t d = 0; d < keys.size(); ++d) keys[d] = stream_key(seed_, draws.unit, d);
    block_.resize(draws.count * kBlock);
    alignas(64) std::array<std::int32_t, kBlock> again;
    alignas(64) std::array<double, kBlock> sum;
    const Bounds bounds(draws, largest_);
    Tails tails;
    for (std::uint32_t first = 0; first < permutations_; first += kBlock) {
        ctx.check();
        fill_block({pool_.data(), range, rejected_below(range), first, draws.count, keys.data(),
                    draws.weights.empty() ? nullptr : draws.weights.data(), draws.squared,
                    draws.centre, block_.data(), again.data(), sum.data()});
        const std::size_t end = std::min<std::size_t>(kBlock, permutations_ - first);
        for (std::size_t i = 0; i < end; ++i) {
            if (again[i] == 0) continue;
            draw_distinct(draws, first + static_cast<std::uint32_t>(i), drawn_);
            sum[i] = 0;
            for (std::size_t d = 0; d < drawn_.size(); ++d)
                sum[i] += term(draws, d, pool_[drawn_[d]]);
        }
        for (std::size_t i = 0; i < end; ++i) bounds.count(sum[i], tails);
    }
    return tails;
}

Tails ConditionalPermutation::run_shuffles(const Draws& draws, const base::JobContext& ctx) {
    order_.resize(values_.size() - 1);
    std::vector<std::uint32_t> swapped(draws.count);
    std::vector<StreamKey> keys(draws.count);
    std::vector<std::uint32_t> rejected(draws.count);
    for (std::size_t d = 0; d < draws.count; ++d) {
        keys[d] = stream_key(seed_, draws.unit, d);
        rejected[d] = rejected_below(static_cast<std::uint32_t>(order_.size() - d));
    }
    for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    const Bounds bounds(draws, largest_);
    // About as much work between two checks whatever the number of draws.
    const auto stride =
        std::max<std::uint32_t>(1, static_cast<std::uint32_t>(100'000 / (draws.count + 1)));
    Tails tails;
    for (std::uint32_t p = 0; p < permutations_; ++p) {
        if (p % stride == 0) ctx.check();
        double sum = 0;
        for (std::size_t d = 0; d < draws.count; ++d) {
            const auto left = static_cast<std::uint32_t>(order_.size() - d);
            const auto product = std::uint64_t{random32(keys[d], p)} * left;
            const auto step = static_cast<std::uint32_t>(product) >= rejected[d]
                                  ? static_cast<std::uint32_t>(product >> 32)
                                  : bounded(seed_, draws.unit, p, d, left);
            swapped[d] = static_cast<std::uint32_t>(d) + step;
            std::swap(order_[d], order_[swapped[d]]);
            sum += term(draws, d, pool_[order_[d]]);
        }
        bounds.count(sum, tails);
        // Back to 0, 1, 2 …, so that a permutation does not depend on the one before.
        for (std::size_t d = draws.count; d-- > 0;) std::swap(order_[d], order_[swapped[d]]);
    }
    return tails;
}

double pseudo_p(const Tails& tails, std::uint32_t permutations, bool directed) {
    const double smaller = std::min(tails.at_least, tails.at_most) + 1.0;
    const double one = smaller / (permutations + 1.0);
    return directed ? one : std::min(1.0, 2 * one);
}

} // namespace diaban::analysis
