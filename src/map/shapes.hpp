// Plain shapes that painters fill and stroke; units are whatever the painter says.
#pragma once

#include "geo/point.hpp"

#include <cstdint>
#include <vector>

namespace diaban::map {

// Runs of points: run r is points[start[r]] .. points[start[r + 1]), the last to the end.
struct Path {
    std::vector<geo::Point> points;
    std::vector<std::uint32_t> starts;
    bool closed = true;

    bool empty() const { return points.empty(); }
    void begin() { starts.push_back(static_cast<std::uint32_t>(points.size())); }
    void add(geo::Point p) { points.push_back(p); }
    std::size_t runs() const { return starts.size(); }
    std::span<const geo::Point> run(std::size_t r) const {
        const std::size_t end = r + 1 < starts.size() ? starts[r + 1] : points.size();
        return std::span(points).subspan(starts[r], end - starts[r]);
    }
};

// A box of the page: x to the right, y down.
struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    Rect inset(double by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
};

Path rectangle(const Rect& box);
// Corners are eighths of a circle in six steps: smooth at every size that a page has.
Path rounded_rectangle(const Rect& box, double radius);
Path circle(geo::Point centre, double radius);

} // namespace diaban::map
