// Slides, animations, pictures with their place and PDFs of several pages, as other programs read
// them.
#include "cli/pdf.hpp"
#include "support/archive.hpp"

#include <cstdint>

using namespace diaban::test;

namespace {

const Words kYears{"--years", "2010-2011"};

// Counts of persons from a store: some are masked.
Words sample_map() {
    return {"map", "--store", sample_store().string(), "--indicator", "DR01", "--size", "slide"};
}

// What it writes elsewhere on earth, in another language of the system.
void check_same_elsewhere(const Bench& bench, Words arguments, const std::string& file) {
    const auto before = slurp(bench / file);
    fs::remove(bench / file);
    RunOptions elsewhere;
    elsewhere.environment = {{"TZ", "Pacific/Kiritimati"}, {"LC_ALL", "C.UTF-8"}};
    arguments.insert(arguments.end(), {"--lang", "en", "--threads", "1"});
    const auto again = bench.run(arguments, elsewhere);
    INFO(again.err);
    REQUIRE(again.code == 0);
    CHECK(slurp(bench / file) == before);
}

// Red, green and blue at a longitude and latitude, as GDAL finds them: "46 139 127".
std::string colour_on_ground(const Bench& bench, const std::string& file, const std::string& lon,
                             const std::string& lat) {
    std::istringstream values(
        bench.tool({"gdallocationinfo", "-valonly", "-wgs84", file, lon, lat}));
    std::string out;
    for (std::string value; values >> value;) out += (out.empty() ? "" : " ") + value;
    return out;
}

// "#2E8B7F" as above.
std::string as_numbers(const std::string& hex) {
    std::string out;
    for (const std::size_t at : {1, 3, 5})
        out += (at > 1 ? " " : "") + std::to_string(std::stoi(hex.substr(at, 2), nullptr, 16));
    return out;
}

std::size_t times_in(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
    return n;
}

// Six communes in two classes: 10 and 20 persons in the lower, 30 and more in the upper.
Words two_classes(const Bench& bench) {
    return Words{"map"} + six_joined(bench) +
           Words{"--year", "2010", "--breaks", "10,25,60", "--classification", "internal"};
}

void check_colours_on_ground(const Bench& bench, const Json& report, const std::string& file) {
    const auto colour = [&](std::size_t row) {
        return as_numbers(report.at("legend").at(row).at("color"));
    };
    CHECK(colour_on_ground(bench, file, "105.03", "10.03") == colour(0)); // commune 1
    CHECK(colour_on_ground(bench, file, "105.17", "10.03") == colour(0)); // 2
    CHECK(colour_on_ground(bench, file, "105.27", "10.07") == colour(1)); // 3
    CHECK(colour_on_ground(bench, file, "105.03", "10.17") == colour(1)); // 4
    // Which commune that is, the program itself says.
    const auto unit = bench.run(Words{"where"} + six_joined(bench) + Words{"105.27", "10.07"});
    CHECK(contains(unit.out, "00003"));
}

} // namespace

