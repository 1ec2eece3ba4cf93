#include "app/summary_halves.hpp"

#include "data/catalogue.hpp"

#include <array>
#include <optional>

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
    std::vector<SummarySums> sums;
    std::vector<HiddenSums> hidden;
};

// Beside a single hidden sum of an area the smallest other one. True if any was.
bool hide_third_ones(std::array<Third, 3>& year, std::size_t grouping, std::size_t indicator) {
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

} // namespace

std::vector<HiddenSums> hide_with_halves(const data::IndicatorCube& cube, std::size_t period,
                                         const std::vector<SummaryGrouping>& groupings,
                                         const std::vector<SummarySums>& sums,
                                         const HideSums& hide) {
    const auto periods = year_and_halves(cube, period);
    if (!periods) return hide(period, sums, {});
    std::array<Third, 3> year;
    for (std::size_t t = 0; t < 3; ++t) {
        auto& third = year[t];
        if ((*periods)[t] == period)
            third.sums = sums;
        else
            for (const auto& grouping : groupings)
                third.sums.push_back(summary_sums(cube, (*periods)[t], grouping));
        third.hidden = hide((*periods)[t], third.sums, {});
    }
    // Each round hides at least one sum more, or is the last.
    for (bool more = true; more;) {
        more = false;
        for (std::size_t g = 0; g < groupings.size(); ++g)
            for (std::size_t k = 0; k < cube.indicators.size(); ++k)
                if (adds_up_over_a_year(cube.indicators[k]))
                    more = hide_third_ones(year, g, k) || more;
        if (!more) break;
        for (std::size_t t = 0; t < 3; ++t)
            year[t].hidden = hide((*periods)[t], year[t].sums, year[t].hidden);
    }
    for (std::size_t t = 0; t < 3; ++t)
        if ((*periods)[t] == period) return year[t].hidden;
    return hide(period, sums, {});
}

} // namespace diaban::app
