// Ground within a distance of shapes: circles, strips and shares worked out by hand.
#include "geo/buffers.hpp"

#include "geo/plane.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;
using namespace diaban::geo;

namespace {

constexpr double kPi = 3.14159265358979323846;

double ground_area(const std::vector<Polygon>& polygons) {
    double out = 0;
    for (const auto& p : polygons) {
        out += std::abs(ring_area(p.outer));
        for (const auto& hole : p.holes) out -= std::abs(ring_area(hole));
    }
    return out;
}

double share(const test::Drawn& drawn, char letter, const std::vector<Shape>& shapes,
             double distance) {
    std::vector<const Shape*> all;
    for (const auto& shape : shapes) all.push_back(&shape);
    return share_within(*drawn, drawn.face(letter), all, distance);
}

Shape block(double x0, double y0, double x1, double y1) {
    return {Shape::Kind::Area, {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

} // namespace

TEST_CASE("ground within a distance of a point, a line, an area") {
    const std::vector<Shape> point{{Shape::Kind::Points, {{{5, 5}}}}};
    const std::vector<double> two{2};
    CHECK(ground_area(ground_within(point, two, 32)) == Approx(kPi * 4).epsilon(5e-4));
    const std::vector<Shape> line{{Shape::Kind::Lines, {{{0, 0}, {10, 0}}}}};
    CHECK(ground_area(ground_within(line, two, 32)) == Approx(40 + kPi * 4).epsilon(5e-4));
    const std::vector<Shape> area{block(0, 0, 10, 10)};
    CHECK(ground_area(ground_within(area, two, 32)) ==
          Approx(100 + 4 * 20 + kPi * 4).epsilon(5e-4));
    // Two that overlap are counted once; each has a distance of its own.
    const std::vector<Shape> both{block(0, 0, 10, 10), block(5, 0, 15, 10)};
    const std::vector<double> none{0, 0};
    CHECK(ground_area(ground_within(both, none, 32)) == Approx(150));
    CHECK(ground_within({}, {}, 32).empty());
}

TEST_CASE("areas with holes and areas that cross themselves are read by the even-odd rule") {
    Shape ring = block(0, 0, 30, 30);
    ring.parts.push_back(block(10, 10, 20, 20).parts.front());
    const std::vector<double> zero{0};
    CHECK(ground_area(ground_within(std::vector{ring}, zero, 32)) == Approx(800));
    // A bow tie: two triangles of 25 each.
    const Shape bow{Shape::Kind::Area, {{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}};
    CHECK(ground_area(ground_within(std::vector{bow}, zero, 32)) == Approx(50));
}

TEST_CASE("the share of a unit within a distance") {
    const auto drawn = test::coverage_from("AB", 2); // a kilometre each
    // A strip of 250 m along the left side of A.
    const Shape side{Shape::Kind::Lines, {{{0, -5000}, {0, 5000}}}};
    CHECK(share(drawn, 'A', {side}, 250) == Approx(0.25).epsilon(1e-3));
    CHECK(share(drawn, 'B', {side}, 250) == 0);
    CHECK(share(drawn, 'B', {side}, 1500) == Approx(0.5).epsilon(1e-3));
    CHECK(share(drawn, 'A', {side}, 5000) == Approx(1));
    // A quarter of a circle around the corner, twice the same place.
    const Shape corner{Shape::Kind::Points, {{{0, 0}}}};
    CHECK(share(drawn, 'A', {corner, corner}, 400) ==
          Approx(kPi * 400 * 400 / 4 / 1e6).epsilon(1e-3));
    CHECK(share(drawn, 'A', {block(500, 0, 5000, 1000)}, 0.001) == Approx(0.5).epsilon(1e-4));
    CHECK(share(drawn, 'A', {}, 100) == 0);
    // A long line far beyond the unit, with a piece beside it.
    Shape coast{Shape::Kind::Lines, {{}}};
    for (int i = -1000; i <= 1000; ++i) coast.parts.front().push_back({i * 100.0, 0});
    CHECK(share(drawn, 'A', {coast}, 100) == Approx(0.1).epsilon(1e-3));
}
