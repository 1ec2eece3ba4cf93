// Statistics at national size, in process: permutation tests, rates, classes.
//
//   bench_statistics [--check]
//
// 11,047 units of a random plane map with about six neighbours each; two threads. Peers on such a
// machine: libgeoda with draws of its own for each unit 0.81 s (999), 6.7 s (9,999), 77 s (99,999).
#include "analysis/global.hpp"
#include "analysis/local.hpp"
#include "bench/table.hpp"
#include "map/classes.hpp"

#include <cstdlib>
#include <random>
#include <string_view>

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
    table.line("local Moran, 9,999 permutations", run(Moran, 9'999, 3), 1.8);
    table.line("local Geary, 9,999 permutations", run(Geary, 9'999, 3), 1.8);
    table.line("global Moran, Geary and G, 999 permutations", bench::median_seconds([&] {
                   base::JobContext ctx(2);
                   analysis::global_statistics(in, 999, 1, ctx);
               }),
               0.5);
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
    return check && table.over() > 0 ? 1 : 0;
}
