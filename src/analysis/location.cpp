#include "analysis/location.hpp"

#include "analysis/median_parts.hpp"
#include "analysis/place_leaves.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace diaban::analysis {
namespace {

using base::Error;
using base::ErrorKind;

constexpr double kEarthRadius_m = 6371008.8; // mean, of the arc above a chord
constexpr double kWgsAxis_m = 6378137;       // WGS 84
constexpr double kWgsEccentricity2 = 6.69437999014e-3;
constexpr double kSameAsBound = 1e-9; // relative

// The sines of two processors differ in the last digit; whole millimetres do not.
double to_millimetres(double metres) {
    return std::round(metres * 1000) / 1000;
}

void check_problem(const LocationProblem& problem) {
    const auto bad = [](const char* key, std::size_t count) {
        throw Error(ErrorKind::Usage, key, {{"count", static_cast<std::int64_t>(count)}});
    };
    const auto candidates = candidates_of(problem);
    if (problem.p < 1 || problem.p > candidates.size())
        bad("error.patrol.bases", candidates.size());
    if (problem.fixed.size() > problem.p) bad("error.patrol.fixed", problem.fixed.size());
    for (const auto base : problem.fixed)
        if (!std::binary_search(candidates.begin(), candidates.end(), base))
            throw Error(ErrorKind::Bug, "error.patrol.fixed",
                        {{"count", static_cast<std::int64_t>(problem.fixed.size())}});
    if (needy_places(problem).empty()) throw Error(ErrorKind::Data, "error.patrol.no_burden");
    if (problem.goal == LocationGoal::Cover && !(problem.radius_m > 0))
        throw Error(ErrorKind::Usage, "error.patrol.radius");
}

// Distance from every needy place to the nearest candidate that is not in the place itself.
std::vector<double> nearest_other(const LocationProblem& problem, base::JobContext& ctx) {
    const PlaceLeaves leaves(problem, candidates_of(problem));
    const auto needy = needy_places(problem);
    std::vector<double> out(needy.size(), 0);
    base::parallel_for(needy.size(), 64, ctx, [&](std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end; ++i) out[i] = leaves.nearest_other(needy[i]);
    });
    return out;
}

// What no plan can beat, without solving anything. At most p places hold a base themselves.
double simple_bound(const LocationProblem& problem, base::JobContext& ctx) {
    const auto needy = needy_places(problem);
    if (problem.goal == LocationGoal::Cover)
        return std::accumulate(problem.burden.begin(), problem.burden.end(), 0.0);
    auto cost = nearest_other(problem, ctx);
    if (problem.goal == LocationGoal::Median)
        for (std::size_t i = 0; i < needy.size(); ++i) cost[i] *= problem.burden[needy[i]];
    std::sort(cost.begin(), cost.end(), std::greater<>());
    if (cost.size() <= problem.p) return 0;
    if (problem.goal == LocationGoal::Centre) return cost[problem.p];
    return std::accumulate(cost.begin() + static_cast<std::ptrdiff_t>(problem.p), cost.end(), 0.0);
}

// ---- p-centre
// One base after the other next to the place that is farthest from all (Gonzalez 1985).
std::vector<std::uint32_t> spread_choice(const LocationProblem& problem, base::JobContext& ctx) {
    const auto candidates = candidates_of(problem);
    const auto needy = needy_places(problem);
    auto open = problem.fixed;
    std::vector<double> distance(needy.size(), IntegerProgram::kNoLimit);
    const auto come_nearer = [&](std::uint32_t base) {
        for (std::size_t i = 0; i < needy.size(); ++i)
            distance[i] = std::min(distance[i], problem.metres(needy[i], base));
    };
    for (const auto base : open) come_nearer(base);
    while (open.size() < problem.p) {
        ctx.check();
        const auto farthest = needy[static_cast<std::size_t>(
            std::max_element(distance.begin(), distance.end()) - distance.begin())];
        std::optional<std::uint32_t> best;
        for (const auto c : candidates)
            if (std::find(open.begin(), open.end(), c) == open.end() &&
                (!best || problem.metres(farthest, c) < problem.metres(farthest, *best)))
                best = c;
        open.push_back(*best);
        come_nearer(*best);
    }
    return open;
}

LocationPlan centre_plan(const LocationProblem& problem, double least, base::JobContext& ctx) {
    constexpr int kMostHalvings = 20;
    constexpr double kFineEnough = 1e-3; // of the radius
    auto best = evaluated(problem, spread_choice(problem, ctx));
    std::vector<double> worth(problem.at.size(), 0);
    for (const auto place : needy_places(problem)) worth[place] = 1;
    for (int k = 0; k < kMostHalvings && best.objective - least > kFineEnough * best.objective;
         ++k) {
        const double middle = least + (best.objective - least) / 2;
        auto next = evaluated(problem, cover_choice(problem, worth, middle, ctx));
        if (next.objective < best.objective) best = std::move(next);
        if (best.objective > middle) least = middle; // perhaps possible, but not found
    }
    return best;
}

} // namespace

