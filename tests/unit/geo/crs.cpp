// CRS and transformation against PROJ's own command line tools; the command stands by each number.
#include "geo/crs.hpp"

#include "base/error.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace diaban;
using geo::Crs;
using geo::Point;

namespace {

Point moved(Point p, const Crs& from, const Crs& to) {
    geo::transform({&p, 1}, from, to);
    return p;
}

// Catch's Approx is relative by default, which is metres in a northing of a million.
Approx near(double value, double margin = 1e-3) {
    return Approx(value).epsilon(0).margin(margin);
}

} // namespace

TEST_CASE("VN-2000 gets its datum shift EPSG:6960 in both directions") {
    // The truth is EPSG:6960 written out (cs2cs itself is off by 0.8 m here: in the Mekong delta it
    // prefers EPSG:5194, the shift of an oil block):
    // P="+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3
    //   +step +proj=cart +ellps=WGS84 +step +inv +proj=helmert +x=-191.90441429 +y=-39.30318279
    //   +z=-111.45032835 +rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278
    //   +convention=coordinate_frame +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3
    //   +step +proj=tmerc +lat_0=0 +lon_0=105.5 +k=0.9999 +x_0=500000 +ellps=WGS84"
    // echo "106 9.6 0 0" | cct -d 4 $P
    const auto p = moved({106.0, 9.6}, Crs::wgs84(), Crs::epsg(9209));
    CHECK(p.x == near(554684.8764));
    CHECK(p.y == near(1061658.0377));
    // The same without the steps from push to pop: no shift.
    const auto unshifted = moved({106.0, 9.6}, Crs::epsg(4756), Crs::epsg(9209));
    CHECK(unshifted.x == near(554880.5717));
    CHECK(unshifted.y == near(1061546.0252));
    CHECK(std::hypot(p.x - unshifted.x, p.y - unshifted.y) == near(226, 1));
    const auto back = moved(p, Crs::epsg(9209), Crs::wgs84());
    CHECK(back.x == near(106.0, 1e-8));
    CHECK(back.y == near(9.6, 1e-8));
    // To a grid of WGS 84: through WGS 84, never a no-op.
    const auto utm = moved({521695.5749, 1161161.9960}, Crs::epsg(5897), Crs::epsg(32648));
    // echo "10.5 105.2" | cs2cs -d 4 EPSG:4326 EPSG:32648
    CHECK(utm.x == near(521884.8053));
    CHECK(utm.y == near(1160702.0549));
}

TEST_CASE("zones and UTM agree with PROJ, given the official shift") {
    struct Case {
        int epsg;
        Point lon_lat, expected;
    };
    // echo "LON LAT 0 0" | cct -d 4 $P with +lon_0 and +k of the zone   (PROJ 9.1.1)
    const Case cases[] = {
        {5897, {105.2, 10.5}, {521695.5749, 1161161.9960}},
        {9208, {105.2, 10.5}, {549060.0802, 1161190.1300}},
        {9210, {105.2, 10.5}, {439602.4298, 1161208.1623}},
        {9218, {105.2, 10.5}, {138410.3364, 1163055.5568}},
        {3405, {105.0, 23.0}, {499804.1618, 2543626.7687}},
        {3405, {104.8, 8.6}, {477797.8727, 950747.2912}},
        {3405, {112.0, 16.0}, {1250337.9240, 1781729.3189}},
    };
    for (const auto& c : cases) {
        CAPTURE(c.epsg);
        const auto p = moved(c.lon_lat, Crs::wgs84(), Crs::epsg(c.epsg));
        CHECK(p.x == near(c.expected.x));
        CHECK(p.y == near(c.expected.y));
    }
}

