// Numbers that were carried to other boundaries, beside the public table on the boundaries they
// were counted on: which of them would give a hidden count away there.
//
// Guarantee: where it can be had at all, every small count of the old units may be any number from
// 1 to k-1 after what is told by the new units that stay and by the sums of the old and of the new
// districts (app/sum_network.hpp).
#pragma once

#include "data/crosswalk.hpp"
#include "data/units.hpp"

#include <vector>

namespace diaban::app {

struct CarriedColumn {
    data::Slice all, shown; // on the old units; `shown` as their public table has it
    const data::UnitTable& before;
    data::Slice carried; // on the new units
    const data::UnitTable& after;
    const data::Crosswalk& crosswalk;
    int k = 10;
};
enum class CarriedUnit : std::uint8_t {
    Silent, // it may stand, and nobody can reckon it from the other table
    Tells,  // it would give a hidden count of the old units away
    Known   // what the public table on the old units has, added up
};
// By new unit; Silent where there is no number.
std::vector<CarriedUnit> carried_units(const CarriedColumn& column);

} // namespace diaban::app
