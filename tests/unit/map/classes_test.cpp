#include "map/classes.hpp"
#include "map/zero_share.hpp"

#include "base/error.hpp"
#include "map/natural_breaks.hpp"
#include "support/errors.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <random>

using namespace diaban;
using map::Method;

namespace {

std::vector<double> series(int n, const std::function<double(long)>& f) {
    std::vector<double> out;
    for (long i = 0; i < n; ++i) out.push_back(f(i));
    return out;
}
long mix(long i) {
    return (i * 7919 + 104729) % 10007;
}

// The data sets of reference/make_breaks.R.
const std::map<std::string, std::vector<double>>& data_sets() {
    static const std::map<std::string, std::vector<double>> sets{
        {"skewed", series(1000, [](long i) { return std::pow(double(mix(i)) / 100, 3) / 1000; })},
        {"uniform1000", series(1000, [](long i) { return double(mix(i)) / 8; })},
        {"ties", series(200, [](long i) { return double((i * 37) % 11) * 0.5; })},
        {"negative", series(300, [](long i) { return double(mix(i) - 5000) / 64; })},
        {"small", {3.5, 1.25, 9, 4.75, 2, 30, 7.5}},
        {"tenths", series(150, [](long i) { return double((i * 53) % 97) / 10; })},
        {"years", series(120, [](long i) { return 1000000 + double(mix(i) % 401) * 25; })},
        {"tiny", series(80, [](long i) { return double(mix(i)) * 1e-9; })},
        {"counts",
         series(500, [](long i) { return std::floor(std::pow(double(mix(i)) / 1000, 2)); })}};
    return sets;
}

// Within-class sum of squares of a split of sorted values.
long double within(const std::vector<double>& sorted, const std::vector<std::size_t>& starts) {
    long double total = 0;
    std::size_t begin = 0;
    auto ends = starts;
    ends.push_back(sorted.size());
    for (const auto end : ends) {
        long double sum = 0;
        for (auto i = begin; i < end; ++i) sum += sorted[i];
        const long double mean = sum / static_cast<long double>(end - begin);
        for (auto i = begin; i < end; ++i) total += (sorted[i] - mean) * (sorted[i] - mean);
        begin = end;
    }
    return total;
}

long double least_by_force(const std::vector<double>& sorted, std::size_t from, std::size_t k) {
    std::vector<double> rest(sorted.begin() + static_cast<std::ptrdiff_t>(from), sorted.end());
    if (k == 1) return within(rest, {});
    long double least = std::numeric_limits<long double>::infinity();
    for (std::size_t cut = from + 1; cut + k - 1 <= sorted.size(); ++cut) {
        const std::vector<double> head(sorted.begin() + static_cast<std::ptrdiff_t>(from),
                                       sorted.begin() + static_cast<std::ptrdiff_t>(cut));
        least = std::min(least, within(head, {}) + least_by_force(sorted, cut, k - 1));
    }
    return least;
}

} // namespace

TEST_CASE("breaks are those of R classInt") {
    struct Reference {
        std::string set, style;
        int k;
        std::vector<double> breaks;
    };
    // Made by reference/make_breaks.R.
    const std::vector<Reference> references{
#include "reference/breaks.inc"
    };
    CHECK(references.size() > 200);
    for (const auto& [set, style, k, raw] : references) {
        INFO(set << ' ' << style << ' ' << k);
        auto expected = raw; // R repeats a break that several quantiles share
        expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
        const auto& values = data_sets().at(set);
        const auto classes =
            map::make_classes(values, {.method = *map::parse_method(style), .k = k});
        REQUIRE(classes.breaks.size() == expected.size());
        const double scale = std::max(std::fabs(expected.front()), std::fabs(expected.back()));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            INFO(i << ": " << classes.breaks[i] << " wanted " << expected[i]);
            // Near zero the rounding of the scale is all that R itself guarantees.
            const bool close = std::fabs(classes.breaks[i] - expected[i]) <=
                               1e-12 * std::max(std::fabs(expected[i]), scale * 1e-3);
            CHECK(close);
        }
        std::size_t counted = 0;
        for (const auto c : map::class_counts(values, classes)) counted += c;
        CHECK(counted == values.size());
    }
}

