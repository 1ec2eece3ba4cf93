#include "app/ground_ring.hpp"
#include "app/line_layer.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "geo/crs.hpp"
#include "geo/plane.hpp"
#include "support/coverage_from.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban;
using app::LineLayer;

namespace {

std::string refusal(const std::string& text) {
    return test::thrown_key([&] { app::parse_line_layer(text); }, base::ErrorKind::Usage);
}

constexpr const char* kMixed = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"MultiLineString","coordinates":
 [[[100,100],[300,100],[300,400]],[[0,0],[5,5]]]}},
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
 [[[0,0],[100,0],[100,100],[0,0]],[[50,20],[60,20],[60,30],[50,20]]]}},
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[7,7]}},
{"type":"Feature","properties":{},"geometry":null}]})";

} // namespace

TEST_CASE("a layer of lines is written as text that gives it back") {
    LineLayer layer;
    layer.file = "a b/sông.gpkg";
    CHECK(app::parse_line_layer(app::to_text(layer)) == layer);
    layer.layer = "rivers";
    layer.name = "Sông, rạch";
    layer.label = "tên sông";
    layer.kind = "coast";
    layer.colour = "#1F78B4";
    layer.width = 2.4;
    layer.gap = 6;
    layer.fill = "#A6CEE3";
    layer.opacity = 0.25;
    layer.shown = false;
    CHECK(app::parse_line_layer(app::to_text(layer)) == layer);
    CHECK(app::parse_line_layer("x.shp;colour=#1f78b4").colour == "#1F78B4");
    for (const auto* bad :
         {"", ";width=1", "x.shp;colour=blue", "x.shp;width=0", "x.shp;width=99", "x.shp;thick=2",
          "x.shp;hidden=no", "x.shp;dash=-1", "x.shp;dash=25", "x.shp;fill=blue",
          "x.shp;label=", "x.shp;fill=#11223344", "x.shp;opacity=0", "x.shp;opacity=1.1"})
        CHECK(refusal(bad) == "error.flag.bad_value");
}

TEST_CASE("lines and outlines are read, points are counted, hidden layers are not read") {
    const test::TempFolder folder;
    base::write_file(folder / "mixed.geojson", kMixed);
    const auto drawn = test::coverage_from("AB", 2); // a plane of unknown CRS
    LineLayer layer;
    layer.file = folder / "mixed.geojson";
    LineLayer hidden;
    hidden.file = folder / "not there.shp";
    hidden.shown = false;
    base::JobContext ctx;
    const auto read = app::load_line_layers({layer, hidden}, *drawn, ctx);
    REQUIRE(read.overlays.size() == 1);
    CHECK(read.overlays[0].name == "mixed");
    const auto& set = *read.overlays[0].set;
    REQUIRE(set.lines.size() == 4);
    CHECK(set.lines[0] == std::vector<geo::Point>{{100, 100}, {300, 100}, {300, 400}});
    CHECK(set.lines[2].front() == set.lines[2].back());
    CHECK(set.boxes[0].max_y == 400);
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].key == "lines_points");
    // The ring of the area and that of its hole turn opposite ways, though the file has both alike.
    CHECK(set.bounds_area == std::vector<bool>{false, false, true, true});
    CHECK(geo::ring_area(set.lines[2]) > 0);
    CHECK(geo::ring_area(set.lines[3]) < 0);
    CHECK_FALSE(read.overlays[0].fill);
    layer.fill = "#A6CEE3", layer.opacity = 0.5, layer.gap = 2;
    const auto filled = app::load_line_layers({layer}, *drawn, ctx).overlays.at(0);
    CHECK(filled.fill == map::Colour{0xA6, 0xCE, 0xE3, 128});
    CHECK(filled.gap_px == 2);
    hidden.shown = true;
    CHECK_THROWS_AS(app::load_line_layers({hidden}, *drawn, ctx), base::Error);
}

