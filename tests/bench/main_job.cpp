// The main job at national size: from process start to a picture, in time and memory.
//
//   bench_main_job PROGRAM [--check]
//
// Prints one line per measurement: the median of five runs, the budget, and the ratio between them.
// --check makes a number over its budget an error; without it the table is for reading, because
// shared machines are noisy. Needs DIABAN_GEODATA; without it the sample province is measured.
#include "app/commands/map.hpp"
#include "bench/program_run.hpp"
#include "bench/years_table.hpp"
#include "files/boundaries.hpp"
#include "geo/contiguity.hpp"
#include "support/geodata.hpp"
#include "support/temp.hpp"

#include <cstdlib>

using namespace diaban;
using bench::median_run;
using bench::median_seconds;
using bench::run_once;
using bench::Table;
namespace fs = std::filesystem;

namespace {

struct Country {
    const char* name;
    const char* boundaries;
    double map_budget, memory_budget_mb;
};

void measure_map(Table& table, const std::string& program, const Country& country,
                 const std::vector<std::string>& values, const fs::path& out) {
    std::vector<std::string> arguments{
        program,  "map",         "--boundaries", test::geodata(country.boundaries)->string(),
        "--size", "1920x1080px", "--out",        (out / "map.png").string(),
        "--quiet"};
    arguments.insert(arguments.end(), values.begin(), values.end());
    auto cold = arguments;
    cold.push_back("--no-cache");
    const auto without = median_run(cold);
    table.line(fmt::format("{}: map, no cache", country.name), without.seconds, country.map_budget,
               without.cpu_seconds, without.peak_mb);
    table.memory(fmt::format("{}: peak memory", country.name), without.peak_mb,
                 country.memory_budget_mb);
    run_once(arguments); // fills the cache
    const auto with = median_run(arguments);
    table.line(fmt::format("{}: map, with cache", country.name), with.seconds, 0.3,
               with.cpu_seconds, with.peak_mb);
}

// 16 years of one wide table as 16 pictures in one process.
void measure_years(Table& table, const std::string& program, const fs::path& out) {
    const auto db = out / "years.csv";
    bench::write_years(*test::geodata("indicators/population_commune_census_2019.csv"), db);
    const auto years =
        median_run({program, "map", "--boundaries",
                    test::geodata("communes_2009/communes_2009.shp.zip")->string(), "--db",
                    db.string(), "--value", "v{year}", "--years", "2010-2025", "--size",
                    "1920x1080px", "--out", (out / "year.png").string(), "--quiet"});
    table.line("2009: 16 years, 16 PNGs, one process", years.seconds, 1.2, years.cpu_seconds,
               years.peak_mb);
}

void measure_coverage(Table& table) {
    base::JobContext ctx;
    auto raw = files::read_boundaries(
        {.file = *test::geodata("communes_2009/communes_2009.shp.zip"), .attributes = false}, ctx);
    geo::CoverageSpec spec{.source = raw.crs, .map = geo::Crs::epsg(3405)};
    geo::BuiltCoverage built;
    table.line("2009: coverage from read rings",
               median_seconds([&] { built = geo::build_coverage(raw.soup, spec, ctx); }), 0.8);
    spec.thresholds = false;
    table.line("2009: coverage without detail levels",
               median_seconds([&] { geo::build_coverage(raw.soup, spec, ctx); }), 0.8);
    table.line("2009: queen neighbours from it",
               median_seconds([&] { geo::neighbours(*built.coverage, geo::Contiguity::Queen); }),
               0.05);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: {} PROGRAM [--check]\n", argv[0]);
        return 2;
    }
    const std::string program = argv[1];
    const bool check = argc > 2 && std::string_view(argv[2]) == "--check";
    const test::TempFolder out;
    setenv("XDG_CACHE_HOME", (out / "cache").c_str(), 1);

    Table table;
    table.header();
    if (test::geodata("communes_2009/communes_2009.shp.zip")) {
        const auto census =
            test::geodata("indicators/population_commune_census_2019.csv")->string();
        measure_map(table, program, {"2009", "communes_2009/communes_2009.shp.zip", 1.2, 350},
                    {"--db", census, "--value", "pop_total"}, out.path());
        measure_years(table, program, out.path());
        measure_map(table, program, {"2025", "communes_2025/communes_2025.shp.zip", 1.6, 600},
                    {"--value", "dan_so"}, out.path());
        measure_coverage(table); // last: see run_once()
    } else {
        const auto sample = out / "sample";
        const auto write = median_run({program, "sample", sample.string(), "--quiet"});
        table.line("sample: 156 communes written", write.seconds, 2, write.cpu_seconds,
                   write.peak_mb);
        const auto map =
            median_run({program, "map", "--project", (sample / "tinh_mau.diaban").string(), "--out",
                        (out / "map.png").string(), "--quiet"});
        table.line("sample: map", map.seconds, 1, map.cpu_seconds, map.peak_mb);
    }
    return check && table.over() > 0 ? 1 : 0;
}
