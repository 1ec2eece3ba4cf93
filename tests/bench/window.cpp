// The window that is kept open all day, at national size: its frames, its memory, and what a hand
// waits for.
//
//   bench_window PROGRAM [--check]
//
// The window measures its own frames (view --bench), with values of sixteen years; the answer to
// the mouse, the lasso and the filter of the table are measured in process, with the functions that
// the window calls. With --check the program fails if a number is over its goal, or if there is no
// display to measure on. The goals are those of software GL (LIBGL_ALWAYS_SOFTWARE=1) and of
// DIABAN_GEODATA; without it the frames are those of the sample province.
#include "app/selection.hpp"
#include "app/table_view.hpp"
#include "bench/program_run.hpp"
#include "bench/years_table.hpp"
#include "geo/locate.hpp"
#include "gui/map_geometry.hpp"
#include "support/geodata.hpp"
#include "support/temp.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <random>
#include <sstream>
#include <string_view>

using namespace diaban;
using bench::median_seconds;
using bench::Table;
namespace fs = std::filesystem;

namespace {

using Arguments = std::vector<std::string>;

struct Frames {
    double median_ms = 0, processor_ms = 0;
};
struct WindowRun {
    bench::Usage usage;
    std::map<std::string, Frames> frames; // by the name that the window gives them
};

// The lines that `view --bench` writes: "pan median 15.8 largest 40.1 processor 17.0 n 60".
std::map<std::string, Frames> read_frames(const fs::path& file) {
    std::ifstream in(file);
    std::map<std::string, Frames> out;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string name, word;
        double largest = 0;
        Frames frames;
        if (words >> name >> word >> frames.median_ms >> word >> largest >> word >>
            frames.processor_ms)
            out[name] = frames;
    }
    return out;
}

WindowRun run_window(const std::string& program, const Arguments& data, const std::string& size,
                     const fs::path& folder) {
    Arguments all{program, "view"};
    all.insert(all.end(), data.begin(), data.end());
    all.insert(all.end(), {"--bench", "--window", size, "--scale", "1"});
    const auto file = folder / "frames.txt";
    const auto usage = bench::run_once(all, file);
    return {usage, read_frames(file)};
}

void frames_line(Table& table, const std::string& what, const WindowRun& run,
                 const std::string& name, double goal_ms) {
    const auto found = run.frames.find(name);
    if (found == run.frames.end()) {
        fmt::print(stderr, "the window did not measure \"{}\"\n", name);
        std::exit(1);
    }
    table.line(what, found->second.median_ms / 1000, goal_ms / 1000,
               found->second.processor_ms / 1000);
}

void measure_frames(Table& table, const WindowRun& run, const std::string& size, double moving_ms) {
    frames_line(table, size + ": another year", run, "year", 33);
    frames_line(table, size + ": a frame of panning", run, "pan", moving_ms);
    frames_line(table, size + ": a frame of zooming", run, "zoom", moving_ms);
    frames_line(table, size + ": small multiples, moving", run, "multiples", 250);
    frames_line(table, size + ": small multiples, smooth", run, "smooth", 250);
}

// The cache is empty at first and filled by the first run.
void measure_window(Table& table, const std::string& program, const Arguments& data,
                    const fs::path& folder) {
    constexpr double kFirstMap_ms = 1500;
    const auto run = [&](const char* size) { return run_window(program, data, size, folder); };
    const auto first = run("1920x1080");
    frames_line(table, "1920x1080: first map, no cache", first, "first_map", kFirstMap_ms);
    measure_frames(table, run("1280x720"), "1280x720", 33);
    const auto again = run("1920x1080");
    frames_line(table, "1920x1080: first map, with cache", again, "first_map", kFirstMap_ms);
    measure_frames(table, again, "1920x1080", 45);
}

void measure_memory(Table& table, const std::string& program, const Arguments& data,
                    const fs::path& folder) {
    constexpr double kMost_mb = 900;
    for (const char* when : {"no cache", "with cache"}) {
        const auto run = run_window(program, data, "1920x1080", folder);
        table.memory(fmt::format("2025: peak memory, {}", when), run.usage.peak_mb, kMost_mb);
    }
}

app::DataRequest request_of(const fs::path& boundaries, const fs::path& years) {
    app::DataRequest request;
    request.boundaries = boundaries;
    request.db = years;
    request.values = {"v{year}"};
    return request;
}

Arguments flags_of(const app::DataRequest& request) {
    return {"--boundaries", request.boundaries.string(), "--db", request.db.string(),
            "--value",      request.values.front()};
}