TEST_CASE("a layer that lies nowhere on the map is told of") {
    const test::TempFolder folder;
    const auto drawn = test::coverage_from("AB", 2);
    const auto& box = drawn->box();
    const auto read = [&](double x, double y) {
        base::write_file(folder / "song.geojson",
                         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
 "geometry":{"type":"LineString","coordinates":[[)" +
                             base::format_exact(x) + "," + base::format_exact(y) + "],[" +
                             base::format_exact(x + 1) + "," + base::format_exact(y) + "]]}}]}");
        LineLayer layer;
        layer.file = folder / "song.geojson";
        base::JobContext ctx;
        std::vector<std::string> keys;
        for (const auto& finding : app::load_line_layers({layer}, *drawn, ctx).findings)
            keys.push_back(finding.key);
        return keys;
    };
    CHECK(read(box.centre().x, box.centre().y).empty());
    CHECK(read(box.max_x + 10, box.min_y) == std::vector<std::string>{"lines_outside"});
}

TEST_CASE("lines have the names of the column that is asked for") {
    const test::TempFolder folder;
    base::write_file(folder / "song.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"Tên":" Sông Hậu ","cap":1,"ho_ten":"A"},"geometry":
 {"type":"MultiLineString","coordinates":[[[0,0],[5,5]],[[7,7],[9,9]]]}},
{"type":"Feature","properties":{"Tên":"bỏ"},"geometry":{"type":"Point","coordinates":[1,1]}},
{"type":"Feature","properties":{"Tên":null,"cap":2,"ho_ten":"B"},"geometry":
 {"type":"LineString","coordinates":[[1,0],[1,5]]}}]})");
    const auto drawn = test::coverage_from("AB", 2);
    LineLayer layer;
    layer.file = folder / "song.geojson";
    base::JobContext ctx;
    const auto plain = app::load_line_layers({layer}, *drawn, ctx);
    CHECK(plain.overlays[0].set->names.empty());
    // What the window offers: text, and nothing about persons.
    CHECK(plain.text_columns == std::vector<std::vector<std::string>>{{"Tên"}});
    layer.label = "ten"; // meant is what is the same without diacritics
    CHECK(app::load_line_layers({layer}, *drawn, ctx).overlays[0].set->names ==
          std::vector<std::string>{"Sông Hậu", "Sông Hậu", ""});
    layer.label = "cap";
    CHECK(app::load_line_layers({layer}, *drawn, ctx).overlays[0].set->names ==
          std::vector<std::string>{"1", "1", "2"});
    layer.label = "ho_ten";
    const auto refused = app::load_line_layers({layer}, *drawn, ctx);
    CHECK(refused.overlays[0].set->names.empty());
    CHECK(std::any_of(refused.findings.begin(), refused.findings.end(),
                      [](const auto& f) { return f.key == "refused_personal_column"; }));
    layer.label = "name";
    CHECK(test::thrown_key([&] { app::load_line_layers({layer}, *drawn, ctx); },
                           base::ErrorKind::Data) == "error.column.missing");
}

TEST_CASE("a ring lies so many metres from a place on the ground, in every projection") {
    // UTM 48 and 49 N at 105.0 E, 21.0 N: at the zone's middle and far outside of it.
    for (const char* code : {"EPSG:32648", "EPSG:32649", "EPSG:3405"}) {
        const auto crs = geo::Crs::parse(code);
        std::vector<geo::Point> at{{105, 21}};
        geo::transform(at, geo::Crs::wgs84(), crs);
        auto rings = app::ring_around(crs, {{at[0]}}, 5000);
        REQUIRE(rings.size() == 1);
        geo::transform(rings[0], crs, geo::Crs::wgs84());
        for (const auto& p : rings[0])
            CHECK(geo::ground_distance_m({105, 21}, p) == Approx(5000).epsilon(0.001));
    }
}

TEST_CASE("a ring around units joins what it reaches") {
    // A and B stand 1 km apart in a plane: 400 m leave two rings, 600 m make one.
    const auto drawn = test::coverage_from("A.B", 3);
    const std::vector<geo::FaceId> both{drawn.face('A'), drawn.face('B')};
    CHECK(app::ring_around(*drawn, both, 400).size() == 2);
    const auto one = app::ring_around(*drawn, both, 600);
    REQUIRE(one.size() == 1);
    geo::Box box;
    for (const auto& p : one[0]) box.add(p);
    CHECK(box.min_x == Approx(-600));
    CHECK(box.max_x == Approx(3600));
    CHECK(box.max_y == Approx(1600));
    CHECK(app::ring_around(*drawn, {}, 600).empty());
}
