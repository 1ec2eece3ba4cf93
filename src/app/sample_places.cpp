#include "app/sample_places.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include <fmt/format.h>

namespace diaban::app::sample {
namespace {

std::uint32_t how_many(const Province& province, double per_root) {
    const auto root = std::sqrt(static_cast<double>(province.communes.size()));
    return std::max(1u, static_cast<std::uint32_t>(per_root * root));
}

double km_between(geo::Point a, geo::Point b) {
    const double dx = a.x - b.x, dy = a.y - b.y;
    return std::sqrt(dx * dx + dy * dy);
}

// The order in which `cities`, which follow each other along the province, get their zones: in the
// first round those that lie evenly over all of them, so that a few zones are in no corner.
std::vector<std::size_t> city_turns(std::size_t cities, std::size_t zones) {
    std::vector<std::size_t> turns;
    for (std::size_t i = 0; zones < cities && i < zones; ++i) turns.push_back(i * cities / zones);
    const auto spread = turns;
    for (std::size_t i = 0; i < cities; ++i)
        if (!std::binary_search(spread.begin(), spread.end(), i)) turns.push_back(i);
    return turns;
}

// A cell well inside a commune outside the towns, about five cells from the city: where factories
// go.
std::vector<CellId> zone_cells(const Province& province, std::uint32_t count) {
    const auto& lattice = province.lattice;
    std::vector<CellId> cities;
    for (const auto& d : province.districts)
        if (d.city) cities.push_back(d.centre);
    struct Candidate {
        double badness;
        CellId cell;
    };
    std::vector<std::vector<Candidate>> by_city(cities.size());
    constexpr std::uint32_t kReach = 14;
    for (std::size_t i = 0; i < cities.size(); ++i) {
        const auto x = lattice.column(cities[i]), y = lattice.row(cities[i]);
        for (auto row = y > kReach ? y - kReach : 0; row < std::min(lattice.height(), y + kReach);
             ++row)
            for (auto column = x > kReach ? x - kReach : 0;
                 column < std::min(lattice.width(), x + kReach); ++column) {
                const auto c = row * lattice.width() + column;
                const auto own = province.commune_of[c];
                if (own == kNone || province.communes[own].island) continue;
                bool deep = true;
                for (int k = 0; k < 6; ++k)
                    deep = deep && province.commune_of[lattice.neighbour(c, k)] == own;
                if (!deep) continue;
                const double away =
                    std::abs(km_between(lattice.regular(c), lattice.regular(cities[i])) - 5);
                const double town = province.communes[own].setting == Setting::Rural ? 0 : 4;
                by_city[i].push_back({away + town + lattice.dice().unit(Stream::Place, c, 1), c});
            }
    }
    for (auto& list : by_city)
        std::sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
            return std::pair(a.badness, a.cell) < std::pair(b.badness, b.cell);
        });
    std::vector<CellId> cells;
    std::vector<std::uint8_t> used(province.communes.size());
    const auto turns = city_turns(cities.size(), count);
    // One zone per city in turn, each in a commune of its own.
    for (std::size_t round = 0, idle = 0; cells.size() < count && idle < cities.size(); ++round) {
        const auto& list = by_city[turns[round % cities.size()]];
        const auto free = std::find_if(list.begin(), list.end(), [&](const Candidate& x) {
            return !used[province.commune_of[x.cell]];
        });
        idle = free == list.end() ? idle + 1 : 0;
        if (free == list.end()) continue;
        used[province.commune_of[free->cell]] = 1;
        cells.push_back(free->cell);
    }
    return cells;
}

struct Rim {
    CellId cell;
    int k;
};
// Mainland cells with one kind of outside next to them, in Morton order.
std::vector<Rim> rim_towards(const Province& province, Ground kind) {
    std::vector<Rim> rim;
    for (const auto c : morton_order(province.lattice, province.land.mainland))
        for (int k = 0; k < 6; ++k)
            if (province.land.ground[province.lattice.neighbour(c, k)] == kind) {
                rim.push_back({c, k});
                break;
            }
    return rim;
}

// One point in the middle part of each equal stretch of the rim.
std::vector<Rim> spread_over(const Province& province, const std::vector<Rim>& rim,
                             std::uint32_t count, std::uint64_t salt) {
    std::vector<Rim> chosen;
    for (std::uint32_t i = 0; i < count && !rim.empty(); ++i) {
        const double t =
            (i + 0.25 + 0.5 * province.lattice.dice().unit(Stream::Place, i, salt)) / count;
        chosen.push_back(rim[static_cast<std::size_t>(t * static_cast<double>(rim.size()))]);
    }
    return chosen;
}

} // namespace

std::vector<Sited> make_places(const Province& province, const Outline& outline) {
    std::vector<Sited> sited;
    const auto add = [&](const char* kind, std::string code, std::uint32_t commune, geo::Point at,
                         std::vector<std::vector<geo::Point>> rings) {
        data::Place place;
        place.kind = kind, place.code = std::move(code);
        place.at = at, place.rings = std::move(rings);
        sited.push_back({std::move(place), commune});
    };
    int number = 0;
    for (const auto c : zone_cells(province, how_many(province, 0.2)))
        add("industrial_zone", fmt::format("KCN{:02}", ++number), province.commune_of[c],
            outline.cell_lon_lat(c), {outline.around(c, 0.55)});
    const auto points = [&](const char* kind, const char* prefix, Ground outside, double per_root) {
        number = 0;
        for (const auto& r :
             spread_over(province, rim_towards(province, outside), how_many(province, per_root),
                         static_cast<std::uint64_t>(outside)))
            add(kind, fmt::format("{}{:02}", prefix, ++number), province.commune_of[r.cell],
                outline.crossing(r.cell, r.k), {});
    };
    points("port", "CANG", Ground::Sea, 0.17);
    points("border_gate", "CK", Ground::Abroad, 0.17);
    return sited;
}

} // namespace diaban::app::sample
