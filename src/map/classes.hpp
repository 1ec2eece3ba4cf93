// Class breaks of a numeric indicator. Formulas and defaults agree with R's classInt.
//
// Guarantees: intervals are [a, b), the last [a, b]; breaks ascend strictly (fewer classes than
// asked if the values do not allow more); missing values take no part.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diaban::map {

enum class Method {
    Quantile,          // type 7 quantiles, as R quantile()
    Equal,             // equal interval
    Pretty,            // R pretty(): k is a wish
    Natural,           // Fisher/Jenks, exact optimum; O(k n log n)
    StandardDeviation, // mean +- multiples of the sample standard deviation, R pretty on z
    HeadTail,          // Jiang (2013): split at the mean while the head holds at most 40 %
    Box,               // quartiles, with outliers beyond 1.5 times the interquartile range
    BoxExtreme,        // the same beyond 3 times
    Percentile,        // 1, 10, 50, 90, 99 %
    Geometric, // equal ratios from the smallest positive value; zeros have a class of their own
    Manual,
    Unique, // each value its own class
};
std::string_view to_string(Method method); // "quantile" ... stable English words
std::optional<Method> parse_method(std::string_view word);
bool takes_k(Method method); // whether the number of classes is the user's to choose

struct ClassSpec {
    Method method = Method::Quantile;
    int k = 5;                       // 2..12
    std::vector<double> manual = {}; // inner or full breaks for Manual
    // The legend has a row for zero of its own. Where zeros would swallow whole quantiles, they are
    // then left out, and the first class is ]0, b).
    bool zero_apart = false;
};

struct Classes {
    Method method = Method::Quantile;
    std::vector<double> breaks; // size k+1; for Unique the k values
    // With so many decimals the printed breaks put every value where the true ones put it; where
    // the values lie too close for that, one more than tells the breaks apart. Without: just so
    // many.
    std::optional<int> decimals = {};
    // Of a box map: values beyond are outliers. It always has both classes of outliers, so that its
    // legend says when there are none; the class of an empty one counts in k() and of(), but has no
    // ends among the breaks: those are the ends of the data.
    std::optional<std::pair<double, double>> fences = {};
    bool none_below() const { return fences && breaks.front() >= fences->first; }
    bool none_above() const { return fences && breaks.back() <= fences->second; }
    std::size_t k() const {
        if (method == Method::Unique || breaks.empty()) return breaks.size();
        return breaks.size() - 1 + (none_below() ? 1 : 0) + (none_above() ? 1 : 0);
    }
    // Between which breaks a class lies: that one and the next (Unique: which it is). Nothing for
    // an empty class of outliers.
    std::optional<std::size_t> place(std::size_t c) const;
    // The class of a value; -1 if below the first or above the last break (Manual only).
    int of(double value) const;
};

// `values` without missing ones; need not be sorted. Throws Error Usage for a bad k or manual
// breaks that do not ascend, Error Data "error.classes.no_values", "error.classes.geometric" (a
// value below zero has no ratio).
Classes make_classes(std::span<const double> values, const ClassSpec& spec);
// Values per class.
std::vector<std::size_t> class_counts(std::span<const double> values, const Classes& classes);
// 1 - within-class / total sum of squares.
double goodness_of_variance_fit(std::span<const double> values, const Classes& classes);

} // namespace diaban::map
