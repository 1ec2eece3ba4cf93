// The coverage of small drawn maps: shared arcs, sides, holes, parts, repairs.
#include "geo/coverage.hpp"

#include "geo/contiguity.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace diaban;
using namespace diaban::geo;
using namespace diaban::test;

namespace {

constexpr double kCell2 = kCellM * kCellM;

// A soup from rings given face by face.
PolygonSoup soup(const std::vector<std::vector<std::vector<Point>>>& faces) {
    PolygonSoup s;
    for (const auto& face : faces) {
        for (const auto& ring : face) {
            s.points.insert(s.points.end(), ring.begin(), ring.end());
            s.end_ring();
        }
        s.end_face();
    }
    return s;
}

std::vector<Point> square(double x, double y, double size) {
    return {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
}

std::size_t count(const base::Findings& findings, const std::string& key) {
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [&](const base::Finding& f) { return f.key == key; }));
}
const base::Finding& first(const base::Findings& findings, const std::string& key) {
    for (const auto& f : findings)
        if (f.key == key) return f;
    throw std::runtime_error("no finding " + key);
}

} // namespace

TEST_CASE("every border is one arc with a face on each side") {
    const auto cov = coverage_from("AAB"
                                   "ACB",
                                   3);
    CHECK(cov.findings.empty());
    // A-B, A-C, B-C, and three with the outside.
    REQUIRE(cov->arcs().size() == 6);
    std::size_t outer = 0;
    for (const Arc& a : cov->arcs()) {
        CHECK(a.left != a.right);
        outer += a.left == kOutside || a.right == kOutside;
    }
    CHECK(outer == 3);
    CHECK(cov->node_arcs().rows() == 4); // the middle, two on the edge below, one above
    CHECK(cov->faces()[cov.face('A')].area_m2 == Approx(3 * kCell2));
    CHECK(cov->faces()[cov.face('C')].area_m2 == Approx(kCell2));
    CHECK(cov->box().width() == 3 * kCellM);
    CHECK(cov->box().height() == 2 * kCellM);
}

TEST_CASE("rings turn counter-clockwise, holes clockwise and after their ring") {
    const auto cov = coverage_from("AAAAA"
                                   "ABAAA"
                                   "AAA.A"
                                   "AAAAA",
                                   5);
    const Face& a = cov->faces()[cov.face('A')];
    REQUIRE(a.ring_count == 3);
    std::vector<double> areas;
    for (const Ring& r : cov->rings().subspan(a.first_ring, a.ring_count)) {
        std::vector<Point> points;
        cov->ring_points(r, 0, points);
        double twice = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const Point p = points[i], q = points[(i + 1) % points.size()];
            twice += p.x * q.y - q.x * p.y;
        }
        areas.push_back(twice / 2);
    }
    CHECK(areas == std::vector<double>{20 * kCell2, -kCell2, -kCell2});
    CHECK(a.area_m2 == Approx(18 * kCell2));
    // The lake is enclosed ground of nobody.
    REQUIRE(count(cov.findings, "gap") == 1);
    CHECK(*first(cov.findings, "gap").amount == Approx(kCell2));
    CHECK(neighbours(cov, 'B') == set("A"));
}

TEST_CASE("a unit may have several parts") {
    const auto cov = coverage_from("A.B"
                                   "..B"
                                   "A.A",
                                   3);
    CHECK(cov->faces()[cov.face('A')].ring_count == 3);
    CHECK(cov->faces()[cov.face('A')].area_m2 == Approx(3 * kCell2));
    CHECK(neighbours(cov, 'A') == set("B"));
}

TEST_CASE("label points lie inside, far from the edges") {
    const auto cov = coverage_from("AAAAAA"
                                   "AB...A"
                                   "AB...A"
                                   "AAAAAA"
                                   "AAAAAA"
                                   "AAAAAA",
                                   6);
    const Point label = cov->faces()[cov.face('A')].label_at;
    CHECK(label.y > 0.9 * kCellM);
    CHECK(label.y < 2.1 * kCellM);
    CHECK(label.x > 0.9 * kCellM);
    CHECK(label.x < 5.1 * kCellM);
}

