// Topology of the sample province, judged by the coverage and by edges counted here.
#include "app/sample.hpp"
#include "app/sample_outline.hpp"

#include "geo/contiguity.hpp"
#include "geo/coverage.hpp"
#include "geo/locate.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace diaban;

namespace {

app::Sample made(std::uint32_t communes, std::uint64_t seed) {
    base::JobContext ctx;
    return app::make_sample({communes, seed}, ctx);
}

geo::BuiltCoverage built(const files::StoredVintage& vintage) {
    base::JobContext ctx;
    geo::CoverageSpec spec;
    spec.source = geo::Crs::wgs84();
    spec.map = geo::Crs::epsg(3405);
    spec.thresholds = false;
    spec.unit_codes = vintage.units.code;
    return geo::build_coverage(vintage.soup, spec, ctx);
}

double ring_area(std::span<const geo::Point> ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = ring[i], b = ring[(i + 1) % ring.size()];
        twice += a.x * b.y - a.y * b.x;
    }
    return twice / 2;
}

double area(const geo::PolygonSoup& soup) {
    double sum = 0;
    for (std::size_t r = 0; r < soup.rings(); ++r) sum += ring_area(soup.ring(r));
    return sum;
}

// Holes and outer rings of a face.
std::pair<int, int> ring_kinds(const geo::PolygonSoup& soup, std::size_t face) {
    int outer = 0, holes = 0;
    for (auto r = soup.face_first_ring[face]; r < soup.face_first_ring[face + 1]; ++r)
        ++(ring_area(soup.ring(r)) > 0 ? outer : holes);
    return {outer, holes};
}

using Edge = std::pair<std::pair<double, double>, std::pair<double, double>>;

// Directed edges of some faces after opposite ones have cancelled: the border of their union.
std::set<Edge> border(const geo::PolygonSoup& soup, const std::vector<std::size_t>& faces) {
    std::set<Edge> edges;
    for (const auto f : faces)
        for (auto r = soup.face_first_ring[f]; r < soup.face_first_ring[f + 1]; ++r) {
            const auto ring = soup.ring(r);
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const auto a = ring[i], b = ring[(i + 1) % ring.size()];
                if (edges.erase({{b.x, b.y}, {a.x, a.y}}) == 0)
                    edges.insert({{a.x, a.y}, {b.x, b.y}});
            }
        }
    return edges;
}

void check_province(const app::Sample& sample) {
    const auto& content = sample.content;
    const auto& before = content.vintages[0];
    const auto& after = content.vintages[1];
    CHECK(before.soup.faces() == sample.spec.communes);
    CHECK(before.units.size() == sample.spec.communes);
    CHECK(after.soup.faces() == after.units.size());
    CHECK(area(after.soup) == Approx(area(before.soup)).epsilon(1e-12));

    int enclaves = 0, islands = 0, many_parts = 0, without_ring = 0;
    for (const auto& vintage : content.vintages) {
        for (std::size_t f = 0; f < vintage.soup.faces(); ++f) {
            const auto [outer, holes] = ring_kinds(vintage.soup, f);
            without_ring += outer == 0;
            many_parts += outer > 1;
            enclaves += holes;
        }
        const auto result = built(vintage);
        CHECK(result.findings.empty());
        const auto& coverage = *result.coverage;
        CHECK(coverage.face_count() == vintage.units.size());
        const auto links = geo::neighbours(coverage, geo::Contiguity::Rook);
        const auto parts = geo::components(links);
        islands += static_cast<int>(parts.islands.size());
        // One mainland; all else are islands.
        CHECK(parts.count == parts.islands.size() + 1);
        if (!vintage.units.has_level(data::Level::District)) continue;

        const auto& district =
            vintage.units.parent[static_cast<std::size_t>(data::Level::District)];
        geo::Csr inside{{0}, {}, {}};
        for (std::uint32_t i = 0; i < links.rows(); ++i) {
            for (const auto n : links.row(i))
                if (district[n] == district[i]) inside.index.push_back(n);
            inside.offset.push_back(static_cast<std::uint32_t>(inside.index.size()));
        }
        // A component per district, and one for each island.
        const auto groups = vintage.units.groups[static_cast<std::size_t>(data::Level::District)];
        CHECK(geo::components(inside).count == groups.size() + parts.islands.size());
    }
    CHECK(without_ring == 0);
    CHECK(enclaves >= 2); // in either vintage
    CHECK(islands >= 2);
    CHECK(many_parts >= 2);
}

} // namespace

TEST_CASE("the default province is a coverage without a flaw") {
    check_province(made(156, 1));
}

TEST_CASE("small and odd provinces are coverages without a flaw") {
    for (const std::uint32_t communes : {12u, 13u, 30u, 77u})
        for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u}) {
            INFO(communes << " communes, seed " << seed);
            check_province(made(communes, seed));
        }
}

