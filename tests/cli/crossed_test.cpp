// Layouts, kinds of maps, formats, series and manifests, each with the others.
#include "cli/pdf.hpp"

#include <set>

using namespace diaban::test;

namespace {

Words sample_map(const std::string& indicator) {
    return {"map",         "--store", sample_store().string(),
            "--indicator", indicator, "--year",
            "2012",        "--lang",  "en"};
}

// Layers of circles of an SVG, one for each map: how many circles each has.
std::vector<std::size_t> circles_in(const std::string& svg) {
    std::vector<std::size_t> out;
    const std::string layer = "<g id=\"circles";
    for (auto at = svg.find(layer); at != std::string::npos; at = svg.find(layer, at + 1)) {
        const auto part = svg.substr(at, svg.find("</g>", at) - at);
        std::size_t count = 0;
        const std::string edge = "stroke=\"#"; // each has one
        for (auto e = part.find(edge); e != std::string::npos; e = part.find(edge, e + 1)) ++count;
        out.push_back(count);
    }
    return out;
}

std::size_t units_of_class(const Json& legend) {
    std::size_t sum = 0;
    for (const auto& row : legend)
        if (row.at("key").get<std::string>().starts_with("class:"))
            sum += row.at("count").get<std::size_t>();
    return sum;
}

std::size_t units_in(const Json& legend) {
    std::size_t sum = 0;
    for (const auto& row : legend) sum += row.at("count").get<std::size_t>();
    return sum;
}

// A layout that says what it is about in words, with `items` beside the map.
void own_layout(const Bench& bench, const std::string& items) {
    spit(
        bench / "own.json",
        R"({"diaban_layout": 1, "id": "own", "page": {"width_mm": 297, "height_mm": 210}, "items": [
 {"id": "title", "kind": "title", "box_mm": [10, 6, 180, 14], "size_pt": 16},
 {"id": "map", "kind": "map", "box_mm": [10, 40, 180, 120]},
 {"id": "legend", "kind": "legend", "box_mm": [200, 30, 90, 70], "size_pt": 8},
 {"id": "stamp", "kind": "banner", "box_mm": [200, 6, 90, 8]},
 {"id": "notice", "kind": "notice", "box_mm": [200, 16, 90, 10]},
 {"id": "page", "kind": "page_number", "box_mm": [200, 200, 90, 8], "size_pt": 8})" +
            items + "]}");
}

const std::string kFields =
    R"(, {"id": "fields", "kind": "text", "box_mm": [10, 22, 180, 12], "size_pt": 9,
       "text": {"vi": "<{area}/{district}/{count:all}/{year}>", "en": "<{area}/{district}/{count:all}/{year}>"}})";
const std::string kTables =
    R"(, {"id": "top", "kind": "table", "box_mm": [200, 104, 90, 60], "size_pt": 8,
        "params": {"show": "top", "rows": 8}},
       {"id": "moves", "kind": "table", "box_mm": [10, 164, 90, 36], "size_pt": 8,
        "params": {"show": "transitions"}},
       {"id": "years", "kind": "chart", "box_mm": [110, 164, 80, 36], "size_pt": 8})";

} // namespace

TEST_CASE("what a layout says on a sheet of an atlas is about the area of that sheet") {
    const Bench bench;
    own_layout(bench, kFields + kTables);
    const auto report =
        bench.json(sample_map("population") + Words{"--atlas", "district", "--layout", "own.json",
                                                    "--no-labels", "--out", "tap.pdf"});
    const auto& sheets = report.at("sheets");
    const auto pages = pages_of(bench, "tap.pdf");
    REQUIRE(pages.size() == sheets.size() + 1);
    check_apart(bench, "tap.pdf");
    std::set<std::string> tops;
    for (std::size_t s = 0; s < sheets.size(); ++s) {
        const std::string area = sheets[s].at("area");
        const auto& page = pages[s + 1];
        INFO(page);
        const auto units = units_in(sheets[s].at("maps")[0].at("legend"));
        CHECK(contains(page, "<" + area + "/" + area + "/" + std::to_string(units) + "/2012>"));
        CHECK(contains(page, "Page " + std::to_string(s + 2) + " of " +
                                 std::to_string(sheets.size() + 1)));
        CHECK(contains(page, "Changes 2011 – 2012")); // the matrix, of statuses that are not mapped
        // Names of other districts stand nowhere: not in the column of the table, for one.
        for (const auto& other : sheets)
            if (const std::string name = other.at("area"); name != area)
                CHECK_FALSE(contains(page, name));
        tops.insert(page.substr(page.find("Highest")));
    }
    CHECK(tops.size() == sheets.size());
    CHECK_FALSE(has_kind(report, "layout_left_out"));
}

