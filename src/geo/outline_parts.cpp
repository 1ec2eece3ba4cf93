#include "geo/outline_parts.hpp"

#include "geo/face_shapes.hpp"
#include "geo/loops.hpp"
#include "geo/nearness.hpp"
#include "geo/plane.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
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
// Beyond a border that is coast there is water at all of these distances, in reaches: in the middle
// of a river the other bank is nearer than the first. Tried on the Mekong
// (tests/cli/near_test.cpp).
constexpr std::array kBeyond{1.25, 1.5, 2.0, 3.0};
constexpr std::size_t kWitnesses = 5; // nearest inner faces that say what is water
// Of the reach: where so little of a border looks out on water, it looks along a river; what is
// shorter than the whole of it is looked at segment by segment.
constexpr double kShortestCoast = 0.2;

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

// The points of walk w that lie before and behind its segment i by the window. A walk that is
// hardly longer is an islet, and has no direction: nothing.
struct Stretch {
    std::size_t behind, ahead;
};
std::optional<Stretch> stretch_at(const Outline& outline, std::size_t w, std::size_t i,
                                  double window) {
    double length = 0;
    std::size_t ahead = i, behind = i;
    const std::size_t all = outline.walk[w + 1] - outline.walk[w];
    for (std::size_t steps = 0; length < window; ++steps) {
        if (steps == all) return std::nullopt;
        const std::size_t then = outline.next(ahead, w);
        length += distance(outline.points[ahead], outline.points[then]);
        ahead = then;
    }
    length = 0;
    for (std::size_t steps = 0; length < window; ++steps) {
        if (steps == all) return std::nullopt;
        const std::size_t then = outline.before(behind, w);
        length += distance(outline.points[then], outline.points[behind]);
        behind = then;
    }
    return Stretch{behind, ahead};
}

// Whether the references run along the border where segment i of walk w lies.
bool runs_along(const Outline& outline, const std::vector<NearestReference>& nearest, std::size_t w,
                std::size_t i, double window) {
    const auto stretch = stretch_at(outline, w, i, window);
    if (!stretch) return true; // all around an islet
    const auto [behind, ahead] = *stretch;
    if (nearest[ahead].set == kNoSet || nearest[behind].set == kNoSet) return false;
    return distance(nearest[ahead].at, nearest[behind].at) >=
           kSameWay * distance(outline.points[ahead], outline.points[behind]);
}

bool has_face(const std::vector<FaceId>& faces, FaceId face) {
    return std::find(faces.begin(), faces.end(), face) != faces.end();
}

// Which side of a shoreline is water, and where the border looks out on it.
class Water {
public:
    Water(const Coverage& coverage, const OutlineReference& shore, const Outline& outline,
          double reach)
        : outline_(outline), reach_(reach), coverage_(coverage), shore_(lines_of(shore)),
          middles_(middles(coverage, outline)) {}

    // Of a segment that a shoreline runs along. Of an islet, which looks every way, it is so.
    bool beyond(std::size_t w, std::size_t i) { return look(w, i).open; }
    // Of any: the border itself lies in water, too.
    bool out_at_sea(std::size_t w, std::size_t i) {
        const View& view = look(w, i);
        return view.open && view.afloat;
    }
    // Of this segment alone: neighbours otherwise share what one of them sees.
    bool beyond_itself(std::size_t w, std::size_t i) { return view_at(w, i).open; }

private:
    struct View {
        bool afloat = false; // the border lies in water
        bool open = false;   // there is nothing but water beyond
    };

