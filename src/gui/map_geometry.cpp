#include "gui/map_geometry.hpp"

#include "geo/triangles.hpp"
#include "map/map_drawing.hpp"

#include <cmath>
#include <numeric>

namespace diaban::gui {
namespace {

// A simplified border strays less than this from the true one; smaller cannot be seen.
constexpr double kErrorPx = 0.8;

float to_float(double v) {
    return static_cast<float>(v);
}

// An islet this small at a level would be nothing but outline; many of them are one dark blot.
constexpr double kIsletTolerances = 6;

bool tiny_islet(const geo::Coverage& coverage, const geo::Arc& arc, map::LineRank rank,
                double tolerance_m) {
    if (rank != map::LineRank::Coast || arc.from != arc.to) return false;
    const geo::Box box = geo::box_of(coverage.vertices_of(arc));
    return std::max(box.width(), box.height()) < kIsletTolerances * tolerance_m;
}

void append_segments(const geo::Coverage& coverage, const geo::Arc& arc, double tolerance_m,
                     geo::Point origin, std::vector<geo::Point>& scratch,
                     std::vector<LineSegment>& out) {
    scratch.clear();
    coverage.arc_points(arc, tolerance_m, scratch);
    for (std::size_t i = 1; i < scratch.size(); ++i)
        out.push_back({to_float(scratch[i - 1].x - origin.x), to_float(scratch[i - 1].y - origin.y),
                       to_float(scratch[i].x - origin.x), to_float(scratch[i].y - origin.y),
                       arc.left, arc.right});
}

// Vertices are not shared between faces, so that each can carry the face it colours.
// Where units overlap the card keeps what comes last: they come from the lowest to the topmost.
void append_fills(const geo::Coverage& coverage, const geo::Triangles& triangles,
                  std::span<const geo::FaceId> faces, std::size_t face_count, MapGeometry& out) {
    std::vector<std::uint32_t> local(triangles.points.size());
    std::vector<std::uint32_t> owner(triangles.points.size(), geo::kOutside);
    out.index.reserve(triangles.index.size());
    out.vertices.reserve(triangles.points.size() + triangles.points.size() / 2);
    const std::size_t count = faces.empty() ? face_count : faces.size();
    const bool by_position = triangles.face_first.size() == count + 1;
    std::vector<geo::FaceId> order(faces.begin(), faces.end());
    std::vector<std::uint32_t> row_of(face_count);
    if (faces.empty()) {
        order.resize(face_count);
        std::iota(order.begin(), order.end(), geo::FaceId{0});
    }
    for (std::size_t i = 0; i < count; ++i)
        row_of[order[i]] = by_position ? static_cast<std::uint32_t>(i) : order[i];
    map::sort_by_height(coverage, order);
    for (const geo::FaceId face : order) {
        const std::size_t row = row_of[face];
        for (auto t = triangles.face_first[row]; t < triangles.face_first[row + 1]; ++t) {
            const std::uint32_t p = triangles.index[t];
            if (owner[p] != face) {
                owner[p] = face;
                local[p] = static_cast<std::uint32_t>(out.vertices.size());
                const geo::Point at = triangles.points[p];
                out.vertices.push_back(
                    {to_float(at.x - out.origin.x), to_float(at.y - out.origin.y), face});
            }
            out.index.push_back(local[p]);
        }
    }
}

std::vector<geo::FaceId> faces_touching(const geo::Coverage& coverage, const geo::Box& region) {
    std::vector<geo::FaceId> faces;
    for (std::size_t i = 0; i < coverage.face_count(); ++i)
        if (coverage.faces()[i].box.intersects(region))
            faces.push_back(static_cast<geo::FaceId>(i));
    return faces;
}

} // namespace

double tolerance_for(double metres_per_px) {
    return std::exp2(std::floor(std::log2(std::max(metres_per_px * kErrorPx, 1e-3))));
}

MapGeometry make_geometry(const geo::Coverage& coverage, std::span<const map::LineRank> ranks,
                          double tolerance_m, std::optional<geo::Box> region,
                          base::JobContext& ctx) {
    MapGeometry out;
    out.tolerance_m = tolerance_m;
    out.region = region;
    out.origin = region ? region->centre() : coverage.main_box().centre();
    std::vector<geo::FaceId> faces;
    if (region) faces = faces_touching(coverage, *region);
    if (!region || !faces.empty())
        append_fills(coverage, geo::triangulate(coverage, tolerance_m, ctx, faces), faces,
                     coverage.face_count(), out);
    ctx.check();

    std::vector<bool> wanted(coverage.arcs().size(), !region);
    for (geo::FaceId face : faces) {
        const geo::Face& f = coverage.faces()[face];
        for (std::uint32_t r = 0; r < f.ring_count; ++r) {
            const geo::Ring& ring = coverage.rings()[f.first_ring + r];
            for (std::uint32_t k = 0; k < ring.count; ++k)
                wanted[geo::arc_of(coverage.arc_refs()[ring.first + k])] = true;
        }
    }
    std::vector<geo::Point> scratch;
    for (std::size_t rank = 0; rank < kRanks; ++rank) {
        out.rank_first[rank] = static_cast<std::uint32_t>(out.segments.size());
        for (std::size_t a = 0; a < wanted.size(); ++a)
            if (wanted[a] && static_cast<std::size_t>(ranks[a]) == rank &&
                !tiny_islet(coverage, coverage.arcs()[a], ranks[a], tolerance_m))
                append_segments(coverage, coverage.arcs()[a], tolerance_m, out.origin, scratch,
                                out.segments);
        ctx.check();
    }
    out.rank_first[kRanks] = static_cast<std::uint32_t>(out.segments.size());
    return out;
}

std::vector<LineSegment> outline(const geo::Coverage& coverage, std::span<const geo::FaceId> faces,
                                 double tolerance_m, geo::Point origin) {
    std::vector<bool> inside(coverage.face_count(), false);
    for (geo::FaceId face : faces)
        if (face < inside.size()) inside[face] = true;
    auto in = [&](geo::FaceId face) { return face < inside.size() && inside[face]; };
    std::vector<LineSegment> out;
    std::vector<geo::Point> scratch;
    for (const geo::Arc& arc : coverage.arcs())
        if (in(arc.left) != in(arc.right))
            append_segments(coverage, arc, tolerance_m, origin, scratch, out);
    return out;
}

} // namespace diaban::gui
