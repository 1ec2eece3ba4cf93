// The days of a period, and what holds in them.
#pragma once

#include "data/cube.hpp"
#include "data/units.hpp"

#include <utility>

namespace diaban::data {

using Dates = std::pair<Date, Date>;

// 28 to 31, of month 1 to 12.
int days_in_month(int year, int month);
// The first and the last day of a year or half-year.
Dates days_of(Period period);
// Whether something that holds from the first day until before the second ({} = open) holds on one
// of these days, both included.
bool holds_in(const Dates& valid, const Dates& days);

} // namespace diaban::data
