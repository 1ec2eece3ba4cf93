#include "geo/face_shapes.hpp"

#include "geo/label_point.hpp"
#include "geo/plane.hpp"

#include <cmath>
#include <numeric>

namespace diaban::geo {
namespace {

// A part farther from the rest than this share of the rest's width or height is far off.
constexpr double kFarGap = 0.1;
// Far-off parts together may hold at most this share of the area.
constexpr double kSpeckArea = 0.02;

struct Part {
    Box box;
    double area;
};

// Cuts the side of a wide empty band that holds less area, while that is little; returns whether
// something was cut. low and high give the extent of a box along the axis in question.
template <class Low, class High>
bool cut_band(std::vector<Part>& parts, double& spare, Low low, High high) {
    std::sort(parts.begin(), parts.end(),
              [&](const Part& a, const Part& b) { return low(a.box) < low(b.box); });
    const double total = std::accumulate(parts.begin(), parts.end(), 0.0,
                                         [](double s, const Part& p) { return s + p.area; });
    double reach = high(parts[0].box), before = parts[0].area;
    double all_high = reach;
    for (const Part& p : parts) all_high = std::max(all_high, high(p.box));
    for (std::size_t k = 1; k < parts.size(); ++k) {
        const double gap = low(parts[k].box) - reach;
        const bool drop_front = before < total - before;
        const double lost = std::min(before, total - before);
        const double rest = drop_front ? all_high - low(parts[k].box) : reach - low(parts[0].box);
        if (gap > kFarGap * rest && lost <= spare) {
            spare -= lost;
            const auto at = parts.begin() + static_cast<std::ptrdiff_t>(k);
            drop_front ? parts.erase(parts.begin(), at) : parts.erase(at, parts.end());
            return true;
        }
        reach = std::max(reach, high(parts[k].box));
        before += parts[k].area;
    }
    return false;
}

Box box_without_specks(std::vector<Part> parts) {
    Box box;
    if (parts.empty()) return box;
    double spare = 0;
    for (const Part& p : parts) spare += kSpeckArea * p.area;
    const auto min_x = [](const Box& b) { return b.min_x; };
    const auto max_x = [](const Box& b) { return b.max_x; };
    const auto min_y = [](const Box& b) { return b.min_y; };
    const auto max_y = [](const Box& b) { return b.max_y; };
    while (cut_band(parts, spare, min_x, max_x) || cut_band(parts, spare, min_y, max_y)) {
    }
    for (const Part& p : parts) box.add(p.box);
    return box;
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

Point place_label(const RingSource& source, const Face& face, const std::vector<Polygon>& full,
                  bool thresholds) {
    constexpr std::size_t kSmall = 30; // vertices that can be searched as they are
    const Polygon* part = largest(full);
    if (!part) return {};
    if (part->outer.size() <= kSmall) return label_point(part->outer, part->holes);
    if (!thresholds) return inner_point(part->outer, part->holes);
    // A coarse outline is enough to be far from the edges; what is in it may still be outside.
    const auto coarse = source.polygons(face, std::sqrt(ring_area(part->outer)) / 6);
    if (const Polygon* simple = largest(coarse)) {
        const Point p = label_point(simple->outer, simple->holes);
        if (inside_polygon(p, part->outer, part->holes)) return p;
    }
    return inner_point(part->outer, part->holes);
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

void fill_shapes(Coverage::Parts& parts, bool thresholds, base::JobContext& ctx) {
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
            face.label_at = place_label(source, face, polygons, thresholds);
        }
    });
    std::vector<Part> all;
    for (const auto& of_face : outer) all.insert(all.end(), of_face.begin(), of_face.end());
    parts.box = {};
    for (const Part& p : all) parts.box.add(p.box);
    parts.main_box = box_without_specks(std::move(all));
}

} // namespace diaban::geo
