// Statuses of communes: one value of an exclusive order per domain (drugs, prostitution), unit and
// period, with unknown outside the order; what several sources say is kept side by side.
//
// Guarantee: unknown is never counted as healthy, and no two classes are ever averaged.
// Model: domain reference 3.3.
#pragma once

#include "data/cube.hpp"

#include <array>

namespace diaban::data {

// none < present < hot; a hotspot may have a class, III < II < I.
enum class Status : std::uint8_t { None, Present, Hot, Hot3, Hot2, Hot1, Unknown };
inline constexpr std::size_t kStatuses = 7;
std::string_view to_string(Status status); // "none" ... "hot1", "unknown"
std::optional<Status> parse_status(std::string_view code);
inline bool hot(Status s) {
    return s >= Status::Hot && s <= Status::Hot1;
}
// Place in the order, 0 = none; a hotspot without class ranks as class III. -1 = unknown.
int rank_of(Status s);

enum class Domain : std::uint8_t { Drug, Prostitution };
std::string_view to_string(Domain domain); // "drug", "prostitution"

// The statuses of one domain, [period][unit]; empty for a domain without data.
struct StatusSeries {
    std::vector<Period> periods; // ascending
    std::vector<std::vector<Status>> of;
    bool empty() const { return periods.empty(); }
    std::size_t units() const { return of.empty() ? 0 : of.front().size(); }
};
// The statuses of one period; null (find) or empty (statuses_at) if the series has none then.
const std::vector<Status>* find_period(const StatusSeries& series, Period period);
std::vector<Status> statuses_at(const StatusSeries& series, Period period);
// The standard codes in the order of the enumeration.
constexpr std::array<Status, kStatuses> kAllStatuses{Status::None,   Status::Present, Status::Hot,
                                                     Status::Hot3,   Status::Hot2,    Status::Hot1,
                                                     Status::Unknown};
// True for a category indicator whose categories are the standard codes.
bool is_status(const Indicator& indicator);
// Throws Error Data "error.status.not_a_status" if it is none.
StatusSeries read_statuses(const IndicatorCube& cube, std::size_t indicator);

// The indicator of a domain: `wanted`, else ST01 (drug) or ST02 (prostitution), else one whose name
// says so, else (drug only) the first status. Throws Error Usage "error.indicator.unknown".
std::optional<std::size_t> find_status(const IndicatorCube& cube, Domain domain,
                                       const std::string& wanted);

// Yes, no, or not known.
enum class Flag : std::uint8_t { No, Yes, Unknown };
Flag healthy(Status s);
Flag hotspot(Status s);
Flag both(Flag a, Flag b);   // yes if both, no if either is no
Flag either(Flag a, Flag b); // yes if either, no if both are no

struct StatusCounts {
    std::array<std::size_t, kStatuses> of{};
    std::size_t units = 0;
    std::size_t count(Status s) const { return of[static_cast<std::size_t>(s)]; }
    std::size_t hot_all() const;     // of any class
    std::size_t present_all() const; // present or hot: the inclusive "có tệ nạn"
};
StatusCounts count_statuses(const std::vector<Status>& statuses);

// ---- Exclusive and inclusive counts
// A report's "có tệ nạn" may or may not contain its "trọng điểm".
enum class Reading { Exclusive, Inclusive, Same, Neither };
// Exclusive: none + present + hot = total. Inclusive: none + present = total. Same: hot = 0, so
// that it makes no difference. Neither: the numbers do not add up either way.
Reading reading_of(double none, double present, double hot, double total);

// ---- What several sources say
enum class StatusSource : std::uint8_t { Report, Rule, Override };
std::string_view to_string(StatusSource source); // "report", "rule", "override"

struct StatusRecord {
    std::size_t unit = 0;
    Period period;
    Domain domain = Domain::Drug;
    StatusSource source = StatusSource::Report;
    Status status = Status::Unknown;
    std::optional<double> score;
    std::optional<bool> recognised;
    std::string decision;       // number and date of the decision that recognised it
    std::string rule;           // id and version of the rule file
    std::string reason, author; // of an override: neither is empty
};

// All records of one unit, period and domain, and the status that counts: the override if there is
// one, else the report, else the rule.
struct StatusClaims {
    std::optional<StatusRecord> report, rule, override_;
    const StatusRecord* effective() const;
    // Two sources that both know something say different things.
    bool disagree() const;
};

// Puts the override, else report, else rule of every (unit, period) into a series of one domain.
StatusSeries effective(const StatusSeries& report, const StatusSeries& rule,
                       const std::vector<StatusRecord>& overrides, Domain domain);

} // namespace diaban::data
