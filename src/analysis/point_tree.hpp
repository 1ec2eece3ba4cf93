// A k-d tree over points of the plane: nearest points and points within a distance.
//
// Guarantees: exact; among equal distances the lower index comes first; const and safe to share.
#pragma once

#include "geo/point.hpp"

#include <cstdint>
#include <vector>

namespace diaban::analysis {

class PointTree {
public:
    // Points with a NaN are left out.
    explicit PointTree(std::vector<geo::Point> points);

    struct Hit {
        double squared; // distance
        std::uint32_t index;
        friend auto operator<=>(const Hit&, const Hit&) = default;
    };
    // The k nearest points to point `self`, itself left out, nearest first.
    std::vector<Hit> nearest(std::uint32_t self, std::size_t k) const;
    // All points within sqrt(squared), itself left out, in order of index.
    std::vector<Hit> within(std::uint32_t self, double squared) const;
    std::size_t size() const { return order_.size(); }

private:
    void build(std::size_t begin, std::size_t end, bool by_x);
    template <typename Visit>
    void search(geo::Point at, std::size_t begin, std::size_t end, bool by_x, double& limit,
                Visit& visit) const;

    std::vector<geo::Point> points_;
    std::vector<std::uint32_t> order_; // median of each range in its middle
};

} // namespace diaban::analysis
