// What is taken on the ground where texts are placed. Private to src/map.
#pragma once

#include "geo/point.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <vector>

namespace diaban::map {

// Boxes in a uniform grid, so that a thousand labels cost a thousand look-ups.
class Occupied {
public:
    void add(const geo::Box& box) {
        each_cell(box, [&](std::int64_t key) { cells_[key].push_back(box); });
    }
    bool hits(const geo::Box& box) const {
        bool hit = false;
        each_cell(box, [&](std::int64_t key) {
            const auto cell = cells_.find(key);
            if (cell == cells_.end() || hit) return;
            hit = std::any_of(cell->second.begin(), cell->second.end(),
                              [&](const geo::Box& b) { return b.intersects(box); });
        });
        return hit;
    }

private:
    static constexpr double kCell = 64;
    template <class F> static void each_cell(const geo::Box& box, F f) {
        const auto index = [](double v) {
            return static_cast<std::int64_t>(std::floor(v / kCell));
        };
        for (auto y = index(box.min_y); y <= index(box.max_y); ++y)
            for (auto x = index(box.min_x); x <= index(box.max_x); ++x) f(y * 1'000'003 + x);
    }
    std::unordered_map<std::int64_t, std::vector<geo::Box>> cells_;
};

} // namespace diaban::map
