// Distance and area on the WGS 84 ellipsoid: Karney's geodesics, as implemented in PROJ.
#include "geo/crs.hpp"

#include <geodesic.h>

namespace diaban::geo {
namespace {

const geod_geodesic& wgs84_ellipsoid() {
    static const geod_geodesic ellipsoid = [] {
        geod_geodesic made;
        geod_init(&made, 6378137.0, 1 / 298.257223563);
        return made;
    }();
    return ellipsoid;
}

} // namespace

double ground_distance_m(Point a, Point b) {
    double metres = 0;
    geod_inverse(&wgs84_ellipsoid(), a.y, a.x, b.y, b.x, &metres, nullptr, nullptr);
    return metres;
}

double ground_area_m2(std::span<const Point> ring) {
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (const auto& p : ring) geod_polygon_addpoint(&wgs84_ellipsoid(), &polygon, p.y, p.x);
    double area = 0, perimeter = 0;
    geod_polygon_compute(&wgs84_ellipsoid(), &polygon, 0, 1, &area, &perimeter);
    return area;
}

} // namespace diaban::geo
