// The numbers behind the charts; pure functions.
//
// Quartiles are type 7 (as R's quantile and the class breaks); whiskers reach to the last value
// within 1.5 times the box, as R's boxplot.
#pragma once

#include "app/aggregate.hpp"

namespace diaban::app {

struct Histogram {
    double low = 0, high = 0; // bins of equal width; a value at the upper end is in the last
    std::vector<std::size_t> counts;
};
// `values` without missing ones. No bins if there are no values.
Histogram histogram(std::span<const double> values, std::size_t bins);

// Least squares of y on x. Nothing if there are fewer than 3 pairs or x does not vary.
struct Regression {
    double slope = 0, intercept = 0;
    double r = 0; // Pearson's; 0 if y does not vary
    std::size_t n = 0;
};
std::optional<Regression> regression(std::span<const double> x, std::span<const double> y);

struct BoxStats {
    double low = 0, q1 = 0, median = 0, q3 = 0, high = 0; // whiskers and box
    std::vector<double> outliers;                         // ascending
    std::size_t n = 0;
};
std::optional<BoxStats> box_stats(std::vector<double> values);

// One value per period; nothing where no unit has one. Of a category: the share (%) of units whose
// category is the last of the scale ("hot"), among those with one.
std::vector<std::optional<double>> series(const Dataset& dataset, std::size_t indicator,
                                          std::span<const geo::FaceId> units);

} // namespace diaban::app
