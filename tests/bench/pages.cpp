// Pages of the whole country: what is printed, hung up and shown, from process start to the files.
//
//   bench_pages PROGRAM [--check]
//
// An A3 sheet at 300 dpi as PNG and PDF in one process, an A0 poster, an atlas of all provinces,
// a table whose small counts are hidden, and a slide in a process that has drawn one before. The
// median of five runs, of three where a run takes seconds. --check makes a number over its goal an
// error. Needs DIABAN_GEODATA; without it the sample province is measured.
#include "app/load_for_map.hpp"
#include "app/map_files.hpp"
#include "bench/program_run.hpp"
#include "bench/table.hpp"
#include "support/geodata.hpp"
#include "support/temp.hpp"

using namespace diaban;
using bench::Table;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

Words operator+(Words a, const Words& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

struct Country {
    const char* name;
    Words data;
    double both_goal; // PNG and PDF
};

void line(Table& table, const std::string& what, const bench::Usage& usage, double goal) {
    table.line(what, usage.seconds, goal, usage.cpu_seconds, usage.peak_mb);
}

double mb(const fs::path& file) {
    return static_cast<double>(fs::file_size(file)) / 1e6;
}

void measure_sheets(Table& table, const Country& country, const fs::path& out) {
    const auto png = (out / "a3.png").string(), pdf = (out / "a3.pdf").string();
    const auto a3 = country.data + Words{"--size", "A3", "--dpi", "300"};
    const auto both = a3 + Words{"--out", png, "--out", pdf};
    const auto what = std::string(country.name) + ": A3, ";
    line(table, what + "PNG and PDF, no cache", bench::median_run(both + Words{"--no-cache"}),
         country.both_goal);
    bench::run_once(both); // fills the cache
    line(table, what + "PNG and PDF, with cache", bench::median_run(both), country.both_goal);
    line(table, what + "PNG alone", bench::median_run(a3 + Words{"--out", png}), country.both_goal);
    line(table, what + "PDF alone", bench::median_run(a3 + Words{"--out", pdf}), country.both_goal);
    table.memory(what + "size of the PDF", mb(pdf), 12);
}

void measure_series(Table& table, const Country& country, const fs::path& out) {
    const auto what = std::string(country.name) + ": ";
    const auto poster =
        bench::median_run(country.data + Words{"--layout", "poster-a0", "--dpi", "300", "--out",
                                               (out / "a0.png").string()},
                          3);
    line(table, what + "poster A0, 300 dpi, PNG", poster, 10);
    table.memory(what + "poster A0: peak memory", poster.peak_mb, 1200);
    line(table, what + "poster A0, PDF",
         bench::median_run(
             country.data + Words{"--layout", "poster-a0", "--out", (out / "a0.pdf").string()}, 3),
         10);
    line(table, what + "atlas of the provinces, one PDF",
         bench::median_run(
             country.data + Words{"--atlas", "province", "--out", (out / "atlas.pdf").string()}, 3),
         25);
}

// What is hidden for the sake of others of 11,047 communes and 17 years, carried to new boundaries.
void measure_masking(Table& table, const std::string& program, const fs::path& out) {
    const auto sample = out / "country";
    bench::run_once({program, "sample", sample.string(), "--communes", "11047", "--quiet"});
    const auto store = (sample / "tinh_mau.sqlite").string();
    const Words carried{program,
                        "table",
                        "--quiet",
                        "--store",
                        store,
                        "--vintage",
                        "2025",
                        "--across",
                        "carried",
                        "--out",
                        (out / "t.csv").string()};
    const std::string what = "11,047 communes: table of carried numbers, ";
    line(table, what + "internal",
         bench::median_run(carried + Words{"--classification", "internal"}), 3);
    line(table, what + "public", bench::median_run(carried), 5);
}

// The second slide of a process, and those after it.
void measure_slide(Table& table, const std::string& name, app::MapRequest request,
                   const fs::path& out) {
    base::JobContext ctx;
    const auto language = app::Language::load("vi");
    const auto dataset =
        app::load_for_map(request.data, request.map.indicator, app::Need::Picture, ctx);
    for (const auto* layout : {"", "slide-16x9"}) {
        request.page.size = "slide";
        request.page.layout = layout;
        request.out = out / "slide.png";
        app::run(request, *dataset, *language, ctx);
        table.line(name + ": slide 1920x1080, warm" + (*layout ? ", of a layout" : ""),
                   bench::median_seconds([&] { app::run(request, *dataset, *language, ctx); }),
                   0.3);
    }
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
    app::MapRequest slide;
    std::string name = "2009";
    if (const auto communes = test::geodata("communes_2009/communes_2009.shp.zip")) {
        const auto census = *test::geodata("indicators/population_commune_census_2019.csv");
        const Words head{program, "map", "--quiet", "--title", "Dân số các xã, phường, thị trấn"};
        const Country old{"2009",
                          head + Words{"--boundaries", communes->string(), "--db", census.string(),
                                       "--value", "pop_total"},
                          1.8};
        measure_sheets(table, old, out.path());
        measure_series(table, old, out.path());
        measure_sheets(table,
                       {"2025",
                        head + Words{"--boundaries",
                                     test::geodata("communes_2025/communes_2025.shp.zip")->string(),
                                     "--value", "dan_so"},
                        2.2},
                       out.path());
        slide.data.boundaries = *communes;
        slide.data.db = census;
        slide.data.values = {"pop_total"};
    } else {
        name = "sample";
        const auto sample = out / "sample";
        bench::run_once({program, "sample", sample.string(), "--quiet"});
        const auto store = sample / "tinh_mau.sqlite";
        measure_sheets(
            table,
            {"sample",
             {program, "map", "--quiet", "--store", store.string(), "--indicator", "population"},
             1.8},
            out.path());
        slide.data.store = store;
        slide.map.indicator = "population";
    }
    measure_masking(table, program, out.path());
    measure_slide(table, name, slide, out.path()); // last: see run_once()
    return check && table.over() > 0 ? 1 : 0;
}
