// The few things GEOS does for us, in our own types. Each call uses a context of its thread.
#pragma once

#include "geo/face_shapes.hpp"

#include <functional>
#include <optional>

namespace diaban::geo {

// Ends long work of GEOS on this thread, also that of others who use it (SpatiaLite's functions):
// while one of these lives GEOS asks `stop` now and then, and fails as soon as it says so.
class GeosStop {
public:
    explicit GeosStop(std::function<bool()> stop);
    ~GeosStop();
    GeosStop(const GeosStop&) = delete;
    GeosStop& operator=(const GeosStop&) = delete;

private:
    std::function<bool()> stop_;
    const std::function<bool()>* outer_;
};

struct Overlay {
    double area = 0;
    Point at; // a point inside
};
// The common ground of two sets of polygons; nothing if GEOS cannot tell (make them valid).
std::optional<Overlay> intersection(const std::vector<Polygon>& a, const std::vector<Polygon>& b);

// Constrained Delaunay triangles of one polygon: three points each, any orientation. Nothing if
// GEOS refuses.
std::optional<std::vector<Point>> constrained_delaunay(const Polygon& polygon);

// The same polygons if they are valid, otherwise what MakeValid makes of them; empty if GEOS
// refuses.
std::vector<Polygon> make_valid(const std::vector<Polygon>& polygons);

// All ground within a distance of the polygons, as one or more polygons; empty if GEOS refuses.
// Corners are rounded to within 0.1 % of the distance.
std::vector<Polygon> buffered(const std::vector<Polygon>& polygons, double distance);
// The same around polygons and lines, a line of one point being a point, with so many corners to a
// quarter of a circle.
std::vector<Polygon> buffered(const std::vector<Polygon>& polygons,
                              const std::vector<std::vector<Point>>& lines, double distance,
                              int quarter_steps);

// The ground that any of the polygons covers; empty if GEOS refuses.
std::vector<Polygon> united(const std::vector<Polygon>& polygons);

} // namespace diaban::geo
