// A packed tree over boxes: which of them meet a box, and which are nearest to one.
//
// Guarantees: immutable once built, so it can be shared between threads; the same boxes give the
// same tree; empty boxes are never found. Built by sort-tile-recursive packing (Leutenegger et al.,
// "STR: a simple and efficient algorithm for R-tree packing", ICDE 1997).
#pragma once

#include "geo/point.hpp"

#include <cstddef>
#include <queue>
#include <vector>

namespace diaban::geo {

// Square of the distance between the nearest points of two boxes; 0 where they meet.
inline double squared_gap(const Box& a, const Box& b) {
    const double dx = std::max({a.min_x - b.max_x, b.min_x - a.max_x, 0.0});
    const double dy = std::max({a.min_y - b.max_y, b.min_y - a.max_y, 0.0});
    return dx * dx + dy * dy;
}

class BoxTree {
public:
    BoxTree() = default;
    explicit BoxTree(std::span<const Box> boxes);

    std::size_t size() const { return item_.size(); }
    // The box around all of them.
    Box box() const { return nodes_.empty() ? Box() : nodes_.back().box; }

    // Calls visit(index) for every box that meets `b`.
    template <class Visit> void each_in(const Box& b, Visit visit) const {
        if (nodes_.empty()) return;
        std::vector<std::uint32_t> open{root()};
        while (!open.empty()) {
            const Node& node = nodes_[open.back()];
            open.pop_back();
            if (!node.box.intersects(b)) continue;
            for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
                if (!node.leaf)
                    open.push_back(i);
                else if (box_[i].intersects(b))
                    visit(item_[i]);
            }
        }
    }

    // Calls visit(index, squared gap to `b`) from near to far, among equals by index. `visit`
    // returns the square of the distance up to which more are wanted.
    template <class Visit>
    void each_by_distance(const Box& b, double most_squared, Visit visit) const {
        if (nodes_.empty()) return;
        std::priority_queue<Step, std::vector<Step>, std::greater<>> open;
        open.push({squared_gap(nodes_[root()].box, b), false, root()});
        while (!open.empty() && open.top().squared <= most_squared) {
            const Step step = open.top();
            open.pop();
            if (step.item) {
                most_squared = visit(step.at, step.squared);
                continue;
            }
            const Node& node = nodes_[step.at];
            for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
                const double gap = squared_gap(node.leaf ? box_[i] : nodes_[i].box, b);
                if (gap <= most_squared) open.push({gap, node.leaf, node.leaf ? item_[i] : i});
            }
        }
    }

private:
    struct Node {
        Box box;
        std::uint32_t first = 0, count = 0; // of items in a leaf, of nodes above
        bool leaf = true;
    };
    struct Step {
        double squared;
        bool item;
        std::uint32_t at;
        friend auto operator<=>(const Step&, const Step&) = default;
    };
    std::uint32_t root() const { return static_cast<std::uint32_t>(nodes_.size() - 1); }

    std::vector<Box> box_;            // in the order of the leaves
    std::vector<std::uint32_t> item_; // index of each as it was given
    std::vector<Node> nodes_;         // leaves first, the root last
};

} // namespace diaban::geo
