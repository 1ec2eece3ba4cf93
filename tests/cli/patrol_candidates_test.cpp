// Bases of `patrol cover` chosen among communes of a query, or among places.
//
//   4 5 6    squares of 0.1 degree: about 10.96 km from middle to middle along a row, 11.06 km
//   1 2 3    from row to row; 11 22 33 people below, 44 55 and nothing known above
#include "cli/pdf.hpp"
#include "cli/program.hpp"

#include <array>
#include <set>
#include <sstream>

using namespace diaban::test;

namespace {

Words six_covered(const Bench& bench) {
    return Words{"patrol", "cover"} + six_joined(bench) +
           Words{"--indicator", "so_nguoi", "--year", "2011"};
}
const Words kOne{"--bases", "1"};

// A port between 4 and 5, one in the middle of 2, a market far off.
Words six_with_ports(const Bench& bench, const Words& covered) {
    spit(bench / "dia_diem.csv", "ten,loai,kinh_do,vi_do\n"
                                 "Cảng Bắc,cảng,105.1,10.15\nCảng Nam,cảng,105.15,10.05\n"
                                 "Chợ Xa,chợ,108,14\n");
    return covered + Words{"--within", "6km", "--places", "dia_diem.csv"};
}

std::set<std::string> reached(const Json& group) {
    std::set<std::string> out;
    for (const auto& one : group.at("communes")) out.insert(one.at("code").get<std::string>());
    return out;
}
using Codes = std::set<std::string>;

// "X,Y,name" of the points of a layer, in degrees, as GDAL reads them.
std::vector<std::array<std::string, 3>> points_in(const Bench& bench, const std::string& file) {
    Words asked{"ogr2ogr", "-f",        "CSV",  "/vsistdout/",   file,
                "-t_srs",  "EPSG:4326", "-lco", "GEOMETRY=AS_XY"};
    if (file.ends_with(".gpx")) asked.push_back("waypoints"); // of its layers
    std::istringstream text(bench.tool(asked));
    std::vector<std::array<std::string, 3>> out;
    std::string line;
    std::getline(text, line); // header
    while (std::getline(text, line)) {
        std::array<std::string, 3> one;
        const auto first = line.find(','), second = line.find(',', first + 1);
        one[0] = line.substr(0, first);
        one[1] = line.substr(first + 1, second - first - 1);
        one[2] = line.substr(second + 1);
        out.push_back(one);
    }
    return out;
}

} // namespace

TEST_CASE("only the communes of a query may be bases, and all others count as before") {
    const Bench bench;
    const auto all = six_covered(bench) + Words{"--within", "12km"}, cover = all + kOne;
    CHECK(bench.json(cover).at("plan")[0].at("base") == "00002"); // without any
    const auto one = bench.json(cover + Words{"--candidates", "code = 00001"});
    CHECK(one.at("plan")[0].at("base") == "00001");
    CHECK(one.at("objective") == 77); // 11 + 22 + 44
    CHECK(one.at("burden") == 165);
    CHECK(one.at("proven") == true);
    CHECK(one.at("candidates") == 1);
    // Of several the best: from 3 only 22 + 33 lie within.
    const Words two{"--candidates", "code = 00001 or code = 00003"};
    CHECK(bench.json(cover + two).at("plan")[0].at("base") == "00001");
    CHECK(contains(bench.run(cover + two).out, "among 2 communes"));
    // Codes and names of communes do as well.
    CHECK(bench.json(cover + Words{"--candidates", "00003,Tân 1"}).at("plan")[0].at("base") ==
          "00001");
    // One that takes no part itself: of 22 + 33 + 55 it reaches the second and the third.
    const auto beside =
        bench.json(cover + Words{"--select", "00002,00003,00005", "--candidates", "code = 00006"});
    CHECK(beside.at("plan")[0].at("base") == "00006");
    CHECK(beside.at("burden") == 110);
    CHECK(beside.at("objective") == 88);
    CHECK(reached(beside.at("plan")[0]) == Codes{"00003", "00005", "00006"});

    check_refusal(bench.run(cover + Words{"--candidates", "khong co"}), 2, "khong co");
    check_refusal(bench.run(cover + Words{"--candidates", "code ="}), 2, "Column");
    check_refusal(bench.run(cover + Words{"--candidates", " "}), 2, "--candidates");
    check_refusal(bench.run(cover + Words{"--candidates", "code = 00001 and not code = 00001"}), 2,
                  "there would be no base");
    check_refusal(bench.run(cover + Words{"--candidates", "00001", "--forbid", "00001"}), 2,
                  "may be a base");
    check_refusal(bench.run(all + Words{"--bases", "3"} + two), 2, "only 2 may be one");
    auto sectors = all;
    sectors[1] = "sectors";
    check_refusal(bench.run(sectors + two), 2, "(patrol cover)");
}

