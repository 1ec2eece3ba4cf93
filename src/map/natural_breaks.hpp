// Natural breaks (Fisher 1958, Jenks): the classes with the least sum of squares within.
//
// Guarantee: the exact optimum, also for 100,000 values: the cost of a run satisfies the quadrangle
// inequality, so the best split is monotone and divide and conquer needs O(k n log n).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace diaban::map {

// Distinct values in ascending order, and how often each occurs.
struct WeightedValues {
    std::vector<double> value;
    std::vector<double> weight;
};
WeightedValues distinct(std::span<const double> values);

// First index of every class but the first, into values.value; k - 1 of them, ascending.
// k must be between 1 and the number of distinct values. Of equal optima the one whose later
// classes start earliest is taken, as classInt does.
std::vector<std::size_t> natural_splits(const WeightedValues& values, std::size_t k);

} // namespace diaban::map
