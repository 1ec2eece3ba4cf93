// How far units are from places: the smallest distance between the two shapes, in metres on the
// ground.
//
// Guarantees: nothing is buffered to measure; the distance is 0 where shapes touch, overlap or
// contain each other (conventions.md 5); otherwise it is the geodesic on WGS 84 between the points
// that are nearest in the map plane, which differs from the true minimum by the second order of
// the plane's change of scale: less than 0.1 % in every zone of VN-2000 and on the national sheet.
// The same input gives the same bits for any number of threads.
#pragma once

#include "base/job.hpp"
#include "geo/crs.hpp"
#include "geo/nearness.hpp"

namespace diaban::analysis {

// Ground metres of a map plane. An unknown CRS is taken as metres.
class Ground {
public:
    // `area`: where the scale matters, map CRS.
    Ground(const geo::Crs& crs, const geo::Box& area);
    // No two points this far apart on the ground are farther apart in the plane.
    double most_plane(double ground_m) const { return ground_m * most_; }
    // Largest scale over smallest: how wrong an order of distances in the plane can be.
    double unevenness() const { return most_ / least_; }
    // Plane metres of one ground metre at a place: the mean of both directions.
    double scale_at(geo::Point at) const;
    // One distance per pair a[i], b[i].
    std::vector<double> metres(std::vector<geo::Point> a, std::vector<geo::Point> b) const;

private:
    geo::Crs crs_;
    double least_ = 1, most_ = 1; // plane metres per ground metre
};

struct NearPlace {
    std::uint32_t place = 0;
    double distance_m = 0;
    geo::Point on_unit, on_place; // map CRS
};

struct ProximitySpec {
    double within_m = 0;     // on the ground; infinity = any distance
    std::size_t nearest = 1; // how many places per unit are wanted; 0 = all within the distance
};

using NearPlaces = std::vector<std::vector<NearPlace>>; // per unit

// Per unit of the coverage the places within the distance, nearest first, among equals in the order
// of `places`. Units without a shape are near nothing. Throws Cancelled.
NearPlaces proximity(const geo::FaceRuns& units, const geo::ShapeIndex& places,
                     const ProximitySpec& spec, base::JobContext& ctx);
// The same from one point per unit; a NaN is near nothing.
NearPlaces proximity(std::span<const geo::Point> points, const geo::Crs& crs,
                     const geo::ShapeIndex& places, const ProximitySpec& spec,
                     base::JobContext& ctx);

// Per unit the share of its ground within the distance of the places in its row of `near` (found
// with nearest = 0 and at least this distance). Buffers have 128 corners around a point, which
// lack less than 0.1 % of their area: a share is an area, no distance. Throws Cancelled.
std::vector<double> area_shares(const geo::Coverage& units, const geo::ShapeIndex& places,
                                const NearPlaces& near, double within_m, base::JobContext& ctx);

// Where people live: points with how many live there, map CRS.
struct People {
    std::vector<geo::Point> at;
    std::vector<double> count; // NaN and less than one are nobody
};
struct PeopleNear {
    std::vector<double> near, all; // per unit: within the distance of a place, and all of them
};
// Each point belongs to the unit it lies in; points outside every unit count nowhere. Distances are
// measured from the points, not with buffers. Throws Cancelled.
PeopleNear people_near(std::shared_ptr<const geo::Coverage> units, const People& people,
                       const geo::ShapeIndex& places, double within_m, base::JobContext& ctx);

} // namespace diaban::analysis
