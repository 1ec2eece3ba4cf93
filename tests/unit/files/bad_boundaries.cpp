// Broken boundary files: a clear error or finding, nothing crashed, nothing written.
#include "base/error.hpp"
#include "base/paths.hpp"
#include "files/boundaries.hpp"
#include "files/layer_writer.hpp"
#include "unit/files/layers.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>

using namespace diaban;
using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

base::Error error_of(const fs::path& file, const std::string& layer = "") {
    base::JobContext ctx;
    try {
        files::read_boundaries({.file = file, .layer = layer}, ctx);
    } catch (const base::Error& error) {
        return error;
    }
    FAIL("no error for " << file);
    throw 0;
}

const base::Value& argument(const base::Message& message, const std::string& name) {
    for (const auto& [key, value] : message.args)
        if (key == name) return value;
    FAIL("no " << name << " in " << message.key);
    throw 0;
}

const base::Finding& need(const base::Findings& findings, const std::string& key) {
    for (const auto& f : findings)
        if (f.key == key) return f;
    FAIL("no finding " << key);
    throw 0;
}

std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::directory_iterator(folder))
        out[entry.path().filename().string()] = base::read_file(entry.path());
    return out;
}

fs::path with_extension(fs::path file, const char* extension) {
    return file.replace_extension(extension);
}

// Three units in a shapefile.
fs::path three_units(const TempFolder& folder) {
    base::JobContext ctx;
    const auto file = folder / "units.shp";
    files::write_polygon_layer(file, squares(3, 105.9, 9.5, 0.05),
                               commune_table({"31498", "31501", "31504"}, {"A", "B", "C"}),
                               geo::Crs::wgs84(), ctx);
    return file;
}

// Overwrites the vertices of one feature in the bytes of a .shp, where they equal `from`.
void patch_double(const fs::path& shp, double from, double to) {
    auto bytes = base::read_file(shp);
    std::string old(sizeof from, '\0'), fresh(sizeof to, '\0');
    std::memcpy(old.data(), &from, sizeof from);
    std::memcpy(fresh.data(), &to, sizeof to);
    std::size_t count = 0;
    for (auto at = bytes.find(old, 100); at != std::string::npos; at = bytes.find(old, at + 8)) {
        bytes.replace(at, 8, fresh);
        ++count;
    }
    REQUIRE(count > 0);
    base::write_file(shp, bytes);
}

} // namespace

TEST_CASE("files that are not there, empty, or something else") {
    const TempFolder folder;
    CHECK(error_of(folder / "none.shp").message.key == "error.file.missing");
    for (const char* name : {"empty.shp", "empty.geojson", "empty.zip"}) {
        std::ofstream(folder / name);
        const auto error = error_of(folder / name);
        CHECK(error.message.key == "error.file.empty");
        CHECK(error.kind == base::ErrorKind::Input);
    }
    std::ofstream(folder / "text.shp") << "name;code\nXã Tân Thạnh;31501\n"
                                       << std::string(200, 'x');
    CHECK(error_of(folder / "text.shp").message.key == "error.shapefile.not_one");
    std::ofstream(folder / "text.geojson") << "this is no GeoJSON";
    CHECK(error_of(folder / "text.geojson").message.key == "error.boundaries.alien");
    std::ofstream(folder / "text.gpkg") << "this is no database";
    CHECK(error_of(folder / "text.gpkg").kind == base::ErrorKind::Database);
    CHECK(error_of(folder / "text.gpkg").message.key == "error.boundaries.not_a_database");
    std::ofstream(folder / "text.zip") << "this is no archive";
    CHECK(error_of(folder / "text.zip").message.key == "error.zip.damaged");
    CHECK(files_in(folder.path()) == 7);
}

TEST_CASE("a shapefile cut off is refused, naming the feature") {
    const TempFolder folder;
    const auto file = three_units(folder);
    const auto bytes = base::read_file(file);
    // A record is 8 + 44 + 4 + 5 * 16 = 136 bytes after a header of 100.
    base::write_file(file, bytes.substr(0, 100 + 136 + 50));
    const auto error = error_of(file);
    CHECK(error.message.key == "error.shapefile.truncated");
    CHECK(error.kind == base::ErrorKind::Input);
    CHECK(std::get<std::int64_t>(argument(error.message, "feature")) == 2);
    CHECK(std::get<std::string>(argument(error.message, "file")) == file.string());
    base::write_file(file, bytes.substr(0, 60));
    CHECK(error_of(file).message.key == "error.shapefile.not_one");
}

