// The ground of the sample province: a jittered triangular lattice of cells, each land or not.
//
// Guarantees: every triangle of neighbouring cells keeps its orientation (the jitter is bounded),
// so borders drawn inside the triangles cannot cross; a frame of two cells around the lattice is
// never land, so every land cell has six neighbours.
#pragma once

#include "app/sample_random.hpp"
#include "base/job.hpp"
#include "geo/point.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace diaban::app::sample {

using CellId = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

class Lattice {
public:
    Lattice(std::uint32_t width, std::uint32_t height, Dice dice)
        : width_(width), height_(height), dice_(dice) {}

    std::uint32_t width() const { return width_; }
    std::uint32_t height() const { return height_; }
    std::uint32_t cells() const { return width_ * height_; }
    std::uint32_t column(CellId c) const { return c % width_; }
    std::uint32_t row(CellId c) const { return c / width_; }
    bool in_frame(CellId c) const {
        return column(c) < 2 || row(c) < 2 || column(c) + 2 >= width_ || row(c) + 2 >= height_;
    }
    // The six neighbours counter-clockwise from the east. Only for cells off the lattice's edge.
    CellId neighbour(CellId c, int k) const {
        const bool odd = row(c) & 1u;
        switch (k) {
        case 0:
            return c + 1;
        case 1:
            return c + width_ + (odd ? 1 : 0);
        case 2:
            return c + width_ - (odd ? 0 : 1);
        case 3:
            return c - 1;
        case 4:
            return c - width_ - (odd ? 0 : 1);
        default:
            return c - width_ + (odd ? 1 : 0);
        }
    }
    // Centre of a cell, in cell spacings, y to the north.
    geo::Point regular(CellId c) const {
        return {column(c) + (row(c) & 1u ? 0.5 : 0.0), row(c) * kRowHeight};
    }
    geo::Point at(CellId c) const {
        const auto p = regular(c);
        return {p.x + kJitter * dice_.sign(Stream::Jitter, c, 0),
                p.y + kJitter * dice_.sign(Stream::Jitter, c, 1)};
    }
    const Dice& dice() const { return dice_; }

    static constexpr double kRowHeight = 0.8660254037844386;
    static constexpr double kJitter = 0.19; // of the spacing; triangles turn over from 0.27 on

private:
    std::uint32_t width_, height_;
    Dice dice_;
};

// What lies at a cell. The three outsides tell coast, national border and provincial border apart.
enum class Ground : std::uint8_t { Land, Sea, Abroad, Neighbour };

// An island to be raised from the sea.
struct IslandPlan {
    std::uint32_t cells = 1;
    std::uint32_t nearest = 2, farthest = 5; // steps from the mainland
    int beside = -1;                         // index of an earlier island to lie next to
};

struct Land {
    std::vector<Ground> ground;               // one per cell
    std::vector<CellId> mainland;             // ascending
    std::vector<std::vector<CellId>> islands; // as planned; the seed cell first
};

// A lattice big enough for the plan.
Lattice make_lattice(std::uint32_t land_cells, Dice dice);
// Mainland of about `mainland_cells` cells: one piece without lakes, the sea in the south-east, a
// national border in the north-west. Every island has at least one cell.
Land make_land(const Lattice& lattice, std::uint32_t mainland_cells,
               const std::vector<IslandPlan>& islands, base::JobContext& ctx);

// Land cells in Morton order: near in the list means near on the ground. For stratified choices.
std::vector<CellId> morton_order(const Lattice& lattice, std::vector<CellId> cells);

// Steps over the lattice from the cells `from`; kNone where farther than `most`.
std::vector<std::uint32_t> steps_from(const Lattice& lattice, const std::vector<CellId>& from,
                                      std::uint32_t most);

} // namespace diaban::app::sample
