// Nearness at national size, in process: 11,047 communes against 500 zone polygons within 5 km.
//
//   bench_near [PROGRAM] [--check]
//
// Exact edge distances, two threads. Peers on such a machine: shapely with an STR-tree 0.31 s,
// SpatiaLite with an R-tree 0.66 s, QGIS 9.1 s, R sf 82 s. With --check the program fails if a
// number is over its goal. Needs DIABAN_GEODATA.
#include "analysis/proximity.hpp"
#include "bench/table.hpp"
#include "files/boundaries.hpp"
#include "support/geodata.hpp"

#include <cmath>
#include <numbers>
#include <random>
#include <string_view>

using namespace diaban;

namespace {

// Crooked zones of a kilometre or two, each near a commune.
std::vector<geo::Shape> zones(const geo::Coverage& coverage, std::size_t count) {
    std::mt19937_64 random(1);
    const auto even = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<geo::Shape> out;
    while (out.size() < count) {
        const auto& face = coverage.faces()[random() % coverage.face_count()];
        if (face.ring_count == 0) continue;
        const geo::Point middle = face.box.centre();
        std::vector<geo::Point> ring;
        constexpr int kCorners = 48;
        for (int k = 0; k < kCorners; ++k) {
            const double angle = 2 * std::numbers::pi * k / kCorners;
            const double radius = 400 + 900 * even();
            ring.push_back(
                {middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
        }
        out.push_back({geo::Shape::Kind::Area, {std::move(ring)}});
    }
    return out;
}

} // namespace

int main(int argc, char** argv) {
    const bool check = argc > 1 && std::string_view(argv[argc - 1]) == "--check";
    const auto file = test::geodata("communes_2009/communes_2009.shp.zip");
    if (!file) return 0;
    base::JobContext ctx(2);
    const auto raw = files::read_boundaries({.file = *file, .attributes = false}, ctx);
    const geo::CoverageSpec spec{
        .source = raw.crs, .map = geo::Crs::epsg(3405), .thresholds = false};
    const auto coverage = geo::build_coverage(raw.soup, spec, ctx).coverage;
    const auto shapes = zones(*coverage, 500);

    bench::Table table;
    table.header();
    std::optional<geo::FaceRuns> units;
    std::optional<geo::ShapeIndex> places;
    table.line("index of 11,047 communes and 500 zones", bench::median_seconds([&] {
                   units.emplace(coverage);
                   places.emplace(shapes);
               }),
               0.2);
    std::size_t near = 0;
    const auto within = [&](double metres, std::size_t nearest) {
        return bench::median_seconds([&] {
            const auto found =
                analysis::proximity(*units, *places, {.within_m = metres, .nearest = nearest}, ctx);
            near = 0;
            for (const auto& row : found) near += !row.empty();
        });
    };
    table.line("communes within 5 km, the nearest zone", within(5000, 1), 0.06);
    fmt::print("  {} communes\n", near);
    table.line("communes within 5 km, all zones", within(5000, 0), 0.06);
    table.line("the nearest zone of every commune",
               within(std::numeric_limits<double>::infinity(), 1), 0.5);
    return check && table.over() > 0 ? 1 : 0;
}
