// Every verb on six communes whose answers are worked out by hand, on the sample province, and on
// the real ones where they are at hand.
#include "cli/program.hpp"
#include "support/geodata.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace diaban::test;

namespace {

// The first bytes say what a file is.
bool is_png(const fs::path& file) {
    return slurp(file).starts_with("\x89PNG\r\n\x1a\n");
}
bool is_svg(const fs::path& file) {
    return contains(slurp(file).substr(0, 400), "<svg");
}
bool is_pdf(const fs::path& file) {
    return slurp(file).starts_with("%PDF-");
}

std::size_t legend_total(const Json& report) {
    std::size_t total = 0;
    for (const auto& entry : report.at("legend")) total += entry.at("count").get<std::size_t>();
    return total;
}

} // namespace

TEST_CASE("check counts what is in the file") {
    const Bench bench;
    six_communes(bench);
    const auto report = bench.json({"check", "--boundaries", "xa.shp"});
    INFO(report.dump(1));
    CHECK(report.at("features") == 6);
    CHECK(report.at("vertices") == 6 * 5);
    CHECK(report.at("encoding") == "UTF-8");
    CHECK(contains(report.at("crs").get<std::string>(), "4326"));
    // Six squares: 7 inner borders; the outline is cut at the 6 nodes on it where borders end.
    CHECK(report.at("arcs") == 7 + 6);
    CHECK(report.at("findings").empty());
    const auto text = bench.run({"check", "--boundaries", "xa.shp"});
    CHECK(text.code == 0);
    CHECK(contains(text.out, "UTF-8"));
}

TEST_CASE("join reports both sides") {
    const Bench bench;
    const auto flags = six_joined(bench);
    spit(bench / "gia_tri.csv",
         slurp(bench / "gia_tri.csv") + "99999,2010,1,1\n00001,2010,10,1000\n");
    const auto report = bench.json(Words{"join"} + flags + Words{"--out", "doi_chieu.csv"});
    INFO(report.dump(1));
    CHECK(report.at("matched") == 5);
    REQUIRE(report.at("unmatched_units").size() == 1);
    CHECK(report.at("unmatched_units")[0].at("code") == "00006");
    REQUIRE(report.at("unmatched_rows").size() == 1);
    CHECK(report.at("unmatched_rows")[0].at("code") == "99999");
    CHECK(report.at("unmatched_rows")[0].at("row") == 12); // as a person counts in the file
    REQUIRE(report.at("duplicate_rows").size() == 1);
    CHECK(report.at("duplicate_rows")[0].at("row") == 13);
    CHECK(report.at("state").at("observed") == 10);
    CHECK(report.at("state").at("missing") == 2);
    const auto csv = slurp(bench / "doi_chieu.csv");
    for (const char* code : {"00006", "99999", "00001"}) CHECK(contains(csv, code));
}

TEST_CASE("leading zeros that a spreadsheet lost are restored and reported") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "gia_tri.csv", "ma_xa,v\n1,10\n2,20\n3,30\n4,40\n5,50\n6,60\n");
    const auto report =
        bench.json({"join", "--boundaries", "xa.shp", "--db", "gia_tri.csv", "--value", "v"});
    CHECK(report.at("matched") == 6);
    CHECK(report.at("restored_codes") == 6);
}

TEST_CASE("the same table in every format joins the same") {
    const Bench bench;
    six_communes(bench);
    six_values(bench);
    bench.tool({"ogr2ogr", "-f", "GPKG", "a.gpkg", "gia_tri.csv", "-nln", "gia_tri", "-oo",
                "AUTODETECT_TYPE=NO"});
    bench.tool({"ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", "a.sqlite", "gia_tri.csv",
                "-nln", "gia_tri"});
    bench.tool({"ogr2ogr", "-f", "XLSX", "a.xlsx", "gia_tri.csv"});
    bench.tool({"ogr2ogr", "-f", "ODS", "a.ods", "gia_tri.csv"});
    const Words tail{"--key", "ma_xa", "--year-column", "nam", "--value", "so_nguoi"};
    const auto of = [&](const std::string& db) {
        return bench.json(Words{"join", "--boundaries", "xa.shp", "--db", db} + tail);
    };
    const auto csv = of("gia_tri.csv");
    for (const char* db : {"a.gpkg", "a.sqlite", "a.xlsx", "a.ods"}) {
        INFO(db);
        const auto report = of(db);
        CHECK(report.at("matched") == csv.at("matched"));
        CHECK(report.at("state") == csv.at("state"));
    }
}

