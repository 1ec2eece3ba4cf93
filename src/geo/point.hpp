// Points, boxes and index lists: the vocabulary of the coverage.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace diaban::geo {

struct Point {
    double x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
    double min_x = std::numeric_limits<double>::infinity();
    double min_y = std::numeric_limits<double>::infinity();
    double max_x = -std::numeric_limits<double>::infinity();
    double max_y = -std::numeric_limits<double>::infinity();

    bool empty() const { return !(min_x <= max_x && min_y <= max_y); }
    double width() const { return empty() ? 0 : max_x - min_x; }
    double height() const { return empty() ? 0 : max_y - min_y; }
    Point centre() const { return {(min_x + max_x) / 2, (min_y + max_y) / 2}; }
    void add(Point p) {
        min_x = std::min(min_x, p.x), max_x = std::max(max_x, p.x);
        min_y = std::min(min_y, p.y), max_y = std::max(max_y, p.y);
    }
    void add(const Box& b) {
        min_x = std::min(min_x, b.min_x), max_x = std::max(max_x, b.max_x);
        min_y = std::min(min_y, b.min_y), max_y = std::max(max_y, b.max_y);
    }
    bool contains(Point p) const {
        return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y;
    }
    bool intersects(const Box& b) const {
        return min_x <= b.max_x && b.min_x <= max_x && min_y <= b.max_y && b.min_y <= max_y;
    }
    Box grown(double by) const { return {min_x - by, min_y - by, max_x + by, max_y + by}; }
};

using FaceId = std::uint32_t;
using NodeId = std::uint32_t;
using ArcId = std::uint32_t;
using ArcRef = std::int32_t;        // arc i forward, ~i backward
using GroupIndex = std::uint32_t;   // district, cluster, patrol area of a face
inline constexpr FaceId kOutside = 0xFFFFFFFFu;
inline constexpr GroupIndex kNoGroup = 0xFFFFFFFFu;

inline ArcId arc_of(ArcRef ref) { return static_cast<ArcId>(ref < 0 ? ~ref : ref); }

// Compressed rows: the entries of row i are index[offset[i] .. offset[i+1]). `weight` is empty
// (every entry 1) or as long as `index`. Rows are sorted by index.
struct Csr {
    std::vector<std::uint32_t> offset{0};
    std::vector<std::uint32_t> index;
    std::vector<double> weight;

    std::size_t rows() const { return offset.size() - 1; }
    std::span<const std::uint32_t> row(std::size_t i) const {
        return {index.data() + offset[i], index.data() + offset[i + 1]};
    }
    std::span<const double> weights(std::size_t i) const {
        if (weight.empty()) return {};
        return {weight.data() + offset[i], weight.data() + offset[i + 1]};
    }
    friend bool operator==(const Csr&, const Csr&) = default;
};

} // namespace diaban::geo
