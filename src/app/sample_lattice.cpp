#include "app/sample_lattice.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace diaban::app::sample {
namespace {

// Share of the lattice that is mainland; the rest is sea and abroad.
constexpr double kLandShare = 0.32;

// The height of the ground above the waterline (or the border) as a field: the mainland is where it
// is highest. `inland` falls off towards the neighbours, `seaward` across the coast.
struct Relief {
    double inland, seaward;
    double w, l; // towards the sea and along the coast, about [-1, 1]
};

Relief relief_at(const Lattice& lattice, CellId c) {
    const auto p = lattice.regular(c);
    const double u = 2 * p.x / lattice.width() - 1;
    const double v = 2 * p.y / (lattice.height() * Lattice::kRowHeight) - 1;
    const Dice& dice = lattice.dice();
    Relief r{};
    r.w = (u - v) * 0.7071067811865476;
    r.l = (u + v) * 0.7071067811865476;
    const double broad = dice.fractal(Stream::Shape, 1.6 * u + 3, 1.6 * v + 3, 5);
    const double uneven = dice.fractal(Stream::Shape, 5.3 * u + 40, 5.3 * v + 40, 4);
    // Capes, bays and river mouths: finer than the inland border.
    const double shore = dice.fractal(Stream::Coast, 3.1 * u + 7, 3.1 * v + 7, 6);
    const double along = r.l - 0.05, across = r.w + 0.25;
    // Steep near the edges of the lattice, so that no border runs along them.
    const double edge = std::max(0.0, std::max(std::abs(u), std::abs(v)) - 0.55) / 0.45;
    r.inland = 0.62 - 0.62 * along * along - 0.85 * across * across + 0.5 * broad + 0.16 * uneven -
               edge * edge;
    r.seaward = 0.95 * (0.14 - r.w) + 0.42 * shore + 0.12 * broad;
    return r;
}

Ground outside_kind(const Relief& r) {
    if (r.w > 0.22 || r.seaward < r.inland) return Ground::Sea;
    return -r.w > 0.55 * std::abs(r.l) ? Ground::Abroad : Ground::Neighbour;
}

// The cells reachable from `start` over cells where `same` holds.
template <class Same>
std::vector<CellId> flood(const Lattice& lattice, CellId start, std::vector<std::uint8_t>& seen,
                          const Same& same) {
    std::vector<CellId> found{start};
    seen[start] = 1;
    for (std::size_t next = 0; next < found.size(); ++next) {
        const auto c = found[next];
        const auto x = lattice.column(c), y = lattice.row(c);
        if (x == 0 || y == 0 || x + 1 == lattice.width() || y + 1 == lattice.height()) continue;
        for (int k = 0; k < 6; ++k) {
            const auto n = lattice.neighbour(c, k);
            if (!seen[n] && same(n)) seen[n] = 1, found.push_back(n);
        }
    }
    return found;
}

// Keeps the biggest piece of land and fills its lakes.
void one_piece(const Lattice& lattice, std::vector<std::uint8_t>& land) {
    std::vector<std::uint8_t> seen(lattice.cells());
    std::vector<CellId> biggest;
    for (CellId c = 0; c < lattice.cells(); ++c) {
        if (!land[c] || seen[c]) continue;
        auto piece = flood(lattice, c, seen, [&](CellId n) { return land[n] != 0; });
        if (piece.size() > biggest.size()) biggest = std::move(piece);
    }
    std::fill(land.begin(), land.end(), std::uint8_t{0});
    for (const auto c : biggest) land[c] = 1;
    std::fill(seen.begin(), seen.end(), std::uint8_t{0});
    // Cell 0 lies in a corner; its neighbours along the edges are reached through the frame, which
    // is never land, from the first cell off the edge.
    flood(lattice, lattice.width() + 1, seen, [&](CellId n) { return land[n] == 0; });
    for (CellId c = 0; c < lattice.cells(); ++c)
        if (!lattice.in_frame(c) && !seen[c]) land[c] = 1;
}

class IslandRaiser {
public:
    IslandRaiser(const Lattice& lattice, Land& land)
        : lattice_(lattice), land_(land), steps_(steps_from(lattice, land.mainland, kFarthest)) {
        for (CellId c = 0; c < lattice.cells(); ++c)
            if (open(c)) sea_.push_back(c);
        std::stable_sort(sea_.begin(), sea_.end(),
                         [&](CellId a, CellId b) { return steps_[a] < steps_[b]; });
    }

