// Whether p bases reach every place within a distance.
#include "analysis/centre_parts.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::analysis {
namespace {

constexpr std::size_t kReachSteps = 200, kReachRounds = 3; // of the relaxation
constexpr double kReachLength = 1.5;
constexpr std::size_t kReachPatience = 400;     // of the search for a choice
constexpr double kReachOpened = 0.5;            // a column above it is chosen
constexpr std::size_t kMostReachTerms = 60'000; // that CBC is asked about

// True where whoever reaches another demand reaches this one too; of equal ones the first stays.
std::vector<char> implied(const CoverQuestion& question) {
    std::vector<char> out(question.worth.size(), 0);
    for (std::uint32_t d = 0; d < out.size(); ++d) {
        if (out[d]) continue;
        const auto mine = question.reached_by.row(d);
        // What all of mine reach, the one with the shortest reach does.
        const auto least = *std::min_element(mine.begin(), mine.end(), [&](auto a, auto b) {
            return question.reach.row(a).size() < question.reach.row(b).size();
        });
        for (const auto other : question.reach.row(least)) {
            const auto theirs = question.reached_by.row(other);
            if (other == d || out[other] || theirs.size() < mine.size()) continue;
            if (std::includes(theirs.begin(), theirs.end(), mine.begin(), mine.end()))
                out[other] = 1;
        }
    }
    return out;
}

} // namespace

ReachQuestion::ReachQuestion(const LocationProblem& problem, double metres, base::JobContext& ctx)
    : problem_(problem) {
    std::vector<double> worth(problem.at.size(), 0);
    const auto needy = needy_places(problem);
    for (const auto place : needy) worth[place] = 1;
    left_ = cover_question(problem, worth, metres, ctx);
    // A place that nobody reaches is not counted.
    impossible_ = left_.total() < static_cast<std::int64_t>(needy.size()) << left_.scale;
    while (!impossible_ && tidy()) ctx.check();
}

// Takes away what decides nothing; whether there was something.
bool ReachQuestion::tidy() {
    const auto redundant = implied(left_);
    std::vector<std::uint32_t> only; // candidates that alone reach a demand
    bool found = false;
    for (std::size_t d = 0; d < redundant.size(); ++d) {
        if (redundant[d]) {
            left_.worth[d] = 0;
            found = true;
        } else if (left_.reached_by.row(d).size() == 1)
            only.push_back(left_.reached_by.row(d)[0]);
    }
    std::sort(only.begin(), only.end());
    only.erase(std::unique(only.begin(), only.end()), only.end());
    if (only.size() > left_.bases) {
        impossible_ = true;
        return false;
    }
    if (!found && only.empty()) return false;
    left_ = narrowed_question(left_, only, {});
    return !left_.worth.empty();
}

// Of places no two of which one candidate reaches each needs a base of its own.
bool ReachQuestion::too_many_apart() const {
    std::vector<std::uint32_t> order(left_.worth.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
        return left_.reached_by.row(a).size() < left_.reached_by.row(b).size();
    });
    std::vector<char> near(order.size(), 0);
    std::size_t apart = 0;
    for (const auto demand : order) {
        if (near[demand]) continue;
        ++apart;
        for (const auto c : left_.reached_by.row(demand))
            for (const auto other : left_.reach.row(c)) near[other] = 1;
    }
    return apart > left_.bases;
}

bool ReachQuestion::take_if_all(const CoverChoice& choice) {
    if (choice.worth() < left_.total()) return false;
    chosen_ = places_chosen(problem_, left_, choice.chosen());
    return true;
}

Within ReachQuestion::answer(base::JobContext& ctx) {
    if (impossible_) return Within::Impossible;
    for (std::size_t round = 0;; ++round) {
        if (left_.worth.empty()) {
            chosen_ = places_chosen(problem_, left_, {});
            return Within::Reached;
        }
        if (left_.bases == 0 || too_many_apart()) return Within::Impossible;
        std::vector<std::uint32_t> among(left_.candidates.size());
        std::iota(among.begin(), among.end(), 0u);
        CoverChoice choice(left_);
        choice.open_greedily(among, ctx);
        choice.climb(among, ctx);
        if (!take_if_all(choice)) choice.wander(among, kReachPatience, ctx);
        if (take_if_all(choice)) return Within::Reached;
        if (round == kReachRounds) return Within::Undecided;
        CoverRelaxation relaxation(left_);
        relaxation.run(kReachSteps, kReachLength, choice.worth(), ctx, [](std::size_t) {});
        if (relaxation.bound() < left_.total()) return Within::Impossible;
        const auto decided = relaxation.fixed(left_.total());
        if (decided.in.size() > left_.bases) return Within::Impossible;
        if (decided.in.empty() && decided.out.empty()) return Within::Undecided;
        const auto before = left_.total();
        left_ = narrowed_question(left_, decided.in, decided.out);
        if (left_.total() < before) return Within::Impossible; // what only those reached
        while (tidy()) ctx.check();
        if (impossible_) return Within::Impossible;
    }
}

Within ReachQuestion::prove(int node_limit, base::JobContext& ctx) {
    if (left_.reach.index.size() > kMostReachTerms) return Within::Undecided;
    // Exactly so many bases: the first answer is one, it need not be proven that fewer do not do.
    IntegerProgram program(false);
    for (std::size_t c = 0; c < left_.candidates.size(); ++c) program.add_column(1, 0, 1, true);
    for (std::size_t c = 0; c < left_.candidates.size(); ++c) program.add_term(c, 1);
    program.end_row(static_cast<double>(left_.bases), static_cast<double>(left_.bases));
    for (std::size_t d = 0; d < left_.worth.size(); ++d) {
        for (const auto c : left_.reached_by.row(d)) program.add_term(c, 1);
        program.end_row(1, IntegerProgram::kNoLimit);
    }
    const auto answer = solve(program, {}, node_limit, ctx);
    nodes_ += answer.nodes;
    if (answer.found) {
        std::vector<std::uint32_t> chosen;
        for (std::uint32_t c = 0; c < left_.candidates.size(); ++c)
            if (answer.x[c] > kReachOpened) chosen.push_back(c);
        chosen_ = places_chosen(problem_, left_, chosen);
        return Within::Reached;
    }
    return answer.infeasible ? Within::Impossible : Within::Undecided;
}

} // namespace diaban::analysis
