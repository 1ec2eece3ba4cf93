// Columns of a cube that add up with each other: a year and its halves, people with a file and
// those of them in centres and in the community.
#pragma once

#include "data/cube.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace diaban::app {

struct CoupledColumns {
    std::string family; // the indicator, or the sum of several
    data::Period when;  // the year
    std::vector<std::pair<std::size_t, std::size_t>> columns; // indicator and period
    // Of these the first is the sum of the others in every unit where all three are there and it is
    // true of them.
    std::vector<std::array<std::size_t, 3>> sums;
};
// All counts of persons, each column in one group; a group of one column adds up with no other.
std::vector<CoupledColumns> coupled_columns(const data::IndicatorCube& cube);

} // namespace diaban::app
