// Pages with content that is hard to lay out: long legends, islands, empty classes, units far out
// at sea, the whole country; and what every shipped layout keeps to.
#include "cli/pdf.hpp"
#include "golden/image.hpp"
#include "support/geodata.hpp"

#include <array>
#include <cstdlib>
#include <iostream>

using namespace diaban::test;

namespace {

Words shipped_layouts(const Bench& bench) {
    Words out;
    const auto known = bench.json({"layouts"});
    for (const auto& one : known.at("layouts")) out.push_back(one.at("name"));
    REQUIRE(out.size() == 11);
    return out;
}

double smallest_allowed(const std::string& layout) {
    return layout.starts_with("slide") ? 14 : 7; // points
}

// The smallest text of a PDF in points, as pdftohtml reads it: whole thirds, rounded down.
double smallest_text(const Bench& bench, const std::string& file) {
    const auto xml = bench.tool({"pdftohtml", "-xml", "-i", "-stdout", "-zoom", "3", file});
    static const std::regex form(R"re(<fontspec id="[0-9]+" size="([0-9]+)")re");
    double least = 1e9;
    for (std::sregex_iterator at(xml.begin(), xml.end(), form), end; at != end; ++at)
        least = std::min(least, std::stod((*at)[1]) / 3);
    REQUIRE(least < 1e9);
    return least;
}

void check_sizes(const Bench& bench, const std::string& layout, const std::string& file) {
    CHECK(smallest_text(bench, file) >= smallest_allowed(layout) - 0.34);
}

Words mapped(const std::string& file, const Words& more) {
    return Words{"map", "--boundaries", file, "--key", "ma_xa", "--classification", "internal"} +
           more;
}

// As many communes as wanted, in rows of eight, each with a number of its own.
void write_kinds(const Bench& bench, int count) {
    Words features;
    std::string table = "ma_xa,loai\n";
    for (int i = 0; i < count; ++i) {
        const auto code = std::to_string(10001 + i);
        features.push_back(feature(R"("ma_xa":")" + code + R"(","ten_xa":"Xã )" +
                                       std::to_string(i + 1) + "\"",
                                   square(105 + 0.1 * (i % 8), 10 + 0.1 * (i / 8))));
        table += code + "," + std::to_string(11 + i) + "\n";
    }
    spit(bench / "kinds.geojson", collection(features));
    spit(bench / "kinds.csv", table);
}

std::array<int, 3> pixel(const Image& image, double x, double y) {
    const auto column = static_cast<std::size_t>(x * static_cast<double>(image.width));
    const auto row = static_cast<std::size_t>(y * static_cast<double>(image.height));
    const auto* at = &image.rgb[(row * image.width + column) * 3];
    return {at[0], at[1], at[2]};
}

// Whether anything but white lies in a part of a picture, told as shares of its sides.
bool anything_in(const Image& image, double x0, double y0, double x1, double y1) {
    const double step_x = 1.0 / static_cast<double>(image.width);
    const double step_y = 1.0 / static_cast<double>(image.height);
    for (double y = y0; y < y1; y += step_y)
        for (double x = x0; x < x1; x += step_x)
            if (pixel(image, x, y) != std::array{255, 255, 255}) return true;
    return false;
}

} // namespace

TEST_CASE("texts stand where they stand at every resolution, none smaller than its sheet allows") {
    const Bench bench;
    for (const auto& layout : shipped_layouts(bench)) {
        INFO(layout);
        const auto words_at = [&](const std::string& dpi, const Words& more) {
            const auto outcome = bench.run(Words{"map", "--store", sample_store().string(),
                                                 "--layout", layout, "--lang", "vi", "--year",
                                                 "2015", "--classification", "internal", "--dpi",
                                                 dpi, "--out", "a.pdf"} +
                                           more);
            INFO(outcome.err);
            REQUIRE(outcome.code == 0);
            check_sizes(bench, layout, "a.pdf");
            return bench.tool({"pdftotext", "-bbox", "a.pdf", "-"});
        };
        const auto coarse = words_at("96", {});
        CHECK(contains(coarse, "<word "));
        CHECK(coarse == words_at("300", {}));
        if (layout == "poster-a0" || layout == "slide-4x3") // numbers in the circles of a legend
            words_at("96", {"--indicator", "DR01", "--kind", "symbols"});
    }
}

