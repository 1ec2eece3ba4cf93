// What a reader of a map should be told about it before it is believed: counts where a rate would
// be fairer, and classes that the data do not allow.
//
// Guarantees: the window and the command line give the same advice; nothing is changed by it.
#pragma once

#include "app/view.hpp"

namespace diaban::app {

// A count coloured over areas shows where many people live (conventions.md 2). The rate that has
// this count as its numerator; nothing if the map shows no count or there is no such rate.
std::optional<std::size_t> rate_of(const Dataset& dataset, const StyledMap& styled);
bool shows_counts(const Dataset& dataset, const StyledMap& styled);
// Whether the map shows what authorities recorded about people and places (statuses, cases,
// persons, and rates of those), which never is all there is.
bool shows_records(const Dataset& dataset, const StyledMap& styled);
// Whether the map's quantiles are those of the values above zero (map/zero_share.hpp).
bool above_zero(const Dataset& dataset, const StyledMap& styled);
// "Only 2 of 5 classes are possible: 61 % of the values are 0." or "there are 3 different values".
// Empty if there are as many classes as were asked for, and values enough to fill them.
std::string fewer_classes(const Dataset& dataset, const StyledMap& styled,
                          const Language& language);

// Units without a shape, which no map draws and no legend counts.
std::size_t not_drawn(const Dataset& dataset);
// "1 unit has no shape …: 00014." Empty if every unit is on the map.
std::string units_not_drawn(const Dataset& dataset, const Language& language);

} // namespace diaban::app
