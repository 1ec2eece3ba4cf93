// Places of a store: points, lines and areas with their attributes, in and out again.
#include "cli/program.hpp"

#include <map>
#include <set>

using namespace diaban::test;

namespace {

// A patrol route through the lower three communes, a zone in 4, a port east of 6; with columns that
// are kept, refused, and kept without small counts of persons.
const std::string kRoute =
    R"({"type":"Feature","properties":{"ten":"Tuyến 1","loai":"tuyến tuần tra","Số chốt":3,)"
    R"("Chủ quản":"Đồn \"Vĩnh\" \\ 1","dien_thoai":"0912345678","so_nguoi":4},)"
    R"("geometry":{"type":"LineString","coordinates":[[105.02,10.05],[105.15,10.05],)"
    R"([105.28,10.05]]}})";
const std::string kZone = R"({"type":"Feature","properties":{"ten":"KCN A","loai":"KCN",)"
                          R"("Chủ quản":"Tỉnh","so_nguoi":1200},"geometry":)"
                          R"({"type":"Polygon","coordinates":[[[105.02,10.12],[105.05,10.12],)"
                          R"([105.05,10.15],[105.02,10.12]]]}})";
const std::string kPort = R"({"type":"Feature","properties":{"ten":"Cảng Đ","loai":"cảng",)"
                          R"("Số chốt":2.5},"geometry":{"type":"Point",)"
                          R"("coordinates":[105.35,10.15]}})";

void store_of_six(const Bench& bench) {
    spit(bench / "xa.geojson", collection(six_features()));
    bench.json({"store", "init", "kho.sqlite", "--boundaries", "xa.geojson", "--vintage", "2009"});
    spit(bench / "diem.geojson", collection({kRoute, kZone, kPort}));
}

Json stored_places(const Bench& bench, const char* store) {
    return bench.json({"store", "places", "list", store}).at("rows");
}

// Row by name.
Json row_named(const Json& rows, const std::string& name) {
    for (const auto& row : rows)
        if (row.at("name") == name) return row;
    return {};
}

std::map<std::string, double> near_route(const Bench& bench, const char* within) {
    const auto report = bench.json({"near", "--store", "kho.sqlite", "--vintage", "2009", "--to",
                                    "patrol_route", "--within", within});
    std::map<std::string, double> out;
    for (const auto& unit : report.at("units")) out[unit.at("code")] = unit.at("distance_m");
    return out;
}

} // namespace

TEST_CASE("points, lines and areas come into a store with what their file says of them") {
    const Bench bench;
    store_of_six(bench);
    const auto added =
        bench.json({"store", "places", "add", "kho.sqlite", "--file", "diem.geojson"});
    INFO(added.dump(1));
    CHECK(added.at("added") == 3);
    CHECK(has_kind(added, "refused_personal_column"));
    CHECK(has_kind(added, "place_few_persons"));
    const auto route = row_named(added.at("rows"), "Tuyến 1");
    CHECK(route.at("kind") == "patrol_route");
    CHECK(route.at("shape") == "line");
    CHECK(route.at("lon") == "105.150000"); // half of its way
    CHECK(route.at("attributes") == Json::parse(R"({"Số chốt":3,"Chủ quản":"Đồn \"Vĩnh\" \\ 1"})"));
    CHECK(row_named(added.at("rows"), "KCN A").at("shape") == "area");
    CHECK(row_named(added.at("rows"), "KCN A").at("attributes") ==
          Json::parse(R"({"Chủ quản":"Tỉnh","so_nguoi":1200})"));
    CHECK(row_named(added.at("rows"), "Cảng Đ").at("attributes") ==
          Json::parse(R"({"Số chốt":2.5})"));
    CHECK_FALSE(contains(slurp(bench / "kho.sqlite"), "0912345678"));
    CHECK(bench.json({"store", "check", "kho.sqlite"}).at("findings").empty());
    // As SpatiaLite reads it.
    CHECK(bench.tool({"spatialite", "-silent", "kho.sqlite",
                      "SELECT GeometryType(geometry), ST_NPoints(geometry), "
                      "ST_IsValid(geometry), json_extract(attributes, '$.\"Chủ quản\"') "
                      "FROM place WHERE name = 'Tuyến 1';"}) ==
          "MULTILINESTRING|3|1|Đồn \"Vĩnh\" \\ 1\n");
    CHECK(contains(bench.tool({"ogrinfo", "-q", "kho.sqlite", "place", "-where", "name='Tuyến 1'"}),
                   "MULTILINESTRING ((105.02 10.05"));
    const auto text = bench.run({"store", "places", "list", "kho.sqlite", "--lang", "vi"});
    CHECK(contains(text.out, "Tuyến tuần tra"));
    CHECK(contains(text.out, "Số chốt: 2,5"));
}