TEST_CASE("class breaks are pooled over the years") {
    const Bench bench;
    const auto flags = six_joined(bench);
    // 10 to 55 in three equal steps: 10, 25, 40, 55. In 2010: 10 20 | 30 | 40 50, and one unit
    // without.
    const auto report = bench.json(Words{"classes"} + flags +
                                   Words{"--method", "equal", "--k", "3", "--year", "2010"});
    INFO(report.dump(1));
    CHECK(report.at("method") == "equal");
    CHECK(report.at("breaks") == Json({10.0, 25.0, 40.0, 55.0}));
    CHECK(report.at("counts") == Json({2, 1, 2}));
    CHECK(report.at("no_data") == 1);
    const auto later = bench.json(Words{"classes"} + flags +
                                  Words{"--method", "equal", "--k", "3", "--year", "2011"});
    CHECK(later.at("breaks") == report.at("breaks"));
}

TEST_CASE("weights of six squares") {
    const Bench bench;
    six_communes(bench);
    const auto queen = bench.json(
        {"weights", "--boundaries", "xa.shp", "--contiguity", "queen", "--out", "xa.gal"});
    INFO(queen.dump(1));
    CHECK(queen.at("n") == 6);
    CHECK(queen.at("links") == 2 * (7 + 4)); // 7 edges, 4 corners
    CHECK(queen.at("min") == 3);
    CHECK(queen.at("max") == 5);
    CHECK(queen.at("mean").get<double>() == Approx(22.0 / 6));
    CHECK(queen.at("islands").empty());
    CHECK(queen.at("components") == 1);
    // GAL: "0 n layer id", then per unit its id and count, and its neighbours.
    const auto gal = slurp(bench / "xa.gal");
    CHECK(std::count(gal.begin(), gal.end(), '\n') == 1 + 2 * 6);
    CHECK(contains(gal, "00001 3\n"));
    const auto rook = bench.json({"weights", "--boundaries", "xa.shp", "--contiguity", "rook"});
    CHECK(rook.at("links") == 2 * 7);
    const auto nearest =
        bench.json({"weights", "--boundaries", "xa.shp", "--nearest", "2", "--out", "xa.gwt"});
    CHECK(nearest.at("links") == 12);
    CHECK(fs::file_size(bench / "xa.gwt") > 0);
}

TEST_CASE("units without a code are numbered in weights files, and said to be") {
    const Bench bench;
    auto features = six_features();
    for (const std::size_t i : {1u, 4u})
        features[i].replace(features[i].find("0000" + std::to_string(i + 1)), 5, "");
    spit(bench / "xa.geojson", collection(features));
    const Words flags{"weights", "--boundaries", "xa.geojson", "--code", "ma_xa"};
    const auto outcome = bench.run(flags + Words{"--out", "xa.gal"});
    INFO(outcome.err);
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "2 units have no code"));
    CHECK(contains(outcome.out, "Xã Tân 2 (row_2)"));
    CHECK(contains(slurp(bench / "xa.gal"), "row_5 5\n"));
    // What was written is read again, and such a unit can be linked by hand.
    const auto again = bench.json(flags + Words{"--weights", "xa.gal"});
    CHECK(again.at("links") == 2 * (7 + 4));
    REQUIRE(again.at("without_code").size() == 2);
    CHECK(again.at("without_code")[1].at("id") == "row_5");
    const auto drawn = bench.json(flags + Words{"--contiguity", "rook", "--link", "row_5=00001"});
    CHECK(drawn.at("links") == 2 * 7 + 2);
    // Two units of one code are another matter: that one is named.
    features[0].replace(features[0].find("00001"), 5, "00003");
    spit(bench / "xa.geojson", collection(features));
    const auto twice = bench.run(flags + Words{"--out", "hai.gal"});
    CHECK(twice.code == 4);
    CHECK(contains(twice.err, "00003"));
}