TEST_CASE("years become slides with a title, a picture and notes each, masked like every map") {
    const Bench bench;
    const auto flags = sample_map() + kYears + Words{"--out", "deck.pptx"};
    const auto report = bench.json(flags);
    CHECK(report.at("files") == Json{"deck.pptx"});
    CHECK(report.at("masked") > 0);
    const auto masked = slurp(bench / "deck.pptx.masked.csv");
    CHECK(contains(masked, ",2010,"));
    CHECK(contains(masked, ",2011,"));
    const auto part = [&](const std::string& name) {
        return text_in_zip(bench / "deck.pptx", "ppt/" + name);
    };
    CHECK(times_in(part("presentation.xml"), "<p:sldId ") == 2);
    CHECK(contains(part("slides/slide1.xml"), "2010</a:t>"));
    CHECK(contains(part("slides/slide2.xml"), "2011</a:t>"));
    CHECK(part("media/image1.png") != part("media/image2.png"));
    // The notes say what the legend says.
    const auto notes = part("notesSlides/notesSlide2.xml");
    for (const auto& row : report.at("legend")) {
        auto words = row.at("label").get<std::string>();
        for (const auto& [raw, written] :
             {std::pair<std::string, std::string>{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}})
            for (auto at = words.find(raw); at != words.npos; at = words.find(raw, at + 2))
                words.replace(at, raw.size(), written);
        INFO(words);
        CHECK(
            contains(notes, words + ": " + std::to_string(row.at("count").get<int>()) + "</a:t>"));
    }
    check_same_elsewhere(bench, flags, "deck.pptx");
    // The banner of what is not for everybody is on every slide and in its notes.
    CHECK_FALSE(contains(part("slides/slide1.xml"), "type=\"ftr\""));
    REQUIRE(bench.run(flags + Words{"--classification", "internal"}).code == 0);
    CHECK_FALSE(fs::exists(bench / "deck.pptx.masked.csv"));
    for (const auto* name : {"slides/slide1.xml", "slides/slide2.xml",
                             "notesSlides/notesSlide1.xml", "notesSlides/notesSlide2.xml"})
        CHECK(contains(part(name), ">INTERNAL USE<"));
    const auto log = bench.run({"store", "log", sample_store().string()});
    CHECK(contains(log.out + log.err, "deck.pptx"));
}

TEST_CASE("years become one animation, which opens elsewhere as a picture") {
    const Bench bench;
    const auto flags = sample_map() + kYears + Words{"--frame-ms", "400", "--out", "years.apng"};
    const auto report = bench.json(flags);
    CHECK(report.at("files") == Json{"years.apng"});
    CHECK(contains(slurp(bench / "years.apng.masked.csv"), ",2011,"));
    const auto bytes = slurp(bench / "years.apng");
    CHECK(times_in(bytes, "acTL") == 1);
    CHECK(times_in(bytes, "fcTL") == 2);
    CHECK(contains(bytes, std::string("\x01\x90\x03\xE8", 4))); // 400 of 1000
    const auto picture = bench.tool({"gdalinfo", "years.apng"});
    CHECK(contains(picture, "Size is 1920, 1080"));
    check_same_elsewhere(bench, flags, "years.apng");
    // The first frame is the map of the first year.
    REQUIRE(bench.run(sample_map() + Words{"--years", "2010", "--out", "one.png"}).code == 0);
    const auto checksum = [&](const std::string& file) {
        const auto said = bench.tool({"gdalinfo", "-checksum", file});
        return said.substr(said.find("Checksum"));
    };
    CHECK(checksum("years.apng").substr(0, 30) == checksum("one.png").substr(0, 30));
}

TEST_CASE("a GeoTIFF and the files beside a PNG put every commune where it lies") {
    const Bench bench;
    const auto tif = two_classes(bench) + Words{"--dpi", "100", "--out", "m.tif"};
    const auto report = bench.json(tif);
    check_colours_on_ground(bench, report, "m.tif");
    const auto said = bench.tool({"gdalinfo", "m.tif"});
    CHECK(contains(said, "Size is 1169, 827"));
    CHECK(contains(said, "Driver: GTiff"));
    CHECK_FALSE(contains(said, bench.folder.path().string()));
    check_same_elsewhere(bench, tif, "m.tif");
    const auto png =
        bench.json(two_classes(bench) + Words{"--dpi", "100", "--world-file", "--out", "m.png"});
    CHECK(png.at("files") == Json{"m.png", "m.pgw", "m.png.aux.xml"});
    check_colours_on_ground(bench, png, "m.png");
    // The dots of an inch are in the PNG: 100 / 25.4 mm * 1000 = 3937 a metre.
    const auto bytes = slurp(bench / "m.png");
    const auto at = bytes.find("pHYs");
    REQUIRE(at != std::string::npos);
    CHECK(bytes.substr(at + 4, 9) == std::string("\0\0\x0F\x61\0\0\x0F\x61\1", 9));
}

