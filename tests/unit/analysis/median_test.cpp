// The proof of a median: its bound and what it decides against plain enumeration of every choice, a
// thousand communes to the end, the same on any number of threads, and stopped at once.
#include "analysis/median_parts.hpp"
#include "towns.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace diaban;
using analysis::LocationProblem;
using analysis::MedianProof;

namespace {

LocationProblem towns_and_villages(std::uint64_t seed, std::size_t count, std::size_t p,
                                   bool whole) {
    auto out = test::towns_and_villages(seed, count, p, [&](double share) {
        return whole ? std::floor(1 + 200 * share) : 67 * share;
    });
    out.goal = analysis::LocationGoal::Median;
    return out;
}

// Written down from the definition.
double way_of(const LocationProblem& problem, const std::vector<std::uint32_t>& chosen) {
    double sum = 0;
    for (std::size_t i = 0; i < problem.at.size(); ++i) {
        double nearest = std::numeric_limits<double>::infinity();
        for (const auto base : chosen)
            nearest = std::min(nearest, problem.detour * problem.at.metres(i, base));
        sum += problem.burden[i] * nearest;
    }
    return sum;
}

double least_way(const LocationProblem& problem) {
    const auto candidates = analysis::candidates_of(problem);
    std::vector<char> in(candidates.size(), 0);
    std::fill(in.end() - static_cast<std::ptrdiff_t>(problem.p), in.end(), 1);
    double best = std::numeric_limits<double>::infinity();
    do {
        std::vector<std::uint32_t> chosen;
        for (std::size_t c = 0; c < in.size(); ++c)
            if (in[c]) chosen.push_back(candidates[c]);
        if (std::includes(chosen.begin(), chosen.end(), problem.fixed.begin(), problem.fixed.end()))
            best = std::min(best, way_of(problem, chosen));
    } while (std::next_permutation(in.begin(), in.end()));
    return best;
}

// A start that is poor, so that the proof has to find the best by itself.
std::vector<std::uint32_t> poor_choice(const LocationProblem& problem) {
    auto out = problem.fixed;
    for (const auto row : analysis::candidates_of(problem))
        if (out.size() < problem.p && std::find(out.begin(), out.end(), row) == out.end())
            out.push_back(row);
    return out;
}

} // namespace

TEST_CASE("no choice has a shorter way than the bound, and the best is not decided away") {
    for (std::uint64_t seed = 1; seed <= 240; ++seed) {
        INFO("seed " << seed);
        auto problem = towns_and_villages(seed, 10 + seed % 5, 1 + seed % 4, seed % 3 != 0);
        if (seed % 4 == 1) problem.candidates = {0, 2, 3, 5, 7, 8, 9};
        if (seed % 5 == 0) problem.fixed = {2};
        if (seed % 7 == 0) problem.detour = 1.3;
        base::JobContext ctx(1);
        const double best = least_way(problem);
        const auto start = poor_choice(problem);
        // At any prices, and with few steps, the bound is one and what it decides is right.
        const auto needy = analysis::needy_places(problem);
        const auto table =
            analysis::median_table(problem, analysis::candidates_of(problem), problem.fixed, ctx);
        const auto in_units = [&](double way) { return std::ldexp(way, table.scale); };
        for (const std::size_t steps : {1u, 7u, 60u}) {
            std::vector<std::int64_t> price;
            for (std::size_t i = 0; i < needy.size(); ++i)
                price.push_back(analysis::median_cost(
                    problem, needy[i], start[(seed + i) % start.size()], table.scale));
            analysis::MedianRelaxation relaxation(problem, table, price);
            analysis::MedianBest known{start,
                                       static_cast<std::int64_t>(in_units(way_of(problem, start)))};
            relaxation.run(steps, 1, known, ctx, [](std::int64_t) {});
            CHECK(static_cast<double>(relaxation.bound()) <= in_units(best) * (1 + 1e-12));
            CHECK(way_of(problem, known.chosen) ==
                  Approx(std::ldexp(static_cast<double>(known.cost), -table.scale)).epsilon(1e-9));
            const auto decided = relaxation.fixed(known.enough());
            const auto left = analysis::narrowed_table(table, decided.in, decided.out);
            auto rest = problem;
            rest.candidates = left.candidates;
            rest.fixed.clear();
            for (std::size_t c = 0; c < left.candidates.size(); ++c)
                if (left.settled[c]) rest.fixed.push_back(left.candidates[c]);
            const double of_rest = left.candidates.size() < rest.p || rest.fixed.size() > rest.p
                                       ? best * 2
                                       : least_way(rest);
            CHECK(std::min(of_rest, way_of(problem, known.chosen)) == Approx(best).epsilon(1e-8));
        }
        MedianProof proof(problem, start, 2000);
        CHECK(proof.bound() <= best * (1 + 1e-12));
        proof.run(ctx);
        CHECK(proof.proven());
        CHECK(proof.best().size() == problem.p);
        CHECK(proof.bound() <= best * (1 + 1e-12));
        CHECK(way_of(problem, proof.best()) == Approx(best).epsilon(1e-8));
    }
}

