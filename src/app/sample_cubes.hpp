// From facts to what a store holds: units with codes, indicator cubes, and the crosswalk.
#pragma once

#include "app/sample_facts.hpp"
#include "app/sample_names.hpp"
#include "data/crosswalk.hpp"
#include "data/units.hpp"

namespace diaban::app::sample {

// Codes begin with the invented province code "00". A unit of the reform keeps its seat's code.
data::UnitTable units_before(const Province& province, const Names& names);
data::UnitTable units_after(const Province& province, const Names& names,
                            const data::UnitTable& before);

// Shares of the people: 1 for whole communes; of a divided commune the moved share has four
// decimals.
data::Crosswalk make_crosswalk(const Province& province);
double moved_share(const Province& province, const Split& split);

// Years before the reform on the communes; the year of the reform on the units after it.
data::IndicatorCube cube_before(const Province& province, const Facts& facts);
data::IndicatorCube cube_after(const Province& province, const Facts& facts);

} // namespace diaban::app::sample
