// Moves of communes between two periods, streaks and years in a status.
//
// Guarantee: healthy(t) = maintained + newly built + from unknown, and healthy(t-1) = maintained +
// lost + became unknown, by construction; an unknown status on either side is no move.
// Names and identities: domain reference 3.3.
#pragma once

#include "data/status.hpp"

namespace diaban::data {

// What a unit's status of one or both domains says, [period][unit].
struct StatusHistory {
    std::vector<Period> periods;
    std::vector<std::vector<Flag>> healthy; // none in every domain given
    std::vector<std::vector<Flag>> hot;     // hotspot in any domain given
    std::size_t units() const { return healthy.empty() ? 0 : healthy.front().size(); }
    std::optional<std::size_t> find(Period period) const;
};
// Of one series, or of two together: healthy in both, hot in either. Periods are those of all.
StatusHistory history_of(const StatusSeries& drug, const StatusSeries& prostitution);

// A unit may have made several moves at once: healthy to hotspot is lost and a new hotspot.
enum class Move : std::uint8_t {
    Maintained,  // healthy, healthy          duy trì
    NewlyBuilt,  // not healthy, healthy      xây dựng mới
    Lost,        // healthy, not healthy      không duy trì được
    NewHotspot,  // no hotspot, hotspot       phát sinh
    Transformed, // hotspot, no hotspot       chuyển hóa
    Relapsed,    // a hotspot again that had been one before and then was none; or lost again after
                 // having been newly built
};
inline constexpr std::size_t kMoves = 6;
std::string_view to_string(Move move); // "maintained" ...

struct UnitMoves {
    std::uint8_t moves = 0; // bit Move
    bool known = false;     // healthy or not is known in both periods
    bool has(Move m) const { return (moves >> static_cast<unsigned>(m)) & 1u; }
};

struct Transitions {
    Period from, to;
    std::vector<UnitMoves> of; // per unit
    std::array<std::size_t, kMoves> counts{};
    // Identities: numbers of units.
    std::size_t healthy_before = 0, healthy_after = 0, hot_before = 0, hot_after = 0;
    std::size_t healthy_from_unknown = 0, healthy_to_unknown = 0, unknown = 0;
};
// Relapses look back over all earlier periods of the history. Throws Error Usage
// "error.period.unknown" if a period is not in it.
Transitions transitions(const StatusHistory& history, Period from, Period to);

// matrix[a][b]: units with status a in one and b in the other period; `units` in the same shape.
struct StatusMatrix {
    std::array<std::array<std::size_t, kStatuses>, kStatuses> count{};
    std::array<std::array<std::vector<std::size_t>, kStatuses>, kStatuses> units;
};
StatusMatrix status_matrix(const std::vector<Status>& from, const std::vector<Status>& to);

// How long a unit has been what it is at the last known period, and how often it was what.
struct StatusSpan {
    Status last = Status::Unknown;
    std::optional<Period> since; // first period of the unbroken run; unknown periods break it
    std::size_t run = 0;         // periods in it
    std::size_t known = 0, healthy = 0, hot = 0;      // periods
    std::size_t longest_healthy = 0, longest_hot = 0; // unbroken runs
    std::optional<Period> changed; // last period that differs from the one before
};
// As they stood in `until`: later periods do not count. Undated: at the last.
std::vector<StatusSpan> status_spans(const StatusSeries& series, Period until = {});

// The one move a map shows of a unit, the one that asks for most attention first: relapsed, new
// hotspot, lost, transformed, newly built, maintained; then "not_healthy" (no move); else unknown.
std::string_view shown_move(const UnitMoves& moves); // a category code, "unknown" if not known
const std::vector<std::string>& move_categories();   // codes in legend order

} // namespace diaban::data
