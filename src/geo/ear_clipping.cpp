#include "geo/ear_clipping.hpp"

#include "geo/plane.hpp"

#include <cmath>

namespace diaban::geo {
namespace {

// From this size on, corners that may block an ear are looked up in a grid.
constexpr std::size_t kGridFrom = 48;

class Clipper {
public:
    explicit Clipper(const Polygon& polygon) {
        std::size_t count = polygon.outer.size();
        for (const auto& hole : polygon.holes) count += hole.size() + 2;
        nodes_.reserve(count);
        start_ = add_ring(polygon.outer);
        std::vector<std::uint32_t> holes;
        for (const auto& hole : polygon.holes)
            if (hole.size() >= 3) holes.push_back(leftmost(add_ring(hole)));
        std::sort(holes.begin(), holes.end(), [&](std::uint32_t a, std::uint32_t b) {
            return at(a).x < at(b).x || (at(a).x == at(b).x && at(a).y < at(b).y);
        });
        for (std::uint32_t hole : holes) joined_ = joined_ && join(hole);
    }

    bool run(std::vector<std::uint32_t>& out) {
        if (!joined_ || nodes_.size() < 3) return false;
        out_ = &out;
        left_ = 0;
        std::uint32_t n = start_;
        do ++left_, n = nodes_[n].next;
        while (n != start_);
        classify_all();
        std::uint32_t ear = start_;
        std::size_t tried = 0;
        while (left_ > 3) {
            if (is_ear(ear)) {
                emit(ear);
                const std::uint32_t after = nodes_[ear].next;
                remove(ear);
                ear = nodes_[after].next; // leaving one out makes fewer slivers
                tried = 0;
                continue;
            }
            ear = nodes_[ear].next;
            if (++tried <= left_) continue;
            if (!drop_flat(ear)) return false;
            tried = 0;
        }
        start_ = ear;
        const double last = turn(at(nodes_[ear].previous), at(ear), at(nodes_[ear].next));
        if (last > 0) emit(ear);
        return last >= 0;
    }

private:
    struct Node {
        Point p;
        std::uint32_t index; // into the points of the polygon
        std::uint32_t previous, next;
        bool reflex = false; // or straight: may block an ear
    };
    Point at(std::uint32_t n) const { return nodes_[n].p; }

    std::uint32_t add_ring(const std::vector<Point>& ring) {
        const auto first = static_cast<std::uint32_t>(nodes_.size());
        const auto count = static_cast<std::uint32_t>(ring.size());
        for (std::uint32_t k = 0; k < count; ++k)
            nodes_.push_back(
                {ring[k], points_++, first + (k + count - 1) % count, first + (k + 1) % count});
        return first;
    }
    std::uint32_t leftmost(std::uint32_t first) const {
        std::uint32_t best = first;
        for (std::uint32_t n = nodes_[first].next; n != first; n = nodes_[n].next)
            if (at(n).x < at(best).x || (at(n).x == at(best).x && at(n).y < at(best).y)) best = n;
        return best;
    }

    // Joins a hole, given by its leftmost corner, to the outer ring by a cut of no width.
    bool join(std::uint32_t hole) {
        const std::uint32_t bridge = find_bridge(hole);
        if (bridge == kNone) return false;
        const auto bridge2 = static_cast<std::uint32_t>(nodes_.size()), hole2 = bridge2 + 1;
        nodes_.push_back(nodes_[bridge]);
        nodes_.push_back(nodes_[hole]);
        // bridge -> hole ... hole2 -> bridge2 ...
        const std::uint32_t after = nodes_[bridge].next, before = nodes_[hole].previous;
        nodes_[bridge].next = hole, nodes_[hole].previous = bridge;
        nodes_[before].next = hole2, nodes_[hole2].previous = before;
        nodes_[hole2].next = bridge2, nodes_[bridge2].previous = hole2;
        nodes_[bridge2].next = after, nodes_[after].previous = bridge2;
        return true;
    }
    // The corner that sees the hole's leftmost corner h.
    std::uint32_t find_bridge(std::uint32_t hole) const {
        const Point h = at(hole);
        double nearest = -std::numeric_limits<double>::infinity();
        std::uint32_t seen = kNone;
        std::uint32_t n = start_;
        do {
            // The interior is on the left: edges that run down face a point on their right.
            const Point a = at(n), b = at(nodes_[n].next);
            if (a == h && inside_corner(n, hole)) return n;
            if (a.y >= h.y && h.y >= b.y && a.y > b.y) {
                const double x = a.x + (h.y - a.y) * (b.x - a.x) / (b.y - a.y);
                if (x <= h.x && x > nearest) {
                    nearest = x;
                    seen = a.x < b.x ? n : nodes_[n].next;
                }
            }
            n = nodes_[n].next;
        } while (n != start_);
        if (seen == kNone) return kNone;
        // A reflex corner in the triangle h, hit, seen hides it: take the one nearest to the ray.
        const Point hit{nearest, h.y}, target = at(seen);
        double flattest = std::numeric_limits<double>::infinity();
        std::uint32_t best = seen;
        n = start_;
        do {
            const Point p = at(n);
            if (p.x <= h.x && p.x >= target.x && p.x < h.x &&
                in_closed_triangle(h, hit, target, p)) {
                const double slope = std::abs(h.y - p.y) / (h.x - p.x);
                if (inside_corner(n, hole) &&
                    (slope < flattest || (slope == flattest && p.x > at(best).x))) {
                    flattest = slope;
                    best = n;
                }
            }
            n = nodes_[n].next;
        } while (n != start_);
        return best;
    }
    // True if the direction from corner n to the other node leads into the polygon.
    bool inside_corner(std::uint32_t n, std::uint32_t other) const {
        const Point before = at(nodes_[n].previous), p = at(n), after = at(nodes_[n].next);
        // Where both are one place, the side of the other's own neighbours decides.
        const Point q = at(other) == p ? at(nodes_[other].next) : at(other);
        if (turn(before, p, after) > 0) return turn(p, after, q) >= 0 && turn(before, p, q) >= 0;
        return turn(p, after, q) >= 0 || turn(before, p, q) >= 0;
    }