TEST_CASE("a saved query gives the communes that may be bases, by its name") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words project{"--project", "mau/tinh_mau.diaban"};
    const auto answer =
        bench.json(Words{"query", "status(2015) = hot", "--save", "diem nong"} + project);
    Codes meant;
    for (const auto& unit : answer.at("units")) meant.insert(unit.at("code"));
    REQUIRE(meant.size() > 2);
    const auto cover = Words{"patrol", "cover", "--bases", "2", "--goal", "median"} + project;
    const auto made =
        bench.json(cover + Words{"--candidates", "diem nong", "--save", "căn cứ ở điểm nóng"});
    CHECK(made.at("candidates") == meant.size());
    CHECK(made.at("burden") == 60);
    for (const auto& group : made.at("plan"))
        CHECK(meant.contains(group.at("base").get<std::string>()));
    // What is kept is the communes: made again, it is the same plan.
    CHECK(bench.json(Words{"patrol", "cover", "--saved", "căn cứ ở điểm nóng"} + project)
              .at("plan") == made.at("plan"));
    check_refusal(bench.run(cover + Words{"--candidates", "khong co"}), 2, "diem nong");
}

TEST_CASE("bases are places, named, measured from where they lie") {
    const Bench bench;
    const auto covered = six_covered(bench), places = six_with_ports(bench, covered);
    const Words port{"--candidates-at", "port"};
    const auto ports = places + kOne + port;
    const auto report = bench.json(ports);
    INFO(report.dump(1));
    const auto& base = report.at("plan")[0];
    CHECK(base.at("base").is_null());
    CHECK(base.at("base_name") == "Cảng Bắc");
    CHECK(base.at("place").at("kind") == "port");
    CHECK(base.at("place").at("name") == "Cảng Bắc");
    CHECK(base.at("lon").get<double>() == Approx(105.1).margin(1e-6));
    CHECK(base.at("lat").get<double>() == Approx(10.15).margin(1e-6));
    CHECK(report.at("objective") == 99); // no commune alone reaches more than its own 55
    CHECK(report.at("candidates") == 2);
    CHECK(report.at("proven") == true);
    CHECK(reached(base) == Codes{"00004", "00005"});
    // 0.05 degrees of the parallel of 10.15 on WGS 84.
    for (const auto& one : base.at("communes"))
        CHECK(one.at("distance_m").get<double>() == Approx(5479.4).epsilon(1e-3));
    CHECK(contains(bench.run(ports).out, "Cảng Bắc"));
    // A base that is there and places: both count.
    const auto both = bench.json(places + port + Words{"--bases", "2", "--at", "00001"});
    CHECK(both.at("plan")[0].at("base") == "00001");
    CHECK(both.at("plan")[1].at("base_name") == "Cảng Bắc");
    CHECK_FALSE(both.at("plan")[0].contains("place"));
    // A commune's base stands at a point inside it.
    for (const std::string goal : {"cover", "median", "centre"}) {
        INFO(goal);
        const auto group =
            bench.json(places + Words{"--goal", goal, "--bases", "1", "--at", "00001"})
                .at("plan")[0];
        CHECK(group.at("lon").get<double>() == Approx(105.05).margin(0.05));
        CHECK(group.at("lat").get<double>() == Approx(10.05).margin(0.05));
    }
    CHECK(both.at("objective") == 110);
    // The least way in all: 22 people are at the one port, 99 at the other.
    CHECK(bench.json(ports + Words{"--goal", "median"}).at("plan")[0].at("base_name") ==
          "Cảng Bắc");

    check_refusal(bench.run(ports + Words{"--candidates-at", "khong"}), 2, "port, market");
    check_refusal(bench.run(places + port + Words{"--bases", "3"}), 2, "only 2 may be one");
    check_refusal(bench.run(places + kOne + Words{"--candidates-at", "market"}), 4,
                  "outside the map");
    check_refusal(bench.run(ports + Words{"--candidates", "00001"}), 2, "--candidates-at");
    check_refusal(bench.run(ports + Words{"--forbid", "00002,00004,00005"}), 2, "may be a base");
    check_refusal(bench.run(covered + kOne + port), 2, "--places");
    // Those off the map are told of where others are left.
    const auto some = bench.run(ports + Words{"--candidates-at", "market"});
    CHECK(some.code == 0);
    CHECK(contains(some.out, "1 more lies outside the map"));
}

