// `near` on six communes whose distances are worked out, and on real ones by name; against
// SpatiaLite and geodesics in near_real_test.cpp.
//
// The six are squares of 0.1 degree; geodesics between their corners and the port were taken from
// SpatiaLite's ST_Distance on the ellipsoid.
#include "cli/program.hpp"
#include "support/geodata.hpp"

#include <cmath>
#include <map>
#include <set>

using namespace diaban::test;

namespace {

constexpr double kPort3 = 5481.128, kPort6 = 7786.117, kPort2 = 16443.384;

// The six with a port east of commune 3 and a market inside commune 4.
Words six_with_places(const Bench& bench) {
    six_communes(bench);
    spit(bench / "dia_diem.csv", "ten,loai,kinh_do,vi_do\n"
                                 "Cảng Đông,cảng,105.35,10.05\nChợ Bốn,chợ,105.05,10.15\n");
    return {"near", "--boundaries", "xa.shp", "--places", "dia_diem.csv"};
}

std::set<std::string> codes(const Json& list) {
    std::set<std::string> out;
    for (const auto& one : list)
        out.insert(one.is_object() ? one.at("code").get<std::string>() : one.get<std::string>());
    return out;
}
using Codes = std::set<std::string>;

std::map<std::string, double> distances(const Json& report) {
    std::map<std::string, double> out;
    for (const auto& unit : report.at("units")) out[unit.at("code")] = unit.at("distance_m");
    return out;
}

} // namespace

TEST_CASE("communes within a distance of a port, with the nearest named") {
    const Bench bench;
    const auto flags = six_with_places(bench);
    const auto report = bench.json(flags + Words{"--to", "port", "--within", "8km"});
    INFO(report.dump(1));
    CHECK(report.at("measured") == 6);
    CHECK(report.at("count") == 2);
    REQUIRE(report.at("units").size() == 2);
    CHECK(report.at("units")[0].at("code") == "00003"); // nearest first
    CHECK(report.at("units")[0].at("place") == "Cảng Đông");
    CHECK(report.at("units")[0].at("kind") == "port");
    CHECK(report.at("units")[0].at("distance_m").get<double>() == Approx(kPort3).epsilon(1e-3));
    CHECK(report.at("units")[1].at("code") == "00006");
    CHECK(report.at("units")[1].at("distance_m").get<double>() == Approx(kPort6).epsilon(1e-3));
    CHECK(report.at("changes_at_110_percent").empty());                 // 8.8 km
    CHECK(codes(report.at("changes_at_90_percent")) == Codes{"00006"}); // 7.2 km
    const auto text = bench.run(flags + Words{"--to", "port", "--within", "8km"});
    CHECK(text.code == 0);
    CHECK(contains(text.out, "2 of 6 communes lie within 8 km"));
    CHECK(contains(text.out, "Cảng Đông"));
}

