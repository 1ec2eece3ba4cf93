#include "analysis/place_leaves.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::analysis {
namespace {

constexpr std::uint32_t kLeafPlaces = 32;
constexpr double kSurelyLess = 1 - 1e-9; // more than sums of squares are rounded by

} // namespace

PlaceLeaves::PlaceLeaves(const LocationProblem& problem, std::vector<std::uint32_t> places)
    : problem_(problem), places_(std::move(places)) {
    if (!places_.empty()) divide(0, static_cast<std::uint32_t>(places_.size()));
}

void PlaceLeaves::divide(std::uint32_t begin, std::uint32_t end) {
    Leaf leaf{.begin = begin, .end = end};
    leaf.low = leaf.high = problem_.at.position(places_[begin]);
    for (auto i = begin; i < end; ++i)
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double at = problem_.at.position(places_[i])[axis];
            leaf.low[axis] = std::min(leaf.low[axis], at);
            leaf.high[axis] = std::max(leaf.high[axis], at);
        }
    if (end - begin <= kLeafPlaces) {
        leaves_.push_back(leaf);
        return;
    }
    std::size_t widest = 0;
    for (const std::size_t axis : {1u, 2u})
        if (leaf.high[axis] - leaf.low[axis] > leaf.high[widest] - leaf.low[widest]) widest = axis;
    const auto middle = begin + (end - begin) / 2;
    const auto at = [&](std::uint32_t k) {
        return places_.begin() + static_cast<std::ptrdiff_t>(k);
    };
    // All in order, so that the same places make the same leaves in every library.
    std::sort(at(begin), at(end), [&](auto a, auto b) {
        const double x = problem_.at.position(a)[widest], y = problem_.at.position(b)[widest];
        return x != y ? x < y : a < b;
    });
    divide(begin, middle);
    divide(middle, end);
}

double PlaceLeaves::least_metres(const Leaf& leaf, std::uint32_t from) const {
    const auto& here = problem_.at.position(from);
    double square = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double beside =
            std::max({0.0, leaf.low[axis] - here[axis], here[axis] - leaf.high[axis]});
        square += beside * beside;
    }
    return problem_.detour * std::sqrt(square) * kSurelyLess;
}

double PlaceLeaves::nearest_other(std::uint32_t from) const {
    double nearest = IntegerProgram::kNoLimit;
    const auto look_into = [&](const Leaf& leaf) {
        for (auto i = leaf.begin; i < leaf.end; ++i)
            if (places_[i] != from) nearest = std::min(nearest, problem_.metres(from, places_[i]));
    };
    const auto first =
        std::min_element(leaves_.begin(), leaves_.end(), [&](const Leaf& a, const Leaf& b) {
            return least_metres(a, from) < least_metres(b, from);
        });
    if (first != leaves_.end()) look_into(*first);
    for (auto leaf = leaves_.begin(); leaf != leaves_.end(); ++leaf)
        if (leaf != first && least_metres(*leaf, from) < nearest) look_into(*leaf);
    return nearest;
}

} // namespace diaban::analysis
