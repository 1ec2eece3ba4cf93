// Columns that are the years of one indicator: hr2010, hr2011 … become "hr{year}".
#pragma once

#include <string>
#include <vector>

namespace diaban::data {

// The names with every family of columns that differ by nothing but a year replaced by its pattern,
// at the place of its first column; all others as they are. A year has four digits (1900 - 2100)
// anywhere in the name, or two at its end (50 - 99 = 1950 - 1999: small numbers count questions and
// age groups more often than years). One column alone is no family, nor is one with a relative that
// carries another number ("c49", "c50", "c51").
std::vector<std::string> with_year_patterns(const std::vector<std::string>& columns);

} // namespace diaban::data
