// Random coverages against the invariants of architecture.md 2.
#include "geo/coverage.hpp"
#include "geo/contiguity.hpp"
#include "geo/triangles.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <geos_c.h>

#include <cmath>
#include <map>
#include <memory>

using namespace diaban;
using namespace diaban::geo;
using namespace diaban::test;

namespace {

const std::vector<double> kLevels{0, 5, 14, 20, 35, 50, 58, 75, 100, 130, 160, 200, 236, 400, 1e9};

double ring_area_of(const std::vector<Point>& r) {
    double twice = 0;
    for (std::size_t i = 0; i < r.size(); ++i) {
        const Point p = r[i], q = r[(i + 1) % r.size()];
        twice += (p.x - r[0].x) * (q.y - r[0].y) - (q.x - r[0].x) * (p.y - r[0].y);
    }
    return twice / 2;
}

double face_area(const Coverage& c, FaceId f, double level, std::size_t* least = nullptr) {
    double sum = 0;
    for (const Ring& r : c.rings().subspan(c.faces()[f].first_ring, c.faces()[f].ring_count)) {
        std::vector<Point> points;
        c.ring_points(r, level, points);
        if (least) *least = std::min(*least, points.size());
        sum += ring_area_of(points);
    }
    return sum;
}

struct Segment {
    Point a, b;
};
std::vector<Segment> segments(const Coverage& c, double level) {
    std::vector<Segment> all;
    for (const Arc& arc : c.arcs()) {
        std::vector<Point> points;
        c.arc_points(arc, level, points);
        for (std::size_t i = 1; i < points.size(); ++i) all.push_back({points[i - 1], points[i]});
    }
    return all;
}
int orientation(Point a, Point b, Point c) {
    const long double det =
        (static_cast<long double>(b.x) - a.x) * (static_cast<long double>(c.y) - a.y) -
        (static_cast<long double>(b.y) - a.y) * (static_cast<long double>(c.x) - a.x);
    return (det > 0) - (det < 0);
}
// Pairs of segments with a common point other than a common end.
std::size_t crossings(const std::vector<Segment>& s) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < s.size(); ++i)
        for (std::size_t j = i + 1; j < s.size(); ++j) {
            const auto &p = s[i], &q = s[j];
            if (std::max(p.a.x, p.b.x) < std::min(q.a.x, q.b.x) ||
                std::max(q.a.x, q.b.x) < std::min(p.a.x, p.b.x) ||
                std::max(p.a.y, p.b.y) < std::min(q.a.y, q.b.y) ||
                std::max(q.a.y, q.b.y) < std::min(p.a.y, p.b.y))
                continue;
            if (p.a == q.a || p.a == q.b || p.b == q.a || p.b == q.b) {
                // Sharing both ends, or one with the same direction, would be an overlap.
                count += (p.a == q.a && p.b == q.b) || (p.a == q.b && p.b == q.a);
                continue;
            }
            count += orientation(p.a, p.b, q.a) * orientation(p.a, p.b, q.b) <= 0 &&
                     orientation(q.a, q.b, p.a) * orientation(q.a, q.b, p.b) <= 0;
        }
    return count;
}

struct Geos {
    GEOSContextHandle_t h = GEOS_init_r();
    ~Geos() { GEOS_finish_r(h); }
    GEOSGeometry* polygon(const Coverage& c, FaceId f) const {
        // Even-odd of all rings, by symmetric difference: an oracle that shares nothing with ours.
        GEOSGeometry* sum = GEOSGeom_createEmptyPolygon_r(h);
        for (const Ring& r : c.rings().subspan(c.faces()[f].first_ring, c.faces()[f].ring_count)) {
            std::vector<Point> points;
            c.ring_points(r, 0, points);
            points.push_back(points[0]);
            auto* s = GEOSCoordSeq_copyFromBuffer_r(h, &points[0].x,
                                                    static_cast<unsigned>(points.size()), 0, 0);
            auto* ring = GEOSGeom_createPolygon_r(h, GEOSGeom_createLinearRing_r(h, s), nullptr, 0);
            auto* next = GEOSSymDifference_r(h, sum, ring);
            GEOSGeom_destroy_r(h, sum), GEOSGeom_destroy_r(h, ring);
            sum = next;
        }
        return sum;
    }
};

} // namespace