TEST_CASE("several kinds at once, farther than, the nearest few, rings") {
    const Bench bench;
    const auto flags = six_with_places(bench);
    const auto both = bench.json(flags + Words{"--within", "6km", "--nearest", "2"});
    // The market lies in 4; 1 and 5 are half a square away: 5.5 km, as is 3 from the port.
    CHECK(codes(both.at("units")) == Codes{"00001", "00003", "00004", "00005"});
    CHECK(distances(both).at("00004") == 0);
    CHECK(both.at("units")[0].at("places").size() == 1); // the port is farther than 6 km
    const auto far = bench.json(flags + Words{"--to", "port", "--farther-than", "16km"});
    CHECK(codes(far.at("units")) == Codes{"00001", "00002", "00004", "00005"});
    CHECK(distances(far).at("00002") == Approx(kPort2).epsilon(1e-3));
    CHECK(far.at("units")[0].at("code") != "00002"); // the farthest first
    const auto rings = bench.json(flags + Words{"--to", "port", "--rings", "0-6,6-10,10-20km"});
    std::map<std::string, int> ring;
    for (const auto& unit : rings.at("units")) ring[unit.at("code")] = unit.at("ring");
    CHECK(ring.at("00003") == 1);
    CHECK(ring.at("00006") == 2);
    CHECK(ring.at("00002") == 3);
    CHECK(ring.at("00005") == 3);
    CHECK(ring.size() == 4);
    bench.json(flags + Words{"--to", "port", "--rings", "0-6,6-10,10-20km", "--lang", "en", "--out",
                             "vong.csv"});
    const auto table = slurp(bench / "vong.csv");
    CHECK(contains(table, ",Ring"));
    CHECK(contains(table, "within 6 km"));
    CHECK(contains(table, "over 6 to 10 km"));
    CHECK(contains(table, "over 10 to 20 km"));
    bench.json(flags +
               Words{"--to", "port", "--within", "6km", "--lang", "en", "--out", "moi.csv"});
    CHECK_FALSE(contains(slurp(bench / "moi.csv"), ",Ring"));
    const auto inside =
        bench.json(flags + Words{"--to", "port", "--rule", "centroid", "--within", "12km"});
    CHECK(codes(inside.at("units")) == Codes{"00003"}); // its middle is 10.96 km off
}

TEST_CASE("shares of ground and of people") {
    const Bench bench;
    auto flags = six_with_places(bench);
    // A zone that covers the right half of commune 1 and the left half of 2.
    spit(bench / "kcn.geojson", collection({feature(R"("ten":"KCN A")", square(105.05, 10.0))}));
    flags[4] = "industrial_zone=kcn.geojson";
    const auto half =
        bench.json(flags + Words{"--rule", "area-share", "--share", "0.45", "--within", "1m"});
    CHECK(codes(half.at("units")) == Codes{"00001", "00002"});
    for (const auto& unit : half.at("units"))
        CHECK(unit.at("share").get<double>() == Approx(0.5).epsilon(2e-3));
    CHECK(bench.json(flags + Words{"--rule", "area-share", "--share", "0.6", "--within", "1m"})
              .at("count") == 0);
    // 1: 900 of 1,000 live in the zone; 2: 4 of 1,000; 3: 5 of 1,000 lie outside, all near none.
    spit(bench / "ap.csv", "kinh_do,vi_do,dan_so\n105.07,10.05,900\n105.02,10.05,100\n"
                           "105.12,10.05,996\n105.18,10.05,4\n105.25,10.05,1000\n");
    const auto people = flags + Words{"--rule", "population-share", "--share", "0.5",   "--within",
                                      "100m",   "--people",         "ap.csv",  "--out", "gan.csv"};
    const auto report = bench.json(people);
    INFO(report.dump(1));
    CHECK(codes(report.at("units")) == Codes{"00001", "00002"});
    CHECK(report.at("nobody") == 3); // 4, 5, 6
    CHECK(report.at("masked") == 1);
    for (const auto& unit : report.at("units"))
        if (unit.at("code") == "00001")
            CHECK(unit.at("share") == 0.9);
        else
            CHECK(unit.at("share").is_null()); // whoever knows the 1,000 could count four
    CHECK(contains(slurp(bench / "gan.csv.masked.csv"), "00002"));
    const auto internal = bench.json(people + Words{"--classification", "internal"});
    for (const auto& unit : internal.at("units")) CHECK_FALSE(unit.at("share").is_null());
    CHECK_FALSE(fs::exists(bench / "gan.csv.masked.csv"));
}

