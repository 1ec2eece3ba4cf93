// The best plan and the proof that none is better.
#include "analysis/centre_parts.hpp"
#include "analysis/cover_parts.hpp"
#include "analysis/median_parts.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::analysis {
namespace {

constexpr double kNoUpper = IntegerProgram::kNoLimit;
constexpr double kOpened = 0.5; // a column of a base above it is chosen
// Terms of the rest of a covering beyond which it is not handed on: the first linear program alone
// would take minutes.
constexpr std::size_t kMostCoverTerms = 30'000;

// The first columns: one per candidate, p of them chosen, the fixed ones always.
void add_bases(IntegerProgram& program, const LocationProblem& problem,
               std::span<const std::uint32_t> candidates) {
    for (const auto row : candidates) {
        const bool fixed =
            std::find(problem.fixed.begin(), problem.fixed.end(), row) != problem.fixed.end();
        program.add_column(0, fixed ? 1 : 0, 1, true);
    }
}

void choose_p(IntegerProgram& program, const LocationProblem& problem, std::size_t candidates) {
    for (std::size_t c = 0; c < candidates; ++c) program.add_term(c, 1);
    program.end_row(static_cast<double>(problem.p), static_cast<double>(problem.p));
}

bool holds(const std::vector<std::uint32_t>& sorted, std::uint32_t row) {
    return std::binary_search(sorted.begin(), sorted.end(), row);
}

// A better plan takes the place of the one there is; what was proven and counted stays.
void improve(const LocationProblem& problem, LocationPlan& plan, LocationPlan next) {
    const bool better = problem.goal == LocationGoal::Cover ? next.objective > plan.objective
                                                            : next.objective < plan.objective;
    if (!better) return;
    next.bound = plan.bound;
    next.stopped = plan.stopped;
    next.nodes = plan.nodes;
    plan = std::move(next);
}

// ---- Cover
struct CoverProgram {
    IntegerProgram program{true};
    std::vector<std::uint32_t> places; // one per column after the bases
};

CoverProgram cover_program(const LocationProblem& problem,
                           std::span<const std::uint32_t> candidates, base::JobContext& ctx) {
    CoverProgram out;
    const auto reach = turned(reach_of(problem, candidates, problem.radius_m, ctx),
                              problem.at.size()); // candidates by place
    add_bases(out.program, problem, candidates);
    choose_p(out.program, problem, candidates.size());
    for (std::size_t place = 0; place < problem.at.size(); ++place) {
        if (reach.row(place).empty()) continue;
        // Covered at most if one of those that reach it is chosen. Need not be whole: it will be.
        const auto covered = out.program.add_column(problem.burden[place], 0, 1, false);
        for (const auto c : reach.row(place)) out.program.add_term(c, 1);
        out.program.add_term(covered, -1);
        out.program.end_row(0, kNoUpper);
        out.places.push_back(static_cast<std::uint32_t>(place));
    }
    return out;
}

// What is left of a covering; the last column is what is settled, and always 1.
IntegerProgram rest_program(const CoverQuestion& rest) {
    IntegerProgram program(true);
    for (std::size_t c = 0; c < rest.candidates.size(); ++c) program.add_column(0, 0, 1, true);
    for (std::size_t c = 0; c < rest.candidates.size(); ++c) program.add_term(c, 1);
    program.end_row(0, static_cast<double>(rest.bases));
    for (std::size_t d = 0; d < rest.worth.size(); ++d) {
        const auto covered = program.add_column(rest.burden_of(rest.worth[d]), 0, 1, false);
        for (const auto c : rest.reached_by.row(d)) program.add_term(c, 1);
        program.add_term(covered, -1);
        program.end_row(0, kNoUpper);
    }
    program.add_column(rest.burden_of(rest.settled_worth), 1, 1, false);
    return program;
}

// The choice as columns of the program; nothing if it is none of its answers.
std::vector<double> rest_start(const CoverQuestion& rest,
                               const std::vector<std::uint32_t>& chosen) {
    std::vector<double> out;
    std::size_t known = rest.settled.size();
    for (const auto row : rest.settled)
        if (!holds(chosen, row)) return {};
    for (const auto row : rest.candidates) {
        out.push_back(holds(chosen, row) ? 1 : 0);
        known += holds(chosen, row);
    }
    if (known < std::min(chosen.size(), rest.settled.size() + rest.candidates.size())) return {};
    for (std::size_t d = 0; d < rest.worth.size(); ++d) {
        const auto by = rest.reached_by.row(d);
        out.push_back(std::any_of(by.begin(), by.end(), [&](auto c) { return out[c] > 0; }) ? 1
                                                                                            : 0);
    }
    out.push_back(1);
    return out;
}

void prove_rest(const LocationProblem& problem, const CoverQuestion& rest, LocationPlan& plan,
                int node_limit, base::JobContext& ctx) {
    if (rest.bases == 0 || rest.worth.empty()) { // nothing is left to decide
        improve(problem, plan, evaluated(problem, places_chosen(problem, rest, {})));
        plan.proven = true;
        plan.bound = plan.objective;
        return;
    }
    const auto answer = solve(rest_program(rest), rest_start(rest, plan.chosen), node_limit, ctx);
    plan.nodes += answer.nodes;
    plan.stopped = answer.stopped;
    if (answer.found) {
        std::vector<std::uint32_t> chosen;
        for (std::uint32_t c = 0; c < rest.candidates.size(); ++c)
            if (answer.x[c] > kOpened) chosen.push_back(c);
        improve(problem, plan, evaluated(problem, places_chosen(problem, rest, chosen)));
    }
    // Either the best is left in the rest, or it is the plan.
    if (!answer.infeasible)
        plan.bound = std::min(plan.bound, std::max(plan.objective, answer.bound));
    if (answer.infeasible || answer.proven) {
        plan.proven = true;
        plan.bound = plan.objective;
    }
}

void prove_cover(const LocationProblem& problem, LocationPlan& plan, int node_limit,
                 base::JobContext& ctx) {
    CoverProof proof(problem, cover_question(problem, problem.burden, problem.radius_m, ctx),
                     plan.chosen);
    const auto take = [&] { // also of what was found and proven when it was cancelled
        improve(problem, plan, evaluated(problem, proof.best()));
        const auto bound = proof.question().burden_of(proof.bound());
        plan.bound = std::max(plan.objective, std::min(plan.bound, bound));
        plan.proven = proof.proven();
        if (plan.proven) plan.bound = plan.objective;
    };
    try {
        while (!proof.proven() && proof.rounds() < CoverProof::kRounds) {
            proof.go_on(ctx);
            if (proof.proven() || proof.rest().reach.index.size() <= kMostCoverTerms) break;
        }
    } catch (const base::Cancelled&) {
        plan.stopped = true;
    }
    take();
    if (plan.proven || plan.stopped) return;
    const auto rest = proof.rest();
    if (rest.reach.index.size() <= kMostCoverTerms)
        prove_rest(problem, rest, plan, node_limit, ctx);
}

// ---- Median
// Of one place: the distances at which candidates lie, ascending, and which do.
struct Ring {
    double metres = 0;
    std::vector<std::size_t> candidates; // positions
};

std::vector<Ring> rings_of(const LocationProblem& problem,
                           std::span<const std::uint32_t> candidates, std::uint32_t place) {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t c = 0; c < candidates.size(); ++c)
        order.emplace_back(problem.metres(place, candidates[c]), c);
    std::sort(order.begin(), order.end());
    std::vector<Ring> out;
    for (const auto& [metres, c] : order) {
        if (out.empty() || metres > out.back().metres) out.push_back({metres, {}});
        out.back().candidates.push_back(c);
    }
    return out;
}

