#include "geo/defects.hpp"

#include "geo/face_grid.hpp"
#include "geo/face_shapes.hpp"
#include "geo/flaws.hpp"
#include "geo/geos_bridge.hpp"
#include "geo/label_point.hpp"
#include "geo/loops.hpp"
#include "geo/plane.hpp"

#include <cmath>
#include <numeric>
#include <optional>

namespace diaban::geo {
namespace {

// How many faces cover each of some points, from one-sided arcs alone: the borders of all faces add
// up to them, so their winding number is the number of faces. The edges are gone through once; a
// table over the height tells which points lie level with an edge: mostly none.
std::vector<int> cover_counts(std::span<const Arc> arcs, std::span<const Point> vertices,
                              const Box& box, std::span<const ArcId> one_sided,
                              std::span<const Point> points) {
    std::vector<std::uint32_t> order(points.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return points[a].y < points[b].y; });
    const std::size_t strips = std::clamp<std::size_t>(16 * points.size(), 1, 1u << 20);
    const auto strip = [&](double y) {
        const double f =
            (y - box.min_y) / std::max(box.height(), 1e-300) * static_cast<double>(strips);
        return f <= 0 ? 0 : std::min(strips - 1, static_cast<std::size_t>(std::min(f, 1e9)));
    };
    std::vector<std::uint32_t> first(strips + 1, 0); // of the order, by strip
    for (const Point& p : points) ++first[strip(p.y) + 1];
    for (std::size_t s = 0; s < strips; ++s) first[s + 1] += first[s];

