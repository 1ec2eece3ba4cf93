#include "geo/face_shapes.hpp"

#include "geo/label_point.hpp"
#include "geo/plane.hpp"
#include "geo/thin_line.hpp"

#include <cmath>
#include <limits>

namespace diaban::geo {
namespace {

// A group of units farther from the rest than this share of the rest's diagonal is far off.
constexpr double kFarGap = 0.1;
// Far-off groups together may hold at most this share of the area.
constexpr double kSpeckArea = 0.02;

struct Part {
    Box box;
    double area;
};

double gap_between(const Box& a, const Box& b) {
    return std::hypot(std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x}),
                      std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y}));
}

// Grows from the largest part to all that lie inside the box so far or near a part of it.
Box box_without_specks(const std::vector<Part>& parts) {
    if (parts.empty()) return {};
    double total = 0, area = 0;
    std::vector<const Part*> outside, inside;
    for (const Part& p : parts) total += p.area, outside.push_back(&p);
    const auto largest = std::max_element(
        parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.area < b.area; });
    Box box = largest->box, all = box;
    for (bool grown = true; grown;) {
        grown = false;
        const double near = kFarGap * std::hypot(box.width(), box.height());
        std::vector<const Part*> rest;
        for (const Part* p : outside) {
            // Most parts touch the box; only those beside it are compared with each part in it.
            const bool belongs = p->box.intersects(box) ||
                                 (gap_between(p->box, box) <= near &&
                                  std::any_of(inside.begin(), inside.end(), [&](const Part* other) {
                                      return gap_between(p->box, other->box) <= near;
                                  }));
            if (!belongs) {
                rest.push_back(p);
                continue;
            }
            inside.push_back(p);
            area += p->area;
            box.add(p->box);
            grown = true;
        }
        outside = std::move(rest);
    }
    for (const Part& p : parts) all.add(p.box);
    return total - area <= kSpeckArea * total ? box : all;
}

// The part with the largest area (the first of them), holes not counted.
const Polygon* largest(const std::vector<Polygon>& polygons) {
    const Polygon* best = nullptr;
    double area = -1;
    for (const Polygon& p : polygons) {
        const double a = ring_area(p.outer);
        if (a > area) area = a, best = &p;
    }
    return best;
}

// The outline of a part in few vertices; closed for the thinning, open again.
std::vector<Point> coarse(std::vector<Point> ring, double tolerance) {
    std::vector<Point> thin;
    ring.push_back(ring.front());
    thin_line(ring, tolerance, thin);
    thin.pop_back();
    return thin;
}

Point place_label(const std::vector<Polygon>& polygons) {
    constexpr std::size_t kSmall = 30; // vertices that can be searched as they are
    const Polygon* part = largest(polygons);
    if (!part) return {};
    if (part->outer.size() <= kSmall) return label_point(part->outer, part->holes);
    // A coarse outline is enough to be far from the edges; what is in it may still be outside.
    const double tolerance = std::sqrt(ring_area(part->outer)) / 12;
    std::vector<std::vector<Point>> holes;
    for (const auto& hole : part->holes) holes.push_back(coarse(hole, tolerance));
    const Point p = label_point(coarse(part->outer, tolerance), holes);
    return inside_polygon(p, part->outer, part->holes) ? p : inner_point(part->outer, part->holes);
}

} // namespace

void RingSource::append(const Ring& ring, double tolerance_m, std::vector<Point>& out) const {
    const auto keep = [&](std::uint32_t v) {
        return !(tolerance_m > 0) || static_cast<double>(drop_at_m[v]) >= tolerance_m;
    };
    for (ArcRef ref : refs.subspan(ring.first, ring.count)) {
        const Arc& a = arcs[arc_of(ref)];
        const std::uint32_t last = a.first + a.count - 1;
        // The last point of one arc is the first of the next.
        if (ref >= 0) {
            for (std::uint32_t v = a.first; v < last; ++v)
                if (keep(v)) out.push_back(vertices[v]);
        } else {
            for (std::uint32_t v = last; v > a.first; --v)
                if (keep(v)) out.push_back(vertices[v]);
        }
    }
}

std::vector<Polygon> RingSource::polygons(const Face& face, double tolerance_m) const {
    std::vector<Polygon> polygons;
    for (const Ring& r : rings.subspan(face.first_ring, face.ring_count)) {
        std::vector<Point> ring;
        append(r, tolerance_m, ring);
        if (ring_area(ring) < 0 && !polygons.empty())
            polygons.back().holes.push_back(std::move(ring));
        else
            polygons.push_back({std::move(ring), {}});
    }
    return polygons;
}

RingSource source_of(const Coverage& c) {
    return {c.vertices(), c.drop_at_m(), c.arcs(), c.arc_refs(), c.rings()};
}
RingSource source_of(const Coverage::Parts& p) {
    return {p.vertices, p.drop_at_m, p.arcs, p.arc_refs, p.rings};
}

Box main_box_of(const Coverage& coverage, std::span<const FaceId> faces) {
    const RingSource source = source_of(coverage);
    std::vector<Part> parts;
    for (const FaceId f : faces)
        for (const auto& polygon : source.polygons(coverage.faces()[f], 0)) {
            Part part{{}, ring_area(polygon.outer)};
            for (Point v : polygon.outer) part.box.add(v);
            for (const auto& hole : polygon.holes) part.area += ring_area(hole);
            parts.push_back(part);
        }
    return box_without_specks(parts);
}

Point label_of(const RingSource& source, const Face& face) {
    return std::isnan(face.label_at.x) ? place_label(source.polygons(face, 0)) : face.label_at;
}

void fill_shapes(Coverage::Parts& parts, bool labels, base::JobContext& ctx) {
    const RingSource source = source_of(parts);
    std::vector<std::vector<Part>> outer(parts.faces.size());
    base::parallel_for(parts.faces.size(), 64, ctx, [&](std::size_t begin, std::size_t end) {
        for (std::size_t f = begin; f < end; ++f) {
            Face& face = parts.faces[f];
            const auto polygons = source.polygons(face, 0);
            face.area_m2 = 0;
            for (const Polygon& p : polygons) {
                Part part{{}, ring_area(p.outer)};
                for (Point v : p.outer) part.box.add(v);
                for (const auto& hole : p.holes) part.area += ring_area(hole);
                face.box.add(part.box);
                face.area_m2 += part.area;
                outer[f].push_back(part);
            }
            constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
            face.label_at = labels ? place_label(polygons) : Point{kNone, kNone};
        }
    });
    std::vector<Part> all;
    for (const auto& of_face : outer) all.insert(all.end(), of_face.begin(), of_face.end());
    parts.box = {};
    for (const Part& p : all) parts.box.add(p.box);
    parts.main_box = box_without_specks(all);
}

} // namespace diaban::geo
