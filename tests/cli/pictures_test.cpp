// Saved views, legends in other words, layers of lines, parts of a map, and charts.
#include "cli/pdf.hpp"
#include "cli/program.hpp"

#include <algorithm>
#include <cmath>

using namespace diaban::test;

namespace {

Json legend_row(const Json& report, const std::string& key) {
    for (const auto& row : report.at("legend"))
        if (row.at("key") == key) return row;
    return {};
}

Words keys_of(const Json& report) {
    Words keys;
    for (const auto& row : report.at("legend")) keys.push_back(row.at("key"));
    return keys;
}

const Words kTwoClasses{"--year", "2010", "--breaks", "10,30,60", "--classification", "internal"};

} // namespace

TEST_CASE("rows of the legend are renamed, hidden and moved on the command line; counts stay") {
    const Bench bench;
    const auto flags = Words{"map"} + six_joined(bench) + kTwoClasses + Words{"--out", "a.svg"};
    const auto before = bench.json(flags);
    CHECK(keys_of(before) == Words{"class:1/2", "class:2/2", "no_data"});
    const auto after = bench.json(flags + Words{"--legend-name", "class:1/2=Low", "--legend-name",
                                                "no_data=none", "--legend-hide", "class:2/2",
                                                "--legend-order", "class:2/2,class:1/2"});
    CHECK(keys_of(after) == Words{"class:2/2", "class:1/2", "no_data"});
    for (const auto& key : keys_of(before))
        CHECK(legend_row(after, key).at("count") == legend_row(before, key).at("count"));
    const auto low = legend_row(after, "class:1/2").at("label").get<std::string>();
    CHECK(low == "Low: " + legend_row(before, "class:1/2").at("label").get<std::string>());
    CHECK(contains(legend_row(after, "class:2/2").at("label"), "outline only"));
    CHECK(legend_row(after, "no_data").at("label") == "none");
    CHECK(contains(slurp(bench / "a.svg"), "Low: ")); // titles of the groups
    const auto misspelt = bench.run(flags + Words{"--legend-hide", "class:3/2"});
    CHECK(misspelt.code == 0);
    CHECK(contains(misspelt.err, "class:3/2"));
    CHECK(contains(misspelt.err, "class:2/2")); // the rows there are
}

TEST_CASE("what is mapped is called as the user says, in title, legend and tables") {
    const Bench bench;
    const auto flags = Words{"map"} + six_joined(bench) + kTwoClasses +
                       Words{"--layout", "official-a4-portrait", "--lang", "vi", "--out", "a.pdf"};
    bench.json(flags);
    CHECK(contains(pages_of(bench, "a.pdf").at(0), "so_nguoi"));
    const auto named = bench.run(flags + Words{"--indicator-name", "Số người"});
    INFO(named.err);
    REQUIRE(named.code == 0);
    CHECK_FALSE(contains(named.err, "indicator")); // is no row that the legend lacks
    const auto page = pages_of(bench, "a.pdf").at(0);
    CHECK(contains(page, "Số người, 2010"));
    CHECK_FALSE(contains(page, "so_nguoi"));
}

