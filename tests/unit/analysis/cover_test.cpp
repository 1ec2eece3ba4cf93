// The proof of a covering: its bound against plain enumeration of every choice, the same on any
// number of threads, small for a country, and stopped at once.
#include "analysis/cover_parts.hpp"
#include "towns.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <thread>

using namespace diaban;
using analysis::CoverProof;
using analysis::LocationProblem;

namespace {

enum class Burdens { Whole, One, Broken };

LocationProblem clumped_places(std::uint64_t seed, std::size_t count, std::size_t p,
                               double radius_m, Burdens burdens) {
    auto out = test::towns_and_villages(seed, count, p, [&](double share) {
        return burdens == Burdens::One     ? 1
               : burdens == Burdens::Whole ? std::floor(1 + 200 * share)
                                           : 200 * share / 3;
    });
    out.radius_m = radius_m;
    return out;
}

// Written down from the definition.
double covered_by(const LocationProblem& problem, const std::vector<std::uint32_t>& chosen) {
    double sum = 0;
    for (std::size_t i = 0; i < problem.at.size(); ++i)
        if (std::any_of(chosen.begin(), chosen.end(), [&](auto base) {
                return problem.detour * problem.at.metres(i, base) <= problem.radius_m;
            }))
            sum += problem.burden[i];
    return sum;
}

double most_covered(const LocationProblem& problem) {
    const auto candidates = analysis::candidates_of(problem);
    std::vector<char> in(candidates.size(), 0);
    std::fill(in.end() - static_cast<std::ptrdiff_t>(problem.p), in.end(), 1);
    double best = -1;
    do {
        std::vector<std::uint32_t> chosen;
        for (std::size_t c = 0; c < in.size(); ++c)
            if (in[c]) chosen.push_back(candidates[c]);
        if (std::includes(chosen.begin(), chosen.end(), problem.fixed.begin(), problem.fixed.end()))
            best = std::max(best, covered_by(problem, chosen));
    } while (std::next_permutation(in.begin(), in.end()));
    return best;
}

CoverProof proof_of(const LocationProblem& problem, base::JobContext& ctx) {
    return {problem, analysis::cover_question(problem, problem.burden, problem.radius_m, ctx),
            analysis::first_plan(problem, ctx).chosen};
}

} // namespace

TEST_CASE("no choice covers more than the bound, and the best is not decided away") {
    for (std::uint64_t seed = 1; seed <= 240; ++seed) {
        auto problem = clumped_places(seed, 10 + seed % 5, 1 + seed % 4,
                                      4000 + 1500 * static_cast<double>(seed % 6),
                                      static_cast<Burdens>(seed % 3));
        if (seed % 4 == 1) problem.candidates = {0, 2, 3, 5, 7, 8, 9};
        if (seed % 5 == 0) problem.fixed = {2};
        if (seed % 7 == 0) problem.detour = 1.3;
        INFO("seed " << seed);
        base::JobContext ctx(1);
        const double best = most_covered(problem);
        auto proof = proof_of(problem, ctx);
        const auto& question = proof.question();
        CHECK(question.burden_of(question.total()) >= best * (1 - 1e-15));
        proof.go_on(ctx);
        CHECK(question.burden_of(proof.bound()) >= best * (1 - 1e-15));
        const auto found = proof.best();
        CHECK(found.size() == problem.p);
        CHECK(covered_by(problem, found) <= best * (1 + 1e-15));
        if (proof.proven()) CHECK(covered_by(problem, found) == Approx(best).epsilon(1e-8));
        // The best choice, if it is better than the one found, lies in what is left.
        auto left = problem;
        const auto rest = proof.rest();
        left.candidates = rest.candidates;
        left.candidates.insert(left.candidates.end(), rest.settled.begin(), rest.settled.end());
        std::sort(left.candidates.begin(), left.candidates.end());
        left.fixed = rest.settled;
        left.p = std::min(problem.p, left.candidates.size());
        const double of_rest = left.candidates.empty() ? 0 : most_covered(left);
        CHECK(std::max(of_rest, covered_by(problem, found)) == Approx(best).epsilon(1e-8));
        // And the whole search ends there.
        const auto plan = analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx);
        CHECK(plan.proven);
        CHECK(plan.chosen.size() == problem.p);
        CHECK(plan.objective == Approx(best).epsilon(1e-8));
    }
}

TEST_CASE("plan and bound of a large covering are the same on any number of threads") {
    const auto problem = clumped_places(3, 1500, 40, 9000, Burdens::Whole);
    const auto solved = [&](unsigned threads) {
        base::JobContext ctx(threads);
        return analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx);
    };
    const auto one = solved(1);
    for (const unsigned threads : {2u, 7u}) {
        const auto other = solved(threads);
        CHECK(other.chosen == one.chosen);
        CHECK(other.objective == one.objective);
        CHECK(other.bound == one.bound);
        CHECK(other.proven == one.proven);
        CHECK(other.nodes == one.nodes);
    }
}

TEST_CASE("the gap of a covering of thousands is below one percent after the first round") {
    const auto problem = clumped_places(5, 3000, 60, 11'000, Burdens::Whole);
    base::JobContext ctx(2);
    const auto first = analysis::first_plan(problem, ctx);
    auto proof = proof_of(problem, ctx);
    proof.go_on(ctx);
    const double bound = proof.question().burden_of(proof.bound());
    const double found = covered_by(problem, proof.best());
    CHECK(found >= first.objective);
    CHECK(found <= bound);
    CHECK(bound - found < 0.01 * bound);
    CHECK(bound < 0.9 * first.bound); // the trivial one
}

TEST_CASE("a covering that is cancelled keeps what was found and proven by then") {
    const auto problem = clumped_places(5, 3000, 60, 11'000, Burdens::Whole);
    std::atomic<base::JobContext*> running = nullptr;
    base::JobContext ctx(1, [&](std::string_view stage, double fraction) {
        if (stage == "stage.patrol_exact" && fraction > 0.02) running.load()->cancel();
    });
    running = &ctx;
    const auto first = analysis::first_plan(problem, ctx);
    const auto plan = analysis::exact_plan(problem, first, ctx);
    CHECK(plan.stopped);
    CHECK_FALSE(plan.proven);
    CHECK(plan.objective >= first.objective);
    CHECK(plan.bound >= plan.objective);
    CHECK(plan.bound < 0.9 * first.bound);
}

TEST_CASE("a program is stopped in the middle of its first linear program") {
    // Alone it takes minutes.
    const auto problem = clumped_places(7, 4000, 70, 14'000, Burdens::Whole);
    const auto program = analysis::whole_program(problem);
    base::JobContext ctx(1);
    std::chrono::steady_clock::time_point asked;
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        asked = std::chrono::steady_clock::now();
        ctx.cancel();
    });
    const auto answer = analysis::solve(program, {}, analysis::kNodeLimit, ctx);
    const auto ended = std::chrono::steady_clock::now();
    stopper.join();
    CHECK(answer.stopped);
    CHECK_FALSE(answer.proven);
    CHECK_FALSE(answer.infeasible);
    CHECK(std::chrono::duration<double>(ended - asked).count() < 30); // on a busy machine
}
