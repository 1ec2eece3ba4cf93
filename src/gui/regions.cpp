#include "gui/regions.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr float kSameRow = 6; // window coordinates: regions that begin as near lie side by side

float centre_x(const RegionAt& region) {
    return (region.x0 + region.x1) / 2;
}

bool lies_over(const RegionAt& over, const RegionAt& below) {
    const float x = centre_x(below), y = (below.y0 + below.y1) / 2;
    return over.overlay && x >= over.x0 && x < over.x1 && y >= over.y0 && y < over.y1;
}

} // namespace

std::vector<std::size_t> region_order(std::span<const RegionAt> drawn) {
    std::vector<std::size_t> order;
    const auto alone = std::find_if(drawn.rbegin(), drawn.rend(),
                                    [](const RegionAt& region) { return region.alone; });
    if (alone != drawn.rend())
        return {static_cast<std::size_t>(std::distance(alone, drawn.rend())) - 1};
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        const RegionAt& region = drawn[i];
        if (region.x1 <= region.x0 || region.y1 <= region.y0) continue;
        const bool hidden =
            std::any_of(drawn.begin() + static_cast<std::ptrdiff_t>(i) + 1, drawn.end(),
                        [&](const RegionAt& later) { return lies_over(later, region); });
        if (!hidden) order.push_back(i);
    }
    // What a region holds, as the menus of the menu line, has its centre left of the region's.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto row = [&](std::size_t i) { return std::lround(drawn[i].y0 / kSameRow); };
        if (row(a) != row(b)) return row(a) < row(b);
        return centre_x(drawn[a]) < centre_x(drawn[b]);
    });
    return order;
}

std::optional<std::size_t> next_region(std::span<const RegionAt> drawn, std::string_view id,
                                       int step) {
    const auto order = region_order(drawn);
    if (order.empty()) return std::nullopt;
    const auto now =
        std::find_if(order.begin(), order.end(), [&](std::size_t i) { return drawn[i].id == id; });
    if (now == order.end()) return step > 0 ? order.front() : order.back();
    const auto at = static_cast<std::size_t>(now - order.begin());
    return order[(at + (step > 0 ? 1 : order.size() - 1)) % order.size()];
}

} // namespace diaban::gui