TEST_CASE("settlements in metres of another zone are read in the zone that is stated") {
    const Bench bench;
    auto flags = six_with_places(bench);
    spit(bench / "kcn.geojson", collection({feature(R"("ten":"KCN A")", square(105.05, 10.0))}));
    flags[4] = "industrial_zone=kcn.geojson";
    spit(bench / "ap.csv", "kinh_do,vi_do,dan_so\n105.07,10.05,900\n105.02,10.05,100\n"
                           "105.12,10.05,600\n105.18,10.05,400\n");
    // The same settlements in the zone of 104 degrees, by another program.
    bench.tool({"ogr2ogr", "-f", "CSV", "ap_m.csv", "ap.csv", "-oo", "X_POSSIBLE_NAMES=kinh_do",
                "-oo", "Y_POSSIBLE_NAMES=vi_do", "-s_srs", "EPSG:4326", "-t_srs", "EPSG:9206",
                "-select", "dan_so", "-lco", "GEOMETRY=AS_XY"});
    const auto shares = [&](const std::string& people) {
        std::map<std::string, double> out;
        const auto report = bench.json(flags + Words{"--rule", "population-share", "--share", "0.5",
                                                     "--within", "100m", "--people", people});
        for (const auto& unit : report.at("units")) out[unit.at("code")] = unit.at("share");
        return out;
    };
    const auto degrees = shares("ap.csv");
    CHECK(degrees == std::map<std::string, double>{{"00001", 0.9}, {"00002", 0.6}});
    CHECK(shares("ap_m.csv;crs=EPSG:9206") == degrees);
    CHECK(shares("ap_m.csv").empty()); // of the zone of the map they would be far away
    check_refusal(
        bench.run(flags + Words{"--rule", "population-share", "--people", "ap_m.csv;crs=9206x"}), 4,
        "9206x");
}

TEST_CASE("coast and border from the outer border, and by hand") {
    const Bench bench;
    const auto flags = six_with_places(bench);
    spit(bench / "bo_bien.geojson", line_feature("[[104.9,9.99],[105.4,9.99]]"));
    spit(bench / "bien_gioi.geojson", line_feature("[[104.9,10.21],[105.4,10.21]]"));
    const Words lines{"--line", "coast=bo_bien.geojson", "--line", "border=bien_gioi.geojson"};
    const auto report = bench.json(flags + lines + Words{"--to", "coast", "--within", "0m"});
    INFO(report.dump(1));
    CHECK(codes(report.at("outline").at("coast")) == Codes{"00001", "00002", "00003"});
    CHECK(codes(report.at("outline").at("border")) == Codes{"00004", "00005", "00006"});
    CHECK(codes(report.at("units")) == Codes{"00001", "00002", "00003"});
    // A plain line is measured to as it is: 0.01 degree south of the communes.
    const auto river = bench.json(
        flags + Words{"--line", "song=bo_bien.geojson", "--to", "song", "--within", "2km"});
    // The line is straight on the map where the parallel is bent: by up to 10 m on its 55 km.
    CHECK(distances(river).at("00001") == Approx(1101).margin(12));
    CHECK(river.at("outline").empty());
    const auto corrected =
        bench.json(flags + lines +
                   Words{"--to", "coast", "--within", "0m", "--outline", "coast=-00002,00006"});
    CHECK(codes(corrected.at("outline").at("coast")) == Codes{"00001", "00003", "00006"});
    const auto by_hand = bench.json(flags + Words{"--to", "border", "--outline", "border=00004"});
    CHECK(codes(by_hand.at("outline").at("border")) == Codes{"00004"});
    check_refusal(bench.run(flags + Words{"--to", "coast"}), 2, "--line coast=");
    check_refusal(bench.run(flags + Words{"--outline", "coast=99999"}), 2, "99999");
    spit(bench / "xa_bien.geojson", line_feature("[[104.9,8],[105.4,8]]"));
    check_refusal(bench.run(flags + Words{"--line", "coast=xa_bien.geojson"}), 4, "3 km");
}