TEST_CASE("a CRS is understood in every way people and files write it") {
    CHECK(Crs::parse("epsg:3405").epsg_code() == 3405);
    CHECK(Crs::parse(" EPSG:9209 ") == Crs::epsg(9209));
    CHECK(Crs::parse("9209") == Crs::epsg(9209));
    CHECK(Crs::parse("wgs84").epsg_code() == 4326);
    CHECK(Crs::parse("VN-2000 / UTM zone 48N").epsg_code() == 3405);
    CHECK(Crs::epsg(9209).name() == "VN-2000 / TM-3 105-30");
    CHECK(Crs::epsg(5897).name() == "VN-2000 / TM-3 105-00");
    CHECK(Crs::wgs84().geographic());
    CHECK_FALSE(Crs::epsg(3405).geographic());
    CHECK_FALSE(Crs().known());
    CHECK(Crs().wkt().empty());
    // What ESRI software writes into a .prj: no code, names with underscores.
    for (const int code : {4326, 3405, 3406, 5897, 5898, 5899, 9205, 9209, 9218, 32648, 4756}) {
        CAPTURE(code);
        CHECK(Crs::parse(Crs::epsg(code).wkt()).epsg_code() == code);
    }
    CHECK(Crs::parse("+proj=utm +zone=48 +datum=WGS84").epsg_code() == 32648);
    CHECK(Crs::epsg(2227).metres_per_unit() == Approx(1200.0 / 3937).epsilon(1e-9)); // US feet
    for (const char* text : {"", "EPSG:99999999", "nonsense", "PROJCS[broken", "EPSG:6960", "foo",
                             "a", "48N", "VN-2000 / UTM zone", "99999999"}) {
        CAPTURE(text);
        try {
            Crs::parse(text);
            FAIL("no error");
        } catch (const base::Error& error) {
            CHECK(error.kind == base::ErrorKind::Data);
            CHECK(error.message.key == "error.crs.unknown");
        }
    }
}

TEST_CASE("VN-2000 of a foreign .prj gets the official shift, whatever it calls its datum") {
    // A TM-3 grid with a meridian that has no code, and with a shift of the file's own.
    const auto crs = Crs::parse(
        R"(PROJCS["VN2000 local",GEOGCS["GCS_VN-2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",)"
        R"(6378137.0,298.257223563],TOWGS84[0,0,0,0,0,0,0]],PRIMEM["Greenwich",0.0],)"
        R"(UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],)"
        R"(PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],)"
        R"(PARAMETER["Central_Meridian",105.6],PARAMETER["Scale_Factor",0.9999],)"
        R"(PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])");
    CHECK(crs.epsg_code() == 0);
    const auto here = moved({500000, 1061000}, crs, Crs::wgs84());
    const auto on_zone = moved(here, Crs::wgs84(), Crs::epsg(9209));
    // Without the shift the point would be 226 m away from where the same grid numbers, moved by
    // the 0.1 degree between the meridians, lie in VN-2000 itself.
    const auto same =
        moved(moved({500000, 1061000}, crs, Crs::epsg(4756)), Crs::epsg(4756), Crs::epsg(9209));
    CHECK(on_zone.x == near(same.x));
    CHECK(on_zone.y == near(same.y));
}

TEST_CASE("points that are nowhere become NaN, and unknown systems leave points alone") {
    std::vector<Point> points{{106, 9.6}, {std::nan(""), 9}, {106, 1e300}};
    geo::transform(points, Crs::wgs84(), Crs::epsg(9209));
    CHECK(points[0].x == near(554684.8764));
    CHECK(std::isnan(points[1].x));
    CHECK(std::isnan(points[2].y));
    CHECK(moved({5, 6}, Crs(), Crs::epsg(9209)) == Point{5, 6});
    CHECK(moved({5, 6}, Crs::epsg(9209), Crs()) == Point{5, 6});
    CHECK(moved({5, 6}, Crs::epsg(9209), Crs::epsg(9209)) == Point{5, 6});
}

