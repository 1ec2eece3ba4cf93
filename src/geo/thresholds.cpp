#include "geo/thresholds.hpp"

#include "geo/plane.hpp"

#include <bit>
#include <cmath>
#include <functional>
#include <tuple>

namespace diaban::geo {
namespace {

constexpr float kNever = std::numeric_limits<float>::infinity();
// Rounds of growing tolerance. Within a round an arc looks at the other arcs as they were when the
// round began: they only lose vertices, so what was clear stays clear, and arcs can go in parallel.
constexpr int kRounds = 7;
constexpr double kRoundFactor = 4;
constexpr double kLargestPart = 1.0 / 50; // largest tolerance, as a part of the diagonal

// The vertices of all lines that are still there, in square cells.
class PointGrid {
public:
    PointGrid(std::span<const Point> points, const Box& box) : points_(points), box_(box) {}

    template <class Each> void fill(std::size_t count, Each each) {
        const double width = std::max(box_.width(), 1e-9), height = std::max(box_.height(), 1e-9);
        // Lines leave most of the plane empty: several cells per vertex.
        const double cells = 3.0 * static_cast<double>(count) + 1;
        const double size = std::sqrt(width * height / cells);
        columns_ = static_cast<std::uint32_t>(std::clamp(width / size, 1.0, cells));
        rows_ = static_cast<std::uint32_t>(std::clamp(height / size, 1.0, cells));
        per_x_ = columns_ / width, per_y_ = rows_ / height;
        offset_.assign(std::size_t{columns_} * rows_ + 2, 0);
        each([&](std::uint32_t i) { ++offset_[cell(points_[i]) + 2]; });
        for (std::size_t c = 2; c < offset_.size(); ++c) offset_[c] += offset_[c - 1];
        index_.resize(count);
        // offset_[c + 1] is the place of the next entry of cell c, and ends as the start of c + 1.
        each([&](std::uint32_t i) { index_[offset_[cell(points_[i]) + 1]++] = i; });
    }

    // True if pred(index) for any vertex in the cells that the triangle a, b, c touches.
    template <class Pred> bool any(Point a, Point b, Point c, Pred pred) const {
        Box reach;
        reach.add(a), reach.add(b), reach.add(c);
        const std::uint32_t first_row = row(reach.min_y), last_row = row(reach.max_y);
        for (std::uint32_t y = first_row; y <= last_row; ++y) {
            double low = reach.min_x, high = reach.max_x;
            if (last_row - first_row > 1) { // narrow to the slab of this row
                const double bottom = box_.min_y + y / per_y_, top = box_.min_y + (y + 1) / per_y_;
                const double slack = (top - bottom) / 16;
                low = reach.max_x, high = reach.min_x;
                for (const auto& [p, q] : {std::pair{a, b}, std::pair{b, c}, std::pair{c, a}})
                    widen(p, q, bottom - slack, top + slack, low, high);
            }
            const std::size_t base = std::size_t{y} * columns_;
            const std::uint32_t first = column(low), last = column(high);
            if (first > last) continue;
            for (std::uint32_t k = offset_[base + first]; k < offset_[base + last + 1]; ++k) {
                const Point p = points_[index_[k]];
                if (reach.contains(p) && pred(index_[k], p)) return true;
            }
        }
        return false;
    }

private:
    // Extends low..high by the part of the segment p, q between two heights.
    static void widen(Point p, Point q, double bottom, double top, double& low, double& high) {
        if (p.y > q.y) std::swap(p, q);
        if (q.y < bottom || p.y > top) return;
        const auto x_at = [&](double y) { return p.x + (q.x - p.x) * ((y - p.y) / (q.y - p.y)); };
        const double x0 = p.y < bottom ? x_at(bottom) : p.x, x1 = q.y > top ? x_at(top) : q.x;
        low = std::min({low, x0, x1}), high = std::max({high, x0, x1});
    }
    std::uint32_t column(double x) const { return at((x - box_.min_x) * per_x_, columns_); }
    std::uint32_t row(double y) const { return at((y - box_.min_y) * per_y_, rows_); }
    static std::uint32_t at(double v, std::uint32_t count) {
        return v <= 0 ? 0 : v >= count ? count - 1 : static_cast<std::uint32_t>(v);
    }
    std::size_t cell(Point p) const { return std::size_t{row(p.y)} * columns_ + column(p.x); }