TEST_CASE("natural breaks are the optimum of all splits") {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        std::vector<double> values;
        const auto n = 4 + random() % 9;
        for (std::size_t i = 0; i < n; ++i)
            values.push_back(static_cast<double>(random() % 25) - 8);
        const auto weighted = map::distinct(values);
        std::sort(values.begin(), values.end());
        for (std::size_t k = 2; k <= std::min<std::size_t>(5, weighted.value.size()); ++k) {
            std::vector<std::size_t> starts;
            for (const auto s : map::natural_splits(weighted, k))
                starts.push_back(static_cast<std::size_t>(
                    std::lower_bound(values.begin(), values.end(), weighted.value[s]) -
                    values.begin()));
            CHECK(double(within(values, starts)) ==
                  Approx(double(least_by_force(values, 0, k))).margin(1e-9));
        }
    }
}

TEST_CASE("natural breaks of 100,000 values are quick") {
    std::vector<double> values;
    std::mt19937_64 random(3);
    std::lognormal_distribution<double> draw(0, 1);
    for (int i = 0; i < 100000; ++i) values.push_back(draw(random));
    const auto begin = std::chrono::steady_clock::now();
    const auto classes = map::make_classes(values, {.method = Method::Natural, .k = 9});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(classes.k() == 9);
    // The quadratic method needs minutes; the bound leaves room for a busy machine.
    CHECK(took.count() < 5);
    // No single break can be moved to the next value with profit.
    const double best = map::goodness_of_variance_fit(values, classes);
    std::sort(values.begin(), values.end());
    for (std::size_t b = 1; b + 1 < classes.breaks.size(); ++b)
        for (const int step : {-1, 1}) {
            auto moved = classes;
            const auto at = std::lower_bound(values.begin(), values.end(), classes.breaks[b]);
            moved.breaks[b] = step < 0 ? *(at - 1) : *(at + 1);
            CHECK(map::goodness_of_variance_fit(values, moved) <= best);
        }
}

TEST_CASE("intervals are closed on the left, the last on both sides") {
    const map::Classes classes{Method::Equal, {0, 10, 20}};
    CHECK(classes.of(0) == 0);
    CHECK(classes.of(std::nextafter(10.0, 0.0)) == 0);
    CHECK(classes.of(10) == 1);
    CHECK(classes.of(20) == 1);
    CHECK(classes.of(std::nan("")) == -1);
    // A later year may go beyond the pooled breaks: still the outer classes.
    CHECK(classes.of(-1) == 0);
    CHECK(classes.of(99) == 1);
    const map::Classes manual{Method::Manual, {0, 10, 20}};
    CHECK(manual.of(-0.1) == -1);
    CHECK(manual.of(20) == 1);
    CHECK(manual.of(20.1) == -1);
}

TEST_CASE("a value equal to a decimal break lies in the class that begins there") {
    std::vector<double> tenths;
    for (int i = 0; i <= 10; ++i) tenths.push_back(i / 10.0);
    const auto classes = map::make_classes(tenths, {.method = Method::Pretty, .k = 10});
    REQUIRE(classes.k() == 10);
    for (int i = 0; i < 10; ++i) CHECK(classes.of(i / 10.0) == i);
}

TEST_CASE("few or equal values give fewer classes") {
    const std::vector<double> same{4, 4, 4};
    for (const auto method : {Method::Quantile, Method::Equal, Method::Pretty, Method::Natural,
                              Method::StandardDeviation}) {
        const auto classes = map::make_classes(same, {.method = method, .k = 5});
        CHECK(classes.k() == 1);
        CHECK(map::class_counts(same, classes) == std::vector<std::size_t>{3});
        CHECK(map::goodness_of_variance_fit(same, classes) == 1);
    }
    const std::vector<double> two{1, 2, 2};
    CHECK(map::make_classes(two, {.method = Method::Natural, .k = 5}).breaks ==
          std::vector<double>{1, 1.5, 2});
    CHECK(map::make_classes(two, {.method = Method::Unique}).breaks == std::vector<double>{1, 2});
    const auto manual = map::make_classes(two, {.method = Method::Manual, .manual = {1.5}});
    CHECK(manual.breaks == std::vector<double>{1, 1.5, 2});
}

TEST_CASE("impossible requests are refused with a reason") {
    const std::vector<double> values{1, 2, 3};
    const auto key = [&](const map::ClassSpec& spec, std::vector<double> v) {
        return test::thrown_key([&] { map::make_classes(v, spec); });
    };
    CHECK(key({.k = 1}, values) == "error.classes.bad_k");
    CHECK(key({.k = 13}, values) == "error.classes.bad_k");
    CHECK(key({.method = Method::Manual, .manual = {3, 2}}, values) ==
          "error.classes.manual_order");
    CHECK(key({.method = Method::Manual}, values) == "error.classes.manual_empty");
    CHECK(key({}, {}) == "error.classes.no_values");
    CHECK(key({}, {std::nan("")}) == "error.classes.no_values");
}

