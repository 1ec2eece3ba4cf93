// The least radius: whether so many bases reach every place, against plain enumeration and against
// the covering as it stands, and plans that are not proven. And the search for the least way: no
// swap is left that helps.
#include "analysis/centre_parts.hpp"
#include "analysis/median_parts.hpp"
#include "towns.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

using namespace diaban;
using analysis::LocationGoal;
using analysis::LocationProblem;
using analysis::Within;

namespace {

LocationProblem places_for(LocationGoal goal, std::uint64_t seed, std::size_t count,
                           std::size_t p) {
    auto out = test::towns_and_villages(seed, count, p,
                                        [](double share) { return std::floor(1 + 200 * share); });
    out.goal = goal;
    return out;
}

// Written down from the definitions.
double nearest_of(const LocationProblem& problem, std::size_t place,
                  const std::vector<std::uint32_t>& chosen) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const auto base : chosen)
        nearest = std::min(nearest, problem.detour * problem.at.metres(place, base));
    return nearest;
}
double farthest_of(const LocationProblem& problem, const std::vector<std::uint32_t>& chosen) {
    double farthest = 0;
    for (std::size_t i = 0; i < problem.at.size(); ++i)
        if (problem.burden[i] > 0) farthest = std::max(farthest, nearest_of(problem, i, chosen));
    return farthest;
}
double way_to(const LocationProblem& problem, const std::vector<std::uint32_t>& chosen) {
    double sum = 0;
    for (std::size_t i = 0; i < problem.at.size(); ++i)
        if (problem.burden[i] > 0) sum += problem.burden[i] * nearest_of(problem, i, chosen);
    return sum;
}

double least_radius(const LocationProblem& problem) {
    const auto candidates = analysis::candidates_of(problem);
    std::vector<char> in(candidates.size(), 0);
    std::fill(in.end() - static_cast<std::ptrdiff_t>(problem.p), in.end(), 1);
    double best = std::numeric_limits<double>::infinity();
    do {
        std::vector<std::uint32_t> chosen;
        for (std::size_t c = 0; c < in.size(); ++c)
            if (in[c]) chosen.push_back(candidates[c]);
        if (std::includes(chosen.begin(), chosen.end(), problem.fixed.begin(), problem.fixed.end()))
            best = std::min(best, farthest_of(problem, chosen));
    } while (std::next_permutation(in.begin(), in.end()));
    return best;
}

std::set<double> distances_of(const LocationProblem& problem) {
    std::set<double> out;
    for (std::size_t i = 0; i < problem.at.size(); ++i)
        for (const auto c : analysis::candidates_of(problem))
            if (problem.burden[i] > 0) out.insert(problem.metres(i, c));
    return out;
}

} // namespace

TEST_CASE("every radius is answered as plain enumeration answers it") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        auto problem = places_for(LocationGoal::Centre, seed, 13, 3);
        if (seed % 3 == 1) problem.candidates = {0, 2, 3, 5, 7, 8, 9, 11};
        if (seed % 2 == 0) problem.fixed = {2};
        if (seed % 4 == 3) problem.detour = 1.3;
        const double least = least_radius(problem);
        base::JobContext ctx(1);
        for (const double metres : distances_of(problem)) {
            INFO(seed << ": " << metres << " of " << least);
            analysis::ReachQuestion question(problem, metres, ctx);
            auto within = question.answer(ctx);
            if (within == Within::Undecided) within = question.prove(1000, ctx);
            REQUIRE(within == (metres >= least ? Within::Reached : Within::Impossible));
            if (within == Within::Impossible) continue;
            CHECK(question.chosen().size() == problem.p);
            CHECK(farthest_of(problem, question.chosen()) <= metres);
        }
    }
}

