// Numbers that were carried to other boundaries, beside the public tables on the boundaries they
// were counted on.
#pragma once

#include "app/hidden_cells.hpp"
#include "app/mask.hpp"
#include "app/summary_mask.hpp"

namespace diaban::app {

struct CarriedColumn {
    data::Slice all, shown; // on the old units; `shown` as their public table has it
    data::Slice carried;    // on the new units
    const data::Crosswalk& crosswalk;
};
enum class CarriedUnit : std::uint8_t {
    Silent, // it may stand, for all that it tells by itself
    Tells,  // it has one hidden count of the old units, or a share of one: it tells all of it
    Known   // what the public table on the old units has, added up
};
// By new unit; Silent where there is no number.
std::vector<CarriedUnit> carried_units(const CarriedColumn& column);

// What is public on the old boundaries: the table of communes, and all sums of summaries.
struct PublicThere {
    std::shared_ptr<const Dataset> all, shown;
    std::vector<CoupledColumns> groups;
    geo::Csr parts; // by new unit: old ones and their shares
    struct Sums {
        std::vector<SummaryGrouping> groupings;
        std::vector<HiddenSums> hidden;
    };
    std::vector<Sums> sums; // by period
};
// Made once for each dataset that was carried, if masked as usual.
std::shared_ptr<const PublicThere> public_there(const CarriedFrom& from, const MaskSpec& spec,
                                                base::JobContext& ctx);

// Whether columns of the group were carried from anywhere.
bool any_carried(const Dataset& dataset, const CoupledColumns& group);
// The hidden counts of the old units, with what is public of them, as further numbers: what adds up
// to the cells of `here`, the group's columns of `dataset`. `may_hide`: with the cells that are
// shown there and would tell of them; else these stay. What the old counts must be able to be is
// added to the wishes.
void add_carried(analysis::HiddenNumbers& numbers, const Dataset& dataset,
                 const CoupledColumns& group, HiddenCells& here, bool may_hide, CellWishes& wishes,
                 const MaskSpec& spec, base::JobContext& ctx);

} // namespace diaban::app