TEST_CASE("method words read back") {
    for (const auto word : {"quantile", "equal", "pretty", "natural", "sd", "manual", "unique"})
        CHECK(map::to_string(*map::parse_method(word)) == word);
    CHECK(map::parse_method("jenks") == Method::Natural);
    CHECK_FALSE(map::parse_method("best"));
}

TEST_CASE("head and tail, box and percentile classes are those of classInt and R") {
    const auto breaks = [](const char* set, Method method) {
        return map::make_classes(data_sets().at(set), {.method = method}).breaks;
    };
    const auto check = [](const std::vector<double>& found, const std::vector<double>& expected) {
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            CHECK(found[i] == Approx(expected[i]).epsilon(1e-12));
    };
    // classInt 0.4-9, style "headtails", thr = 0.4.
    check(breaks("skewed", Method::HeadTail),
          {1.0000000000000003e-09, 249.59647100405999, 569.73167005338212, 999.70002999899987});
    check(breaks("counts", Method::HeadTail), {0, 32.933999999999997, 99});
    check(breaks("negative", Method::HeadTail), {-77.796875, -0.18354166666666666, 78.109375});
    // Style "box"; fences beyond the data end no class of ours.
    check(breaks("skewed", Method::Box),
          {1.0000000000000003e-09, 15.466306314000001, 123.58078171599999, 420.1060258455001,
           999.70002999899987});
    std::vector<double> outliers{-50, -4, -3, -2, -1, 0, 1, 2, 3, 4, 50};
    check(map::make_classes(outliers, {.method = Method::Box}).breaks,
          {-50, -10, -2.5, 0, 2.5, 10, 50});
    check(map::make_classes(outliers, {.method = Method::BoxExtreme}).breaks,
          {-50, -17.5, -2.5, 0, 2.5, 17.5, 50});
    check(breaks("negative", Method::Percentile),
          {-77.796875, -76.598281249999999, -62.387499999999996, -0.4453125, 62.670312500000009,
           76.616874999999993, 78.109375});
}

// Quartiles and fences by hand.
TEST_CASE("a box map always has its two classes of outliers, also where there are none") {
    // Quartiles 10.75 and 12.375: fences at 10.75 - 1.5 * 1.625 and 12.375 + 1.5 * 1.625.
    const std::vector<double> even{10, 11, 12, 13.5};
    const auto none = map::make_classes(even, {.method = Method::Box});
    REQUIRE(none.fences);
    CHECK(none.fences->first == Approx(8.3125));
    CHECK(none.fences->second == Approx(14.8125));
    CHECK(none.breaks == std::vector<double>{10, 10.75, 11.5, 12.375, 13.5}); // ends of the data
    CHECK(none.k() == 6);
    CHECK(map::class_counts(even, none) == std::vector<std::size_t>{0, 1, 1, 1, 1, 0});
    CHECK_FALSE(none.place(0));
    CHECK(none.place(1) == 0);
    CHECK(none.place(4) == 3);
    CHECK_FALSE(none.place(5));
    CHECK(none.of(9) == 1); // below the data, within the fences
    CHECK(none.of(8) == 0);
    CHECK(none.of(14) == 4);
    CHECK(none.of(15) == 5);
    CHECK(map::goodness_of_variance_fit(even, none) == Approx(1));
    // Outliers on one side only.
    const std::vector<double> high{0, 1, 2, 3, 4, 50};
    const auto one = map::make_classes(high, {.method = Method::Box});
    CHECK(one.breaks == std::vector<double>{0, 1.25, 2.5, 3.75, 7.5, 50});
    CHECK(one.k() == 6);
    CHECK(one.none_below());
    CHECK_FALSE(one.none_above());
    CHECK(map::class_counts(high, one) == std::vector<std::size_t>{0, 2, 1, 1, 1, 1});
    CHECK(one.place(5) == 4);
    const auto wide = map::make_classes(high, {.method = Method::BoxExtreme});
    CHECK(wide.fences->second == Approx(11.25));
    CHECK(wide.k() == 6);
    // On both sides; then every class has its ends.
    const std::vector<double> both{-50, -4, -3, -2, -1, 0, 1, 2, 3, 4, 50};
    const auto all = map::make_classes(both, {.method = Method::Box});
    CHECK(all.k() == 6);
    CHECK(all.place(0) == 0);
    CHECK(map::class_counts(both, all).front() == 1);
    CHECK(map::class_counts(both, all).back() == 1);
    // Other methods, and values without spread, have no fences.
    CHECK_FALSE(map::make_classes(high, {.method = Method::Quantile}).fences);
    const auto flat = map::make_classes(std::vector<double>{3, 3, 3}, {.method = Method::Box});
    CHECK(flat.k() == 1);
    CHECK(flat.of(3) == 0);
}