TEST_CASE("one run writes the same page in several formats, each as it is alone") {
    const Bench bench;
    const Words flags{"map", "--store", sample_store().string(), "--indicator", "DR01"};
    const auto both = bench.json(flags + Words{"--year", "2011", "--out", "a.png", "--out", "a.pdf",
                                               "--out", "b.svg", "--manifest", "m.json"});
    CHECK(both.at("files") == Json{"a.png", "a.pdf", "b.svg"});
    for (const auto* name : {"a.png", "a.pdf", "b.svg"}) {
        const auto alone = std::string("alone") + fs::path(name).extension().string();
        REQUIRE(bench.run(flags + Words{"--year", "2011", "--out", alone}).code == 0);
        CHECK(slurp(bench / name) == slurp(bench / alone));
        CHECK(fs::exists(bench / (std::string(name) + ".masked.csv")) ==
              fs::exists(bench / (alone + ".masked.csv")));
    }
    CHECK(both.at("masked") > 0);
    CHECK(fs::exists(bench / "a.pdf.masked.csv"));
    CHECK(bench.json({"verify", "m.json"}).at("same").size() >= 3);

    const auto years = bench.json(
        flags + Words{"--years", "2011,2012", "--out", "y_{year}.png", "--out", "y.pdf"});
    CHECK(years.at("files") == Json{"y_2011.png", "y_2011.pdf", "y_2012.png", "y_2012.pdf"});
    for (const std::string file : years.at("files")) CHECK(fs::exists(bench / file));

    const auto refused = flags + Words{"--year", "2011", "--out", "c.png", "--out"};
    check_refusal(bench.run(refused + Words{"c.tif"}), 2, "c.tif");
    check_refusal(bench.run(refused + Words{"./c.png"}), 2, "c.png");
    check_refusal(bench.run(refused + Words{"c.pdf", "--world-file"}), 2, "c.pdf");
    check_refusal(bench.run(refused + Words{"c.pdf", "--small-multiples"}), 2, "c.pdf");
    CHECK_FALSE(fs::exists(bench / "c.png"));
}

TEST_CASE("layers of lines are drawn over the map in their colours") {
    const Bench bench;
    spit(bench / "river.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"LineString","coordinates":[[105.0,10.05],[105.3,10.15]]}}]})");
    const auto flags = Words{"map"} + six_joined(bench) + kTwoClasses;
    CHECK(bench.run(flags + Words{"--out", "a.svg"}).code == 0);
    const auto drawn =
        bench.run(flags + Words{"--lines", "river.geojson;colour=#1F78B4;width=3;name=River",
                                "--out", "b.svg"});
    INFO(drawn.err);
    CHECK(drawn.code == 0);
    CHECK_FALSE(contains(slurp(bench / "a.svg"), "#1F78B4"));
    CHECK(contains(slurp(bench / "b.svg"), "#1F78B4"));
    CHECK_FALSE(contains(slurp(bench / "b.svg"), "fill=\"#1F78B4\""));
    check_refusal(bench.run(flags + Words{"--lines", "no.shp", "--out", "c.svg"}), 3, "no.shp");
    check_refusal(
        bench.run(flags + Words{"--lines", "river.geojson;colour=blue", "--out", "c.svg"}), 2,
        "blue");
    spit(bench / "points.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"Point","coordinates":[105.0,10.05]}}]})");
    check_refusal(bench.run(flags + Words{"--lines", "points.geojson", "--out", "c.svg"}), 4,
                  "points.geojson");
}

