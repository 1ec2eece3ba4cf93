#include "geo/crossings.hpp"

#include "geo/plane.hpp"

#include <mutex>
#include <tuple>

namespace diaban::geo {
namespace {

constexpr std::uint32_t kChunkEdges = 16;
constexpr std::size_t kTasks = 64; // fixed, so that per-task bounds do not depend on threads

// A few consecutive edges of one arc with their box.
struct Chunk {
    Box box;
    ArcId arc;
    std::uint32_t first, count; // edges, by run index
    bool one_sided;
};

struct Grid {
    Box box;
    std::uint32_t columns = 1, rows = 1;
    std::vector<std::uint32_t> offset, chunk;

    std::uint32_t column(double x) const { return at(x, box.min_x, box.width(), columns); }
    std::uint32_t row(double y) const { return at(y, box.min_y, box.height(), rows); }
    static std::uint32_t at(double v, double low, double extent, std::uint32_t count) {
        if (!(extent > 0)) return 0;
        const double f = (v - low) / extent * count;
        return f <= 0 ? 0 : std::min(count - 1, static_cast<std::uint32_t>(std::min(f, 4e9)));
    }
};

std::vector<Chunk> make_chunks(const ArcNetwork& net, std::span<const Point> position,
                               double tolerance) {
    std::vector<Chunk> chunks;
    for (ArcId a = 0; a < net.arcs.size(); ++a) {
        const Arc& arc = net.arcs[a];
        if (net.twin_of[a] != kNoArc) continue; // lies on its original
        const bool one_sided = arc.left == kOutside || arc.right == kOutside;
        for (std::uint32_t k = 0; k + 1 < arc.count; k += kChunkEdges) {
            Chunk chunk{{}, a, arc.first + k, std::min(kChunkEdges, arc.count - 1 - k), one_sided};
            for (std::uint32_t i = chunk.first; i <= chunk.first + chunk.count; ++i)
                chunk.box.add(position[net.vertex[i]]);
            chunk.box = chunk.box.grown(tolerance);
            chunks.push_back(chunk);
        }
    }
    return chunks;
}

Grid make_grid(const std::vector<Chunk>& chunks) {
    Grid grid;
    for (const Chunk& c : chunks) grid.box.add(c.box);
    const double width = std::max(grid.box.width(), 1e-300);
    const double height = std::max(grid.box.height(), 1e-300);
    double cells = 2.0 * static_cast<double>(chunks.size()) + 1;
    const auto each = [&](auto visit) {
        for (std::uint32_t c = 0; c < chunks.size(); ++c)
            for (std::uint32_t y = grid.row(chunks[c].box.min_y),
                               y1 = grid.row(chunks[c].box.max_y);
                 y <= y1; ++y)
                for (std::uint32_t x = grid.column(chunks[c].box.min_x),
                                   x1 = grid.column(chunks[c].box.max_x);
                     x <= x1; ++x)
                    visit(std::size_t{y} * grid.columns + x, c);
    };
    for (;;) {
        const double across = std::clamp(std::sqrt(cells * width / height), 1.0, cells);
        grid.columns = static_cast<std::uint32_t>(across);
        grid.rows = static_cast<std::uint32_t>(std::max(1.0, cells / across));
        // Long chunks cover many cells each: then the grid is too fine.
        std::uint64_t entries = 0;
        for (const Chunk& c : chunks)
            entries += std::uint64_t{grid.row(c.box.max_y) - grid.row(c.box.min_y) + 1} *
                       (grid.column(c.box.max_x) - grid.column(c.box.min_x) + 1);
        if (entries <= 16 * chunks.size() || cells < 2) break;
        cells /= 4;
    }
    grid.offset.assign(std::size_t{grid.columns} * grid.rows + 1, 0);
    each([&](std::size_t cell, std::uint32_t) { ++grid.offset[cell + 1]; });
    for (std::size_t i = 1; i < grid.offset.size(); ++i) grid.offset[i] += grid.offset[i - 1];
    grid.chunk.resize(grid.offset.back());
    std::vector<std::uint32_t> fill(grid.offset.begin(), grid.offset.end() - 1);
    each([&](std::size_t cell, std::uint32_t c) { grid.chunk[fill[cell]++] = c; });
    return grid;
}

class Finder {
public:
    Finder(const ArcNetwork& net, std::span<const Point> position, double tolerance)
        : net_(net), position_(position), tolerance_(tolerance),
          chunks_(make_chunks(net, position, tolerance)), grid_(make_grid(chunks_)) {}

