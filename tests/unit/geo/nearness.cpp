// Distances between faces and shapes: drawn cases worked by hand, and random ones against GEOS.
#include "geo/nearness.hpp"

#include "geo/face_shapes.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <geos_c.h>
#include <map>
#include <random>

using namespace diaban;
using namespace diaban::geo;
using Kind = Shape::Kind;

namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();
constexpr double kCell = test::kCellM;

Shape point(double x, double y) {
    return {Kind::Points, {{{x * kCell, y * kCell}}}};
}
Shape square(double x0, double y0, double x1, double y1) {
    return {Kind::Area,
            {{{x0 * kCell, y0 * kCell},
              {x1 * kCell, y0 * kCell},
              {x1 * kCell, y1 * kCell},
              {x0 * kCell, y1 * kCell}}}};
}

// Shapes within a distance of a letter, in cells: index -> distance.
std::map<std::uint32_t, double> near(const test::Drawn& drawn, char letter,
                                     std::vector<Shape> shapes, double most = kAny,
                                     std::size_t count = 0) {
    const FaceRuns faces(drawn.coverage);
    const ShapeIndex index(std::move(shapes));
    std::map<std::uint32_t, double> out;
    for (const auto& hit : nearest_shapes(faces, drawn.face(letter), index,
                                          {.distance = most * kCell, .count = count}))
        out[hit.shape] = hit.distance / kCell;
    return out;
}

// ---- GEOS ------------------------------------------------------------------------------------

struct Geos {
    Geos() { initGEOS(nullptr, nullptr); }
    ~Geos() { finishGEOS(); }
};

GEOSCoordSequence* sequence(const std::vector<Point>& points, bool closed) {
    const auto n = static_cast<unsigned>(points.size() + (closed ? 1 : 0));
    GEOSCoordSequence* out = GEOSCoordSeq_create(n, 2);
    for (unsigned i = 0; i < n; ++i) {
        const Point p = points[i % points.size()];
        GEOSCoordSeq_setXY(out, i, p.x, p.y);
    }
    return out;
}

GEOSGeometry* polygon(const Polygon& p) {
    std::vector<GEOSGeometry*> holes;
    for (const auto& hole : p.holes)
        holes.push_back(GEOSGeom_createLinearRing(sequence(hole, true)));
    return GEOSGeom_createPolygon(GEOSGeom_createLinearRing(sequence(p.outer, true)), holes.data(),
                                  static_cast<unsigned>(holes.size()));
}

GEOSGeometry* geos_face(const Coverage& coverage, FaceId face) {
    std::vector<GEOSGeometry*> parts;
    for (const auto& p : source_of(coverage).polygons(coverage.faces()[face], 0))
        parts.push_back(polygon(p));
    return GEOSGeom_createCollection(GEOS_MULTIPOLYGON, parts.data(),
                                     static_cast<unsigned>(parts.size()));
}

GEOSGeometry* geos_shape(const Shape& shape) {
    const auto& part = shape.parts.front();
    if (shape.kind == Kind::Points) return GEOSGeom_createPoint(sequence(part, false));
    if (shape.kind == Kind::Lines) return GEOSGeom_createLineString(sequence(part, false));
    return polygon({part, {}});
}

// Convex areas, lines of several pieces and points all over a box and around it.
std::vector<Shape> random_shapes(std::mt19937& random, const Box& box, std::size_t count) {
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<Shape> out;
    for (std::size_t i = 0; i < count; ++i) {
        const Point at{box.min_x + (unit(random) * 1.4 - 0.2) * box.width(),
                       box.min_y + (unit(random) * 1.4 - 0.2) * box.height()};
        const double size = box.width() * (i % 10 == 0 ? 0.4 : 0.02) * (0.2 + unit(random));
        Shape shape{static_cast<Kind>(i % 3), {{}}};
        const int corners = shape.kind == Kind::Points ? 1 : 24;
        for (int k = 0; k < corners; ++k) {
            const double a = 2 * M_PI * (k + 0.3 * unit(random)) / corners;
            const double r = shape.kind == Kind::Points ? 0 : size * (0.7 + 0.3 * unit(random));
            shape.parts.front().push_back({at.x + r * std::cos(a), at.y + r * std::sin(a)});
        }
        out.push_back(std::move(shape));
    }
    return out;
}

} // namespace

TEST_CASE("shapes that touch, overlap or hold each other are at no distance") {
    const auto drawn = test::coverage_from("AAA.B"
                                           "A.A.B"
                                           "AAA.B",
                                           5);
    const std::vector<Shape> shapes{
        point(0.5, 0.5),                              // 0: inside A
        point(1.5, 1.5),                              // 1: in A's hole
        point(3, 1),                                  // 2: on A's border
        point(3.5, 1.5),                              // 3: between A and B
        square(-9, -9, 9, 9),                         // 4: around everything
        square(0.2, 0.2, 0.4, 0.4),                   // 5: inside A, touching no border
        square(2.5, 0.5, 3.25, 0.6),                  // 6: across A's border
        {Kind::Lines, {{{-1000, 500}, {9000, 500}}}}, // 7: through both
    };
    const auto a = near(drawn, 'A', shapes), b = near(drawn, 'B', shapes);
    CHECK(a.at(0) == 0);
    CHECK(a.at(1) == Approx(0.5));
    CHECK(a.at(2) == 0);
    CHECK(a.at(3) == Approx(0.5));
    CHECK(a.at(4) == 0);
    CHECK(a.at(5) == 0);
    CHECK(a.at(6) == 0);
    CHECK(a.at(7) == 0);
    CHECK(b.at(0) == Approx(3.5));
    CHECK(b.at(1) == Approx(2.5));
    CHECK(b.at(4) == 0);
    CHECK(b.at(5) == Approx(3.6));
    CHECK(b.at(6) == Approx(0.75));
    CHECK(b.at(7) == 0);
}

