// Pieces of the maximal covering problem. Private to src/analysis.
//
// Burdens are whole numbers here (counted in shares of 1 / 2^k, rounded up): their sums are exact,
// so that a bound is one, and the same in whatever order it was added up.
#pragma once

#include "analysis/location_parts.hpp"

#include <functional>

namespace diaban::analysis {

// What is left of a covering when all that cannot matter was taken away: candidates that reach
// nothing another one does not, what the fixed bases reach, and all but one of the places that the
// same candidates reach; that one stands for the others.
struct CoverQuestion {
    static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> candidates; // places of the problem, ascending
    geo::Csr reach;                        // demands by candidate
    geo::Csr reached_by;                   // candidates by demand
    std::vector<std::int64_t> worth;       // of every demand, > 0
    std::vector<std::uint32_t> settled;    // bases that are chosen already, ascending
    std::size_t bases = 0;                 // that may still be chosen
    std::int64_t settled_worth = 0;        // of what the settled ones reach
    std::int64_t step = 1;                 // the worth of every choice is a multiple of it
    std::int64_t rounding = 0;             // the worth of any choice is its burden and at most this
    int scale = 0;                         // a burden of b is worth b * 2^scale

    std::int64_t total() const; // of all demands and what is settled
    // The least burden, as a double, that is surely not below a worth.
    double burden_of(std::int64_t some) const;
    // What a better choice than one of this worth would have at least.
    std::int64_t better_than(std::int64_t some) const {
        return rounding == 0 ? some + step : some - rounding;
    }
    // Whether no choice is worth more than `some`, if none is more than the bound.
    bool as_good(std::int64_t some, std::int64_t bound) const;
};
CoverQuestion cover_question(const LocationProblem& problem, std::span<const double> burden,
                             double metres, base::JobContext& ctx);
// With some of its candidates (positions) chosen and others left out for good.
CoverQuestion narrowed_question(const CoverQuestion& question, std::span<const std::uint32_t> in,
                                std::span<const std::uint32_t> out);
// The choice as places of the problem, ascending: with the settled ones, and, where a question has
// fewer candidates than bases, any others.
std::vector<std::uint32_t> places_chosen(const LocationProblem& problem,
                                         const CoverQuestion& question,
                                         std::span<const std::uint32_t> chosen);

// Chosen candidates of a question, and what each swap of two would change.
class CoverChoice {
public:
    explicit CoverChoice(const CoverQuestion& question);
    std::int64_t worth() const { return worth_; }                        // with what is settled
    const std::vector<std::uint32_t>& chosen() const { return chosen_; } // as they were opened
    void become(std::span<const std::uint32_t> chosen);
    // Opens one of `among` after the other, each time the one that helps most.
    void open_greedily(std::span<const std::uint32_t> among, base::JobContext& ctx);
    // Makes the swap within `among` that helps most until none helps.
    void climb(std::span<const std::uint32_t> among, base::JobContext& ctx);
    // The best swap after the other, also of those that harm, without turning back at once, until
    // `patience` in a row led to nothing better; ends at the best (tabu search, Glover 1989).
    // Throws Cancelled and is then at some choice.
    void wander(std::span<const std::uint32_t> among, std::size_t patience, base::JobContext& ctx);

private:
    // Turns during which a candidate that moved stays where it is.
    static constexpr std::uint64_t kShortestRest = 3, kLongestRest = 10;

    struct Swap {
        std::int64_t help = 0;
        std::uint32_t in = 0, out = 0;
    };
    void open(std::uint32_t candidate);
    void close(std::uint32_t candidate);
    // None if no swap is allowed at this turn.
    std::optional<Swap> best_swap(std::span<const std::uint32_t> among, std::uint64_t turn);
    void mark(std::span<const std::uint32_t> among);

    const CoverQuestion& question_;
    std::int64_t worth_;
    std::vector<std::uint32_t> chosen_;
    std::vector<char> is_open_, is_among_;
    std::vector<std::int64_t> gain_;      // what a closed one would add
    std::vector<std::int64_t> alone_;     // what nobody but this open one reaches
    std::vector<std::uint32_t> count_;    // open ones that reach a demand
    std::vector<std::uint64_t> owners_;   // their sum: the one where there is one
    std::vector<std::uint64_t> not_till_; // the turn until which a candidate may not move
    std::vector<std::int64_t> shared_;    // what a closed one reaches of what an open one has alone
    std::uint64_t turn_ = 0;
};

// The Lagrangian relaxation of "covered only if one that reaches it is chosen" (Galvão & ReVelle
// 1996) by steps along a deflected subgradient.
class CoverRelaxation {
public:
    explicit CoverRelaxation(const CoverQuestion& question);
    // Goes on from the prices of the best bound so far; `known` is the worth of a choice. The first
    // step is this much of what Polyak's rule says, the last one e^-7 of that. Throws Cancelled.
    void run(std::size_t steps, double first_length, std::int64_t known, base::JobContext& ctx,
             const std::function<void(std::size_t step)>& tell);
    // No choice is worth more.
    std::int64_t bound() const { return bound_; }
    // How much of the last steps each candidate was chosen, 0 to 1.
    const std::vector<double>& share() const { return share_; }
    // Candidates that every choice worth `least` has, and that none has.
    struct Fixed {
        std::vector<std::uint32_t> in, out;
    };
    Fixed fixed(std::int64_t least) const;

private:
    // Opens the best at these prices; returns the bound they prove.
    std::int64_t relax(std::span<const std::int64_t> price);

    const CoverQuestion& question_;
    std::vector<std::int64_t> best_price_, earned_; // of demands; by candidates at some prices
    std::vector<std::uint32_t> order_;              // candidates, the chosen ones in front
    std::vector<std::uint32_t> count_;
    std::vector<double> share_;
    std::int64_t bound_;
};

// Finds a better choice and a bound, round by round; the question alone decides how long one is.
class CoverProof {
public:
    // From a plan there is.
    CoverProof(const LocationProblem& problem, CoverQuestion question,
               std::span<const std::uint32_t> plan);
    // Goes on for one of kRounds rounds. Throws Cancelled; what was found and proven by then holds.
    static constexpr std::size_t kRounds = 4;
    void go_on(base::JobContext& ctx);
    std::size_t rounds() const { return round_; }
    // The best choice: places of the problem.
    std::vector<std::uint32_t> best() const;
    // No choice is worth more.
    std::int64_t bound() const { return bound_ - bound_ % question_.step; }
    bool proven() const { return question_.as_good(best_worth_, bound_); }
    const CoverQuestion& question() const { return question_; }
    // What is left after everything that was decided; its best choice, or this one, is the best.
    CoverQuestion rest() const;

private:
    void search(std::span<const std::uint32_t> core, std::uint64_t round, base::JobContext& ctx);
    void wander_about(CoverChoice& choice, std::span<const std::uint32_t> among,
                      std::uint64_t stream, base::JobContext& ctx);
    void keep(const CoverChoice& choice);

    const LocationProblem& problem_;
    CoverQuestion question_;
    std::vector<std::uint32_t> all_, best_; // candidates
    std::int64_t best_worth_ = 0, bound_;
    std::size_t round_ = 0;
    CoverRelaxation relaxation_;
};

} // namespace diaban::analysis