TEST_CASE("the unit at a point, in any CRS") {
    const Bench bench;
    six_communes(bench);
    const auto at = [&](const Words& point) {
        return bench.json(Words{"where", "--boundaries", "xa.shp"} + point);
    };
    CHECK(at({"105.15", "10.05"}).at("code") == "00002");
    CHECK(at({"105.25", "10.15"}).at("code") == "00006");
    CHECK(at({"106.5", "10.05"}).at("code").is_null());
    // 105 E, 10 N in UTM zone 48 lies on the central meridian; a bit to the north-east of it.
    CHECK(at({"505000", "1111000", "--point-crs", "EPSG:32648"}).at("code") == "00001");
    // A place 0.01 degrees to the east, which are about 1,096 m at 10 degrees north.
    spit(bench / "cang.csv", "ten,kinh_do,vi_do\nCảng A,105.16,10.05\n");
    const Words place{"105.15", "10.05", "--places", "port=cang.csv"};
    CHECK(at(place + Words{"--reach", "1km"}).at("places").empty());
    const auto near = at(place + Words{"--reach", "1.2km"}).at("places");
    REQUIRE(near.size() == 1);
    CHECK(near[0].at("kind") == "port");
    CHECK(near[0].at("name") == "Cảng A");
    CHECK(std::abs(near[0].at("distance_m").get<double>() - 1096) < 5);
    check_refusal(
        bench.run({"where", "--boundaries", "xa.shp", "105.15", "10.05", "--reach", "near"}), 2,
        "--reach");
    // A river along the meridian there, and a far one before it in the same file.
    spit(bench / "song.geojson",
         collection({R"({"type":"Feature","properties":{},"geometry":{"type":"LineString",)"
                     R"("coordinates":[[105.9,10.0],[105.9,10.1]]}})",
                     R"({"type":"Feature","properties":{},"geometry":{"type":"LineString",)"
                     R"("coordinates":[[105.16,10.0],[105.16,10.1]]}})"}));
    const Words river{"105.15", "10.05", "--lines", "song.geojson;name=Sông Cái;kind=river"};
    const auto passing = at(river + Words{"--reach", "1.2km"}).at("lines");
    REQUIRE(passing.size() == 1);
    CHECK(passing[0].at("name") == "Sông Cái");
    CHECK(passing[0].at("kind") == "river");
    CHECK(std::abs(passing[0].at("distance_m").get<double>() - 1096) < 5);
    CHECK(at(river + Words{"--reach", "1km"}).at("lines").empty());
    CHECK(at(river).at("lines").empty());
    const auto told = bench.run(Words{"where", "--boundaries", "xa.shp", "--reach", "2km"} + river);
    CHECK(contains(told.out, "Lines: Sông Cái, 1,"));
    check_refusal(bench.run({"where", "--boundaries", "xa.shp", "105.15", "10.05", "--reach", "1km",
                             "--lines", "khong_co.shp"}),
                  3, "khong_co.shp");
}

TEST_CASE("maps as PNG, SVG and PDF, with a legend that adds up") {
    const Bench bench;
    const auto flags = six_joined(bench);
    for (const std::string extension : {"png", "svg", "pdf"}) {
        const auto file = "ban_do." + extension;
        const auto report = bench.json(
            Words{"map"} + flags + Words{"--year", "2011", "--out", file, "--size", "800x600px"});
        INFO(report.dump(1));
        REQUIRE(fs::exists(bench / file));
        CHECK(legend_total(report) == 6);
        CHECK(report.at("no_data") == 1);
        REQUIRE(report.at("files").size() == 1);
    }
    CHECK(is_png(bench / "ban_do.png"));
    CHECK(is_svg(bench / "ban_do.svg"));
    CHECK(is_pdf(bench / "ban_do.pdf"));
    for (const auto& name : names_in(bench.folder.path())) CHECK_FALSE(contains(name, ".part"));
}

