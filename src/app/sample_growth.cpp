// Communes grow from seeds over the lattice until they meet; rivers and rough ground slow them.
#include "app/sample_province.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

namespace diaban::app::sample {
namespace {

// What it costs to grow into a cell, in thousandths; whole numbers, so sums have one value.
std::vector<std::uint32_t> roughness(const Lattice& lattice, const std::vector<double>& crowd,
                                     base::JobContext& ctx) {
    std::vector<std::uint32_t> cost(lattice.cells());
    const Dice& dice = lattice.dice();
    base::parallel_for(cost.size(), 4096, ctx, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const auto c = static_cast<CellId>(i);
            const auto p = lattice.regular(c);
            const double texture = dice.fractal(Stream::Texture, p.x / 3.5, p.y / 3.5, 2);
            // Rivers run where the field is zero; communes meet there because crossing is dear.
            const double field = dice.fractal(Stream::River, p.x / 26, p.y / 26, 3) / 0.035;
            const double river = 1 / (1 + field * field);
            cost[i] = static_cast<std::uint32_t>(500 * (1 + 0.75 * texture) * (1 + 3.5 * river) *
                                                 std::sqrt(crowd[i])) +
                      50;
        }
    });
    return cost;
}

// Every mainland cell goes to the seed that reaches it first.
std::vector<std::uint32_t> spread(const Lattice& lattice, const Land& land,
                                  const std::vector<std::uint32_t>& cost,
                                  const std::vector<std::uint8_t>& mainland,
                                  const std::vector<CellId>& seeds, base::JobContext& ctx) {
    std::vector<std::uint32_t> label(lattice.cells(), kNone);
    std::vector<std::uint32_t> reached(lattice.cells(), std::numeric_limits<std::uint32_t>::max());
    using Entry = std::pair<std::uint32_t, CellId>; // cost so far; ties go to the lower cell
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    for (std::uint32_t s = 0; s < seeds.size(); ++s) {
        // An uneven start makes uneven communes. A seed keeps its own cell whatever happens.
        reached[seeds[s]] = lattice.dice().below(1400, Stream::Seed, s, 1);
        label[seeds[s]] = s;
        queue.emplace(reached[seeds[s]], seeds[s]);
    }
    std::vector<std::uint8_t> is_seed(lattice.cells());
    for (const auto s : seeds) is_seed[s] = 1;
    std::uint64_t done = 0;
    while (!queue.empty()) {
        const auto [so_far, c] = queue.top();
        queue.pop();
        if (so_far != reached[c]) continue;
        if (++done % 65536 == 0) ctx.step(done, land.mainland.size());
        for (int k = 0; k < 6; ++k) {
            const auto n = lattice.neighbour(c, k);
            if (!mainland[n] || is_seed[n]) continue;
            const auto then = so_far + cost[c] + cost[n];
            if (then >= reached[n]) continue;
            reached[n] = then;
            label[n] = label[c];
            queue.emplace(then, n);
        }
    }
    return label;
}

// Moves each seed to the cell of its commune nearest to the commune's centre of gravity.
void recentre(const Lattice& lattice, const Land& land, const std::vector<double>& crowd,
              const std::vector<std::uint32_t>& label, std::vector<CellId>& seeds) {
    std::vector<geo::Point> centre(seeds.size());
    std::vector<double> weight(seeds.size());
    for (const auto c : land.mainland) {
        const auto p = lattice.regular(c);
        auto& sum = centre[label[c]];
        sum.x += p.x * crowd[c], sum.y += p.y * crowd[c], weight[label[c]] += crowd[c];
    }
    std::vector<double> nearest(seeds.size(), std::numeric_limits<double>::infinity());
    for (const auto c : land.mainland) {
        const auto s = label[c];
        const auto p = lattice.regular(c);
        const double dx = p.x - centre[s].x / weight[s], dy = p.y - centre[s].y / weight[s];
        if (const double d = dx * dx + dy * dy; d < nearest[s]) nearest[s] = d, seeds[s] = c;
    }
}

} // namespace

std::vector<std::uint32_t> grow_communes(const Lattice& lattice, const Land& land,
                                         const std::vector<double>& crowd, std::uint32_t count,
                                         base::JobContext& ctx) {
    // Seeds: equal shares of the crowd along the Morton curve, one cell in each share.
    const auto order = morton_order(lattice, land.mainland);
    double total = 0;
    for (const auto c : order) total += crowd[c];
    std::vector<CellId> seeds;
    double so_far = 0;
    for (std::size_t i = 0; i < order.size() && seeds.size() < count; ++i) {
        so_far += crowd[order[i]];
        const double next =
            static_cast<double>(seeds.size()) + lattice.dice().unit(Stream::Seed, seeds.size());
        // The later part keeps enough cells for the seeds still to come.
        const bool last_chance = order.size() - i <= count - seeds.size();
        if (last_chance || so_far * count >= next * total) seeds.push_back(order[i]);
    }
    std::vector<std::uint8_t> mainland(lattice.cells());
    for (const auto c : land.mainland) mainland[c] = 1;
    const auto cost = roughness(lattice, crowd, ctx);
    auto label = spread(lattice, land, cost, mainland, seeds, ctx);
    for (int pass = 0; pass < 3; ++pass) {
        recentre(lattice, land, crowd, label, seeds);
        label = spread(lattice, land, cost, mainland, seeds, ctx);
    }
    return label;
}

} // namespace diaban::app::sample