    std::vector<int> winding(points.size(), 0);
    for (ArcId id : one_sided) {
        const Arc& arc = arcs[id];
        const bool forward = arc.left != kOutside;
        for (std::uint32_t k = arc.first; k + 1 < arc.first + arc.count; ++k) {
            Point a = vertices[k], b = vertices[k + 1];
            if (!forward) std::swap(a, b);
            const std::uint32_t end = first[strip(std::max(a.y, b.y)) + 1];
            for (std::uint32_t i = first[strip(std::min(a.y, b.y))]; i < end; ++i) {
                const Point p = points[order[i]];
                if (a.y <= p.y && p.y < b.y && turn(a, b, p) > 0) ++winding[order[i]];
                if (b.y <= p.y && p.y < a.y && turn(b, a, p) > 0) --winding[order[i]];
            }
        }
    }
    return winding;
}

// A point just outside a one-sided arc, beside the middle of its longest edge.
Point beside(std::span<const Point> vertices, const Arc& arc) {
    std::uint32_t best = arc.first;
    double longest = -1;
    for (std::uint32_t k = arc.first; k + 1 < arc.first + arc.count; ++k) {
        const double d = squared_distance(vertices[k], vertices[k + 1]);
        if (d > longest) longest = d, best = k;
    }
    Point a = vertices[best], b = vertices[best + 1];
    if (arc.left == kOutside) std::swap(a, b); // the face is on the left of a -> b
    const Point d = b - a;
    constexpr double kOff = 1e-3;
    return {(a.x + b.x) / 2 + kOff * d.y, (a.y + b.y) / 2 - kOff * d.x};
}

std::vector<Point> beside_all(std::span<const Arc> arcs, std::span<const Point> vertices,
                              std::span<const ArcId> one_sided) {
    std::vector<Point> points;
    points.reserve(one_sided.size());
    for (ArcId a : one_sided) points.push_back(beside(vertices, arcs[a]));
    return points;
}

using Pairs = std::vector<std::pair<FaceId, FaceId>>;

void add_pair(Pairs& pairs, FaceId a, FaceId b) {
    if (a != b && a != kOutside && b != kOutside)
        pairs.emplace_back(std::min(a, b), std::max(a, b));
}

void add_twins(const Coverage::Parts& parts, std::span<const ArcId> twin_of, Pairs& pairs) {
    for (ArcId a = 0; a < parts.arcs.size(); ++a) {
        if (twin_of[a] == kNoArc) continue;
        const Arc &arc = parts.arcs[a], &original = parts.arcs[twin_of[a]];
        add_pair(pairs, arc.left, original.left);
        add_pair(pairs, arc.right, original.right);
    }
}

// One-sided arcs that run through other faces.
void add_covered(const Coverage::Parts& parts, std::span<const ArcId> one_sided, Pairs& pairs,
                 base::JobContext& ctx) {
    const auto points = beside_all(parts.arcs, parts.vertices, one_sided);
    const auto covers = cover_counts(parts.arcs, parts.vertices, parts.box, one_sided, points);
    const RingSource source = source_of(parts);
    std::optional<FaceGrid> grid; // made when first needed: mostly never
    const std::size_t most = pairs.size() + 100 * kMostMeasured;
    for (std::size_t i = 0; i < one_sided.size(); ++i) {
        ctx.check();
        const Arc& arc = parts.arcs[one_sided[i]];
        const Point p = points[i];
        if (covers[i] <= 0 || pairs.size() > most) continue;
        if (!grid) grid.emplace(parts.faces, parts.box);
        const FaceId own = arc.left != kOutside ? arc.left : arc.right;
        for (FaceId f : grid->near(p)) {
            if (f == own || !parts.faces[f].box.contains(p)) continue;
            for (const Polygon& polygon : source.polygons(parts.faces[f], 0))
                if (inside_polygon(p, polygon.outer, polygon.holes)) add_pair(pairs, own, f);
        }
    }
}

// The pairs worth measuring if there are too many: those whose boxes share most ground.
void keep_largest(const Coverage::Parts& parts, Pairs& pairs, std::size_t most) {
    if (pairs.size() <= most) return;
    const auto common = [&](const std::pair<FaceId, FaceId>& pair) {
        const Box &a = parts.faces[pair.first].box, &b = parts.faces[pair.second].box;
        return std::max(0.0, std::min(a.max_x, b.max_x) - std::max(a.min_x, b.min_x)) *
               std::max(0.0, std::min(a.max_y, b.max_y) - std::max(a.min_y, b.min_y));
    };
    std::stable_sort(pairs.begin(), pairs.end(),
                     [&](const auto& a, const auto& b) { return common(a) > common(b); });
    pairs.resize(most);
}

std::vector<Overlap> measure_overlaps(const Coverage::Parts& parts, const Pairs& pairs,
                                      base::JobContext& ctx) {
    std::vector<Overlap> overlaps(pairs.size());
    std::vector<char> failed(pairs.size(), 0);
    const RingSource source = source_of(parts);
    const auto measure = [&](std::size_t i, const std::vector<Polygon>& a,
                             const std::vector<Polygon>& b) {
        const auto common = intersection(a, b);
        failed[i] = !common;
        if (common) overlaps[i] = {pairs[i].first, pairs[i].second, common->area, common->at};
    };
    base::parallel_for(pairs.size(), 1, ctx, [&](std::size_t i, std::size_t) {
        measure(i, source.polygons(parts.faces[pairs[i].first], 0),
                source.polygons(parts.faces[pairs[i].second], 0));
    });
    // Faces that GEOS refuses are made valid, once each, and tried again.
    std::vector<FaceId> faces;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        if (failed[i]) faces.insert(faces.end(), {pairs[i].first, pairs[i].second});
    std::sort(faces.begin(), faces.end());
    faces.erase(std::unique(faces.begin(), faces.end()), faces.end());
    std::vector<std::vector<Polygon>> valid(faces.size());
    base::parallel_for(faces.size(), 1, ctx, [&](std::size_t i, std::size_t) {
        valid[i] = make_valid(source.polygons(parts.faces[faces[i]], 0));
    });
    const auto valid_of = [&](FaceId f) -> const std::vector<Polygon>& {
        return valid[static_cast<std::size_t>(std::lower_bound(faces.begin(), faces.end(), f) -
                                              faces.begin())];
    };
    base::parallel_for(pairs.size(), 1, ctx, [&](std::size_t i, std::size_t) {
        if (failed[i]) measure(i, valid_of(pairs[i].first), valid_of(pairs[i].second));
    });
    std::erase_if(overlaps, [](const Overlap& o) { return !(o.area_m2 > 0); });
    std::stable_sort(overlaps.begin(), overlaps.end(),
                     [](const Overlap& a, const Overlap& b) { return a.area_m2 > b.area_m2; });
    return overlaps;
}

// Calls visit(walk, ring, area) for every closed walk with the outside on its left that turns
// counter-clockwise: it encloses bare ground.
template <class Visit> void each_bare_ground(const ArcView& view, Visit visit) {
    Sides sides;
    for (const Arc& a : view.arcs) {
        sides.left.push_back(a.left == kOutside ? 0 : kNoGroup);
        sides.right.push_back(a.right == kOutside ? 0 : kNoGroup);
    }
    for (const Walk& walk : trace_walks(view, sides)) {
        const auto ring = view.ring(walk.arcs);
        const double area = ring_area(ring);
        if (area > 0) visit(walk, ring, area);
    }
}

std::vector<ArcId> one_sided_arcs(std::span<const Arc> arcs) {
    std::vector<ArcId> out;
    for (ArcId a = 0; a < arcs.size(); ++a)
        if ((arcs[a].left == kOutside) != (arcs[a].right == kOutside)) out.push_back(a);
    return out;
}

std::vector<Gap> find_gaps(const Coverage::Parts& parts) {
    std::vector<Gap> gaps;
    const ArcView view{parts.arcs, parts.node_arcs, parts.vertices, {}};
    each_bare_ground(view, [&](const Walk& walk, const std::vector<Point>& ring, double area) {
        std::uint32_t most = 0;
        Gap gap{area, inner_point(ring, {}), kOutside};
        for (ArcRef ref : walk.arcs) {
            const Arc& a = parts.arcs[arc_of(ref)];
            if (a.count > most) most = a.count, gap.beside = ref >= 0 ? a.right : a.left;
        }
        gaps.push_back(gap);
    });
    std::stable_sort(gaps.begin(), gaps.end(),
                     [](const Gap& a, const Gap& b) { return a.area_m2 > b.area_m2; });
    return gaps;
}

} // namespace

