// Pieces of `patrol` that lie in several sources. Private to app/commands.
#pragma once

#include "app/commands/patrol.hpp"

namespace diaban::app {

// Rows and groups of a division, and how good it is.
void tell_sectors(PatrolReport& report, const analysis::SectorPlan& plan);
// What the burden is called in the language.
std::string burden_name(const PatrolRequest& request, const Dataset& dataset,
                        const Language& language);
bool is_masked(const PatrolReport& report, std::size_t unit);
// Name and code.
std::string unit_name(const PatrolReport& report, std::size_t unit);
// The answer, how good it is, and what is not in it; in the language.
std::vector<std::string> patrol_sentences(const PatrolReport& report, const Language& language);
// Bases and what they reach, the sectors, or why communes are visited.
StyledMap patrol_map(const PatrolReport& report, const Dataset& dataset, const Language& language);

} // namespace diaban::app