TEST_CASE("rivers have their names along them, found whole in a PDF") {
    const Bench bench;
    std::string points;
    for (int i = 0; i <= 120; ++i) {
        const double x = 104.98 + 0.34 * i / 120;
        points += (i ? "," : "") + std::string("[") + std::to_string(x) + "," +
                  std::to_string(10.07 + 0.02 * std::sin((x - 105) * 40)) + "]";
    }
    spit(bench / "song.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":
{"ten":"Sông Vàm Cỏ Đông","cap":2},"geometry":{"type":"LineString","coordinates":[)" +
             points + "]}}]}");
    const auto flags = Words{"map"} + six_joined(bench) + kTwoClasses;
    const auto layer = std::string("song.geojson;colour=#1F78B4;width=2");
    const auto drawn = [&](const std::string& lines, const std::string& file) {
        const auto outcome = bench.run(flags + Words{"--lines", lines, "--out", file});
        INFO(outcome.err);
        REQUIRE(outcome.code == 0);
        return slurp(bench / file);
    };
    const auto pdf = drawn(layer + ";label=ten", "a.pdf");
    const auto words = pages_of(bench, "a.pdf");
    REQUIRE(words.size() == 1);
    CHECK(contains(words[0], "Sông Vàm Cỏ Đông"));
    check_fonts(bench, "a.pdf");
    CHECK(drawn(layer + ";label=ten", "b.pdf") == pdf);
    drawn(layer, "c.pdf");
    CHECK_FALSE(contains(pages_of(bench, "c.pdf").at(0), "Vàm"));
    CHECK(contains(drawn(layer + ";label=ten", "a.svg"), "aria-label=\"Sông Vàm Cỏ Đông\""));
    const auto unknown =
        bench.run(flags + Words{"--lines", layer + ";label=nam_xay", "--out", "d.svg"});
    check_refusal(unknown, 4, "nam_xay");
    CHECK(contains(unknown.err, "ten, cap"));
    CHECK_FALSE(std::filesystem::exists(bench / "d.svg"));
}

TEST_CASE("areas of a layer are filled, with their holes left open, and lines are dashed") {
    const Bench bench;
    // A lake over all communes; its island is the middle of the map. Both rings turn alike.
    spit(bench / "lake.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"Polygon","coordinates":[[[104.9,9.9],[105.5,9.9],[105.5,10.4],[104.9,10.4],[104.9,9.9]],
[[105.1,10.02],[105.2,10.02],[105.2,10.08],[105.1,10.08],[105.1,10.02]]]}}]})");
    const auto flags = Words{"map"} + six_joined(bench) + kTwoClasses;
    const auto look = std::string("lake.geojson;colour=#112233;dash=5;fill=#4FA3D1;opacity=0.5");
    const auto drawn = bench.run(flags + Words{"--lines", look, "--out", "lake.svg"});
    INFO(drawn.err);
    REQUIRE(drawn.code == 0);
    const auto svg = slurp(bench / "lake.svg");
    CHECK(contains(svg, "fill=\"#4FA3D1\" fill-opacity=\"0.5\""));
    const auto stroke = svg.find("stroke=\"#112233\"");
    REQUIRE(stroke != std::string::npos);
    CHECK(contains(svg.substr(stroke, svg.find('>', stroke) - stroke), "stroke-dasharray"));
    // On the map and in the legend.
    const auto first = svg.find("#4FA3D1");
    CHECK(svg.find("#4FA3D1", first + 1) != std::string::npos);
    for (const auto* bad :
         {"lake.geojson;fill=blue", "lake.geojson;opacity=2", "lake.geojson;dash=99"})
        check_refusal(bench.run(flags + Words{"--lines", bad, "--out", "c.svg"}), 2,
                      "lake.geojson");
    CHECK_FALSE(std::filesystem::exists(bench / "c.svg"));
}

TEST_CASE("a part of the map is given in any CRS, and must hold something") {
    const Bench bench;
    const auto flags = Words{"map"} + six_joined(bench) + kTwoClasses;
    const auto part = bench.run(flags + Words{"--extent", "105.0,10.0,105.1,10.1", "--extent-crs",
                                              "EPSG:4326", "--out", "part.png"});
    INFO(part.err);
    CHECK(part.code == 0);
    CHECK(bench.run(flags + Words{"--out", "all.png"}).code == 0);
    CHECK(slurp(bench / "part.png") != slurp(bench / "all.png"));
    check_refusal(bench.run(flags + Words{"--extent", "1,1,2,2", "--extent-crs", "EPSG:4326",
                                          "--out", "none.png"}),
                  2, "EPSG:4326");
    check_refusal(bench.run(flags + Words{"--extent", "2,1,1,2", "--out", "none.png"}), 2,
                  "--extent");
}

