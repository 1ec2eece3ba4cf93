// What became of communes between two periods, as the window lists it: moves, how long, identities.
//
// Guarantee: the units of a move are those that `transitions` counts.
#pragma once

#include "app/selection.hpp"
#include "app/statuses.hpp"

namespace diaban::app {

struct MoveLine {
    std::string code, text; // "lost", "no longer healthy"
    Faces units;
};
// One commune by how long it has been what it is.
struct StreakLine {
    std::size_t unit = 0;
    std::string text; // "hotspot since 2013, 5 in a row; 7 of 16 in all"
};
struct TransitionView {
    data::Period from, to;
    std::vector<MoveLine> moves;         // all six, then those that cannot be compared
    std::vector<std::string> identities; // "healthy after 113 = maintained 101 + ..."
    std::vector<StreakLine> longest_hot; // most periods as a hotspot first, at most kMostStreaks
};
inline constexpr std::size_t kMostStreaks = 20;

// Throws Error Usage as find_statuses and data::transitions do.
TransitionView transition_view(const Dataset& dataset, const StatusChoice& choice, Domains domains,
                               data::Period from, data::Period to, const Language& language,
                               base::JobContext& ctx);
// "healthy since 2012, 4 in a row; hotspot in 2 of 16 reported".
std::string span_text(const data::StatusSpan& span, const Language& language);

// The totals that a report prints, held against each other (V1-V6) and against the communes.
std::vector<std::string> checked_totals(std::shared_ptr<const Dataset> dataset,
                                        const StatusChoice& choice, data::Period period,
                                        const std::filesystem::path& reported,
                                        const Language& language, base::JobContext& ctx);

} // namespace diaban::app
