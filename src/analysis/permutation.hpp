// Conditional permutation: the value of a unit stays, its neighbours' values are drawn from all
// other units without replacement, for each unit independently of the others.
//
// Guarantees: the draws are a function of (seed, unit, permutation, draw) alone, exactly uniform
// over the ordered samples without replacement, and the same bits on every machine and for every
// number of threads. Sums that are equal up to rounding count as equal.
#pragma once

#include "base/job.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace diaban::analysis {

inline constexpr std::uint32_t kFewestPermutations = 99, kMostPermutations = 999'999;

// How many permutations gave a value at least, and at most, as large as the observed one.
struct Tails {
    std::uint32_t at_least = 0, at_most = 0;
    friend bool operator==(const Tails&, const Tails&) = default;
};

// What is summed over the drawn values v, and compared with the observed sum.
struct Draws {
    std::size_t self = 0;              // position whose value is left out of the drawing
    std::uint64_t unit = 0;            // names the stream; the row of the unit in its table
    std::size_t count = 0;             // how many values are drawn; < size of the pool
    std::span<const double> weights{}; // empty: all 1; else one for each draw
    bool squared = false;              // sum of weight * (centre - v)^2 instead of weight * v
    double centre = 0;
    double observed = 0;
};

class ConditionalPermutation {
public:
    ConditionalPermutation(std::span<const double> values, std::uint64_t seed,
                           std::uint32_t permutations);

    // Checks for cancellation every few thousand permutations. Not for several threads at once:
    // each has its own object.
    Tails run(const Draws& draws, const base::JobContext& ctx);

    // The positions drawn for one permutation, in order of drawing: what run() sums over.
    std::vector<std::uint32_t> positions(const Draws& draws, std::uint32_t permutation) const;

private:
    // Draws with rejection are fast while repeats are rare; many draws from few values are
    // shuffled.
    bool rejects(std::size_t count) const;
    Tails run_blocks(const Draws& draws, const base::JobContext& ctx);
    Tails run_shuffles(const Draws& draws, const base::JobContext& ctx);
    // Draw by draw, repeats drawn again; positions of a pool in which `self` holds the last value.
    void draw_distinct(const Draws& draws, std::uint32_t permutation,
                       std::vector<std::uint32_t>& out) const;
    void shuffle(const Draws& draws, std::uint32_t permutation,
                 std::vector<std::uint32_t>& order) const;

    std::vector<double> values_; // of all units
    double largest_ = 0;         // magnitude
    std::uint64_t seed_;
    std::uint32_t permutations_;
    // Scratch of one unit
    std::vector<double> pool_;
    std::vector<std::uint32_t> order_, drawn_;
    std::vector<std::int32_t> block_;
};

// Two-sided pseudo p of conventions: min(1, 2 (min(>=, <=) + 1) / (R + 1)). `directed`: the smaller
// tail alone, (min + 1) / (R + 1), as GeoDa gives it.
double pseudo_p(const Tails& tails, std::uint32_t permutations, bool directed);

} // namespace diaban::analysis
