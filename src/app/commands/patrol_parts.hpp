// Pieces of `patrol` that lie in several sources. Private to app/commands.
#pragma once

#include "app/commands/patrol.hpp"

namespace diaban::app {

// The answer, how good it is, and what is not in it; in the language.
std::vector<std::string> patrol_sentences(const PatrolReport& report, const Language& language);
// Bases and what they reach, the sectors, or why communes are visited.
StyledMap patrol_map(const PatrolReport& report, const Dataset& dataset, const Language& language);

} // namespace diaban::app