TEST_CASE("below the least radius more bases are needed, as the covering itself says") {
    for (const std::size_t p : {5u, 12u}) {
        INFO(p << " bases");
        const auto problem = places_for(LocationGoal::Centre, p, 120, p);
        base::JobContext ctx(2);
        const auto plan = analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx);
        REQUIRE(plan.proven);
        CHECK(plan.objective == Approx(farthest_of(problem, plan.chosen)).epsilon(1e-12));
        const auto distances = distances_of(problem);
        const double less = *std::prev(distances.lower_bound(plan.objective));
        // Fewest bases that reach every place: nothing is taken away from it before.
        analysis::IntegerProgram program(false);
        for (std::size_t c = 0; c < problem.at.size(); ++c) program.add_column(1, 0, 1, true);
        for (std::size_t i = 0; i < problem.at.size(); ++i) {
            if (!(problem.burden[i] > 0)) continue;
            for (std::size_t c = 0; c < problem.at.size(); ++c)
                if (problem.metres(i, c) <= less) program.add_term(c, 1);
            program.end_row(1, analysis::IntegerProgram::kNoLimit);
        }
        const auto fewest = solve(program, {}, analysis::kNodeLimit, ctx);
        REQUIRE(fewest.proven);
        CHECK(fewest.objective > static_cast<double>(p) + 0.5);
    }
}

TEST_CASE("the least radius of a thousand communes and ten bases is proven") {
    const auto problem = places_for(LocationGoal::Centre, 1, 1000, 10);
    base::JobContext ctx(2);
    const auto plan = analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx);
    CHECK(plan.proven);
    CHECK(plan.bound == plan.objective);
    CHECK(plan.nodes < analysis::kNodeLimit);
    CHECK(plan.objective == Approx(farthest_of(problem, plan.chosen)).epsilon(1e-12));
}

TEST_CASE("a radius that is not proven comes with its gap, the same on any number of threads") {
    const auto problem = places_for(LocationGoal::Centre, 2, 1000, 40);
    const auto solved = [&](unsigned threads) {
        base::JobContext ctx(threads);
        return analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx, 0);
    };
    base::JobContext ctx(1);
    const auto first = analysis::first_plan(problem, ctx);
    const auto one = solved(1), other = solved(5);
    CHECK_FALSE(one.proven);
    CHECK_FALSE(one.stopped);
    CHECK(one.nodes == 0);
    CHECK(one.bound > first.bound);
    CHECK(one.objective < first.objective);
    CHECK(one.bound < one.objective);
    CHECK(gap(problem, one) < 0.15);
    CHECK(other.chosen == one.chosen);
    CHECK(other.bound == one.bound);
}

TEST_CASE("what the search for the least way ends with no swap makes better") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        INFO(seed);
        auto problem = places_for(LocationGoal::Median, seed, 150, seed == 6 ? 1 : 5);
        if (seed % 2 == 0) problem.candidates = {0, 5, 17, 33, 34, 60, 77, 80, 99, 120, 121, 149};
        if (seed % 3 == 2) problem.fixed = {17};
        if (seed == 4) problem.detour = 1.4;
        base::JobContext ctx(1);
        const auto candidates = analysis::candidates_of(problem);
        const auto chosen = analysis::median_interchange(problem, {}, candidates, ctx);
        REQUIRE(chosen.size() == problem.p);
        const double way = way_to(problem, chosen);
        for (std::size_t out = problem.fixed.size(); out < chosen.size(); ++out)
            for (const auto in : candidates) {
                if (std::find(chosen.begin(), chosen.end(), in) != chosen.end()) continue;
                auto swapped = chosen;
                swapped[out] = in;
                CHECK(way_to(problem, swapped) >= way * (1 - 2e-9));
            }
        for (const auto base : problem.fixed)
            CHECK(std::find(chosen.begin(), chosen.end(), base) != chosen.end());
    }
}

TEST_CASE("the first base of a search is the best single one") {
    auto problem = places_for(LocationGoal::Median, 9, 400, 1);
    base::JobContext ctx(1);
    const auto plan = analysis::first_plan(problem, ctx);
    REQUIRE(plan.chosen.size() == 1);
    for (std::uint32_t c = 0; c < problem.at.size(); ++c)
        CHECK(way_to(problem, {c}) >= plan.objective * (1 - 1e-12));
}

TEST_CASE("places that all lie at one point have a least way of nothing") {
    LocationProblem problem;
    problem.goal = LocationGoal::Median;
    problem.at = analysis::GroundPoints::from_plane(std::vector<geo::Point>(40, {3, 4}));
    problem.burden.assign(40, 1);
    problem.p = 2;
    base::JobContext ctx(1);
    CHECK(analysis::first_plan(problem, ctx).objective == 0);
}
