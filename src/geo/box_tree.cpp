#include "geo/box_tree.hpp"

#include <cmath>
#include <numeric>

namespace diaban::geo {
namespace {

constexpr std::size_t kFanOut = 8;

// Sorts `order` into vertical strips of whole tiles, each strip by height: neighbours in the result
// are neighbours on the ground.
void tile(std::vector<std::uint32_t>& order, std::span<const Box> boxes) {
    const auto by_x = [&](std::uint32_t a, std::uint32_t b) {
        const double x = boxes[a].min_x + boxes[a].max_x, y = boxes[b].min_x + boxes[b].max_x;
        return x != y ? x < y : a < b;
    };
    const auto by_y = [&](std::uint32_t a, std::uint32_t b) {
        const double x = boxes[a].min_y + boxes[a].max_y, y = boxes[b].min_y + boxes[b].max_y;
        return x != y ? x < y : a < b;
    };
    std::sort(order.begin(), order.end(), by_x);
    const double tiles = std::ceil(static_cast<double>(order.size()) / kFanOut);
    const auto strip = static_cast<std::size_t>(std::ceil(std::sqrt(tiles))) * kFanOut;
    for (std::size_t at = 0; at < order.size(); at += strip) {
        const auto end = std::min(at + strip, order.size());
        std::sort(order.begin() + static_cast<std::ptrdiff_t>(at),
                  order.begin() + static_cast<std::ptrdiff_t>(end), by_y);
    }
}

} // namespace

BoxTree::BoxTree(std::span<const Box> boxes) {
    for (std::uint32_t i = 0; i < boxes.size(); ++i)
        if (!boxes[i].empty()) item_.push_back(i);
    if (item_.empty()) return;
    tile(item_, boxes);
    for (const std::uint32_t i : item_) box_.push_back(boxes[i]);

    const auto pack = [&](std::size_t first, std::size_t end, bool leaf) {
        for (std::size_t at = first; at < end; at += kFanOut) {
            Node node;
            node.first = static_cast<std::uint32_t>(at);
            node.count = static_cast<std::uint32_t>(std::min(kFanOut, end - at));
            node.leaf = leaf;
            for (std::size_t i = at; i < at + node.count; ++i)
                node.box.add(leaf ? box_[i] : nodes_[i].box);
            nodes_.push_back(node);
        }
    };
    pack(0, item_.size(), true);
    for (std::size_t first = 0; nodes_.size() - first > 1;) {
        const std::size_t end = nodes_.size();
        pack(first, end, false);
        first = end;
    }
}

} // namespace diaban::geo