// The layer is written by ogr2ogr. Its .map has two blocks of header of 512 bytes each.
TEST_CASE("a MapInfo layer with a part cut off or missing is refused, naming the part") {
    const TempFolder folder;
    base::JobContext ctx;
    const std::size_t units = GENERATE(as<std::size_t>{}, 2, 60);
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < units; ++i) codes.push_back(std::to_string(31000 + i));
    files::write_polygon_layer(folder / "a.shp", squares(static_cast<int>(units), 105.9, 9.5, 0.01),
                               commune_table(codes, {}), geo::Crs::wgs84(), ctx);
    const auto file = folder / "xa.tab";
    const auto command =
        "ogr2ogr -f 'MapInfo File' '" + file.string() + "' '" + (folder / "a.shp").string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    REQUIRE(files::read_boundaries({.file = file}, ctx).soup.faces() == units);
    const auto refused = [&](const char* part) {
        const auto error = error_of(file);
        CHECK(error.kind == base::ErrorKind::Input);
        CHECK(error.message.key == "error.mapinfo.cut");
        CHECK(std::get<std::string>(argument(error.message, "file")) ==
              with_extension(file, part).string());
        return static_cast<std::size_t>(std::get<std::int64_t>(argument(error.message, "feature")));
    };
    for (const char* part : {".map", ".id", ".dat"}) {
        CAPTURE(part);
        const auto whole = base::read_file(with_extension(file, part));
        base::write_file(with_extension(file, part), whole.substr(0, whole.size() * 6 / 10));
        const auto feature = refused(part);
        CHECK(feature >= 1);
        CHECK(feature <= units);
        if (units > 2 && std::string(part) == ".id") CHECK(feature == 37); // of 60, 4 bytes each
        fs::remove(with_extension(file, part));
        const auto missing = error_of(file);
        CHECK(missing.message.key == "error.mapinfo.missing");
        CHECK(std::get<std::string>(argument(missing.message, "missing")) == part);
        base::write_file(with_extension(file, part), whole);
    }
    const auto map = base::read_file(with_extension(file, ".map"));
    for (const std::size_t bytes : {10u, 600u, 1024u, 1200u}) {
        CAPTURE(bytes);
        base::write_file(with_extension(file, ".map"), map.substr(0, bytes));
        CHECK(refused(".map") == 1);
    }
    base::write_file(with_extension(file, ".map"), map);
    CHECK(files::read_boundaries({.file = file}, ctx).soup.faces() == units);
}

TEST_CASE("a damaged archive is refused") {
    const TempFolder folder;
    three_units(folder);
    const auto command = "cd '" + folder.path().string() + "' && zip -q units.zip units.*";
    REQUIRE(std::system(command.c_str()) == 0);
    const auto zip = folder / "units.zip";
    auto bytes = base::read_file(zip);
    base::write_file(zip, bytes.substr(0, bytes.size() / 2));
    CHECK(error_of(zip).message.key == "error.zip.damaged");
    // One flipped bit in the packed data: the checksum tells.
    for (std::size_t i = 60; i < 400; ++i) bytes[i] = static_cast<char>(bytes[i] ^ 1);
    base::write_file(zip, bytes);
    CHECK(error_of(zip).message.key == "error.zip.damaged");
}

TEST_CASE("an archive that lies about the size of an entry is refused") {
    const TempFolder folder;
    three_units(folder);
    const auto command = "cd '" + folder.path().string() + "' && zip -q -0 units.zip units.*";
    REQUIRE(std::system(command.c_str()) == 0);
    const auto zip = folder / "units.zip";
    const auto bytes = base::read_file(zip);
    // The directory entry of the index: 46 bytes, then its name. Sizes lie at 20 and 24.
    const auto entry = bytes.rfind("units.shx") - 46;
    REQUIRE(bytes.substr(entry, 4) == "PK\x01\x02");
    for (const std::size_t field : {20u, 24u})
        for (const std::string& size :
             {std::string("\x10\x00\x00\x00", 4), // 16: less than a header
              std::string("\x64\x20\x00\x00", 4), // 8292: a thousand shapes
              std::string("\xfe\xff\xff\xff", 4)}) {
            auto lying = bytes;
            base::write_file(zip, lying.replace(entry + field, 4, size));
            CHECK(error_of(zip).message.key == "error.zip.damaged");
        }
}

