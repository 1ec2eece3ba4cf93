// The circles of a legend of sizes.
#pragma once

#include <vector>

namespace diaban::map {

struct SizeStep {
    double amount = 0, diameter = 0;
};
// At most three, the largest first: round amounts (1, 2 or 5 times a power of ten), each at most a
// quarter and a twentieth of the first. The first is the largest round one that is no more than
// `largest` and whose circle is no wider than `most`. `per_root`: the diameter of the circle of
// amount 1. Circles narrower than `least` are left out, the first never; with `whole` amounts below
// one too.
std::vector<SizeStep> size_steps(double per_root, double largest, double most, double least,
                                 bool whole);
// Decimals that tell such an amount: 5 has none, 0.2 has one.
int step_decimals(double amount);
// The largest of 1, 2 or 5 times a power of ten that is no more than a positive number.
double round_down(double value);
// The smallest of those that is no less.
double round_up(double value);

} // namespace diaban::map
