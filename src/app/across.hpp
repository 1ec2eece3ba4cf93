// Which years are shown, and on which boundaries, where a store has several vintages.
#pragma once

#include <array>
#include <string_view>

namespace diaban::app {

enum class Across {
    No,      // the years of data.vintage
    Own,     // all years, each on the boundaries it was counted on
    Carried, // all years on data.vintage; what is carried there is an estimate
};
inline constexpr std::array<std::string_view, 3> kAcross{"no", "own", "carried"}; // in this order

constexpr std::string_view to_string(Across across) {
    return kAcross[static_cast<std::size_t>(across)];
}

} // namespace diaban::app
