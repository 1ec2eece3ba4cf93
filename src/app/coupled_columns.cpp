#include "app/coupled_columns.hpp"

#include "app/mask.hpp"
#include "data/catalogue.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace diaban::app {
namespace {

std::string family_of(const std::string& indicator) {
    for (const auto& codes : data::identities())
        if (std::find(codes.begin(), codes.end(), indicator) != codes.end())
            return std::string(codes.front());
    return indicator;
}

// The place of a column in its group.
std::optional<std::size_t> place_of(const CoupledColumns& group,
                                    std::optional<std::size_t> indicator,
                                    std::optional<std::size_t> period) {
    if (!indicator || !period) return std::nullopt;
    const auto at =
        std::find(group.columns.begin(), group.columns.end(), std::pair(*indicator, *period));
    if (at == group.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(at - group.columns.begin());
}

void find_sums(CoupledColumns& group, const data::IndicatorCube& cube) {
    const auto add = [&](const std::array<std::optional<std::size_t>, 3>& columns) {
        if (columns[0] && columns[1] && columns[2])
            group.sums.push_back({*columns[0], *columns[1], *columns[2]});
    };
    for (const auto& codes : data::identities())
        for (const auto& [indicator, period] : group.columns)
            if (cube.indicators[indicator].id == codes[0])
                add({place_of(group, indicator, period),
                     place_of(group, cube.find(codes[1]), period),
                     place_of(group, cube.find(codes[2]), period)});
    for (const auto& [indicator, period] : group.columns) {
        const auto when = cube.periods[period];
        const auto* known = data::find_in_catalogue(cube.indicators[indicator].id);
        // What is counted on a day is not the sum of its halves.
        if (when.half != 0 || (known && known->reading == data::Accrual::Stock)) continue;
        add({place_of(group, indicator, period),
             place_of(group, indicator, cube.find(data::Period{when.year, 1})),
             place_of(group, indicator, cube.find(data::Period{when.year, 2}))});
    }
}

} // namespace

std::vector<CoupledColumns> coupled_columns(const data::IndicatorCube& cube) {
    std::vector<CoupledColumns> out;
    std::map<std::pair<std::string, int>, std::size_t> place;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
        if (!counts_persons(cube.indicators[i])) continue;
        const auto family = family_of(cube.indicators[i].id);
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            const int year = cube.periods[p].year;
            const auto [at, is_new] = place.try_emplace({family, year}, out.size());
            if (is_new) out.push_back({family, data::Period{year, 0}, {}, {}});
            out[at->second].columns.emplace_back(i, p);
        }
    }
    for (auto& group : out) find_sums(group, cube);
    return out;
}

} // namespace diaban::app