TEST_CASE("a legend of forty rows is whole on every shipped layout") {
    const Bench bench;
    write_kinds(bench, 40);
    for (const auto& layout : shipped_layouts(bench)) {
        INFO(layout);
        const auto outcome =
            bench.run(mapped("kinds.geojson", {"--db", "kinds.csv", "--value", "loai", "--method",
                                               "unique", "--title", "Bốn mươi loại", "--layout",
                                               layout, "--lang", "vi", "--out", "a.pdf"}));
        INFO(outcome.err);
        REQUIRE(outcome.code == 0);
        if (layout == "bare-map") continue;
        const auto words = pages_of(bench, "a.pdf").at(0);
        for (int number = 11; number <= 50; ++number) { // each with its one unit
            INFO(number);
            CHECK(contains(words, " " + std::to_string(number) + " 1 "));
        }
        check_apart(bench, "a.pdf");
        check_sizes(bench, layout, "a.pdf");
    }
}

TEST_CASE("a province of islands is drawn whole, each island of it") {
    const Bench bench;
    Words features;
    std::string table = "ma_xa,so\n";
    for (int i = 0; i < 12; ++i) { // a chain of islets with water between them
        const auto code = std::to_string(20001 + i);
        features.push_back(feature(R"("ma_xa":")" + code + R"(","ten_xa":"Xã đảo )" +
                                       std::to_string(i + 1) + "\"",
                                   square(106 + 0.05 * i, 9 + 0.03 * (i % 4), 0.02)));
        table += code + "," + std::to_string(i + 1) + "\n";
    }
    spit(bench / "islands.geojson", collection(features));
    spit(bench / "islands.csv", table);
    for (const auto& layout : shipped_layouts(bench)) {
        INFO(layout);
        auto flags = mapped("islands.geojson", {"--db", "islands.csv", "--value", "so", "--layout",
                                                layout, "--lang", "vi"});
        const auto report = bench.json(flags + Words{"--out", "a.pdf"});
        CHECK(report.at("units") == 12);
        if (layout != "bare-map") {
            CHECK_FALSE(contains(pages_of(bench, "a.pdf").at(0), "trọn trong khung"));
            check_apart(bench, "a.pdf");
        }
    }
    // Twelve pieces of land, from the left end of the chain to the right: seen along the map.
    bench.json(mapped("islands.geojson", {"--db", "islands.csv", "--value", "so", "--layout",
                                          "bare-map", "--dpi", "60", "--no-labels", "--out",
                                          "a.png"}));
    const auto image = read_png(bench / "a.png");
    REQUIRE(image);
    int pieces = 0;
    bool inside = false;
    for (std::size_t x = 0; x < image->width; ++x) {
        const double at = (static_cast<double>(x) + 0.5) / static_cast<double>(image->width);
        const bool land = anything_in(*image, at, 0.15, at + 1e-9, 0.9);
        pieces += land && !inside;
        inside = land;
    }
    CHECK(pieces == 12);
}

TEST_CASE("an empty class keeps its row, and its colour, on every shipped layout") {
    const Bench bench;
    spit(bench / "few.csv", "ma_xa,so\n00001,1\n00002,2\n00003,1\n00004,9\n00005,9\n00006,8\n");
    spit(bench / "xa.geojson", collection(six_features()));
    for (const auto& layout : shipped_layouts(bench)) {
        if (layout == "bare-map") continue;
        INFO(layout);
        const auto report = bench.json(
            mapped("xa.geojson", {"--db", "few.csv", "--value", "so", "--breaks", "0,3,6,10",
                                  "--layout", layout, "--lang", "vi", "--out", "a.pdf"}));
        std::size_t empty = 0;
        for (const auto& row : report.at("legend")) empty += row.at("count") == 0;
        CHECK(empty == 2); // the row of zeros, and the class in the middle
        CHECK(contains(pages_of(bench, "a.pdf").at(0), "3 – 5 0 6 – 10 3"));
    }
}