TEST_CASE("vertices within the tolerance are one, wherever a grid would cut") {
    // 3,000 pairs a few nanometres apart in all directions: about as many straddle a cell edge of
    // any size as chance has it.
    PolygonSoup s;
    for (int k = 0; k < 3000; ++k) {
        const double x = 2.0 * k + 1.0 / 3, y = k / 7.0;
        const double dx = 9e-4 * std::cos(k), dy = 9e-4 * std::sin(k);
        for (const Point& p : {Point{x, y}, Point{x + 1, y}, Point{x, y + 1}})
            s.points.push_back(p);
        s.end_ring(), s.end_face();
        for (const Point& p :
             {Point{x + 1 + dx, y + dy}, Point{x + 1, y + 1}, Point{x + dx, y + 1 + dy}})
            s.points.push_back(p);
        s.end_ring(), s.end_face();
    }
    const auto built = build(s, 1, 1e-3);
    const Csr rook = neighbours(*built.coverage, Contiguity::Rook);
    for (std::uint32_t f = 0; f < 6000; ++f) {
        const auto row = rook.row(f);
        REQUIRE(std::find(row.begin(), row.end(), f ^ 1u) != row.end());
    }
    const auto& snapped = first(built.findings, "snapped");
    CHECK(*snapped.amount == Approx(9e-4).epsilon(1e-3));
    CHECK(std::get<std::int64_t>(snapped.args[0].second) == 6000);
}

TEST_CASE("a tolerance larger than the details collapses them and ends") {
    PolygonSoup s;
    for (int k = 0; k < 5000; ++k)
        s.points.push_back(
            {std::cos(k * 6.283185307179586 / 5000), std::sin(k * 6.283185307179586 / 5000)});
    s.end_ring(), s.end_face();
    for (const double tolerance : {1e-4, 1e-2, 1.0, 100.0}) {
        const auto built = build(s, 1, tolerance);
        const double area = built.coverage->faces()[0].area_m2;
        if (tolerance < 0.1)
            CHECK(area == Approx(3.14159).epsilon(0.05));
        else
            CHECK(area < 3.2);
    }
}

TEST_CASE("a vertex that a neighbour lacks is inserted") {
    // The long side of A passes the corner shared by B and C.
    const auto built = build(soup({{{{0, 0}, {2, 0}, {2, 4}, {0, 4}}},
                                   {{{2, 0}, {4, 0}, {4, 2}, {2, 2}}},
                                   {{{2, 2}, {4, 2}, {4, 4}, {2, 4}}}}));
    const auto& c = *built.coverage;
    REQUIRE(count(built.findings, "t_junction") == 1);
    const Csr rook = neighbours(c, Contiguity::Rook);
    CHECK(rook.row(0).size() == 2);
    CHECK(rook.row(1).size() == 2);
    const Csr border = shared_border_m(c);
    CHECK(border.weights(0)[0] == Approx(2));
    for (const Arc& a : c.arcs()) // nothing between A and its neighbours is open
        if (a.left == kOutside || a.right == kOutside) CHECK(a.count >= 2);
    double area = 0;
    for (const Face& f : c.faces()) area += f.area_m2;
    CHECK(area == Approx(16));
}

TEST_CASE("a corner that only meets the middle of an edge makes no neighbours") {
    // Vertices decide about neighbours, as in GeoDa and spdep.
    const auto built = build(soup({{square(0, 0, 4)}, {{{4, 2}, {6, 1}, {6, 3}}}}));
    CHECK(count(built.findings, "t_junction") == 0);
    CHECK(neighbours(*built.coverage, Contiguity::Queen).index.empty());
}

TEST_CASE("at a T-junction a face does not meet those that only touch the inserted vertex") {
    // B, C and D meet in (4, 2); A's side runs through it. D shares no vertex of A's file ring.
    const auto built = build(soup({{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}},
                                   {{{4, 0}, {8, 0}, {8, 1}, {4, 2}}},
                                   {{{4, 2}, {8, 3}, {8, 4}, {4, 4}}},
                                   {{{4, 2}, {8, 1}, {8, 3}}}}));
    const auto queen = neighbours(*built.coverage, Contiguity::Queen);
    const auto row = queen.row(0);
    CHECK(std::vector<FaceId>(row.begin(), row.end()) == std::vector<FaceId>{1, 2});
    CHECK(queen.row(3).size() == 2);
}

TEST_CASE("identical units are both kept and told") {
    const auto built = build(soup({{square(0, 0, 2)}, {square(2, 0, 2)}, {square(0, 0, 2)}}));
    const auto& c = *built.coverage;
    REQUIRE(count(built.findings, "repeated_unit") == 1);
    CHECK(*first(built.findings, "repeated_unit").amount == Approx(4));
    CHECK(c.faces()[0].area_m2 == Approx(4));
    CHECK(c.faces()[2].area_m2 == Approx(4));
    const auto queen = neighbours(c, Contiguity::Queen);
    CHECK(queen.row(0).size() == 2);
    CHECK(queen.row(2).size() == 2);
}