TEST_CASE("the same map gives the same bytes") {
    const Bench bench;
    const auto flags = six_joined(bench);
    for (const std::string extension : {"png", "svg", "pdf"}) {
        for (const char* name : {"a.", "b."}) {
            const auto outcome = bench.run(Words{"map"} + flags +
                                           Words{"--out", name + extension, "--size", "800x600px"});
            INFO(outcome.err);
            REQUIRE(outcome.code == 0);
        }
        CHECK(slurp(bench / ("a." + extension)) == slurp(bench / ("b." + extension)));
    }
}

TEST_CASE("one map per year") {
    const Bench bench;
    const auto flags = six_joined(bench);
    const auto report =
        bench.json(Words{"map"} + flags +
                   Words{"--years", "2010-2011", "--out", "nam_{year}.png", "--size", "400x300px"});
    INFO(report.dump(1));
    CHECK(report.at("files").size() == 2);
    CHECK(is_png(bench / "nam_2010.png"));
    CHECK(is_png(bench / "nam_2011.png"));
    CHECK(slurp(bench / "nam_2010.png") != slurp(bench / "nam_2011.png"));
}

TEST_CASE("a wide table is several years") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "rong.csv", "ma_xa,hr60,hr70,hr80\n00001,1,2,3\n00002,4,5,6\n00003,7,8,9\n00004,1,"
                             "1,1\n00005,2,2,2\n00006,3,3,3\n");
    const auto report =
        bench.json({"classes", "--boundaries", "xa.shp", "--db", "rong.csv", "--value", "hr{year}",
                    "--year", "1970", "--method", "equal", "--k", "2"});
    INFO(report.dump(1));
    CHECK(report.at("period") == "1970");
    CHECK(report.at("breaks") == Json({1.0, 5.0, 9.0}));
    CHECK(report.at("counts") == Json({4, 2})); // 2 1 2 3 | 5 8
}

TEST_CASE("classes says what was noticed in the data they come from") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "lap.csv", "ma_xa,v\n00001,1\n00001,2\n00002,3\n00003,4\n");
    const Words words{"classes", "--boundaries", "xa.shp", "--db", "lap.csv", "--value", "v"};
    const auto report = bench.json(words);
    INFO(report.dump(1));
    CHECK_FALSE(report.at("findings").empty());
    CHECK(contains(bench.run(words + Words{"--lang", "en"}).err, "about the data"));
    CHECK(bench.run(words + Words{"--quiet"}).err.empty());
}

