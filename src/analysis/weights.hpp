// Spatial weights. Pure functions of a coverage; nothing is read or written here.
//
// Conventions (GeoDa, spdep): the distance between two units is that of their area centroids, all
// parts and holes counted, in metres of the map plane; contiguity of order n includes the lower
// orders; a unit is never its own neighbour. Of equally near units the one with the lower row comes
// first. A unit without geometry has no neighbours.
//
// Decay: inverse distance 1 / (d / 1 km)^power; kernels of z = d / h with the bandwidth h = the
// band for DistanceBand, else (adaptive) the distance of the farthest neighbour, times 1.0000001 as
// libpysal does so that the farthest keeps a weight. Formulas of the kernels as in GeoDa.
#pragma once

#include "base/job.hpp"
#include "geo/contiguity.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace diaban::analysis {

enum class WeightsKind { Queen, Rook, Nearest, DistanceBand };

enum class Decay { None, Inverse, Uniform, Triangular, Epanechnikov, Quartic, Gaussian };
std::string_view to_string(WeightsKind kind); // "queen", "rook", "nearest", "distance"
std::string_view to_string(Decay decay);      // "none", "inverse", "uniform", …
std::optional<Decay> parse_decay(std::string_view word);

// Two units linked by hand, both ways: a ferry, a bridge, an island that belongs to a shore.
using DrawnLink = std::pair<std::uint32_t, std::uint32_t>;

struct WeightsSpec {
    WeightsKind kind = WeightsKind::Queen;
    int order = 1;         // contiguity of order n; lower orders are included
    int k = 6;             // Nearest
    double distance_m = 0; // DistanceBand; 0 = smallest band without island
    Decay decay = Decay::None;
    double power = 1;               // Inverse
    std::vector<DrawnLink> drawn{}; // rows of units; added to whatever the kind gives
    friend bool operator==(const WeightsSpec&, const WeightsSpec&) = default;
};

// What the third column of a .gwt holds.
enum class FileColumn { None, Distances, Weights };

struct Weights {
    geo::Csr links;        // no self; sorted rows; weight: empty, metres, or decaying with distance
    double distance_m = 0; // the band used
    bool metres = false;   // links.weight are distances, for people and files
    // Weight of the unit itself in Gi*: 1, the height of a kernel at 0, or NaN for inverse
    // distance.
    double self_weight = 1;
    FileColumn column = FileColumn::None; // of the file they come from, if it has one
};
// What statistics take: the links with their decay, or all 1.
geo::Csr statistic_links(const Weights& weights);

struct WeightsSummary {
    std::size_t n = 0, links = 0;       // links are directed
    std::vector<std::uint32_t> islands; // units that have no neighbour
    std::size_t components = 0;         // links taken both ways; an island is one
    // The units of each component in order, the largest component first, then by first unit.
    std::vector<std::vector<std::uint32_t>> parts;
    std::size_t min = 0, max = 0;
    double mean = 0;
    std::vector<std::size_t> histogram; // [k] = units with k neighbours
};

// Throws Error Usage "error.weights.bad_spec"; Data "error.weights.coincident" for inverse distance
// between units of the same centroid.
Weights make_weights(const geo::Coverage& coverage, const WeightsSpec& spec, base::JobContext& ctx);
// The numbers of the links are distances between centroids, in whatever unit: the same factor on
// all, but for a tenth (degrees).
bool are_distances(const geo::Csr& links, const geo::Coverage& coverage);
// Adds spec.drawn and spec.decay to links that come from elsewhere (a file), without weights or
// with their own; a link drawn by hand then weighs as much as the heaviest of its unit.
Weights complete(Weights weights, const geo::Coverage& coverage, const WeightsSpec& spec);
WeightsSummary summarise(const geo::Csr& links);

// Neighbours of order 1 to `order` of a symmetric list.
geo::Csr higher_order(const geo::Csr& first, int order, base::JobContext& ctx);
// Area centroid of each face; NaN for a face without geometry.
std::vector<geo::Point> centroids(const geo::Coverage& coverage);

} // namespace diaban::analysis
