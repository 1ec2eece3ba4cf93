#include "geo/identity.hpp"

#include "geo/plane.hpp"

#include <atomic>
#include <bit>
#include <numeric>

namespace diaban::geo {
namespace {

// Cells this many tolerances wide: few points lie near a cell edge, few cells hold many points.
constexpr double kCellTolerances = 64;
// A chain with more positions than this means that the tolerance is far larger than the spacing
// of the data; comparing within cells would degrade to all pairs.
constexpr std::size_t kCrowded = 256;
// How many points ahead of the current one a cell is fetched from memory.
constexpr std::uint32_t kAhead = 4;
// A cluster reaching farther than this from its first point is a chain, and is split.
constexpr double kChainTolerances = 4;
// Files with fewer points are numbered in one run.
constexpr std::size_t kSplitFrom = 300'000;

struct Cell {
    std::int64_t x, y;
};

std::uint64_t hash(Cell c) {
    std::uint64_t h = static_cast<std::uint64_t>(c.x) * 0x9E3779B97F4A7C15ull;
    h ^= std::rotl(static_cast<std::uint64_t>(c.y) * 0xC2B2AE3D27D4EB4Full, 31);
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9ull;
    return h ^ (h >> 32);
}

// A square grid, hashed: each occupied cell heads a chain of the ids in it. Cells of one block
// share a group of slots, so that walking along a border stays within a few cache lines; a crowded
// group spills over into the whole table. Two cells may share a chain if their hashes agree in 32
// bits and place; whoever reads a chain compares positions anyway.
class CellGrid {
public:
    CellGrid(double cell_size, std::size_t most)
        : per_unit_(1 / cell_size),
          slots_(std::bit_ceil(std::max<std::size_t>(most + most / 4, kGroup))),
          mask_(slots_.size() - 1) {}

    Cell cell_of(Point p) const { return {floor_of(scaled(p.x)), floor_of(scaled(p.y))}; }

    // Calls visit(cell) for the cells that a square of this half width around p overlaps, mostly
    // one; near an edge perhaps one more.
    template <class Visit> void cells_around(Point p, double reach, Visit visit) const {
        constexpr double kRounding = 1e-9; // of the distance to an edge, in cells
        const double near = reach * per_unit_ + kRounding;
        const auto range = [near](double v) {
            const std::int64_t cell = floor_of(v);
            const double into = v - static_cast<double>(cell);
            return std::pair{cell - (into < near), cell + (1 - into < near)};
        };
        const auto [left, right] = range(scaled(p.x));
        const auto [low, high] = range(scaled(p.y));
        for (std::int64_t x = left; x <= right; ++x)
            for (std::int64_t y = low; y <= high; ++y) visit(Cell{x, y});
    }

    // The newest id of a cell, or kNoVertex; follow with next().
    std::uint32_t head(Cell c) const { return slots_[slot_of(c)].head; }
    std::uint32_t next(std::uint32_t id) const { return next_[id]; }

    void prefetch(Cell c) const {
        __builtin_prefetch(&slots_[group_of(c) | (hash(c) & (kGroup - 1))]);
    }

