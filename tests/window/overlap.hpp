// Which items of a panel lie over one another, from the rectangles that the window records.
#pragma once

#include "session.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::test {

// "panel: one | other; …", empty if there are none. Two items lie over each other if they share a
// quarter of the smaller one, unless that is a part of the other: named after it ("set:0",
// "set:0.forget"), or much smaller and within it (a cross in a row). One item may have two names.
inline std::string items_over_items(const std::map<std::string, ItemBox>& items) {
    constexpr double kShare = 0.25, kWithin = 0.8, kMuchSmaller = 0.6, kSame = 1;
    const auto is_part = [](const std::string& part, const std::string& whole) {
        return part.starts_with(whole + ".");
    };
    const auto area = [](const ItemBox& box) { return (box.x1 - box.x0) * (box.y1 - box.y0); };
    std::string out;
    for (auto a = items.begin(); a != items.end(); ++a)
        for (auto b = std::next(a); b != items.end(); ++b) {
            const ItemBox &one = a->second, &other = b->second;
            if (one.panel.empty() || one.panel != other.panel || is_part(a->first, b->first) ||
                is_part(b->first, a->first))
                continue;
            if (std::abs(one.x0 - other.x0) + std::abs(one.y0 - other.y0) +
                    std::abs(one.x1 - other.x1) + std::abs(one.y1 - other.y1) <
                kSame)
                continue;
            const double wide = std::min(one.x1, other.x1) - std::max(one.x0, other.x0);
            const double high = std::min(one.y1, other.y1) - std::max(one.y0, other.y0);
            if (wide <= 0 || high <= 0) continue;
            const double smaller = std::min(area(one), area(other));
            const double larger = std::max(area(one), area(other));
            const double share = wide * high / smaller;
            if (share < kShare || (share >= kWithin && smaller < kMuchSmaller * larger)) continue;
            out += (out.empty() ? "" : "; ") + one.panel + ": " + a->first + " | " + b->first;
        }
    return out;
}

} // namespace diaban::test
