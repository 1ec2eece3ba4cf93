#include "analysis/point_tree.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::analysis {

using geo::Point;

PointTree::PointTree(std::vector<Point> points) : points_(std::move(points)) {
    for (std::uint32_t i = 0; i < points_.size(); ++i)
        if (!std::isnan(points_[i].x) && !std::isnan(points_[i].y)) order_.push_back(i);
    build(0, order_.size(), true);
}

void PointTree::build(std::size_t begin, std::size_t end, bool by_x) {
    if (end - begin < 2) return;
    const auto middle = begin + (end - begin) / 2;
    const auto at = [&](std::size_t i) { return order_.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(begin), at(middle), at(end), [&](std::uint32_t a, std::uint32_t b) {
        const double u = by_x ? points_[a].x : points_[a].y;
        const double v = by_x ? points_[b].x : points_[b].y;
        return u != v ? u < v : a < b;
    });
    build(begin, middle, !by_x);
    build(middle + 1, end, !by_x);
}

// Visits the points nearer than the square root of `limit`, which the visitor may lower.
template <typename Visit>
void PointTree::search(Point at, std::size_t begin, std::size_t end, bool by_x, double& limit,
                       Visit& visit) const {
    if (begin >= end) return;
    const auto middle = begin + (end - begin) / 2;
    const Point here = points_[order_[middle]];
    const double across = by_x ? at.x - here.x : at.y - here.y;
    const auto low = [&] { search(at, begin, middle, !by_x, limit, visit); };
    const auto high = [&] { search(at, middle + 1, end, !by_x, limit, visit); };
    if (across < 0)
        low();
    else
        high();
    const double dx = at.x - here.x, dy = at.y - here.y;
    if (const double squared = dx * dx + dy * dy; squared <= limit) visit(order_[middle], squared);
    // Equal coordinates may lie on either side of the median.
    if (across * across > limit) return;
    if (across < 0)
        high();
    else
        low();
}

std::vector<PointTree::Hit> PointTree::nearest(std::uint32_t self, std::size_t k) const {
    std::vector<Hit> heap; // the farthest on top
    double limit = std::numeric_limits<double>::infinity();
    auto visit = [&](std::uint32_t index, double squared) {
        if (index == self) return;
        const Hit hit{squared, index};
        if (heap.size() == k) {
            if (!(hit < heap.front())) return;
            std::pop_heap(heap.begin(), heap.end());
            heap.pop_back();
        }
        heap.push_back(hit);
        std::push_heap(heap.begin(), heap.end());
        if (heap.size() == k) limit = heap.front().squared;
    };
    if (k > 0) search(points_[self], 0, order_.size(), true, limit, visit);
    std::sort_heap(heap.begin(), heap.end());
    return heap;
}

std::vector<PointTree::Hit> PointTree::within(std::uint32_t self, double squared) const {
    std::vector<Hit> hits;
    double limit = squared;
    auto visit = [&](std::uint32_t index, double distance) {
        if (index != self) hits.push_back({distance, index});
    };
    search(points_[self], 0, order_.size(), true, limit, visit);
    std::sort(hits.begin(), hits.end(),
              [](const Hit& a, const Hit& b) { return a.index < b.index; });
    return hits;
}

} // namespace diaban::analysis
