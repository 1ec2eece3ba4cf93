#include "analysis/proximity.hpp"

#include "geo/buffers.hpp"
#include "geo/locate.hpp"

#include <cmath>

namespace diaban::analysis {
namespace {

// The scale of a map plane changes by less than this between the points where it is looked at.
constexpr double kScaleBetween = 1.0005;
constexpr double kProbe_m = 500;     // half of the line that the scale is measured on
constexpr double kTouching_m = 1e-3; // nearer than the default tolerance of the coverage

} // namespace

Ground::Ground(const geo::Crs& crs, const geo::Box& area) : crs_(crs) {
    if (!crs_.known() || area.empty()) return;
    constexpr int kSteps = 12;
    std::vector<geo::Point> from, to;
    for (int row = 0; row <= kSteps; ++row)
        for (int column = 0; column <= kSteps; ++column) {
            const geo::Point at{area.min_x + area.width() * column / kSteps,
                                area.min_y + area.height() * row / kSteps};
            for (const geo::Point d : {geo::Point{kProbe_m, 0}, {0, kProbe_m}}) {
                from.push_back({at.x - d.x, at.y - d.y});
                to.push_back({at.x + d.x, at.y + d.y});
            }
        }
    double least = 0, most = 0;
    for (const double ground : metres(from, to)) {
        if (!(ground > 0)) continue; // outside what the projection can show
        const double scale = 2 * kProbe_m / ground;
        least = least == 0 ? scale : std::min(least, scale);
        most = std::max(most, scale);
    }
    if (least > 0) least_ = least / kScaleBetween, most_ = most * kScaleBetween;
}

std::vector<double> Ground::metres(std::vector<geo::Point> a, std::vector<geo::Point> b) const {
    std::vector<double> out(a.size());
    if (!crs_.known()) {
        for (std::size_t i = 0; i < a.size(); ++i)
            out[i] = std::hypot(a[i].x - b[i].x, a[i].y - b[i].y);
        return out;
    }
    geo::transform(a, crs_, geo::Crs::wgs84());
    geo::transform(b, crs_, geo::Crs::wgs84());
    for (std::size_t i = 0; i < a.size(); ++i) out[i] = geo::ground_distance_m(a[i], b[i]);
    return out;
}

double Ground::scale_at(geo::Point at) const {
    if (!crs_.known()) return 1;
    const auto ground = metres({{at.x - kProbe_m, at.y}, {at.x, at.y - kProbe_m}},
                               {{at.x + kProbe_m, at.y}, {at.x, at.y + kProbe_m}});
    return 4 * kProbe_m / (ground[0] + ground[1]);
}

namespace {

// Finds in the plane, unit by unit; measures all pairs on the ground at once.
template <class Find>
NearPlaces measured_near(std::size_t units, const Ground& ground, const ProximitySpec& spec,
                         base::JobContext& ctx, Find find) {
    std::vector<std::vector<geo::Nearness>> found(units);
    const geo::NearnessLimit limit{.distance = ground.most_plane(spec.within_m),
                                   .count = spec.nearest,
                                   .slack = ground.unevenness()};
    constexpr std::size_t kChunk = 64;
    base::parallel_for(units, kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) found[i] = find(i, limit);
    });
    // What meets in the plane meets on the ground; only the others go through the projection, which
    // takes longer than finding them.
    std::vector<geo::Point> on_unit, on_place;
    for (const auto& row : found)
        for (const auto& hit : row) {
            if (hit.distance == 0) continue;
            on_unit.push_back(hit.on_face);
            on_place.push_back(hit.on_shape);
        }
    const auto metres = ground.metres(std::move(on_unit), std::move(on_place));

    NearPlaces out(units);
    std::size_t at = 0;
    for (std::size_t i = 0; i < units; ++i) {
        auto& row = out[i];
        for (const auto& hit : found[i]) {
            const double m = hit.distance == 0 ? 0 : metres[at++];
            const double distance = m < kTouching_m ? 0 : m;
            if (distance <= spec.within_m)
                row.push_back({hit.shape, distance, hit.on_face, hit.on_shape});
        }
        std::sort(row.begin(), row.end(), [](const NearPlace& a, const NearPlace& b) {
            return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.place < b.place;
        });
        if (spec.nearest > 0 && row.size() > spec.nearest) row.resize(spec.nearest);
    }
    return out;
}

// Places may lie beyond the units, and the line between the two with them.
geo::Box ground_reached(geo::Box units, const geo::ShapeIndex& places, double within_m) {
    if (std::isfinite(within_m)) return units.grown(within_m);
    units.add(places.runs().box());
    return units;
}

} // namespace

NearPlaces proximity(const geo::FaceRuns& units, const geo::ShapeIndex& places,
                     const ProximitySpec& spec, base::JobContext& ctx) {
    const auto& coverage = units.coverage();
    const Ground ground(coverage.crs(), ground_reached(coverage.box(), places, spec.within_m));
    return measured_near(coverage.face_count(), ground, spec, ctx,
                         [&](std::size_t i, const geo::NearnessLimit& limit) {
                             return geo::nearest_shapes(units, static_cast<geo::FaceId>(i), places,
                                                        limit);
                         });
}

NearPlaces proximity(std::span<const geo::Point> points, const geo::Crs& crs,
                     const geo::ShapeIndex& places, const ProximitySpec& spec,
                     base::JobContext& ctx) {
    geo::Box box;
    for (const auto p : points) box.add(p);
    const Ground ground(crs, ground_reached(box, places, spec.within_m));
    return measured_near(points.size(), ground, spec, ctx,
                         [&](std::size_t i, const geo::NearnessLimit& limit) {
                             return geo::nearest_shapes(points[i], places, limit);
                         });
}

std::vector<double> area_shares(const geo::Coverage& units, const geo::ShapeIndex& places,
                                const NearPlaces& near, double within_m, base::JobContext& ctx) {
    const Ground ground(units.crs(), units.box());
    std::vector<double> out(units.face_count(), 0);
    base::parallel_for(out.size(), 8, ctx, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            std::vector<const geo::Shape*> shapes;
            for (const auto& hit : near[i])
                if (hit.distance_m <= within_m) shapes.push_back(&places.shape(hit.place));
            if (shapes.empty()) continue;
            const auto face = static_cast<geo::FaceId>(i);
            const double scale = ground.scale_at(units.faces()[face].box.centre());
            out[i] = geo::share_within(units, face, shapes, within_m * scale);
        }
    });
    return out;
}

PeopleNear people_near(std::shared_ptr<const geo::Coverage> units, const People& people,
                       const geo::ShapeIndex& places, double within_m, base::JobContext& ctx) {
    const std::size_t count = units->face_count();
    const auto& crs = units->crs();
    const geo::Locator locator(std::move(units));
    const auto near = proximity(people.at, crs, places, {.within_m = within_m, .nearest = 1}, ctx);
    PeopleNear out{std::vector<double>(count, 0), std::vector<double>(count, 0)};
    for (std::size_t i = 0; i < people.at.size(); ++i) {
        const auto face = locator.face_at(people.at[i]);
        if (!face || !(people.count[i] > 0)) continue;
        out.all[*face] += people.count[i];
        if (!near[i].empty()) out.near[*face] += people.count[i];
    }
    return out;
}

} // namespace diaban::analysis
