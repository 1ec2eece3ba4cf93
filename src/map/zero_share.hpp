// When zeros are set apart from quantiles: one rule for every number of classes.
#pragma once

#include <span>

namespace diaban::map {

// True if no value is below zero and at least a fifth are zero (their type 7 quantile of 1/5 is 0):
// zeros would fill a whole class of five. Quantiles are then those of the values above zero,
// whatever k is, if zero has a row of its own in the legend (ClassSpec::zero_apart).
bool quantiles_above_zero(std::span<const double> values);

} // namespace diaban::map