    static std::vector<Shape> lines_of(const OutlineReference& shore) {
        std::vector<Shape> out;
        for (const auto& line : shore.lines) out.push_back({Shape::Kind::Lines, {line}});
        return out;
    }
    // Of the box of each face that is asked; of another one, or one without a shape, nothing, so
    // that shape i is of face i. Faces that are sea for the most part, as those of archipelagos
    // are, lie at the outer border or are large: where there are enough others, those are asked.
    static std::vector<Shape> middles(const Coverage& coverage, const Outline& outline) {
        const auto faces = coverage.faces();
        std::vector<double> sizes;
        for (const auto& face : faces)
            if (face.ring_count > 0) sizes.push_back(face.box.width() * face.box.height());
        const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
        if (!sizes.empty()) std::nth_element(sizes.begin(), middle, sizes.end());
        std::vector<char> asked(faces.size(), 0);
        for (std::size_t f = 0; f < faces.size(); ++f)
            asked[f] =
                faces[f].ring_count > 0 && faces[f].box.width() * faces[f].box.height() <= *middle;
        for (const FaceId face : outline.face) asked[face] = 0;
        const bool enough =
            static_cast<std::size_t>(std::count(asked.begin(), asked.end(), 1)) >= kWitnesses;
        std::vector<Shape> out;
        for (std::size_t f = 0; f < faces.size(); ++f) {
            auto& shape = out.emplace_back();
            if (faces[f].ring_count > 0 && (!enough || asked[f]))
                shape.parts.push_back({faces[f].box.centre()});
        }
        return out;
    }

    // Neighbouring segments look out on the same: one view for each step along a walk.
    const View& look(std::size_t w, std::size_t i) {
        const Point here = outline_.points[i];
        if (w == walk_ && i >= at_ && distance(here, outline_.points[at_]) < kStep * reach_)
            return view_;
        walk_ = w;
        at_ = i;
        view_ = view_at(w, i);
        return view_;
    }

    View view_at(std::size_t w, std::size_t i) {
        const Point here = outline_.points[i];
        const auto stretch = stretch_at(outline_, w, i, kWindow * reach_);
        if (!stretch) return {.afloat = false, .open = true};
        const Point a = outline_.points[stretch->behind], b = outline_.points[stretch->ahead];
        const double length = distance(a, b);
        if (!(length > 0)) return {};
        const auto inland = witnesses(here);
        View out;
        out.afloat = covers(here, inland);
        out.open = std::all_of(kBeyond.begin(), kBeyond.end(), [&](double far) {
            const double d = far * reach_ / length; // outside lies on the left
            return covers({here.x - d * (b.y - a.y), here.y + d * (b.x - a.x)}, inland);
        });
        return out;
    }

    // Points inside the nearest faces: on land, most of them.
    std::vector<Point> witnesses(Point here) {
        std::vector<Point> out;
        const NearnessLimit limit{.distance = std::numeric_limits<double>::infinity(),
                                  .count = kWitnesses};
        for (const auto& near : nearest_shapes(here, middles_, limit)) {
            auto& inside = inside_[near.shape];
            if (!inside) inside = label_of(source_of(coverage_), coverage_.faces()[near.shape]);
            out.push_back(*inside);
        }
        return out;
    }

    bool covers(Point p, const std::vector<Point>& inland) const {
        std::size_t divided = 0;
        for (const Point& q : inland) divided += shores_between(q, p) % 2;
        return 2 * divided > inland.size();
    }

    std::size_t shores_between(Point p, Point q) const {
        const auto left_of = [](Point a, Point b, Point c) {
            return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
        };
        Box box;
        box.add(p);
        box.add(q);
        std::size_t out = 0;
        shore_.runs().each_in(box, [&](std::uint32_t at) {
            const auto& run = shore_.run(at);
            for (std::uint32_t k = run.first; k < run.first + run.count; ++k) {
                const auto [a, b] = shore_.segment(run, k);
                out += left_of(p, q, a) != left_of(p, q, b) && left_of(a, b, p) != left_of(a, b, q);
            }
        });
        return out;
    }

    const Outline& outline_;
    double reach_;
    const Coverage& coverage_;
    ShapeIndex shore_, middles_;
    std::map<std::uint32_t, std::optional<Point>> inside_; // of faces that were witnesses
    std::size_t walk_ = kNoSet, at_ = 0;                   // that view_ is of
    View view_;
};