// Every place pays the way to its first ring, and from ring to ring as long as no base lies in
// those before (Cornuéjols, Nemhauser & Wolsey 1980).
IntegerProgram median_program(const LocationProblem& problem,
                              std::span<const std::uint32_t> candidates) {
    IntegerProgram program(false);
    add_bases(program, problem, candidates);
    choose_p(program, problem, candidates.size());
    double least = 0;
    for (const auto place : needy_places(problem)) {
        const auto rings = rings_of(problem, candidates, place);
        least += problem.burden[place] * rings.front().metres;
        // Column k is 1 if no base lies in the rings up to k; the way to the next ring is added.
        std::optional<std::size_t> before;
        for (std::size_t k = 0; k + 1 < rings.size(); ++k) {
            const double more = rings[k + 1].metres - rings[k].metres;
            const auto column = program.add_column(problem.burden[place] * more, 0, 1, false);
            program.add_term(column, 1);
            for (const auto c : rings[k].candidates) program.add_term(c, 1);
            if (before) program.add_term(*before, -1);
            program.end_row(before ? 0 : 1, kNoUpper);
            before = column;
        }
    }
    // What every place costs at least, on a column that is always 1.
    program.add_column(least, 1, 1, false);
    return program;
}

void prove_median(const LocationProblem& problem, LocationPlan& plan, int node_limit,
                  base::JobContext& ctx) {
    MedianProof proof(problem, plan.chosen, static_cast<std::uint64_t>(node_limit));
    try {
        proof.run(ctx);
    } catch (const base::Cancelled&) {
        plan.stopped = true; // what was found and proven by then holds
    }
    improve(problem, plan, evaluated(problem, proof.best()));
    plan.nodes += proof.nodes();
    plan.bound = std::min(plan.objective, std::max(plan.bound, proof.bound()));
    plan.proven = proof.proven();
    if (plan.proven) plan.bound = plan.objective;
}