TEST_CASE("words that are no status are named where the map is made") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "tt.csv", "ma_xa,tinh_trang\n00001,Trọng điểm\n00002,TĐ\n00003,Có\n00004,TĐ\n"
                           "00005,Đang theo dõi\n00006,Không\n");
    const Words data{"--boundaries", "xa.shp", "--db", "tt.csv"};
    const Words value{"--value", "tinh_trang"};
    for (const Words& verb :
         {Words{"classes"}, Words{"join"}, Words{"map", "--out", "a.png", "--size", "800x600px"}}) {
        CAPTURE(verb.front());
        const auto said = bench.run(verb + data + value + Words{"--lang", "en"});
        CHECK(said.code == 0);
        const auto text = said.out + said.err;
        CHECK(contains(text, "“TĐ” (2; 3), “Đang theo dõi” (1; 6)"));
        CHECK(contains(text, "--word “TĐ=hot”"));
        CHECK(has_kind(bench.json(verb + data + value), "half_statuses"));
    }
    // Words that say the same, and the one that says nothing, have no row beside their own.
    spit(bench / "lap.csv", "ma_xa,tinh_trang\n00001,Trọng điểm\n00002,TĐ\n00003,hot\n"
                            "00004,Không có số liệu\n00005,Đang theo dõi\n00006,TRỌNG ĐIỂM\n");
    const auto once = bench.json(Words{"map", "--boundaries", "xa.shp", "--db", "lap.csv", "--out",
                                       "lap.png", "--size", "800x600px", "--lang", "vi"} +
                                 value);
    std::map<std::string, int> counts;
    for (const auto& row : once.at("legend")) {
        INFO(row.dump());
        CHECK(counts.try_emplace(row.at("label").get<std::string>(), row.at("count").get<int>())
                  .second);
    }
    CHECK(counts ==
          std::map<std::string, int>{
              {"trọng điểm", 3}, {"TĐ", 1}, {"Đang theo dõi", 1}, {"không có số liệu", 1}});
    const auto refused = bench.run(Words{"map", "--out", "b.png"} + data);
    check_refusal(refused, 4, "tt.csv");
    CHECK(contains(refused.err, "“TĐ” (2; 3)"));
    CHECK_FALSE(fs::exists(bench / "b.png"));
}

TEST_CASE("a chart of numbers too large for an axis names the unit, its classes are made") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "lon.csv", "ma_xa,v\n00001,-1.7e308\n00002,2\n00003,0.5\n00004,1.7e308\n"
                            "00005,7\n00006,4\n");
    const Words data{"--boundaries", "xa.shp", "--db", "lon.csv", "--value", "v"};
    for (const char* method : {"equal", "pretty", "sd", "box", "natural"}) {
        CAPTURE(method);
        const auto report = bench.json(Words{"classes", "--method", method} + data);
        std::size_t units = 0;
        for (const auto& count : report.at("counts")) units += count.get<std::size_t>();
        CHECK(units == 6);
        for (const auto& b : report.at("breaks")) CHECK(b.is_number());
    }
    check_refusal(bench.run(Words{"chart", "--out", "c.png"} + data), 4, "-1.7e+308");
    CHECK_FALSE(fs::exists(bench / "c.png"));
}

TEST_CASE("a table with a header and no rows is a map without data, not a crash") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "trong.csv", "ma_xa,nam,v\n");
    const auto report = bench.json({"classes", "--boundaries", "xa.shp", "--db", "trong.csv"});
    CHECK(report.at("no_data") == 6);
}

TEST_CASE("a range of years takes those that have data, and says which have none") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "rong.csv", "ma_xa,hr60,hr70\n00001,1,2\n00002,4,5\n00003,7,8\n00004,1,1\n"
                             "00005,2,2\n00006,3,3\n");
    const Words flags{"map",      "--boundaries", "xa.shp",    "--db",  "rong.csv",      "--value",
                      "hr{year}", "--size",       "800x600px", "--out", "nam_{year}.png"};
    const auto report = bench.json(flags + Words{"--years", "1960-1970"});
    CHECK(report.at("files") == Json({"nam_1960.png", "nam_1970.png"}));
    CHECK(has_kind(report, "years_without_data"));
    const auto said = bench.run(flags + Words{"--years", "1960-1962"});
    INFO(said.err);
    CHECK(contains(said.err, "1961, 1962"));
    CHECK_FALSE(contains(said.err, "finding")); // which no other verb would show
    CHECK(bench.run(flags + Words{"--years", "1961-1969"}).code == 2);
    check_refusal(bench.run(flags + Words{"--years", "60-70"}), 2, "2010-2025");
}

TEST_CASE("the join report is a table in the format that its name says") {
    const Bench bench;
    const auto flags = Words{"join"} + six_joined(bench);
    bench.json(flags + Words{"--out", "doi_chieu.xlsx"});
    CHECK(slurp(bench / "doi_chieu.xlsx").starts_with("PK"));
    bench.json(flags + Words{"--out", "doi_chieu.csv"});
    const auto text = slurp(bench / "doi_chieu.csv");
    CHECK(text.starts_with(
        "\xEF\xBB\xBFproblem,row,code,name,district,period,value,explanation\r\n"));
    CHECK(contains(text, "unmatched_unit,,00006,"));
    CHECK(bench.run(flags + Words{"--out", "doi_chieu.doc"}).code == 2);
}

