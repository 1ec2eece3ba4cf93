#include "geo/outline_parts.hpp"

#include "geo/loops.hpp"
#include "geo/nearness.hpp"
#include "geo/plane.hpp"

#include <cmath>
#include <optional>

namespace diaban::geo {
namespace {

constexpr std::size_t kNoSet = static_cast<std::size_t>(-1);
constexpr double kLeastWater = 1e6; // square metres: a smaller hole is a gap between neighbours
// Over so much of the reach to either side the direction of the border is looked at ...
constexpr double kWindow = 2.0 / 3;
// ... and a reference runs the same way if it comes at least so far as the border does.
constexpr double kSameWay = 0.5;
constexpr double kStep = 0.25; // of the reach: longer segments are looked at piece by piece

// The closed walks along the outer border, one after another.
struct Outline {
    std::vector<Point> points; // segment i runs from point i to the next one of its walk
    std::vector<FaceId> face;  // of segment i
    std::vector<std::size_t> walk{0};
    std::vector<bool> gap; // of each walk

    std::size_t size() const { return points.size(); }
    // The point that so many steps along a walk lead to.
    std::size_t next(std::size_t i, std::size_t w) const {
        return i + 1 == walk[w + 1] ? walk[w] : i + 1;
    }
    std::size_t before(std::size_t i, std::size_t w) const {
        return i == walk[w] ? walk[w + 1] - 1 : i - 1;
    }
};

// The points of a ring, and points between them where it has none for longer than `step`.
std::vector<Point> with_steps(const std::vector<Point>& ring, double step,
                              const std::vector<FaceId>& face_of, std::vector<FaceId>& faces) {
    std::vector<Point> out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[(i + 1) % ring.size()];
        const auto pieces = static_cast<int>(std::max(1.0, std::ceil(distance(a, b) / step)));
        for (int k = 0; k < pieces; ++k) {
            const double t = static_cast<double>(k) / pieces;
            out.push_back(k == 0 ? a : Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
            faces.push_back(face_of[i]);
        }
    }
    return out;
}

Outline outline_of(const Coverage& coverage, double step) {
    Sides sides;
    for (const Arc& arc : coverage.arcs()) {
        sides.left.push_back(arc.left == kOutside ? 0 : kNoGroup);
        sides.right.push_back(arc.right == kOutside ? 0 : kNoGroup);
    }
    const ArcView view = view_of(coverage);
    Outline out;
    for (const Walk& walk : trace_walks(view, sides)) {
        std::vector<Point> ring;
        std::vector<FaceId> face_of; // of the segment that begins at each point
        for (const ArcRef ref : walk.arcs) {
            const Arc& arc = coverage.arcs()[arc_of(ref)];
            view.append(ref, ring);
            face_of.resize(ring.size(), ref >= 0 ? arc.right : arc.left);
        }
        // Outside lies on the left: of a hole in the coverage that is its inside.
        const double area = ring_area(ring);
        const auto points = with_steps(ring, step, face_of, out.face);
        out.points.insert(out.points.end(), points.begin(), points.end());
        out.gap.push_back(area > 0 && area < kLeastWater);
        out.walk.push_back(out.points.size());
    }
    return out;
}

// The lines of references as shapes, and the reference that each belongs to.
struct ReferenceIndex {
    explicit ReferenceIndex(std::span<const OutlineReference> references) {
        std::vector<Shape> shapes;
        for (std::size_t s = 0; s < references.size(); ++s)
            for (const auto& line : references[s].lines) {
                shapes.push_back({Shape::Kind::Lines, {line}});
                set.push_back(s);
            }
        index.emplace(std::move(shapes));
    }
    std::optional<ShapeIndex> index;
    std::vector<std::size_t> set;
};

struct NearestReference {
    std::size_t set = kNoSet;
    double distance = 0;
    Point at;
};

// The nearest reference of the middle of each segment, as far as twice the reach.
std::vector<NearestReference> nearest_references(const Outline& outline,
                                                 const ReferenceIndex& references, double reach,
                                                 base::JobContext& ctx) {
    std::vector<NearestReference> out(outline.size());
    constexpr std::size_t kChunk = 1024;
    std::vector<std::size_t> walk_of(outline.size());
    for (std::size_t w = 0; w + 1 < outline.walk.size(); ++w)
        for (std::size_t i = outline.walk[w]; i < outline.walk[w + 1]; ++i) walk_of[i] = w;
    base::parallel_for(outline.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const Point a = outline.points[i], b = outline.points[outline.next(i, walk_of[i])];
            const auto near = nearest_shapes({(a.x + b.x) / 2, (a.y + b.y) / 2}, *references.index,
                                             {.distance = 2 * reach, .count = 1});
            if (near.empty()) continue;
            out[i] = {references.set[near.front().shape], near.front().distance,
                      near.front().on_shape};
        }
    });
    return out;
}

