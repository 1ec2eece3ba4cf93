#include "gui/map_geometry.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

using namespace diaban;
using namespace diaban::gui;

namespace {

// Unit squares of 1 km in a row, each its own face.
std::shared_ptr<const geo::Coverage> row_of_squares(int n) {
    geo::PolygonSoup soup;
    for (int i = 0; i < n; ++i) {
        const double x = 500000 + 1000.0 * i, y = 1200000;
        for (const geo::Point p : {geo::Point{x, y}, geo::Point{x + 1000, y},
                                   geo::Point{x + 1000, y + 1000}, geo::Point{x, y + 1000}})
            soup.points.push_back(p);
        soup.end_ring();
        soup.end_face();
    }
    geo::CoverageSpec spec;
    spec.source = spec.map = geo::Crs::epsg(3405);
    base::JobContext ctx(1);
    return geo::build_coverage(soup, spec, ctx).coverage;
}

std::vector<map::LineRank> one_rank(const geo::Coverage& coverage, map::LineRank rank) {
    return std::vector<map::LineRank>(coverage.arcs().size(), rank);
}

double triangle_area(const MapGeometry& g, std::size_t t) {
    const FillVertex &a = g.vertices[g.index[t]], &b = g.vertices[g.index[t + 1]],
                     &c = g.vertices[g.index[t + 2]];
    return std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

double length(const std::vector<LineSegment>& segments) {
    double sum = 0;
    for (const LineSegment& s : segments) sum += std::hypot(s.to_x - s.from_x, s.to_y - s.from_y);
    return sum;
}

} // namespace

TEST_CASE("every face is filled with its own triangles") {
    const auto coverage = row_of_squares(5);
    base::JobContext ctx(1);
    const auto ranks = one_rank(*coverage, map::LineRank::Commune);
    const MapGeometry g = make_geometry(*coverage, ranks, 0, std::nullopt, ctx);
    std::map<std::uint32_t, double> area;
    for (std::size_t t = 0; t < g.index.size(); t += 3) {
        CHECK(g.vertices[g.index[t]].face == g.vertices[g.index[t + 1]].face);
        CHECK(g.vertices[g.index[t]].face == g.vertices[g.index[t + 2]].face);
        area[g.vertices[g.index[t]].face] += triangle_area(g, t);
    }
    REQUIRE(area.size() == 5);
    for (const auto& [face, sum] : area) CHECK(sum == Approx(1e6));
}

TEST_CASE("every border is drawn once, in the run of its rank") {
    const auto coverage = row_of_squares(5);
    base::JobContext ctx(1);
    const auto ranks = one_rank(*coverage, map::LineRank::District);
    const MapGeometry g = make_geometry(*coverage, ranks, 0, std::nullopt, ctx);
    CHECK(length(g.segments) == Approx(1000 * (6 + 2 * 5))); // uprights, and both long sides
    const auto district = static_cast<std::size_t>(map::LineRank::District);
    CHECK(g.rank_first[district] == 0);
    CHECK(g.rank_first[district + 1] == g.segments.size());
}

TEST_CASE("a region takes only the faces it touches") {
    const auto coverage = row_of_squares(9);
    base::JobContext ctx(1);
    const auto ranks = one_rank(*coverage, map::LineRank::Commune);
    const geo::Box region{503100, 1200100, 504900, 1200900}; // inside squares 3 and 4
    const MapGeometry g = make_geometry(*coverage, ranks, 0, region, ctx);
    std::map<std::uint32_t, int> faces;
    for (const FillVertex& v : g.vertices) ++faces[v.face];
    CHECK(faces.size() == 2);
    CHECK(faces.contains(3));
    CHECK(faces.contains(4));
    const geo::Box nowhere{0, 0, 1, 1};
    CHECK(make_geometry(*coverage, ranks, 0, nowhere, ctx).index.empty());
}

TEST_CASE("the outline of a selection leaves out what lies inside it") {
    const auto coverage = row_of_squares(5);
    const geo::FaceId one[] = {2}, two[] = {2, 3};
    CHECK(length(outline(*coverage, one, 0, {})) == Approx(4000));
    CHECK(length(outline(*coverage, two, 0, {})) == Approx(6000));
    CHECK(outline(*coverage, {}, 0, {}).empty());
}

TEST_CASE("the level follows the scale in powers of two, never coarser than a pixel") {
    for (const double scale : {0.1, 3.0, 117.0, 1700.0}) {
        const double tolerance = tolerance_for(scale);
        CHECK(tolerance <= scale);
        CHECK(tolerance > scale / 4);
        CHECK(std::exp2(std::round(std::log2(tolerance))) == tolerance);
    }
}
