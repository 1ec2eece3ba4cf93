// How far the targets of a plan are from being met where a commune lies: the term "gap to target"
// of a score.
//
// The gap of a target is the part of what it asks for that is still missing: needed / required
// where more is asked for, needed / what there is where less is; 0 once it is met. A share of
// numbers that communes report, a reduction from a reported baseline and a set to be kept are asked
// of every district (without districts of every province) by itself; a number that the plan prints
// for its whole area is asked of that area.
//
// Guarantee: what cannot be told from the data counts neither as met nor as missed.
#pragma once

#include "app/statuses.hpp"
#include "data/target.hpp"

#include <set>

namespace diaban::app {

struct TargetGap {
    std::string id, text_vi, text_en; // of the target
    std::string area;                 // district or province; empty: the whole area of the plan
    bool fewer = false;               // less is asked for
    double gap = 0;                   // 0 to 1
};

struct TargetGaps {
    std::string area_vi, area_en, document; // of the plan
    data::Period period;
    std::vector<double> value; // per unit the mean of its targets' gaps; NaN where none can be told
    std::vector<std::size_t> region_of;          // per unit
    std::vector<std::vector<TargetGap>> regions; // the targets that can be told, the farthest first
    bool any() const;                            // of some unit something is known
    const std::string& area(const Language& language) const;
};
// `cube`: the values as they may be told, of the units of the dataset.
TargetGaps target_gaps(const data::Plan& plan, const Dataset& dataset,
                       const data::IndicatorCube& cube, const Statuses& statuses,
                       data::Period period);
// What the targets of a plan are measured by.
std::set<data::IndicatorId> indicators_of(const data::Plan& plan);
// "3 targets, 22 % short on average; farthest: Healthy communes (Huyện A), 40 % short"; "" of a
// unit of which nothing is known.
std::string gap_words(const TargetGaps& gaps, std::size_t unit, const Language& language);

} // namespace diaban::app
