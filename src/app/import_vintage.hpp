// Which boundaries the rows of a report speak of.
//
// Guarantee: a report of the second half of a year that a reform cuts never goes to the boundaries
// of the first; what neither dates nor rows decide is asked.
#pragma once

#include "app/import.hpp"
#include "files/store.hpp"

namespace diaban::app {

// The one asked for; else the one in force in the periods of the sheets or on their day; where
// several were, the one whose units the rows fit by code and name. Throws Error Data
// "error.store.no_vintage", "error.import.vintage" (cannot be told).
std::string vintage_of(const ImportRequest& request, const files::Store& store,
                       const std::vector<data::SheetPlan>& plans,
                       const std::vector<const data::Sheet*>& sheets);

// What units were called while the boundaries held, for names beside their codes.
std::vector<data::Alias> names_during(const std::filesystem::path& store,
                                      std::pair<data::Date, data::Date> valid);

// Throws Error Data "error.import.codes_contradict" if too many codes stand beside another unit's
// name for these to be the right boundaries, unless they were asked for.
void check_codes(const ImportRequest& request, const files::Delivery& delivery);

// Periods of the delivery in which other boundaries held.
void report_other_boundaries(const files::Store& store, const files::Delivery& delivery,
                             base::Findings& findings);

} // namespace diaban::app