TEST_CASE("missing companions are survived, told, and not made") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = three_units(folder);
    SECTION(".shx") {
        fs::remove(with_extension(file, ".shx"));
        const auto before = contents(folder.path());
        const auto read = files::read_boundaries({.file = file}, ctx);
        CHECK(read.soup.faces() == 3);
        CHECK(read.units.code[2] == "31504");
        need(read.findings, "missing_shx");
        CHECK(contents(folder.path()) == before);
    }
    SECTION(".dbf") {
        fs::remove(with_extension(file, ".dbf"));
        const auto read = files::read_boundaries({.file = file}, ctx);
        CHECK(read.soup.faces() == 3);
        CHECK(read.units.code == std::vector<std::string>{"1", "2", "3"});
        need(read.findings, "missing_dbf");
    }
    SECTION("everything but the .shp") {
        for (const char* extension : {".shx", ".dbf", ".prj", ".cpg"})
            fs::remove(with_extension(file, extension));
        const auto read = files::read_boundaries({.file = file}, ctx);
        CHECK(read.soup.faces() == 3);
        CHECK(read.crs == geo::Crs::wgs84()); // degrees inside Viet Nam
        for (const char* key : {"missing_shx", "missing_dbf", "missing_prj"})
            need(read.findings, key);
        CHECK(files_in(folder.path()) == 1);
    }
    SECTION("a .prj that says nothing") {
        base::write_file(with_extension(file, ".prj"), "PROJCS[this is nothing");
        const auto read = files::read_boundaries({.file = file}, ctx);
        need(read.findings, "bad_prj");
        CHECK(read.crs == geo::Crs::wgs84());
    }
    SECTION("a .cpg that nobody knows") {
        base::write_file(with_extension(file, ".cpg"), "Klingon");
        need(files::read_boundaries({.file = file}, ctx).findings, "unknown_cpg");
    }
}

TEST_CASE("reading writes nothing, in no format") {
    base::JobContext ctx;
    const TempFolder folder;
    for (const char* name : {"a.shp", "a.gpkg", "a.geojson", "a.fgb"})
        files::write_polygon_layer(folder / name, squares(3, 105.9, 9.5, 0.05),
                                   commune_table({"1", "2", "3"}, {}), geo::Crs::wgs84(), ctx);
    const auto before = contents(folder.path());
    const auto time = fs::last_write_time(folder / "a.gpkg");
    for (const char* name : {"a.shp", "a.gpkg", "a.geojson", "a.fgb"}) {
        files::read_boundaries({.file = folder / name}, ctx);
        files::list_layers(folder / name);
    }
    CHECK(contents(folder.path()) == before);
    CHECK(fs::last_write_time(folder / "a.gpkg") == time);
}

TEST_CASE("a .dbf with fewer rows leaves units without code, and says so") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = three_units(folder);
    const auto dbf = with_extension(file, ".dbf");
    auto bytes = base::read_file(dbf);
    SECTION("by its own count") {
        bytes[4] = 2;
    }
    SECTION("cut off") {
        bytes.resize(bytes.size() - 25);
    }
    base::write_file(dbf, bytes);
    const auto read = files::read_boundaries({.file = file}, ctx);
    REQUIRE(read.units.size() == 3);
    CHECK(read.units.code[1] == "31501");
    CHECK(read.units.code[2].empty());
    const auto& differ = need(read.findings, "dbf_rows_differ");
    CHECK(differ.amount == 1.0);
    const auto& no_code = need(read.findings, "no_code");
    CHECK(std::get<std::int64_t>(argument({"", no_code.args}, "feature")) == 3);
}

TEST_CASE("vertices that are nowhere are left out, and the unit is named") {
    base::JobContext ctx;
    const TempFolder folder;
    const auto file = three_units(folder);
    const double bad =
        GENERATE(as<double>{}, kNaN, std::numeric_limits<double>::infinity(), 1e300, 1e12);
    CAPTURE(bad);
    // The right edge of the third square: two of its vertices (the first square's are others).
    patch_double(file, 105.9 + 0.05 * 2 + 0.05, bad);
    const auto read = files::read_boundaries({.file = file}, ctx);
    const auto& finding = need(read.findings, "bad_coordinates");
    CHECK(finding.unit == "31504");
    CHECK(finding.amount == 2.0);
    CHECK(finding.severity == base::Severity::Problem);
    for (const auto& p : read.soup.points) CHECK(std::abs(p.x) < 200);
    CHECK(read.soup.faces() == 3);
}

