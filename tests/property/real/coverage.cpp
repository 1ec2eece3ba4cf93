// The coverage of real communes and of published benchmark maps against neighbour lists that others
// computed (spdep's poly2nb; GeoDa).
#include "files/boundaries.hpp"
#include "geo/contiguity.hpp"
#include "support/geodata.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace diaban;
using namespace diaban::geo;

namespace {

files::RawUnits read(const std::filesystem::path& file) {
    base::JobContext ctx(2);
    files::BoundarySource source;
    source.file = file;
    return files::read_boundaries(source, ctx);
}

BuiltCoverage build(const PolygonSoup& soup, const Crs& crs, double tolerance = 0) {
    base::JobContext ctx(2);
    CoverageSpec spec;
    spec.source = spec.map = crs;
    if (crs.geographic()) { // areas of findings are areas of the map plane
        Box box;
        for (Point p : soup.points) box.add(p);
        spec.map = choose_map_crs(crs, box, {});
    }
    spec.tolerance = tolerance;
    spec.thresholds = false;
    return build_coverage(soup, spec, ctx);
}

// The faces of a soup for which pick(face) is true.
template <class Pick> PolygonSoup part(const PolygonSoup& soup, Pick pick) {
    PolygonSoup out;
    for (std::uint32_t f = 0; f < soup.faces(); ++f) {
        if (!pick(f)) continue;
        for (auto r = soup.face_first_ring[f]; r < soup.face_first_ring[f + 1]; ++r) {
            out.points.insert(out.points.end(), soup.ring(r).begin(), soup.ring(r).end());
            out.end_ring();
        }
        out.end_face();
    }
    return out;
}

std::vector<std::vector<std::string>> csv(const std::filesystem::path& file) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> cells(1);
        bool quoted = false;
        for (char c : line) {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.emplace_back();
            else if (c != '\r')
                cells.back() += c;
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

using Links = std::set<std::pair<std::string, std::string>>;

Links links(const Csr& rows, const std::vector<std::string>& code) {
    Links found;
    for (std::uint32_t i = 0; i < rows.rows(); ++i)
        for (std::uint32_t j : rows.row(i)) found.insert({code[i], code[j]});
    return found;
}

} // namespace

TEST_CASE("communes of 2009: the links of the whole country and of every province") {
    const auto file = test::geodata("communes_2009/communes_2009.shp.zip");
    const auto check = test::geodata("communes_2009/adjacency_check.csv");
    if (!file || !check) return;
    const auto raw = read(*file);
    REQUIRE(raw.soup.faces() == 11047);
    const auto* province = raw.attributes.find("ma_tinh");
    REQUIRE(province);

    const auto country = build(raw.soup, raw.crs);
    const Csr queen = neighbours(*country.coverage, Contiguity::Queen);
    CHECK(queen.index.size() == 65090);
    CHECK(components(queen).islands.size() == 15);
    const auto wider = build(raw.soup, raw.crs, 1e-6);
    CHECK(neighbours(*wider.coverage, Contiguity::Queen).index.size() == 2 * 32561);

    std::size_t provinces = 0;
    for (const auto& row : csv(*check)) {
        if (row[0] == "province_code") continue;
        INFO("province " << row[0]);
        const auto soup =
            part(raw.soup, [&](std::uint32_t f) { return province->cell(f) == row[0]; });
        REQUIRE(soup.faces() == std::stoul(row[2]));
        for (const auto& [tolerance, pairs] : {std::pair(0.0, row[5]), std::pair(1e-6, row[6])}) {
            const auto built = build(soup, raw.crs, tolerance);
            CHECK(neighbours(*built.coverage, Contiguity::Queen).index.size() ==
                  2 * std::stoul(pairs));
        }
        ++provinces;
    }
    CHECK(provinces == 63);
}

TEST_CASE("communes of 2025: overlaps are told and break nothing") {
    const auto file = test::geodata("communes_2025/communes_2025.shp.zip");
    if (!file) return;
    const auto raw = read(*file);
    const auto built = build(raw.soup, raw.crs);
    const Csr queen = neighbours(*built.coverage, Contiguity::Queen);
    CHECK(queen.index.size() == 18882);
    CHECK(components(queen).islands.size() == 19);
    CHECK(std::any_of(built.findings.begin(), built.findings.end(),
                      [](const base::Finding& f) { return f.key == "overlap"; }));
}

TEST_CASE("benchmark maps have the published neighbours") {
    struct Map {
        std::string folder, file, code; // code: the column the list names units by; "" = row
    };
    for (const Map& map : {Map{"columbus", "columbus.shp", ""}, Map{"guerry", "guerry.shp", "dept"},
                           Map{"sids", "nc.shp", "FIPS"}}) {
        for (const bool queen : {true, false}) {
            const std::string kind = queen ? "queen" : "rook";
            if (map.folder == "guerry" && !queen) continue; // not published
            INFO(map.folder << ' ' << kind);
            const auto shape = test::geodata("benchmarks/" + map.folder + "/" + map.file);
            const auto list = test::geodata("benchmarks/" + map.folder + "/neighbours_" +
                                            map.folder + "_" + kind + ".csv");
            if (!shape || !list) return;
            const auto raw = read(*shape);
            Links expected;
            for (const auto& row : csv(*list))
                if (row[0] != "from") expected.insert({row[0], row[1]});
            const auto built = build(raw.soup, raw.crs);
            const auto found =
                neighbours(*built.coverage, queen ? Contiguity::Queen : Contiguity::Rook);
            CHECK(found.index.size() == expected.size());
            const auto* code = raw.attributes.find(map.code);
            std::vector<std::string> names;
            for (std::size_t i = 0; i < raw.soup.faces(); ++i)
                names.push_back(code ? code->cell(i) : std::to_string(i + 1));
            CHECK((links(found, names) == expected));
        }
    }
}

TEST_CASE("3,085 counties have the 18,168 queen links that spdep finds") {
    const auto file = test::geodata("benchmarks/natregimes/natregimes.shp.zip");
    if (!file) return;
    const auto raw = read(*file);
    const auto built = build(raw.soup, raw.crs);
    CHECK(neighbours(*built.coverage, Contiguity::Queen).index.size() == 18168);
}
