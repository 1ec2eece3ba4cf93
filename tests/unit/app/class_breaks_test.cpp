#include "app/class_breaks.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace diaban::app;

TEST_CASE("a break moves between its neighbours, an end away from them") {
    const Breaks b{0, 1, 5};
    CHECK(with_break(b, 1, 3) == Breaks{0, 3, 5});
    CHECK(with_break(b, 0, -2) == Breaks{-2, 1, 5});
    CHECK(with_break(b, 2, 9) == Breaks{0, 1, 9});
    CHECK_FALSE(with_break(b, 1, 0));
    CHECK_FALSE(with_break(b, 1, 5));
    CHECK_FALSE(with_break(b, 0, 1));
    CHECK_FALSE(with_break(b, 3, 7));
    CHECK_FALSE(with_break(b, 1, std::numeric_limits<double>::quiet_NaN()));
}

TEST_CASE("a break is added in the widest class and taken away down to two classes") {
    CHECK(with_break_added({0, 1, 5}) == Breaks{0, 1, 3, 5});
    CHECK(without_break({0, 1, 3, 5}, 2) == Breaks{0, 1, 5});
    CHECK(without_break({0, 1, 3, 5}, 0) == Breaks{1, 3, 5});
    CHECK_FALSE(without_break({0, 1, 5}, 1));
    Breaks many{0};
    for (std::size_t i = 0; i < kMostClasses; ++i) many.push_back(many.back() + 1);
    CHECK_FALSE(with_break_added(many));
    CHECK_FALSE(with_break_added({1, std::nextafter(1, 2)}));
}

TEST_CASE("the widest class is found, and split, also where its width is no number") {
    CHECK(with_break_added({-1.6e308, 0, 1e307, 1.6e308}) ==
          Breaks{-1.6e308, -0.8e308, 0, 1e307, 1.6e308});
    CHECK(with_break_added({-1.6e308, -1.5e308, 1.6e308}) ==
          Breaks{-1.6e308, -1.5e308, (1.6e308 - 1.5e308) / 2, 1.6e308});
}