TEST_CASE("millions of points: interpolated within a millimetre of the exact transformation") {
    std::mt19937_64 random(7);
    base::JobContext ctx;
    const int target = GENERATE(3405, 9209, 9218, 3857, 32648);
    CAPTURE(target);
    const auto crs = Crs::epsg(target);
    std::uniform_real_distribution<double> lon(102.1, 109.5), lat(8.3, 23.4);
    std::vector<Point> points;
    for (int i = 0; i < 60'000; ++i) points.push_back({lon(random), lat(random)});
    // The far islands, and points that are nowhere.
    points.push_back({117.8, 7.2});
    points.push_back({std::nan(""), 10});
    points.push_back({106, std::numeric_limits<double>::infinity()});
    auto exact = points;
    geo::transform(exact, Crs::wgs84(), crs);
    geo::transform_many(points, Crs::wgs84(), crs, ctx);
    double worst = 0;
    std::size_t nowhere = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        REQUIRE(std::isnan(points[i].x) == std::isnan(exact[i].x));
        if (std::isnan(exact[i].x))
            ++nowhere;
        else
            worst = std::max(worst, std::hypot(points[i].x - exact[i].x, points[i].y - exact[i].y));
    }
    CHECK(worst < 1e-3);
    CHECK(worst > 0); // it was interpolated
    CHECK(nowhere == 2);

    // Back to degrees: 1e-8 degree is a millimetre.
    auto back = exact;
    geo::transform_many(back, crs, Crs::wgs84(), ctx, 1e-8);
    geo::transform(exact, crs, Crs::wgs84());
    for (std::size_t i = 0; i < back.size(); ++i)
        if (!std::isnan(back[i].x))
            REQUIRE(std::hypot(back[i].x - exact[i].x, back[i].y - exact[i].y) < 1e-8);
}

