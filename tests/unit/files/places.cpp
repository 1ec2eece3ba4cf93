// Places from tables and layers, in any spelling of their coordinates.
#include "files/places.hpp"

#include "base/error.hpp"
#include "files/angle.hpp"
#include "files/layer_writer.hpp"
#include "support/errors.hpp"
#include "support/geodata.hpp"
#include "unit/files/layers.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

using namespace diaban;
using namespace diaban::test;

TEST_CASE("angles are read as people write them") {
    const auto angle = [](const char* text) { return files::parse_angle(text).value_or(-999); };
    CHECK(angle("106.5") == 106.5);
    CHECK(angle("106,5") == 106.5);
    CHECK(angle(" 106°30' ") == 106.5);
    CHECK(angle("106°30′E") == 106.5);
    CHECK(angle("10 45 36 N") == Approx(10.76));
    CHECK(angle("10°45'36\"B") == Approx(10.76));
    CHECK(angle("Đ 106°30'") == 106.5);
    CHECK(angle("106°30'15,5\" Đ") == Approx(106.504305556));
    CHECK(angle("33 52 S") == Approx(-33.866667));
    CHECK(angle("-70.5") == -70.5);
    CHECK(angle("70°30'W") == -70.5);
    for (const char* text : {"", "n/a", "106°75'", "abc", "1 2 3 4", "106.5.2", "106x"}) {
        INFO(text);
        CHECK_FALSE(files::parse_angle(text));
    }
}

TEST_CASE("a table of places: kinds, names, degrees and minutes, a row without a position") {
    base::JobContext ctx;
    const TempFolder folder;
    std::ofstream(folder / "places.csv") << "ten,loai,kinh_do,vi_do\n"
                                            "KCN An Nghiệp,Khu công nghiệp,105°55'30\"Đ,9°36'B\n"
                                            "Cảng Trần Đề,cảng,106.2,9.5\n"
                                            "Chợ nổi,chợ nổi,105.8,9.6\n"
                                            "Không rõ,cảng,,\n"
                                            "Tháp,đài quan sát,105.9,9.7\n";
    const auto read = files::read_places({folder / "places.csv"}, geo::Crs::wgs84(), ctx);
    REQUIRE(read.layer.places.size() == 4);
    const auto& zone = read.layer.places[0];
    CHECK(zone.kind == "industrial_zone");
    CHECK(zone.name == "KCN An Nghiệp");
    CHECK(zone.at.x == Approx(105.925));
    CHECK(zone.at.y == Approx(9.6));
    CHECK(read.layer.places[1].kind == "port");
    CHECK(read.layer.places[2].kind == "market");
    CHECK(read.layer.places[3].kind == "other");
    REQUIRE(read.findings.size() == 2);
    CHECK(read.findings[0].key == "place_without_position");
    CHECK(read.findings[1].key == "place_kind_unknown");
    CHECK(read.layer.source == "places.csv");
}

TEST_CASE("places come in the CRS of the map; swapped columns are noticed") {
    base::JobContext ctx;
    const TempFolder folder;
    std::ofstream(folder / "a.csv") << "name,lon,lat\nA,9.6,106.0\nB,9.7,106.1\n";
    const auto read = files::read_places({folder / "a.csv", "port"}, geo::Crs::epsg(9209), ctx);
    REQUIRE(read.layer.places.size() == 2);
    CHECK(read.layer.places[0].kind == "port");
    // EPSG:6960 and the zone written out as a pipeline of cct; see tests/unit/geo/crs.cpp.
    CHECK(read.layer.places[0].at.x == Approx(554684.8764).epsilon(0).margin(1e-3));
    CHECK(read.layer.places[0].at.y == Approx(1061658.0377).epsilon(0).margin(1e-3));
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].key == "swapped_axes");
}

TEST_CASE("a table without positions, a file that is missing") {
    base::JobContext ctx;
    const TempFolder folder;
    std::ofstream(folder / "a.csv") << "name,value\nA,1\n";
    try {
        files::read_places({folder / "a.csv", "port"}, geo::Crs::wgs84(), ctx);
        FAIL("no error");
    } catch (const base::Error& error) {
        CHECK(error.message.key == "error.places.no_position");
    }
    CHECK_THROWS_AS(files::read_places({folder / "b.csv", "port"}, geo::Crs::wgs84(), ctx),
                    base::Error);
}