GroundPoints GroundPoints::from_degrees(std::span<const geo::Point> at) {
    GroundPoints out;
    out.round_ = true;
    for (const auto& p : at) {
        const double lon = p.x * std::numbers::pi / 180, lat = p.y * std::numbers::pi / 180;
        const double normal =
            kWgsAxis_m / std::sqrt(1 - kWgsEccentricity2 * std::sin(lat) * std::sin(lat));
        out.at_.push_back({to_millimetres(normal * std::cos(lat) * std::cos(lon)),
                           to_millimetres(normal * std::cos(lat) * std::sin(lon)),
                           to_millimetres(normal * (1 - kWgsEccentricity2) * std::sin(lat))});
    }
    return out;
}

GroundPoints GroundPoints::from_plane(std::span<const geo::Point> at) {
    GroundPoints out;
    for (const auto& p : at) out.at_.push_back({p.x, p.y, 0});
    return out;
}

double GroundPoints::metres(std::size_t a, std::size_t b) const {
    const double x = at_[a][0] - at_[b][0], y = at_[a][1] - at_[b][1], z = at_[a][2] - at_[b][2];
    const double chord2 = x * x + y * y + z * z, chord = std::sqrt(chord2);
    if (!round_) return chord;
    // The arc above a chord: the series of 2 R asin(chord / 2 R).
    const double part = chord2 / (kEarthRadius_m * kEarthRadius_m);
    return chord * (1 + part / 24 + 3 * part * part / 640);
}

std::string_view to_string(LocationGoal goal) {
    constexpr std::string_view kWords[] = {"cover", "median", "centre"};
    return kWords[static_cast<std::size_t>(goal)];
}

std::optional<LocationGoal> parse_location_goal(std::string_view word) {
    for (const auto goal : {LocationGoal::Cover, LocationGoal::Median, LocationGoal::Centre})
        if (word == to_string(goal)) return goal;
    return std::nullopt;
}

double gap(const LocationProblem& problem, const LocationPlan& plan) {
    const double most = problem.goal == LocationGoal::Cover ? plan.bound : plan.objective;
    return most > 0 ? std::fabs(plan.objective - plan.bound) / most : 0;
}

std::vector<std::uint32_t> candidates_of(const LocationProblem& problem) {
    if (!problem.candidates.empty()) return problem.candidates;
    std::vector<std::uint32_t> out(problem.at.size());
    std::iota(out.begin(), out.end(), 0u);
    return out;
}

std::vector<std::uint32_t> needy_places(const LocationProblem& problem) {
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < problem.burden.size(); ++i)
        if (problem.burden[i] > 0) out.push_back(static_cast<std::uint32_t>(i));
    return out;
}

LocationPlan evaluated(const LocationProblem& problem, std::vector<std::uint32_t> chosen) {
    LocationPlan plan;
    std::sort(chosen.begin(), chosen.end());
    plan.chosen = std::move(chosen);
    double farthest = 0, within = 0, travelled = 0;
    for (std::size_t i = 0; i < problem.at.size(); ++i) {
        std::uint32_t nearest = 0;
        double metres = IntegerProgram::kNoLimit;
        for (const auto base : plan.chosen)
            if (const double d = problem.metres(i, base); d < metres) metres = d, nearest = base;
        plan.base_of.push_back(nearest);
        plan.distance_m.push_back(metres);
        const double burden = problem.burden[i];
        if (!(burden > 0)) continue;
        if (metres <= problem.radius_m) within += burden;
        travelled += burden * metres;
        farthest = std::max(farthest, metres);
    }
    plan.objective = problem.goal == LocationGoal::Cover    ? within
                     : problem.goal == LocationGoal::Median ? travelled
                                                            : farthest;
    plan.bound = problem.goal == LocationGoal::Cover
                     ? std::accumulate(problem.burden.begin(), problem.burden.end(), 0.0)
                     : 0;
    return plan;
}

LocationPlan first_plan(const LocationProblem& problem, base::JobContext& ctx) {
    check_problem(problem);
    ctx.stage("stage.patrol");
    const double bound = simple_bound(problem, ctx);
    LocationPlan plan;
    switch (problem.goal) {
    case LocationGoal::Cover:
        plan = evaluated(problem, cover_choice(problem, problem.burden, problem.radius_m, ctx));
        break;
    case LocationGoal::Median:
        plan = evaluated(problem, median_interchange(problem, {}, candidates_of(problem), ctx));
        break;
    case LocationGoal::Centre:
        plan = centre_plan(problem, bound, ctx);
        break;
    }
    plan.bound = bound;
    plan.proven = std::fabs(plan.objective - bound) <= kSameAsBound * std::max(1.0, bound);
    if (plan.proven) plan.bound = plan.objective;
    return plan;
}

} // namespace diaban::analysis
