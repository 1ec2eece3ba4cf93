// Which numbers an indicator can have: nothing that is counted is negative or half, and a share of
// a whole lies between none and all of it.
//
// Guarantee: what is not certain (an index, a growth, an amount of unknown kind) has no limits.
#pragma once

#include "data/cube.hpp"

#include <limits>
#include <string_view>

namespace diaban::data {

struct ValueLimits {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool whole = false; // counted one by one: there is no half of it

    bool any() const;
    bool contains(double value) const;
};

// `unit` is that of the indicator or, where it names none, of the catalogue ("người", "%").
ValueLimits value_limits(const Indicator& indicator, std::string_view unit);

} // namespace diaban::data
