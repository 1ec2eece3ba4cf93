// Places in small leaves of neighbours: of those that lie far away a look at their box is enough.
// Private to src/analysis.
#pragma once

#include "analysis/location.hpp"

namespace diaban::analysis {

class PlaceLeaves {
public:
    // Positions in places(), and the box around them.
    struct Leaf {
        std::uint32_t begin = 0, end = 0;
        std::array<double, 3> low{}, high{};
    };

    PlaceLeaves(const LocationProblem& problem, std::vector<std::uint32_t> places);
    // Those of a leaf side by side.
    const std::vector<std::uint32_t>& places() const { return places_; }
    const std::vector<Leaf>& leaves() const { return leaves_; }
    // From this place of the problem to any of the leaf: not more than the shortest way.
    double least_metres(const Leaf& leaf, std::uint32_t from) const;
    // From this place of the problem to the nearest of the places that is not itself; infinite if
    // there is none.
    double nearest_other(std::uint32_t from) const;

private:
    void divide(std::uint32_t begin, std::uint32_t end);

    const LocationProblem& problem_;
    std::vector<std::uint32_t> places_;
    std::vector<Leaf> leaves_;
};

} // namespace diaban::analysis
