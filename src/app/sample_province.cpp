#include "app/sample_province.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <tuple>

namespace diaban::app::sample {
namespace {

constexpr std::uint32_t kCellsOfCommune = 20;

// How many of what, for a province of `communes` communes.
struct Budget {
    std::uint32_t islands, islets, enclaves, mainland, districts;
};

Budget budget_for(std::uint32_t communes) {
    Budget b{};
    const auto root = std::sqrt(static_cast<double>(communes));
    b.islands = std::max(1u, static_cast<std::uint32_t>(0.25 * root + 0.5));
    b.islets = b.islands / 2 + 1;
    b.enclaves = std::max(1u, communes / 50);
    b.mainland = communes - b.islands - b.enclaves;
    b.districts = std::max(2u, (communes + 7) / 14);
    return b;
}

// Islands of communes first (every second one with a smaller one beside it), then islets that
// belong to communes on the mainland.
std::vector<IslandPlan> island_plans(const Budget& budget, const Lattice& lattice) {
    std::vector<IslandPlan> plans;
    const auto far = 9 + lattice.width() / 10;
    for (std::uint32_t i = 0; i < budget.islands; ++i) {
        const auto cells = 6 + lattice.dice().below(7, Stream::Island, i, 0, 9);
        plans.push_back({cells, 7, far, -1});
    }
    for (std::uint32_t i = 0; i < budget.islands; i += 2)
        plans.push_back(
            {2 + lattice.dice().below(2, Stream::Island, i, 1, 9), 2, far, static_cast<int>(i)});
    for (std::uint32_t i = 0; i < budget.islets; ++i)
        plans.push_back({1 + lattice.dice().below(2, Stream::Island, i, 2, 9), 2, 5, -1});
    return plans;
}

// Towns: one to each equal stretch of the Morton curve, off the border; every fifth a city.
std::vector<Centre> choose_centres(const Lattice& lattice, const Land& land, std::uint32_t count) {
    const auto order = morton_order(lattice, land.mainland);
    std::vector<CellId> rim;
    for (const auto c : land.mainland)
        for (int k = 0; k < 6; ++k)
            if (land.ground[lattice.neighbour(c, k)] != Ground::Land) {
                rim.push_back(c);
                break;
            }
    const auto depth = steps_from(lattice, rim, 8);
    std::vector<Centre> centres;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto first = order.size() * i / count, last = order.size() * (i + 1) / count;
        CellId best = order[first];
        std::uint32_t best_depth = 0;
        for (std::uint64_t attempt = 0; attempt < 12; ++attempt) {
            const auto c =
                order[first + lattice.dice().below(static_cast<std::uint32_t>(last - first),
                                                   Stream::Centre, i, attempt)];
            const auto d = std::min(depth[c], 5u);
            if (d > best_depth) best = c, best_depth = d;
        }
        centres.push_back({best, i % 5 == 1});
    }
    return centres;
}

std::vector<double> settle(const Lattice& lattice, const std::vector<Centre>& centres) {
    std::vector<double> crowd(lattice.cells(), 1.0);
    for (std::size_t i = 0; i < centres.size(); ++i) {
        const double size = 0.8 + 0.6 * lattice.dice().unit(Stream::Centre, i, 1000);
        const double radius = (centres[i].city ? 3.6 : 1.5) * size;
        const double height = centres[i].city ? 4.5 : 3.5;
        const auto middle = lattice.regular(centres[i].cell);
        const auto reach = static_cast<std::int64_t>(4 * radius) + 1;
        const auto column = static_cast<std::int64_t>(lattice.column(centres[i].cell));
        const auto row = static_cast<std::int64_t>(lattice.row(centres[i].cell));
        for (auto y = std::max<std::int64_t>(0, row - reach);
             y < std::min<std::int64_t>(lattice.height(), row + reach); ++y)
            for (auto x = std::max<std::int64_t>(0, column - reach);
                 x < std::min<std::int64_t>(lattice.width(), column + reach); ++x) {
                const auto c = static_cast<CellId>(y * lattice.width() + x);
                const auto p = lattice.regular(c);
                const double dx = (p.x - middle.x) / radius, dy = (p.y - middle.y) / radius;
                const double d2 = dx * dx + dy * dy;
                crowd[c] += height / (1 + d2 * d2);
            }
    }
    return crowd;
}

// Cuts small townships out of the inside of big communes. Labels from `first` on are theirs.
std::uint32_t cut_enclaves(const Lattice& lattice, const Land& land,
                           std::vector<std::uint32_t>& label, std::uint32_t first,
                           std::uint32_t count, std::vector<std::uint32_t>& around) {
    const auto alone = [&](CellId c, std::uint32_t host, std::uint32_t own) {
        for (int k = 0; k < 6; ++k) {
            const auto l = label[lattice.neighbour(c, k)];
            if (l != host && l != own) return false;
        }
        return true;
    };
    std::vector<std::pair<std::uint64_t, CellId>> deep;
    for (const auto c : land.mainland)
        if (alone(c, label[c], label[c])) {
            // Cells whose neighbours are deep inside too make room for a bigger township.
            std::uint64_t room = 0;
            for (int k = 0; k < 6; ++k) room += alone(lattice.neighbour(c, k), label[c], label[c]);
            deep.emplace_back((6 - room) << 32 | lattice.dice().below(1u << 31, Stream::Enclave, c),
                              c);
        }
    std::sort(deep.begin(), deep.end());
    std::vector<std::uint8_t> taken(first + count);
    std::uint32_t made = 0;
    // One to a commune; a second round lets a commune have several where room is scarce.
    for (const bool again : {false, true})
        for (const auto& [rank, c] : deep) {
            if (made == count) break;
            const auto host = label[c];
            if (host >= first || (taken[host] && !again) || !alone(c, host, host)) continue;
            taken[host] = 1;
            const auto own = first + made++;
            label[c] = own;
            around[own] = host;
            for (int k = 0, grown = 0; k < 6 && grown < 3; ++k)
                if (const auto n = lattice.neighbour(c, k); label[n] == host && alone(n, host, own))
                    label[n] = own, ++grown;
        }
    return made;
}

// The mainland commune next to each islet: the nearest by steps over the sea.
std::uint32_t nearest_commune(const Lattice& lattice, const std::vector<CellId>& islet,
                              const std::vector<std::uint32_t>& label, std::uint32_t mainland) {
    std::vector<CellId> queue = islet;
    std::vector<std::uint8_t> seen(lattice.cells());
    for (const auto c : queue) seen[c] = 1;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const auto c = queue[next];
        if (label[c] < mainland) return label[c];
        if (lattice.in_frame(c)) continue;
        for (int k = 0; k < 6; ++k)
            if (const auto n = lattice.neighbour(c, k); !seen[n]) seen[n] = 1, queue.push_back(n);
    }
    return 0;
}