TEST_CASE("the table of a year: columns, conditions, order, a selection") {
    const Bench bench;
    const auto flags = Words{"table", "--lang", "en"} + six_joined(bench) +
                       Words{"--denominator", "dan_so", "--classification", "internal"};
    const auto table = [&](const Words& more) {
        const auto done = bench.run(flags + more + Words{"--out", "t.csv"});
        INFO(done.err);
        REQUIRE(done.code == 0);
        const auto text = slurp(bench / "t.csv");
        return text.substr(text.find("\n") + 1);
    };
    CHECK(table({"--year", "2010", "--columns", "so_nguoi"}) ==
          "00001,Xã Tân 1,Huyện Đông,10,\r\n00002,Xã Tân 2,Huyện Đông,20,\r\n"
          "00003,Xã Tân 3,Huyện Tây,30,\r\n00004,Xã Tân 4,Huyện Đông,40,\r\n"
          "00005,Xã Tân 5,Huyện Đông,50,\r\n00006,Xã Tân 6,Huyện Tây,,so_nguoi: no data\r\n");
    CHECK(table({"--year", "2011", "--columns", "so_nguoi", "--filter", "so_nguoi=> 30", "--filter",
                 "district=dong", "--sort", "so_nguoi", "--descending"}) ==
          "00005,Xã Tân 5,Huyện Đông,55,\r\n00004,Xã Tân 4,Huyện Đông,44,\r\n");
    CHECK(table({"--columns", "so_nguoi", "--select", "00002"}) ==
          "00002,Xã Tân 2,Huyện Đông,22,\r\n"); // the last year
    CHECK(table({"--columns", "so_nguoi,code", "--select", "00002"}) == "22,00002,\r\n");
    CHECK(bench.json(flags + Words{"--out", "t.xlsx"}).at("rows") == 6);
    // 120 of 6,000 are 20 of 1,000; the mean of the four rates would be 18.75.
    CHECK(table({"--year", "2010", "--columns", "name,so_nguoi,so_nguoi/dan_so", "--group",
                 "district", "--filter", "so_nguoi=> 0"}) ==
          "Huyện Đông (4),120,20,subtotal (communes: 4)\r\n"
          "Xã Tân 1,10,10,\r\nXã Tân 2,20,20,\r\nXã Tân 4,40,20,\r\nXã Tân 5,50,25,\r\n"
          "Huyện Tây (1),30,30,subtotal (communes: 1)\r\nXã Tân 3,30,30,\r\n");
    // What a sum rests on; the name stands in the first column where there is none for it.
    CHECK(table({"--year", "2010", "--columns", "code,so_nguoi", "--group", "district"})
              .find("Huyện Tây (2),30,subtotal (communes: 2); so_nguoi: 1 of 2 communes have "
                    "a figure\r\n") != std::string::npos);
    // Near the largest number there is: no infinity, and no "nan" for a rate.
    spit(bench / "lon.csv", "ma_xa,nam,so_nguoi,dan_so\n00001,2010,1e308,1e308\n"
                            "00002,2010,1e308,1e308\n00003,2010,1e308,1e308\n");
    bench.json({"table", "--boundaries", "xa.shp", "--db", "lon.csv", "--key", "ma_xa",
                "--year-column", "nam", "--value", "so_nguoi", "--denominator", "dan_so",
                "--columns", "name,so_nguoi,so_nguoi/dan_so", "--group", "district", "--out",
                "lon_ra.csv"});
    const auto sums = slurp(bench / "lon_ra.csv");
    INFO(sums);
    CHECK_FALSE(contains(sums, "inf"));
    CHECK_FALSE(contains(sums, "nan"));
    CHECK(contains(sums, "Huyện Đông (4),1e+308,1000,"));
    const auto told = bench.json(flags + Words{"--group", "district", "--out", "t.html"});
    CHECK(told.at("rows") == 6);
    CHECK(told.at("groups") == 2);
    check_refusal(bench.run(flags + Words{"--group", "commune", "--out", "n.csv"}), 2, "--group");
    spit(bench / "one.geojson",
         collection({feature(R"("ma":"1","ten":"Xã Một","n":12)", square(105.0, 10.0))}));
    check_refusal(bench.run({"table", "--lang", "en", "--boundaries", "one.geojson", "--group",
                             "district", "--out", "n.csv"}),
                  4, "one");
    check_refusal(bench.run(flags + Words{"--columns", "so_nguo", "--out", "n.csv"}), 2,
                  "so_nguoi");
    check_refusal(bench.run(flags + Words{"--filter", "so_nguoi=many", "--out", "n.csv"}), 2,
                  "so_nguoi=many");
    check_refusal(bench.run(flags + Words{"--year", "1999", "--out", "n.csv"}), 2, "1999");
    check_refusal(bench.run(flags + Words{"--out", "n.txt"}), 2, "n.txt");
    CHECK_FALSE(fs::exists(bench / "n.csv"));
}