    Crossings run(base::JobContext& ctx) {
        const std::size_t rows_per_task = (grid_.rows + kTasks - 1) / kTasks;
        base::parallel_for(grid_.rows, rows_per_task, ctx, [&](std::size_t begin, std::size_t end) {
            Crossings part;
            std::uint64_t compared = 0;
            for (std::size_t row = begin; row < end && part.complete; ++row) {
                ctx.check();
                for (std::uint32_t column = 0; column < grid_.columns; ++column)
                    cell(static_cast<std::uint32_t>(row), column, part, compared);
            }
            std::lock_guard lock(mutex_);
            auto& r = result_;
            r.crossings.insert(r.crossings.end(), part.crossings.begin(), part.crossings.end());
            r.touches.insert(r.touches.end(), part.touches.begin(), part.touches.end());
            r.complete &= part.complete;
        });
        std::sort(result_.crossings.begin(), result_.crossings.end(),
                  [](const Crossing& a, const Crossing& b) {
                      return std::tie(a.edge_a, a.edge_b) < std::tie(b.edge_a, b.edge_b);
                  });
        std::sort(result_.touches.begin(), result_.touches.end(),
                  [](const Touch& a, const Touch& b) {
                      return std::tie(a.edge, a.index) < std::tie(b.edge, b.index);
                  });
        const auto same = [](const Touch& a, const Touch& b) {
            return a.edge == b.edge && a.index == b.index;
        };
        result_.touches.erase(std::unique(result_.touches.begin(), result_.touches.end(), same),
                              result_.touches.end());
        return std::move(result_);
    }

private:
    Point at(std::uint32_t run_index) const { return position_[net_.vertex[run_index]]; }

    void cell(std::uint32_t row, std::uint32_t column, Crossings& part, std::uint64_t& compared) {
        const std::size_t c = std::size_t{row} * grid_.columns + column;
        for (std::uint32_t i = grid_.offset[c]; i < grid_.offset[c + 1]; ++i) {
            if (compared > kMostComparisons / kTasks ||
                part.crossings.size() > kMostCrossings / 8) {
                part.complete = false;
                return;
            }
            const Chunk& a = chunks_[grid_.chunk[i]];
            const auto mine = [&](double x, double y) { // each pair in one cell only
                return grid_.row(y) == row && grid_.column(x) == column;
            };
            if (mine(a.box.min_x, a.box.min_y)) compare(a, a, part, compared);
            for (std::uint32_t j = i + 1; j < grid_.offset[c + 1]; ++j) {
                const Chunk& b = chunks_[grid_.chunk[j]];
                ++compared;
                if (a.box.intersects(b.box) &&
                    mine(std::max(a.box.min_x, b.box.min_x), std::max(a.box.min_y, b.box.min_y)))
                    compare(a, b, part, compared);
            }
        }
    }

    void compare(const Chunk& a, const Chunk& b, Crossings& part, std::uint64_t& compared) const {
        const bool itself = &a == &b;
        const bool touches = a.one_sided && b.one_sided;
        for (std::uint32_t i = a.first; i < a.first + a.count; ++i) {
            const Point p = at(i), q = at(i + 1);
            Box edge;
            edge.add(p), edge.add(q);
            if (!edge.intersects(b.box)) continue;
            const Box reach = edge.grown(tolerance_);
            for (std::uint32_t j = itself ? i + 1 : b.first; j < b.first + b.count; ++j) {
                ++compared;
                const Point r = at(j), s = at(j + 1);
                if (std::max(r.x, s.x) < reach.min_x || std::min(r.x, s.x) > reach.max_x ||
                    std::max(r.y, s.y) < reach.min_y || std::min(r.y, s.y) > reach.max_y)
                    continue;
                if (cross_properly(p, q, r, s))
                    part.crossings.push_back({a.arc, b.arc, i, j, crossing_point(p, q, r, s)});
                if (!touches) continue;
                touch(a.arc, i, b.arc, j, part);
                touch(a.arc, i, b.arc, j + 1, part);
                touch(b.arc, j, a.arc, i, part);
                touch(b.arc, j, a.arc, i + 1, part);
            }
        }
    }

    void touch(ArcId arc, std::uint32_t edge, ArcId other, std::uint32_t index,
               Crossings& part) const {
        const std::uint32_t id = net_.vertex[index];
        if (id == net_.vertex[edge] || id == net_.vertex[edge + 1]) return;
        const Point a = at(edge), b = at(edge + 1), p = position_[id];
        const double f = foot(a, b, p);
        if (!(f > 0 && f < 1)) return;
        const double d2 = squared_distance_to_segment(a, b, p);
        if (d2 <= tolerance_ * tolerance_)
            part.touches.push_back({arc, edge, other, index, std::sqrt(d2)});
    }

    const ArcNetwork& net_;
    std::span<const Point> position_;
    double tolerance_;
    std::vector<Chunk> chunks_;
    Grid grid_;
    std::mutex mutex_;
    Crossings result_;
};

} // namespace

Crossings find_crossings(const ArcNetwork& net, std::span<const Point> position, double tolerance,
                         base::JobContext& ctx) {
    return Finder(net, position, tolerance).run(ctx);
}

} // namespace diaban::geo