double even(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

// The slowest of two thousand answers, each the median of several: the commune under the mouse, and
// what is said of it.
void measure_hover(Table& table, const app::Dataset& dataset, const app::Language& language) {
    const auto& coverage = dataset.vintage->coverage;
    const geo::Locator locator(coverage);
    std::mt19937_64 random(1);
    double slowest = 0;
    std::size_t found = 0;
    for (int i = 0; i < 2000; ++i) {
        const geo::Face& face = coverage->faces()[random() % coverage->face_count()];
        if (face.ring_count == 0) continue;
        const geo::Box& box = face.box;
        const geo::Point at{box.min_x + even(random) * box.width(),
                            box.min_y + even(random) * box.height()};
        std::string said;
        const double seconds = median_seconds([&] {
            const auto unit = locator.face_at(at);
            said = unit ? app::value_text(dataset, 0, 0, *unit, language) : "";
        });
        slowest = std::max(slowest, seconds);
        found += !said.empty();
    }
    table.line("hover: slowest of 2,000 answers", slowest, 0.005);
    fmt::print("  {} of them about a commune\n", found);
}

// By hand, around at least so many communes in the middle of the country.
std::vector<geo::Point> lasso_around(const geo::Coverage& coverage, std::size_t communes) {
    constexpr int kCorners = 400;
    const geo::Point middle = coverage.main_box().centre();
    std::mt19937_64 random(1);
    for (double radius = 100'000;; radius *= 1.05) {
        std::vector<geo::Point> out;
        for (int k = 0; k < kCorners; ++k) {
            const double angle = 2 * std::numbers::pi * k / kCorners;
            const double reach = radius * (0.95 + 0.05 * even(random));
            out.push_back({middle.x + reach * std::cos(angle), middle.y + reach * std::sin(angle)});
        }
        if (app::faces_in_polygon(coverage, out).size() >= communes) return out;
    }
}

// Until the border around what was chosen can be drawn, the whole country in sight.
void measure_lasso(Table& table, const geo::Coverage& coverage) {
    constexpr std::size_t kCommunes = 5000;
    constexpr double kMapHeight_px = 700;
    const auto polygon = lasso_around(coverage, kCommunes);
    const geo::Box& land = coverage.main_box();
    const double tolerance = gui::tolerance_for(land.height() / kMapHeight_px);
    app::Faces chosen;
    std::vector<gui::LineSegment> border;
    table.line("lasso of 5,000 communes", median_seconds([&] {
                   chosen = app::combined({}, app::faces_in_polygon(coverage, polygon),
                                          app::Combine::Replace);
                   border = gui::outline(coverage, chosen, tolerance, land.centre());
               }),
               0.1);
    fmt::print("  {} communes, {} pieces of border\n", chosen.size(), border.size());
}

void measure_table(Table& table, const app::Dataset& dataset, const app::Language& language) {
    using Kind = app::TableColumn::Kind;
    const app::TableColumn name{Kind::Name, 0}, value{Kind::Value, 0};
    const auto measure = [&](const std::string& what, const app::TableQuery& query) {
        app::TableRows rows;
        table.line(what,
                   median_seconds([&] { rows = app::table_rows(dataset, query, {}, language); }),
                   0.03);
        fmt::print("  {} communes\n", rows.units);
    };
    app::TableQuery query{.filters = {{name, "an"}}, .sort = name};
    measure("table: filter of names", query);
    query.filters.emplace_back(value, "> 500");
    measure("table: filter of names and values", query);
    query.grouped = true;
    measure("table: the same by district", query);
    measure("table: no filter, sorted by value", {.sort = value});
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: {} PROGRAM [--check]\n", argv[0]);
        return 2;
    }
    const std::string program = argv[1];
    const bool check = argc > 2 && std::string_view(argv[2]) == "--check";
    const bool display = std::getenv("DISPLAY") != nullptr;
    const test::TempFolder out;
    setenv("XDG_CACHE_HOME", (out / "cache").c_str(), 1);
    setenv("XDG_CONFIG_HOME", (out / "config").c_str(), 1); // nobody's own settings

    Table table;
    table.header();
    if (!display) fmt::print("frames, memory: skipped, there is no display (DISPLAY is not set)\n");
    if (const auto country = test::geodata("communes_2009/communes_2009.shp.zip")) {
        const auto old = request_of(*country, out / "2009.csv");
        bench::write_years(*test::geodata("indicators/population_commune_census_2019.csv"), old.db);
        const auto now =
            request_of(*test::geodata("communes_2025/communes_2025.shp.zip"), out / "2025.csv");
        bench::write_years(*test::geodata("codes/communes_gso_2025-12-31.csv"), now.db);
        if (display) measure_window(table, program, flags_of(old), out.path());
        if (display) measure_memory(table, program, flags_of(now), out.path());
        base::JobContext ctx(2); // what follows comes last: see run_once()
        const auto dataset = app::load(old, app::Need::Everything, ctx);
        const auto language = app::Language::load("vi");
        measure_hover(table, *dataset, *language);
        measure_lasso(table, *dataset->vintage->coverage);
        measure_table(table, *dataset, *language);
    } else if (display) {
        const auto sample = out / "sample";
        bench::run_once({program, "sample", sample.string(), "--quiet"});
        measure_window(table, program, {(sample / "tinh_mau.diaban").string()}, out.path());
    }
    return check && (table.over() > 0 || !display) ? 1 : 0;
}