TEST_CASE("a layout takes small maps side by side, and leaves out what is about one of them") {
    const Bench bench;
    own_layout(bench, kTables);
    const Words years{"--years", "2010-2013", "--small-multiples"};
    const Words several = Words{"map", "--store", sample_store().string(), "--indicator", "ST01"} +
                          years + Words{"--lang", "en", "--layout", "own.json", "--out"};
    const auto report = bench.json(several + Words{"n.pdf"});
    CHECK(has_kind(report, "layout_left_out"));
    const auto page = pages_of(bench, "n.pdf").at(0);
    for (const char* year : {"2010", "2011", "2012", "2013"}) CHECK(contains(page, year));
    check_apart(bench, "n.pdf");
    // One number would be that of one map.
    own_layout(bench, kFields);
    check_refusal(bench.run(several + Words{"m.pdf"}), 2, "count:all");
    CHECK_FALSE(fs::exists(bench / "m.pdf"));
    // A shipped one says the years of the sheet.
    bench.json(Words{"map", "--store", sample_store().string(), "--indicator", "ST01"} + years +
               Words{"--layout", "official-a4-landscape", "--lang", "en", "--out", "o.pdf"});
    CHECK(contains(pages_of(bench, "o.pdf").at(0), "2010–2013"));
    check_apart(bench, "o.pdf");
}

TEST_CASE("circles, dots and cartograms of an atlas stand in the area of each sheet") {
    const Bench bench;
    for (const std::string kind : {"symbols", "graduated", "cartogram"}) {
        INFO(kind);
        const auto flags = sample_map("population") + Words{"--kind", kind};
        const auto whole = bench.json(flags + Words{"--out", "whole.svg"});
        const auto report =
            bench.json(flags + Words{"--atlas", "district", "--out", kind + "/{area}.svg"});
        std::size_t sum = 0;
        for (const auto& sheet : report.at("sheets")) {
            const auto& legend = sheet.at("maps")[0].at("legend");
            const auto circles = circles_in(slurp(bench / sheet.at("file").get<std::string>()));
            REQUIRE(circles.size() == 1);
            if (kind == "cartogram") { // also of units without a value
                CHECK(circles[0] == units_in(legend));
            } else { // a commune far out at sea is named below the map, not drawn
                CHECK(circles[0] <= units_of_class(legend));
                CHECK(circles[0] + 1 >= units_of_class(legend));
            }
            sum += units_of_class(legend);
        }
        CHECK(sum == whole.at("circles").at("units"));
    }
    for (const Words& kind :
         {Words{"--kind", "dots"}, Words{"--kind", "bivariate", "--second", "DR01_rate"}}) {
        INFO(kind[1]);
        const auto outcome = bench.run(sample_map("population") + kind +
                                       Words{"--atlas", "district", "--out", kind[1] + ".pdf"});
        INFO(outcome.err);
        CHECK(outcome.code == 0);
        check_apart(bench, kind[1] + ".pdf");
    }
}

TEST_CASE("small maps side by side have the circles of their own year") {
    const Bench bench;
    for (const std::string kind : {"symbols", "graduated", "cartogram", "dots"}) {
        INFO(kind);
        const Words flags{"map",
                          "--store",
                          sample_store().string(),
                          "--indicator",
                          "DR01",
                          "--years",
                          "2010-2013",
                          "--small-multiples",
                          "--lang",
                          "en",
                          "--kind",
                          kind,
                          "--out"};
        const auto report = bench.json(flags + Words{kind + ".pdf"});
        const auto& maps = report.at("sheets")[0].at("maps");
        REQUIRE(maps.size() == 4);
        const auto page = pages_of(bench, kind + ".pdf").at(0);
        for (const auto& map : maps) // the legend explains what any of them shows
            for (const auto& row : map.at("legend"))
                if (row.at("count") > 0) {
                    INFO(row.at("label"));
                    CHECK(contains(page, row.at("label").get<std::string>()));
                }
        check_apart(bench, kind + ".pdf");
        if (kind == "dots") continue;
        bench.json(flags + Words{kind + ".svg"});
        const auto circles = circles_in(slurp(bench / (kind + ".svg")));
        REQUIRE(circles.size() == 4);
        for (std::size_t m = 0; m < 4; ++m)
            CHECK(circles[m] == (kind == "cartogram" ? units_in(maps[m].at("legend"))
                                                     : units_of_class(maps[m].at("legend"))));
        if (kind != "cartogram")
            CHECK(std::set<std::size_t>(circles.begin(), circles.end()).size() > 1);
    }
}