TEST_CASE("distances to a line of the store are those of SpatiaLite, in lists, queries and spots") {
    const Bench bench;
    store_of_six(bench);
    bench.json({"store", "places", "add", "kho.sqlite", "--file", "diem.geojson"});
    const auto touched = near_route(bench, "1m");
    CHECK(touched.size() == 3);
    for (const char* code : {"00001", "00002", "00003"}) CHECK(touched.at(code) == 0);
    const auto reached = near_route(bench, "6km");
    REQUIRE(reached.size() == 6);
    std::istringstream theirs(
        bench.tool({"spatialite", "-silent", "kho.sqlite",
                    "SELECT u.code, ST_Distance(u.geometry, p.geometry, 1) FROM unit u, place p "
                    "WHERE p.name = 'Tuyến 1' AND u.code > '00003' ORDER BY u.code;"}));
    std::size_t compared = 0;
    for (std::string line; std::getline(theirs, line); ++compared)
        CHECK(reached.at(line.substr(0, 5)) == Approx(std::stod(line.substr(6))).epsilon(1e-3));
    CHECK(compared == 3);
    const auto query = bench.json(
        {"query", "near(patrol_route) <= 100m", "--store", "kho.sqlite", "--vintage", "2009"});
    CHECK(query.at("count") == 3);
    // 0.01 degree beside the route, far from its middle: about 1,106 m.
    const auto where = [&](const char* reach) {
        return bench
            .json({"where", "--store", "kho.sqlite", "--vintage", "2009", "105.04", "10.06",
                   "--reach", reach})
            .at("places");
    };
    CHECK(where("1.05km").empty());
    const auto there = where("1.15km");
    REQUIRE(there.size() == 1);
    CHECK(there[0].at("distance_m").get<double>() == Approx(1106).margin(3));
    CHECK(there[0].at("attributes").at("Số chốt") == 3);
    // It stands on maps.
    const auto map_of = [&](const char* kind) {
        bench.json({"near", "--store", "kho.sqlite", "--vintage", "2009", "--to", kind, "--within",
                    "0m", "--map", "a.svg"});
        return slurp(bench / "a.svg");
    };
    CHECK(contains(map_of("patrol_route"), "\"lines\""));
    CHECK_FALSE(contains(map_of("industrial_zone"), "\"lines\"")); // the others are hidden
}

TEST_CASE("places that were written come into another store as they were") {
    const Bench bench;
    store_of_six(bench);
    bench.json({"store", "places", "add", "kho.sqlite", "--file", "diem.geojson", "--valid-from",
                "2011-07-01", "--valid-until", "2020-01-01"});
    const auto before = stored_places(bench, "kho.sqlite");
    REQUIRE(before.size() == 3);
    for (const char* file : {"ra.gpkg", "ra.geojson", "ra.csv", "ra.fgb"}) {
        INFO(file);
        const auto report = bench.json({"store", "places", "list", "kho.sqlite", "--out", file});
        CHECK(report.at("rows") == before);
        bench.json(
            {"store", "init", "hai.sqlite", "--boundaries", "xa.geojson", "--vintage", "2009"});
        bench.json({"store", "places", "add", "hai.sqlite", "--file", file});
        CHECK(stored_places(bench, "hai.sqlite") == before);
        fs::remove(bench / "hai.sqlite");
    }
    // A shapefile has one kind of shape.
    check_refusal(bench.run({"store", "places", "list", "kho.sqlite", "--out", "ra.shp"}), 2,
                  ".gpkg");
    bench.json(
        {"store", "places", "list", "kho.sqlite", "--kind", "patrol_route", "--out", "ra.shp"});
    const auto shape = bench.tool({"ogrinfo", "-q", "-al", "ra.shp"});
    CHECK(contains(shape, "Tuyến 1"));
    CHECK(contains(shape, "2020-01-01"));
    CHECK(contains(shape, "LINESTRING (105.02 10.05"));
    check_refusal(bench.run({"store", "places", "list", "kho.sqlite", "--out", "ra.doc"}), 2,
                  ".doc");
}

TEST_CASE("places without a name are told apart by where they lie, parts of one name all stay") {
    const Bench bench;
    store_of_six(bench);
    spit(bench / "moc.csv", "lon,lat\n105.01,10.01\n105.02,10.01\n105.03,10.01\n");
    const Words add{"store", "places", "add", "kho.sqlite", "--file"};
    CHECK(bench.json(add + Words{"moc.csv"}).at("added") == 3);
    const auto again = bench.json(add + Words{"moc.csv"});
    CHECK(again.at("revised") == 3);
    CHECK(again.at("rows").size() == 3);
    spit(bench / "duong.csv", "ten,loai,wkt\n"
                              "QL 91,đường,\"LINESTRING (105 10, 105.1 10)\"\n"
                              "QL 91,đường,\"LINESTRING (105.2 10, 105.3 10)\"\n"
                              "QL 80,đường,\"LINESTRING (105 10)\"\n");
    const auto roads = bench.json(add + Words{"duong.csv"});
    CHECK(roads.at("added") == 2);
    CHECK(has_kind(roads, "place_without_position")); // one point is no line
    CHECK(bench.json(add + Words{"duong.csv"}).at("rows").size() == 5);
}

TEST_CASE("a recorded track is a line, whatever else its file holds") {
    const Bench bench;
    store_of_six(bench);
    spit(bench / "di.gpx",
         "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"x\" "
         "xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><name>Ca 1</name><trkseg>"
         "<trkpt lat=\"10.05\" lon=\"105.02\"/><trkpt lat=\"10.05\" lon=\"105.18\"/>"
         "</trkseg></trk></gpx>");
    const auto added = bench.json(
        {"store", "places", "add", "kho.sqlite", "--file", "di.gpx", "--kind", "patrol_route"});
    REQUIRE(added.at("rows").size() == 1);
    CHECK(added.at("rows")[0].at("shape") == "line");
    CHECK(added.at("rows")[0].at("name") == "Ca 1");
    CHECK(near_route(bench, "1m").size() == 2);
}