    // Adds the next id: ids come in order 0, 1, 2 ..., at most as many as announced.
    void add(Cell c) {
        Slot& slot = slots_[slot_of(c)];
        slot.tag = tag(hash(c));
        next_.push_back(slot.head);
        slot.head = static_cast<std::uint32_t>(next_.size() - 1);
    }

private:
    static constexpr std::size_t kGroup = 64; // slots, 512 bytes
    static constexpr int kBlockBits = 13;     // cells per side of a block
    static constexpr std::size_t kTriesInGroup = 24;
    struct Slot {
        std::uint32_t head = kNoVertex, tag = 0;
    };
    static std::uint32_t tag(std::uint64_t h) { return static_cast<std::uint32_t>(h >> 32); }
    // In cells. Far cells share the last column: slow there, never undefined.
    double scaled(double v) const { return std::clamp(v * per_unit_, -9e18, 9e18); }
    // std::floor is a call where the processor is not known to round by itself.
    static std::int64_t floor_of(double v) {
        const auto towards_zero = static_cast<std::int64_t>(v);
        return towards_zero - (v < static_cast<double>(towards_zero));
    }
    bool ends(std::size_t i, std::uint64_t h) const {
        return slots_[i].head == kNoVertex || slots_[i].tag == tag(h);
    }
    std::size_t group_of(Cell c) const {
        return hash({c.x >> kBlockBits, c.y >> kBlockBits}) & mask_ & ~(kGroup - 1);
    }
    std::size_t slot_of(Cell c) const {
        const std::uint64_t h = hash(c);
        const std::size_t group = group_of(c);
        for (std::size_t k = 0; k < kTriesInGroup; ++k)
            if (const std::size_t i = group | ((h + k) & (kGroup - 1)); ends(i, h)) return i;
        std::size_t i = h & mask_;
        while (!ends(i, h)) i = (i + 1) & mask_;
        return i;
    }
    double per_unit_;
    std::vector<Slot> slots_;
    std::size_t mask_;
    std::vector<std::uint32_t> next_;
};

// Gives each position the first representative within the tolerance, or makes it one itself.
// Representatives are more than a tolerance apart, so cells one tolerance wide hold few of them.
std::vector<std::uint32_t> greedy_clusters(std::span<const Point> positions, double tolerance) {
    CellGrid grid(tolerance, positions.size());
    std::vector<std::uint32_t> cluster(positions.size()), representative;
    for (std::uint32_t i = 0; i < positions.size(); ++i) {
        std::uint32_t found = kNoVertex;
        grid.cells_around(positions[i], tolerance, [&](Cell c) {
            for (std::uint32_t k = grid.head(c); k != kNoVertex; k = grid.next(k))
                if (representative[k] < found &&
                    distance(positions[representative[k]], positions[i]) <= tolerance)
                    found = representative[k];
        });
        if (found == kNoVertex) {
            found = i;
            grid.add(grid.cell_of(positions[i]));
            representative.push_back(i);
        }
        cluster[i] = found;
    }
    return cluster;
}

// Disjoint sets whose root is their smallest member.
class Sets {
public:
    void add() { parent_.push_back(static_cast<std::uint32_t>(parent_.size())); }
    std::uint32_t root(std::uint32_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = root(a), b = root(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }
    // The sets of the others, numbered on from here.
    void append(const Sets& others) {
        const auto offset = static_cast<std::uint32_t>(parent_.size());
        for (const std::uint32_t parent : others.parent_) parent_.push_back(parent + offset);
    }
    void assign(std::vector<std::uint32_t> roots) { parent_ = std::move(roots); }

private:
    std::vector<std::uint32_t> parent_;
};

bool usable(Point p, Point limit) {
    return std::abs(p.x) <= limit.x && std::abs(p.y) <= limit.y; // false for NaN
}

// Numbers the distinct positions of a run of rings, and joins those within the tolerance.
class Numbering {
public:
    Numbering(const PolygonSoup& soup, double tolerance, Point limit, std::size_t first_ring,
              std::size_t last_ring, std::vector<std::uint32_t>& of)
        : soup_(soup), tolerance_(tolerance), limit_(limit), first_ring_(first_ring),
          last_ring_(last_ring), first_point_(soup.ring_first[first_ring]), of_(of),
          grid_(tolerance * kCellTolerances, points()) {
        position.reserve(points() / 2);
    }

    void run(base::JobContext& ctx) {
        for (std::size_t r = first_ring_; r < last_ring_ && !crowded; ++r) {
            if (r % 256 == 0) ctx.check();
            number_ring(soup_.ring_first[r], soup_.ring_first[r + 1]);
        }
    }

    // Calls visit(id) for the positions within the tolerance of p; returns how many were compared.
    template <class Visit> std::size_t each_near(Point p, Visit visit) const {
        const double limit = tolerance_ * tolerance_;
        std::size_t compared = 0;
        grid_.cells_around(p, tolerance_, [&](Cell c) {
            for (std::uint32_t k = grid_.head(c); k != kNoVertex; k = grid_.next(k), ++compared)
                if (squared_distance(position[k], p) <= limit) visit(k);
        });
        return compared;
    }
    void prefetch(Point p) const { grid_.prefetch(grid_.cell_of(p)); }
    // Gives back what only run() and each_near() need.
    void close() {
        grid_ = CellGrid(1, 0);
        seen_at_ = {};
    }

    std::vector<Point> position; // distinct, in order of first appearance
    Sets sets;                   // of positions
    bool crowded = false;        // the tolerance is too large to compare cell by cell

private:
    std::size_t points() const {
        return soup_.ring_first[last_ring_] - soup_.ring_first[first_ring_];
    }