// ---- Centre
// The next longer distance between a place and a candidate.
double next_distance(const LocationProblem& problem, std::span<const std::uint32_t> candidates,
                     double metres) {
    double next = kNoUpper;
    for (const auto place : needy_places(problem))
        for (const auto row : candidates)
            if (const double d = problem.metres(place, row); d > metres && d < next) next = d;
    return next;
}

// Halves the radii between what is impossible and what is reached. One that stays undecided leaves
// a gap: below it the bound is raised further, above it a better plan may be found.
void prove_centre(const LocationProblem& problem, LocationPlan& plan, int node_limit,
                  base::JobContext& ctx) {
    constexpr int kMostUndecided = 8;
    constexpr double kFineGap = 1e-3; // of the radius, above an undecided one
    const auto candidates = candidates_of(problem);
    double undecided = kNoUpper; // the least of these radii
    const auto asked = [&](double metres, bool thoroughly) {
        ReachQuestion question(problem, metres, ctx);
        auto within = question.answer(ctx);
        const auto nodes_left = node_limit - static_cast<int>(plan.nodes); // of all radii together
        if (within == Within::Undecided && thoroughly && nodes_left > 0)
            within = question.prove(nodes_left, ctx);
        plan.nodes += question.nodes();
        if (within == Within::Undecided) ctx.check(); // it may have been stopped
        if (within == Within::Reached)
            improve(problem, plan, evaluated(problem, question.chosen()));
        if (within == Within::Impossible)
            plan.bound = std::max(
                plan.bound, std::min(plan.objective, next_distance(problem, candidates, metres)));
        return within;
    };
    for (int count = 0; count < kMostUndecided;) {
        ctx.check();
        const double top = std::min(undecided, plan.objective);
        const double middle = plan.bound + (top - plan.bound) / 2;
        if (!(plan.bound < top) || !(middle < top)) break;
        if (asked(middle, true) != Within::Undecided) continue;
        undecided = middle;
        ++count;
    }
    plan.proven = plan.bound >= plan.objective || undecided == kNoUpper;
    if (plan.proven) plan.bound = plan.objective;
    for (double least = undecided; plan.objective - least > kFineGap * plan.objective;) {
        ctx.check();
        const double middle = least + (plan.objective - least) / 2;
        if (asked(middle, false) != Within::Reached) least = middle;
    }
}

} // namespace

LocationPlan exact_plan(const LocationProblem& problem, LocationPlan first, base::JobContext& ctx,
                        int node_limit) {
    if (first.proven) return first;
    try {
        ctx.stage("stage.patrol_exact");
        switch (problem.goal) {
        case LocationGoal::Cover:
            prove_cover(problem, first, node_limit, ctx);
            break;
        case LocationGoal::Median:
            prove_median(problem, first, node_limit, ctx);
            break;
        case LocationGoal::Centre:
            prove_centre(problem, first, node_limit, ctx);
            break;
        }
    } catch (const base::Cancelled&) {
        first.stopped = true; // what was found and proven by then holds
    }
    return first;
}

IntegerProgram whole_program(const LocationProblem& problem) {
    base::JobContext ctx(1);
    const auto candidates = candidates_of(problem);
    if (problem.goal == LocationGoal::Cover) return cover_program(problem, candidates, ctx).program;
    if (problem.goal == LocationGoal::Median) return median_program(problem, candidates);
    // min z; every place belongs to one chosen base; z is at least as far as any.
    IntegerProgram program(false);
    add_bases(program, problem, candidates);
    choose_p(program, problem, candidates.size());
    const auto farthest = program.add_column(1, 0, kNoUpper, false);
    for (const auto place : needy_places(problem)) {
        std::vector<std::size_t> belongs;
        for (std::size_t c = 0; c < candidates.size(); ++c)
            belongs.push_back(program.add_column(0, 0, 1, true));
        for (std::size_t c = 0; c < candidates.size(); ++c) {
            program.add_term(belongs[c], -1);
            program.add_term(c, 1);
            program.end_row(0, kNoUpper);
        }
        for (const auto column : belongs) program.add_term(column, 1);
        program.end_row(1, 1);
        program.add_term(farthest, 1);
        for (std::size_t c = 0; c < candidates.size(); ++c)
            program.add_term(belongs[c], -problem.metres(place, candidates[c]));
        program.end_row(0, kNoUpper);
    }
    return program;
}

} // namespace diaban::analysis