TEST_CASE("where a projection breaks down, points are transformed exactly") {
    // Far from its meridian a transverse Mercator grows wild.
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> lon(20, 190), lat(-80, 80);
    std::vector<Point> points;
    for (int i = 0; i < 30'000; ++i) points.push_back({lon(random), lat(random)});
    auto exact = points;
    base::JobContext ctx;
    const auto crs = Crs::epsg(9209);
    geo::transform(exact, Crs::wgs84(), crs);
    geo::transform_many(points, Crs::wgs84(), crs, ctx);
    for (std::size_t i = 0; i < points.size(); ++i) {
        REQUIRE(std::isnan(points[i].x) == std::isnan(exact[i].x));
        if (!std::isnan(exact[i].x))
            REQUIRE(std::hypot(points[i].x - exact[i].x, points[i].y - exact[i].y) < 1e-3);
    }
}

TEST_CASE("each province has its zone, by code and by any spelling of its name") {
    CHECK(geo::vn2000_zone("94") == 9209);
    CHECK(geo::vn2000_zone("Tỉnh Sóc Trăng") == 9209);
    CHECK(geo::vn2000_zone("soc trang") == 9209);
    CHECK(geo::vn2000_zone("SocTrang") == 9209);
    CHECK(geo::vn2000_zone("89") == 9208);
    CHECK(geo::vn2000_zone("1") == 5897); // a number column lost the zero
    CHECK(geo::vn2000_zone("Thành phố Hồ Chí Minh") == 9210);
    CHECK(geo::vn2000_zone("TP. HCM") == 9210);
    CHECK(geo::vn2000_zone("Tỉnh Hoà Bình") == 9211);
    CHECK(geo::vn2000_zone("Bà Rịa - Vũng Tàu") == 5899);
    CHECK(geo::vn2000_zone("Thừa Thiên-Huế") == 9214);
    CHECK(geo::vn2000_zone("Đắc Lắc") == 9218);
    CHECK(geo::vn2000_zone("DAKLAK") == 9218);
    for (const char* text : {"", "03", "99", "Bình", "Texas", "9", "094"}) {
        CAPTURE(text);
        CHECK_FALSE(geo::vn2000_zone(text));
    }
    // Every province lies within Viet Nam and near the meridian of its zone.
    int known = 0;
    for (int code = 1; code < 100; ++code) {
        const auto text = (code < 10 ? "0" : "") + std::to_string(code);
        const auto zone = geo::vn2000_zone(text);
        const auto box = geo::province_box(text);
        REQUIRE(zone.has_value() == box.has_value());
        if (!zone) continue;
        ++known;
        CAPTURE(text);
        CHECK(geo::kVietNam.contains(box->centre()));
        const auto p = moved(box->centre(), Crs::wgs84(), Crs::epsg(*zone));
        CHECK(std::abs(p.x - 500'000) < 150'000);
    }
    CHECK(known == 63);
}

TEST_CASE("coordinates without a CRS: every plausible reading, the province's own first") {
    // The box of Sóc Trăng in its own zone.
    const auto box = *geo::province_box("94");
    const auto a = moved({box.min_x, box.min_y}, Crs::wgs84(), Crs::epsg(9209));
    const auto b = moved({box.max_x, box.max_y}, Crs::wgs84(), Crs::epsg(9209));
    const geo::Box metres{a.x, a.y, b.x, b.y};
    const auto guesses = geo::guess_crs(metres, box);
    REQUIRE_FALSE(guesses.empty());
    CHECK(guesses[0].crs.epsg_code() == 9209);
    CHECK_FALSE(guesses[0].swapped);
    CHECK(guesses[0].fit > 0.95);
    // Within Viet Nam as a whole most zones are plausible: nobody can tell.
    CHECK(geo::guess_crs(metres, geo::kVietNam).size() > 10);
    const geo::Box turned{a.y, a.x, b.y, b.x};
    const auto swapped = geo::guess_crs(turned, box);
    REQUIRE_FALSE(swapped.empty());
    CHECK(swapped[0].crs.epsg_code() == 9209);
    CHECK(swapped[0].swapped);

    const auto degrees = geo::guess_crs(box, geo::kVietNam);
    REQUIRE(degrees.size() == 1);
    CHECK(degrees[0].crs == Crs::wgs84());
    CHECK(geo::guess_crs({0, 0, 1, 1}, geo::kVietNam).empty());
    CHECK(geo::guess_crs({}, geo::kVietNam).empty());
}

TEST_CASE(
    "maps of one province use its zone, of the country one grid, of elsewhere an equal-area one") {
    const auto box = *geo::province_box("94");
    CHECK(geo::choose_map_crs(Crs::wgs84(), box, "94").epsg_code() == 9209);
    CHECK(geo::choose_map_crs(Crs::wgs84(), geo::kVietNam, "").epsg_code() == 3405);
    CHECK(geo::choose_map_crs(Crs::epsg(9208), box, "94").epsg_code() == 9208);
    CHECK(geo::choose_map_crs(Crs::epsg(3405), box, "94").epsg_code() == 9209);
    CHECK(geo::choose_map_crs(Crs::epsg(3405), box, "").epsg_code() == 3405);
    CHECK_FALSE(geo::choose_map_crs(Crs(), box, "94").known());
    CHECK(geo::choose_map_crs(Crs::epsg(3857), box, "94").epsg_code() == 9209);
    const auto far = geo::choose_map_crs(Crs::epsg(4267), {-84, 33, -75, 37}, "");
    CHECK(far.known());
    CHECK(far.epsg_code() == 0);
    const auto centre = moved({-79.5, 35}, Crs::wgs84(), far);
    CHECK(std::hypot(centre.x, centre.y) < 1e-3);
    // A box across the antimeridian, from 179.8 to -179.8.
    const auto across = geo::choose_map_crs(Crs::wgs84(), {179.8, -17, 180.2, -16.9}, "");
    for (const double lon : {180.0, -180.0}) {
        const auto middle = moved({lon, -16.95}, Crs::wgs84(), across);
        CHECK(std::hypot(middle.x, middle.y) < 1e-3);
    }
}

TEST_CASE("distance and area on the ground") {
    // echo "9d36N 106dE 9d42N 106d12E" | geod +ellps=WGS84 -I +units=m
    CHECK(geo::ground_distance_m({106, 9.6}, {106.2, 9.7}) == near(24580.052));
    CHECK(geo::ground_distance_m({106, 9.6}, {106, 9.6}) == 0);
    // An eighth of the ellipsoid, 510065621724088.5 m2 in all (Karney 2013, Algorithms for
    // geodesics, J. Geodesy 87, 43-55).
    const std::vector<Point> octant{{0, 0}, {90, 0}, {0, 90}};
    CHECK(geo::ground_area_m2(octant) == Approx(510065621724088.5 / 8).epsilon(1e-12));
    // spatialite, which is right to a few parts in ten million: select st_area(st_geomfromtext(
    //   'POLYGON((106 9.5,106.1 9.5,106.1 9.6,106 9.6,106 9.5))', 4326), 1)
    const std::vector<Point> ring{{106, 9.5}, {106.1, 9.5}, {106.1, 9.6}, {106, 9.6}};
    CHECK(geo::ground_area_m2(ring) == Approx(121429562.098146).epsilon(1e-6));
    const std::vector<Point> clockwise(ring.rbegin(), ring.rend());
    CHECK(geo::ground_area_m2(clockwise) == -geo::ground_area_m2(ring));
}