    // Neighbours walk along a shared border in step, mostly in opposite directions: after one
    // match, the next point of the ring is most likely the next point of the other ring.
    void number_ring(std::uint32_t first, std::uint32_t last) {
        std::uint32_t partner = kNoVertex; // where the previous point was seen before
        std::uint32_t step = 0xFFFFFFFFu;  // +1 or -1, wrapping
        for (std::uint32_t i = first; i < last; ++i) {
            const Point p = soup_.points[i];
            if (!usable(p, limit_)) {
                partner = kNoVertex;
                continue;
            }
            if (partner != kNoVertex) {
                if (same(partner + step, i, p)) {
                    partner += step;
                    of_[i] = of_[partner];
                    continue;
                }
                if (same(partner - step, i, p)) {
                    step = 0u - step;
                    partner += step;
                    of_[i] = of_[partner];
                    continue;
                }
            }
            // A border without a partner so far: its next points will be looked up as well.
            if (last - i > kAhead) prefetch(soup_.points[i + kAhead]);
            const std::uint32_t known = static_cast<std::uint32_t>(position.size());
            const std::uint32_t id = find_or_add(p);
            if (id == known) seen_at_.push_back(i);
            partner = id == known ? kNoVertex : seen_at_[id];
            of_[i] = id;
        }
    }
    bool same(std::uint32_t j, std::uint32_t i, Point p) const {
        return j < i && j >= first_point_ && of_[j] != kNoVertex && soup_.points[j] == p;
    }

    std::uint32_t find_or_add(Point p) {
        const Cell home = grid_.cell_of(p);
        for (std::uint32_t k = grid_.head(home); k != kNoVertex; k = grid_.next(k))
            if (position[k] == p) return k;
        const auto id = static_cast<std::uint32_t>(position.size());
        sets.add();
        crowded |= each_near(p, [&](std::uint32_t k) { sets.join(k, id); }) > kCrowded;
        grid_.add(home);
        position.push_back(p);
        return id;
    }

    const PolygonSoup& soup_;
    double tolerance_;
    Point limit_;
    std::size_t first_ring_, last_ring_;
    std::uint32_t first_point_;
    std::vector<std::uint32_t>& of_; // each run of rings writes its own part
    CellGrid grid_;
    std::vector<std::uint32_t> seen_at_; // per position: the point of the soup that had it first
};

class Identifier {
public:
    Identifier(const PolygonSoup& soup, double tolerance, Point limit)
        : soup_(soup), tolerance_(tolerance), limit_(limit) {
        result_.of.assign(soup.points.size(), kNoVertex);
    }

    Identities run(base::JobContext& ctx) {
        number(ctx);
        if (crowded_)
            number_all_greedily();
        else
            split_chains();
        merge(ctx);
        return std::move(result_);
    }

private:
    // Two halves at once, then the second is joined to the first. The cut depends on the input
    // alone, and a merged numbering is the one that a single run would have given.
    void number(base::JobContext& ctx) {
        const std::size_t rings = soup_.rings();
        const std::size_t cut = soup_.points.size() < kSplitFrom ? rings : middle_ring();
        Numbering first(soup_, tolerance_, limit_, 0, cut, result_.of);
        if (cut == rings) {
            first.run(ctx);
            crowded_ = first.crowded;
            result_.position = std::move(first.position);
            sets_ = std::move(first.sets);
            return;
        }
        Numbering second(soup_, tolerance_, limit_, cut, rings, result_.of);
        base::parallel_for(2, 1, ctx, [&](std::size_t half, std::size_t) {
            (half == 0 ? first : second).run(ctx);
        });
        crowded_ = first.crowded || second.crowded;
        if (!crowded_) join(first, second, ctx);
        first.close();
        second.close();
        second_half_ = soup_.ring_first[cut];
        offset_ = static_cast<std::uint32_t>(first.position.size());
        result_.position = std::move(first.position);
        result_.position.insert(result_.position.end(), second.position.begin(),
                                second.position.end());
        sets_ = std::move(first.sets);
    }
    std::size_t middle_ring() const {
        const auto middle = static_cast<std::uint32_t>(soup_.points.size() / 2);
        return static_cast<std::size_t>(
            std::lower_bound(soup_.ring_first.begin(), soup_.ring_first.end(), middle) -
            soup_.ring_first.begin());
    }

