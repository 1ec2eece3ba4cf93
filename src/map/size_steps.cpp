#include "map/size_steps.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace diaban::map {
namespace {

constexpr double kSlack = 1e-9; // of a number: what rounding may have taken from it

double power_below(double value) {
    return std::pow(10.0, std::floor(std::log10(value) + kSlack));
}

} // namespace

double round_down(double value) {
    const double power = power_below(value);
    double out = power;
    for (const double digit : {2.0, 5.0})
        if (digit * power <= value * (1 + kSlack)) out = digit * power;
    return out;
}

double round_up(double value) {
    const double power = power_below(value);
    for (const double digit : {1.0, 2.0, 5.0})
        if (digit * power >= value * (1 - kSlack)) return digit * power;
    return 10 * power;
}

int step_decimals(double amount) {
    return std::max(0, -static_cast<int>(std::floor(std::log10(amount) + kSlack)));
}

std::vector<SizeStep> size_steps(double per_root, double largest, double most, double least,
                                 bool whole) {
    std::vector<SizeStep> out;
    if (!(per_root > 0) || !(largest > 0) || !(most > 0)) return out;
    const double first = round_down(std::min(largest, most / per_root * (most / per_root)));
    for (const double part : {1.0, 4.0, 20.0}) {
        const double amount = part == 1 ? first : round_down(first / part);
        const double diameter = per_root * std::sqrt(amount);
        if (part != 1 && (diameter < least || (whole && amount < 1))) break;
        out.push_back({amount, diameter});
    }
    return out;
}

} // namespace diaban::map