TEST_CASE("geometric classes grow by equal ratios and keep zero apart") {
    const std::vector<double> values{1, 2, 5, 40, 1000};
    const auto classes = map::make_classes(values, {.method = Method::Geometric, .k = 3});
    REQUIRE(classes.k() == 3);
    CHECK(classes.breaks[1] == Approx(10));
    CHECK(classes.breaks[2] == Approx(100));
    const std::vector<double> zeros{0, 0, 1, 10, 100};
    const auto with_zero = map::make_classes(zeros, {.method = Method::Geometric, .k = 3});
    REQUIRE(with_zero.k() == 3);
    CHECK(with_zero.breaks[0] == 0);
    CHECK(with_zero.breaks[1] == 1);
    CHECK(with_zero.breaks[2] == Approx(10));
    CHECK(with_zero.of(0) == 0);
    CHECK_THROWS_AS(map::make_classes(std::vector<double>{-1, 1}, {.method = Method::Geometric}),
                    base::Error);
    for (const auto method : {Method::HeadTail, Method::Box, Method::BoxExtreme, Method::Percentile,
                              Method::Geometric}) {
        CHECK(map::make_classes(std::vector<double>{7, 7, 7}, {.method = method}).k() == 1);
        CHECK(map::make_classes(std::vector<double>{0, 0}, {.method = method}).k() == 1);
        CHECK(map::parse_method(map::to_string(method)) == method);
    }
}