    std::vector<CellId> raise(const IslandPlan& plan, std::size_t index) {
        std::vector<CellId> best;
        for (std::uint64_t attempt = 0; attempt < 200 && best.size() < plan.cells; ++attempt) {
            const auto start = pick(plan, index, attempt);
            if (start == kNone || !free(start)) continue;
            auto blob = grow(start, plan.cells, index);
            if (blob.size() > best.size()) best = std::move(blob);
        }
        if (best.empty()) best = anywhere();
        for (const auto c : best) land_.ground[c] = Ground::Land;
        return best;
    }

private:
    static constexpr std::uint32_t kFarthest = 200;

    bool open(CellId c) const {
        return land_.ground[c] == Ground::Sea && !lattice_.in_frame(c) && steps_[c] >= 2 &&
               steps_[c] != kNone;
    }
    // No land next to it but its own island: islands never touch each other or the mainland.
    bool free(CellId c, const std::vector<CellId>& own = {}) const {
        if (!open(c)) return false;
        for (int k = 0; k < 6; ++k) {
            const auto n = lattice_.neighbour(c, k);
            if (land_.ground[n] == Ground::Land) return false;
            if (lattice_.in_frame(n)) continue;
            for (int m = 0; m < 6; ++m) // two steps apart, so that a strait stays open
                if (land_.ground[lattice_.neighbour(n, m)] == Ground::Land &&
                    std::find(own.begin(), own.end(), lattice_.neighbour(n, m)) == own.end())
                    return false;
        }
        return true;
    }
    CellId pick(const IslandPlan& plan, std::size_t index, std::uint64_t attempt) const {
        const auto& dice = lattice_.dice();
        if (plan.beside >= 0) { // a walk of a few steps from the island next door
            auto c = land_.islands[static_cast<std::size_t>(plan.beside)].front();
            const auto way = static_cast<int>(dice.below(6, Stream::Island, index, attempt, 1));
            const auto far = 3 + attempt / 40 + dice.below(4, Stream::Island, index, attempt, 2);
            for (std::uint64_t step = 0; step < far && !lattice_.in_frame(c); ++step)
                c = lattice_.neighbour(c, (way + static_cast<int>(step & 1u)) % 6);
            return c;
        }
        const auto by_steps = [&](CellId c, std::uint32_t s) { return steps_[c] < s; };
        const auto first =
            std::lower_bound(sea_.begin(), sea_.end(), plan.nearest, by_steps) - sea_.begin();
        auto last =
            std::lower_bound(sea_.begin(), sea_.end(), plan.farthest + 1, by_steps) - sea_.begin();
        if (first >= last) last = static_cast<std::ptrdiff_t>(sea_.size());
        if (first >= last) return kNone;
        const auto at =
            dice.below(static_cast<std::uint32_t>(last - first), Stream::Island, index, attempt, 3);
        return sea_[static_cast<std::size_t>(first) + at];
    }
    std::vector<CellId> grow(CellId start, std::uint32_t cells, std::size_t index) const {
        std::vector<CellId> blob{start}, rim;
        while (blob.size() < cells) {
            rim.clear();
            for (const auto c : blob)
                for (int k = 0; k < 6; ++k)
                    if (const auto n = lattice_.neighbour(c, k);
                        std::find(blob.begin(), blob.end(), n) == blob.end() && free(n, blob))
                        rim.push_back(n);
            if (rim.empty()) break;
            const auto chosen = lattice_.dice().below(static_cast<std::uint32_t>(rim.size()),
                                                      Stream::Island, index, blob.size(), start);
            blob.push_back(rim[chosen]);
        }
        return blob;
    }
    // The last resort: the first free cell of the sea.
    std::vector<CellId> anywhere() const {
        for (const auto c : sea_)
            if (free(c)) return {c};
        assert(false && "the lattice always has open sea");
        return {};
    }