    void classify(std::uint32_t n) {
        nodes_[n].reflex = turn(at(nodes_[n].previous), at(n), at(nodes_[n].next)) <= 0;
    }
    void classify_all() {
        std::uint32_t n = start_;
        do classify(n), n = nodes_[n].next;
        while (n != start_);
        if (left_ >= kGridFrom) make_grid();
    }

    bool is_ear(std::uint32_t n) const {
        if (nodes_[n].reflex) return false;
        const std::uint32_t before = nodes_[n].previous, after = nodes_[n].next;
        const Point a = at(before), b = at(n), c = at(after);
        Box reach;
        reach.add(a), reach.add(b), reach.add(c);
        const auto blocks = [&](std::uint32_t m) {
            const Node& node = nodes_[m];
            if (!node.reflex || m == before || m == n || m == after || !reach.contains(node.p))
                return false;
            if (node.p == a || node.p == b || node.p == c) return false; // cut or touching corner
            return turn(a, b, node.p) >= 0 && turn(b, c, node.p) >= 0 && turn(c, a, node.p) >= 0;
        };
        if (cells_ == 0) {
            for (std::uint32_t m = nodes_[after].next; m != before; m = nodes_[m].next)
                if (blocks(m)) return false;
            return true;
        }
        const std::size_t x0 = cell(reach.min_x - box_.min_x, box_.width());
        const std::size_t x1 = cell(reach.max_x - box_.min_x, box_.width());
        const std::size_t y0 = cell(reach.min_y - box_.min_y, box_.height());
        const std::size_t y1 = cell(reach.max_y - box_.min_y, box_.height());
        for (std::size_t y = y0; y <= y1; ++y)
            for (std::uint32_t k = offset_[y * cells_ + x0]; k < offset_[y * cells_ + x1 + 1]; ++k)
                if (blocks(entry_[k])) return false;
        return true;
    }

    // All corners that may block, in a square of cells.
    void make_grid() {
        std::vector<std::uint32_t> blockers;
        box_ = {};
        std::uint32_t n = start_;
        do {
            box_.add(at(n));
            if (nodes_[n].reflex) blockers.push_back(n);
            n = nodes_[n].next;
        } while (n != start_);
        grid_made_for_ = left_;
        cells_ = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::sqrt(static_cast<double>(blockers.size()))));
        offset_.assign(cells_ * cells_ + 2, 0);
        const auto cell_of = [&](std::uint32_t m) {
            return cell(at(m).y - box_.min_y, box_.height()) * cells_ +
                   cell(at(m).x - box_.min_x, box_.width());
        };
        for (std::uint32_t m : blockers) ++offset_[cell_of(m) + 2];
        for (std::size_t i = 2; i < offset_.size(); ++i) offset_[i] += offset_[i - 1];
        entry_.resize(blockers.size());
        for (std::uint32_t m : blockers) entry_[offset_[cell_of(m) + 1]++] = m;
    }
    std::size_t cell(double v, double extent) const {
        if (!(extent > 0) || !(v > 0)) return 0;
        return std::min(cells_ - 1,
                        static_cast<std::size_t>(v / extent * static_cast<double>(cells_)));
    }

    void emit(std::uint32_t n) {
        out_->insert(out_->end(), {nodes_[nodes_[n].previous].index, nodes_[n].index,
                                   nodes_[nodes_[n].next].index});
    }
    void remove(std::uint32_t n) {
        const std::uint32_t before = nodes_[n].previous, after = nodes_[n].next;
        nodes_[before].next = after, nodes_[after].previous = before;
        nodes_[n].reflex = false; // no longer blocks
        start_ = before;
        --left_;
        // Corners next to a clipped ear only become less reflex; those next to a flat one may not.
        classify(before), classify(after);
        if (cells_ == 0) return;
        if (left_ < kGridFrom)
            cells_ = 0;
        else if (2 * left_ < grid_made_for_)
            make_grid();
    }
    // Removes one corner without area, if there is any: a straight one, or the tip of a cut.
    bool drop_flat(std::uint32_t& ear) {
        for (std::size_t k = 0; k < left_; ++k, ear = nodes_[ear].next) {
            const Point a = at(nodes_[ear].previous), b = at(ear), c = at(nodes_[ear].next);
            if (turn(a, b, c) != 0) continue;
            const std::uint32_t after = nodes_[ear].next;
            remove(ear);
            ear = after;
            return true;
        }
        return false;
    }

    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    std::vector<Node> nodes_;
    std::uint32_t points_ = 0, start_ = 0;
    bool joined_ = true;
    std::size_t left_ = 0, grid_made_for_ = 0;
    std::size_t cells_ = 0; // per side of the grid; 0 = no grid
    Box box_;
    std::vector<std::uint32_t> offset_, entry_;
    std::vector<std::uint32_t>* out_ = nullptr;
};

} // namespace

bool clip_ears(const Polygon& polygon, std::vector<std::uint32_t>& out) {
    if (polygon.outer.size() < 3) return false;
    const std::size_t before = out.size();
    if (Clipper(polygon).run(out)) return true;
    out.resize(before);
    return false;
}

} // namespace diaban::geo