TEST_CASE("quiet says nothing, and a pipe sees no progress bar") {
    const Bench bench;
    const auto flags = six_joined(bench);
    const auto quiet =
        bench.run(Words{"map"} + flags + Words{"--out", "a.png", "--quiet", "--size", "400x300px"});
    CHECK(quiet.code == 0);
    CHECK(quiet.out.empty());
    CHECK(quiet.err.empty());
    const auto loud =
        bench.run(Words{"map"} + flags + Words{"--out", "a.png", "--size", "400x300px"});
    CHECK(loud.code == 0);
    CHECK(loud.out.empty());
    CHECK(contains(loud.err, "a.png"));
    CHECK_FALSE(contains(loud.err, "\r"));
    CHECK_FALSE(contains(loud.err, "\x1b"));
}

TEST_CASE("any number of threads gives the same answer") {
    const Bench bench;
    six_communes(bench);
    const auto one =
        bench.json({"check", "--boundaries", "xa.shp", "--threads", "1", "--no-cache"});
    for (const char* threads : {"2", "8"})
        CHECK(bench.json({"check", "--boundaries", "xa.shp", "--threads", threads, "--no-cache"}) ==
              one);
}

TEST_CASE("any number of threads draws the same picture, with the cache and without") {
    const Bench bench;
    Words data;
    if (const auto country = geodata("communes_2009/communes_2009.shp.zip")) {
        data = {"--boundaries", country->string(),
                "--db",         geodata("indicators/population_commune_census_2019.csv")->string(),
                "--value",      "pop_total"};
    } else {
        // Enough communes for the parallel ways of reading, building and painting.
        bench.json({"sample", "mau", "--communes", "3000"});
        data = {"--project", "mau/tinh_mau.diaban"};
    }
    const auto draw = [&](const Words& how) {
        const auto outcome = bench.run(
            Words{"map"} + data +
            Words{"--size", "900x700px", "--classification", "internal", "--out", "anh.png"} + how);
        INFO(outcome.err);
        REQUIRE(outcome.code == 0);
        return slurp(bench / "anh.png");
    };
    const auto one = draw({"--threads", "1", "--no-cache"});
    CHECK(one.size() > 20'000);
    CHECK(draw({"--threads", "2", "--no-cache"}) == one);
    CHECK(draw({"--threads", "7", "--no-cache"}) == one);
    draw({}); // fills the cache
    CHECK(draw({"--threads", "7"}) == one);
}

TEST_CASE("the sample province opens, maps and repeats") {
    const Bench bench;
    const auto made = bench.json({"sample", "mau"});
    CHECK(made.at("communes") == 156);
    for (const auto& file : made.at("files"))
        CHECK(fs::file_size(bench / file.get<std::string>()) > 0);
    REQUIRE(fs::exists(bench / "mau/tinh_mau.diaban"));

    const auto report = bench.json({"map", "--project", "mau/tinh_mau.diaban", "--out", "mau.png"});
    INFO(report.dump(1));
    CHECK(is_png(bench / "mau.png"));
    CHECK(legend_total(report) == 156);

    const auto again = bench.json({"sample", "lai"});
    const auto files = made.at("files").get<Words>();
    const auto others = again.at("files").get<Words>();
    REQUIRE(files.size() == others.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        INFO(files[i]);
        CHECK(slurp(bench / files[i]) == slurp(bench / others[i]));
    }
    const auto other = bench.json({"sample", "khac", "--seed", "2"});
    CHECK(slurp(bench / "mau/truth.json") != slurp(bench / "khac/truth.json"));
    const auto check = bench.json({"check", "--project", "mau/tinh_mau.diaban"});
    CHECK(check.at("features") == 156);
}

TEST_CASE("a sample that somebody has worked on is not written over without being told to") {
    const Bench bench;
    bench.json({"sample", "mau", "--communes", "12"});
    bench.json({"sample", "mau", "--communes", "20"}); // nobody has touched it
    const auto project = bench / "mau/tinh_mau.diaban";
    const auto untouched = slurp(project);
    auto edited = untouched;
    edited.replace(edited.find("2015"), 4, "2012");
    spit(project, edited);
    const auto outcome = bench.run({"sample", "mau", "--communes", "20", "--lang", "en"});
    check_refusal(outcome, 2, "tinh_mau.diaban in mau");
    CHECK(contains(outcome.err, "--replace"));
    CHECK(slurp(project) == edited);
    bench.json({"sample", "mau", "--communes", "20", "--replace"});
    CHECK(slurp(project) == untouched);
}

TEST_CASE("all real communes: the country's neighbours are the published ones") {
    const auto boundaries = geodata("communes_2009/communes_2009.shp.zip");
    if (!boundaries) return;
    const Bench bench;
    const auto check = bench.json({"check", "--boundaries", boundaries->string()});
    CHECK(check.at("features") == 11047);
    const auto queen =
        bench.json({"weights", "--boundaries", boundaries->string(), "--contiguity", "queen"});
    CHECK(queen.at("n") == 11047);
    CHECK(queen.at("links") == 65090);
    CHECK(queen.at("islands").size() == 15);
}

TEST_CASE("all real communes after the reform") {
    const auto boundaries = geodata("communes_2025/communes_2025.shp.zip");
    if (!boundaries) return;
    const Bench bench;
    const auto queen =
        bench.json({"weights", "--boundaries", boundaries->string(), "--contiguity", "queen"});
    CHECK(queen.at("links") == 18882);
    CHECK(queen.at("islands").size() == 19);
}

TEST_CASE("the census on all real communes, from a table and from a database") {
    const auto boundaries = geodata("communes_2009/communes_2009.shp.zip");
    const auto census = geodata("indicators/population_commune_census_2019.csv");
    if (!boundaries || !census) return;
    const Bench bench;
    bench.tool({"ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", "a.sqlite", census->string(),
                "-nln", "dan_so"});
    const auto map = [&](const Words& table) {
        return bench.json(Words{"map", "--boundaries", boundaries->string(), "--code", "ma_xa",
                                "--out", "a.png", "--size", "800x1000px", "--classification",
                                "internal"} +
                          table);
    };
    std::ifstream header(*census);
    std::string columns;
    std::getline(header, columns);
    INFO(columns);
    const std::string value = contains(columns, "pop_total") ? "pop_total" : "dan_so";
    const auto csv = map({"--db", census->string(), "--value", value});
    CHECK(legend_total(csv) == 11047);
    const auto database = map({"--db", "a.sqlite", "--table", "dan_so", "--value", value});
    CHECK(database.at("legend") == csv.at("legend"));
}
