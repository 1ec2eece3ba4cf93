#include "app/held_period.hpp"

#include <algorithm>

namespace diaban::app {

bool has_values(const data::IndicatorCube& cube, std::size_t indicator, std::size_t period) {
    const auto states = cube.slice(indicator, period).state;
    return std::any_of(states.begin(), states.end(), [](data::Cell state) {
        return state == data::Cell::Observed || state == data::Cell::Estimated;
    });
}

std::size_t held_period(const data::IndicatorCube& cube, std::size_t indicator,
                        std::size_t period) {
    const auto undated = cube.find(data::Period{});
    if (!undated || *undated == period) return period;
    for (std::size_t p = 0; p < cube.periods.size(); ++p)
        if (p != *undated && has_values(cube, indicator, p)) return period;
    return *undated;
}

} // namespace diaban::app