TEST_CASE("the answer as table, layer, waypoints and map") {
    const Bench bench;
    const auto flags = six_with_places(bench) + Words{"--to", "port", "--within", "8km"};
    for (const char* out :
         {"g.csv", "g.xlsx", "g.ods", "g.gpkg", "g.geojson", "g.shp", "g.kml", "g.gpx"}) {
        INFO(out);
        const auto report = bench.json(flags + Words{"--out", out});
        CHECK(report.at("files")[0] == out);
        CHECK(fs::file_size(bench / out) > 0);
    }
    const auto csv = slurp(bench / "g.csv");
    CHECK(contains(csv, "00003"));
    CHECK(contains(csv, "Cảng Đông"));
    CHECK_FALSE(contains(csv, "00001"));
    for (const char* layer : {"g.gpkg", "g.geojson", "g.shp", "g.kml", "g.gpx"}) {
        INFO(layer);
        const auto said = bench.tool({"ogrinfo", "-q", "-al", "-geom=NO", layer});
        CHECK(contains(said, "00003"));
        CHECK(contains(said, "00006"));
        CHECK_FALSE(contains(said, "00002"));
    }
    bench.json(six_with_places(bench) +
               Words{"--to", "port", "--rings", "0-6,6-10km", "--map", "g.svg"});
    CHECK(contains(slurp(bench / "g.svg").substr(0, 400), "<svg"));
    const auto again = bench.json(flags + Words{"--map", "g.png"});
    CHECK(slurp(bench / "g.png").starts_with("\x89PNG"));
    CHECK(again.at("count") == 2);
}

TEST_CASE("what near refuses, and how it says so") {
    const Bench bench;
    const auto flags = six_with_places(bench);
    const auto unknown = bench.run(flags + Words{"--to", "airport"});
    check_refusal(unknown, 2, "airport");
    CHECK(contains(unknown.err, "port, market")); // the kinds there are
    check_refusal(bench.run({"near", "--boundaries", "xa.shp"}), 2, "--places");
    check_refusal(bench.run(flags + Words{"--within", "5"}), 2, "5km");
    check_refusal(bench.run(flags + Words{"--rule", "area-share", "--share", "2"}), 2, "1");
    check_refusal(bench.run(flags + Words{"--rule", "population-share"}), 2, "--people");
    check_refusal(bench.run(flags + Words{"--rule", "area-share", "--farther-than", "5km"}), 2,
                  "edge");
    check_refusal(bench.run(flags + Words{"--out", "g.doc"}), 2, ".doc");
    check_refusal(bench.run(flags + Words{"--map", "g.doc"}), 2, "g.doc");
    check_refusal(bench.run(flags + Words{"--line", "song=khong_co.shp"}), 3, "khong_co.shp");
    spit(bench / "trong.csv", "ten,loai,kinh_do,vi_do\n");
    check_refusal(bench.run({"near", "--boundaries", "xa.shp", "--places", "trong.csv"}), 4,
                  "--places");
    spit(bench / "khong_dan.csv", "ten,kinh_do,vi_do\nẤp,105.05,10.05\n");
    check_refusal(
        bench.run(flags + Words{"--rule", "population-share", "--people", "khong_dan.csv"}), 4,
        "khong_dan.csv");
}