TEST_CASE("what cannot go together is refused, and nothing is written") {
    const Bench bench;
    const auto flags = sample_map("population");
    check_refusal(bench.run(flags + Words{"--atlas", "district", "--out", "a.pptx"}), 2, "a.pptx");
    check_refusal(bench.run(flags + Words{"--atlas", "district", "--out", "a.tif"}), 2, "a.tif");
    check_refusal(bench.run({"map", "--store", sample_store().string(), "--indicators",
                             "DR01_rate,IN03_rate", "--kind", "bivariate", "--second", "population",
                             "--year", "2012", "--small-multiples", "--out", "a.png"}),
                  2, "bivariate");
    for (const Words& placed : {Words{"--out", "c.tif"}, Words{"--world-file", "--out", "c.png"}})
        check_refusal(bench.run(flags + Words{"--kind", "cartogram"} + placed), 2, "cartogram");
    // Before the answer is looked for, and before its table is written.
    const Words store{"--store", sample_store().string()};
    for (const Words& verb :
         {Words{"hotspots", "--indicator", "population", "--permutations", "99"}, Words{"near"},
          Words{"patrol", "cover", "--bases", "2", "--within", "20km"},
          Words{"query", "population > 1"}}) {
        INFO(verb[0]);
        check_refusal(bench.run(verb + store + Words{"--out", "t.csv", "--map", "m.gif"}), 2,
                      "m.gif");
        check_refusal(bench.run(verb + store +
                                Words{"--out", "t.csv", "--map", "m.pptx", "--layout",
                                      "official-a4-landscape"}),
                      2, "m.pptx");
    }
    check_refusal(bench.run(Words{"status", "--map", "m.tif", "--layout", "square"} + store), 2,
                  "m.tif");
    for (const char* file :
         {"a.pptx", "a.tif", "a.png", "c.tif", "c.png", "t.csv", "m.gif", "m.pptx", "m.tif"})
        CHECK_FALSE(fs::exists(bench / file));
}

TEST_CASE("what is masked of both indicators of a pair is listed beside each sheet of an atlas") {
    const Bench bench;
    const Words pair{"--kind", "bivariate", "--second", "DR01"};
    const auto one = bench.json(sample_map("population") + pair + Words{"--out", "one.svg"});
    const auto report = bench.json(sample_map("population") + pair +
                                   Words{"--atlas", "district", "--out", "b.pdf"});
    REQUIRE(one.at("masked") > 0);
    CHECK(report.at("masked") == one.at("masked"));
}

TEST_CASE(
    "verify makes again atlases, slides, animations, pictures with their place, and layouts") {
    const Bench bench;
    own_layout(bench, kFields);
    fs::create_directory(bench / "ra");
    const auto flags = sample_map("population");
    const Words years{"map",         "--store",    sample_store().string(),
                      "--indicator", "population", "--years",
                      "2011,2012",   "--size",     "700x500px"};
    for (const Words& request :
         {flags + Words{"--atlas", "district", "--size", "500x400px", "--out", "ra/tap/"},
          flags + Words{"--atlas", "district", "--layout", "own.json", "--out", "ra/tap.pdf"},
          flags + Words{"--atlas", "district", "--pattern", "{code}.svg", "--out", "ra/svg"},
          years + Words{"--out", "ra/hai.apng"},
          Words{"map", "--store", sample_store().string(), "--indicator", "population", "--years",
                "2011,2012", "--out", "ra/hai.pptx"},
          flags + Words{"--size", "700x500px", "--out", "ra/mot.tif"},
          flags + Words{"--size", "700x500px", "--world-file", "--out", "ra/mot.png"},
          flags + Words{"--kind", "dots", "--layout", "own.json", "--out", "ra/cham.svg"}}) {
        INFO(request.back());
        const auto made = bench.run(request + Words{"--manifest", "m.json"});
        INFO(made.err);
        REQUIRE(made.code == 0);
        const auto manifest = Json::parse(slurp(bench / "m.json"));
        CHECK(manifest.at("outputs").size() >= 1);
        const auto again = bench.run({"verify", "m.json", "--json"});
        INFO(again.err << again.out);
        CHECK(again.code == 0);
        CHECK(Json::parse(again.out).at("same").size() == manifest.at("outputs").size());
        // The layout is an input like any other.
        const bool laid = std::find(request.begin(), request.end(), "own.json") != request.end();
        CHECK(contains(manifest.at("inputs").dump(), "own.json") == laid);
    }
}