TEST_CASE("points and areas written are read back") {
    base::JobContext ctx;
    const TempFolder folder;
    std::vector<data::Place> places(2);
    places[0] = {"port", "Cảng Trần Đề", "C1", {{{106.2, 9.5}}}, {106.2, 9.5}};
    places[1] = {"industrial_zone",
                 "KCN An Nghiệp",
                 "K1",
                 {{{105.9, 9.6}, {105.91, 9.6}, {105.91, 9.61}, {105.9, 9.61}}},
                 {105.905, 9.605}};
    const std::string extension = GENERATE(".shp", ".gpkg", ".geojson");
    const auto points = folder / ("points" + extension);
    files::write_place_layer(points, {places[0]}, geo::Crs::wgs84(), false);
    const auto read = files::read_places({points}, geo::Crs::wgs84(), ctx);
    REQUIRE(read.layer.places.size() == 1);
    CHECK(read.layer.places[0].name == "Cảng Trần Đề");
    CHECK(read.layer.places[0].code == "C1");
    CHECK(read.layer.places[0].kind == "port");
    CHECK(read.layer.places[0].at == geo::Point{106.2, 9.5});
    CHECK(read.findings.empty());

    const auto areas = folder / ("areas" + extension);
    files::write_place_layer(areas, {places[1]}, geo::Crs::wgs84(), true);
    const auto zones = files::read_places({areas}, geo::Crs::wgs84(), ctx);
    REQUIRE(zones.layer.places.size() == 1);
    REQUIRE(zones.layer.places[0].rings.size() == 1);
    CHECK(zones.layer.places[0].rings[0].size() == 4);
    CHECK(zones.layer.places[0].at.x == Approx(105.905).margin(0.005));
}

TEST_CASE("lines written are read back with their dates and attributes, as layers and as text") {
    base::JobContext ctx;
    const TempFolder folder;
    data::Place route{"patrol_route",
                      "Tuyến 1",
                      "T1",
                      {{{106.2, 9.5}, {106.4, 9.5}}, {{106.5, 9.5}, {106.5, 9.6}}},
                      {106.3, 9.5},
                      {2011, 7, 1},
                      {}};
    route.line = true;
    route.attributes = {{"Chot", "3", true}, {"Chu quan", "Đồn A", false}};
    const std::string extension = GENERATE(".shp", ".gpkg", ".geojson", ".fgb");
    INFO(extension);
    const auto file = folder / ("tuyen" + extension);
    files::write_places(file, {route}, geo::Crs::wgs84());
    const auto read = files::read_places({file}, geo::Crs::wgs84(), ctx);
    REQUIRE(read.layer.places.size() == 1);
    const auto& place = read.layer.places.front();
    CHECK(place.line);
    CHECK(place.rings == route.rings);
    CHECK(place.at.x == Approx(106.3)); // the middle of the longer part
    CHECK(place.at.y == 9.5);
    CHECK(place.kind == "patrol_route");
    CHECK(place.code == "T1");
    CHECK(place.from == route.from);
    CHECK(place.attributes == route.attributes);
    // As text, beside a point that has none.
    std::ofstream(folder / "a.csv") << "name,lon,lat,wkt\n"
                                       "A,,,\"LINESTRING (106.2 9.5,106.4 9.5)\"\nB,106.1,9.4,\n"
                                       "C,106.1,9.4,không rõ\n";
    const auto text = files::read_places({folder / "a.csv"}, geo::Crs::wgs84(), ctx);
    REQUIRE(text.layer.places.size() == 2);
    CHECK(text.layer.places[0].line);
    CHECK_FALSE(text.layer.places[1].line);
    CHECK(text.layer.places[1].at == geo::Point{106.1, 9.4});
    REQUIRE(text.findings.size() == 1);
    CHECK(text.findings[0].key == "place_without_position");
    CHECK(text.findings[0].args[1].second == base::Value(std::int64_t{4}));
}

