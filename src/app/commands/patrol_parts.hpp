// Pieces of `patrol` that lie in several sources. Private to app/commands.
#pragma once

#include "app/commands/patrol.hpp"

namespace diaban::app {

// Rows and groups of a division, and how good it is.
void tell_sectors(PatrolReport& report, const analysis::SectorPlan& plan);
// What the burden is called in the language.
std::string burden_name(const PatrolRequest& request, const Dataset& dataset,
                        const Language& language);
// Which sums what is masked weighs in.
void mark_estimated(PatrolReport& report);
bool is_masked(const PatrolReport& report, std::size_t unit);
// Its work is a number that may be told: neither masked nor missing. What is missing weighs
// nothing, but nobody knows that there is nothing.
bool has_work(const PatrolReport& report, std::size_t unit);
// Name and code.
std::string unit_name(const PatrolReport& report, std::size_t unit);
// What a base, team or month is called: "Tổ 2 Xã Tân Thạnh", with its base if it has one.
std::string group_called(const PatrolReport& report, std::size_t group, const Language& language);
// Why a commune is with its base, team or month, in short sentences. What is masked is not told.
std::vector<std::string> reason_words(const PatrolReport& report, const PatrolRow& row,
                                      const Language& language);
// A PDF with a map, a list and lines to sign for every base, team and month (map/order_page.hpp).
void write_order_pages(const PatrolReport& report, const Dataset& dataset, const Language& language,
                       base::JobContext& ctx);
// The answer, how good it is, and what is not in it; in the language.
std::vector<std::string> patrol_sentences(const PatrolReport& report, const Language& language);
// Bases and what they reach, the sectors, or why communes are visited.
StyledMap patrol_map(const PatrolReport& report, const Dataset& dataset, const Language& language);

} // namespace diaban::app