    void join(Numbering& first, Numbering& second, base::JobContext& ctx) {
        const auto offset = static_cast<std::uint32_t>(first.position.size());
        first.sets.append(second.sets);
        constexpr std::size_t kChunk = 1u << 16;
        const std::size_t count = second.position.size();
        std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> near(count / kChunk + 1);
        std::atomic<bool> crowded = false;
        base::parallel_for(count, kChunk, ctx, [&](std::size_t begin, std::size_t end) {
            for (std::size_t k = begin; k < end; ++k) {
                if (end - k > kAhead) first.prefetch(second.position[k + kAhead]);
                const auto id = offset + static_cast<std::uint32_t>(k);
                if (first.each_near(second.position[k], [&](std::uint32_t other) {
                        near[begin / kChunk].emplace_back(other, id);
                    }) > kCrowded)
                    crowded = true;
            }
        });
        crowded_ = crowded;
        for (const auto& of_chunk : near)
            for (const auto& [a, b] : of_chunk) first.sets.join(a, b);
    }

    void split_chains() {
        const double limit = kChainTolerances * kChainTolerances * tolerance_ * tolerance_;
        const auto count = static_cast<std::uint32_t>(result_.position.size());
        std::vector<std::uint32_t> chained; // roots
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t root = sets_.root(i);
            if (root != i && squared_distance(result_.position[root], result_.position[i]) > limit)
                chained.push_back(root);
        }
        if (chained.empty()) return;
        std::sort(chained.begin(), chained.end());
        std::vector<std::uint32_t> members, roots(count);
        std::vector<Point> positions;
        for (std::uint32_t i = 0; i < count; ++i) {
            roots[i] = sets_.root(i);
            if (!std::binary_search(chained.begin(), chained.end(), roots[i])) continue;
            members.push_back(i);
            positions.push_back(result_.position[i]);
        }
        const auto cluster = greedy_clusters(positions, tolerance_);
        for (std::size_t k = 0; k < members.size(); ++k) roots[members[k]] = members[cluster[k]];
        sets_.assign(std::move(roots));
    }

    // The tolerance is too large for the data to be compared cell by cell.
    void number_all_greedily() {
        result_.of.assign(soup_.points.size(), kNoVertex);
        result_.position.clear();
        for (std::uint32_t i = 0; i < soup_.points.size(); ++i) {
            if (!usable(soup_.points[i], limit_)) continue;
            result_.of[i] = static_cast<std::uint32_t>(result_.position.size());
            result_.position.push_back(soup_.points[i]);
        }
        sets_.assign(greedy_clusters(result_.position, tolerance_));
        second_half_ = soup_.points.size();
    }

    // Renumbers: distinct positions become identities.
    void merge(base::JobContext& ctx) {
        const auto count = static_cast<std::uint32_t>(result_.position.size());
        std::vector<std::uint32_t> identity(count);
        std::uint32_t kept = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t root = sets_.root(i);
            if (root == i) {
                identity[i] = kept;
                result_.position[kept++] = result_.position[i];
                continue;
            }
            identity[i] = identity[root];
            if (result_.position[identity[i]] == result_.position[i]) continue;
            ++result_.snapped;
            const double d = distance(result_.position[identity[i]], result_.position[i]);
            if (d > result_.farthest || result_.farthest_vertex == kNoVertex)
                result_.farthest = d, result_.farthest_vertex = identity[i];
        }
        if (kept == count && offset_ == 0) return;
        result_.position.resize(kept);
        base::parallel_for(result_.of.size(), 1u << 18, ctx, [&](std::size_t i, std::size_t end) {
            for (; i < end; ++i)
                if (std::uint32_t& id = result_.of[i]; id != kNoVertex)
                    id = identity[i < second_half_ ? id : id + offset_];
        });
    }

    const PolygonSoup& soup_;
    double tolerance_;
    Point limit_;
    Sets sets_;
    bool crowded_ = false;
    // Points from here on are numbered from offset_ on.
    std::size_t second_half_ = std::numeric_limits<std::size_t>::max();
    std::uint32_t offset_ = 0;
    Identities result_;
};

} // namespace

Identities identify(const PolygonSoup& soup, double tolerance, Point limit, base::JobContext& ctx) {
    return Identifier(soup, tolerance, limit).run(ctx);
}

} // namespace diaban::geo