TEST_CASE("five thousand communes are a coverage without a flaw") {
    check_province(made(5000, 3));
}

TEST_CASE("new units are exact unions of old communes") {
    const auto sample = made(156, 1);
    const auto& content = sample.content;
    const auto& crosswalk = content.crosswalks[0].weight;
    std::vector<std::vector<std::size_t>> members(content.vintages[1].units.size());
    std::set<std::size_t> of_divided;
    for (std::size_t i = 0; i < crosswalk.rows(); ++i)
        for (const auto u : crosswalk.row(i)) {
            members[u].push_back(i);
            if (crosswalk.row(i).size() > 1) of_divided.insert(u);
        }
    std::vector<std::size_t> both_units, all_members;
    for (std::size_t u = 0; u < members.size(); ++u) {
        if (of_divided.count(u)) {
            both_units.push_back(u);
            for (const auto m : members[u])
                if (std::find(all_members.begin(), all_members.end(), m) == all_members.end())
                    all_members.push_back(m);
            continue;
        }
        CHECK(border(content.vintages[1].soup, {u}) ==
              border(content.vintages[0].soup, members[u]));
    }
    REQUIRE(both_units.size() == 2);
    CHECK(border(content.vintages[1].soup, both_units) ==
          border(content.vintages[0].soup, all_members));
}

TEST_CASE("the outline of a commune has a natural number of vertices") {
    const auto sample = made(156, 1);
    const auto& soup = sample.content.vintages[0].soup;
    const double mean = static_cast<double>(soup.points.size()) / 156;
    CHECK(mean > 60);
    CHECK(mean < 200);
}

TEST_CASE("four communes meet in a point here and there: queen has more links than rook") {
    const auto coverage = built(made(1000, 1).content.vintages[0]).coverage;
    const auto rook = geo::neighbours(*coverage, geo::Contiguity::Rook);
    const auto queen = geo::neighbours(*coverage, geo::Contiguity::Queen);
    CHECK(queen.index.size() > rook.index.size());
}

TEST_CASE("zones lie inside a commune, ports on the coast, gates on the land border") {
    for (const std::uint32_t communes : {12u, 156u, 700u}) {
        const auto sample = made(communes, 1);
        const auto& vintage = sample.content.vintages[0];
        const auto coverage = built(vintage).coverage;
        const geo::Locator locator(coverage);
        std::set<std::pair<double, double>> outer;
        std::map<std::pair<double, double>, int> uses;
        for (const auto& [from, to] : border(vintage.soup, [&] {
                 std::vector<std::size_t> all(vintage.soup.faces());
                 for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
                 return all;
             }()))
            outer.insert(from);
        std::map<std::string, int> kinds;
        for (const auto& place : sample.content.places) {
            ++kinds[place.kind];
            CHECK(place.name.ends_with("(mẫu)"));
            if (place.rings.empty()) {
                CHECK(outer.count({place.at.x, place.at.y}) == 1);
                continue;
            }
            auto points = place.rings[0];
            points.push_back(place.at);
            geo::transform(points, geo::Crs::wgs84(), coverage->crs());
            std::set<std::optional<geo::FaceId>> faces;
            for (const auto p : points) faces.insert(locator.face_at(p));
            CHECK(faces.size() == 1);
            CHECK(faces.begin()->has_value());
        }
        CHECK(kinds["industrial_zone"] >= 1);
        CHECK(kinds["port"] >= 1);
        CHECK(kinds["border_gate"] >= 1);
    }
}

TEST_CASE("the zones of a large province lie all over it, not in the corner that is numbered first") {
    const auto sample = made(3000, 1);
    geo::Box province, zones;
    for (const auto p : sample.content.vintages[0].soup.points) province.add(p);
    std::size_t count = 0;
    for (const auto& place : sample.content.places)
        if (place.kind == "industrial_zone") zones.add(place.at), ++count;
    CHECK(count == 10);
    CHECK(zones.width() > 0.45 * province.width());
    CHECK(zones.height() > 0.6 * province.height());
}

TEST_CASE("the jitter of the lattice turns no triangle over") {
    const app::sample::Lattice lattice(200, 200, app::sample::Dice(5));
    for (app::sample::CellId c = 0; c < lattice.cells(); ++c) {
        if (lattice.in_frame(c)) continue;
        for (int k = 0; k < 6; ++k) {
            const auto a = lattice.at(c), b = lattice.at(lattice.neighbour(c, k));
            const auto d = lattice.at(lattice.neighbour(c, (k + 1) % 6));
            REQUIRE((b.x - a.x) * (d.y - a.y) - (b.y - a.y) * (d.x - a.x) > 0.1);
        }
    }
}
