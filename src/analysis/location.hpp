// Where to put p bases, or which p communes to choose, so that burden lies near them: maximal
// covering, p-median and p-centre, by a heuristic at once and exactly.
//
// Models: maximal covering location (Church & ReVelle 1974), p-median (Hakimi 1964), p-centre
// (Minieka 1970). Heuristics: greedy, then interchange (Teitz & Bart 1968). The exact covering
// begins with a Lagrangian relaxation and a tabu search (cover_parts.hpp); CBC gets what they
// leave, if it is small, and else the plan ends with the gap that is proven. The exact median is a
// Lagrangian relaxation too, with branch and bound over the candidates it leaves
// (median_parts.hpp), the exact centre asks coverings of one radius after the other.
//
// Guarantees: of equally good choices the one with the lowest row; limits are counted in nodes and
// swaps, so the same input gives the same plan on any number of threads; `bound` is proven, and an
// exact plan is never worse than the one it begins with.
#pragma once

#include "analysis/integer_program.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace diaban::analysis {

// Points on the ground and the straight distance between any two, without a table of all pairs.
class GroundPoints {
public:
    GroundPoints() = default;
    // Longitude and latitude, WGS 84 degrees. Distances differ from the geodesic by less than 0.1 %
    // up to 2,000 km.
    static GroundPoints from_degrees(std::span<const geo::Point> at);
    // Metres of a plane.
    static GroundPoints from_plane(std::span<const geo::Point> at);
    std::size_t size() const { return at_.size(); }
    double metres(std::size_t a, std::size_t b) const;
    // Metres on three axes: two points lie at least as far apart as on any one of them.
    const std::array<double, 3>& position(std::size_t i) const { return at_[i]; }

private:
    std::vector<std::array<double, 3>> at_; // metres from the centre of the earth, or in the plane
    bool round_ = false;
};

enum class LocationGoal : std::uint8_t {
    Cover,  // most burden within a radius
    Median, // least burden times distance to the nearest base
    Centre, // least distance of the farthest place with a burden
};
std::string_view to_string(LocationGoal goal); // "cover", "median", "centre"
std::optional<LocationGoal> parse_location_goal(std::string_view word);

struct LocationProblem {
    LocationGoal goal = LocationGoal::Cover;
    GroundPoints at;
    std::vector<double> burden;            // per place, >= 0; a place of burden 0 needs nothing
    std::vector<std::uint32_t> candidates; // ascending; empty: every place
    std::vector<std::uint32_t> fixed;      // candidates that are chosen whatever comes; count in p
    std::size_t p = 1;
    double radius_m = 0; // Cover
    double detour = 1;   // length of a way over the straight distance

    double metres(std::size_t a, std::size_t b) const { return detour * at.metres(a, b); }
};

struct LocationPlan {
    std::vector<std::uint32_t> chosen;  // ascending
    std::vector<std::uint32_t> base_of; // of each place the nearest chosen one
    std::vector<double> distance_m;     // of each place to it
    double objective = 0; // Cover: burden within; Median: burden times metres; Centre: metres
    double bound = 0;     // no plan is better
    bool proven = false;  // this one is as good as the bound
    bool stopped = false; // by hand: the same input may give a better one
    std::uint64_t nodes = 0;
};
// How much better a plan could be at most, as a share of the bound (Cover) or of the plan.
double gap(const LocationProblem& problem, const LocationPlan& plan);

// Greedy and interchange. Throws Error Usage "error.patrol.*" for an impossible problem; Cancelled.
LocationPlan first_plan(const LocationProblem& problem, base::JobContext& ctx);
// The best plan, from a first one; a cancelled context ends the search with the best found so far,
// marked `stopped`.
LocationPlan exact_plan(const LocationProblem& problem, LocationPlan first, base::JobContext& ctx,
                        int node_limit = kNodeLimit);
// The distances, the objective and the chosen places in order; the bound is the trivial one.
LocationPlan evaluated(const LocationProblem& problem, std::vector<std::uint32_t> chosen);
// The whole problem for another solver; column i is the i-th candidate.
IntegerProgram whole_program(const LocationProblem& problem);
// The candidates, also where the list is empty.
std::vector<std::uint32_t> candidates_of(const LocationProblem& problem);

} // namespace diaban::analysis
