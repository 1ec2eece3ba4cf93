#include "geo/geos_bridge.hpp"

#include <geos_c.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace diaban::geo {
namespace {

// GEOS reports problems through return values; its messages are not for users.
void silent(const char*, void*) {}

GEOSContextHandle_t context() {
    struct Finish {
        void operator()(GEOSContextHandle_HS* h) const { GEOS_finish_r(h); }
    };
    static thread_local const std::unique_ptr<GEOSContextHandle_HS, Finish> handle = [] {
        std::unique_ptr<GEOSContextHandle_HS, Finish> h(GEOS_init_r());
        GEOSContext_setNoticeMessageHandler_r(h.get(), silent, nullptr);
        GEOSContext_setErrorMessageHandler_r(h.get(), silent, nullptr);
        return h;
    }();
    return handle.get();
}

struct Destroy {
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(context(), g); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

Geometry ring_to_geos(const std::vector<Point>& ring) {
    if (ring.size() < 3) return {};
    std::vector<Point> closed(ring);
    closed.push_back(ring[0]);
    static_assert(sizeof(Point) == 2 * sizeof(double));
    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(
        context(), &closed[0].x, static_cast<unsigned>(closed.size()), 0, 0);
    return Geometry(sequence ? GEOSGeom_createLinearRing_r(context(), sequence) : nullptr);
}

Geometry polygon_to_geos(const Polygon& polygon) {
    Geometry shell = ring_to_geos(polygon.outer);
    if (!shell) return {};
    std::vector<GEOSGeometry*> holes;
    for (const auto& hole : polygon.holes)
        if (Geometry g = ring_to_geos(hole)) holes.push_back(g.release());
    return Geometry(GEOSGeom_createPolygon_r(context(), shell.release(), holes.data(),
                                             static_cast<unsigned>(holes.size())));
}

Geometry to_geos(const std::vector<Polygon>& polygons) {
    std::vector<GEOSGeometry*> parts;
    for (const Polygon& p : polygons)
        if (Geometry g = polygon_to_geos(p)) parts.push_back(g.release());
    return Geometry(GEOSGeom_createCollection_r(context(), GEOS_MULTIPOLYGON, parts.data(),
                                                static_cast<unsigned>(parts.size())));
}

// A line; a point if it has one point only.
Geometry line_to_geos(const std::vector<Point>& line) {
    if (line.empty()) return {};
    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(
        context(), &line[0].x, static_cast<unsigned>(line.size()), 0, 0);
    if (!sequence) return {};
    return Geometry(line.size() == 1 ? GEOSGeom_createPoint_r(context(), sequence)
                                     : GEOSGeom_createLineString_r(context(), sequence));
}

Geometry collection_to_geos(const std::vector<Polygon>& polygons,
                            const std::vector<std::vector<Point>>& lines) {
    std::vector<GEOSGeometry*> parts;
    for (const Polygon& p : polygons)
        if (Geometry g = polygon_to_geos(p)) parts.push_back(g.release());
    for (const auto& line : lines)
        if (Geometry g = line_to_geos(line)) parts.push_back(g.release());
    return Geometry(GEOSGeom_createCollection_r(context(), GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                static_cast<unsigned>(parts.size())));
}

std::vector<Point> ring_from_geos(const GEOSGeometry* ring) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(context(), sequence, &size);
    std::vector<Point> points(size);
    if (size) GEOSCoordSeq_copyToBuffer_r(context(), sequence, &points[0].x, 0, 0);
    if (!points.empty()) points.pop_back();
    return points;
}

// Calls visit for every polygon in a geometry of any kind.
template <class Visit> void each_polygon(const GEOSGeometry* g, Visit visit) {
    const int parts = GEOSGetNumGeometries_r(context(), g);
    if (GEOSGeomTypeId_r(context(), g) == GEOS_POLYGON) {
        if (GEOSisEmpty_r(context(), g) == 0) visit(g);
        return;
    }
    if (parts == 1 && GEOSGetGeometryN_r(context(), g, 0) == g) return; // a point or a line
    for (int i = 0; i < parts; ++i) each_polygon(GEOSGetGeometryN_r(context(), g, i), visit);
}

std::vector<Polygon> from_geos(const GEOSGeometry* g) {
    std::vector<Polygon> result;
    each_polygon(g, [&](const GEOSGeometry* p) {
        Polygon polygon{ring_from_geos(GEOSGetExteriorRing_r(context(), p)), {}};
        for (int i = 0; i < GEOSGetNumInteriorRings_r(context(), p); ++i)
            polygon.holes.push_back(ring_from_geos(GEOSGetInteriorRingN_r(context(), p, i)));
        result.push_back(std::move(polygon));
    });
    return result;
}

thread_local const std::function<bool()>* asked_to_stop = nullptr;

// GEOS has one flag for all threads, which another one could find; what is thrown here stays on
// this thread, and GEOS turns it into a failure of what it was asked for.
void end_if_asked() {
    if (asked_to_stop && (*asked_to_stop)()) throw std::runtime_error("stopped");
}

} // namespace

