#include "app/ground_ring.hpp"

#include "geo/buffers.hpp"
#include "geo/crs.hpp"
#include "geo/geos_bridge.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace diaban::app {
namespace {

constexpr int kCircle = 180; // points of a ring around a point
constexpr double kProbe_m = 1000;

Rings outlines(const std::vector<geo::Polygon>& polygons) {
    Rings out;
    for (const auto& polygon : polygons) {
        out.push_back(polygon.outer);
        out.insert(out.end(), polygon.holes.begin(), polygon.holes.end());
    }
    return out;
}

geo::Box box_around(const std::vector<geo::Polygon>& polygons) {
    geo::Box box;
    for (const auto& polygon : polygons)
        for (const auto& p : polygon.outer) box.add(p);
    return box;
}

Rings around(const geo::Crs& crs, const std::vector<geo::Polygon>& polygons, double metres) {
    const auto box = box_around(polygons);
    if (box.empty()) return {};
    const double distance = metres * map_scale(crs, box.centre());
    auto ring = geo::buffered(polygons, distance);
    if (ring.empty()) ring = geo::buffered(geo::make_valid(polygons), distance);
    return outlines(ring);
}

} // namespace

double map_scale(const geo::Crs& crs, geo::Point at) {
    if (!crs.known()) return 1;
    // Across and upwards: maps of Viet Nam are conformal, of other countries nearly so.
    std::array<geo::Point, 4> probes{{{at.x - kProbe_m, at.y},
                                      {at.x + kProbe_m, at.y},
                                      {at.x, at.y - kProbe_m},
                                      {at.x, at.y + kProbe_m}}};
    geo::transform(probes, crs, geo::Crs::wgs84());
    const double ground = (geo::ground_distance_m(probes[0], probes[1]) +
                           geo::ground_distance_m(probes[2], probes[3])) /
                          2;
    return std::isfinite(ground) && ground > 0 ? 2 * kProbe_m / ground : 1;
}

Rings ring_around(const geo::Coverage& coverage, std::span<const geo::FaceId> faces,
                  double metres) {
    const auto source = geo::source_of(coverage);
    std::vector<geo::Polygon> polygons;
    for (const auto face : faces) {
        auto parts = source.polygons(coverage.faces()[face], 0);
        polygons.insert(polygons.end(), std::make_move_iterator(parts.begin()),
                        std::make_move_iterator(parts.end()));
    }
    return around(coverage.crs(), polygons, metres);
}

Rings ring_around(const geo::Crs& crs, const Rings& shape, double metres) {
    if (shape.empty() || shape.front().empty()) return {};
    if (shape.front().size() >= 3) {
        std::vector<geo::Polygon> polygons;
        for (const auto& ring : shape)
            if (ring.size() >= 3) polygons.push_back({ring, {}});
        return around(crs, polygons, metres);
    }
    const auto centre = shape.front().front();
    const double radius = metres * map_scale(crs, centre);
    std::vector<geo::Point> circle;
    for (int i = 0; i < kCircle; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCircle;
        circle.push_back(
            {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    return {circle};
}

Rings ring_around_place(const geo::Crs& crs, const data::Place& place, double metres) {
    if (!place.line)
        return ring_around(crs, place.rings.empty() ? Rings{{place.at}} : place.rings, metres);
    const geo::Shape line{geo::Shape::Kind::Lines, place.rings};
    const double distance = metres * map_scale(crs, place.at);
    return outlines(geo::ground_within({&line, 1}, {&distance, 1}, kCircle / 4));
}

} // namespace diaban::app
