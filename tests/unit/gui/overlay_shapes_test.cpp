#include "gui/overlay_shapes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban::gui;

namespace {

using Ring = std::vector<ImVec2>;

Ring square(float from, float to, bool turned = false) {
    Ring ring{{from, from}, {to, from}, {to, to}, {from, to}};
    if (turned) std::reverse(ring.begin(), ring.end());
    return ring;
}

double covered(const std::vector<RowSpan>& spans) {
    double area = 0;
    for (const RowSpan& span : spans) area += static_cast<double>(span.to) - span.from;
    return area;
}

constexpr Rect kAll{0, 0, 200, 200};

} // namespace

TEST_CASE("rows cover an area, but not its hole, and what lies twice only once") {
    CHECK(covered(row_spans({square(10, 60)}, kAll)) == Approx(2500));
    CHECK(covered(row_spans({square(10, 60), square(20, 30, true)}, kAll)) == Approx(2400));
    CHECK(covered(row_spans({square(10, 60), square(20, 30)}, kAll)) == Approx(2500));
    CHECK(covered(row_spans({square(10, 60), square(40, 80)}, kAll)) == Approx(2500 + 1600 - 400));
    auto closed = square(10, 60); // as files have it
    closed.push_back(closed.front());
    CHECK(covered(row_spans({closed}, kAll)) == Approx(2500));
    CHECK(row_spans({}, kAll).empty());
}

TEST_CASE(
    "rows of a circle cover what the formula says, and only rows and columns that are asked") {
    Ring circle;
    for (int i = 0; i < 720; ++i) {
        const double a = i * std::acos(-1.0) / 360;
        circle.emplace_back(static_cast<float>(100 + 80 * std::cos(a)),
                            static_cast<float>(100 + 80 * std::sin(a)));
    }
    CHECK(covered(row_spans({circle}, kAll)) == Approx(std::acos(-1.0) * 6400).epsilon(0.001));
    const Rect part{50, 90, 120, 110};
    const auto spans = row_spans({circle}, part);
    CHECK(covered(spans) == Approx(70 * 20));
    for (const RowSpan& span : spans) {
        CHECK((span.row >= 90 && span.row < 110));
        CHECK((span.from >= 50 && span.to <= 120));
    }
}

TEST_CASE("an area far larger than the window costs its rows only") {
    const auto spans = row_spans({square(-3e7F, 3e7F)}, kAll);
    CHECK(spans.size() == 200);
    CHECK(covered(spans) == Approx(40000));
}
