// Sectors of problems too large to look at all divisions: they grow, then borders are moved.
#include "analysis/portable.hpp"
#include "analysis/random.hpp"
#include "analysis/sectors_parts.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::analysis {
namespace {

constexpr std::size_t kTriesPerUnit = 400, kFewestTries = 20'000, kMostTries = 600'000;
// A tenth too much work for one team weighs as much as this many cut links.
constexpr double kCutsPerTenth = 20;
constexpr double kHottest = 1, kColdest = 0.02; // of the annealing, in cut links
constexpr double kFairEnough = 1.01;            // of the bound; below it borders decide

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

FoundDivision searched_division(const SectorProblem& problem,
                                const std::vector<std::uint32_t>& anchors, double bound,
                                base::JobContext& ctx) {
    Exchange exchange(problem, anchors, Growth(problem, anchors).run(ctx), bound);
    const bool ended = exchange.run(ctx);
    return {exchange.best(), !ended};
}

} // namespace diaban::analysis
