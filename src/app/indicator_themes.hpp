// Indicators grouped by what they are about, so that support services are found as easily as
// enforcement.
//
// Guarantee: every indicator of the cube is in exactly one theme.
#pragma once

#include "app/language.hpp"
#include "data/cube.hpp"

namespace diaban::app {

struct IndicatorTheme {
    std::string id, text;                // "support", "Support services"
    std::vector<std::size_t> indicators; // of the cube, in its order
};
// Themes with an indicator, in a fixed order.
std::vector<IndicatorTheme> indicator_themes(const data::IndicatorCube& cube,
                                             const Language& language);

} // namespace diaban::app