TEST_CASE("an area is a base at a point inside it") {
    const Bench bench;
    spit(bench / "kcn.geojson",
         collection({feature(R"("ten":"KCN Tân")", square(105.24, 10.09, 0.02))}));
    const auto report =
        bench.json(six_covered(bench) + kOne +
                   Words{"--goal", "median", "--places", "industrial_zone=kcn.geojson",
                         "--candidates-at", "industrial_zone", "--out", "diem.gpx"});
    CHECK(report.at("plan")[0].at("base_name") == "KCN Tân");
    const auto points = points_in(bench, "diem.gpx");
    REQUIRE(points.size() == 1);
    CHECK(std::stod(points[0][0]) == Approx(105.25).margin(0.01));
    CHECK(std::stod(points[0][1]) == Approx(10.1).margin(0.01));
}

TEST_CASE("bases that are places leave as points with their names") {
    const Bench bench;
    const auto ports =
        six_with_ports(bench, six_covered(bench)) + kOne + Words{"--candidates-at", "port"};
    for (const std::string file : {"kh.gpkg", "kh.geojson", "kh.kml", "kh.shp"}) {
        INFO(file);
        const auto files = bench.json(ports + Words{"--out", file}).at("files");
        REQUIRE(files.size() == 2);
        const auto points = points_in(bench, files[1].get<std::string>());
        REQUIRE(points.size() == 1);
        CHECK(std::stod(points[0][0]) == Approx(105.1).margin(1e-5));
        CHECK(std::stod(points[0][1]) == Approx(10.15).margin(1e-5));
        CHECK(contains(points[0][2], "Cảng Bắc"));
    }
    bench.json(ports + Words{"--out", "kh.gpx"});
    const auto way = points_in(bench, "kh.gpx");
    REQUIRE(way.size() == 1);
    CHECK(std::stod(way[0][0]) == Approx(105.1).margin(1e-5));
    CHECK(contains(way[0][2], "Cảng Bắc"));
    const auto tables = bench.json(ports + Words{"--out", "kh.csv"}).at("files");
    REQUIRE(tables.size() == 2);
    CHECK(contains(slurp(bench / "kh.csv"), "Cảng Bắc"));
    const auto bases = slurp(bench / fs::path(tables[1].get<std::string>()));
    CHECK(contains(bases, "Cảng Bắc"));
    CHECK(contains(bases, "105.1"));
    bench.json(ports + Words{"--orders", "phieu.pdf"});
    const auto pages = pages_of(bench, "phieu.pdf");
    REQUIRE(pages.size() == 1);
    CHECK(contains(pages[0], "Base 1 Cảng Bắc"));
    CHECK(contains(pages[0], "5.5 km"));
}

TEST_CASE("plans of places are stored, made again and compared") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words cover{"patrol", "cover", "--project", "mau/tinh_mau.diaban"};
    const Words at{"--bases", "1", "--candidates-at", "industrial_zone"};
    const auto made = bench.json(cover + at + Words{"--save", "một"});
    const auto name = made.at("plan")[0].at("base_name").get<std::string>();
    REQUIRE_FALSE(name.empty());
    const auto again = bench.json(cover + Words{"--saved", "một"});
    CHECK(again.at("plan") == made.at("plan"));
    const auto other =
        bench.json(cover + Words{"--bases", "1", "--candidates-at", "port", "--compare", "một"});
    const auto port = other.at("plan")[0].at("base_name").get<std::string>();
    const auto& compared = other.at("compared");
    CHECK(compared.at("same") == 0);
    REQUIRE(compared.at("changes").size() == 60);
    CHECK(compared.at("changes")[0].at("before") == name);
    CHECK(compared.at("changes")[0].at("after") == port);
    // A kind given again, and one after the other: both.
    const auto both = bench.json(cover + Words{"--bases", "2", "--candidates-at", "port",
                                               "--candidates-at", "industrial_zone"});
    Codes names;
    for (const auto& group : both.at("plan")) names.insert(group.at("base_name"));
    CHECK(names == Codes{name, port});
}
