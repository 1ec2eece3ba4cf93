// Real boundaries and published data sets, from the files to the picture.
#include "cli/program.hpp"
#include "golden/image.hpp"
#include "support/geodata.hpp"

using namespace diaban::test;

namespace {

// Flags that map a column of the census on real boundaries.
Words census_on(const fs::path& boundaries, const fs::path& census) {
    return {"map",  "--boundaries",  boundaries.string(), "--code",   "ma_xa",
            "--db", census.string(), "--value",           "pop_total"};
}

std::size_t units_in_legend(const Json& report) {
    std::size_t total = 0;
    for (const auto& row : report.at("legend")) total += row.at("count").get<std::size_t>();
    return total;
}

} // namespace

TEST_CASE("five provinces with the census, the legend counts every commune") {
    const auto census = geodata("indicators/population_commune_census_2019.csv");
    const Bench bench;
    // Polygons as counted when the files were made (PROVENANCE.md).
    for (const auto& [name, communes] :
         {std::pair("94_soc_trang", 106u), std::pair("89_an_giang", 154u),
          std::pair("30_hai_duong", 263u), std::pair("01_ha_noi", 577u),
          std::pair("74_binh_duong", 89u)}) {
        const auto boundaries = geodata(std::string("communes_2009/") + name + ".shp");
        if (!boundaries || !census) return;
        INFO(name);
        const auto report = bench.json(census_on(*boundaries, *census) +
                                       Words{"--size", "800x600px", "--out", "a.png"});
        CHECK(report.at("units") == communes);
        CHECK(units_in_legend(report) == communes);
        CHECK(report.at("no_data") == 0);
    }
}

TEST_CASE("a province in degrees, in UTM and in its zone without .prj is the same picture") {
    const auto boundaries = geodata("communes_2009/94_soc_trang.shp");
    const auto census = geodata("indicators/population_commune_census_2019.csv");
    if (!boundaries || !census) return;
    const Bench bench;
    for (const std::string code : {"3405", "9209"})
        bench.tool({"ogr2ogr", "-t_srs", "EPSG:" + code, "-lco", "ENCODING=UTF-8", code + ".shp",
                    boundaries->string()});
    fs::remove(bench / "9209.prj");
    const auto drawn = [&](const fs::path& file) {
        const auto report = bench.json(census_on(file, *census) +
                                       Words{"--size", "900x700px", "--title", "T", "--source", "S",
                                             "--out", file.stem().string() + ".png"});
        CHECK(has_kind(report, "crs_from_province") == (file.stem() == "9209"));
        const auto image = read_png(bench / (file.stem().string() + ".png"));
        REQUIRE(image);
        return *image;
    };
    const auto degrees = drawn(*boundaries);
    for (const char* file : {"3405.shp", "9209.shp"}) {
        INFO(file);
        const auto difference = compare(degrees, drawn(file), 32);
        CHECK(difference.same_size);
        CHECK(difference.pixels < 30); // of 630,000
    }
}

TEST_CASE("the communes of 2025 with the people in their own table") {
    const auto boundaries = geodata("communes_2025/communes_2025.shp.zip");
    if (!boundaries) return;
    const Bench bench;
    const Words data{"--boundaries", boundaries->string(), "--value", "dan_so"};
    const auto report =
        bench.json(Words{"map"} + data + Words{"--size", "600x800px", "--out", "a.png"});
    CHECK(units_in_legend(report) == 3321);
    CHECK(report.at("no_data") == 66); // unknown in the source
    CHECK(has_kind(report, "overlaps_unmeasured"));
}

TEST_CASE("columns of four years are four maps with one set of classes") {
    const auto boundaries = geodata("benchmarks/natregimes/natregimes.shp.zip");
    if (!boundaries) return;
    const Bench bench;
    const Words data{"--boundaries", boundaries->string(), "--value", "HR{year}"};
    const auto report =
        bench.json(Words{"map"} + data +
                   Words{"--years", "1960-1990", "--size", "800x600px", "--out", "hr_{year}.png"});
    CHECK(report.at("files") == Json({"hr_1960.png", "hr_1970.png", "hr_1980.png", "hr_1990.png"}));
    CHECK(units_in_legend(report) == 3085);
    CHECK(report.at("no_data") == 0);
    Json breaks;
    for (const std::string year : {"1960", "1970", "1980", "1990"}) {
        const auto classes = bench.json(Words{"classes"} + data + Words{"--year", year});
        CHECK(classes.at("period") == year);
        if (breaks.is_null()) breaks = classes.at("breaks");
        CHECK(classes.at("breaks") == breaks);
    }
}

TEST_CASE("a rate of published counts: every county is in the legend, those without a case apart") {
    const auto boundaries = geodata("benchmarks/sids/nc.shp");
    if (!boundaries) return;
    const Bench bench;
    const auto report = bench.json({"map", "--boundaries", boundaries->string(), "--value", "SID74",
                                    "--denominator", "BIR74", "--classification", "internal",
                                    "--size", "800x600px", "--out", "a.png"});
    CHECK(units_in_legend(report) == 100);
    CHECK(report.at("legend").at(0).at("count") == 13); // SID74 = 0 in 13 of 100 counties
}
