// Sectors changed by hand: communes given to another team, with the numbers that follow.
#include "app/commands/patrol_parts.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

constexpr double kSameSum = 1e-9; // of numbers added in another order

// Where teams have their bases and what the request locks stays: the numbers were made for it.
void refuse_anchors(const PatrolReport& report, const std::vector<PatrolMove>& moves) {
    const auto& problem = report.division->problem;
    const auto stays = [&](const char* key, std::uint32_t unit, std::size_t of) {
        for (const auto& move : moves)
            if (move.unit == unit && move.team != of)
                throw Error(ErrorKind::Usage, key,
                            {{"unit", unit_name(report, unit)},
                             {"team", static_cast<std::int64_t>(of + 1)}});
    };
    for (std::size_t t = 0; t < problem.bases.size(); ++t)
        if (problem.bases[t] != analysis::kNoSector)
            stays("error.patrol.move_base", problem.bases[t], t);
    for (const auto& lock : problem.locked) stays("error.patrol.move_locked", lock.unit, lock.team);
}

} // namespace

PatrolReport with_moved(PatrolReport report, const std::vector<PatrolMove>& moves,
                        const Dataset& dataset, const Language& language) {
    if (!report.division) throw Error(ErrorKind::Usage, "error.patrol.move_none");
    const auto& division = *report.division;
    const auto& problem = division.problem;
    refuse_anchors(report, moves);
    std::vector<std::uint32_t> team_of(problem.part.size(), analysis::kNoSector);
    for (const auto& row : report.rows) team_of[row.unit] = static_cast<std::uint32_t>(row.group);
    std::size_t moved = 0;
    for (const auto& [unit, team] : moves) {
        if (unit >= team_of.size() || team_of[unit] == analysis::kNoSector ||
            team >= problem.teams || team_of[unit] == team)
            continue;
        team_of[unit] = static_cast<std::uint32_t>(team);
        ++moved;
    }
    if (moved == 0) throw Error(ErrorKind::Usage, "error.patrol.move_none");
    for (std::uint32_t t = 0; t < problem.teams; ++t)
        if (std::find(team_of.begin(), team_of.end(), t) == team_of.end())
            throw Error(ErrorKind::Usage, "error.patrol.move_last",
                        {{"team", static_cast<std::int64_t>(t + 1)}});
    auto plan = analysis::described(problem, std::move(team_of));
    plan.bound = division.bound;
    plan.stopped = division.stopped;
    report.apart.clear();
    for (std::uint32_t t = 0; t < problem.teams; ++t)
        if (!analysis::contiguous(problem.links, plan.team_of, t)) report.apart.push_back(t);
    plan.proven = report.apart.empty() && plan.busiest - plan.bound <= kSameSum * plan.busiest;
    plan.bound = std::min(plan.bound, plan.busiest);
    tell_sectors(report, plan);
    // The bound is of sectors in one piece each.
    if (!report.apart.empty()) report.bound = report.gap = std::nullopt;
    report.by_hand.clear();
    report.request.locked.clear();
    for (std::size_t u = 0; u < plan.team_of.size(); ++u) {
        if (plan.team_of[u] == analysis::kNoSector) continue;
        if (plan.team_of[u] != division.made[u]) report.by_hand.push_back(u);
        report.request.locked.emplace_back(report.codes[u], plan.team_of[u] + 1);
    }
    if (report.by_hand.empty()) { // as the program made it
        report.request.locked.clear();
        for (const auto& lock : problem.locked)
            report.request.locked.emplace_back(report.codes[lock.unit], lock.team + 1);
    }
    return reworded(std::move(report), dataset, language);
}

} // namespace diaban::app