void gather(Province& province, const std::vector<std::uint32_t>& around) {
    province.communes.assign(around.size(), {});
    for (CellId c = 0; c < province.lattice.cells(); ++c)
        if (province.commune_of[c] != kNone)
            province.communes[province.commune_of[c]].cells.push_back(c);
    std::vector<std::uint8_t> mainland(province.lattice.cells());
    for (const auto c : province.land.mainland) mainland[c] = 1;
    for (std::size_t i = 0; i < province.communes.size(); ++i) {
        auto& commune = province.communes[i];
        commune.around = around[i];
        double on_land = 0, crowd = 0;
        for (const auto c : commune.cells) on_land += mainland[c], crowd += province.crowd[c];
        commune.island = on_land == 0;
        double cells = 0;
        for (const auto c : commune.cells) {
            if (!mainland[c] && !commune.island) continue;
            const auto p = province.lattice.regular(c);
            commune.centre.x += p.x, commune.centre.y += p.y, cells += 1;
        }
        commune.centre.x /= cells, commune.centre.y /= cells;
        commune.crowd = crowd / static_cast<double>(commune.cells.size());
    }
}

// Numbers the communes anew: by district, wards, then towns, then the rest, from north to south.
void put_in_order(Province& province) {
    std::vector<std::uint32_t> order(province.communes.size()), rank(order.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto key = [&](std::uint32_t i) {
        const auto& c = province.communes[i];
        return std::tuple(c.district, c.setting, c.island, -c.centre.y, c.centre.x, i);
    };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    std::vector<Commune> sorted(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        sorted[i] = std::move(province.communes[order[i]]);
        if (sorted[i].around != kNone) sorted[i].around = rank[sorted[i].around];
    }
    province.communes = std::move(sorted);
    for (auto& label : province.commune_of)
        if (label != kNone) label = rank[label];
    for (auto& district : province.districts) district.communes.clear();
    for (std::uint32_t i = 0; i < order.size(); ++i)
        province.districts[province.communes[i].district].communes.push_back(i);
    province.links = label_links(province.lattice, province.commune_of, province.communes.size());
}

} // namespace

