#include "analysis/weights.hpp"

#include "analysis/point_tree.hpp"
#include "geo/coverage.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>
#include <string>

using namespace diaban;
using namespace diaban::analysis;

namespace {

// Each letter is a unit of unit squares, row 0 at the bottom; '.' is nobody's. Face i is the i-th
// letter of the alphabet.
std::shared_ptr<const geo::Coverage> coverage_from(const std::vector<std::string>& rows) {
    std::map<char, std::vector<geo::Point>> squares;
    for (std::size_t y = 0; y < rows.size(); ++y)
        for (std::size_t x = 0; x < rows[y].size(); ++x)
            if (rows[y][x] != '.')
                squares[rows[y][x]].push_back({static_cast<double>(x), static_cast<double>(y)});
    geo::PolygonSoup soup;
    for (const auto& [letter, corners] : squares) {
        // These drawings use one rectangle per letter, or squares apart from each other.
        for (const auto c : corners) {
            for (const auto d : {geo::Point{0, 0}, {1, 0}, {1, 1}, {0, 1}})
                soup.points.push_back({(c.x + d.x) * 1000, (c.y + d.y) * 1000});
            soup.end_ring();
        }
        soup.end_face();
    }
    base::JobContext ctx;
    return geo::build_coverage(soup, {}, ctx).coverage;
}

Weights make(const geo::Coverage& coverage, WeightsKind kind, int order = 1, int k = 6,
             double distance = 0) {
    base::JobContext ctx;
    return make_weights(coverage, {kind, order, k, distance}, ctx);
}

std::vector<std::uint32_t> row(const Weights& weights, std::size_t i) {
    const auto span = weights.links.row(i);
    return {span.begin(), span.end()};
}

using Rows = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("queen and rook on a board of nine") {
    const auto cov = coverage_from({"ABC", "DEF", "GHI"});
    const auto rook = make(*cov, WeightsKind::Rook);
    CHECK(row(rook, 0) == Rows{1, 3});
    CHECK(row(rook, 4) == Rows{1, 3, 5, 7});
    CHECK(rook.links.index.size() == 24); // 12 inner edges, both ways
    const auto queen = make(*cov, WeightsKind::Queen);
    CHECK(row(queen, 0) == Rows{1, 3, 4});
    CHECK(row(queen, 4) == Rows{0, 1, 2, 3, 5, 6, 7, 8});
    CHECK(queen.links.index.size() == 40); // and 8 diagonals, both ways
    CHECK(queen.links.weight.empty());
}

TEST_CASE("higher orders include the lower ones and never the unit itself") {
    const auto cov = coverage_from({"ABCDE"});
    const auto second = make(*cov, WeightsKind::Rook, 2);
    CHECK(row(second, 0) == Rows{1, 2});
    CHECK(row(second, 2) == Rows{0, 1, 3, 4});
    CHECK(row(make(*cov, WeightsKind::Rook, 9), 0) == Rows{1, 2, 3, 4});
    CHECK_THROWS_AS(make(*cov, WeightsKind::Rook, 0), base::Error);
}

TEST_CASE("distances run between area centroids, all parts counted") {
    // B has two squares: its centroid lies between them, at (3, 0.5) km.
    const auto cov = coverage_from({"A.B.B..C"});
    const auto at = centroids(*cov);
    CHECK(at[0].x == Approx(500));
    CHECK(at[1].x == Approx(3500));
    CHECK(at[1].y == Approx(500));
    const auto nearest = make(*cov, WeightsKind::Nearest, 1, 1);
    CHECK(row(nearest, 0) == Rows{1});
    CHECK(nearest.links.weights(0)[0] == Approx(3000));
    CHECK(row(nearest, 2) == Rows{1});
    // The default band is the longest of the nearest distances: 4 km from C to B.
    const auto band = make(*cov, WeightsKind::DistanceBand);
    CHECK(band.distance_m == Approx(4000));
    CHECK(row(band, 1) == Rows{0, 2});
    CHECK(summarise(band.links).islands.empty());
    const auto shorter = make(*cov, WeightsKind::DistanceBand, 1, 1, 3999);
    CHECK(summarise(shorter.links).islands == Rows{2});
    CHECK_THROWS_AS(make(*cov, WeightsKind::Nearest, 1, 3), base::Error);
    CHECK_THROWS_AS(make(*cov, WeightsKind::DistanceBand, 1, 1, -1), base::Error);
}

TEST_CASE("a hole pulls the centroid the other way") {
    // Ten by ten with a hole of area 16 centred at (7, 5): (100*5 - 16*7) / 84.
    geo::PolygonSoup soup;
    for (const auto p : {geo::Point{0, 0}, {10, 0}, {10, 10}, {0, 10}}) soup.points.push_back(p);
    soup.end_ring();
    for (const auto p : {geo::Point{5, 3}, {9, 3}, {9, 7}, {5, 7}}) soup.points.push_back(p);
    soup.end_ring();
    soup.end_face();
    soup.end_face(); // a unit without geometry
    base::JobContext ctx;
    const auto cov = geo::build_coverage(soup, {}, ctx).coverage;
    const auto at = centroids(*cov);
    CHECK(at[0].x == Approx((500.0 - 112) / 84));
    CHECK(at[0].y == Approx(5));
    CHECK(std::isnan(at[1].x));
}

TEST_CASE("the summary counts islands, components and degrees") {
    geo::Csr links;
    // 0-1, 2->3 one way, 4 alone.
    links.index = {1, 0, 3};
    links.offset = {0, 1, 2, 3, 3, 3};
    const auto summary = summarise(links);
    CHECK(summary.n == 5);
    CHECK(summary.links == 3);
    CHECK(summary.islands == Rows{3, 4});
    CHECK(summary.components == 3);
    CHECK(summary.parts == std::vector<Rows>{{0, 1}, {2, 3}, {4}});
    CHECK(summary.min == 0);
    CHECK(summary.max == 1);
    CHECK(summary.mean == Approx(0.6));
    CHECK(summary.histogram == std::vector<std::size_t>{2, 3});
    CHECK(summarise({}).components == 0);
}

TEST_CASE("the tree finds what looking at every point finds") {
    std::mt19937 random(7);
    std::vector<geo::Point> points(400);
    for (auto& p : points) // a coarse grid: many equal coordinates and equal distances
        p = {static_cast<double>(random() % 12), static_cast<double>(random() % 12)};
    points[5].x = std::nan("");
    const PointTree tree(points);
    CHECK(tree.size() == 399);
    for (std::uint32_t i = 0; i < points.size(); i += 7) {
        std::vector<PointTree::Hit> all;
        for (std::uint32_t j = 0; j < points.size(); ++j) {
            if (j == i || j == 5) continue;
            const double dx = points[j].x - points[i].x, dy = points[j].y - points[i].y;
            all.push_back({dx * dx + dy * dy, j});
        }
        std::sort(all.begin(), all.end());
        const std::vector<PointTree::Hit> first(all.begin(), all.begin() + 9);
        CHECK(tree.nearest(i, 9) == first);
        std::vector<PointTree::Hit> near;
        for (const auto& hit : all)
            if (hit.squared <= 4) near.push_back(hit);
        std::sort(near.begin(), near.end(),
                  [](const auto& a, const auto& b) { return a.index < b.index; });
        CHECK(tree.within(i, 4) == near);
    }
}

TEST_CASE("the number of threads changes nothing") {
    std::vector<std::string> rows;
    for (int y = 0; y < 4; ++y) {
        rows.emplace_back();
        for (int x = 0; x < 13; ++x) rows.back() += static_cast<char>(33 + 13 + y * 13 + x);
    }
    for (auto& text : rows) std::replace(text.begin(), text.end(), '.', '~');
    const auto cov = coverage_from(rows);
    for (const auto kind : {WeightsKind::Queen, WeightsKind::Nearest, WeightsKind::DistanceBand}) {
        base::JobContext one(1), eight(8);
        const WeightsSpec spec{kind, 3, 5, 0};
        CHECK(make_weights(*cov, spec, one).links == make_weights(*cov, spec, eight).links);
    }
}

TEST_CASE("links drawn by hand join any weights, both ways and once") {
    const auto cov = coverage_from({"A.B.B..C"});
    base::JobContext ctx;
    WeightsSpec spec;
    spec.drawn = {{0, 2}, {2, 0}};
    const auto drawn = make_weights(*cov, spec, ctx);
    CHECK(row(drawn, 0) == Rows{2});
    CHECK(row(drawn, 2) == Rows{0});
    CHECK(summarise(drawn.links).islands == Rows{1});
    CHECK(drawn.links.weight.empty());
    spec.kind = WeightsKind::Nearest;
    spec.k = 1;
    const auto nearest = make_weights(*cov, spec, ctx);
    CHECK(row(nearest, 0) == Rows{1, 2});
    CHECK(nearest.links.weights(0)[1] == Approx(7000));
    CHECK(statistic_links(nearest).weight.empty());
    spec.drawn = {{1, 1}};
    CHECK_THROWS_AS(make_weights(*cov, spec, ctx), base::Error);
}

TEST_CASE("weights decay with distance") {
    // Centroids at 0.5, 3.5 and 7.5 km; the band of 4 km links A-B (3 km) and B-C (4 km).
    const auto cov = coverage_from({"A.B.B..C"});
    base::JobContext ctx;
    const auto weight = [&](Decay decay, double power = 1) {
        WeightsSpec spec;
        spec.kind = WeightsKind::DistanceBand;
        spec.decay = decay;
        spec.power = power;
        return make_weights(*cov, spec, ctx);
    };
    CHECK(weight(Decay::Inverse).links.weights(0)[0] == Approx(1.0 / 3));
    CHECK(weight(Decay::Inverse, 2).links.weights(2)[0] == Approx(1.0 / 16));
    CHECK(std::isnan(weight(Decay::Inverse).self_weight));
    CHECK(weight(Decay::Triangular).links.weights(0)[0] == Approx(0.25).epsilon(1e-5));
    CHECK(weight(Decay::Triangular).links.weights(2)[0] > 0);
    CHECK(weight(Decay::Epanechnikov).links.weights(0)[0] == Approx(0.75 * 7 / 16).epsilon(1e-5));
    CHECK(weight(Decay::Quartic).links.weights(0)[0] == Approx(15.0 / 16 * 49 / 256).epsilon(1e-5));
    CHECK(weight(Decay::Gaussian).links.weights(0)[0] ==
          Approx(std::exp(-9.0 / 32) * 0.3989422804).epsilon(1e-5));
    CHECK(weight(Decay::Uniform).links.weights(0)[0] == 0.5);
    CHECK(weight(Decay::Gaussian).self_weight == Approx(0.3989422804));
    CHECK(statistic_links(weight(Decay::Inverse)).weight.size() == 4);
    CHECK_THROWS_AS(weight(Decay::Inverse, -1), base::Error);
    CHECK(parse_decay("quartic") == Decay::Quartic);
    CHECK_FALSE(parse_decay("cubic"));
    // Adaptive: the bandwidth of a unit is the distance of its farthest neighbour.
    WeightsSpec spec;
    spec.kind = WeightsKind::Nearest;
    spec.k = 2;
    spec.decay = Decay::Triangular;
    const auto adaptive = make_weights(*cov, spec, ctx);
    CHECK(adaptive.links.weights(0)[0] == Approx(1 - 3.0 / 7).epsilon(1e-5));
}
