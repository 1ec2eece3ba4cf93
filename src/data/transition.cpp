#include "data/transition.hpp"

#include <algorithm>
#include <set>

namespace diaban::data {
namespace {

constexpr std::array<std::string_view, kMoves> kNames{"maintained",  "newly_built", "lost",
                                                      "new_hotspot", "transformed", "relapsed"};

void put(UnitMoves& moves, Move move) {
    moves.moves = static_cast<std::uint8_t>(moves.moves | (1u << static_cast<unsigned>(move)));
}

std::size_t require(const StatusHistory& history, Period period) {
    if (const auto p = history.find(period)) return *p;
    std::string known;
    for (const auto one : history.periods) known += (known.empty() ? "" : ", ") + to_string(one);
    throw base::Error(base::ErrorKind::Usage, "error.period.unknown",
                      {{"period", to_string(period)}, {"known", known}});
}

std::vector<Status> at(const StatusSeries& series, Period period, std::size_t units) {
    const auto found = std::lower_bound(series.periods.begin(), series.periods.end(), period);
    if (found == series.periods.end() || *found != period)
        return std::vector<Status>(units, Status::Unknown);
    return series.of[static_cast<std::size_t>(found - series.periods.begin())];
}

// Yes, then no, then yes again ending at `last`: what had gone has come back.
bool came_back(const std::vector<std::vector<Flag>>& flags, std::size_t unit, std::size_t from) {
    for (std::size_t p = 0; p < from; ++p)
        if (flags[p][unit] == Flag::Yes) return true;
    return false;
}

// Healthy only after having been unhealthy: built, not inherited.
bool was_built(const std::vector<std::vector<Flag>>& healthy, std::size_t unit, std::size_t from) {
    for (std::size_t p = 0; p < from; ++p)
        if (healthy[p][unit] == Flag::No) return true;
    return false;
}

} // namespace

std::optional<std::size_t> StatusHistory::find(Period period) const {
    const auto found = std::lower_bound(periods.begin(), periods.end(), period);
    if (found == periods.end() || *found != period) return std::nullopt;
    return static_cast<std::size_t>(found - periods.begin());
}

StatusHistory history_of(const StatusSeries& drug, const StatusSeries& prostitution) {
    StatusHistory out;
    std::set<Period> periods(drug.periods.begin(), drug.periods.end());
    periods.insert(prostitution.periods.begin(), prostitution.periods.end());
    out.periods.assign(periods.begin(), periods.end());
    const auto units = std::max(drug.units(), prostitution.units());
    for (const auto period : out.periods) {
        const auto a = at(drug, period, units), b = at(prostitution, period, units);
        std::vector<Flag> healthy_now(units), hot_now(units);
        for (std::size_t i = 0; i < units; ++i) {
            if (drug.empty() || prostitution.empty()) {
                const auto s = drug.empty() ? b[i] : a[i];
                healthy_now[i] = healthy(s), hot_now[i] = hotspot(s);
                continue;
            }
            healthy_now[i] = both(healthy(a[i]), healthy(b[i]));
            hot_now[i] = either(hotspot(a[i]), hotspot(b[i]));
        }
        out.healthy.push_back(std::move(healthy_now));
        out.hot.push_back(std::move(hot_now));
    }
    return out;
}

std::string_view to_string(Move move) {
    return kNames[static_cast<std::size_t>(move)];
}

Transitions transitions(const StatusHistory& history, Period from, Period to) {
    const auto a = require(history, from), b = require(history, to);
    Transitions out{from, to};
    out.of.resize(history.units());
    for (std::size_t i = 0; i < out.of.size(); ++i) {
        const auto before = history.healthy[a][i], after = history.healthy[b][i];
        const auto hot_before = history.hot[a][i], hot_after = history.hot[b][i];
        auto& moves = out.of[i];
        moves.known = before != Flag::Unknown && after != Flag::Unknown;
        out.healthy_before += before == Flag::Yes;
        out.healthy_after += after == Flag::Yes;
        out.hot_before += hot_before == Flag::Yes;
        out.hot_after += hot_after == Flag::Yes;
        out.unknown += !moves.known;
        out.healthy_from_unknown += before == Flag::Unknown && after == Flag::Yes;
        out.healthy_to_unknown += before == Flag::Yes && after == Flag::Unknown;
        if (before == Flag::Yes && after == Flag::Yes) put(moves, Move::Maintained);
        if (before == Flag::No && after == Flag::Yes) put(moves, Move::NewlyBuilt);
        if (before == Flag::Yes && after == Flag::No) {
            put(moves, Move::Lost);
            if (was_built(history.healthy, i, a)) put(moves, Move::Relapsed);
        }
        if (hot_before == Flag::No && hot_after == Flag::Yes) {
            put(moves, Move::NewHotspot);
            if (came_back(history.hot, i, a)) put(moves, Move::Relapsed);
        }
        if (hot_before == Flag::Yes && hot_after == Flag::No) put(moves, Move::Transformed);
        for (std::size_t m = 0; m < kMoves; ++m) out.counts[m] += moves.has(static_cast<Move>(m));
    }
    return out;
}

StatusMatrix status_matrix(const std::vector<Status>& from, const std::vector<Status>& to) {
    StatusMatrix out;
    for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
        const auto a = static_cast<std::size_t>(from[i]), b = static_cast<std::size_t>(to[i]);
        ++out.count[a][b];
        out.units[a][b].push_back(i);
    }
    return out;
}

std::vector<StatusSpan> status_spans(const StatusSeries& series, Period until) {
    std::vector<StatusSpan> out(series.units());
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto& span = out[i];
        std::size_t healthy_run = 0, hot_run = 0;
        auto previous = Status::Unknown;
        for (std::size_t p = 0; p < series.periods.size(); ++p) {
            if (until.year != 0 && until < series.periods[p]) break;
            const auto s = series.of[p][i];
            healthy_run = s == Status::None ? healthy_run + 1 : 0;
            hot_run = hot(s) ? hot_run + 1 : 0;
            span.longest_healthy = std::max(span.longest_healthy, healthy_run);
            span.longest_hot = std::max(span.longest_hot, hot_run);
            span.healthy += s == Status::None;
            span.hot += hot(s);
            span.known += s != Status::Unknown;
            if (s != previous && s != Status::Unknown && previous != Status::Unknown)
                span.changed = series.periods[p];
            if (s == Status::Unknown) {
                span.run = 0;
            } else if (s == previous) {
                ++span.run;
            } else {
                span.run = 1;
                span.since = series.periods[p];
            }
            if (s != Status::Unknown) span.last = s;
            previous = s;
        }
        // Unknown at the end: the last known status stands, but no run reaches the present.
        if (previous == Status::Unknown) span.run = 0, span.since.reset();
    }
    return out;
}

std::string_view shown_move(const UnitMoves& moves) {
    for (const auto move : {Move::Relapsed, Move::NewHotspot, Move::Lost, Move::Transformed,
                            Move::NewlyBuilt, Move::Maintained})
        if (moves.has(move)) return to_string(move);
    return moves.known ? "not_healthy" : "unknown";
}

const std::vector<std::string>& move_categories() {
    static const std::vector<std::string> kCategories{"maintained",  "newly_built", "transformed",
                                                      "not_healthy", "lost",        "new_hotspot",
                                                      "relapsed"};
    return kCategories;
}

} // namespace diaban::data
