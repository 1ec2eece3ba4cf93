// Layers written and read back, whole or not at all.
#include "files/layer_writer.hpp"

#include "base/error.hpp"
#include "base/paths.hpp"
#include "files/boundaries.hpp"
#include "unit/files/layers.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban;
using namespace diaban::test;

TEST_CASE("every layer format gives back what was written") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto soup = squares(2, 105.9, 9.5, 0.05);
    const auto table = commune_table({"00001", "31498"}, {"Xã Tân Thạnh", "Phường 5"});
    const std::string extension = GENERATE(".shp", ".gpkg", ".geojson", ".fgb");
    const auto file = folder / ("units" + extension);
    files::write_polygon_layer(file, soup, table, geo::Crs::wgs84(), ctx);

    const auto read = files::read_boundaries({.file = file}, ctx);
    CHECK(read.units.code == std::vector<std::string>{"00001", "31498"});
    CHECK(read.units.name == std::vector<std::string>{"Xã Tân Thạnh", "Phường 5"});
    CHECK(read.crs == geo::Crs::wgs84());
    REQUIRE(read.soup.faces() == 2);
    geo::Box box;
    for (const auto& p : read.soup.points) box.add(p);
    CHECK(box.min_x == 105.9);
    CHECK(box.max_y == 9.5 + 0.05);
    // A number column keeps its digits, and an empty cell stays empty.
    const auto* people = read.attributes.find("dan_so");
    REQUIRE(people);
    CHECK(people->number[0] == 1234.5);
    CHECK(people->null[1] == 1);
}

TEST_CASE("a hole and an island are written as such") {
    base::JobContext ctx;
    const TempFolder folder;
    geo::PolygonSoup soup;
    add_ring(soup, 0, 0, 10);
    add_ring(soup, 2, 2, 3);  // a hole
    add_ring(soup, 20, 0, 5); // an island
    soup.end_face();
    files::write_polygon_layer(folder / "one.gpkg", soup, commune_table({"1"}, {"A"}),
                               geo::Crs::epsg(3405), ctx);
    const auto read = files::read_boundaries({.file = folder / "one.gpkg"}, ctx);
    CHECK(read.soup.rings() == 3);
    CHECK(gdal_area(folder / "one.gpkg") == Approx(100 - 9 + 25));
}

TEST_CASE("a shapefile has all its companions, and old indexes go") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = folder / "units.shp";
    std::ofstream(folder / "units.qix") << "an index of another file";
    files::write_polygon_layer(file, squares(3, 0, 0, 1), commune_table({"1", "2", "3"}, {}),
                               geo::Crs::epsg(9209), ctx);
    for (const char* extension : {".shp", ".shx", ".dbf", ".prj", ".cpg"})
        CHECK(std::filesystem::exists(std::filesystem::path(file).replace_extension(extension)));
    CHECK_FALSE(std::filesystem::exists(folder / "units.qix"));
    CHECK(base::read_file(folder / "units.cpg") == "UTF-8");
    CHECK(files_in(folder.path()) == 5); // nothing temporary is left
    CHECK(geo::Crs::parse(base::read_file(folder / "units.prj")).epsg_code() == 9209);
}

TEST_CASE("a failed write leaves the old files as they were") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = folder / "units.shp";
    files::write_polygon_layer(file, squares(1, 0, 0, 1), commune_table({"1"}, {"Cũ"}),
                               geo::Crs::epsg(9209), ctx);
    const auto before = base::read_file(file), names = base::read_file(folder / "units.dbf");

    SECTION("cancelled in the middle") {
        base::JobContext stopped;
        stopped.cancel();
        CHECK_THROWS_AS(files::write_polygon_layer(file, squares(2, 5, 5, 1),
                                                   commune_table({"1", "2"}, {}),
                                                   geo::Crs::epsg(9209), stopped),
                        base::Cancelled);
    }
    SECTION("a letter that the encoding lacks") {
        CHECK_THROWS_AS(files::write_polygon_layer(file, squares(1, 5, 5, 1),
                                                   commune_table({"1"}, {"Пример"}),
                                                   geo::Crs::epsg(9209), ctx, "TCVN3"),
                        base::Error);
    }
    CHECK(base::read_file(file) == before);
    CHECK(base::read_file(folder / "units.dbf") == names);
    CHECK(files_in(folder.path()) == 5);
}

TEST_CASE("a folder that cannot be written is told") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto write = [&](const std::filesystem::path& file) {
        files::write_polygon_layer(file, squares(1, 0, 0, 1), commune_table({"1"}, {}),
                                   geo::Crs::epsg(9209), ctx);
    };
    try {
        write(folder / "no_such_folder" / "units.gpkg");
        FAIL("no error");
    } catch (const base::Error& error) {
        CHECK(error.kind == base::ErrorKind::Write);
        CHECK(error.message.key == "error.file.cannot_write");
    }
    try {
        write(folder / "units.doc");
        FAIL("no error");
    } catch (const base::Error& error) {
        CHECK(error.kind == base::ErrorKind::Usage);
    }
    CHECK(files_in(folder.path()) == 0);
}

TEST_CASE("KML is in degrees, whatever the CRS of the units") {
    base::JobContext ctx;
    const TempFolder folder;
    auto soup = squares(2, 105.9, 9.5, 0.05);
    const auto crs = geo::Crs::epsg(9209);
    geo::transform(soup.points, geo::Crs::wgs84(), crs);
    auto table = commune_table({"00001", "31498"}, {"Xã Tân Thạnh", "Phường 5"});
    table.columns[0].name = "code";
    table.columns[1].name = "name"; // what KML calls a feature's name
    files::write_polygon_layer(folder / "units.kml", soup, table, crs, ctx);
    std::ifstream in(folder / "units.kml");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    CHECK(text.find("<name>Xã Tân Thạnh</name>") != std::string::npos);
    CHECK(text.find("<SimpleData name=\"code\">31498<") != std::string::npos);
    const auto read = files::read_boundaries({.file = folder / "units.kml"}, ctx);
    REQUIRE(read.soup.faces() == 2);
    geo::Box box;
    for (const auto& p : read.soup.points) box.add(p);
    CHECK(box.min_x == Approx(105.9).epsilon(0).margin(1e-4));
    CHECK(box.max_y == Approx(9.55).epsilon(0).margin(1e-4));
}

TEST_CASE("waypoints are points with names; areas are refused as GPX") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = folder / "points.gpx";
    files::write_waypoints(
        file, {{{105.9, 9.5}, "Xã A & B", "gần <cảng>", "port"}, {{106, 9.6}, "Phường 5", "", ""}});
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    CHECK(text.find("<name>Xã A &amp; B</name>") != std::string::npos);
    CHECK(text.find("<desc>gần &lt;cảng&gt;</desc>") != std::string::npos);
    CHECK(text.find("lat=\"9.5\" lon=\"105.9\"") != std::string::npos);
    CHECK_THROWS_AS(files::write_polygon_layer(folder / "units.gpx", squares(1, 0, 0, 1),
                                               commune_table({"1"}, {"A"}), geo::Crs::wgs84(), ctx),
                    base::Error);
}