TEST_CASE("a saved view is drawn by name, and other flags override it") {
    const Bench bench;
    six_joined(bench);
    spit(bench / "p.diaban", R"({"diaban_project":1,"data":{"boundaries":"xa.shp",
"db":"gia_tri.csv","key":"ma_xa","year_column":"nam","values":["so_nguoi"]},
"map":{"period":"2011"},"views":[
{"name":"Năm 2010","map":{"indicator":"so_nguoi","period":"2010","k":3}},
{"name":"Hai năm","mode":"compare","map":{"indicator":"so_nguoi","period":"2011"},
 "years":["2010","2011"]},
{"name":"Đổi","mode":"change","map":{"indicator":"so_nguoi","period":"2011"},
 "years":["2010","2011"]}]})");
    const Words view{"--project", "p.diaban", "--view"};
    const Words internal{"--classification", "internal"};
    const auto one =
        bench.json(Words{"map"} + view + Words{"Năm 2010", "--out", "v.png"} + internal);
    CHECK(one.at("period") == "2010");
    const auto over = bench.json(Words{"map"} + view +
                                 Words{"Năm 2010", "--year", "2011", "--out", "w.png"} + internal);
    CHECK(over.at("period") == "2011");
    const auto two =
        bench.json(Words{"map"} + view + Words{"Hai năm", "--out", "t.png"} + internal);
    CHECK(two.at("files").size() == 2);
    const auto change = bench.json(Words{"map"} + view + Words{"Đổi", "--out", "c.png"} + internal);
    CHECK(change.at("files").size() == 1);
    std::size_t units = 0;
    for (const auto& row : change.at("legend")) units += row.at("count").get<std::size_t>();
    CHECK(units == 6);
    const auto classes = bench.json(Words{"classes"} + view + Words{"Năm 2010"} + internal);
    CHECK(classes.at("k") == 3);
    CHECK(bench.run(Words{"check"} + view + Words{"Năm 2010"}).code == 0);
    CHECK(bench.run(Words{"join"} + view + Words{"Hai năm"}).code == 0);
    const auto where = bench.run(Words{"where"} + view + Words{"Năm 2010", "105.05", "10.05"});
    CHECK(where.code == 0);
    CHECK(contains(where.out, "2010"));
    const auto unknown = bench.run(Words{"map"} + view + Words{"2010", "--out", "x.png"});
    check_refusal(unknown, 2, "Năm 2010; Hai năm; Đổi");
    check_refusal(bench.run({"map", "--boundaries", "xa.shp", "--view", "a", "--out", "x.png"}), 2,
                  "--project");
}

TEST_CASE("a project without its files says which, where, and what to do") {
    const Bench bench;
    six_joined(bench);
    spit(bench / "p.diaban", R"({"diaban_project":1,"data":{"boundaries":"xa.shp",
"db":"cũ/gia_tri.csv","key":"ma_xa","year_column":"nam","values":["so_nguoi"]}})");
    const auto lost = bench.run({"join", "--project", "p.diaban"});
    check_refusal(lost, 3, "gia_tri.csv");
    CHECK(contains(lost.err, "p.diaban"));
    CHECK(contains(lost.err, "cũ"));
    CHECK(contains(lost.err, "--db"));
    CHECK(bench.run({"check", "--project", "p.diaban"}).code == 0); // needs no table
    CHECK(bench.run({"join", "--project", "p.diaban", "--db", "gia_tri.csv"}).code == 0);
}

