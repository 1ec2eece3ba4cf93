#include "analysis/sectors.hpp"

#include "analysis/portable.hpp"
#include "analysis/random.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::analysis {
namespace {

// Divisions up to which all are looked at.
constexpr double kMostDivisions = 600'000;
constexpr std::size_t kTriesPerUnit = 400, kFewestTries = 20'000, kMostTries = 600'000;
// A tenth too much work for one team weighs as much as this many cut links.
constexpr double kCutsPerTenth = 20;
constexpr double kHottest = 1, kColdest = 0.02; // of the annealing, in cut links
constexpr double kFairEnough = 1.01;            // of the bound; below it borders decide
constexpr double kSameWork = 1e-9;              // relative

[[noreturn]] void bad_division(base::ErrorKind kind, const char* key, std::size_t count,
                               std::size_t teams) {
    throw base::Error(
        kind, key,
        {{"count", static_cast<std::int64_t>(count)}, {"teams", static_cast<std::int64_t>(teams)}});
}

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

// The piece of land of every unit that takes part, and the work in each.
struct Pieces {
    std::vector<std::uint32_t> of;
    std::vector<double> work;
    std::vector<std::size_t> units;
};

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

// ---- A first division
class Growth {
public:
    Growth(const SectorProblem& problem, const std::vector<std::uint32_t>& anchors)
        : problem_(problem), pieces_(pieces_of(problem)), team_of_(anchors),
          work_(problem.teams, 0), first_(problem.teams, kNoSector) {}

    std::vector<std::uint32_t> run(base::JobContext& ctx) {
        for (std::size_t u = 0; u < team_of_.size(); ++u)
            if (team_of_[u] != kNoSector) take(static_cast<std::uint32_t>(u), team_of_[u]);
        for (std::uint32_t team = 0; team < problem_.teams; ++team) join_anchors(team);
        plant();
        grow(ctx);
        return team_of_;
    }

private:
    void take(std::uint32_t unit, std::uint32_t team) {
        team_of_[unit] = team;
        work_[team] += problem_.work[unit];
        if (first_[team] == kNoSector) first_[team] = unit;
    }

    // A way through units of nobody from what hangs together with the first unit of the team to one
    // of its units that does not, until all do.
    void join_anchors(std::uint32_t team) {
        if (first_[team] == kNoSector) return;
        for (;;) {
            std::vector<std::uint32_t> from(team_of_.size(), kNoSector), queue{first_[team]};
            std::vector<char> held(team_of_.size(), 0); // hangs together with the first
            from[first_[team]] = first_[team];
            held[first_[team]] = 1;
            for (std::size_t at = 0; at < queue.size(); ++at)
                for (const auto next : problem_.links.row(queue[at]))
                    if (!held[next] && team_of_[next] == team) {
                        held[next] = 1;
                        from[next] = next;
                        queue.push_back(next);
                    }
            std::uint32_t reached = kNoSector;
            for (std::size_t at = 0; at < queue.size() && reached == kNoSector; ++at)
                for (const auto next : problem_.links.row(queue[at])) {
                    if (from[next] != kNoSector || !problem_.part[next]) continue;
                    if (team_of_[next] != kNoSector && team_of_[next] != team) continue;
                    from[next] = queue[at];
                    queue.push_back(next);
                    if (team_of_[next] == team) {
                        reached = next;
                        break;
                    }
                }
            if (reached == kNoSector) {
                for (std::size_t u = 0; u < team_of_.size(); ++u)
                    if (team_of_[u] == team && !held[u])
                        bad_division(base::ErrorKind::Data, "error.patrol.apart", team + 1,
                                     problem_.teams);
                return;
            }
            for (auto at = from[reached]; !held[at]; at = from[at]) take(at, team);
        }
    }

    // A first unit for every team without one: in pieces of land that have no team yet, then where
    // most work falls on each, as far from the other teams as can be.
    void plant() {
        std::vector<std::size_t> teams(pieces_.work.size(), 0);
        auto free = pieces_.units;
        for (const auto unit : first_)
            if (unit != kNoSector) ++teams[pieces_.of[unit]];
        for (std::size_t u = 0; u < team_of_.size(); ++u)
            if (team_of_[u] != kNoSector) --free[pieces_.of[u]];
        for (std::uint32_t team = 0; team < problem_.teams; ++team) {
            if (first_[team] != kNoSector) continue;
            const auto wants = [&](std::size_t piece) {
                return teams[piece] == 0 ? IntegerProgram::kNoLimit
                                         : pieces_.work[piece] / static_cast<double>(teams[piece]);
            };
            std::size_t best = pieces_.work.size();
            for (std::size_t piece = 0; piece < pieces_.work.size(); ++piece)
                if (free[piece] > 0 && (best == pieces_.work.size() || wants(piece) > wants(best)))
                    best = piece;
            if (best == pieces_.work.size())
                bad_division(base::ErrorKind::Usage, "error.patrol.teams", problem_.teams,
                             problem_.teams);
            take(farthest_in(static_cast<std::uint32_t>(best)), team);
            ++teams[best];
            --free[best];
        }
        for (const auto count : teams)
            if (count == 0)
                bad_division(base::ErrorKind::Data, "error.patrol.parts", teams.size(),
                             problem_.teams);
    }