TEST_CASE("printed breaks put every value where the true ones put it") {
    // Areas with two decimals: as 28, the second break would lie below values of the first class.
    const std::vector<double> areas{0.98, 12.5, 28.03, 28.25, 28.28, 40, 54.1, 93.92, 146.99, 1114};
    const auto classes = map::make_classes(areas, {.method = Method::Quantile, .k = 5});
    REQUIRE(classes.decimals);
    const double scale = std::pow(10.0, *classes.decimals);
    auto printed = classes;
    for (double& b : printed.breaks) b = std::round(b * scale) / scale;
    CHECK(printed.breaks.front() <= 0.98);
    for (const double v : areas) CHECK(printed.of(v) == classes.of(v));
    // Whole breaks need none.
    CHECK(*map::make_classes(std::vector<double>{0, 10, 20, 30},
                             {.method = Method::Manual, .manual = {10, 20}})
               .decimals == 0);
    // Values as close as doubles allow end with a readable number of digits all the same.
    std::mt19937_64 random(3);
    std::vector<double> dense(100'000);
    for (double& v : dense) v = 500 * std::ldexp(static_cast<double>(random()), -64);
    CHECK(*map::make_classes(dense, {.method = Method::Quantile, .k = 5}).decimals <= 2);
}

TEST_CASE("zeros with a row of their own swallow no quantile") {
    std::vector<double> values(60, 0.0);
    for (int i = 1; i <= 40; ++i) values.push_back(i);
    const map::ClassSpec together{.method = Method::Quantile, .k = 5};
    CHECK(map::make_classes(values, together).k() < 5); // as R: equal quantiles are one
    auto apart = together;
    apart.zero_apart = true;
    const auto classes = map::make_classes(values, apart);
    CHECK(classes.k() == 5);
    CHECK(classes.breaks.front() == 0);
    CHECK(map::class_counts(std::vector<double>(values.begin() + 60, values.end()), classes) ==
          std::vector<std::size_t>(5, 8));
    CHECK(map::quantiles_above_zero(values));
    // The same values in fewer classes mean the same, though no quantile of them is zero.
    auto a_quarter = std::vector<double>(25, 0.0);
    for (int i = 1; i <= 75; ++i) a_quarter.push_back(i);
    for (const int k : {2, 3, 4, 5, 12}) {
        const auto one =
            map::make_classes(a_quarter, {.method = Method::Quantile, .k = k, .zero_apart = true});
        CHECK(one.k() == static_cast<std::size_t>(k));
        const double first_end = 1 + 74.0 / k; // type 7 of 1..75
        CHECK(one.breaks[1] == Approx(first_end));
    }
    // Where zeros fill less than one class of five nothing changes, whatever k is.
    const std::vector<double> few{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    CHECK(map::make_classes(few, apart).breaks == map::make_classes(few, together).breaks);
    CHECK_FALSE(map::quantiles_above_zero(few));
    auto many = apart, all = together;
    many.k = all.k = 12;
    CHECK(map::make_classes(few, many).breaks == map::make_classes(few, all).breaks);
    CHECK(map::quantiles_above_zero(std::vector<double>{0, 0, 1, 2, 3, 4}));
    CHECK_FALSE(map::quantiles_above_zero(std::vector<double>{0, 0, 1, 2, 3, 4, 5}));
    CHECK_FALSE(map::quantiles_above_zero(std::vector<double>{0, 0, -1}));
    // Nothing but zeros is one class.
    CHECK(map::make_classes(std::vector<double>(5, 0.0), apart).k() == 1);
}

TEST_CASE("breaks carry no rounding noise, and one value keeps its decimals") {
    // 0.2 * 49 computed in doubles is 9.8 and a little.
    std::vector<double> values;
    for (int i = 0; i <= 9; ++i) values.push_back(i * 4.9);
    for (const double b : map::make_classes(values, {.method = Method::Quantile, .k = 5}).breaks)
        CHECK(fmt::format("{}", b).size() < 10);
    const std::vector<double> same(5, 1234.5);
    CHECK(map::make_classes(same, {.method = Method::Quantile, .k = 5}).decimals == 1);
}

// Worked by hand: fifths of the way from -1.7e308 to 1.7e308 are 0.68e308 wide.
TEST_CASE("values at both ends of what a number can be have classes like any others") {
    const std::vector<double> values{-1.7e308, -1e308, -2, 0, 0.5, 3, 1e308, 1.7e308};
    const auto equal = map::make_classes(values, {.method = Method::Equal, .k = 5});
    REQUIRE(equal.breaks.size() == 6);
    const double by_hand[] = {-1.7e308, -1.02e308, -0.34e308, 0.34e308, 1.02e308, 1.7e308};
    for (std::size_t i = 0; i < 6; ++i) CHECK(equal.breaks[i] == Approx(by_hand[i]));
    CHECK(map::class_counts(values, equal) == std::vector<std::size_t>{1, 1, 4, 1, 1});
    for (const auto method : {Method::Quantile, Method::Equal, Method::Pretty, Method::Natural,
                              Method::StandardDeviation, Method::HeadTail, Method::Box,
                              Method::BoxExtreme, Method::Percentile}) {
        CAPTURE(map::to_string(method));
        const auto classes = map::make_classes(values, {.method = method, .k = 5});
        CHECK(classes.k() >= 2);
        for (std::size_t i = 0; i < classes.breaks.size(); ++i) {
            CHECK(std::isfinite(classes.breaks[i]));
            if (i > 0) CHECK(classes.breaks[i - 1] < classes.breaks[i]);
        }
        if (classes.fences) {
            CHECK(std::isfinite(classes.fences->first));
            CHECK(std::isfinite(classes.fences->second));
        }
        std::size_t counted = 0;
        for (const auto n : map::class_counts(values, classes)) counted += n;
        CHECK(counted == values.size());
        const double fit = map::goodness_of_variance_fit(values, classes);
        CHECK(fit >= 0);
        CHECK(fit <= 1);
    }
    // pretty() takes the width of a class before it takes that of all: 1e308 for five of them.
    const auto pretty = map::make_classes(values, {.method = Method::Pretty, .k = 5});
    for (std::size_t i = 1; i + 1 < pretty.breaks.size(); ++i)
        CHECK(std::remainder(pretty.breaks[i], 5e307) == Approx(0).margin(1e294));
}

TEST_CASE("equal ratios from the smallest number to the largest") {
    const std::vector<double> values{1e-300, 1, 1e300};
    const auto classes = map::make_classes(values, {.method = Method::Geometric, .k = 4});
    REQUIRE(classes.breaks.size() == 5);
    CHECK(classes.breaks[1] == Approx(1e-150).epsilon(1e-9));
    CHECK(classes.breaks[2] == Approx(1).epsilon(1e-9));
    CHECK(classes.breaks[3] == Approx(1e150).epsilon(1e-9));
}
