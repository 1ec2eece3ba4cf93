// How well the rows of a sheet fit the units of a vintage, before it is known which it belongs to.
#pragma once

#include "data/import_read.hpp"

#include <set>

namespace diaban::data {

struct SheetFit {
    std::size_t keys = 0;    // distinct units that rows name, among the first rows
    std::size_t fitting = 0; // found by code (and no other unit's name beside it) or surely by name
    std::size_t units = 0;   // of the vintage
};
SheetFit fit_of(const Sheet& sheet, const SheetPlan& plan, const UnitTable& units,
                const FindUnits& find_units);
// The periods that a sheet speaks of: of its titles, its headers and (of the first rows) its column
// of periods.
std::set<Period> periods_of(const Sheet& sheet, const SheetPlan& plan);

} // namespace diaban::data
