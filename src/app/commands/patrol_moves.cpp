// Sectors changed by hand: communes given to another team, with the numbers that follow.
#include "app/commands/json.hpp"
#include "app/commands/patrol_parts.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <map>

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

std::optional<std::size_t> sector_of(const PatrolReport& report, std::size_t unit) {
    if (!report.division) return std::nullopt;
    for (const auto& row : report.rows)
        if (row.unit == unit) return row.group;
    return std::nullopt;
}

PatrolReport with_steps(const PatrolReport& made, const std::vector<PlanMoves::Step>& steps,
                        const Dataset& dataset, const Language& language) {
    std::map<std::string, std::size_t> last; // team by code
    for (const auto& step : steps)
        for (const auto& [code, team] : step) last[code] = team;
    std::vector<PatrolMove> moves;
    for (const auto& row : made.rows)
        if (const auto at = last.find(made.codes[row.unit]);
            at != last.end() && at->second != row.group)
            moves.push_back({row.unit, at->second});
    return moves.empty() ? reworded(made, dataset, language)
                         : with_moved(made, moves, dataset, language);
}

std::vector<std::string> move_words(const PatrolReport& before, const PatrolReport& after,
                                    std::size_t unit, const Language& language) {
    const auto from = sector_of(before, unit).value_or(0), to = sector_of(after, unit).value_or(0);
    const auto sum = [&](double value, bool estimated) {
        return sum_words(value, value == std::round(value) ? 0 : 1, estimated, language);
    };
    const auto work = [&](const PatrolReport& of, std::size_t team) {
        return sum(of.groups[team].burden, of.groups[team].estimated);
    };
    const bool estimated = before.estimated;
    std::vector<std::string> out{
        language.text("patrol.move.who", {{"unit", unit_name(before, unit)},
                                          {"from", as_count(from + 1)},
                                          {"to", as_count(to + 1)}}),
        language.text("patrol.move.work", {{"from", as_count(from + 1)},
                                           {"to", as_count(to + 1)},
                                           {"before", work(before, from)},
                                           {"after", work(after, from)},
                                           {"to_before", work(before, to)},
                                           {"to_after", work(after, to)}}),
        language.text(
            "patrol.move.balance",
            {{"before", sum(before.objective, estimated)},
             {"after", sum(after.objective, estimated)},
             {"fair", sum(before.burden / static_cast<double>(before.groups.size()), estimated)}}),
        language.text("patrol.move.compact",
                      {{"before", as_count(before.cut)}, {"after", as_count(after.cut)}})};
    std::vector<std::string> apart;
    for (const auto team : after.apart) apart.push_back(std::to_string(team + 1));
    if (!apart.empty())
        out.push_back(language.text("patrol.apart", {{"teams", base::joined(apart, ", ")}}));
    return out;
}

} // namespace diaban::app
