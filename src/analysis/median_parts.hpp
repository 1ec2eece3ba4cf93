// Pieces of the p-median problem. Private to src/analysis.
//
// Costs (burden times metres) are whole numbers here, counted in shares of 1 / 2^scale and rounded
// down: their sums are exact, so that a bound is one, and the same in whatever order it was added
// up.
#pragma once

#include "analysis/location_parts.hpp"

#include <functional>

namespace diaban::analysis {

// What a base at a candidate costs the needy places near it. Of a place only the nearest candidates
// are listed, and none behind one that is settled.
struct MedianTable {
    std::vector<std::uint32_t> candidates; // places of the problem, ascending
    std::vector<char> settled;             // of each: chosen already
    std::size_t bases = 0;                 // that are chosen, the settled ones among them
    int scale = 0;                         // a cost of c is counted as c * 2^scale
    // Of the i-th needy place `length[i]` entries from `offset[i]` on, the nearest candidate first.
    std::vector<std::size_t> offset;
    std::vector<std::uint32_t> length;
    std::vector<std::uint32_t> index; // positions in `candidates`
    std::vector<std::int64_t> cost;
    std::vector<std::int64_t> beyond; // of a place: no candidate that is not listed costs less

    std::size_t settled_count() const;
    // Entries of all lists.
    std::size_t terms() const;
};
// Of these candidates; `settled` are rows among them. Throws Cancelled.
MedianTable median_table(const LocationProblem& problem, std::vector<std::uint32_t> candidates,
                         std::span<const std::uint32_t> settled, base::JobContext& ctx);
// With some of its candidates (positions) settled and others left out for good.
MedianTable narrowed_table(const MedianTable& table, std::span<const std::uint32_t> in,
                           std::span<const std::uint32_t> out);

// The best choice so far, and what it costs in the table's units.
struct MedianBest {
    std::vector<std::uint32_t> chosen; // places of the problem
    std::int64_t cost = 0;
    // A choice that costs at least this is not better; equal is what differs by 1e-9.
    std::int64_t enough() const { return cost - cost / 1'000'000'000; }
};

// The Lagrangian relaxation of "every place belongs to one base" (Cornuéjols, Fisher & Nemhauser
// 1977) by steps along a deflected subgradient.
class MedianRelaxation {
public:
    // `price` of every needy place, of any size.
    MedianRelaxation(const LocationProblem& problem, const MedianTable& table,
                     std::vector<std::int64_t> price);
    // The first step is this much of what Polyak's rule says, the last one e^-7 of that. A choice
    // of a step that is better than `best` becomes it. Ends early when the bound is
    // `best.enough()`. Throws Cancelled.
    void run(std::size_t steps, double first_length, MedianBest& best, base::JobContext& ctx,
             const std::function<void(std::int64_t bound)>& tell);
    // No choice costs less.
    std::int64_t bound() const { return bound_; }
    // That prove the bound.
    const std::vector<std::int64_t>& price() const { return best_price_; }
    // How much of the last steps each candidate was open, 0 to 1.
    const std::vector<double>& share() const { return share_; }
    // Entries of the table that were looked at.
    std::uint64_t terms() const { return terms_; }
    // Candidates that every choice which costs less than `limit` has, and that none has.
    struct Fixed {
        std::vector<std::uint32_t> in, out;
    };
    Fixed fixed(std::int64_t limit);

private:
    // Opens the best at these prices; returns the bound they prove.
    std::int64_t relax(std::span<const std::int64_t> price);
    // What the open ones cost; counts of every place those that lie nearer than its price.
    std::int64_t assign(std::span<const std::int64_t> price);

    const LocationProblem& problem_;
    const MedianTable& table_;
    std::vector<std::uint32_t> needy_;
    std::vector<std::int64_t> best_price_, value_;
    std::vector<std::uint32_t> order_; // candidates that are not settled, the open ones in front
    std::vector<char> is_open_;
    std::vector<std::uint32_t> count_; // by place
    std::vector<double> share_;
    std::size_t free_bases_;
    std::int64_t bound_;
    std::uint64_t terms_ = 0;
};

// Finds a better choice and a bound: relaxation, interchange among the candidates that matter, then
// branch and bound over what is left, if it is small. All limits are counted.
class MedianProof {
public:
    // From a plan there is.
    MedianProof(const LocationProblem& problem, std::span<const std::uint32_t> plan,
                std::uint64_t node_limit);
    // Throws Cancelled; what was found and proven by then holds.
    void run(base::JobContext& ctx);
    // Places of the problem.
    const std::vector<std::uint32_t>& best() const { return best_.chosen; }
    // No plan costs less: burden times metres.
    double bound() const;
    bool proven() const { return bound_ >= best_.enough(); }
    std::uint64_t nodes() const { return nodes_; }

private:
    void search(const MedianTable& table, const MedianRelaxation& relaxation,
                base::JobContext& ctx);
    // Returns what no choice of the table costs less than, of those that are better than the best.
    std::int64_t explore(const MedianTable& table, const std::vector<std::int64_t>& price,
                         std::int64_t bound, base::JobContext& ctx);
    void spend(std::uint64_t terms, base::JobContext& ctx);
    void keep(std::span<const std::uint32_t> chosen);

    const LocationProblem& problem_;
    std::uint64_t node_limit_, nodes_ = 0, spent_ = 0;
    int scale_;
    MedianBest best_;
    std::int64_t bound_ = 0;
};

// Metres: at least as long as any way between two places.
double longest_way(const LocationProblem& problem);
// The places' costs in whole numbers: how many of 1 / 2^k so that no sum is too large.
int median_scale(const LocationProblem& problem);
std::int64_t median_cost(const LocationProblem& problem, std::uint32_t place, std::uint32_t base,
                         int scale);
// From the fixed bases and those of `start`: greedy up to p, then interchange with `among` until no
// swap helps; the fixed bases stay. Throws Cancelled.
std::vector<std::uint32_t> median_interchange(const LocationProblem& problem,
                                              std::span<const std::uint32_t> start,
                                              std::span<const std::uint32_t> among,
                                              base::JobContext& ctx);

} // namespace diaban::analysis