    const Lattice& lattice_;
    Land& land_;
    std::vector<std::uint32_t> steps_;
    std::vector<CellId> sea_; // by steps from the mainland
};

} // namespace

Lattice make_lattice(std::uint32_t land_cells, Dice dice) {
    const double cells = land_cells / kLandShare;
    const auto width = static_cast<std::uint32_t>(std::sqrt(cells * Lattice::kRowHeight)) + 10;
    const auto height = static_cast<std::uint32_t>(std::sqrt(cells / Lattice::kRowHeight)) + 10;
    return {width, height, dice};
}

std::vector<std::uint32_t> steps_from(const Lattice& lattice, const std::vector<CellId>& from,
                                      std::uint32_t most) {
    std::vector<std::uint32_t> steps(lattice.cells(), kNone);
    std::vector<CellId> queue = from;
    for (const auto c : queue) steps[c] = 0;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const auto c = queue[next];
        const auto x = lattice.column(c), y = lattice.row(c);
        if (steps[c] >= most || x == 0 || y == 0 || x + 1 == lattice.width() ||
            y + 1 == lattice.height())
            continue;
        for (int k = 0; k < 6; ++k)
            if (const auto n = lattice.neighbour(c, k); steps[n] == kNone)
                steps[n] = steps[c] + 1, queue.push_back(n);
    }
    return steps;
}

std::vector<CellId> morton_order(const Lattice& lattice, std::vector<CellId> cells) {
    const auto spread = [](std::uint64_t x) {
        x = (x | (x << 16)) & 0x0000FFFF0000FFFFu;
        x = (x | (x << 8)) & 0x00FF00FF00FF00FFu;
        x = (x | (x << 4)) & 0x0F0F0F0F0F0F0F0Fu;
        x = (x | (x << 2)) & 0x3333333333333333u;
        return (x | (x << 1)) & 0x5555555555555555u;
    };
    const auto key = [&](CellId c) {
        return spread(lattice.column(c)) | (spread(lattice.row(c)) << 1);
    };
    std::sort(cells.begin(), cells.end(), [&](CellId a, CellId b) { return key(a) < key(b); });
    return cells;
}

Land make_land(const Lattice& lattice, std::uint32_t mainland_cells,
               const std::vector<IslandPlan>& islands, base::JobContext& ctx) {
    const auto cells = lattice.cells();
    Land land;
    land.ground.resize(cells);
    std::vector<double> height(cells);
    base::parallel_for(cells, 4096, ctx, [&](std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
            const auto r = relief_at(lattice, static_cast<CellId>(c));
            height[c] =
                lattice.in_frame(static_cast<CellId>(c)) ? -10 : std::min(r.inland, r.seaward);
            land.ground[c] = outside_kind(r);
        }
    });
    // The waterline lies where exactly the wanted number of cells is above it.
    auto sorted = height;
    const auto wanted = static_cast<std::ptrdiff_t>(std::min(mainland_cells, cells - 1));
    std::nth_element(sorted.begin(), sorted.begin() + wanted, sorted.end(), std::greater<>());
    const double waterline = std::max(sorted[static_cast<std::size_t>(wanted)], -9.0);
    std::vector<std::uint8_t> dry(cells);
    for (CellId c = 0; c < cells; ++c) dry[c] = height[c] > waterline;
    one_piece(lattice, dry);
    for (CellId c = 0; c < cells; ++c)
        if (dry[c]) land.ground[c] = Ground::Land, land.mainland.push_back(c);

    IslandRaiser raiser(lattice, land);
    for (std::size_t i = 0; i < islands.size(); ++i)
        land.islands.push_back(raiser.raise(islands[i], i));
    return land;
}

} // namespace diaban::app::sample