TEST_CASE("zones that cross themselves, a zone inside a commune, a port in the sea, far islands") {
    const Bench bench;
    auto six = six_features();
    // Far off: 1,000 km to the east.
    six.push_back(feature(R"("ma_xa":"00007","ten_xa":"Đảo Xa")", square(114.5, 10.0)));
    spit(bench / "xa.geojson", collection(six));
    spit(bench / "kcn.geojson",
         collection({feature(R"("ten":"Nơ")",
                             "[[[105.02,10.02],[105.08,10.08],[105.08,10.02],[105.02,10.08],"
                             "[105.02,10.02]]]")}));
    const auto zone = bench.json({"near", "--boundaries", "xa.geojson", "--places",
                                  "industrial_zone=kcn.geojson", "--within", "3km"});
    CHECK(codes(zone.at("units")) == Codes{"00001", "00002", "00004"});
    CHECK(distances(zone).at("00001") == 0); // it lies inside
    spit(bench / "cang.csv", "ten,kinh_do,vi_do\nCảng nổi,110,10.05\n");
    const auto sea = bench.json({"near", "--boundaries", "xa.geojson", "--places", "port=cang.csv",
                                 "--farther-than", "480km"});
    // From 105.3 and from 114.5 to 110 degrees: about 515 and 493 km; all are farther than 480 km.
    CHECK(sea.at("count") == 7);
    CHECK(distances(sea).at("00007") == Approx(493'500).epsilon(2e-3));
    CHECK(distances(sea).at("00003") == Approx(515'400).epsilon(2e-3));
}

TEST_CASE("distances across the antimeridian are those on the ground, not around the Earth") {
    const Bench bench;
    Words features;
    const double west[] = {179.8, 179.9, -180, -179.9}; // a row of four, the line in its middle
    for (int i = 0; i < 4; ++i)
        features.push_back(
            feature(R"("ma_xa":"0000)" + std::to_string(i + 1) + "\"", square(west[i], -17)));
    spit(bench / "dao.geojson", collection(features));
    spit(bench / "cang.csv", "ten,kinh_do,vi_do\nCảng,-179.95,-16.95\n"); // in the third
    const auto near = distances(bench.json(
        {"near", "--boundaries", "dao.geojson", "--places", "port=cang.csv", "--within", "50km"}));
    // A twentieth of a degree of that parallel, by SpatiaLite on the ellipsoid.
    const double step = std::stod(bench.tool(
        {"spatialite", "-silent", ":memory:",
         "SELECT ST_Distance(MakePoint(10, -16.95, 4326), MakePoint(10.05, -16.95, 4326), 1);"}));
    REQUIRE(near.size() == 4);
    CHECK(near.at("00003") == 0);
    CHECK(near.at("00002") == Approx(step).epsilon(1e-3));
    CHECK(near.at("00004") == Approx(step).epsilon(1e-3));
    CHECK(near.at("00001") == Approx(3 * step).epsilon(1e-3));
}

TEST_CASE("zones that are drawn badly are measured to all the same, none makes the others fail") {
    const Bench bench;
    spit(bench / "xa.geojson", collection(six_features()));
    const auto zone = [](const std::string& name, const std::string& rings) {
        return feature("\"ten\":\"" + name + "\"", rings);
    };
    spit(bench / "kcn.geojson",
         collection(
             {zone("Không diện tích",
                   "[[[105.05,10.05],[105.06,10.05],[105.05,10.05],[105.05,10.05]]]"),
              zone("Lặp đỉnh", "[[[105.15,10.05],[105.15,10.05],[105.16,10.05],[105.16,10.06],"
                               "[105.16,10.06],[105.15,10.05]]]"),
              zone("Lỗ ở ngoài", "[[[105.25,10.05],[105.26,10.05],[105.26,10.06],[105.25,10.05]],"
                                 "[[105.45,10.05],[105.46,10.05],[105.46,10.06],[105.45,10.05]]]"),
              R"({"type":"Feature","properties":{"ten":"Chồng nhau"},"geometry":)"
              R"({"type":"MultiPolygon","coordinates":[)" +
                  square(105.05, 10.15, 0.02) + "," + square(105.06, 10.16, 0.02) + "]}}",
              zone("Không khép", "[[[105.15,10.15],[105.16,10.15],[105.16,10.16]]]")}));
    const auto report = bench.json({"near", "--boundaries", "xa.geojson", "--places",
                                    "industrial_zone=kcn.geojson", "--within", "1km"});
    CHECK(report.at("places") == 5);
    const auto near = distances(report);
    REQUIRE(near.size() == 5); // each zone lies in a commune of its own, none near 6
    for (const auto& [code, distance] : near) {
        INFO(code);
        CHECK(distance == 0);
    }
    CHECK_FALSE(near.contains("00006"));
}

TEST_CASE("layers without anything in them are no places to measure to") {
    const Bench bench;
    spit(bench / "xa.geojson", collection(six_features()));
    spit(bench / "trong.geojson", R"({"type":"FeatureCollection","features":[]})");
    bench.tool({"ogr2ogr", "trong.gpkg", "xa.geojson", "-where", "1 = 0"});
    for (const char* file : {"trong.geojson", "trong.gpkg"}) {
        INFO(file);
        check_refusal(bench.run({"near", "--boundaries", "xa.geojson", "--places", file}), 4,
                      "--places");
        // Beside others it only adds nothing.
        spit(bench / "cang.csv", "ten,kinh_do,vi_do\nCảng,105.05,10.05\n");
        const auto report = bench.json({"near", "--boundaries", "xa.geojson", "--places", file,
                                        "--places", "cang.csv", "--within", "1km"});
        CHECK(codes(report.at("units")) == Codes{"00001"});
    }
    check_refusal(bench.run({"near", "--boundaries", "xa.geojson", "--line", "song=trong.gpkg"}), 4,
                  "trong.gpkg");
}

TEST_CASE("a hundred thousand places are read, measured to and kept") {
    const Bench bench;
    spit(bench / "xa.geojson", collection(six_features()));
    // A grid over the lower row, the last of them far off.
    std::ostringstream rows;
    rows.precision(9);
    rows << "lon,lat\n";
    for (int i = 0; i < 99'999; ++i)
        rows << 105.001 + 0.298 * (i % 1000) / 1000 << ',' << 10.001 + 0.098 * (i / 1000) / 100
             << '\n';
    rows << "108,10\n";
    spit(bench / "diem.csv", rows.str());
    const auto report = bench.json(
        {"near", "--boundaries", "xa.geojson", "--places", "diem.csv", "--within", "1km"});
    CHECK(report.at("places") == 100'000);
    const auto near = distances(report);
    REQUIRE(near.size() == 6);
    for (const char* code : {"00001", "00002", "00003"}) CHECK(near.at(code) == 0);
    for (const char* code : {"00004", "00005", "00006"}) CHECK(near.at(code) < 300);
    bench.json({"store", "init", "kho.sqlite", "--boundaries", "xa.geojson", "--vintage", "2009"});
    const auto added = bench.json({"store", "places", "add", "kho.sqlite", "--file", "diem.csv"});
    CHECK(added.at("added").get<int>() + added.at("revised").get<int>() == 100'000);
    CHECK(distances(bench.json(
              {"near", "--store", "kho.sqlite", "--vintage", "2009", "--within", "1km"})) == near);
}

// ---- Real communes -----------------------------------------------------------------------------

TEST_CASE("border communes of An Giang, coastal ones of Sóc Trăng and Quảng Ninh, by name",
          "[geodata]") {
    const auto communes = geodata("communes_2009/communes_2009.shp.zip");
    const auto border = geodata("base/gshhg_f_border_vnregion.shp.zip");
    const auto coast = geodata("base/gshhg_f_coast_vnregion.shp.zip");
    if (!communes || !border || !coast) return;
    const Bench bench;
    const auto report = bench.json(
        {"near", "--boundaries", communes->string(), "--line", "border=" + border->string(),
         "--line", "coast=" + coast->string(), "--within", "0m", "--to", "border"});
    const auto of_province = [&](const char* kind, const std::string& first,
                                 const std::string& last) {
        Codes out;
        for (const auto& code : codes(report.at("outline").at(kind)))
            if (code >= first && code <= last) out.insert(code);
        return out;
    };
    CHECK(of_province("border", "30280", "30729") ==
          Codes{"30340", "30341", "30343", "30346", "30349", "30352", "30355", "30370", // An Phú
                "30379", "30382",                   // Tân Châu
                "30328", "30331",                   // Châu Đốc
                "30511", "30514", "30520", "30529", // Tịnh Biên
                "30550", "30556"});                 // Tri Tôn
    CHECK(of_province("coast", "30280", "30729").empty());
    CHECK(of_province("coast", "31498", "31813") == Codes{"31636", // Cù Lao Dung
                                                          "31681", // Trung Bình, now of Trần Đề
                                                          "31783", "31795", "31798", "31801",
                                                          "31804", "31807", "31810"}); // Vĩnh Châu
    CHECK(of_province("border", "31498", "31813").empty());
    // Quảng Ninh: islands whose communes are sea for the most part, and towns on rivers.
    const auto quang_ninh = of_province("coast", "06649", "07222");
    for (const char* island : {"07024", "07192", "07198", "06757"}) { // Quan Lạn, Cô Tô, Vĩnh Thực
        INFO(island);
        CHECK(quang_ninh.contains(island));
    }
    for (const char* river : {"06817", "06826", "07147", "07162"}) { // Uông Bí, the Bạch Đằng
        INFO(river);
        CHECK_FALSE(quang_ninh.contains(river));
    }
}

TEST_CASE("a province without its neighbours has the same coast and border, asked by queries",
          "[geodata]") {
    const auto communes = geodata("communes_2009/communes_2009.shp.zip");
    const auto border = geodata("base/gshhg_f_border_vnregion.shp.zip");
    const auto coast = geodata("base/gshhg_f_coast_vnregion.shp.zip");
    if (!communes || !border || !coast) return;
    const Bench bench;
    // Rivers part both from other provinces: the shoreline goes up them, and is no coast there.
    const auto province = [&](const std::string& code) {
        const auto file = "t" + code + ".gpkg";
        bench.tool({"ogr2ogr", file, "/vsizip/" + communes->string(), "-where",
                    "ma_tinh = '" + code + "'", "-nlt", "PROMOTE_TO_MULTI"});
        return Words{"--boundaries", file,
                     "--line",       "border=" + border->string(),
                     "--line",       "coast=" + coast->string()};
    };
    const auto named = [&](const std::string& query, const Words& flags) {
        std::set<std::string> out;
        const auto found = bench.json(Words{"query", query} + flags);
        for (const auto& unit : found.at("units"))
            out.insert(unit.at("district").get<std::string>() + "/" +
                       unit.at("name").get<std::string>());
        return out;
    };
    const auto an_giang = province("89");
    CHECK(named("on(border)", an_giang) ==
          Codes{"Thị xã Châu Đốc/Xã Vĩnh Ngươn", "Thị xã Châu Đốc/Xã Vĩnh Tế",
                "Huyện An PHú/Xã Khánh An", "Huyện An PHú/Thị trấn Long Bình",
                "Huyện An PHú/Xã Khánh Bình", "Huyện An PHú/Xã Quốc Thái",
                "Huyện An PHú/Xã Nhơn Hội", "Huyện An PHú/Xã Phú Hữu", "Huyện An PHú/Xã Phú Hội",
                "Huyện An PHú/Xã Vĩnh Hội Đông", "Huyện Tân Châu/Xã Phú Lộc",
                "Huyện Tân Châu/Xã Vĩnh Xương", "Huyện Tịnh Biên/Xã Nhơn Hưng",
                "Huyện Tịnh Biên/Xã An Phú", "Huyện Tịnh Biên/Thị trấn Tịnh Biên",
                "Huyện Tịnh Biên/Xã An Nông", "Huyện Tri Tôn/Xã Lạc Quới",
                "Huyện Tri Tôn/Xã Vĩnh Gia"});
    check_refusal(bench.run(Words{"query", "on(coast)"} + an_giang), 4, "3 km");
    const auto soc_trang = province("94");
    CHECK(named("on(coast)", soc_trang) ==
          Codes{"Huyện Cù Lao Dung/Xã An Thạnh Nam", "Huyện Long Phú/Xã Trung Bình",
                "Huyện Vĩnh Châu/Thị trấn Vĩnh Châu", "Huyện Vĩnh Châu/Xã Vĩnh Hải",
                "Huyện Vĩnh Châu/Xã Lạc Hòa", "Huyện Vĩnh Châu/Xã Vĩnh Châu",
                "Huyện Vĩnh Châu/Xã Vĩnh Phước", "Huyện Vĩnh Châu/Xã Vĩnh Tân",
                "Huyện Vĩnh Châu/Xã Lai Hòa"});
    CHECK(named("on(coast) and next_to(on(coast))", soc_trang).size() >= 5);
}