TEST_CASE("charts have the numbers of the table, as pictures and as CSV") {
    const Bench bench;
    const auto flags = Words{"chart"} + six_joined(bench) + Words{"--denominator", "dan_so"} +
                       Words{"--indicator", "so_nguoi", "--year", "2010", "--kind"};
    const auto csv = [&](const Words& more) {
        const auto done = bench.run(flags + more + Words{"--out", "c.csv"});
        INFO(done.err);
        REQUIRE(done.code == 0);
        // As every table that is written: a spreadsheet takes it for UTF-8, lines end in CRLF.
        auto text = slurp(bench / "c.csv");
        REQUIRE(text.starts_with("\xEF\xBB\xBF"));
        text.erase(0, 3);
        CHECK(std::count(text.begin(), text.end(), '\r') ==
              std::count(text.begin(), text.end(), '\n'));
        std::erase(text, '\r');
        return text;
    };
    CHECK(csv({"ranked", "--classification", "internal"}) ==
          "rank,code,name,value\n1,00005,Xã Tân 5,50\n2,00004,Xã Tân 4,40\n3,00003,Xã Tân 3,30\n"
          "4,00002,Xã Tân 2,20\n5,00001,Xã Tân 1,10\n");
    CHECK(csv({"ranked", "--select", "00002,00004"}) ==
          "rank,code,name,value\n1,00004,Xã Tân 4,40\n2,00002,Xã Tân 2,20\n");
    // Districts: 1 with 10, 20, 40, 50 and 2 with 30 alone.
    const auto boxes = csv({"boxes", "--classification", "internal"});
    CHECK(contains(boxes, "Huyện Đông,4,10,17.5,30,42.5,50\n"));
    CHECK(contains(boxes, "Huyện Tây,1,30,30,30,30,30\n"));
    const auto series = csv({"series", "--classification", "internal"});
    CHECK(contains(series, ",2010,150\n"));
    CHECK(contains(series, ",2011,165\n"));
    const auto bars = csv({"histogram", "--classification", "internal"});
    CHECK(bars.starts_with("from,to,units\n10,"));
    for (const std::string kind : {"ranked", "boxes", "series", "histogram", "scatter"})
        for (const std::string file : {"c.png", "c.svg", "c.pdf"}) {
            const auto done = bench.run(flags + Words{kind, "--out", file});
            INFO(kind << " " << done.err);
            CHECK(done.code == 0);
            CHECK(fs::file_size(bench / file) > 1000);
        }
    check_refusal(bench.run(flags + Words{"ranked", "--out", "c.txt"}), 2, "c.txt");
    check_refusal(bench.run(flags + Words{"pie", "--out", "c.png"}), 2, "histogram");
    // A code that no unit has is not left out in silence.
    check_refusal(bench.run(flags + Words{"ranked", "--select", "00002,99999", "--out", "c.csv"}),
                  2, "99999");
}

TEST_CASE("charts of a status count what its legend counts, and are drawn") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "s"}).code == 0);
    const Words from{"--project", "s/tinh_mau.diaban", "--indicator", "ST01", "--year", "2012"};
    const auto legend = bench.json(Words{"map"} + from + Words{"--out", "m.png"}).at("legend");
    const auto csv = [&](const std::string& kind) {
        const auto done =
            bench.run(Words{"chart"} + from + Words{"--kind", kind, "--out", "c.csv"});
        INFO(done.err);
        REQUIRE(done.code == 0);
        return slurp(bench / "c.csv");
    };
    const auto now = csv("histogram"), years = csv("series");
    CHECK(csv("ranked") == years);
    for (const auto& row : legend) {
        const auto line = row.at("key").get<std::string>() + "," +
                          row.at("label").get<std::string>() + "," +
                          std::to_string(row.at("count").get<int>()) + "\r\n";
        INFO(line);
        CHECK(contains(now, line));
        CHECK(contains(years, "2012," + line));
    }
    for (const std::string kind : {"histogram", "ranked", "series"})
        for (const std::string file : {"c.png", "c.svg", "c.pdf"}) {
            const auto done =
                bench.run(Words{"chart"} + from + Words{"--kind", kind, "--out", file});
            INFO(kind << " " << done.err);
            CHECK(done.code == 0);
        }
    CHECK(contains(slurp(bench / "c.svg"), legend[0].at("color").get<std::string>()));
    check_refusal(bench.run(Words{"chart"} + from + Words{"--kind", "boxes", "--out", "c.png"}), 2,
                  "--kind histogram");
}