GroundDefects find_ground_defects(const Coverage::Parts& parts, std::span<const ArcId> twin_of,
                                  std::vector<std::pair<FaceId, FaceId>> suspects, std::size_t most,
                                  base::JobContext& ctx) {
    const std::vector<ArcId> one_sided = one_sided_arcs(parts.arcs);
    add_twins(parts, twin_of, suspects);
    add_covered(parts, one_sided, suspects, ctx);
    std::sort(suspects.begin(), suspects.end());
    suspects.erase(std::unique(suspects.begin(), suspects.end()), suspects.end());
    GroundDefects defects;
    const std::size_t all = suspects.size();
    keep_largest(parts, suspects, most);
    defects.unmeasured = all - suspects.size();
    defects.overlaps = measure_overlaps(parts, suspects, ctx);
    defects.gaps = find_gaps(parts);
    return defects;
}

std::vector<bool> flawed_arcs(const Coverage& coverage, double most_gap_m2) {
    std::vector<bool> flawed(coverage.arcs().size(), false);
    const std::vector<ArcId> one_sided = one_sided_arcs(coverage.arcs());
    const auto points = beside_all(coverage.arcs(), coverage.vertices(), one_sided);
    const auto covers =
        cover_counts(coverage.arcs(), coverage.vertices(), coverage.box(), one_sided, points);
    for (std::size_t i = 0; i < one_sided.size(); ++i) flawed[one_sided[i]] = covers[i] > 0;
    each_bare_ground(view_of(coverage),
                     [&](const Walk& walk, const std::vector<Point>&, double area) {
                         if (area > most_gap_m2) return;
                         for (ArcRef ref : walk.arcs) flawed[arc_of(ref)] = true;
                     });
    return flawed;
}

} // namespace diaban::geo