TEST_CASE("years become pages of one PDF with bookmarks, fonts and a title, and no person") {
    const Bench bench;
    const auto flags = sample_map() + kYears + Words{"--book", "--no-index", "--out", "deck.pdf"};
    const auto report = bench.json(flags);
    CHECK(report.at("files") == Json{"deck.pdf"});
    CHECK(contains(slurp(bench / "deck.pdf.masked.csv"), ",2011,"));
    const auto pages = pages_of(bench, "deck.pdf");
    REQUIRE(pages.size() == 2);
    CHECK(contains(pages[0], "2010"));
    CHECK(contains(pages[1], "2011"));
    check_fonts(bench, "deck.pdf");
    const auto facts = bench.tool({"pdfinfo", "deck.pdf"});
    CHECK(contains(facts, "Page size:       960 x 540 pts"));
    CHECK(contains(facts, "Title:"));
    CHECK(contains(facts, "2000"));
    CHECK_FALSE(contains(facts, "Author:"));
    const auto outline = bench.tool({"pdftohtml", "-xml", "-i", "-stdout", "deck.pdf"});
    CHECK(times_in(outline, "<item page=") == 2);
    const auto second = outline.find("<item page=\"2\">");
    REQUIRE(second != std::string::npos);
    CHECK(contains(outline.substr(second, outline.find("</item>", second) - second), "2011"));
    check_same_elsewhere(bench, flags, "deck.pdf");
    // Without --book there is a file a year, as ever.
    CHECK(bench.json(sample_map() + kYears + Words{"--out", "a.pdf"}).at("files") ==
          Json{"a_2010.pdf", "a_2011.pdf"});
}

TEST_CASE("layers of an SVG have names that drawing programs show") {
    const Bench bench;
    REQUIRE(bench.run(two_classes(bench) + Words{"--out", "m.svg"}).code == 0);
    const auto svg = slurp(bench / "m.svg");
    CHECK(contains(svg, "xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\""));
    for (const auto* layer : {"map", "units", "borders", "districts", "title", "legend", "source"})
        CHECK(contains(svg, std::string("<g id=\"") + layer +
                                "\" inkscape:groupmode=\"layer\" inkscape:label=\"" + layer +
                                "\">"));
}

TEST_CASE("a format that is not written, or a flag of another, is refused in one sentence") {
    const Bench bench;
    const auto flags = two_classes(bench);
    check_refusal(bench.run(flags + Words{"--out", "years.gif"}), 2, ".apng");
    check_refusal(bench.run(flags + Words{"--out", "m.jpg"}), 2, ".pptx");
    check_refusal(bench.run(flags + Words{"--world-file", "--out", "m.svg"}), 2, "--world-file");
    check_refusal(bench.run(flags + Words{"--frame-ms", "500", "--out", "m.png"}), 2, "--frame-ms");
    for (const auto* bad : {"0", "19", "60001", "fast"})
        check_refusal(bench.run(flags + Words{"--frame-ms", bad, "--out", "m.apng"}), 2, bad);
    for (const auto* name : {"years.gif", "m.jpg", "m.svg", "m.png", "m.apng"})
        CHECK_FALSE(fs::exists(bench / name));
    // Not into a folder that is not there; nothing is half written.
    for (const auto* name : {"no/a.pptx", "no/a.apng", "no/a.tif"})
        check_refusal(bench.run(flags + Words{"--out", name}), 6, "no/a");
}

TEST_CASE("answers of other verbs leave as slides and GeoTIFF too") {
    const Bench bench;
    const auto outcome = bench.run({"status", "--store", sample_store().string(), "--year", "2010",
                                    "--classification", "internal", "--map", "s.pptx"});
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    CHECK(contains(text_in_zip(bench / "s.pptx", "ppt/slides/slide1.xml"), "INTERNAL USE"));
    REQUIRE(bench
                .run({"query", "--store", sample_store().string(), "status = hot", "--year", "2010",
                      "--map", "q.tif"})
                .code == 0);
    CHECK(contains(bench.tool({"gdalinfo", "q.tif"}), "Driver: GTiff"));
}