GeosStop::GeosStop(std::function<bool()> stop)
    : stop_(std::move(stop)), outer_(std::exchange(asked_to_stop, &stop_)) {
    static auto* const before = GEOS_interruptRegisterCallback(end_if_asked);
    static_cast<void>(before); // nobody's
}

GeosStop::~GeosStop() {
    asked_to_stop = outer_;
}

std::optional<Overlay> intersection(const std::vector<Polygon>& a, const std::vector<Polygon>& b) {
    const Geometry left = to_geos(a), right = to_geos(b);
    if (!left || !right) return std::nullopt;
    const Geometry common(GEOSIntersection_r(context(), left.get(), right.get()));
    if (!common) return std::nullopt;
    Overlay overlay;
    GEOSArea_r(context(), common.get(), &overlay.area);
    if (!(overlay.area > 0)) return Overlay{};
    const Geometry point(GEOSPointOnSurface_r(context(), common.get()));
    if (point && GEOSisEmpty_r(context(), point.get()) == 0) {
        GEOSGeomGetX_r(context(), point.get(), &overlay.at.x);
        GEOSGeomGetY_r(context(), point.get(), &overlay.at.y);
    }
    return overlay;
}

std::optional<std::vector<Point>> constrained_delaunay(const Polygon& polygon) {
    const Geometry g = polygon_to_geos(polygon);
    if (!g) return std::nullopt;
    const Geometry triangles(GEOSConstrainedDelaunayTriangulation_r(context(), g.get()));
    if (!triangles) return std::nullopt;
    std::vector<Point> points;
    each_polygon(triangles.get(), [&](const GEOSGeometry* t) {
        const auto corners = ring_from_geos(GEOSGetExteriorRing_r(context(), t));
        if (corners.size() == 3) points.insert(points.end(), corners.begin(), corners.end());
    });
    return points;
}

std::vector<Polygon> make_valid(const std::vector<Polygon>& polygons) {
    const Geometry g = to_geos(polygons);
    if (!g) return {};
    if (GEOSisValid_r(context(), g.get()) == 1) return polygons;
    const Geometry valid(GEOSMakeValid_r(context(), g.get()));
    if (!valid) return {};
    return from_geos(valid.get());
}

std::vector<Polygon> buffered(const std::vector<Polygon>& polygons, double distance) {
    constexpr int kQuarterSteps = 20; // 1 - cos(90 / 20 / 2) is 0.08 %
    return buffered(polygons, {}, distance, kQuarterSteps);
}

std::vector<Polygon> buffered(const std::vector<Polygon>& polygons,
                              const std::vector<std::vector<Point>>& lines, double distance,
                              int quarter_steps) {
    const Geometry g = lines.empty() ? to_geos(polygons) : collection_to_geos(polygons, lines);
    if (!g) return {};
    const Geometry wide(GEOSBuffer_r(context(), g.get(), distance, quarter_steps));
    return wide ? from_geos(wide.get()) : std::vector<Polygon>();
}

std::vector<Polygon> united(const std::vector<Polygon>& polygons) {
    const Geometry g = to_geos(polygons);
    const Geometry all(g ? GEOSUnaryUnion_r(context(), g.get()) : nullptr);
    return all ? from_geos(all.get()) : std::vector<Polygon>();
}

} // namespace diaban::geo
