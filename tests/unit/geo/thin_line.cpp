// Thinning for one drawing: what may go, and what must stay.
#include "geo/thin_line.hpp"

#include "geo/plane.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace diaban::geo;

namespace {

std::vector<Point> thinned(const std::vector<Point>& line, double tolerance) {
    std::vector<Point> out;
    thin_line(line, tolerance, out);
    return out;
}

double distance_to(const std::vector<Point>& line, Point p) {
    double nearest = 1e300;
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        nearest = std::min(nearest, squared_distance_to_segment(line[i], line[i + 1], p));
    return std::sqrt(nearest);
}

// A walk that wiggles, turns back and crosses itself, as coasts do at every scale.
std::vector<Point> random_walk(unsigned seed, std::size_t count, double step) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> part(-1, 1);
    std::vector<Point> line{{0, 0}};
    Point drift{step, 0};
    while (line.size() < count) {
        if (line.size() % 40 == 0) drift = {step * part(random), step * part(random)};
        const Point p = line.back();
        line.push_back({p.x + drift.x + step * part(random), p.y + drift.y + step * part(random)});
    }
    return line;
}

} // namespace

TEST_CASE("thinning a straight line leaves its ends") {
    CHECK(thinned({{0, 0}, {1, 0.01}, {2, -0.01}, {3, 0}}, 0.1).size() == 2);
    CHECK(thinned({{0, 0}, {1, 0.2}, {2, -0.2}, {3, 0}}, 0.1).size() > 2);
}

TEST_CASE("a line that turns back keeps its far end") {
    const auto thin = thinned({{0, 0}, {5, 0}, {10, 0}, {5, 0.01}, {1, 0}}, 0.5);
    CHECK(std::find(thin.begin(), thin.end(), Point{10, 0}) != thin.end());
}

TEST_CASE("what goes is near what stays, whatever the tolerance") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const auto line = random_walk(seed, 2'000, 1);
        for (const double tolerance : {0.05, 0.5, 3.0, 40.0}) {
            const auto thin = thinned(line, tolerance);
            CAPTURE(seed, tolerance, thin.size());
            CHECK(thin.front() == line.front());
            CHECK(thin.back() == line.back());
            // Each kept point is one of the line, in the order of the line.
            auto at = line.begin();
            for (const Point p : thin) {
                at = std::find(at, line.end(), p);
                REQUIRE(at != line.end());
            }
            for (const Point p : line) REQUIRE(distance_to(thin, p) <= 2 * tolerance);
        }
    }
    CHECK(thinned(random_walk(1, 2'000, 1), 3).size() < 700);
}

TEST_CASE("a closed line keeps three corners, however small it is") {
    const std::vector<Point> square{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
    for (const double tolerance : {0.01, 1.0, 1e6}) {
        const auto thin = thinned(square, tolerance);
        CHECK(thin.size() >= 4);
        CHECK(thin.front() == thin.back());
        CHECK(ring_area(std::vector<Point>(thin.begin(), thin.end() - 1)) > 0);
    }
    CHECK(thinned({{0, 0}, {1, 1}, {2, 2}, {0, 0}}, 9).size() == 3); // no area to keep
    CHECK(thinned({{7, 7}, {7, 7}, {7, 7}}, 1).size() >= 2);
}
