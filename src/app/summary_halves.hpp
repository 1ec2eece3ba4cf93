// The sums of a year and of its halves, which add up: of three of an area one alone is never
// hidden, and all together they tell of no small count (app/summary_audit.hpp).
#pragma once

#include "app/summary_mask.hpp"

#include <functional>

namespace diaban::app {

// Hides the sums of one period; `already` is hidden in any case, or empty. One per grouping.
using HideSums =
    std::function<std::vector<HiddenSums>(std::size_t period, const std::vector<SummarySums>& sums,
                                          const std::vector<HiddenSums>& already)>;
// What `hide` hides of `period`, and what must go with it beside the sums of the year and of the
// other half, where the cube has all three. The same whichever of the three is asked for, unless
// agencies changed within the year.
std::vector<HiddenSums> hide_with_halves(const Dataset& all, const Dataset& shown,
                                         std::size_t period,
                                         const std::vector<SummaryGrouping>& groupings,
                                         const std::vector<SummarySums>& sums, const HideSums& hide,
                                         base::JobContext& ctx);

} // namespace diaban::app