TEST_CASE("faces fill the same ground at every level, without crossing or loss") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto soup = random_soup(seed, 9, 8, 14, 5);
        const auto built = build(soup);
        const Coverage& c = *built.coverage;
        INFO("seed " << seed);
        double source = 0;
        for (std::size_t f = 0; f < soup.faces(); ++f)
            for (auto r = soup.face_first_ring[f]; r < soup.face_first_ring[f + 1]; ++r)
                source += ring_area_of({soup.ring(r).begin(), soup.ring(r).end()});
        for (const double level : kLevels) {
            INFO("level " << level);
            double sum = 0, outer = 0;
            for (FaceId f = 0; f < c.face_count(); ++f) {
                if (c.faces()[f].ring_count == 0) continue;
                std::size_t least = 3;
                const double area = face_area(c, f, level, &least);
                REQUIRE(least >= 3);
                REQUIRE(area > 0);
                sum += area;
            }
            // Green's formula over the arcs with one face.
            for (const Arc& a : c.arcs()) {
                if (a.left != kOutside && a.right != kOutside) continue;
                std::vector<Point> p;
                c.arc_points(a, level, p);
                double twice = 0;
                for (std::size_t i = 1; i < p.size(); ++i)
                    twice += p[i - 1].x * p[i].y - p[i].x * p[i - 1].y;
                outer += (a.left != kOutside ? twice : -twice) / 2;
            }
            REQUIRE(sum == Approx(outer).epsilon(1e-11));
            if (level == 0) REQUIRE(sum == Approx(source).epsilon(1e-11));
            REQUIRE(crossings(segments(c, level)) == 0);
        }
    }
}

TEST_CASE("each arc is used once from each side that has a face") {
    for (std::uint64_t seed = 100; seed < 120; ++seed) {
        const auto built = build(random_soup(seed, 10, 10, 18, 2));
        const Coverage& c = *built.coverage;
        std::vector<int> forward(c.arcs().size()), backward(c.arcs().size());
        for (FaceId f = 0; f < c.face_count(); ++f)
            for (const Ring& r :
                 c.rings().subspan(c.faces()[f].first_ring, c.faces()[f].ring_count)) {
                NodeId at = kOutside;
                for (ArcRef ref : c.arc_refs().subspan(r.first, r.count)) {
                    const Arc& a = c.arcs()[arc_of(ref)];
                    CHECK((ref >= 0 ? a.left : a.right) == f);
                    ++(ref >= 0 ? forward : backward)[arc_of(ref)];
                    if (at != kOutside) CHECK((ref >= 0 ? a.from : a.to) == at);
                    at = ref >= 0 ? a.to : a.from;
                }
            }
        for (std::size_t i = 0; i < c.arcs().size(); ++i) {
            CHECK(forward[i] == (c.arcs()[i].left != kOutside));
            CHECK(backward[i] == (c.arcs()[i].right != kOutside));
        }
    }
}

TEST_CASE("triangles fill each face at every level") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const auto built = build(random_soup(seed, 12, 12, 10, 6));
        const Coverage& c = *built.coverage;
        base::JobContext ctx(2);
        for (const double level : kLevels) {
            INFO("seed " << seed << " level " << level);
            const Triangles t = triangulate(c, level, ctx);
            REQUIRE(t.face_first.size() == c.face_count() + 1);
            for (FaceId f = 0; f < c.face_count(); ++f) {
                double sum = 0;
                for (auto i = t.face_first[f]; i < t.face_first[f + 1]; i += 3)
                    sum += std::abs(ring_area_of({t.points[t.index[i]], t.points[t.index[i + 1]],
                                                  t.points[t.index[i + 2]]}));
                REQUIRE(sum == Approx(face_area(c, f, level)).epsilon(1e-9));
            }
        }
        // A part of the faces: the others are empty.
        const std::vector<FaceId> some{3, 1};
        const Triangles t = triangulate(c, 0, ctx, some);
        CHECK(t.face_first[1] == 0);
        CHECK(t.face_first[2] - t.face_first[1] > 0);
        CHECK(t.face_first[3] == t.face_first[2]);
        CHECK(t.face_first.back() == t.face_first[4]);
    }
}