    std::uint32_t farthest_in(std::uint32_t piece) const {
        std::uint32_t best = kNoSector;
        double most = -1;
        for (std::uint32_t u = 0; u < team_of_.size(); ++u) {
            if (pieces_.of[u] != piece || team_of_[u] != kNoSector) continue;
            double nearest = IntegerProgram::kNoLimit;
            for (const auto other : first_)
                if (other != kNoSector && pieces_.of[other] == piece)
                    nearest = std::min(nearest, problem_.at.metres(u, other));
            if (nearest > most) most = nearest, best = u;
        }
        return best;
    }

    // The team with the least work takes its nearest neighbour that nobody has.
    void grow(base::JobContext& ctx) {
        std::vector<char> closed(problem_.teams, 0);
        for (;;) {
            ctx.check();
            std::uint32_t team = kNoSector;
            for (std::uint32_t t = 0; t < problem_.teams; ++t)
                if (!closed[t] && (team == kNoSector || work_[t] < work_[team])) team = t;
            if (team == kNoSector) return;
            std::uint32_t best = kNoSector;
            double nearest = IntegerProgram::kNoLimit;
            for (std::uint32_t u = 0; u < team_of_.size(); ++u) {
                if (team_of_[u] != team) continue;
                for (const auto next : problem_.links.row(u))
                    if (problem_.part[next] && team_of_[next] == kNoSector)
                        if (const double d = problem_.at.metres(next, first_[team]); d < nearest)
                            nearest = d, best = next;
            }
            if (best == kNoSector)
                closed[team] = 1; // what is nobody's never comes to lie beside it again
            else
                take(best, team);
        }
    }

    const SectorProblem& problem_;
    Pieces pieces_;
    std::vector<std::uint32_t> team_of_;
    std::vector<double> work_;
    std::vector<std::uint32_t> first_;
};

// ---- Better ones: units on a border change sides, at first also for the worse (annealing)
class Exchange {
public:
    Exchange(const SectorProblem& problem, const std::vector<std::uint32_t>& anchors,
             std::vector<std::uint32_t> team_of, double bound)
        : problem_(problem), team_of_(std::move(team_of)), work_(problem.teams, 0),
          units_(problem.teams, 0), mark_(team_of_.size(), 0) {
        double all = 0;
        for (std::uint32_t u = 0; u < team_of_.size(); ++u) {
            if (team_of_[u] == kNoSector) continue;
            work_[team_of_[u]] += problem.work[u];
            all += problem.work[u];
            ++units_[team_of_[u]];
            if (anchors[u] == kNoSector) movable_.push_back(u);
        }
        fair_ = all > 0 ? all / static_cast<double>(problem.teams) : 1;
        enough_ = bound * kFairEnough;
        keep();
    }

    // True if it came to its end, false if it was cancelled.
    bool run(base::JobContext& ctx) {
        if (movable_.empty()) return true;
        const auto tries = std::clamp(kTriesPerUnit * movable_.size(), kFewestTries, kMostTries);
        const double cooling = portable_log(kColdest / kHottest) / static_cast<double>(tries);
        for (std::size_t k = 0; k < tries; ++k) {
            if ((k & 0xFF) == 0 && ctx.cancelled()) return false;
            if ((k & 0xFF) == 0) heat_ = kHottest * portable_exp(cooling * static_cast<double>(k));
            try_random(static_cast<std::uint32_t>(k));
        }
        team_of_ = best_;
        recount();
        descend(ctx);
        return !ctx.cancelled();
    }
    const std::vector<std::uint32_t>& best() const { return best_; }

private:
    static constexpr double kPenalty = kCutsPerTenth * 100; // of a squared share too much

    double penalty(double work) const {
        const double over = (work - fair_) / fair_;
        return kPenalty * over * over;
    }
    std::uint32_t drawn(std::uint32_t k, std::uint64_t draw, std::size_t range) const {
        return bounded(problem_.seed, draw, k, draw, static_cast<std::uint32_t>(range));
    }

