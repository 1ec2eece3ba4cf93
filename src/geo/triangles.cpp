#include "geo/triangles.hpp"

#include "geo/ear_clipping.hpp"
#include "geo/geos_bridge.hpp"
#include "geo/plane.hpp"

#include <cmath>

namespace diaban::geo {
namespace {

constexpr std::size_t kFacesPerChunk = 64;

double area_of(const Polygon& polygon) {
    double area = ring_area(polygon.outer);
    for (const auto& hole : polygon.holes) area += ring_area(hole);
    return area;
}

void append_points(const Polygon& polygon, std::vector<Point>& points) {
    points.insert(points.end(), polygon.outer.begin(), polygon.outer.end());
    for (const auto& hole : polygon.holes) points.insert(points.end(), hole.begin(), hole.end());
}

// Triangles from GEOS, each with its own three points; false if they miss the polygon's area.
bool append_delaunay(const Polygon& polygon, Triangles& out) {
    const auto corners = constrained_delaunay(polygon);
    if (!corners) return false;
    double sum = 0;
    for (std::size_t i = 0; i < corners->size(); i += 3)
        sum += std::abs(turn((*corners)[i], (*corners)[i + 1], (*corners)[i + 2])) / 2;
    const double area = area_of(polygon);
    if (std::abs(sum - area) > 1e-9 * std::abs(area)) return false;
    for (Point p : *corners) {
        out.index.push_back(static_cast<std::uint32_t>(out.points.size()));
        out.points.push_back(p);
    }
    return true;
}

void append_polygon(const Polygon& polygon, Triangles& out) {
    const auto base = static_cast<std::uint32_t>(out.points.size());
    const std::size_t first = out.index.size();
    if (clip_ears(polygon, out.index)) {
        for (std::size_t i = first; i < out.index.size(); ++i) out.index[i] += base;
        append_points(polygon, out.points);
        return;
    }
    if (append_delaunay(polygon, out)) return;
    // Rings that cross themselves: what the even-odd rule fills.
    for (const Polygon& part : make_valid({polygon})) {
        const auto part_base = static_cast<std::uint32_t>(out.points.size());
        const std::size_t part_first = out.index.size();
        if (clip_ears(part, out.index)) {
            for (std::size_t i = part_first; i < out.index.size(); ++i) out.index[i] += part_base;
            append_points(part, out.points);
        } else {
            append_delaunay(part, out);
        }
    }
}

} // namespace

Triangles triangulate(const Coverage& coverage, double tolerance_m, base::JobContext& ctx,
                      std::span<const FaceId> faces) {
    std::vector<FaceId> all;
    const std::size_t count = coverage.face_count();
    std::vector<bool> wanted(count, faces.empty());
    for (FaceId f : faces) wanted[f] = true;
    for (FaceId f = 0; f < count; ++f)
        if (wanted[f]) all.push_back(f);

    const RingSource source = source_of(coverage);
    const std::size_t chunks = (all.size() + kFacesPerChunk - 1) / kFacesPerChunk;
    std::vector<Triangles> parts(chunks);
    std::vector<std::uint32_t> indices(count, 0); // per face
    base::parallel_for(all.size(), kFacesPerChunk, ctx, [&](std::size_t begin, std::size_t end) {
        Triangles& part = parts[begin / kFacesPerChunk];
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t before = part.index.size();
            for (const Polygon& p : source.polygons(coverage.faces()[all[k]], tolerance_m))
                append_polygon(p, part);
            indices[all[k]] = static_cast<std::uint32_t>(part.index.size() - before);
        }
    });

    Triangles result;
    std::size_t points = 0, index = 0;
    for (const Triangles& part : parts) points += part.points.size(), index += part.index.size();
    result.points.reserve(points);
    result.index.reserve(index);
    for (const Triangles& part : parts) {
        const auto base = static_cast<std::uint32_t>(result.points.size());
        for (std::uint32_t i : part.index) result.index.push_back(base + i);
        result.points.insert(result.points.end(), part.points.begin(), part.points.end());
    }
    result.face_first.assign(count + 1, 0);
    for (std::size_t f = 0; f < count; ++f)
        result.face_first[f + 1] = result.face_first[f] + indices[f];
    return result;
}

} // namespace diaban::geo
