// The value of several units together: what subtotals, series and charts say about a group.
//
// Counts are summed; a ratio is recomputed from the summed numerator and denominator, never summed
// nor averaged, and has no value where the data have not both; everything else is averaged over its
// units, and said to be; a category has no value, only a tally.
//
// A smoothed rate (app/smoothed.hpp) of several units is the mean of theirs, each weighing as many
// people as it has: the cases that their rates stand for over their people. It lies between theirs,
// and is the expected rate of the group under the model that drew them together; of excess risks it
// is cases over cases expected. An index counts standard deviations of single units: it is
// averaged, and said to be.
//
// Sums of values near the largest number there is are said to be too large; means and ratios of
// them are what they are.
#pragma once

#include "app/dataset.hpp"

#include <optional>

namespace diaban::app {

// How the values of several units become one.
enum class Aggregation {
    Sum,
    Recomputed, // numerator by denominator
    PerHead,    // the mean, each weighing as many people as it has
    Mean,
    Counted, // by category
    None     // a ratio without its parts
};
Aggregation aggregation_of(const data::IndicatorCube& cube, std::size_t indicator);

struct Aggregate {
    std::optional<double> value;
    std::size_t units = 0;  // that took part, or would have: those with a value
    bool mean = false;      // the value is the mean of several units
    bool too_large = false; // no value, because it is beyond what a number can be
};
// To six decimals, as files have it; larger numbers have none.
double in_a_file(double value);
Aggregate aggregate(const data::IndicatorCube& cube, std::size_t indicator, std::size_t period,
                    std::span<const geo::FaceId> units);

// Units by category; the last number counts those without one.
std::vector<std::size_t> tally(const data::IndicatorCube& cube, std::size_t indicator,
                               std::size_t period, std::span<const geo::FaceId> units);

// The units of every district, or of every province where there are no districts; the last list
// holds those without a group and may be empty.
struct Grouping {
    data::Level level = data::Level::District;
    std::vector<std::vector<geo::FaceId>> units; // by group, and one more
};
Grouping group_units(const data::UnitTable& units);

} // namespace diaban::app