TEST_CASE("overlaps are told with their area, and break nothing") {
    SECTION("crossing borders") {
        const auto built = build(soup({{square(0, 0, 4)}, {square(3, 3, 4)}}));
        REQUIRE(count(built.findings, "overlap") == 1);
        CHECK(*first(built.findings, "overlap").amount == Approx(1));
        CHECK(neighbours(*built.coverage, Contiguity::Queen).index.empty());
    }
    SECTION("one inside the other") {
        const auto built = build(soup({{square(0, 0, 9)}, {square(3, 3, 2)}}));
        REQUIRE(count(built.findings, "overlap") == 1);
        const auto& f = first(built.findings, "overlap");
        CHECK(*f.amount == Approx(4));
        REQUIRE(f.at);
        CHECK(f.at->first == Approx(4).margin(1));
    }
    SECTION("a third user of a border") {
        const auto built =
            build(soup({{square(0, 0, 2)}, {square(2, 0, 2)}, {{{2, 0}, {5, 0}, {2, 2}}}}));
        REQUIRE(count(built.findings, "overlap") == 1);
        // The triangle's share of the square: 2 x 2 without the corner beyond its long side.
        CHECK(*first(built.findings, "overlap").amount == Approx(2 * 2 - 0.5 * 2 * 4.0 / 3));
    }
}

TEST_CASE("rings that cross or touch themselves become simple ones") {
    SECTION("a bow-tie") {
        const auto built = build(soup({{{{0, 0}, {2, 2}, {2, 0}, {0, 2}}}}));
        REQUIRE(count(built.findings, "self_crossing") == 1);
        CHECK(built.coverage->faces()[0].ring_count == 2);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(2));
    }
    SECTION("a figure of eight through one vertex") {
        const auto built = build(soup({{{{0, 0}, {1, 1}, {2, 0}, {2, 2}, {1, 1}, {0, 2}}}}));
        CHECK(count(built.findings, "self_touch") == 1);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(2));
    }
    SECTION("a hole hung on the outer ring") {
        const auto built =
            build(soup({{{{0, 0}, {4, 0}, {4, 4}, {2, 4}, {3, 2}, {1, 2}, {2, 4}, {0, 4}}}}));
        CHECK(built.coverage->faces()[0].ring_count == 2);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(16 - 2));
    }
    SECTION("a spike") {
        const auto built =
            build(soup({{{{0, 0}, {4, 0}, {4, 2}, {9, 2}, {4, 2}, {4, 4}, {0, 4}}}}));
        CHECK(count(built.findings, "spike") == 1);
        CHECK(built.coverage->box().max_x == 4);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(16));
    }
    SECTION("parts with a common border") {
        const auto built = build(soup({{square(0, 0, 2), square(2, 0, 2)}, {square(4, 0, 2)}}));
        CHECK(count(built.findings, "inner_border") == 1);
        CHECK(built.coverage->faces()[0].ring_count == 1);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(8));
        CHECK(neighbours(*built.coverage, Contiguity::Rook).row(0).size() == 1);
        for (const Arc& a : built.coverage->arcs()) CHECK(a.left != a.right);
    }
    SECTION("a ring given twice") {
        const auto built = build(soup({{square(0, 0, 2), square(0, 0, 2)}}));
        CHECK(count(built.findings, "repeated_ring") == 1);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(4));
    }
}

TEST_CASE("the tip of a spike too thin to keep still touches") {
    const auto built = build(soup(
        {{{{0, 0}, {4, 0}, {4, 2}, {6, 2}, {4, 2}, {4, 4}, {0, 4}}}, {{{6, 2}, {8, 1}, {8, 3}}}}));
    const Csr queen = neighbours(*built.coverage, Contiguity::Queen);
    REQUIRE(queen.row(0).size() == 1);
    CHECK(queen.row(0)[0] == 1);
    CHECK(neighbours(*built.coverage, Contiguity::Rook).index.empty());
}

