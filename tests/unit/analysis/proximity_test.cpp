// Distances on the ground: against geodesics, on drawn units, and shares of people by hand.
#include "analysis/proximity.hpp"

#include "base/number.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>

using namespace diaban;
using analysis::People;
using geo::Point;
using geo::Shape;

namespace {

constexpr double kEverywhere = std::numeric_limits<double>::infinity();

// A point in the map CRS, from degrees.
Point on_map(const geo::Crs& crs, Point lon_lat) {
    geo::transform({&lon_lat, 1}, geo::Crs::wgs84(), crs);
    return lon_lat;
}

Shape spot(Point p) {
    return {Shape::Kind::Points, {{p}}};
}

} // namespace

TEST_CASE("points are as far apart as the geodesic says, whatever the map") {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> unit(0, 1);
    // A zone of VN-2000 and the national sheet, which is worse by far at its edges.
    for (const int epsg : {9209, 3405}) {
        const auto crs = geo::Crs::epsg(epsg);
        std::vector<Point> from, at;
        std::vector<Point> from_degrees, at_degrees;
        for (int i = 0; i < 40; ++i) {
            from_degrees.push_back({104.5 + 2 * unit(random), 9 + 2 * unit(random)});
            from.push_back(on_map(crs, from_degrees.back()));
        }
        std::vector<Shape> shapes;
        for (int i = 0; i < 30; ++i) {
            at_degrees.push_back({104 + 3 * unit(random), 8.5 + 3 * unit(random)});
            shapes.push_back(spot(on_map(crs, at_degrees.back())));
        }
        const geo::ShapeIndex places(std::move(shapes));
        base::JobContext ctx(2);
        const auto all =
            analysis::proximity(from, crs, places, {.within_m = kEverywhere, .nearest = 0}, ctx);
        const auto three =
            analysis::proximity(from, crs, places, {.within_m = kEverywhere, .nearest = 3}, ctx);
        const auto some =
            analysis::proximity(from, crs, places, {.within_m = 50'000, .nearest = 0}, ctx);
        for (std::size_t i = 0; i < from.size(); ++i) {
            std::vector<double> expected;
            for (const auto& p : at_degrees)
                expected.push_back(geo::ground_distance_m(from_degrees[i], p));
            REQUIRE(all[i].size() == at_degrees.size());
            for (const auto& hit : all[i])
                CHECK(hit.distance_m == Approx(expected[hit.place]).epsilon(1e-6).margin(0.01));
            std::sort(expected.begin(), expected.end());
            REQUIRE(three[i].size() == 3);
            for (std::size_t k = 0; k < 3; ++k)
                CHECK(three[i][k].distance_m == Approx(expected[k]).epsilon(1e-6).margin(0.01));
            CHECK(some[i].size() ==
                  static_cast<std::size_t>(std::count_if(expected.begin(), expected.end(),
                                                         [](double m) { return m <= 50'000; })));
        }
    }
}

TEST_CASE("places beyond the antimeridian's side of a map are measured, not lost") {
    // Two islands on either side of 180 degrees, on a map that is centred there.
    const auto crs = geo::Crs::local_equal_area({180, -17});
    const std::vector<Point> from{on_map(crs, {179.9, -17})};
    const geo::ShapeIndex places({spot(on_map(crs, {-179.9, -17}))});
    base::JobContext ctx(1);
    const auto near =
        analysis::proximity(from, crs, places, {.within_m = kEverywhere, .nearest = 1}, ctx);
    REQUIRE(near[0].size() == 1);
    // 0.2 degrees of the parallel of 17 degrees: 21.3 km, and the great circle is hardly shorter.
    CHECK(near[0][0].distance_m ==
          Approx(geo::ground_distance_m({179.9, -17}, {-179.9, -17})).epsilon(1e-6));
    CHECK(near[0][0].distance_m == Approx(21'300).epsilon(0.002));
}

TEST_CASE("units on a plane of unknown CRS: metres of the plane, any number of threads") {
    const auto drawn = test::coverage_from("AABB..CC", 8);
    std::vector<Shape> shapes{spot({500, 500}), spot({4500, 500}), spot({20'000, 500})};
    shapes.push_back({Shape::Kind::Area, {{{4000, 0}, {5000, 0}, {5000, 1000}, {4000, 1000}}}});
    const geo::ShapeIndex places(std::move(shapes));
    const geo::FaceRuns units(drawn.coverage);
    base::JobContext one(1), four(4);
    const analysis::ProximitySpec spec{.within_m = 1500, .nearest = 0};
    const auto near = analysis::proximity(units, places, spec, one);
    const auto again = analysis::proximity(units, places, spec, four);
    const auto of = [&](char letter) {
        std::map<std::uint32_t, double> out;
        for (const auto& hit : near[drawn.face(letter)]) out[hit.place] = hit.distance_m;
        return out;
    };
    CHECK(of('A') == std::map<std::uint32_t, double>{{0, 0}});
    CHECK(of('B') == std::map<std::uint32_t, double>{{0, 1500}, {1, 500}, {3, 0}});
    CHECK(of('C') == std::map<std::uint32_t, double>{{1, 1500}, {3, 1000}});
    CHECK(near[drawn.face('B')].front().place == 3); // nearest first
    REQUIRE(again.size() == near.size());
    for (std::size_t i = 0; i < near.size(); ++i) {
        REQUIRE(again[i].size() == near[i].size());
        for (std::size_t k = 0; k < near[i].size(); ++k) {
            CHECK(again[i][k].place == near[i][k].place);
            CHECK(again[i][k].distance_m == near[i][k].distance_m);
        }
    }
}

TEST_CASE("people belong to the unit they live in, and count where a place is near them") {
    const auto drawn = test::coverage_from("AAB", 3);
    const People people{{{500, 500}, {1500, 500}, {2500, 500}, {9000, 500}, {700, 500}},
                        {100, 300, 50, 1000, base::kNaN}};
    const geo::ShapeIndex places({spot({0, 500})});
    base::JobContext ctx(2);
    const auto found = analysis::people_near(drawn.coverage, people, places, 1000, ctx);
    const auto a = drawn.face('A'), b = drawn.face('B');
    CHECK(found.all[a] == 400);
    CHECK(found.near[a] == 100);
    CHECK(found.all[b] == 50);
    CHECK(found.near[b] == 0);
    const auto wide = analysis::people_near(drawn.coverage, people, places, 2500, ctx);
    CHECK(wide.near[a] == 400);
    CHECK(wide.near[b] == 50);
}

TEST_CASE("a hundred thousand points and units that lost their shapes") {
    auto soup = test::random_soup(5, 8, 8, 20, 4);
    soup.end_face(); // without a shape
    const auto built = test::build(soup);
    const auto box = built.coverage->box();
    std::mt19937 random(3);
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<Shape> shapes;
    for (int i = 0; i < 100'000; ++i)
        shapes.push_back(spot(
            {box.min_x + unit(random) * box.width(), box.min_y + unit(random) * box.height()}));
    const geo::ShapeIndex places(std::move(shapes));
    base::JobContext ctx(2);
    const auto near = analysis::proximity(geo::FaceRuns(built.coverage), places,
                                          {.within_m = 0, .nearest = 0}, ctx);
    // Each point within the units lies in one, up to the few that lie on a border.
    std::size_t inside = 0;
    for (const auto& row : near) inside += row.size();
    double ground = 0;
    for (const auto& face : built.coverage->faces()) ground += face.area_m2;
    CHECK(static_cast<double>(inside) ==
          Approx(100'000 * ground / (box.width() * box.height())).epsilon(0.02));
    CHECK(near.back().empty());
}
