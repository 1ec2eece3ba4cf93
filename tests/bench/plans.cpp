// Plans at their sizes, in process: bases for 156, 1,000 and 11,047 communes, sectors for 1,000.
//
//   bench_plans [PROGRAM] [--check]
//
// With DIABAN_GEODATA the country is that of the communes of 2009 with the people of the census of
// 2019, and with a burden of 1; all else, and without it the country too, are scattered places of
// one to 25 km² with burdens of 1 to 200. With --check the program fails if a number is over its
// goal.
#include "analysis/location.hpp"
#include "analysis/sectors.hpp"
#include "bench/table.hpp"
#include "files/boundaries.hpp"
#include "geo/face_shapes.hpp"
#include "support/geodata.hpp"

#include <cmath>
#include <map>
#include <random>
#include <sstream>
#include <string_view>

using namespace diaban;

namespace {

double even(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

analysis::LocationProblem cover_of(std::size_t count, std::size_t p, double radius_m) {
    std::mt19937_64 random(1);
    const double side = 5000 * std::sqrt(static_cast<double>(count));
    std::vector<geo::Point> at;
    analysis::LocationProblem out;
    for (std::size_t i = 0; i < count; ++i) {
        at.push_back({side * even(random), side * even(random)});
        out.burden.push_back(std::floor(1 + 200 * even(random)));
    }
    out.at = analysis::GroundPoints::from_plane(at);
    out.p = p;
    out.radius_m = radius_m;
    return out;
}

// People by commune: code,province,district,commune,people,...
std::map<std::string, double> census(const std::filesystem::path& file) {
    std::map<std::string, double> out;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream cells(line);
        std::string code, cell;
        std::getline(cells, code, ',');
        for (int k = 0; k < 4; ++k) std::getline(cells, cell, ',');
        out[code] = cell.empty() ? 0 : std::stod(cell);
    }
    return out;
}

// The real communes, where there are some.
std::optional<analysis::LocationProblem> real_country(base::JobContext& ctx) {
    const auto boundaries = test::geodata("communes_2009/communes_2009.shp.zip");
    const auto people = test::geodata("indicators/population_commune_census_2019.csv");
    if (!boundaries || !people) return {};
    const auto raw = files::read_boundaries({.file = *boundaries, .attributes = false}, ctx);
    const auto coverage =
        geo::build_coverage(
            raw.soup, {.source = raw.crs, .map = geo::Crs::epsg(3405), .thresholds = false}, ctx)
            .coverage;
    std::vector<geo::Point> at;
    for (const auto& face : coverage->faces())
        at.push_back(face.ring_count == 0 ? coverage->box().centre()
                                          : geo::label_of(geo::source_of(*coverage), face));
    geo::transform(at, coverage->crs(), geo::Crs::wgs84());
    analysis::LocationProblem out;
    out.at = analysis::GroundPoints::from_degrees(at);
    const auto counted = census(*people);
    for (const auto& code : raw.units.code) {
        const auto found = counted.find(code);
        out.burden.push_back(found == counted.end() ? 0 : found->second);
    }
    return out;
}

// A board of 40 x 25 communes.
analysis::SectorProblem thousand_for_ten() {
    constexpr std::uint32_t kColumns = 40, kRows = 25;
    std::mt19937_64 random(1);
    analysis::SectorProblem out;
    std::vector<geo::Point> at;
    for (std::uint32_t y = 0; y < kRows; ++y)
        for (std::uint32_t x = 0; x < kColumns; ++x) {
            const auto cell = y * kColumns + x;
            if (y > 0) out.links.index.push_back(cell - kColumns);
            if (x > 0) out.links.index.push_back(cell - 1);
            if (x + 1 < kColumns) out.links.index.push_back(cell + 1);
            if (y + 1 < kRows) out.links.index.push_back(cell + kColumns);
            out.links.offset.push_back(static_cast<std::uint32_t>(out.links.index.size()));
            at.push_back({5000.0 * x, 5000.0 * y});
            out.work.push_back(std::floor(1 + 200 * even(random)));
        }
    out.at = analysis::GroundPoints::from_plane(at);
    out.part.assign(kColumns * kRows, 1);
    out.teams = 10;
    return out;
}

} // namespace

int main(int argc, char** argv) {
    const bool check = argc > 1 && std::string_view(argv[argc - 1]) == "--check";
    base::JobContext ctx(2);
    bench::Table table;
    table.header();
    analysis::LocationPlan plan;
    const auto proven = [&](const analysis::LocationProblem& problem, int runs) {
        const double seconds = bench::median_seconds(
            [&] { plan = analysis::exact_plan(problem, analysis::first_plan(problem, ctx), ctx); },
            runs);
        return seconds;
    };
    const auto say = [&](const analysis::LocationProblem& problem) {
        fmt::print("  {} of {} reached, gap {:.3f} %, {}\n", plan.objective, plan.bound,
                   100 * analysis::gap(problem, plan), plan.proven ? "proven" : "not proven");
    };
    const auto province = cover_of(156, 8, 10'000), region = cover_of(1000, 20, 8000);
    table.line("cover, 156 communes, 8 bases, proven", proven(province, 5), 0.3);
    say(province);
    table.line("cover, 1,000 communes, 20 bases, proven", proven(region, 5), 1.5);
    say(region);
    auto centre = cover_of(1000, 10, 0), median = cover_of(11'047, 50, 0);
    centre.goal = analysis::LocationGoal::Centre;
    median.goal = analysis::LocationGoal::Median;
    table.line("centre, 1,000 communes, 10 bases, proven", proven(centre, 3), 5);
    say(centre);
    table.line("median, 11,047 communes, 50 bases, first plan",
               bench::median_seconds([&] { plan = analysis::first_plan(median, ctx); }), 4);
    const auto measure = [&](const std::string& what, const analysis::LocationProblem& country) {
        table.line(what + ", first plan",
                   bench::median_seconds([&] { plan = analysis::first_plan(country, ctx); }), 2);
        table.line(what + ", exact", proven(country, 1), 60);
        table.percent("  gap at the end", 100 * analysis::gap(country, plan), 1);
        say(country);
    };
    if (auto country = real_country(ctx)) {
        struct Case {
            std::size_t bases;
            double km;
        };
        for (const auto& [bases, km] : {Case{100, 12}, Case{50, 12}, Case{200, 12}, Case{100, 5},
                                        Case{100, 8}, Case{100, 20}}) {
            country->p = bases;
            country->radius_m = 1000 * km;
            measure(fmt::format("people, {} bases, {} km", bases, km), *country);
        }
        country->burden.assign(country->burden.size(), 1);
        country->radius_m = 12'000;
        measure("communes, 100 bases, 12 km", *country);
    } else {
        measure("scattered, 100 bases, 12 km", cover_of(11'047, 100, 12'000));
    }
    analysis::SectorPlan sectors;
    const auto board = thousand_for_ten();
    table.line("sectors, 1,000 communes, 10 teams",
               bench::median_seconds([&] { sectors = analysis::divide(board, ctx); }), 2);
    fmt::print("  busiest {} of at least {:.1f}, {} links cut\n", sectors.busiest, sectors.bound,
               sectors.cut);
    return check && table.over() > 0 ? 1 : 0;
}
