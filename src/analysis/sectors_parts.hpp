// Pieces of the division into sectors that its files share. Private to the folder.
#pragma once

#include "analysis/sectors.hpp"
#include "base/error.hpp"

namespace diaban::analysis {

inline constexpr double kSameWork = 1e-9; // relative

[[noreturn]] void bad_division(base::ErrorKind kind, const char* key, std::size_t count,
                               std::size_t teams);

// The piece of land of every unit that takes part, and the work in each.
struct Pieces {
    std::vector<std::uint32_t> of;
    std::vector<double> work;
    std::vector<std::size_t> units;
};
Pieces pieces_of(const SectorProblem& problem);

// Where there are too many divisions to look at all: every team grows from its base, then units on
// borders change sides. `anchors`: the team of each base and each locked unit, else kNoSector.
// `bound`: of the busiest team; within a hundredth of it borders decide. Throws as divide().
struct FoundDivision {
    std::vector<std::uint32_t> team_of;
    bool stopped = false; // cancelled before the search had come to its end
};
FoundDivision searched_division(const SectorProblem& problem,
                                const std::vector<std::uint32_t>& anchors, double bound,
                                base::JobContext& ctx);

} // namespace diaban::analysis