TEST_CASE("a line is open, an area is closed and full") {
    const auto drawn = test::coverage_from("A", 1);
    const std::vector<Point> around{{-2000, -2000}, {3000, -2000}, {3000, 3000}, {-2000, 3000}};
    const auto a = near(drawn, 'A', {{Kind::Lines, {around}}, {Kind::Area, {around}}});
    CHECK(a.at(0) == Approx(2)); // the side on the left is missing: right, below and above remain
    CHECK(a.at(1) == 0);
    // With a hole, the unit in it is outside.
    const std::vector<Point> hole{{-500, -500}, {1500, -500}, {1500, 1500}, {-500, 1500}};
    CHECK(near(drawn, 'A', {{Kind::Area, {around, hole}}}).at(0) == Approx(0.5));
}

TEST_CASE("the limit belongs to what is near") {
    const auto drawn = test::coverage_from("A", 1);
    CHECK(near(drawn, 'A', {point(3, 0.5)}, 2).size() == 1);
    CHECK(near(drawn, 'A', {point(3, 0.5)}, 1.999999).empty());
    CHECK(near(drawn, 'A', {point(1, 0.5)}, 0).size() == 1);
}

TEST_CASE("as many shapes as asked for, the nearest") {
    const auto drawn = test::coverage_from("A", 1);
    const std::vector<Shape> shapes{point(4, 0), point(2, 0), point(3, 0), point(6, 0)};
    CHECK(near(drawn, 'A', shapes, kAny, 1) == std::map<std::uint32_t, double>{{1, 1.0}});
    CHECK(near(drawn, 'A', shapes, kAny, 2) == std::map<std::uint32_t, double>{{1, 1.0}, {2, 2.0}});
    CHECK(near(drawn, 'A', shapes, kAny, 9).size() == 4);
}

TEST_CASE("nothing is near nothing") {
    const auto drawn = test::coverage_from("A", 1);
    CHECK(near(drawn, 'A', {}).empty());
    CHECK(near(drawn, 'A', {Shape{Kind::Area, {}}, Shape{Kind::Lines, {{}}}}).empty());
    CHECK(near(drawn, 'A', {{Kind::Points, {{{std::nan(""), 0}}}}}).empty());
    // A unit whose shape is lost.
    geo::PolygonSoup soup = test::random_soup(3, 2, 2, 2, 1);
    soup.end_face();
    const auto built = test::build(soup);
    const FaceRuns faces(built.coverage);
    const ShapeIndex one({point(0, 0)});
    const auto last = static_cast<FaceId>(built.coverage->face_count() - 1);
    REQUIRE(built.coverage->faces()[last].ring_count == 0);
    CHECK(nearest_shapes(faces, last, one, {.distance = kAny, .count = 0}).empty());
}

TEST_CASE("distances are those of GEOS") {
    const Geos geos;
    std::mt19937 random(7);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto built = test::build(test::random_soup(seed, 10, 10, 16, 6));
        const Coverage& coverage = *built.coverage;
        const auto shapes = random_shapes(random, coverage.box(), 60);
        const FaceRuns faces(built.coverage);
        const ShapeIndex index(shapes);
        std::vector<GEOSGeometry*> theirs;
        for (const auto& shape : shapes) theirs.push_back(geos_shape(shape));
        std::size_t touching = 0, apart = 0;
        for (FaceId f = 0; f < coverage.face_count(); ++f) {
            if (coverage.faces()[f].ring_count == 0) continue;
            GEOSGeometry* face = geos_face(coverage, f);
            const auto hits = nearest_shapes(faces, f, index, {.distance = kAny, .count = 0});
            REQUIRE(hits.size() == shapes.size());
            double before = 0;
            for (const auto& hit : hits) {
                double expected = 0;
                REQUIRE(GEOSDistance(face, theirs[hit.shape], &expected) == 1);
                INFO("seed " << seed << " face " << f << " shape " << hit.shape);
                CHECK(hit.distance == Approx(expected).epsilon(1e-9).margin(1e-6));
                CHECK(hit.distance == Approx(std::hypot(hit.on_face.x - hit.on_shape.x,
                                                        hit.on_face.y - hit.on_shape.y))
                                          .margin(1e-9));
                CHECK(hit.distance >= before);
                before = hit.distance;
                (expected == 0 ? touching : apart) += 1;
            }
            // The nearest three of all are the first three.
            const auto three = nearest_shapes(faces, f, index, {.distance = kAny, .count = 3});
            REQUIRE(three.size() >= 3);
            for (std::size_t i = 0; i < 3; ++i) CHECK(three[i].distance == hits[i].distance);
            GEOSGeom_destroy(face);
        }
        CHECK(touching > 20);
        CHECK(apart > 200);
        for (auto* g : theirs) GEOSGeom_destroy(g);
    }
}
