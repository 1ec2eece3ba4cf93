// The areas that a summary has sums of: districts, provinces and responsible agencies, each family
// with all units together at its end.
#pragma once

#include "app/language.hpp"
#include "app/summary_mask.hpp"

namespace diaban::app {

// At least one family; where the data know no areas it has no row but the whole. The agencies are
// those of `period`.
std::vector<SummaryGrouping> summary_groupings(const Dataset& dataset, std::size_t period,
                                               const std::vector<geo::FaceId>& units,
                                               const Language& language);
// The same without words: the names of what is in no area are empty.
std::vector<SummaryGrouping> summary_groupings(const Dataset& dataset, std::size_t period,
                                               const std::vector<geo::FaceId>& units);

} // namespace diaban::app
