#include "geo/rings.hpp"

#include "geo/identity.hpp"
#include "geo/plane.hpp"

#include <numeric>
#include <unordered_map>

namespace diaban::geo {
namespace {

struct Measured {
    double area = 0;   // signed, m2
    double length = 0; // at least the perimeter (sum of |dx| + |dy|), m
};

Measured measure(std::span<const std::uint32_t> ring, std::span<const Point> position) {
    const Point origin = position[ring.back()];
    Point previous{0, 0};
    double twice = 0, length = 0;
    for (std::uint32_t id : ring) {
        const Point p = position[id] - origin;
        twice += cross(previous, p);
        length += std::abs(p.x - previous.x) + std::abs(p.y - previous.y);
        previous = p;
    }
    return {twice / 2, length};
}

// Takes rings apart where they visit a vertex again: spikes vanish, figures of eight become two.
class LoopSplitter {
public:
    explicit LoopSplitter(CleanRings& result) : defects_(result.defects), tips_(result.thin_tips) {}

    void split(std::span<const std::uint32_t> ring, FaceId face, RingIds& out) {
        stack_.clear();
        at_.clear();
        const std::size_t before = out.count();
        RingDefect spike{RingDefect::Spike, face, 0, 0, ring[0]};
        const auto emit = [&](std::size_t from) {
            if (stack_.size() - from >= 3) {
                out.id.insert(out.id.end(), stack_.begin() + static_cast<std::ptrdiff_t>(from),
                              stack_.end());
                out.end_ring(face);
            } else if (stack_.size() - from == 2) {
                if (spike.count++ == 0) spike.vertex = stack_.back();
                tips_.emplace_back(face, stack_.back());
                if (from == 0) tips_.emplace_back(face, stack_.front());
            }
            for (std::size_t k = from; k < stack_.size(); ++k) at_.erase(stack_[k]);
            stack_.resize(from);
        };
        RingDefect touch{RingDefect::SelfTouch, face, 0, 0, ring[0]};
        for (std::uint32_t id : ring) {
            if (const auto seen = at_.find(id); seen != at_.end()) {
                const std::size_t rings = out.count();
                emit(seen->second);
                if (out.count() > rings && touch.count++ == 0) touch.vertex = id;
            }
            at_[id] = stack_.size();
            stack_.push_back(id);
        }
        emit(0);
        if (spike.count) defects_.push_back(spike);
        if (out.count() > before + 1) defects_.push_back(touch);
    }

private:
    std::vector<RingDefect>& defects_;
    std::vector<std::pair<FaceId, std::uint32_t>>& tips_;
    std::vector<std::uint32_t> stack_;
    std::unordered_map<std::uint32_t, std::size_t> at_; // vertex -> place in stack_
};

void append(std::span<const std::uint32_t> ring, FaceId face, bool reversed, RingIds& out) {
    if (reversed)
        out.id.insert(out.id.end(), ring.rbegin(), ring.rend());
    else
        out.id.insert(out.id.end(), ring.begin(), ring.end());
    out.end_ring(face);
}

bool includes(const std::vector<FaceId>* faces, FaceId face) {
    return !faces || std::binary_search(faces->begin(), faces->end(), face);
}

// Drops consecutive repeats and splits the rest into simple loops.
RingIds simple_loops(const RingIds& raw, std::size_t vertices, const std::vector<FaceId>* only,
                     CleanRings& result, base::JobContext& ctx) {
    RingIds out;
    out.id.reserve(raw.id.size());
    LoopSplitter splitter(result);
    std::vector<std::uint32_t> last_ring(vertices, kNoVertex), work;
    for (std::size_t r = 0; r < raw.count(); ++r) {
        if (r % 256 == 0) ctx.check();
        if (!includes(only, raw.face[r])) {
            append(raw.ring(r), raw.face[r], false, out);
            continue;
        }
        const auto tag = static_cast<std::uint32_t>(r);
        const std::size_t begin = out.id.size();
        bool repeats = false;
        for (std::uint32_t id : raw.ring(r)) {
            if (id == kNoVertex || (out.id.size() > begin && out.id.back() == id)) continue;
            out.id.push_back(id);
        }
        while (out.id.size() > begin + 1 && out.id.back() == out.id[begin]) out.id.pop_back();
        for (std::size_t i = begin; i < out.id.size(); ++i) {
            repeats |= last_ring[out.id[i]] == tag;
            last_ring[out.id[i]] = tag;
        }
        if (repeats) {
            work.assign(out.id.begin() + static_cast<std::ptrdiff_t>(begin), out.id.end());
            out.id.resize(begin);
            splitter.split(work, raw.face[r], out);
        } else if (out.id.size() >= begin + 3) {
            out.end_ring(raw.face[r]);
        } else if (out.id.size() > begin) {
            result.defects.push_back({RingDefect::ZeroArea, raw.face[r], 1, 0, out.id[begin]});
            for (std::size_t i = begin; i < out.id.size(); ++i)
                result.thin_tips.emplace_back(raw.face[r], out.id[i]);
            out.id.resize(begin);
        }
    }
    return out;
}

// The same loop, whatever its start and direction: compares as an unordered set of vertices, which
// for simple loops of one face that do not cross is the same thing.
std::uint64_t fingerprint(std::span<const std::uint32_t> ring) {
    std::uint64_t sum = ring.size();
    for (std::uint64_t id : ring) {
        std::uint64_t h = (id + 1) * 0x9E3779B97F4A7C15ull;
        h ^= h >> 32;
        sum += h * 0xBF58476D1CE4E5B9ull;
    }
    return sum;
}

bool lies_inside(const std::vector<Point>& inner, const std::vector<Point>& outer) {
    for (Point p : inner)
        if (const Side side = side_of(outer, p); side != Side::Border) return side == Side::Inside;
    for (std::size_t i = 0, j = inner.size() - 1; i < inner.size(); j = i++) {
        const Point middle{(inner[i].x + inner[j].x) / 2, (inner[i].y + inner[j].y) / 2};
        if (const Side side = side_of(outer, middle); side != Side::Border)
            return side == Side::Inside;
    }
    return false;
}

} // namespace

Nesting nest(std::span<const std::vector<Point>> rings) {
    const auto count = static_cast<std::uint32_t>(rings.size());
    std::vector<double> area(count);
    std::vector<Box> box(count);
    for (std::uint32_t r = 0; r < count; ++r) {
        area[r] = std::abs(ring_area(rings[r]));
        for (Point p : rings[r]) box[r].add(p);
    }
    std::vector<std::uint32_t> by_area(count), parent(count, kNoVertex);
    std::vector<bool> hole(count, false);
    std::iota(by_area.begin(), by_area.end(), 0u);
    std::stable_sort(by_area.begin(), by_area.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return area[a] > area[b]; });
    for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t r = by_area[k];
        // The smallest ring around r is its parent; a ring inside a hole is an outer ring again.
        for (std::size_t m = k; m-- > 0;) {
            const std::uint32_t s = by_area[m];
            const Box& b = box[s];
            if (b.min_x > box[r].min_x || b.max_x < box[r].max_x || b.min_y > box[r].min_y ||
                b.max_y < box[r].max_y || !lies_inside(rings[r], rings[s]))
                continue;
            parent[r] = s;
            hole[r] = !hole[s];
            break;
        }
    }
    std::vector<std::vector<std::uint32_t>> holes(count);
    for (std::uint32_t r : by_area)
        if (hole[r]) holes[parent[r]].push_back(r);
    Nesting nesting;
    for (std::uint32_t r : by_area) {
        if (hole[r]) continue;
        nesting.order.push_back(r);
        nesting.hole.push_back(false);
        for (std::uint32_t h : holes[r]) {
            nesting.order.push_back(h);
            nesting.hole.push_back(true);
        }
    }
    return nesting;
}

