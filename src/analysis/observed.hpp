// The units that a statistic is computed on: those that have a value, with the links between them.
//
// Guarantees: a unit without a value takes no part and its links are cut; the weights of the rest
// are made afterwards, so row-standardised rows still sum to 1. Units are renumbered densely;
// `unit[i]` is the row of unit i in its table.
#pragma once

#include "geo/point.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace diaban::analysis {

enum class Style {
    Binary,          // the weights as given: 1 without distance decay
    RowStandardised, // each row divided by its sum
};

struct Observed {
    std::vector<std::uint32_t> unit; // ascending
    std::vector<double> x;
    std::vector<double> y; // second variable; empty if there is none
    geo::Csr links;        // symmetric or not; weight empty (all 1) or one per link
    std::size_t size() const { return x.size(); }
    // Number of rows with at least one link.
    std::size_t linked() const;
};

// One weight per link in a style; empty where all are 1.
std::vector<double> link_weights(const geo::Csr& links, Style style);

// Units where x (and y, if given) is a number.
Observed observe(std::span<const double> x, std::span<const double> y, const geo::Csr& links);

} // namespace diaban::analysis