    void try_random(std::uint32_t k) {
        const auto unit = movable_[drawn(k, 1, movable_.size())];
        const auto row = problem_.links.row(unit);
        if (row.empty()) return;
        const auto to = team_of_[row[drawn(k, 2, row.size())]];
        const auto from = team_of_[unit];
        if (to == kNoSector || to == from || units_[from] == 1) return;
        const double w = problem_.work[unit];
        const double more = penalty(work_[from] - w) + penalty(work_[to] + w) -
                            penalty(work_[from]) - penalty(work_[to]) + cut_change(unit, to);
        if (more > 0) {
            constexpr std::uint32_t kFine = 1u << 30;
            const double luck = (drawn(k, 3, kFine) + 0.5) / kFine;
            if (luck >= portable_exp(-more / heat_)) return;
        }
        if (!may_leave(unit)) return;
        move(unit, to);
        if (better(busiest(), cut_)) keep();
    }

    // Single moves that make the plan better, until none does.
    void descend(base::JobContext& ctx) {
        for (bool moved = true; moved && !ctx.cancelled();) {
            moved = false;
            for (const auto unit : movable_) {
                const auto from = team_of_[unit];
                for (const auto next : problem_.links.row(unit)) {
                    const auto to = team_of_[next];
                    if (to == kNoSector || to == team_of_[unit] || units_[team_of_[unit]] == 1)
                        continue;
                    if (!may_leave(unit)) break;
                    move(unit, to);
                    if (better(busiest(), cut_)) {
                        keep();
                        moved = true;
                        break;
                    }
                    move(unit, from);
                }
            }
        }
    }

    double cut_change(std::uint32_t unit, std::uint32_t to) const {
        double change = 0;
        for (const auto next : problem_.links.row(unit))
            change += (team_of_[next] == team_of_[unit]) - (team_of_[next] == to);
        return change;
    }

    // What the unit leaves behind still hangs together: its neighbours there reach each other.
    bool may_leave(std::uint32_t unit) {
        const auto team = team_of_[unit];
        std::size_t wanted = 0;
        queue_.clear();
        ++stamp_;
        mark_[unit] = stamp_;
        for (const auto next : problem_.links.row(unit))
            if (team_of_[next] == team) {
                if (queue_.empty()) {
                    queue_.push_back(next);
                    mark_[next] = stamp_;
                } else {
                    ++wanted;
                }
            }
        if (queue_.empty()) return units_[team] == 1;
        const auto beside = problem_.links.row(unit);
        for (std::size_t at = 0; at < queue_.size() && wanted > 0; ++at)
            for (const auto next : problem_.links.row(queue_[at]))
                if (team_of_[next] == team && mark_[next] != stamp_) {
                    mark_[next] = stamp_;
                    queue_.push_back(next);
                    wanted -= std::binary_search(beside.begin(), beside.end(), next);
                }
        return wanted == 0;
    }

    void move(std::uint32_t unit, std::uint32_t to) {
        const auto from = team_of_[unit];
        cut_ += cut_change(unit, to);
        work_[from] -= problem_.work[unit];
        work_[to] += problem_.work[unit];
        --units_[from];
        ++units_[to];
        team_of_[unit] = to;
    }

    // Of the busiest team, as far as it is more than enough.
    double busiest() const {
        return std::max(enough_, *std::max_element(work_.begin(), work_.end()));
    }
    bool better(double busy, double cut) const {
        if (std::fabs(busy - best_busiest_) <= kSameWork * fair_) return cut < best_cut_;
        return busy < best_busiest_;
    }
    void keep() {
        best_ = team_of_;
        best_busiest_ = busiest();
        best_cut_ = cut_;
    }
    void recount() {
        std::fill(work_.begin(), work_.end(), 0.0);
        std::fill(units_.begin(), units_.end(), std::size_t{0});
        for (std::uint32_t u = 0; u < team_of_.size(); ++u)
            if (team_of_[u] != kNoSector) {
                work_[team_of_[u]] += problem_.work[u];
                ++units_[team_of_[u]];
            }
        cut_ = best_cut_;
    }

    const SectorProblem& problem_;
    std::vector<std::uint32_t> team_of_, best_, movable_, queue_;
    std::vector<double> work_;
    std::vector<std::size_t> units_;
    std::vector<std::uint32_t> mark_;
    std::uint32_t stamp_ = 0;
    double fair_ = 1, enough_ = 0, heat_ = kHottest;
    double cut_ = 0, best_cut_ = 0; // against the first division
    double best_busiest_ = 0;
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
    Exchange exchange(problem, anchors, Growth(problem, anchors).run(ctx), bound);
    const bool ended = exchange.run(ctx);
    auto plan = described(problem, exchange.best());
    plan.stopped = !ended;
    plan.bound = std::min(bound, plan.busiest);
    plan.proven = plan.busiest - plan.bound <= kSameWork * plan.busiest;
    if (plan.proven) plan.bound = plan.busiest;
    return plan;
}

} // namespace diaban::analysis
