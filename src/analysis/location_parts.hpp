// Pieces of the location problems that lie in several sources. Private to src/analysis.
#pragma once

#include "analysis/location.hpp"

namespace diaban::analysis {

// Places with a burden, in order.
std::vector<std::uint32_t> needy_places(const LocationProblem& problem);
// Row c: the needy places that candidate c reaches within the distance, ascending.
geo::Csr reach_of(const LocationProblem& problem, std::span<const std::uint32_t> candidates,
                  double metres, base::JobContext& ctx);
// Places by candidate from candidates by place, and the other way round.
geo::Csr turned(const geo::Csr& rows, std::size_t columns);
// p candidates that cover much of `worth` (per place) within the distance: greedy, then interchange
// until no swap helps. Throws Cancelled.
std::vector<std::uint32_t> cover_choice(const LocationProblem& problem,
                                        std::span<const double> worth, double metres,
                                        base::JobContext& ctx);

} // namespace diaban::analysis
