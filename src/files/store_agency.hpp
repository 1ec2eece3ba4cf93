// The agency that is responsible for each commune, as an indicator like any other: a layer, a
// filter and a column of the table follow from that.
#pragma once

#include "data/cube.hpp"
#include "data/unit_records.hpp"
#include "data/units.hpp"

namespace diaban::files {

inline constexpr std::string_view kAgencyIndicator = "agency";

// "2010-06-30"; later than all records if the period is undated.
std::string last_day(data::Period period);

// A category: value k is the k-th name in the order of the names. The same assignments give the
// same categories, whatever the vintage.
data::Indicator agency_indicator(const std::vector<data::Assignment>& assignments);

// Fills the agency indicator of a cube: what holds at the end of each period (an undated period: at
// the end of all records). Of several agencies the one that began last. Units without one are
// Missing.
void fill_agencies(data::IndicatorCube& cube, std::size_t indicator, const data::UnitTable& units,
                   const std::vector<data::Assignment>& assignments);

} // namespace diaban::files