TEST_CASE("a chart of a smoothed rate shows it for the whole too") {
    const Bench bench;
    const auto flags =
        Words{"chart"} + six_joined(bench) +
        Words{"--denominator", "dan_so", "--classification", "internal", "--out", "c.csv"};
    // The number behind `before` in the table of a chart.
    const auto number = [&](const Words& more, const std::string& before) {
        const auto done = bench.run(flags + more);
        INFO(done.err);
        REQUIRE(done.code == 0);
        const auto table = slurp(bench / "c.csv");
        const auto at = table.find(before);
        REQUIRE(at != std::string::npos);
        return std::stod(table.substr(at + before.size()));
    };
    // 150 of 7,000: all together have as many cases as are expected of them.
    CHECK(number({"--rate", "raw", "--kind", "series"}, ",2010,") == Approx(150.0 / 7));
    CHECK(number({"--rate", "excess", "--kind", "series"}, ",2010,") == Approx(1));
    CHECK(number({"--rate", "excess", "--kind", "series"}, ",2011,") == Approx(1));
    CHECK(number({"--rate", "excess", "--kind", "ranked"}, "00003,Xã Tân 3,") ==
          Approx(30 / (150.0 / 7)));
    // Of two communes, one with 11 and one with 33 per 1,000 in 2011: between their smoothed rates.
    const Words two{"--rate", "eb", "--kind", "series", "--select", "00001,00003"};
    const double low = number({"--rate", "eb", "--kind", "ranked"}, "00001,Xã Tân 1,"),
                 high = number({"--rate", "eb", "--kind", "ranked"}, "00003,Xã Tân 3,");
    REQUIRE(low > 11);
    REQUIRE(high < 33);
    CHECK(number(two, "2 communes selected,2011,") == Approx((low + high) / 2));
    auto drawn = flags + two;
    *std::find(drawn.begin(), drawn.end(), "c.csv") = "c.svg";
    CHECK(bench.run(drawn).code == 0);
}

TEST_CASE("classes of a smoothed rate are told, also of the one that needs neighbours") {
    const Bench bench;
    const auto flags =
        Words{"classes"} + six_joined(bench) +
        Words{"--denominator", "dan_so", "--year", "2010", "--classification", "internal"};
    for (const std::string how : {"excess", "eb", "spatial-eb", "eb-index"}) {
        INFO(how);
        const auto told = bench.json(flags + Words{"--rate", how});
        CHECK(told.at("indicator") == "so_nguoi/dan_so:" + how);
        std::size_t units = 0;
        for (const auto& count : told.at("counts")) units += count.get<std::size_t>();
        CHECK(units == 5);
        CHECK(told.at("no_data") == 1);
        CHECK(told.at("fences").is_null());
    }
    // From 10 to 30 of 1,000 where 150 of 7,000 are the rate of the whole.
    const auto excess = bench.json(flags + Words{"--rate", "excess"}).at("breaks");
    CHECK(excess.front().get<double>() == Approx(10 / (150.0 / 7)));
    CHECK(excess.back().get<double>() == Approx(30 / (150.0 / 7)));
    const auto box = bench.json(flags + Words{"--rate", "raw", "--method", "box"});
    CHECK(box.at("k") == 6);
    CHECK(box.at("counts") == Json({0, 1, 2, 1, 1, 0}));
    // Quartiles of both years 20 and 26.875.
    CHECK(box.at("fences") == Json({20 - 1.5 * 6.875, 26.875 + 1.5 * 6.875}));
    CHECK(box.at("legend").at(5).at("label") == "> 37"); // whole numbers
}

TEST_CASE("smoothed rates are mapped across a reform and between two years") {
    const Bench bench;
    bench.json({"sample", "s"});
    const Words store{"map", "--store", "s/tinh_mau.sqlite", "--rate", "eb", "--out", "m.png"};
    // Without an indicator it is the first rate that a store has, whichever status is there too.
    const auto first = bench.json(store + Words{"--year", "2015"});
    CHECK(first.at("indicator").get<std::string>().ends_with("_rate:eb"));
    const auto raw = bench.json({"map", "--store", "s/tinh_mau.sqlite", "--rate", "raw", "--out",
                                 "m.png", "--year", "2015"});
    CHECK(raw.at("indicator").get<std::string>() + ":eb" == first.at("indicator"));
    // Every year on its own boundaries, one set of classes.
    const auto own = bench.json(
        store + Words{"--indicator", "DR01_rate", "--across", "own", "--years", "2024,2025"});
    CHECK(own.at("files").size() == 2);
    CHECK(own.at("indicator") == "DR01_rate:eb");
    const auto change =
        bench.json(store + Words{"--change-of", "DR01_rate", "--change", "2012:2015"});
    CHECK(change.at("indicator") == "DR01_rate:eb");
    check_refusal(bench.run(store + Words{"--change-of", "ST01", "--change", "2012:2015"}), 2,
                  "ST01");
    check_refusal(bench.run(store + Words{"--change-of", "DR01", "--change", "2012:2015"}), 2,
                  "DR01");
}