    std::span<const Point> points_;
    Box box_;
    std::uint32_t columns_ = 1, rows_ = 1;
    double per_x_ = 0, per_y_ = 0;
    std::vector<std::uint32_t> offset_, index_;
};

class Remover {
public:
    Remover(std::span<const Arc> arcs, std::span<const ArcId> twin_of,
            std::span<const Point> points, const Box& box)
        : arcs_(arcs), twin_of_(twin_of), points_(points), grid_(points, box),
          drop_(points.size(), kNever), alive_(points.size()), alive_count_(arcs.size()),
          last_(arcs.size(), 0) {
        for (std::uint32_t i = 0; i < alive_.size(); ++i) alive_[i] = i;
        for (std::size_t a = 0; a < arcs.size(); ++a) alive_count_[a] = arcs[a].count;
        decide_least_inner();
    }

    std::vector<float> run(double largest, base::JobContext& ctx) {
        double tolerance = largest / std::pow(kRoundFactor, kRounds - 1);
        for (int round = 0; round < kRounds; ++round, tolerance *= kRoundFactor) {
            std::size_t count = 0;
            for (ArcId a = 0; a < arcs_.size(); ++a)
                if (original(a)) count += alive_count_[a];
            grid_.fill(count, [&](auto visit) {
                for (ArcId a = 0; a < arcs_.size(); ++a)
                    if (original(a))
                        for (std::uint32_t i : alive(a)) visit(i);
            });
            base::parallel_for(arcs_.size(), 64, ctx, [&](std::size_t begin, std::size_t end) {
                ArcWork work;
                for (std::size_t a = begin; a < end; ++a)
                    if (original(static_cast<ArcId>(a)))
                        thin(static_cast<ArcId>(a), static_cast<float>(tolerance * tolerance),
                             work);
            });
            // What goes in the next round was in the way of others until now: it goes later than
            // anything so far, however small its triangle.
            for (float& last : last_) last = std::max(last, static_cast<float>(tolerance));
            ctx.step(static_cast<std::uint64_t>(round) + 1, kRounds);
        }
        for (ArcId a = 0; a < arcs_.size(); ++a)
            if (!original(a))
                std::copy_n(drop_.begin() + arcs_[twin_of_[a]].first, arcs_[a].count,
                            drop_.begin() + arcs_[a].first);
        return std::move(drop_);
    }

private:
    // Triangle area and place in ArcWork in one word, so that a heap compares and moves one number:
    // the bits of positive floats sort like the floats.
    using Candidate = std::uint64_t;
    static Candidate candidate(float area, std::uint32_t k) {
        return std::uint64_t{std::bit_cast<std::uint32_t>(area)} << 32 | k;
    }
    struct ArcWork {
        std::vector<std::uint32_t> previous, next;
        std::vector<float> area; // m2, of the triangle a vertex spans; -1 once it is gone
        std::vector<Candidate> heap;
    };

    bool original(ArcId a) const { return twin_of_[a] == kNoArc; }
    std::span<std::uint32_t> alive(ArcId a) {
        return {alive_.data() + arcs_[a].first, alive_count_[a]};
    }

    void decide_least_inner() {
        least_inner_.assign(arcs_.size(), 0);
        std::vector<ArcId> by_ends;
        for (ArcId a = 0; a < arcs_.size(); ++a) {
            if (!original(a)) continue;
            if (arcs_[a].from == arcs_[a].to)
                least_inner_[a] = 2;
            else
                by_ends.push_back(a);
        }
        const auto ends = [&](ArcId a) {
            return std::pair(std::min(arcs_[a].from, arcs_[a].to),
                             std::max(arcs_[a].from, arcs_[a].to));
        };
        std::sort(by_ends.begin(), by_ends.end(), [&](ArcId a, ArcId b) {
            return std::tuple(ends(a), arcs_[a].count, a) < std::tuple(ends(b), arcs_[b].count, b);
        });
        // The one with the fewest vertices, perhaps a bare segment already, may become bare.
        for (std::size_t i = 1; i < by_ends.size(); ++i)
            if (ends(by_ends[i]) == ends(by_ends[i - 1])) least_inner_[by_ends[i]] = 1;
    }