TEST_CASE("queen holds rook, both are symmetric and know no self; borders add up") {
    for (std::uint64_t seed = 200; seed < 230; ++seed) {
        const auto built = build(random_soup(seed, 10, 10, 25, 1));
        const Coverage& c = *built.coverage;
        const Csr rook = neighbours(c, Contiguity::Rook), queen = neighbours(c, Contiguity::Queen);
        const auto has = [](const Csr& rows, std::uint32_t i, std::uint32_t j) {
            const auto row = rows.row(i);
            return std::binary_search(row.begin(), row.end(), j);
        };
        for (std::uint32_t i = 0; i < c.face_count(); ++i) {
            for (std::uint32_t j : rook.row(i)) CHECK(has(queen, i, j));
            for (std::uint32_t j : queen.row(i)) {
                CHECK(i != j);
                CHECK(has(queen, j, i));
            }
        }
        const Csr border = shared_border_m(c);
        auto rest = perimeter_m(c);
        for (std::uint32_t i = 0; i < c.face_count(); ++i)
            for (double length : border.weights(i)) rest[i] -= length;
        for (const Arc& a : c.arcs()) {
            if (a.left != kOutside && a.right != kOutside) continue;
            const auto p = c.vertices_of(a);
            for (std::size_t k = 1; k < p.size(); ++k)
                rest[a.left != kOutside ? a.left : a.right] -=
                    std::hypot(p[k].x - p[k - 1].x, p[k].y - p[k - 1].y);
        }
        for (double r : rest) CHECK(std::abs(r) < 1e-6);
    }
}

TEST_CASE("neighbours are those whose vertices meet") {
    // The definition itself, by comparing all vertices.
    for (std::uint64_t seed = 300; seed < 312; ++seed) {
        const auto soup = random_soup(seed, 8, 8, 12, 2);
        std::map<std::pair<double, double>, std::set<std::uint32_t>> at;
        for (std::uint32_t f = 0; f < soup.faces(); ++f)
            for (auto r = soup.face_first_ring[f]; r < soup.face_first_ring[f + 1]; ++r)
                for (Point p : soup.ring(r)) at[{p.x, p.y}].insert(f);
        std::set<std::pair<std::uint32_t, std::uint32_t>> expected, found;
        for (const auto& [point, faces] : at)
            for (auto a : faces)
                for (auto b : faces)
                    if (a != b) expected.insert({a, b});
        const auto built = build(soup);
        const Csr queen = neighbours(*built.coverage, Contiguity::Queen);
        for (std::uint32_t i = 0; i < queen.rows(); ++i)
            for (std::uint32_t j : queen.row(i)) found.insert({i, j});
        CHECK(found == expected);
    }
}

TEST_CASE("dissolved groups have the area of their members and equal GEOS's union") {
    const Geos geos;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        INFO("seed " << seed);
        const auto built = build(random_soup(seed, 9, 9, 16, 3));
        const Coverage& c = *built.coverage;
        std::vector<GroupIndex> group(c.face_count());
        for (FaceId f = 0; f < group.size(); ++f)
            group[f] = f % 5 == 4 ? kNoGroup : static_cast<GroupIndex>((f * 7 + seed) % 4);
        const auto shapes = dissolve(c, group);
        for (GroupIndex g = 0; g < shapes.size(); ++g) {
            double members = 0;
            std::vector<GEOSGeometry*> parts;
            for (FaceId f = 0; f < group.size(); ++f)
                if (group[f] == g) {
                    members += c.faces()[f].area_m2;
                    parts.push_back(geos.polygon(c, f));
                }
            CHECK(shapes[g].area_m2 == Approx(members).epsilon(1e-11));
            auto* all = GEOSGeom_createCollection_r(geos.h, GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                    static_cast<unsigned>(parts.size()));
            auto* expected = GEOSUnaryUnion_r(geos.h, all);
            auto* mine = GEOSGeom_createEmptyPolygon_r(geos.h);
            double signed_area = 0;
            for (const auto& ring : shapes[g].rings) {
                std::vector<Point> points;
                for (ArcRef ref : ring) {
                    std::vector<Point> arc;
                    c.arc_points(c.arcs()[arc_of(ref)], 0, arc);
                    if (ref < 0) std::reverse(arc.begin(), arc.end());
                    points.insert(points.end(), arc.begin(), arc.end() - 1);
                }
                signed_area += ring_area_of(points);
                points.push_back(points[0]);
                auto* s = GEOSCoordSeq_copyFromBuffer_r(geos.h, &points[0].x,
                                                        static_cast<unsigned>(points.size()), 0, 0);
                auto* p = GEOSGeom_createPolygon_r(geos.h, GEOSGeom_createLinearRing_r(geos.h, s),
                                                   nullptr, 0);
                CHECK(GEOSisValid_r(geos.h, p) == 1);
                auto* next = GEOSSymDifference_r(geos.h, mine, p);
                GEOSGeom_destroy_r(geos.h, mine), GEOSGeom_destroy_r(geos.h, p);
                mine = next;
            }
            CHECK(signed_area == Approx(members).epsilon(1e-11));
            auto* difference = GEOSSymDifference_r(geos.h, mine, expected);
            double area = 1;
            GEOSArea_r(geos.h, difference, &area);
            CHECK(area < 1e-3);
            for (auto* x : {all, expected, mine, difference}) GEOSGeom_destroy_r(geos.h, x);
        }
    }
}

