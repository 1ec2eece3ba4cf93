// Which period's values stand for a period.
#pragma once

#include "data/cube.hpp"

namespace diaban::app {

// True if any unit has a value of the indicator in the period.
bool has_values(const data::IndicatorCube& cube, std::size_t indicator, std::size_t period);

// The period itself, or the undated one for an indicator that has values nowhere else: a region or
// an area holds in every year.
std::size_t held_period(const data::IndicatorCube& cube, std::size_t indicator, std::size_t period);

} // namespace diaban::app