// The nearest references of every segment: of all of them, and of each alone.
struct NearestLines {
    std::vector<NearestReference> any;
    std::vector<std::vector<NearestReference>> of;
};

// The water of each reference that is a shoreline.
using Waters = std::vector<std::unique_ptr<Water>>;

// The set of one segment: what a person said of its face, else the first reference that runs along
// it, else the nearest where several do so in turn.
std::size_t set_of_segment(const Outline& outline, const NearestLines& nearest,
                           const std::vector<OutlineReference>& references, const Waters& waters,
                           std::size_t w, std::size_t i, double reach) {
    for (std::size_t s = 0; s < references.size(); ++s)
        if (has_face(references[s].always, outline.face[i])) return s;
    if (outline.gap[w]) return kNoSet;
    const auto along = [&](const std::vector<NearestReference>& lines, std::size_t set) {
        return set != kNoSet && lines[i].set != kNoSet && lines[i].distance <= reach &&
               !has_face(references[set].never, outline.face[i]) &&
               runs_along(outline, lines, w, i, kWindow * reach) &&
               (!waters[set] || waters[set]->beyond(w, i));
    };
    for (std::size_t s = 0; s < references.size(); ++s)
        if (along(nearest.of[s], s)) return s;
    const std::size_t set = nearest.any[i].set;
    if (along(nearest.any, set)) return set;
    for (std::size_t s = 0; s < references.size(); ++s)
        if (waters[s] && !has_face(references[s].never, outline.face[i]) &&
            waters[s]->out_at_sea(w, i))
            return s;
    return kNoSet;
}

// The set of each segment of a walk. Where only a little of it looks out on water it is no coast,
// unless somebody said so.
std::vector<std::size_t> sets_of_walk(const Outline& outline, const NearestLines& nearest,
                                      const std::vector<OutlineReference>& references,
                                      const Waters& waters, std::size_t w, double reach,
                                      base::JobContext& ctx) {
    std::vector<std::size_t> out;
    for (std::size_t i = outline.walk[w]; i < outline.walk[w + 1]; ++i) {
        if (i % 4096 == 0) ctx.check();
        out.push_back(set_of_segment(outline, nearest, references, waters, w, i, reach));
    }
    const std::size_t first = outline.walk[w];
    const auto length = [&](std::size_t k) {
        return distance(outline.points[first + k], outline.points[outline.next(first + k, w)]);
    };
    for (std::size_t begin = 0, end = 0; begin < out.size(); begin = end) {
        const std::size_t set = out[begin];
        double all = 0, open = 0;
        bool said = false;
        for (end = begin; end < out.size() && out[end] == set; ++end) {
            all += length(end);
            said = said ||
                   (set != kNoSet && has_face(references[set].always, outline.face[first + end]));
        }
        // A piece across the beginning of the walk is longer than it looks.
        const bool whole = begin > 0 && end < out.size();
        if (set == kNoSet || !waters[set] || said || !whole || all >= reach) continue;
        for (std::size_t k = begin; k < end; ++k)
            if (waters[set]->beyond_itself(w, first + k)) open += length(k);
        if (open < kShortestCoast * reach)
            std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin),
                      out.begin() + static_cast<std::ptrdiff_t>(end), kNoSet);
    }
    return out;
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
    Waters waters;
    for (const auto& one : references)
        waters.push_back(one.shore && !one.lines.empty()
                             ? std::make_unique<Water>(coverage, one, outline, reach)
                             : nullptr);
    std::vector<OutlinePart> out(references.size());
    for (std::size_t w = 0; w + 1 < outline.walk.size(); ++w) {
        const auto sets = sets_of_walk(outline, nearest, references, waters, w, reach, ctx);
        std::size_t last = kNoSet;
        for (std::size_t i = outline.walk[w]; i < outline.walk[w + 1]; ++i) {
            const std::size_t set = sets[i - outline.walk[w]];
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
