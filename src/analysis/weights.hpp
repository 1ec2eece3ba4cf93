// Spatial weights. Pure functions of a coverage; nothing is read or written here.
//
// Conventions (GeoDa, spdep): the distance between two units is that of their area centroids, all
// parts and holes counted, in metres of the map plane; contiguity of order n includes the lower
// orders; a unit is never its own neighbour. Of equally near units the one with the lower row comes
// first. A unit without geometry has no neighbours.
#pragma once

#include "base/job.hpp"
#include "geo/contiguity.hpp"

#include <cstdint>
#include <vector>

namespace diaban::analysis {

enum class WeightsKind { Queen, Rook, Nearest, DistanceBand };

struct WeightsSpec {
    WeightsKind kind = WeightsKind::Queen;
    int order = 1;         // contiguity of order n; lower orders are included
    int k = 6;             // Nearest
    double distance_m = 0; // DistanceBand; 0 = smallest band without island
    friend bool operator==(const WeightsSpec&, const WeightsSpec&) = default;
};

struct Weights {
    geo::Csr links;        // no self; sorted rows; weight empty (binary) or metres (distance)
    double distance_m = 0; // the band used
};

struct WeightsSummary {
    std::size_t n = 0, links = 0;       // links are directed
    std::vector<std::uint32_t> islands; // units that have no neighbour
    std::size_t components = 0;         // links taken both ways; an island is one
    std::size_t min = 0, max = 0;
    double mean = 0;
    std::vector<std::size_t> histogram; // [k] = units with k neighbours
};

// Throws Error Usage "error.weights.bad_spec".
Weights make_weights(const geo::Coverage& coverage, const WeightsSpec& spec, base::JobContext& ctx);
WeightsSummary summarise(const geo::Csr& links);

// Neighbours of order 1 to `order` of a symmetric list.
geo::Csr higher_order(const geo::Csr& first, int order, base::JobContext& ctx);
// Area centroid of each face; NaN for a face without geometry.
std::vector<geo::Point> centroids(const geo::Coverage& coverage);

} // namespace diaban::analysis
