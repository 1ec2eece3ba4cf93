// Spatial weights. Pure functions of a coverage; nothing is read or written here.
#pragma once

#include "base/job.hpp"
#include "geo/contiguity.hpp"

#include <cstdint>
#include <vector>

namespace diaban::analysis {

enum class WeightsKind { Queen, Rook, Nearest, DistanceBand };

struct WeightsSpec {
    WeightsKind kind = WeightsKind::Queen;
    int order = 1;                // contiguity of order n; lower orders are included
    int k = 6;                    // Nearest
    double distance_m = 0;        // DistanceBand; 0 = smallest band without island
    friend bool operator==(const WeightsSpec&, const WeightsSpec&) = default;
};

struct Weights {
    geo::Csr links;               // no self; sorted rows; weight empty (binary) or metres (distance)
    double distance_m = 0;        // the band used
};

struct WeightsSummary {
    std::size_t n = 0, links = 0;      // links are directed
    std::vector<std::uint32_t> islands;
    std::size_t components = 0;
    std::size_t min = 0, max = 0;
    double mean = 0;
    std::vector<std::size_t> histogram;  // [k] = units with k neighbours
};

Weights make_weights(const geo::Coverage& coverage, const WeightsSpec& spec, base::JobContext& ctx);
WeightsSummary summarise(const geo::Csr& links);

} // namespace diaban::analysis