TEST_CASE("units in a little map are not on the large one too, and the land has its whole box") {
    const Bench bench;
    // Land as high as it is narrow; the units out at sea would lie in the frame beside it.
    Words features;
    for (int i = 0; i < 12; ++i)
        features.push_back(feature(R"("ma_xa":"000)" + std::to_string(10 + i) +
                                       R"(","ten_xa":"Xã )" + std::to_string(i + 1) + "\"",
                                   square(105, 9 + i, 1)));
    for (const auto& [code, name, x, y] : {std::tuple{"00040", "Đặc khu Hoàng Sa", 112.3, 16.4},
                                           std::tuple{"00041", "Đặc khu Trường Sa", 112.9, 11.6}})
        features.push_back(feature(R"("ma_xa":")" + std::string(code) + R"(","ten_xa":")" + name +
                                       "\"",
                                   square(x, y, 0.02)));
    spit(bench / "land.geojson", collection(features));
    std::string table = "ma_xa,so\n00040,1\n00041,2\n";
    for (int i = 0; i < 12; ++i)
        table += "000" + std::to_string(10 + i) + "," + std::to_string(i + 3) + "\n";
    spit(bench / "land.csv", table);
    const auto flags = mapped("land.geojson", {"--db", "land.csv", "--value", "so", "--no-labels",
                                               "--lang", "vi", "--dpi", "96"});
    bench.json(flags + Words{"--layout", "bare-map", "--out", "a.png"});
    const auto image = read_png(bench / "a.png");
    REQUIRE(image);
    // The column of land stands in the middle of the sheet, from top to bottom.
    CHECK(anything_in(*image, 0.47, 0.05, 0.53, 0.08));
    CHECK(anything_in(*image, 0.47, 0.92, 0.53, 0.95));
    // Little maps stand at the right (254 to 291 of 297 mm); the sea before them is empty.
    CHECK_FALSE(anything_in(*image, 0.56, 0.1, 0.85, 0.97));
    CHECK(anything_in(*image, 0.86, 0.68, 0.98, 0.97));
    // A speck of land is seen in its little map: something dark in the middle of each.
    const auto dark_in = [&](double y0, double y1) {
        for (double y = y0; y < y1; y += 0.001)
            for (double x = 0.88; x < 0.96; x += 0.001)
                if (pixel(*image, x, y)[0] < 110) return true;
        return false;
    };
    CHECK(dark_in(0.69, 0.78));
    CHECK(dark_in(0.84, 0.93));
}

TEST_CASE("an SVG is the same picture for another renderer") {
    if (std::system("command -v rsvg-convert >/dev/null 2>&1") != 0) {
        std::cerr << "skipped (rsvg-convert is not installed): an SVG for another renderer\n";
        return;
    }
    const Bench bench;
    for (const std::string layout : {"official-a4-landscape", "slide-16x9", "poster-a2"}) {
        INFO(layout);
        const Words flags{"map",      "--store",          sample_store().string(),
                          "--layout", layout,             "--lang",
                          "vi",       "--classification", "internal",
                          "--year",   "2015"};
        const std::string dpi = layout.starts_with("poster") ? "48" : "96";
        bench.json(flags + Words{"--dpi", dpi, "--out", "own.png"});
        bench.json(flags + Words{"--out", "page.svg"});
        const auto own = read_png(bench / "own.png");
        REQUIRE(own);
        bench.tool({"rsvg-convert", "--background-color", "white", "--width",
                    std::to_string(own->width), "--height", std::to_string(own->height), "-o",
                    "other.png", "page.svg"});
        const auto other = read_png(bench / "other.png");
        REQUIRE(other);
        const auto difference = compare(*own, *other, 96);
        REQUIRE(difference.same_size);
        // Edges are smoothed in another way; nothing else differs.
        CHECK(difference.pixels < own->width * own->height / 100);
    }
}

TEST_CASE("the whole country stands on every shipped layout with both archipelagos",
          "[.slow][geodata]") {
    const auto of_2025 = geodata("communes_2025/communes_2025.shp.zip");
    const auto facts = geodata("communes_2025/communes_2025_attributes.csv");
    const auto of_2009 = geodata("communes_2009/communes_2009.shp.zip");
    const auto census = geodata("indicators/population_commune_census_2019.csv");
    if (!of_2025 || !facts || !of_2009 || !census) return;
    const Bench bench;
    const std::vector<std::pair<std::string, Words>> countries{
        {"3.321",
         {"--boundaries", of_2025->string(), "--db", facts->string(), "--key", "commune_code",
          "--value", "population", "--denominator", "area_km2", "--scale-rate", "1"}},
        {"11.047",
         {"--boundaries", of_2009->string(), "--code", "ma_xa", "--db", census->string(),
          "--value", "pop_total"}}};
    for (const auto& [units, data] : countries)
        for (const auto& layout : shipped_layouts(bench)) {
            INFO(units << ' ' << layout);
            const auto outcome =
                bench.run(Words{"map"} + data +
                          Words{"--layout", layout, "--lang", "vi", "--classification", "internal",
                                "--quiet", "--out", "a.pdf"});
            INFO(outcome.err);
            REQUIRE(outcome.code == 0);
            const auto words = pages_of(bench, "a.pdf").at(0);
            // The boundaries of 2009 have neither (PROVENANCE.md).
            CHECK(contains(words, "Hoàng Sa") == (units == "3.321"));
            CHECK(contains(words, "Trường Sa") == (units == "3.321"));
            check_sizes(bench, layout, "a.pdf");
            if (layout == "bare-map") continue;
            CHECK(contains(words, units));
            check_apart(bench, "a.pdf");
        }
}