TEST_CASE("what is about persons does not come in with places, nor do small counts of them") {
    base::JobContext ctx;
    const TempFolder folder;
    data::Place place{"support", "Điểm A", "", {{{106.2, 9.5}}}, {106.2, 9.5}};
    std::vector<data::Place> places;
    for (int i = 0; i < 6; ++i) {
        place.attributes = {{"so_dt", "0912345678", false},
                            {"ghi", "08910012345" + std::to_string(i), false},
                            {"so_nguoi", std::to_string(5 + i), true},
                            {"DR01", std::to_string(8 + i), true},
                            {"giuong", std::to_string(i), true}};
        places.push_back(place);
    }
    files::write_places(folder / "diem.gpkg", places, geo::Crs::wgs84());
    const auto read = files::read_places({folder / "diem.gpkg"}, geo::Crs::wgs84(), ctx);
    REQUIRE(read.layer.places.size() == 6);
    CHECK(read.layer.places[4].attributes ==
          std::vector<data::Attribute>{{"DR01", "12", true}, {"giuong", "4", true}});
    CHECK(read.layer.places[5].attributes == std::vector<data::Attribute>{{"so_nguoi", "10", true},
                                                                          {"DR01", "13", true},
                                                                          {"giuong", "5", true}});
    CHECK(read.layer.places[0].attributes == std::vector<data::Attribute>{{"giuong", "0", true}});
    std::size_t refused = 0, few = 0;
    for (const auto& finding : read.findings) {
        refused += finding.key == "refused_personal_column"; // by its name, by its cells
        few += finding.key == "place_few_persons";
    }
    CHECK(refused == 2);
    CHECK(few == 2);
}

TEST_CASE("public lists of places are understood") {
    base::JobContext ctx;
    const auto count = [&](const char* name, const char* kind, std::size_t expected) {
        const auto file = geodata(std::string("places/") + name);
        if (!file) return;
        const auto read = files::read_places({*file, kind}, geo::Crs::wgs84(), ctx);
        INFO(name);
        CHECK(read.layer.places.size() == expected);
        for (const auto& place : read.layer.places) {
            CHECK(geo::kVietNam.contains(place.at));
            CHECK_FALSE(place.name.empty());
        }
    };
    // PROVENANCE names these counts.
    count("industrial_parks_osm_sample.csv", "industrial_zone", 32);
    count("sea_ports_unlocode_vn.csv", "port", 13);
    count("world_port_index_vn.csv", "port", 16);
    count("geonames_vn_2020_selected.csv", "other", 165);
}

TEST_CASE("a column of people is read with the places") {
    base::JobContext ctx;
    const test::TempFolder folder;
    std::ofstream(folder / "ap.csv") << "ten,kinh_do,vi_do,dan_so\n"
                                        "Ấp 1,105.9,9.6,1200\nẤp 2,105.8,9.7,\nẤp 3,105.7,9.5,8\n";
    const auto read = files::read_places({folder / "ap.csv"}, geo::Crs::wgs84(), ctx);
    REQUIRE(read.people.size() == 3);
    CHECK(read.people[0] == 1200);
    CHECK(std::isnan(read.people[1]));
    CHECK(read.people[2] == 8);
    std::ofstream(folder / "cang.csv") << "ten,kinh_do,vi_do\nCảng,105.9,9.6\n";
    const auto none = files::read_places({folder / "cang.csv"}, geo::Crs::wgs84(), ctx);
    REQUIRE(none.people.size() == 1);
    CHECK(std::isnan(none.people[0]));
}

namespace {

// A table of one place a row, in the folder.
std::filesystem::path places_table(const TempFolder& folder, const std::string& rows) {
    const auto file = folder / "diem.csv";
    std::ofstream(file) << "ten,x,y\n" << rows;
    return file;
}

} // namespace

