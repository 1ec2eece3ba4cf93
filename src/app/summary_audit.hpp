// The last look at the sums of a public summary: whoever has all of them, those of the halves of
// the year too, the table of communes, what adds up in it, and the tables that it was carried from.
#pragma once

#include "app/summary_mask.hpp"

#include <span>

namespace diaban::app {

struct SumsOfPeriod {
    std::size_t period;
    const std::vector<SummarySums>& sums; // by grouping
    std::vector<HiddenSums>& hidden;
};
// Hides sums until every count from 1 to k-1 that the tables hide may be any of these, and every
// other hidden one may be one more or one less, for all that a linear program tells of them
// (analysis/hidden_numbers.hpp); unless the table of communes, its list of masked cells, or the
// tables that it was carried from say more by themselves. The first `settled` groupings stay as
// they are. True if any was hidden.
bool hide_telling_sums(const Dataset& all, const Dataset& shown,
                       std::span<const SummaryGrouping> groupings, std::size_t settled,
                       std::span<const SumsOfPeriod> periods, base::JobContext& ctx);

} // namespace diaban::app
