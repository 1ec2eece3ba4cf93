// Covering, median and centre: against plain enumeration of every choice, against CBC's own command
// line on the exported program, and the same on any number of threads.
#include "analysis/location.hpp"

#include "base/error.hpp"
#include "support/process.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>

using namespace diaban;
using analysis::LocationGoal;
using analysis::LocationPlan;
using analysis::LocationProblem;

namespace {

constexpr LocationGoal kGoals[] = {LocationGoal::Cover, LocationGoal::Median, LocationGoal::Centre};

// Random places of a density of one to 25 km², with whole burdens, a tenth of them 0.
LocationProblem random_places(std::uint64_t seed, std::size_t count, std::size_t p,
                              double radius_m) {
    std::mt19937_64 random(seed);
    const auto even = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    const double side = 5000 * std::sqrt(static_cast<double>(count));
    std::vector<geo::Point> at;
    LocationProblem out;
    for (std::size_t i = 0; i < count; ++i) {
        at.push_back({side * even(), side * even()});
        out.burden.push_back(even() < 0.1 ? 0 : std::floor(1 + 200 * even()));
    }
    out.at = analysis::GroundPoints::from_plane(at);
    out.p = p;
    out.radius_m = radius_m;
    return out;
}

// What a choice is worth, written down from the definitions.
double worth_of(const LocationProblem& problem, const std::vector<std::uint32_t>& chosen) {
    double within = 0, travelled = 0, farthest = 0;
    for (std::size_t i = 0; i < problem.at.size(); ++i) {
        double nearest = std::numeric_limits<double>::infinity();
        for (const auto base : chosen)
            nearest = std::min(nearest, problem.detour * problem.at.metres(i, base));
        if (problem.burden[i] <= 0) continue;
        if (nearest <= problem.radius_m) within += problem.burden[i];
        travelled += problem.burden[i] * nearest;
        farthest = std::max(farthest, nearest);
    }
    return problem.goal == LocationGoal::Cover    ? within
           : problem.goal == LocationGoal::Median ? travelled
                                                  : farthest;
}

// The best of all choices of p candidates that hold the fixed ones.
double enumerated(const LocationProblem& problem) {
    const auto candidates = analysis::candidates_of(problem);
    std::vector<char> in(candidates.size(), 0);
    std::fill(in.end() - static_cast<std::ptrdiff_t>(problem.p), in.end(), 1);
    const bool most = problem.goal == LocationGoal::Cover;
    double best = most ? -1 : std::numeric_limits<double>::infinity();
    do {
        std::vector<std::uint32_t> chosen;
        for (std::size_t c = 0; c < in.size(); ++c)
            if (in[c]) chosen.push_back(candidates[c]);
        if (!std::includes(chosen.begin(), chosen.end(), problem.fixed.begin(),
                           problem.fixed.end()))
            continue;
        const double worth = worth_of(problem, chosen);
        best = most ? std::max(best, worth) : std::min(best, worth);
    } while (std::next_permutation(in.begin(), in.end()));
    return best;
}

LocationPlan solved(const LocationProblem& problem, unsigned threads = 1) {
    base::JobContext ctx(threads);
    return analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx);
}

void check_bound(const LocationProblem& problem, const LocationPlan& plan) {
    const double slack = 1e-9 * std::max(1.0, plan.objective);
    if (problem.goal == LocationGoal::Cover)
        CHECK(plan.bound >= plan.objective - slack);
    else
        CHECK(plan.bound <= plan.objective + slack);
}

} // namespace

TEST_CASE("the exact plan is the best of all choices") {
    for (const auto goal : kGoals)
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            INFO(to_string(goal) << " " << seed);
            auto problem = random_places(seed, 12, 3, 7000);
            problem.goal = goal;
            if (seed % 3 == 1) problem.candidates = {0, 2, 3, 5, 7, 8, 9, 11};
            if (seed % 2 == 0) problem.fixed = {2};
            if (seed % 4 == 3) problem.detour = 1.3;
            const auto plan = solved(problem);
            CHECK(plan.proven);
            CHECK_FALSE(plan.stopped);
            CHECK(plan.chosen.size() == 3);
            CHECK(std::is_sorted(plan.chosen.begin(), plan.chosen.end()));
            CHECK(plan.objective == Approx(enumerated(problem)).epsilon(1e-9));
            CHECK(plan.objective == Approx(worth_of(problem, plan.chosen)).epsilon(1e-12));
            CHECK(plan.bound == plan.objective);
            CHECK(analysis::gap(problem, plan) == 0);
        }
}

TEST_CASE("a first plan is possible, and its bound is one") {
    for (const auto goal : kGoals)
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            INFO(to_string(goal) << " " << seed);
            auto problem = random_places(seed, 150, 8, 9000);
            problem.goal = goal;
            problem.fixed = {17};
            base::JobContext ctx(2);
            const auto plan = analysis::first_plan(problem, ctx);
            CHECK(plan.chosen.size() == 8);
            CHECK(std::binary_search(plan.chosen.begin(), plan.chosen.end(), 17u));
            CHECK(std::adjacent_find(plan.chosen.begin(), plan.chosen.end()) == plan.chosen.end());
            check_bound(problem, plan);
            const auto best = solved(problem);
            CHECK(best.proven);
            if (goal == LocationGoal::Cover) {
                CHECK(best.objective >= plan.objective);
                CHECK(plan.objective >= 0.63 * best.objective); // 1 - 1/e of greedy alone
                CHECK(plan.bound >= best.objective);
            } else {
                CHECK(best.objective <= plan.objective);
                CHECK(plan.bound <= best.objective);
            }
        }
}