// Whether the references run along the border where segment i of walk w lies. A walk that is
// hardly longer than the window is an islet, and has no direction.
bool runs_along(const Outline& outline, const std::vector<NearestReference>& nearest, std::size_t w,
                std::size_t i, double window) {
    double length = 0;
    std::size_t ahead = i, behind = i;
    const std::size_t all = outline.walk[w + 1] - outline.walk[w];
    for (std::size_t steps = 0; length < window; ++steps) {
        if (steps == all) return true;
        const std::size_t then = outline.next(ahead, w);
        length += distance(outline.points[ahead], outline.points[then]);
        ahead = then;
    }
    length = 0;
    for (std::size_t steps = 0; length < window; ++steps) {
        if (steps == all) return true;
        const std::size_t then = outline.before(behind, w);
        length += distance(outline.points[then], outline.points[behind]);
        behind = then;
    }
    if (nearest[ahead].set == kNoSet || nearest[behind].set == kNoSet) return false;
    return distance(nearest[ahead].at, nearest[behind].at) >=
           kSameWay * distance(outline.points[ahead], outline.points[behind]);
}

bool has_face(const std::vector<FaceId>& faces, FaceId face) {
    return std::find(faces.begin(), faces.end(), face) != faces.end();
}

// The nearest references of every segment: of all of them, and of each alone.
struct NearestLines {
    std::vector<NearestReference> any;
    std::vector<std::vector<NearestReference>> of;
};

// The set of one segment: what a person said of its face, else the first reference that runs along
// it, else the nearest where several do so in turn.
std::size_t set_of_segment(const Outline& outline, const NearestLines& nearest,
                           const std::vector<OutlineReference>& references, std::size_t w,
                           std::size_t i, double reach) {
    for (std::size_t s = 0; s < references.size(); ++s)
        if (has_face(references[s].always, outline.face[i])) return s;
    if (outline.gap[w]) return kNoSet;
    const auto along = [&](const std::vector<NearestReference>& lines, std::size_t set) {
        return set != kNoSet && lines[i].set != kNoSet && lines[i].distance <= reach &&
               !has_face(references[set].never, outline.face[i]) &&
               runs_along(outline, lines, w, i, kWindow * reach);
    };
    for (std::size_t s = 0; s < references.size(); ++s)
        if (along(nearest.of[s], s)) return s;
    const std::size_t set = nearest.any[i].set;
    return along(nearest.any, set) ? set : kNoSet;
}

} // namespace

std::vector<OutlinePart> outline_parts(const Coverage& coverage,
                                       const std::vector<OutlineReference>& references,
                                       double reach, base::JobContext& ctx) {
    const Outline outline = outline_of(coverage, kStep * reach);
    NearestLines nearest;
    nearest.any = nearest_references(outline, ReferenceIndex(references), reach, ctx);
    for (const auto& one : references)
        nearest.of.push_back(
            references.size() == 1
                ? nearest.any
                : nearest_references(outline, ReferenceIndex(std::span(&one, 1)), reach, ctx));
    std::vector<OutlinePart> out(references.size());
    for (std::size_t w = 0; w + 1 < outline.walk.size(); ++w) {
        std::size_t last = kNoSet;
        for (std::size_t i = outline.walk[w]; i < outline.walk[w + 1]; ++i) {
            if (i % 4096 == 0) ctx.check();
            const std::size_t set = set_of_segment(outline, nearest, references, w, i, reach);
            if (set != kNoSet) {
                auto& part = out[set];
                if (set != last) part.lines.push_back({outline.points[i]});
                part.lines.back().push_back(outline.points[outline.next(i, w)]);
                part.faces.push_back(outline.face[i]);
            }
            last = set;
        }
    }
    for (auto& part : out) {
        std::sort(part.faces.begin(), part.faces.end());
        part.faces.erase(std::unique(part.faces.begin(), part.faces.end()), part.faces.end());
    }
    return out;
}

} // namespace diaban::geo
