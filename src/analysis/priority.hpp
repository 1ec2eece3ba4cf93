// How urgent an inspection of a commune is: a sum of a few named terms with weights that everybody
// sees, and every commune's sum explained. Communes are scored, never persons.
//
// score = sum of w c over the known terms / sum of all w; doubt = sum of w over the unknown terms /
// sum of all w. Guarantee: what is not known never raises the score, only the doubt, so missing
// data asks for verification and not for enforcement.
//
// Findings exist only where teams went (Ensign et al. 2018, "Runaway feedback loops in predictive
// policing"), so violations are taken per visit and shrunk towards the overall rate where visits
// are few: who is searched more often is not punished for it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace diaban::analysis {

enum class PriorityTerm : std::uint8_t {
    Status, // rank of the worse of both statuses over 4: present 0.25, hotspot 0.5 … class I 1
    Violations, // per visit, shrunk, over the highest
    Trend, // of violations per visit: rising pairs less falling ones over all pairs, at least 0
    Since, // periods since the last inspection over kLongestSince, at most 1
    Uninspected, // share of establishments that were not visited
    Near,        // 1 where a place lies within the distance asked for
    Border,      // 1 on the border
    Gap,         // part of a target that is missing (app/target_gaps.hpp); 1 where one is missed
};
inline constexpr std::size_t kPriorityTerms = 8;
inline constexpr double kLongestSince = 5;     // periods
std::string_view to_string(PriorityTerm term); // "status", "violations", …
std::optional<PriorityTerm> parse_priority_term(std::string_view word);

// One term of all communes: 0 to 1, NaN where it is not known.
struct PriorityColumn {
    PriorityTerm term = PriorityTerm::Status;
    double weight = 1;
    std::vector<double> value;
};

struct PriorityScores {
    std::vector<double> score, doubt; // 0..1 per commune
    // What each column gives to the score of a commune; NaN where it is unknown. [column][commune]
    std::vector<std::vector<double>> points;
};
// Throws Error Usage "error.priority.weights" unless some weight is above 0 and none below.
PriorityScores priority_scores(const std::vector<PriorityColumn>& columns, std::size_t communes);

// ---- The columns that take some work. Values by period, oldest first: [period][commune].
using PeriodValues = std::vector<std::vector<double>>;
// Violations per visit of the last period, empirical Bayes (rates.hpp), over the highest. Unknown
// without a visit.
std::vector<double> violations_column(std::span<const double> violations,
                                      std::span<const double> visits);
// Unknown with fewer than five periods (trend.hpp).
std::vector<double> trend_column(const PeriodValues& violations, const PeriodValues& visits);
// Unknown where no period tells of inspections; 1 where all that do tell of none.
std::vector<double> since_column(const PeriodValues& inspections);
std::vector<double> uninspected_column(std::span<const double> visits,
                                       std::span<const double> establishments);

} // namespace diaban::analysis
