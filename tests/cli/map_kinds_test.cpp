// Maps of circles, dots, two indicators and cartograms, as files of the real program.
#include "cli/program.hpp"

using namespace diaban::test;

namespace {

const Words kInternal{"--classification", "internal"};

std::size_t occurrences(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

// One layer of an SVG, which holds no other.
std::string layer_of(const std::string& svg, const std::string& id) {
    const auto from = svg.find("<g id=\"" + id + "\"");
    REQUIRE(from != std::string::npos);
    return svg.substr(from, svg.find("</g>", from) - from);
}

std::size_t count_of(const Json& report, const std::string& key) {
    for (const auto& row : report.at("legend"))
        if (row.at("key") == key) return row.at("count");
    return 0;
}

std::size_t all_units(const Json& report) {
    std::size_t sum = 0;
    for (const auto& row : report.at("legend")) sum += row.at("count").get<std::size_t>();
    return sum;
}

} // namespace

TEST_CASE("circles: one for each commune with a value, told in the legend") {
    const Bench bench;
    const auto flags = Words{"map"} + six_joined(bench) + kInternal +
                       Words{"--year", "2010", "--kind", "symbols", "--out"};
    const auto report = bench.json(flags + Words{"a.svg"});
    CHECK(report.at("kind") == "symbols");
    CHECK(report.at("circles").at("units") == 5);
    CHECK(report.at("circles").at("largest") == 55); // of all years
    CHECK(count_of(report, "class:1/1") == 5);
    CHECK(count_of(report, "no_data") == 1);
    CHECK(all_units(report) == 6);
    // A circle is filled and has a white edge.
    CHECK(occurrences(layer_of(slurp(bench / "a.svg"), "circles"), "stroke=\"#FFFFFF\"") == 5);
    const auto large = bench.json(flags + Words{"large.svg", "--largest", "30"});
    CHECK(large.at("circles").at("largest_mm") == 30);
    CHECK(slurp(bench / "large.svg") != slurp(bench / "a.svg"));
    // Pages of other formats and sizes hold them too.
    for (const auto* file : {"a.png", "a.pdf"})
        CHECK(bench.run(flags + Words{file, "--size", "slide"}).code == 0);
    const auto classes = bench.json(Words{"map"} + six_joined(bench) + kInternal +
                                    Words{"--year", "2010", "--kind", "graduated", "--method",
                                          "equal", "--k", "3", "--out", "g.svg"});
    CHECK(classes.at("circles").at("units") == 5);
    CHECK(all_units(classes) == 6);
}

TEST_CASE("dots: as many as the values say, and what one stands for") {
    const Bench bench;
    const auto report =
        bench.json(Words{"map"} + six_joined(bench) + kInternal +
                   Words{"--year", "2010", "--kind", "dots", "--dot-value", "5", "--out", "d.svg"});
    CHECK(report.at("dots").at("value") == 5);
    CHECK(report.at("dots").at("count") == 2 + 4 + 6 + 8 + 10);
    const auto dots = layer_of(slurp(bench / "d.svg"), "dots");
    CHECK(occurrences(dots, "M") == 30); // each dot begins anew
    const auto again = bench.run(Words{"map"} + six_joined(bench) + kInternal +
                                 Words{"--year", "2010", "--kind", "dots", "--dot-value", "5",
                                       "--threads", "3", "--out", "e.svg"});
    REQUIRE(again.code == 0);
    CHECK(slurp(bench / "e.svg") == slurp(bench / "d.svg"));
    CHECK(contains(again.err, "1 dot = 5"));
}

TEST_CASE("two indicators: nine counts that add up") {
    const Bench bench;
    const auto report =
        bench.json(Words{"map"} + six_joined(bench) + kInternal +
                   Words{"--value", "dan_so", "--year", "2010", "--indicator", "so_nguoi", "--kind",
                         "bivariate", "--second", "dan_so", "--breaks", "15,35", "--second-breaks",
                         "1500", "--out", "b.svg"});
    CHECK(report.at("second") == "dan_so");
    // 10 | 20, 30 | 40, 50 people, of 1000 | of 2000.
    CHECK(count_of(report, "pair:1/1") == 1);
    CHECK(count_of(report, "pair:2/1") == 2);
    CHECK(count_of(report, "pair:3/1") == 0);
    CHECK(count_of(report, "pair:3/2") == 2);
    CHECK(count_of(report, "no_data") == 1);
    CHECK(all_units(report) == 6);
    const auto svg = slurp(bench / "b.svg");
    CHECK(contains(svg, "aria-label=\"15\""));
    CHECK(contains(svg, "aria-label=\"1,500\""));
}

TEST_CASE("a cartogram has a circle for every commune, and no borders") {
    const Bench bench;
    const auto report =
        bench.json(Words{"map"} + six_joined(bench) + kInternal +
                   Words{"--year", "2010", "--kind", "cartogram", "--k", "3", "--out", "c.svg"});
    CHECK(report.at("circles").at("units") == 5);
    CHECK(all_units(report) == 6);
    const auto svg = slurp(bench / "c.svg");
    CHECK(occurrences(layer_of(svg, "circles"), "stroke-width") >=
          6); // the empty one has a hatch too
    CHECK_FALSE(contains(svg, "<g id=\"communes\""));
    // Where circles were moved there is no north; the large ones have their names.
    CHECK_FALSE(contains(svg, "<g id=\"north-arrow\""));
    CHECK(contains(svg, "<g id=\"labels\""));
}

TEST_CASE("places keep off a cartogram, and it says so") {
    const Bench bench;
    const auto flags =
        Words{"map",  "--store", sample_store().string(), "--indicator", "DR01", "--year",
              "2010", "--lang",  "vi"} +
        kInternal;
    REQUIRE(bench.run(flags + Words{"--kind", "symbols", "--out", "a.svg"}).code == 0);
    REQUIRE(bench.run(flags + Words{"--kind", "cartogram", "--out", "c.svg"}).code == 0);
    const auto plain = slurp(bench / "a.svg"), moved = slurp(bench / "c.svg");
    CHECK(contains(plain, "<g id=\"places\""));
    CHECK(contains(plain, "<g id=\"north-arrow\""));
    CHECK_FALSE(contains(plain, "không nằm ở vị trí thật"));
    CHECK_FALSE(contains(moved, "<g id=\"places\""));
    CHECK_FALSE(contains(moved, "<g id=\"north-arrow\""));
    CHECK(contains(moved, "không nằm ở vị trí thật"));
}

TEST_CASE("in public nothing of those who are masked is drawn as a circle or a dot") {
    const Bench bench;
    const auto store = sample_store().string();
    for (const std::string kind : {"symbols", "graduated", "dots", "cartogram"}) {
        const auto flags = Words{"map",  "--store", store, "--indicator", "DR01",       "--year",
                                 "2010", "--kind",  kind,  "--out",       kind + ".svg"} +
                           (kind == "dots" ? Words{"--dot-value", "5"} : Words{});
        const auto open = bench.json(flags);
        INFO(kind);
        const auto masked = count_of(open, "suppressed");
        CHECK(masked > 0);
        CHECK(fs::exists(bench / (kind + ".svg.masked.csv")));
        const auto internal = bench.json(flags + kInternal);
        CHECK(count_of(internal, "suppressed") == 0);
        CHECK(all_units(internal) == all_units(open));
        if (kind == "dots") {
            CHECK(open.at("dots").at("count") < internal.at("dots").at("count"));
            continue;
        }
        CHECK(open.at("circles").at("units") < internal.at("circles").at("units"));
    }
    // Of two indicators the list names the cells of the second too.
    const Words one{"map", "--store", store, "--indicator", "IN06", "--year", "2010", "--out"};
    bench.json(one + Words{"one.svg"});
    CHECK_FALSE(fs::exists(bench / "one.svg.masked.csv"));
    const auto pair = bench.json(one + Words{"two.svg", "--kind", "bivariate", "--second", "DR01"});
    CHECK(count_of(pair, "suppressed") > 0);
    CHECK(contains(slurp(bench / "two.svg.masked.csv"), "DR01"));
    CHECK(pair.at("masked") >= count_of(pair, "suppressed"));
}

TEST_CASE("what cannot be drawn so is refused in one sentence") {
    const Bench bench;
    const auto flags = Words{"map"} + six_joined(bench) + Words{"--year", "2010", "--out", "x.svg"};
    check_refusal(bench.run(flags + Words{"--kind", "circles"}), 2, "cartogram");
    check_refusal(bench.run(flags + Words{"--kind", "bivariate"}), 2, "--second");
    check_refusal(bench.run(flags + Words{"--kind", "bivariate", "--second", "nothing"}), 2,
                  "nothing");
    check_refusal(bench.run(flags + Words{"--kind", "dots", "--dot-value", "0"}), 2, "--dot-value");
    check_refusal(bench.run(flags + kInternal + Words{"--kind", "dots", "--dot-value", "0.0001"}),
                  2, "--dot-value");
    check_refusal(bench.run(flags + Words{"--kind", "symbols", "--largest", "900"}), 2,
                  "--largest");
    CHECK_FALSE(fs::exists(bench / "x.svg"));
}

TEST_CASE("a project keeps how its map is drawn") {
    const Bench bench;
    six_joined(bench);
    spit(bench / "p.diaban", R"({"diaban_project":1,"data":{"boundaries":"xa.shp",
"db":"gia_tri.csv","key":"ma_xa","year_column":"nam","values":["so_nguoi"]},
"map":{"period":"2010","kind":"dots","dot_value":10}})");
    const auto report =
        bench.json(Words{"map", "--project", "p.diaban", "--out", "p.svg"} + kInternal);
    CHECK(report.at("kind") == "dots");
    CHECK(report.at("dots").at("count") == 15);
    const auto other =
        bench.json(Words{"map", "--project", "p.diaban", "--kind", "choropleth", "--out", "q.svg"} +
                   kInternal);
    CHECK(other.at("kind") == "choropleth");
    CHECK(other.at("dots").is_null());
    spit(bench / "bad.diaban", R"({"diaban_project":1,"map":{"kind":"pie"}})");
    check_refusal(bench.run({"map", "--project", "bad.diaban", "--out", "r.svg"}), 4, "kind");
}