TEST_CASE("the result does not depend on the number of threads") {
    const auto soup = random_soup(77, 30, 30, 120, 6);
    const auto one = build(soup, 1), two = build(soup, 2), eight = build(soup, 8);
    for (const auto* other : {&two, &eight}) {
        const Coverage &a = *one.coverage, &b = *other->coverage;
        const auto same = [](auto x, auto y) {
            return std::equal(x.begin(), x.end(), y.begin(), y.end());
        };
        CHECK(same(a.vertices(), b.vertices()));
        CHECK(same(a.drop_at_m(), b.drop_at_m()));
        CHECK(same(a.arc_refs(), b.arc_refs()));
        CHECK(a.node_arcs() == b.node_arcs());
        for (FaceId f = 0; f < a.face_count(); ++f) {
            CHECK(a.faces()[f].area_m2 == b.faces()[f].area_m2);
            CHECK(a.faces()[f].label_at == b.faces()[f].label_at);
        }
        base::JobContext ctx1(1), ctx8(8);
        const Triangles s = triangulate(a, 50, ctx1), t = triangulate(b, 50, ctx8);
        CHECK(s.index == t.index);
        CHECK(s.points == t.points);
    }
}

TEST_CASE("shuffled, turned and shaken input gives the same map") {
    // Rings started elsewhere and turned, points moved by less than half the tolerance.
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const auto soup = random_soup(seed, 8, 8, 12, 3);
        PolygonSoup shaken;
        std::uint64_t state = seed;
        const auto shake = [&] {
            state = state * 6364136223846793005ull + 1442695040888963407ull;
            return (static_cast<double>(state >> 11) * 0x1p-53 - 0.5) * 0.6e-3;
        };
        for (std::size_t f = 0; f < soup.faces(); ++f) {
            for (auto r = soup.face_first_ring[f]; r < soup.face_first_ring[f + 1]; ++r) {
                std::vector<Point> ring(soup.ring(r).begin(), soup.ring(r).end());
                std::rotate(ring.begin(),
                            ring.begin() + static_cast<std::ptrdiff_t>(ring.size() / 3),
                            ring.end());
                if (r % 2) std::reverse(ring.begin(), ring.end());
                for (Point p : ring) shaken.points.push_back({p.x + shake(), p.y + shake()});
                shaken.points.push_back(shaken.points[shaken.ring_first.back()]);
                shaken.end_ring();
            }
            shaken.end_face();
        }
        const auto a = build(soup, 1, 1e-3), b = build(shaken, 1, 1e-3);
        CHECK(neighbours(*a.coverage, Contiguity::Queen) ==
              neighbours(*b.coverage, Contiguity::Queen));
        CHECK(neighbours(*a.coverage, Contiguity::Rook) ==
              neighbours(*b.coverage, Contiguity::Rook));
        CHECK(a.coverage->arcs().size() == b.coverage->arcs().size());
    }
}