CleanRings clean_rings(const RingIds& raw, std::span<const Point> position, double tolerance,
                       ThinRings thin, base::JobContext& ctx, const std::vector<FaceId>* only) {
    CleanRings result;
    const RingIds loops = simple_loops(raw, position.size(), only, result, ctx);
    std::vector<Measured> measured(loops.count());
    base::parallel_for(loops.count(), 64, ctx, [&](std::size_t begin, std::size_t end) {
        for (std::size_t r = begin; r < end; ++r)
            if (includes(only, loops.face[r])) measured[r] = measure(loops.ring(r), position);
    });

    RingIds& out = result.rings;
    out.id.reserve(loops.id.size());
    std::vector<std::uint32_t> of_face;
    std::vector<std::uint64_t> prints;
    for (std::uint32_t r = 0; r < loops.count();) {
        const FaceId face = loops.face[r];
        if (!includes(only, face)) {
            append(loops.ring(r++), face, false, out);
            continue;
        }
        of_face.clear();
        for (; r < loops.count() && loops.face[r] == face; ++r) {
            const bool has_area = std::abs(measured[r].area) > tolerance * measured[r].length / 2;
            if (!has_area && thin == ThinRings::Keep &&
                (result.thin.empty() || result.thin.back() != face))
                result.thin.push_back(face);
            if (has_area || thin == ThinRings::Keep) {
                of_face.push_back(r);
                continue;
            }
            result.defects.push_back({RingDefect::ZeroArea, face, 1, 0, loops.ring(r)[0]});
            for (std::uint32_t id : loops.ring(r)) result.thin_tips.emplace_back(face, id);
        }
        if (of_face.size() == 1) {
            append(loops.ring(of_face[0]), face, measured[of_face[0]].area < 0, out);
            continue;
        }
        prints.clear();
        std::vector<std::vector<Point>> points;
        std::vector<std::uint32_t> kept;
        for (std::uint32_t k : of_face) {
            const std::uint64_t print = fingerprint(loops.ring(k));
            if (std::find(prints.begin(), prints.end(), print) != prints.end()) {
                result.defects.push_back({RingDefect::RepeatedRing, face, 1,
                                          std::abs(measured[k].area), loops.ring(k)[0]});
                continue;
            }
            prints.push_back(print);
            kept.push_back(k);
            auto& ring = points.emplace_back();
            for (std::uint32_t id : loops.ring(k)) ring.push_back(position[id]);
        }
        const Nesting nesting = nest(points);
        for (std::size_t k = 0; k < nesting.order.size(); ++k) {
            const std::uint32_t loop = kept[nesting.order[k]];
            append(loops.ring(loop), face, (measured[loop].area < 0) != nesting.hole[k], out);
        }
    }
    return result;
}

} // namespace diaban::geo
