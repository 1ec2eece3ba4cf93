#include "app/summary_halves.hpp"

#include "app/summary_audit.hpp"
#include "data/catalogue.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace diaban::app {
namespace {

// The year and its halves, in this order, if `period` is one of them and all are there.
std::optional<std::array<std::size_t, 3>> year_and_halves(const data::IndicatorCube& cube,
                                                          std::size_t period) {
    const int year = cube.periods[period].year;
    std::array<std::size_t, 3> out{};
    for (int half = 0; half < 3; ++half) {
        const auto at = cube.find(data::Period{year, half});
        if (year == 0 || !at) return std::nullopt;
        out[static_cast<std::size_t>(half)] = *at;
    }
    return out;
}

// What is counted on a day is not the sum of its halves.
bool adds_up_over_a_year(const data::Indicator& indicator) {
    const auto* known = data::find_in_catalogue(indicator.id);
    return counts_persons(indicator) && indicator.kind == data::Kind::Count &&
           !(known && known->reading == data::Accrual::Stock);
}

struct Third { // of a year: its sums, and what of them is hidden
    std::size_t period = 0;
    std::vector<SummarySums> sums;
    std::vector<HiddenSums> hidden;
};

// Beside a single hidden sum of an area the smallest other one. True if any was.
bool hide_third_ones(std::vector<Third>& year, std::size_t grouping, std::size_t indicator) {
    bool more = false;
    const auto areas = year[0].sums[grouping][indicator].size();
    for (std::size_t a = 0; a < areas; ++a) {
        std::array<double, 3> value{};
        std::size_t hidden = 0, smallest = 3;
        bool known = true;
        for (std::size_t t = 0; t < 3; ++t) {
            const auto& sum = year[t].sums[grouping][indicator][a].value;
            known = known && sum;
            value[t] = sum.value_or(0);
            if (year[t].hidden[grouping][indicator][a])
                ++hidden;
            else if (smallest == 3 || value[t] < value[smallest])
                smallest = t;
        }
        if (!known || value[0] != value[1] + value[2] || hidden != 1) continue;
        year[smallest].hidden[grouping][indicator][a] = more = true;
    }
    return more;
}

bool hide_third_ones(std::vector<Third>& year, const data::IndicatorCube& cube) {
    bool more = false;
    if (year.size() != 3) return more;
    for (std::size_t g = 0; g < year.front().sums.size(); ++g)
        for (std::size_t k = 0; k < cube.indicators.size(); ++k)
            if (adds_up_over_a_year(cube.indicators[k])) more = hide_third_ones(year, g, k) || more;
    return more;
}

// What agencies have of areas hides last, so that the summary of everything knows nothing of it.
bool hide_what_is_told(std::vector<Third>& year, const Dataset& all, const Dataset& shown,
                       std::span<const SummaryGrouping> groupings, base::JobContext& ctx) {
    std::vector<SumsOfPeriod> sums;
    for (auto& third : year) sums.push_back({third.period, third.sums, third.hidden});
    const auto whole = static_cast<std::size_t>(
        std::find_if(groupings.begin(), groupings.end(), of_agencies) - groupings.begin());
    bool more = hide_telling_sums(all, shown, groupings.first(whole), 0, sums, ctx);
    if (whole < groupings.size())
        more = hide_telling_sums(all, shown, groupings, whole, sums, ctx) || more;
    return more;
}

} // namespace

std::vector<HiddenSums> hide_with_halves(const Dataset& all, const Dataset& shown,
                                         std::size_t period,
                                         const std::vector<SummaryGrouping>& groupings,
                                         const std::vector<SummarySums>& sums, const HideSums& hide,
                                         base::JobContext& ctx) {
    const auto& cube = *all.cube;
    std::vector<Third> year;
    if (const auto periods = year_and_halves(cube, period))
        for (const auto third : *periods) year.push_back({third, {}, {}});
    else
        year.push_back({period, {}, {}});
    for (auto& third : year) {
        if (third.period == period)
            third.sums = sums;
        else
            for (const auto& grouping : groupings)
                third.sums.push_back(summary_sums(cube, third.period, grouping));
        third.hidden = hide(third.period, third.sums, {});
    }
    // Each round hides at least one sum more, or is the last.
    while (hide_third_ones(year, cube) || hide_what_is_told(year, all, shown, groupings, ctx))
        for (auto& third : year) third.hidden = hide(third.period, third.sums, third.hidden);
    const auto own = std::find_if(year.begin(), year.end(),
                                  [&](const Third& third) { return third.period == period; });
    return own->hidden;
}

} // namespace diaban::app
