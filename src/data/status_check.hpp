// Checks of reported numbers against each other: the validation rules V1 to V6 of domain reference
// 3.3. Violations are findings that name the numbers; nothing is corrected.
#pragma once

#include "base/error.hpp"
#include "data/status.hpp"

#include <map>
#include <span>

namespace diaban::data {

// Totals that a report prints for an area and a period, by indicator code: ST03 hot both, ST04/ST05
// hot drug/prostitution, ST06/ST07 present prostitution/drug, ST08/ST09 none prostitution/drug,
// ST10 healthy both, ST11_new, ST11_kept, ST10_before (healthy of the year before), units.
struct ReportedTotals {
    std::map<std::string, double> value;
    std::optional<double> get(std::string_view code) const;
};

// All rules that the totals given allow: V1 per domain, V2, V4, and healthy = kept + new.
void check_totals(const ReportedTotals& reported, base::Findings& findings);

// V1: classes sum to the units of that year; inclusive and exclusive readings are both tried.
void check_classes(Domain domain, double none, double present, double hot, double units,
                   base::Findings& findings);
// V2: none of both is at most none of either.
void check_both(double both, double drug, double prostitution, base::Findings& findings);
// V3: parts sum to their total.
void check_parts(std::string_view what, double total, std::span<const double> parts,
                 base::Findings& findings);
// V4: maintained is at most healthy of the year before.
void check_maintained(double maintained, double healthy_before, base::Findings& findings);
// V5: a printed percentage is the ratio, to half of its last printed digit. `printed` as it stands
// ("72,4", "72.4 %"); no finding if it is no number.
void check_percent(std::string_view what, double part, double whole, std::string_view printed,
                   base::Findings& findings);
// V6: visits (lượt, repeats counted) are at least as many as distinct objects.
void check_visits(std::string_view what, double visits, double objects, base::Findings& findings);

} // namespace diaban::data