TEST_CASE("bad input never crashes and is told") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();
    const auto good = square(0, 0, 2);
    SECTION("nothing at all") {
        const auto built = build(PolygonSoup{});
        CHECK(built.coverage->face_count() == 0);
        CHECK(neighbours(*built.coverage, Contiguity::Queen).rows() == 0);
    }
    SECTION("a unit without geometry keeps its place") {
        const auto built = build(soup({{}, {good}}));
        CHECK(built.coverage->face_count() == 2);
        CHECK(built.coverage->faces()[0].ring_count == 0);
        CHECK(built.coverage->faces()[1].area_m2 == Approx(4));
    }
    SECTION("coordinates that are no numbers") {
        const auto built =
            build(soup({{{{0, 0}, {nan, 1}, {2, 0}, {2, inf}, {2, 2}, {-inf, nan}, {0, 2}}},
                        {{{nan, nan}, {nan, nan}, {nan, nan}}}}));
        CHECK(count(built.findings, "bad_coordinate") == 2);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(4));
        CHECK(count(built.findings, "no_area") == 1);
    }
    SECTION("absurd degrees") {
        const auto built =
            build(soup({{{{105, 20}, {105.1, 20}, {1e300, -1e300}, {105.1, 20.1}, {105, 400}}}}), 1,
                  0, Crs::wgs84());
        CHECK(count(built.findings, "bad_coordinate") == 1);
        CHECK(built.coverage->faces()[0].ring_count == 1);
    }
    SECTION("rings of one, two and equal points; collinear ones fall apart") {
        const auto built = build(soup({{{{1, 1}},
                                        {{1, 1}, {2, 2}},
                                        {{0, 0}, {1, 1}, {3, 3}, {2, 2}},
                                        {{5, 5}, {5, 5}, {5, 5}, {5, 5}},
                                        good}}));
        CHECK(count(built.findings, "zero_area") == 1);
        CHECK(std::get<std::int64_t>(first(built.findings, "zero_area").args[1].second) == 3);
        CHECK(built.coverage->faces()[0].area_m2 == Approx(4));
    }
    SECTION("rings drawn by chance") {
        PolygonSoup s;
        std::uint64_t state = 7;
        const auto next = [&] {
            state = state * 6364136223846793005ull + 1442695040888963407ull;
            return static_cast<double>(state >> 40) / 65536;
        };
        for (int f = 0; f < 8; ++f) {
            for (int k = 0; k < 40; ++k) s.points.push_back({next(), next()});
            s.end_ring(), s.end_face();
        }
        const auto built = build(s);
        CHECK(built.coverage->face_count() == 8);
        CHECK(count(built.findings, "self_crossing") > 0);
    }
}

TEST_CASE("places are told in WGS 84, amounts in metres") {
    // Two squares of 0.01 degree in zone 3405 that overlap by a tenth of their side.
    PolygonSoup s;
    for (const double x : {105.0, 105.009}) {
        for (const auto& p : square(x, 20, 0.01)) s.points.push_back(p);
        s.end_ring(), s.end_face();
    }
    base::JobContext ctx(1);
    CoverageSpec spec;
    spec.source = Crs::wgs84(), spec.map = Crs::epsg(3405);
    spec.unit_codes = {"00001", "00002"};
    const auto built = build_coverage(s, spec, ctx);
    const auto& f = first(built.findings, "overlap");
    CHECK(f.unit == "00001");
    // 0.001 by 0.01 degrees at 20 N: 104.6 m by 1,107 m.
    CHECK(*f.amount == Approx(104.6 * 1107).epsilon(0.01));
    REQUIRE(f.at);
    CHECK(f.at->first == Approx(105.0095).margin(0.0006));
    CHECK(f.at->second == Approx(20.005).margin(0.006));
}

TEST_CASE("far specks do not decide what the whole map shows") {
    // 100 cells, one island nearby and one far off; both hold less than 2 % of the area.
    PolygonSoup s;
    const auto add = [&](double x, double y, double size) {
        for (const auto& p : square(x, y, size)) s.points.push_back(p);
        s.end_ring(), s.end_face();
    };
    for (int x = 0; x < 10; ++x)
        for (int y = 0; y < 10; ++y) add(x, y, 1);
    add(10.8, 5, 0.5);
    add(40, 20, 0.5);
    const auto built = build(s);
    CHECK(built.coverage->box().max_x == 40.5);
    CHECK(built.coverage->main_box().max_x == Approx(11.3));
    CHECK(built.coverage->main_box().max_y == 10);
    add(40, 30, 3); // 8 % of the area is no speck
    CHECK(build(s).coverage->main_box().max_x == 43);
}

TEST_CASE("a cancelled build stops") {
    base::JobContext ctx(1);
    ctx.cancel();
    CHECK_THROWS_AS(build_coverage(random_soup(1, 6, 6, 5, 3), {}, ctx), base::Cancelled);
}
