// Numbers that add up within each unit and over the units of an area at once: which cells must go
// beside the masked ones so that the two kinds of sums together narrow no small count.
//
// Guarantee: where it can be had at all while the sums of the area are public, every small count
// may be any number from 1 to k-1 afterwards, for all that these sums tell (app/sum_network.hpp);
// else nothing is hidden for its sake.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace diaban::app {

struct PartCell {
    double value = 0;
    bool counts = false; // there, and in the sum of the area
    bool hidden = false, few = false;
    bool known = false; // public elsewhere: never hidden for the sake of another
};
// Of one unit: the first is the sum of the others, if all three are there and it is true of them.
using PartCells = std::array<PartCell, 3>;

// What is to be hidden as well: unit and part, the smallest first.
std::vector<std::pair<std::size_t, std::size_t>> parts_to_hide(std::span<const PartCells> units,
                                                               int k);

} // namespace diaban::app