TEST_CASE("degrees beyond the globe are nowhere too") {
    base::JobContext ctx;
    const TempFolder folder;
    auto soup = squares(20, 105, 9.5, 0.05);
    std::vector<std::string> codes;
    for (int i = 0; i < 20; ++i) codes.push_back(std::to_string(31000 + i));
    soup.points[7].y = 5000; // one vertex of the second unit
    files::write_polygon_layer(folder / "a.gpkg", soup, commune_table(codes, {}), geo::Crs::wgs84(),
                               ctx);
    const auto read = files::read_boundaries({.file = folder / "a.gpkg"}, ctx);
    CHECK(need(read.findings, "bad_coordinates").unit == "31001");
    CHECK(read.crs == geo::Crs::wgs84());
    CHECK(read.soup.points.size() == soup.points.size() - 1);
}

TEST_CASE("null geometries, lines among areas, and repeated codes are findings") {
    base::JobContext ctx;
    const TempFolder folder;
    std::ofstream(folder / "a.geojson") << R"({"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"ma_xa":"1","ten_xa":"A"},"geometry":
        {"type":"Polygon","coordinates":[[[105.9,9.5],[106,9.5],[106,9.6],[105.9,9.5]]]}},
      {"type":"Feature","properties":{"ma_xa":"2","ten_xa":"B"},"geometry":null},
      {"type":"Feature","properties":{"ma_xa":"1","ten_xa":"C"},"geometry":
        {"type":"LineString","coordinates":[[105.9,9.5],[106,9.5]]}},
      {"type":"Feature","properties":{"ma_xa":"","ten_xa":"D"},"geometry":
        {"type":"MultiPolygon","coordinates":[[[[105.9,9.6],[106,9.6],[106,9.7],[105.9,9.6]]],
                                              [[[105.9,9.8],[106,9.8],[106,9.9],[105.9,9.8]]]]}}]})";
    const auto read = files::read_boundaries({.file = folder / "a.geojson"}, ctx);
    REQUIRE(read.soup.faces() == 4);
    CHECK(read.soup.rings() == 3);
    CHECK(need(read.findings, "null_geometry").unit == "2");
    CHECK(std::get<std::int64_t>(
              argument({"", need(read.findings, "not_polygon").args}, "feature")) == 3);
    const auto& twice = need(read.findings, "duplicate_code");
    CHECK(twice.unit == "1");
    CHECK(std::get<std::string>(argument({"", twice.args}, "features")) == "1, 3");
    CHECK(std::get<std::string>(argument({"", need(read.findings, "no_code").args}, "name")) ==
          "D");
}

TEST_CASE("files without areas are refused, naming the layers") {
    const TempFolder folder;
    std::ofstream(folder / "points.geojson")
        << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
           "geometry":{"type":"Point","coordinates":[106,10]}}]})";
    const auto points = error_of(folder / "points.geojson");
    CHECK(points.message.key == "error.boundaries.no_polygons");
    CHECK(points.kind == base::ErrorKind::Data);
    std::ofstream(folder / "nothing.geojson") << R"({"type":"FeatureCollection","features":[]})";
    CHECK(error_of(folder / "nothing.geojson").kind == base::ErrorKind::Data);
    CHECK(error_of(folder / "nothing.geojson").message.key == "error.boundaries.no_shapes");
    std::ofstream(folder / "null.geojson")
        << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
           "geometry":null}]})";
    CHECK(error_of(folder / "null.geojson").message.key == "error.boundaries.no_shapes");
    CHECK(error_of(folder / "null.geojson", "null").message.key == "error.boundaries.no_shapes");
    base::JobContext ctx;
    files::write_polygon_layer(folder / "a.gpkg", squares(1, 105.9, 9.5, 0.05),
                               commune_table({"1"}, {}), geo::Crs::wgs84(), ctx);
    const auto layer = error_of(folder / "a.gpkg", "b");
    CHECK(layer.message.key == "error.layer.missing");
    CHECK(std::get<std::string>(argument(layer.message, "layers")) == "a");
}

TEST_CASE("reading can be cancelled") {
    const TempFolder folder;
    const auto file = three_units(folder);
    base::JobContext ctx;
    ctx.cancel();
    CHECK_THROWS_AS(files::read_boundaries({.file = file}, ctx), base::Cancelled);
}
