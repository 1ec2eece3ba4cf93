// Dividing communes into k sectors for k teams: each in one piece, short borders, workloads as
// equal as they can be made (Camacho-Collados et al. 2015, EJOR 246:674).
//
// What is best: first the smallest workload of the busiest team, then the fewest links between
// neighbours that a border cuts, which makes sectors compact. In large problems a busiest team
// within a hundredth of the bound counts as equal, so that nobody gets a frayed sector for it.
//
// Guarantees: every sector is contiguous and holds its base and what is locked to it; what is
// forbidden is in none; every other unit that takes part is in exactly one. Small problems are
// enumerated, so that nothing is better; of others a lower bound tells how far from it the plan can
// be at most. Counts, not seconds, end the search: the same input and seed give the same plan.
#pragma once

#include "analysis/location.hpp"

namespace diaban::analysis {

inline constexpr std::uint32_t kNoSector = static_cast<std::uint32_t>(-1);

struct SectorProblem {
    geo::Csr links;           // neighbours, both ways, rows ascending
    GroundPoints at;          // of the units
    std::vector<double> work; // per unit, >= 0
    std::vector<char> part;   // 1: in a sector; 0: not chosen or forbidden
    std::size_t teams = 2;
    // Of the first teams, unit by unit: where the team has its base, kNoSector: nowhere.
    std::vector<std::uint32_t> bases;
    struct Lock {
        std::uint32_t unit, team;
    };
    std::vector<Lock> locked;
    std::uint64_t seed = 1;
};

struct SectorPlan {
    std::vector<std::uint32_t> team_of; // per unit; kNoSector for those that take no part
    std::vector<double> work;           // per team
    double busiest = 0;                 // the largest of them
    double bound = 0;                   // no plan has a smaller one
    std::size_t cut = 0;                // neighbours in different sectors, each pair once
    bool proven = false;                // bound == busiest
    bool stopped = false;               // by hand
};
double gap(const SectorPlan& plan); // of `busiest`, as a share of it

// Throws Error Usage "error.patrol.teams" | "error.patrol.base_part" | "error.patrol.locked_twice",
// Data "error.patrol.parts" (more pieces of land than teams) | "error.patrol.apart" (what is locked
// to one team cannot be joined); Cancelled while there is no plan yet. Once there is one, a
// cancelled context ends the search with the best so far.
SectorPlan divide(const SectorProblem& problem, base::JobContext& ctx);
// A division made by hand: workloads, borders and the bound.
SectorPlan described(const SectorProblem& problem, std::vector<std::uint32_t> team_of);
// What joins every piece of land to the rest: pairs of units that take part, the first on a piece
// without a way to the largest one, the second the nearest on land that is joined already. Pieces
// are those of `links` alone: where a unit that takes no part lies between, nothing is joined.
std::vector<std::pair<std::uint32_t, std::uint32_t>>
ferries(const geo::Csr& links, const GroundPoints& at, const std::vector<char>& part);
// True if the units of the team hang together (an empty team does).
bool contiguous(const geo::Csr& links, const std::vector<std::uint32_t>& team_of,
                std::uint32_t team);

} // namespace diaban::analysis