TEST_CASE("four places on a line, by hand") {
    // Burden 10 at 0, 1 at 4 km, 1 at 5 km, 10 at 9 km.
    LocationProblem problem;
    const std::vector<geo::Point> at{{0, 0}, {4000, 0}, {5000, 0}, {9000, 0}};
    problem.at = analysis::GroundPoints::from_plane(at);
    problem.burden = {10, 1, 1, 10};
    problem.radius_m = 4000;
    // One base: at 4 km it covers 0, 4 and 5 km; at 5 km all but the first. Equal: the lower row.
    auto plan = solved(problem);
    CHECK(plan.chosen == std::vector<std::uint32_t>{1});
    CHECK(plan.objective == 12);
    problem.goal = LocationGoal::Median; // at 4 km: 40 + 0 + 1 + 50 = 91 thousand
    plan = solved(problem);
    CHECK(plan.objective == Approx(91000));
    problem.p = 2; // both ends: 0 + 4 + 4 + 0
    plan = solved(problem);
    CHECK(plan.chosen == std::vector<std::uint32_t>{0, 3});
    CHECK(plan.objective == Approx(8000));
    CHECK(plan.base_of == std::vector<std::uint32_t>{0, 0, 3, 3});
    problem.goal = LocationGoal::Centre;
    CHECK(solved(problem).objective == Approx(4000));
    problem.p = 1;
    CHECK(solved(problem).objective == Approx(5000));
}

TEST_CASE("distances are those of the ellipsoid") {
    // One and ten degrees of the equator, and of the meridian from it (WGS 84: 110,574.389 m).
    const std::vector<geo::Point> at{{105, 0}, {106, 0}, {115, 0}, {105, 1}};
    const auto points = analysis::GroundPoints::from_degrees(at);
    CHECK(points.metres(0, 1) == Approx(111319.491).epsilon(1e-6));
    CHECK(points.metres(0, 2) == Approx(1113194.908).epsilon(1e-5));
    CHECK(points.metres(0, 3) == Approx(110574.389).epsilon(1e-6));
    CHECK(points.metres(3, 3) == 0);
}

TEST_CASE("plans are the same on any number of threads") {
    for (const auto goal : kGoals) {
        INFO(to_string(goal));
        auto problem = random_places(5, 156, 9, 10000);
        problem.goal = goal;
        const auto one = solved(problem, 1);
        for (const unsigned threads : {2u, 7u}) {
            const auto other = solved(problem, threads);
            CHECK(other.chosen == one.chosen);
            CHECK(other.base_of == one.base_of);
            CHECK(other.objective == one.objective);
            CHECK(other.bound == one.bound);
        }
    }
}

TEST_CASE("a search that is cancelled keeps the first plan and says so") {
    auto problem = random_places(3, 156, 9, 8000);
    for (const auto goal : kGoals) {
        INFO(to_string(goal));
        problem.goal = goal;
        base::JobContext ctx(1);
        const auto first = analysis::first_plan(problem, ctx);
        REQUIRE_FALSE(first.proven);
        ctx.cancel();
        const auto plan = analysis::exact_plan(problem, first, ctx);
        CHECK(plan.stopped);
        CHECK_FALSE(plan.proven);
        CHECK(plan.chosen == first.chosen);
    }
}

TEST_CASE("impossible problems are refused with the reason") {
    base::JobContext ctx(1);
    const auto refused = [&](const LocationProblem& problem, const char* key) {
        try {
            analysis::first_plan(problem, ctx);
            FAIL("accepted, not " << key);
        } catch (const base::Error& error) {
            CHECK(error.message.key == key);
        }
    };
    auto problem = random_places(1, 5, 6, 1000);
    refused(problem, "error.patrol.bases");
    problem.p = 0;
    refused(problem, "error.patrol.bases");
    problem.p = 1;
    problem.fixed = {0, 1};
    refused(problem, "error.patrol.fixed");
    problem.fixed.clear();
    problem.radius_m = 0;
    refused(problem, "error.patrol.radius");
    problem.burden.assign(5, 0);
    refused(problem, "error.patrol.no_burden");
}

TEST_CASE("CBC's command line finds the same optimum of the exported program") {
    if (!std::filesystem::exists("/usr/bin/cbc")) {
        WARN("the command cbc is not installed: not compared");
        return;
    }
    struct Case {
        LocationGoal goal;
        std::size_t places, p;
        double radius_m;
    };
    for (const auto& one :
         {Case{LocationGoal::Cover, 156, 8, 10000}, Case{LocationGoal::Cover, 1000, 20, 8000},
          Case{LocationGoal::Median, 60, 5, 0}, Case{LocationGoal::Median, 156, 9, 0},
          Case{LocationGoal::Centre, 14, 3, 0}}) {
        INFO(to_string(one.goal) << " " << one.places);
        auto problem = random_places(7, one.places, one.p, one.radius_m);
        problem.goal = one.goal;
        const auto plan = solved(problem);
        REQUIRE(plan.proven);
        const test::TempFolder folder;
        std::ofstream(folder / "plan.lp") << to_lp(analysis::whole_program(problem));
        const auto outcome = test::run_program({"/usr/bin/cbc", "plan.lp", "solve", "solu", "x"},
                                               {.folder = folder.path()});
        REQUIRE(outcome.code == 0);
        // "Optimal - objective value 7182.00000000"
        std::string line;
        std::getline(std::ifstream(folder / "x"), line);
        INFO(line);
        REQUIRE(line.starts_with("Optimal"));
        const double theirs = std::fabs(std::stod(line.substr(line.rfind(' '))));
        CHECK(plan.objective == Approx(theirs).epsilon(1e-6));
    }
}