    float triangle(std::span<const std::uint32_t> line, const ArcWork& w, std::uint32_t k) const {
        const Point p = points_[line[k]];
        return static_cast<float>(
            std::abs(cross(points_[line[w.previous[k]]] - p, points_[line[w.next[k]]] - p)) / 2);
    }

    void thin(ArcId a, float largest_area, ArcWork& w) {
        const auto line = alive(a);
        const auto n = static_cast<std::uint32_t>(line.size());
        std::uint32_t inner = n - 2;
        if (n < 3 || inner <= least_inner_[a]) return;
        w.previous.resize(n), w.next.resize(n), w.area.assign(n, kNever);
        w.heap.clear();
        for (std::uint32_t k = 1; k + 1 < n; ++k) {
            w.previous[k] = k - 1, w.next[k] = k + 1;
            w.area[k] = triangle(line, w, k);
            if (w.area[k] < largest_area) w.heap.push_back(candidate(w.area[k], k));
        }
        if (w.heap.empty()) return;
        w.next[0] = 1, w.previous[n - 1] = n - 2;
        std::make_heap(w.heap.begin(), w.heap.end(), std::greater{});
        while (!w.heap.empty() && inner > least_inner_[a]) {
            const Candidate c = w.heap.front();
            const auto k = static_cast<std::uint32_t>(c);
            std::pop_heap(w.heap.begin(), w.heap.end(), std::greater{});
            w.heap.pop_back();
            if (candidate(w.area[k], k) != c || blocked(a, line, w, k)) continue;
            last_[a] = std::max(last_[a], std::sqrt(w.area[k]));
            drop_[line[k]] = last_[a];
            w.area[k] = -1;
            --inner;
            const std::uint32_t before = w.previous[k], after = w.next[k];
            w.next[before] = after, w.previous[after] = before;
            for (const std::uint32_t m : {before, after}) {
                if (m == 0 || m == n - 1) continue;
                w.area[m] = triangle(line, w, m);
                if (w.area[m] >= largest_area) continue;
                w.heap.push_back(candidate(w.area[m], m));
                std::push_heap(w.heap.begin(), w.heap.end(), std::greater{});
            }
        }
        std::uint32_t kept = 0;
        for (std::uint32_t k = 0; k < n; ++k)
            if (w.area[k] >= 0) line[kept++] = line[k];
        alive_count_[a] = kept;
    }

    // True if a vertex other than its corners lies in the triangle that vertex k spans.
    bool blocked(ArcId a, std::span<const std::uint32_t> line, const ArcWork& w,
                 std::uint32_t k) const {
        const std::uint32_t i = line[w.previous[k]], j = line[k], m = line[w.next[k]];
        const Point p = points_[i], q = points_[j], r = points_[m];
        const Arc& arc = arcs_[a];
        return grid_.any(p, q, r, [&](std::uint32_t other, Point at) {
            if (other - arc.first < arc.count) { // of this arc: the grid may be outdated
                if (other == i || other == j || other == m || drop_[other] != kNever) return false;
            }
            // Ends of other arcs at the same node are this very vertex.
            if (at == p || at == r) return false;
            return in_closed_triangle(p, q, r, at);
        });
    }

    std::span<const Arc> arcs_;
    std::span<const ArcId> twin_of_;
    std::span<const Point> points_;
    PointGrid grid_;
    std::vector<float> drop_;
    std::vector<std::uint32_t> alive_;       // run indices still there, at the front of each run
    std::vector<std::uint32_t> alive_count_; // per arc
    std::vector<float> last_;                // largest threshold given so far, per arc
    std::vector<std::uint32_t> least_inner_; // inner vertices an arc must keep
};

} // namespace

std::vector<float> removal_thresholds(std::span<const Arc> arcs, std::span<const ArcId> twin_of,
                                      std::span<const Point> points, const Box& box,
                                      base::JobContext& ctx) {
    const double diagonal = std::hypot(box.width(), box.height());
    return Remover(arcs, twin_of, points, box).run(diagonal * kLargestPart, ctx);
}

} // namespace diaban::geo
