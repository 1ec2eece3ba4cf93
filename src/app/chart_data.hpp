// The numbers behind the charts; pure functions.
//
// Quartiles are type 7 (as R's quantile and the class breaks); whiskers reach to the last value
// within 1.5 times the box, as R's boxplot.
#pragma once

#include "app/aggregate.hpp"
#include "app/selection.hpp"
#include "app/view.hpp"

namespace diaban::app {

// Bins of equal width, closed below and open above; the last one takes the largest value too.
struct Bins {
    double low = 0, width = 1;
    std::size_t count = 0; // 0: there are no values
    // By halves, because a bin counted from -1e308 may lie farther from it than any number.
    double from(std::size_t bin) const {
        return 2 * (low / 2 + width / 2 * static_cast<double>(bin));
    }
    double high() const { return from(count); }
    std::size_t of(double v) const; // of a value among those the bins were made for
};
// At most `most`. Bins of whole numbers begin and end at whole numbers, and hold one number each as
// long as these are at most twice as many: 0 and 1 share no bar. Values that are all the same have
// one bin of width 1. `values` without missing ones.
Bins bins_for(std::span<const double> values, std::size_t most);
// Beyond it the ends of an axis would be no numbers; such a value stands for something else.
inline constexpr double kLargestCharted = 1e300;
// The values of an indicator in every period, so that an axis made for them holds for all years.
std::vector<double> pooled_values(const data::IndicatorCube& cube, std::size_t indicator);
// How many units with a value each bin has of each row of the legend: a bar wears the colours of
// its units on the map.
std::vector<std::vector<std::size_t>> stacks(const Bins& bins, const data::Slice& slice,
                                             const map::Style& style);

// How many units stand in each row of the legend in several years: what the legend of that year
// counts. Of a selection only its units that are drawn; of a map that a query narrows only those
// that it names.
struct YearCounts {
    std::vector<map::LegendEntry> rows; // of all years, in the order in which they come
    std::vector<data::Period> periods;
    std::vector<std::vector<std::size_t>> counts; // by period, then by row
    std::size_t most() const;                     // units of the fullest year; at least 1
};
YearCounts counts_by_year(std::span<const StyledMap> years);
YearCounts counts_by_year(std::span<const StyledMap> years, const Faces& only,
                          const data::Vintage& vintage);
// The units of the row with this key; none where that year has no such row.
Faces faces_of_row(const map::Style& style, std::string_view key);

// What each unit is called where it stands without its surroundings: its name; with its district
// (or province) if another one has the same, and with its code if that does not help.
std::vector<std::string> distinct_names(const data::UnitTable& units);

// The areas that the chosen units lie in, the widest first: the province where there are several,
// and the district, each if all of them lie in it, with those of `all` that do. Of nobody: none.
struct AreaAround {
    data::Level level = data::Level::District;
    std::string name;
    Faces units;
};
std::vector<AreaAround> areas_around(const data::UnitTable& units, const Faces& chosen,
                                     const Faces& all);

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