TEST_CASE("a public chart is made of what is not masked, and lists what is") {
    const Bench bench;
    const auto joined = six_joined(bench);
    spit(bench / "gia_tri.csv", "ma_xa,nam,so_nguoi\n00001,2010,3\n00002,2010,20\n00003,2010,30\n"
                                "00004,2010,40\n00005,2010,50\n00006,2010,60\n");
    const auto done =
        bench.run(Words{"chart"} + joined + Words{"--kind", "ranked", "--out", "c.csv"});
    INFO(done.err);
    REQUIRE(done.code == 0);
    const auto table = slurp(bench / "c.csv");
    CHECK_FALSE(contains(table, "00001"));
    CHECK(contains(slurp(bench / "c.csv.masked.csv"), "00001"));
    CHECK(contains(done.err, "masked"));
}

TEST_CASE("a file that holds boundaries and values is named once as the source") {
    const Bench bench;
    spit(bench / "xa.geojson",
         collection({feature(R"("ma_xa":"00001","v":3)", square(105.0, 10.0)),
                     feature(R"("ma_xa":"00002","v":5)", square(105.1, 10.0))}));
    bench.tool({"ogr2ogr", "-f", "GPKG", "xa.gpkg", "xa.geojson"});
    const Words flags{"--value", "v", "--size", "600x500px"};
    const auto drawn = [&](const Words& data, const std::string& out) {
        const auto done = bench.run(Words{"map"} + data + flags + Words{"--out", out});
        INFO(done.err);
        REQUIRE(done.code == 0);
        return pages_of(bench, out).front();
    };
    const auto both = drawn({"--boundaries", "xa.gpkg", "--db", "xa.gpkg"}, "a.pdf");
    CHECK(contains(both, "Source: xa.gpkg."));
    const auto two = drawn({"--boundaries", "xa.geojson", "--db", "xa.gpkg"}, "b.pdf");
    CHECK(contains(two, "Source: xa.geojson; xa.gpkg."));
}

TEST_CASE("near, hotspots and patrol draw the project's layers of lines and areas as map does") {
    const Bench bench;
    spit(bench / "river.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"LineString","coordinates":[[105.0,10.05],[105.3,10.15]]}}]})");
    spit(bench / "cang.csv", "ten,loai,kinh_do,vi_do\nCảng,cảng,105.1,10.15\n");
    const Words river{"--lines", "river.geojson;colour=#12345A;width=3;name=River"};
    const auto joined = six_joined(bench);
    const Words value{"--indicator", "so_nguoi", "--year", "2011"};
    const std::vector<Words> verbs{
        Words{"near"} + joined + Words{"--places", "cang.csv", "--within", "5km"},
        Words{"hotspots"} + joined + value + Words{"--permutations", "99"},
        Words{"patrol", "cover", "--bases", "1", "--within", "12km"} + joined + value,
        Words{"patrol", "sectors", "--teams", "2"} + joined + value};
    for (const auto& verb : verbs) {
        INFO(verb[0] << " " << verb[1]);
        bench.json(verb + Words{"--map", "a.svg"});
        CHECK_FALSE(contains(slurp(bench / "a.svg"), "#12345A"));
        bench.json(verb + river + Words{"--map", "b.svg"});
        CHECK(contains(slurp(bench / "b.svg"), "#12345A"));
        CHECK(contains(slurp(bench / "b.svg"), "River")); // in the legend
    }
    check_refusal(bench.run(verbs[2] + Words{"--lines", "no.shp", "--map", "c.svg"}), 3, "no.shp");
    CHECK_FALSE(std::filesystem::exists(bench / "c.svg"));
}
