#include "analysis/sectors.hpp"

#include "analysis/portable.hpp"
#include "analysis/sectors_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaban::analysis {

[[noreturn]] void bad_division(base::ErrorKind kind, const char* key, std::size_t count,
                               std::size_t teams) {
    throw base::Error(
        kind, key,
        {{"count", static_cast<std::int64_t>(count)}, {"teams", static_cast<std::int64_t>(teams)}});
}

Pieces pieces_of(const SectorProblem& problem) {
    Pieces out;
    out.of.assign(problem.part.size(), kNoSector);
    std::vector<std::uint32_t> queue;
    for (std::size_t first = 0; first < problem.part.size(); ++first) {
        if (!problem.part[first] || out.of[first] != kNoSector) continue;
        const auto piece = static_cast<std::uint32_t>(out.work.size());
        out.work.push_back(0);
        queue.assign(1, static_cast<std::uint32_t>(first));
        out.of[first] = piece;
        for (std::size_t at = 0; at < queue.size(); ++at) {
            out.work[piece] += problem.work[queue[at]];
            for (const auto next : problem.links.row(queue[at]))
                if (problem.part[next] && out.of[next] == kNoSector) {
                    out.of[next] = piece;
                    queue.push_back(next);
                }
        }
        out.units.push_back(queue.size());
    }
    return out;
}

namespace {

// Divisions up to which all are looked at.
constexpr double kMostDivisions = 600'000;

// What must be: the team of each base and each locked unit.
std::vector<std::uint32_t> anchors_of(const SectorProblem& problem) {
    std::vector<std::uint32_t> out(problem.part.size(), kNoSector);
    const auto anchor = [&](std::uint32_t unit, std::size_t team) {
        if (team >= problem.teams)
            bad_division(base::ErrorKind::Usage, "error.patrol.teams", team + 1, problem.teams);
        if (!problem.part[unit])
            bad_division(base::ErrorKind::Usage, "error.patrol.base_part", team + 1, problem.teams);
        if (out[unit] != kNoSector && out[unit] != team)
            bad_division(base::ErrorKind::Usage, "error.patrol.locked_twice", team + 1,
                         problem.teams);
        out[unit] = static_cast<std::uint32_t>(team);
    };
    for (std::size_t team = 0; team < problem.bases.size(); ++team)
        if (problem.bases[team] != kNoSector) anchor(problem.bases[team], team);
    for (const auto& lock : problem.locked) anchor(lock.unit, lock.team);
    return out;
}

// No team can have less to do than this: the heaviest unit, what is locked to it, and the share of
// its piece of land when the teams are spread over the pieces as evenly as they can be.
double least_busiest(const SectorProblem& problem) {
    const auto pieces = pieces_of(problem);
    double least = 0;
    for (std::size_t u = 0; u < problem.part.size(); ++u)
        if (problem.part[u]) least = std::max(least, problem.work[u]);
    const auto anchors = anchors_of(problem);
    std::vector<double> locked(problem.teams, 0);
    for (std::size_t u = 0; u < anchors.size(); ++u)
        if (anchors[u] != kNoSector) locked[anchors[u]] += problem.work[u];
    for (const double work : locked) least = std::max(least, work);
    std::vector<std::size_t> teams(pieces.work.size(), 1);
    const auto share = [&](std::size_t piece) {
        return pieces.work[piece] / static_cast<double>(teams[piece]);
    };
    const auto heaviest = [&] {
        std::size_t most = 0;
        for (std::size_t piece = 1; piece < teams.size(); ++piece)
            if (share(piece) > share(most)) most = piece;
        return most;
    };
    for (std::size_t k = pieces.work.size(); k < problem.teams; ++k) ++teams[heaviest()];
    return std::max(least, share(heaviest()));
}

// ---- All divisions of a small problem
class Enumeration {
public:
    Enumeration(const SectorProblem& problem, const std::vector<std::uint32_t>& anchors,
                base::JobContext& ctx)
        : problem_(problem), anchors_(anchors), ctx_(ctx), team_of_(problem.part.size(), kNoSector),
          work_(problem.teams, 0), units_(problem.teams, 0) {}
    // Empty if no division is possible.
    std::vector<std::uint32_t> run() {
        place(0);
        return best_;
    }

private:
    void place(std::size_t unit) {
        while (unit < problem_.part.size() && !problem_.part[unit]) ++unit;
        if (unit == problem_.part.size()) return judge();
        for (std::uint32_t team = 0; team < problem_.teams; ++team) {
            if (anchors_[unit] != kNoSector && anchors_[unit] != team) continue;
            if (!best_.empty() && work_[team] + problem_.work[unit] > busiest_ * (1 + kSameWork))
                continue;
            team_of_[unit] = team;
            work_[team] += problem_.work[unit];
            ++units_[team];
            place(unit + 1);
            --units_[team];
            work_[team] -= problem_.work[unit];
            team_of_[unit] = kNoSector;
        }
    }
    void judge() {
        ctx_.check();
        for (std::uint32_t team = 0; team < problem_.teams; ++team)
            if (units_[team] == 0 || !contiguous(problem_.links, team_of_, team)) return;
        const double busiest = *std::max_element(work_.begin(), work_.end());
        const bool equal = std::fabs(busiest - busiest_) <= kSameWork * busiest;
        if (!best_.empty() && !equal && busiest > busiest_) return;
        const auto plan = described(problem_, team_of_);
        if (!best_.empty() && equal && plan.cut >= cut_) return;
        best_ = team_of_;
        busiest_ = busiest;
        cut_ = plan.cut;
    }

