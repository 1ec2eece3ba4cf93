// Which sums of a public summary are not to be read.
//
// Guarantees: no sum of persons from 1 to k-1 stands; and nobody who has all tables of the summary
// beside the public table of communes finds a small count, of a commune or of an area, however the
// groupings cut one another (app/sum_network.hpp). The whole is the same in every table. Rates hide
// where their numerator does.
#pragma once

#include "app/aggregate.hpp"
#include "app/mask.hpp"

namespace diaban::app {

// Units that stand in one row.
struct SummaryArea {
    std::string name;
    std::vector<geo::FaceId> units;
};
// Rows that hold every unit once, and at last all units together.
struct SummaryGrouping {
    enum class By { District, Province, Agency, Nothing };
    std::string sheet; // message id of its name
    By by = By::Nothing;
    std::vector<SummaryArea> areas;
};

// By indicator and area of one grouping; nothing of categories.
using SummarySums = std::vector<std::vector<Aggregate>>;
using HiddenSums = std::vector<std::vector<bool>>;

// One per grouping. `shown` is the cube as the public table of communes has it.
std::vector<HiddenSums> sums_to_hide(const data::IndicatorCube& cube,
                                     const data::IndicatorCube& shown, std::size_t period,
                                     const std::vector<SummaryGrouping>& groupings,
                                     const std::vector<SummarySums>& sums);

} // namespace diaban::app