// Numbers of PROJ: EPSG:6960 and the zone written out as in tests/unit/geo/crs.cpp, for longitude
// and latitude "106.65 10.75" and "106.75 10.85" with `gdaltransform -ct "$P"`:
//   +lon_0=105.5 (EPSG:9209)   625584.9287 1189041.0636    636478.6948 1200146.4807
//   +lon_0=105.75 (EPSG:9210)  598238.9961 1188949.9548    609140.9770 1200045.5767
//   +lon_0=107.75 (EPSG:5899)  379493.6467 1189022.4597    390468.3189 1200046.8606
TEST_CASE("metres of a stated zone come to where they are, in either order of x and y") {
    struct Case {
        const char *crs, *rows;
        bool north_first;
    };
    const auto one = GENERATE(
        Case{"EPSG:9209", "A,625584.9287,1189041.0636\nB,636478.6948,1200146.4807\n", false},
        Case{"EPSG:9210", "A,598238.9961,1188949.9548\nB,609140.9770,1200045.5767\n", false},
        Case{"EPSG:5899", "A,379493.6467,1189022.4597\nB,390468.3189,1200046.8606\n", false},
        Case{"EPSG:9210", "A,1188949.9548,598238.9961\nB,1200045.5767,609140.9770\n", true},
        Case{"EPSG:9209", "A,1189041.0636,625584.9287\nB,1200146.4807,636478.6948\n", true});
    INFO(one.crs << "\n" << one.rows);
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = places_table(folder, one.rows);
    const auto read = files::read_places({file, "port", one.crs}, geo::Crs::wgs84(), ctx);
    REQUIRE(read.layer.places.size() == 2);
    CHECK(read.layer.places[0].at.x == Approx(106.65).epsilon(0).margin(1e-8));
    CHECK(read.layer.places[0].at.y == Approx(10.75).epsilon(0).margin(1e-8));
    CHECK(read.layer.places[1].at.x == Approx(106.75).epsilon(0).margin(1e-8));
    CHECK(read.layer.places[1].at.y == Approx(10.85).epsilon(0).margin(1e-8));
    CHECK_FALSE(read.assumed);
    REQUIRE(read.findings.size() == (one.north_first ? 1 : 0));
    if (one.north_first) CHECK(read.findings[0].key == "swapped_axes");
    // On a map of another zone as well.
    const auto map = files::read_places({file, "port", one.crs}, geo::Crs::epsg(9210), ctx);
    CHECK(map.layer.places[0].at.x == Approx(598238.9961).epsilon(0).margin(1e-3));
    CHECK(map.layer.places[0].at.y == Approx(1188949.9548).epsilon(0).margin(1e-3));
}

TEST_CASE("metres that nobody says the zone of: refused as degrees, of the map's zone on a map") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = places_table(folder, "A,625584.9287,1189041.0636\n");
    CHECK(thrown_key([&] { files::read_places({file}, geo::Crs::wgs84(), ctx); },
                     base::ErrorKind::Data) == "error.places.metres");
    const auto map = files::read_places({file}, geo::Crs::epsg(9209), ctx);
    CHECK(map.assumed);
    REQUIRE(map.layer.places.size() == 1);
    CHECK(map.layer.places[0].at == geo::Point{625584.9287, 1189041.0636});
    REQUIRE(map.findings.size() == 1);
    CHECK(map.findings[0].key == "places_metres");
    CHECK(map.findings[0].args.back().second == base::Value(geo::Crs::epsg(9209).name()));
    // A layer that names no system: the same.
    const auto layer = folder / "diem.shp";
    files::write_place_layer(layer, {map.layer.places[0]}, geo::Crs::epsg(9209), false);
    std::filesystem::remove(folder / "diem.prj");
    CHECK(thrown_key([&] { files::read_places({layer}, geo::Crs::wgs84(), ctx); }) ==
          "error.places.metres");
    const auto stated = files::read_places({layer, "other", "EPSG:9209"}, geo::Crs::wgs84(), ctx);
    REQUIRE(stated.layer.places.size() == 1);
    CHECK(stated.layer.places[0].at.x == Approx(106.65).epsilon(0).margin(1e-8));
}

TEST_CASE("metres among degrees are left out by name, a stated system that cannot be is refused") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = places_table(folder, "A,106.65,10.75\nB,609140.9770,1200045.5767\n"
                                           "C,106.75,10.85\n");
    const auto read = files::read_places({file}, geo::Crs::wgs84(), ctx);
    REQUIRE(read.layer.places.size() == 2);
    CHECK(read.layer.places[1].name == "C");
    CHECK(read.people.size() == 2);
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].key == "place_other_unit");
    CHECK(read.findings[0].args[1].second == base::Value(std::int64_t{3})); // below the names
    const auto metres = files::read_places({file, "port", "EPSG:9210"}, geo::Crs::wgs84(), ctx);
    REQUIRE(metres.layer.places.size() == 1);
    CHECK(metres.layer.places[0].name == "B");
    CHECK(metres.findings.size() == 2);
    const auto degrees = places_table(folder, "A,106.65,10.75\n");
    CHECK(thrown_key(
              [&] {
                  files::read_places({degrees, "port", "EPSG:9210"}, geo::Crs::wgs84(), ctx);
              },
              base::ErrorKind::Data) == "error.places.unfit");
    CHECK(thrown_key(
              [&] {
                  files::read_places({degrees, "port", "9999x"}, geo::Crs::wgs84(), ctx);
              },
              base::ErrorKind::Data) == "error.crs.unknown");
}