    const SectorProblem& problem_;
    const std::vector<std::uint32_t>& anchors_;
    base::JobContext& ctx_;
    std::vector<std::uint32_t> team_of_, best_;
    std::vector<double> work_;
    std::vector<std::size_t> units_;
    double busiest_ = 0;
    std::size_t cut_ = 0;
};

} // namespace

double gap(const SectorPlan& plan) {
    return plan.busiest > 0 ? (plan.busiest - plan.bound) / plan.busiest : 0;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>>
ferries(const geo::Csr& links, const GroundPoints& at, const std::vector<char>& part) {
    const auto units = static_cast<std::uint32_t>(links.rows());
    std::vector<std::uint32_t> piece(units, kNoSector), size, found;
    for (std::uint32_t u = 0; u < units; ++u) {
        if (piece[u] != kNoSector) continue;
        const auto number = static_cast<std::uint32_t>(size.size());
        size.push_back(0);
        piece[u] = number;
        found.assign(1, u);
        while (!found.empty()) {
            const auto at_hand = found.back();
            found.pop_back();
            size[number] += part[at_hand] != 0;
            for (const auto v : links.row(at_hand))
                if (piece[v] == kNoSector) piece[v] = number, found.push_back(v);
        }
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    if (size.size() < 2) return out;
    // From the largest piece on, always the nearest unit that is not joined yet (Prim).
    std::vector<double> nearest(units, std::numeric_limits<double>::infinity());
    std::vector<std::uint32_t> shore(units, kNoSector);
    std::vector<char> joined(size.size(), 0);
    auto next =
        static_cast<std::uint32_t>(std::max_element(size.begin(), size.end()) - size.begin());
    while (next != kNoSector) {
        joined[next] = 1;
        for (std::uint32_t v = 0; v < units; ++v) {
            if (piece[v] != next || !part[v]) continue;
            for (std::uint32_t u = 0; u < units; ++u) {
                if (joined[piece[u]] || !part[u]) continue;
                if (const double d = at.metres(u, v); d < nearest[u]) nearest[u] = d, shore[u] = v;
            }
        }
        std::uint32_t best = kNoSector;
        for (std::uint32_t u = 0; u < units; ++u)
            if (!joined[piece[u]] && shore[u] != kNoSector &&
                (best == kNoSector || nearest[u] < nearest[best]))
                best = u;
        next = best == kNoSector ? kNoSector : piece[best];
        if (best != kNoSector) out.emplace_back(best, shore[best]);
    }
    return out;
}

bool contiguous(const geo::Csr& links, const std::vector<std::uint32_t>& team_of,
                std::uint32_t team) {
    const auto first = std::find(team_of.begin(), team_of.end(), team);
    if (first == team_of.end()) return true;
    std::vector<char> seen(team_of.size(), 0);
    std::vector<std::uint32_t> queue{static_cast<std::uint32_t>(first - team_of.begin())};
    seen[queue.front()] = 1;
    for (std::size_t at = 0; at < queue.size(); ++at)
        for (const auto next : links.row(queue[at]))
            if (team_of[next] == team && !seen[next]) {
                seen[next] = 1;
                queue.push_back(next);
            }
    return queue.size() ==
           static_cast<std::size_t>(std::count(team_of.begin(), team_of.end(), team));
}

SectorPlan described(const SectorProblem& problem, std::vector<std::uint32_t> team_of) {
    SectorPlan plan;
    plan.team_of = std::move(team_of);
    plan.work.assign(problem.teams, 0);
    for (std::uint32_t u = 0; u < plan.team_of.size(); ++u) {
        const auto team = plan.team_of[u];
        if (team == kNoSector) continue;
        plan.work[team] += problem.work[u];
        for (const auto next : problem.links.row(u))
            plan.cut += next > u && plan.team_of[next] != kNoSector && plan.team_of[next] != team;
    }
    plan.busiest = *std::max_element(plan.work.begin(), plan.work.end());
    return plan;
}

SectorPlan divide(const SectorProblem& problem, base::JobContext& ctx) {
    const auto count =
        static_cast<std::size_t>(std::count(problem.part.begin(), problem.part.end(), 1));
    if (problem.teams < 1 || problem.teams > count || problem.bases.size() > problem.teams)
        bad_division(base::ErrorKind::Usage, "error.patrol.teams", count, problem.teams);
    const auto anchors = anchors_of(problem);
    if (const auto pieces = pieces_of(problem).work.size(); pieces > problem.teams)
        bad_division(base::ErrorKind::Data, "error.patrol.parts", pieces, problem.teams);
    ctx.stage("stage.patrol");
    const auto free = std::count_if(problem.part.begin(), problem.part.end(),
                                    [](char part) { return part != 0; }) -
                      std::count_if(anchors.begin(), anchors.end(),
                                    [](std::uint32_t team) { return team != kNoSector; });
    if (portable_power(static_cast<double>(problem.teams), static_cast<double>(free)) <=
        kMostDivisions) {
        auto best = Enumeration(problem, anchors, ctx).run();
        if (best.empty())
            bad_division(base::ErrorKind::Data, "error.patrol.apart", 1, problem.teams);
        auto plan = described(problem, std::move(best));
        plan.proven = true;
        plan.bound = plan.busiest;
        return plan;
    }
    const double bound = least_busiest(problem);
    auto found = searched_division(problem, anchors, bound, ctx);
    auto plan = described(problem, std::move(found.team_of));
    plan.stopped = found.stopped;
    plan.bound = std::min(bound, plan.busiest);
    plan.proven = plan.busiest - plan.bound <= kSameWork * plan.busiest;
    if (plan.proven) plan.bound = plan.busiest;
    return plan;
}

} // namespace diaban::analysis
