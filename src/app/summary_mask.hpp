// Which sums of a public summary are not to be read.
//
// Guarantees: no sum of persons from 1 to k-1 stands; and nobody who has all tables of the summary
// beside the public table of communes finds a small count, of a commune or of an area, however the
// groupings cut one another (app/sum_network.hpp). The whole is the same in every table. Rates hide
// where their numerator or denominator does.
//
// The summaries of single agencies are masked as if all of them, and the summary of everything,
// were public: whichever is made first, they tell no small count together that the summary of
// everything and the table of communes do not tell by themselves.
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
    // The last two: what each agency has of every district or province, the rows of its own
    // summary.
    enum class By { District, Province, Agency, Nothing, DistrictOfAgency, ProvinceOfAgency };
    std::string sheet; // message id of its name
    By by = By::Nothing;
    std::vector<SummaryArea> areas;
};

// What agencies have of areas: rows of several summaries.
bool of_agencies(const SummaryGrouping& grouping);

// By indicator and area of one grouping; nothing of categories.
using SummarySums = std::vector<std::vector<Aggregate>>;
using HiddenSums = std::vector<std::vector<bool>>;
SummarySums summary_sums(const data::IndicatorCube& cube, std::size_t period,
                         const SummaryGrouping& grouping);

// One per grouping. `shown` is the dataset as the public table of communes has it.
std::vector<HiddenSums> sums_to_hide(const Dataset& all, const Dataset& shown, std::size_t period,
                                     const std::vector<SummaryGrouping>& groupings,
                                     const std::vector<SummarySums>& sums, base::JobContext& ctx);
// Of the summary of one agency: `own` are its rows, `whole` those of the summary of everything.
std::vector<HiddenSums> agency_sums_to_hide(const Dataset& all, const Dataset& shown,
                                            std::size_t period,
                                            const std::vector<SummaryGrouping>& whole,
                                            const std::vector<SummaryGrouping>& own,
                                            const std::vector<SummarySums>& own_sums,
                                            base::JobContext& ctx);
// The groupings, and after them what each agency has of every district and province: the rows of
// all summaries of single agencies.
std::vector<SummaryGrouping> with_areas_of_agencies(const data::IndicatorCube& cube,
                                                    std::size_t period,
                                                    std::vector<SummaryGrouping> groupings);

} // namespace diaban::app