geo::Csr label_links(const Lattice& lattice, const std::vector<std::uint32_t>& label,
                     std::size_t count) {
    std::vector<std::uint64_t> pairs;
    for (CellId c = 0; c < lattice.cells(); ++c) {
        if (label[c] == kNone) continue;
        for (int k = 0; k < 6; ++k)
            if (const auto other = label[lattice.neighbour(c, k)];
                other != kNone && other != label[c])
                pairs.push_back(std::uint64_t{label[c]} << 32 | other);
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    geo::Csr links;
    links.offset.assign(count + 1, 0);
    for (const auto pair : pairs) {
        ++links.offset[(pair >> 32) + 1];
        links.index.push_back(static_cast<std::uint32_t>(pair));
    }
    for (std::size_t i = 0; i < count; ++i) links.offset[i + 1] += links.offset[i];
    return links;
}

Province make_province(std::uint32_t communes, Dice dice, base::JobContext& ctx) {
    const auto budget = budget_for(communes);
    const auto mainland_cells = (budget.mainland + budget.enclaves) * kCellsOfCommune;
    const auto lattice = make_lattice(mainland_cells, dice);
    auto land = make_land(lattice, mainland_cells, island_plans(budget, lattice), ctx);
    ctx.check();
    const auto centres = choose_centres(lattice, land, budget.districts);
    Province province{lattice, std::move(land), settle(lattice, centres), {}, {}, {}, {}, {}, {},
                      {}};

    auto& label = province.commune_of;
    label = grow_communes(lattice, province.land, province.crowd, budget.mainland, ctx);
    std::vector<std::uint32_t> around(communes, kNone);
    // Islands of communes, their second islands, islets: the order of island_plans().
    const auto& islands = province.land.islands;
    for (std::uint32_t i = 0; i < islands.size(); ++i) {
        const auto pairs = (budget.islands + 1) / 2;
        std::uint32_t owner = budget.mainland + i;
        if (i >= budget.islands + pairs)
            owner = nearest_commune(lattice, islands[i], label, budget.mainland);
        else if (i >= budget.islands)
            owner = budget.mainland + 2 * (i - budget.islands);
        for (const auto c : islands[i]) label[c] = owner;
    }
    const auto first_enclave = budget.mainland + budget.islands;
    [[maybe_unused]] const auto made =
        cut_enclaves(lattice, province.land, label, first_enclave, budget.enclaves, around);
    assert(made == budget.enclaves);
    gather(province, around);
    province.links = label_links(lattice, label, communes);
    make_districts(province, centres);
    put_in_order(province);
    make_reform(province, ctx);
    return province;
}

} // namespace diaban::app::sample
