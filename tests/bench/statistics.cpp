// Statistics at national size, in process: permutation tests, classes, the scan, memory.
//
//   bench_statistics [--check]
//
// 11,047 units of a plane map with about six neighbours each; the scan has 3,321 units as the
// country has today; two threads. Peers on such a machine: libgeoda with draws of its own for each
// unit 0.81 s (999), 6.7 s (9,999), 77 s (99,999), with one table of draws for all units, which
// makes their errors go the same way, 0.12, 1.2 and 11.1 s; spdep 5.8 s and esda 1.2 s (999);
// classInt 18.5 s for five natural breaks; smerc 41 s for zones of 1 % of the people. With --check
// the program fails if a number is over its goal.
#include "analysis/global.hpp"
#include "analysis/local.hpp"
#include "analysis/scan.hpp"
#include "bench/table.hpp"
#include "map/classes.hpp"

#include <cstdlib>
#include <random>
#include <string_view>
#include <sys/resource.h>

using namespace diaban;

namespace {

// Hexagons of a strip: six neighbours inside, fewer at the edge, and a few links left out so that
// the number of neighbours varies.
geo::Csr country(std::uint32_t units) {
    constexpr std::int64_t kWidth = 94;
    geo::Csr links;
    const auto cut = [](std::int64_t a, std::int64_t b) {
        return (std::min(a, b) * 7919 + std::max(a, b) * 104729) % 23 == 0;
    };
    for (std::int64_t i = 0; i < units; ++i) {
        const auto row = i / kWidth, column = i % kWidth, shift = row % 2;
        for (const auto& [dy, dx] : {std::pair<std::int64_t, std::int64_t>{-1, shift - 1},
                                     {-1, shift},
                                     {0, -1},
                                     {0, 1},
                                     {1, shift - 1},
                                     {1, shift}}) {
            const auto x = column + dx, j = (row + dy) * kWidth + x;
            if (x < 0 || x >= kWidth || j < 0 || j >= units || cut(i, j)) continue;
            links.index.push_back(static_cast<std::uint32_t>(j));
        }
        links.offset.push_back(static_cast<std::uint32_t>(links.index.size()));
    }
    return links;
}

std::vector<double> skewed(std::size_t n, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<double> out(n);
    for (auto& v : out) v = std::exp(3 * static_cast<double>(random() >> 11) * 0x1p-53);
    return out;
}

void measure_local(bench::Table& table) {
    constexpr std::uint32_t kUnits = 11'047;
    const auto in = analysis::observe(skewed(kUnits, 1), {}, country(kUnits));
    const auto run = [&](analysis::LocalMethod method, std::uint32_t permutations, int runs) {
        return bench::median_seconds(
            [&] {
                base::JobContext ctx(2);
                analysis::LocalSpec spec;
                spec.method = method;
                spec.permutations = permutations;
                analysis::local_statistic(in, kUnits, spec, ctx);
            },
            runs);
    };
    using enum analysis::LocalMethod;
    table.line("Gi*, 999 permutations", run(GiStar, 999, 5), 0.25);
    table.line("Gi*, 9,999 permutations", run(GiStar, 9'999, 3), 1.8);
    table.line("Gi*, 99,999 permutations", run(GiStar, 99'999, 1), 16);
    table.line("local Moran, 999 permutations", run(Moran, 999, 5), 0.25);
    table.line("local Moran, 9,999 permutations", run(Moran, 9'999, 3), 1.8);
    table.line("local Moran, 99,999 permutations", run(Moran, 99'999, 1), 16);
    table.line("local Geary, 9,999 permutations", run(Geary, 9'999, 3), 1.8);
    table.line("global Moran, Geary and G, 999 permutations", bench::median_seconds([&] {
                   base::JobContext ctx(2);
                   analysis::global_statistics(in, 999, 1, ctx);
               }),
               0.5);
}

// 3,321 places of uneven size, 20,000 cases where people are, and zones of up to half the people.
analysis::ScanInput places() {
    constexpr std::size_t kUnits = 3'321;
    analysis::ScanInput in;
    std::mt19937_64 random(5);
    const auto even = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    in.base = skewed(kUnits, 6);
    for (std::size_t i = 0; i < kUnits; ++i) in.at.push_back({even() * 1e6, even() * 1.6e6});
    in.cases.assign(kUnits, 0);
    std::discrete_distribution<std::size_t> where(in.base.begin(), in.base.end());
    for (int k = 0; k < 20'000; ++k) ++in.cases[where(random)];
    return in;
}

void measure_scan(bench::Table& table) {
    const auto in = places();
    for (const auto model : {analysis::ScanModel::Poisson, analysis::ScanModel::Bernoulli}) {
        auto input = in;
        if (model == analysis::ScanModel::Bernoulli)
            for (std::size_t i = 0; i < input.base.size(); ++i)
                input.base[i] = std::round(input.base[i] * 10) + input.cases[i];
        table.line(model == analysis::ScanModel::Poisson ? "scan, Poisson, 999 replicas, 50 %"
                                                         : "scan, Bernoulli, 999 replicas, 50 %",
                   bench::median_seconds(
                       [&] {
                           base::JobContext ctx(2);
                           analysis::scan(input, {.model = model}, ctx);
                       },
                       1),
                   20);
    }
}

// As many cases as a census has households.
void measure_large_scan(bench::Table& table) {
    auto in = places();
    for (double& c : in.cases) c = c * 1350 + 7;
    table.line("scan, 27 million cases, 999 replicas, 50 %",
               bench::median_seconds(
                   [&] {
                       base::JobContext ctx(2);
                       analysis::scan(in, {}, ctx);
                   },
                   1),
               20);
}

// The most that this process ever held.
double peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace

int main(int argc, char** argv) {
    const bool check = argc > 1 && std::string_view(argv[argc - 1]) == "--check";
    bench::Table table;
    table.header();
    measure_local(table);
    const auto values = skewed(100'000, 2);
    table.line("natural breaks, k = 7, 100,000 values", bench::median_seconds([&] {
                   map::make_classes(values, {.method = map::Method::Natural, .k = 7});
               }),
               0.3);
    measure_scan(table);
    measure_large_scan(table);
    table.memory("peak memory of all of the above", peak_mb(), 400);
    return check && table.over() > 0 ? 1 : 0;
}