TEST_CASE("a place whose bases are all farther than its list still pays its way") {
    auto problem = towns_and_villages(3, 700, 60, true);
    base::JobContext ctx(1);
    // All bases at one end: most places find none of them among their nearest candidates.
    const auto start = poor_choice(problem);
    MedianProof proof(problem, start, 0);
    const double way = way_of(problem, start);
    CHECK(proof.bound() >= 0);
    proof.run(ctx);
    const double found = way_of(problem, proof.best());
    CHECK(found < way);
    CHECK(proof.bound() <= found * (1 + 1e-12));
    CHECK(proof.bound() >= 0.99 * found);
}

TEST_CASE("the median of a thousand communes is proven") {
    for (const std::size_t p : {10u, 40u}) {
        INFO(p << " bases");
        const auto problem = towns_and_villages(p, 1000, p, true);
        base::JobContext ctx(2);
        const auto plan = analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx);
        CHECK(plan.proven);
        CHECK(plan.bound == plan.objective);
        CHECK(plan.objective == Approx(way_of(problem, plan.chosen)).epsilon(1e-12));
    }
}

TEST_CASE("plan and bound of a median that is not proven are the same on any number of threads") {
    const auto problem = towns_and_villages(4, 400, 12, false);
    const auto solved = [&](unsigned threads) {
        base::JobContext ctx(threads);
        return analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx, 2);
    };
    const auto one = solved(1);
    CHECK(one.nodes <= 2);
    for (const unsigned threads : {2u, 7u}) {
        const auto other = solved(threads);
        CHECK(other.chosen == one.chosen);
        CHECK(other.objective == one.objective);
        CHECK(other.bound == one.bound);
        CHECK(other.nodes == one.nodes);
    }
}

TEST_CASE("a median that is stopped keeps what was found and proven") {
    const auto problem = towns_and_villages(5, 1000, 12, true);
    base::JobContext quiet(1);
    const auto first = analysis::first_plan(problem, quiet);
    std::atomic<int> told = 0;
    base::JobContext* running = nullptr;
    base::JobContext ctx(1, [&](std::string_view stage, double fraction) {
        if (stage != "stage.patrol_exact" || fraction <= 0) return;
        if (++told == 3) running->cancel();
    });
    running = &ctx;
    const auto plan = analysis::exact_plan(problem, first, ctx);
    CHECK(told >= 3);
    CHECK(plan.stopped);
    CHECK_FALSE(plan.proven);
    CHECK(plan.objective <= first.objective);
    CHECK(plan.bound > first.bound);
    CHECK(plan.bound <= plan.objective);
}

TEST_CASE("medians of whole countries count in numbers that do not overflow") {
    // Burdens far apart in size, and distances of a continent.
    for (const double scale : {1e-6, 1.0, 1e12}) {
        INFO(scale);
        auto problem = towns_and_villages(6, 30, 2, false);
        for (auto& burden : problem.burden) burden *= scale;
        problem.detour = 1000;
        base::JobContext ctx(1);
        const auto plan = analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx);
        CHECK(plan.proven);
        CHECK(plan.objective == Approx(least_way(problem)).epsilon(1e-8));
    }
}
