// Levels of detail: what goes when, and what must stay.
#include "geo/coverage.hpp"

#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace diaban;
using namespace diaban::geo;
using namespace diaban::test;

namespace {

float drop_of(const Coverage& c, Point p) {
    for (std::size_t i = 0; i < c.vertices().size(); ++i)
        if (c.vertices()[i] == p) return c.drop_at_m()[i];
    throw std::runtime_error("no such vertex");
}

PolygonSoup soup(const std::vector<std::vector<Point>>& faces) {
    PolygonSoup s;
    for (const auto& ring : faces) {
        s.points.insert(s.points.end(), ring.begin(), ring.end());
        s.end_ring(), s.end_face();
    }
    return s;
}

} // namespace

TEST_CASE("a vertex goes at the square root of its triangle's area") {
    // The dent spans 40 x 20 / 2 = 400 m2; without it the sides are straight.
    const auto built = build(soup({{{0, 0},
                                    {10'000, 0},
                                    {10'000, 9'000},
                                    {5'020, 9'000},
                                    {5'000, 8'980},
                                    {4'980, 9'000},
                                    {0, 9'000}}}));
    CHECK(drop_of(*built.coverage, {5'000, 8'980}) == Approx(20));
    std::vector<Point> points;
    built.coverage->ring_points(built.coverage->rings()[0], 21, points);
    CHECK(points.size() == 4);
    points.clear();
    built.coverage->ring_points(built.coverage->rings()[0], 19, points);
    CHECK(points.size() >= 5);
}

TEST_CASE("a dent stays as long as a neighbour's spike fills it") {
    // The spike (about 20 m) outlives many rounds in which the dent (7 m) would like to go; once
    // the spike is gone, the dent goes at a larger tolerance, never at its own.
    const auto built = build(soup({{{0, 0},
                                    {8'000, 0},
                                    {8'000, 1'000},
                                    {4'005, 1'000},
                                    {4'000, 990},
                                    {3'995, 1'000},
                                    {0, 1'000}},
                                   {{0, 1'200},
                                    {3'998, 1'200},
                                    {4'000, 995},
                                    {4'002, 1'200},
                                    {8'000, 1'200},
                                    {8'000, 9'000},
                                    {0, 9'000}}}));
    const float spike = drop_of(*built.coverage, {4'000, 995});
    const float dent = drop_of(*built.coverage, {4'000, 990});
    CHECK(spike == Approx(20.25).epsilon(0.01));
    CHECK(dent >= spike);
    CHECK(dent < 1'000);
}

TEST_CASE("ends of arcs never go, and no face is lost at any tolerance") {
    const auto cov = coverage_from("AAB"
                                   "ACB"
                                   "..B",
                                   3);
    for (const Arc& a : cov->arcs()) {
        CHECK(std::isinf(cov->drop_at_m()[a.first]));
        CHECK(std::isinf(cov->drop_at_m()[a.first + a.count - 1]));
    }
    for (const Ring& r : cov->rings()) {
        std::vector<Point> points;
        cov->ring_points(r, 1e12, points);
        CHECK(points.size() >= 3);
    }
}

TEST_CASE("two arcs with the same ends do not both become bare") {
    // A lens: two borders from (0, 0) to (1000, 0); and an islet, one closed arc.
    const auto built =
        build(soup({{{0, 0}, {300, -1}, {1'000, 0}, {700, 1}, {400, 1}},
                    {{0, 0}, {400, 1}, {700, 1}, {1'000, 0}, {1'000, 90'000}, {0, 90'000}},
                    {{0, 0}, {0, -90'000}, {1'000, -90'000}, {1'000, 0}, {300, -1}},
                    {{5'000, 0}, {5'001, 0}, {5'001.5, 0.5}, {5'001, 1}, {5'000, 1}}}));
    for (const double level : {1.0, 1e3, 1e9})
        for (const FaceId f : {0u, 3u}) {
            std::vector<Point> points;
            built.coverage->ring_points(
                built.coverage->rings()[built.coverage->faces()[f].first_ring], level, points);
            CHECK(points.size() >= 3);
        }
}

TEST_CASE("without thresholds everything stays") {
    base::JobContext ctx(1);
    CoverageSpec spec;
    spec.thresholds = false;
    const auto built = build_coverage(random_soup(3, 6, 6, 5, 4), spec, ctx);
    for (float d : built.coverage->drop_at_m()) CHECK(std::isinf(d));
}
