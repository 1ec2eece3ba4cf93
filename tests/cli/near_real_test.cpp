// Nearness of real communes against what was not written here: SpatiaLite in the zone of the
// province, and geodesics of PROJ. With real places, shores, borders and communes as zones.
#include "cli/program.hpp"
#include "support/geodata.hpp"

#include <fmt/format.h>
#include <map>
#include <set>

using namespace diaban::test;

namespace {

// Communes of a province, and what they are measured to: the communes of the other year whose codes
// end so, as zones; a shore or border; places of GeoNames.
struct Area {
    const char *communes, *where; // of the file
    int zone;                     // VN-2000 of the province
    const char *zones, *zones_where;
    const char* line;
    std::vector<std::string> box; // around it, degrees
};

constexpr const char* k2009 = "communes_2009/communes_2009.shp.zip";
constexpr const char* k2025 = "communes_2025/communes_2025.shp.zip";
constexpr const char* kBorder = "base/gshhg_f_border_vnregion.shp.zip";
constexpr const char* kCoast = "base/gshhg_f_coast_vnregion.shp.zip";
constexpr const char* kPlaces = "places/geonames_vn_2020_selected.csv";

const Area kAnGiang{k2009,
                    "ma_tinh = '89'",
                    9208,
                    k2025,
                    "ma_xa LIKE '%3'",
                    kBorder,
                    {"104.6", "10.1", "105.8", "11.1"}};
const Area kSocTrang{k2009,
                     "ma_tinh = '94'",
                     9209,
                     k2025,
                     "ma_xa LIKE '%3'",
                     kCoast,
                     {"105.4", "9.1", "106.5", "10.1"}};
const Area kHaiPhong{k2025,
                     "ma_tinh = '31'",
                     9210,
                     k2009,
                     "ma_xa LIKE '%33'",
                     kCoast,
                     {"106", "20.4", "107.4", "21.2"}};

std::string zipped(const std::string& name) {
    return "/vsizip/" + geodata(name)->string();
}

bool has_geodata() {
    for (const char* name : {k2009, k2025, kBorder, kCoast, kPlaces})
        if (!geodata(name)) return false;
    return true;
}

// xa, kcn, bo and diem, each as .gpkg for us and as .sqlite for SpatiaLite.
void lay_out(const Bench& bench, const Area& area) {
    const Words box = Words{"-spat"} + area.box;
    bench.tool({"ogr2ogr", "xa.gpkg", zipped(area.communes), "-where", area.where, "-nlt",
                "PROMOTE_TO_MULTI"});
    bench.tool(Words{"ogr2ogr", "kcn.gpkg", zipped(area.zones), "-where", area.zones_where, "-nlt",
                     "PROMOTE_TO_MULTI"} +
               box);
    bench.tool(Words{"ogr2ogr", "bo.gpkg", zipped(area.line)} + box);
    bench.tool({"ogr2ogr", "diem.gpkg", geodata(kPlaces)->string(), "-oo", "X_POSSIBLE_NAMES=lon",
                "-oo", "Y_POSSIBLE_NAMES=lat", "-a_srs", "EPSG:4326"});
    for (const std::string name : {"xa", "kcn", "bo", "diem"})
        bench.tool({"ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", name + ".sqlite",
                    name + ".gpkg", "-nln", name, "-lco", "GEOMETRY_NAME=g", "-nlt",
                    "PROMOTE_TO_MULTI"});
}

struct Kind {
    const char* name;
    Words flags;
};
const std::vector<Kind> kKinds{{"kcn", {"--places", "zone=kcn.gpkg", "--to", "zone"}},
                               {"bo", {"--line", "line=bo.gpkg", "--to", "line"}},
                               {"diem", {"--places", "point=diem.gpkg"}}};

std::map<std::string, double> ours(const Bench& bench, const Words& flags, double within_m) {
    const auto report = bench.json(Words{"near", "--boundaries", "xa.gpkg"} + flags +
                                   Words{"--within", fmt::format("{}m", within_m)});
    std::map<std::string, double> out;
    for (const auto& unit : report.at("units")) out[unit.at("code")] = unit.at("distance_m");
    return out;
}

// "code|metres" a line.
std::map<std::string, double> rows_of(const std::string& text) {
    std::map<std::string, double> out;
    std::istringstream rows(text);
    for (std::string row; std::getline(rows, row);)
        if (const auto bar = row.find('|'); bar != std::string::npos)
            out[row.substr(0, bar)] = std::stod(row.substr(bar + 1));
    return out;
}

// Both in the zone, once: the distances, and after an empty line the codes within 4,995 and 5,005
// m.
std::string spatialite_answer(const Bench& bench, const std::string& kind, int zone) {
    const auto within = [](int metres) {
        return fmt::format("SELECT DISTINCT c.ma_xa || '|' || {} FROM a c, b p "
                           "WHERE PtDistWithin(c.g, p.g, {});",
                           metres, metres);
    };
    return bench.tool(
        {"spatialite", "-silent", "xa.sqlite",
         fmt::format("ATTACH '{0}.sqlite' AS o;"
                     "CREATE TEMP TABLE a AS SELECT ma_xa, ST_Transform(g, {1}) AS g FROM xa;"
                     "CREATE TEMP TABLE b AS SELECT ST_Transform(g, {1}) AS g FROM o.{0};"
                     "SELECT c.ma_xa, min(ST_Distance(c.g, p.g)) FROM a c, b p GROUP BY 1;",
                     kind, zone) +
             "SELECT '';" + within(4995) + "SELECT '';" + within(5005)});
}

void check_lists(const Bench& bench, const Kind& kind, int zone) {
    INFO(kind.name);
    const auto answer = spatialite_answer(bench, kind.name, zone);
    const auto second = answer.find("\n\n"), third = answer.find("\n\n", second + 2);
    REQUIRE(third != std::string::npos);
    const auto theirs = rows_of(answer.substr(0, second));
    REQUIRE(theirs.size() > 90);
    std::size_t apart = 0;
    for (const double limit : {500.0, 2000.0, 5000.0, 20'000.0}) {
        INFO(limit);
        const auto found = ours(bench, kind.flags, limit);
        for (const auto& [code, expected] : theirs) {
            INFO(code << ": " << expected);
            // The scale of a zone of 3 degrees is off by less than 1.5 in 10,000 here.
            if (expected < limit * (1 - 1e-3)) {
                REQUIRE(found.contains(code));
                CHECK(found.at(code) == Approx(expected).epsilon(1e-3).margin(0.2));
                apart += expected > 0;
            } else if (expected > limit * (1 + 1e-3)) {
                CHECK_FALSE(found.contains(code));
            }
        }
        if (limit != 5000) continue;
        const auto nearer = rows_of(answer.substr(second, third - second)),
                   farther = rows_of(answer.substr(third));
        for (const auto& [code, _] : nearer) CHECK(found.contains(code));
        for (const auto& [code, _] : found) CHECK(farther.contains(code));
    }
    CHECK(apart > 20); // not only what touches
}

} // namespace

TEST_CASE("lists of near communes are those of SpatiaLite in the zone of the province",
          "[geodata]") {
    if (!has_geodata()) return;
    for (const auto* area : {&kAnGiang, &kSocTrang, &kHaiPhong}) {
        INFO(area->communes << " " << area->where);
        const Bench bench;
        lay_out(bench, *area);
        for (const auto& kind : kKinds) check_lists(bench, kind, area->zone);
    }
}

// From the middle of an equidistant projection of PROJ all distances are geodesics.
TEST_CASE("distances to a point are geodesics of PROJ", "[geodata]") {
    if (!has_geodata()) return;
    const Bench bench;
    lay_out(bench, kAnGiang);
    const std::vector<std::pair<double, double>> points{
        {105.13, 10.70}, {105.44, 10.38}, {104.85, 10.2}};
    for (const auto& [lon, lat] : points) {
        INFO(lon << " " << lat);
        spit(bench / "mot.csv", fmt::format("name,lon,lat\nA,{},{}\n", lon, lat));
        bench.tool({"ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", "quanh.sqlite", "xa.gpkg",
                    "-nln", "quanh", "-lco", "GEOMETRY_NAME=g", "-nlt", "PROMOTE_TO_MULTI",
                    "-t_srs",
                    fmt::format("+proj=aeqd +lon_0={} +lat_0={} +ellps=WGS84 +units=m +no_defs",
                                lon, lat)});
        const auto theirs =
            rows_of(bench.tool({"spatialite", "-silent", "quanh.sqlite",
                                "SELECT ma_xa, ST_Distance(g, SetSRID(MakePoint(0, 0), "
                                "ST_Srid(g))) FROM quanh;"}));
        fs::remove(bench / "quanh.sqlite");
        REQUIRE(theirs.size() > 140);
        for (const double limit : {500.0, 2000.0, 5000.0, 20'000.0}) {
            INFO(limit);
            const auto found = ours(bench, {"--places", "mot.csv"}, limit);
            for (const auto& [code, expected] : theirs) {
                INFO(code << ": " << expected);
                if (expected < limit * (1 - 1e-3)) {
                    REQUIRE(found.contains(code));
                    CHECK(found.at(code) == Approx(expected).epsilon(1e-3).margin(0.2));
                } else if (expected > limit * (1 + 1e-3)) {
                    CHECK_FALSE(found.contains(code));
                }
            }
        }
    }
}

// In strips of a degree, each with a meridian of its own, where the scale is off by less than two
// in 10,000 up to 20 km beyond.
TEST_CASE("lists of the whole country are those of SpatiaLite", "[.slow][geodata]") {
    if (!has_geodata()) return;
    const std::string year = GENERATE(k2009, k2025);
    INFO(year);
    const Bench bench;
    bench.tool({"ogr2ogr", "xa.gpkg", zipped(year), "-nlt", "PROMOTE_TO_MULTI", "-nln", "xa",
                "-where", "ma_xa <> ''"});
    bench.tool({"ogr2ogr", "diem.gpkg", geodata(kPlaces)->string(), "-nln", "diem", "-oo",
                "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-a_srs", "EPSG:4326"});
    constexpr double kLimit = 20'000;
    const auto found = ours(bench, {"--places", "point=diem.gpkg"}, kLimit);
    std::size_t compared = 0, near = 0;
    for (int lon = 102; lon <= 117; ++lon) {
        const auto meridian = fmt::format(
            "+proj=tmerc +lon_0={} +k=0.9999 +x_0=500000 +ellps=WGS84 +units=m +no_defs", lon);
        const auto strip = [&](const char* table, const std::string& where) {
            const auto file = std::string(table) + ".sqlite";
            fs::remove(bench / file);
            bench.tool({"ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", file,
                        std::string(table) + ".gpkg", "-dialect", "sqlite", "-sql",
                        fmt::format("SELECT * FROM {} {}", table, where), "-nln", table, "-lco",
                        "GEOMETRY_NAME=g", "-t_srs", meridian});
        };
        strip("xa", fmt::format("WHERE ST_X(ST_Centroid(geom)) >= {} AND "
                                "ST_X(ST_Centroid(geom)) < {}",
                                lon - 0.5, lon + 0.5));
        strip("diem", fmt::format("WHERE ST_X(geom) BETWEEN {} AND {}", lon - 1.5, lon + 1.5));
        const auto theirs = rows_of(
            bench.tool({"spatialite", "-silent", "xa.sqlite",
                        "ATTACH 'diem.sqlite' AS o; SELECT c.ma_xa, min(ST_Distance(c.g, p.g)) "
                        "FROM xa c, o.diem p GROUP BY 1;"}));
        for (const auto& [code, expected] : theirs) {
            ++compared;
            INFO(code << ": " << expected);
            if (expected < kLimit * (1 - 1e-3)) {
                ++near;
                REQUIRE(found.contains(code));
                CHECK(found.at(code) == Approx(expected).epsilon(1e-3).margin(0.5));
            } else if (expected > kLimit * (1 + 1e-3)) {
                CHECK_FALSE(found.contains(code));
            }
        }
    }
    CHECK(compared > 3000);
    CHECK(near > 500);
}
