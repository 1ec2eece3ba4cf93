// Counting a query while it is written, at national size: 11,047 communes.
//
//   bench_query [PROGRAM] [--check]
//
// Eight conditions with statuses, ranks, changes, distances, districts and neighbours, once all
// that they look at has been found. With --check the program fails if it takes longer than 30 ms.
#include "data/query.hpp"
#include "bench/table.hpp"

#include <random>
#include <string_view>

using namespace diaban;

int main(int argc, char** argv) {
    const bool check = argc > 1 && std::string_view(argv[argc - 1]) == "--check";
    constexpr std::size_t kCommunes = 11'047, kDistricts = 700;
    std::mt19937 dice(1);
    std::vector<data::Period> periods;
    for (int year = 2010; year <= 2025; ++year) periods.push_back({year, 0});
    data::IndicatorCube cube("2009", {{.id = "DR01"}, {.id = "population"}}, periods, kCommunes);
    data::UnitTable units;
    for (std::size_t g = 0; g < kDistricts; ++g)
        units.groups[1].push_back({std::to_string(g), "Huyện " + std::to_string(g)});
    data::StatusSeries drug{periods, {periods.size(), std::vector<data::Status>(kCommunes)}};
    geo::Csr neighbours;
    data::QueryInputs in;
    auto& metres = in.metres[{"port"}];
    for (std::size_t u = 0; u < kCommunes; ++u) {
        units.code.push_back(std::to_string(10'000 + u));
        units.name.push_back("Xã " + std::to_string(u));
        units.parent[1].push_back(static_cast<geo::GroupIndex>(u % kDistricts));
        for (std::size_t p = 0; p < periods.size(); ++p) {
            for (std::size_t i = 0; i < 2; ++i)
                cube.set(i, p, u, static_cast<double>(1 + dice() % 5000));
            drug.of[p][u] = data::kAllStatuses[dice() % data::kStatuses];
        }
        metres.push_back(static_cast<double>(dice() % 200'000));
        for (std::size_t k = 1; k <= 6; ++k)
            neighbours.index.push_back(static_cast<std::uint32_t>((u + k * 37) % kCommunes));
        neighbours.offset.push_back(static_cast<std::uint32_t>(neighbours.index.size()));
    }
    in.units = &units;
    in.cube = &cube;
    in.neighbours = &neighbours;
    in.statuses[data::Domain::Drug] = std::move(drug);
    const std::string text =
        "(status = hot or next_to(status >= hot2)) and rank(DR01) <= 5000 and "
        "change(DR01, 2010, 2025) > 0 and rate(DR01 / population * 1000) > 1 and "
        "not near(port) <= 5km and move(drug, 2010, 2025) != lost and not district = \"Huyện 7\"";

    bench::Table table;
    table.header();
    std::size_t count = 0;
    table.line("count of a query of eight conditions", bench::median_seconds([&] {
                   const auto flags = data::evaluate(data::parse_query(text), in, {2025, 0});
                   count = static_cast<std::size_t>(
                       std::count(flags.begin(), flags.end(), data::Flag::Yes));
               }),
               0.03);
    fmt::print("  {} communes\n", count);
    return check && table.over() > 0 ? 1 : 0;
}
