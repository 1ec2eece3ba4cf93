// What the graphics card draws of a coverage at one level of detail: triangles and border segments.
//
// Guarantees: built from immutable values, so any thread may do it; positions are floats relative
// to `origin`, exact to about 0.1 m over 1 600 km; every arc is drawn once, thin ranks first, but
// not the ring of an islet that would be hidden by it.
#pragma once

#include "geo/coverage.hpp"
#include "map/scene.hpp"

#include <array>
#include <optional>

namespace diaban::gui {

struct FillVertex {
    float x, y;
    std::uint32_t face;
};
struct LineSegment {
    float from_x, from_y, to_x, to_y;
    std::uint32_t left, right; // faces; geo::kOutside if none
};
inline constexpr std::size_t kRanks = 4; // map::LineRank

struct MapGeometry {
    geo::Point origin;
    double tolerance_m = 0;
    std::optional<geo::Box> region; // nothing: the whole coverage
    std::vector<FillVertex> vertices;
    std::vector<std::uint32_t> index;  // three per triangle
    std::vector<LineSegment> segments; // by rank: rank r is rank_first[r] .. rank_first[r+1]
    std::array<std::uint32_t, kRanks + 1> rank_first{};
};

// Triangles and borders of all faces, or of those whose boxes touch `region`.
MapGeometry make_geometry(const geo::Coverage& coverage, std::span<const map::LineRank> ranks,
                          double tolerance_m, std::optional<geo::Box> region,
                          base::JobContext& ctx);

// The border around a set of faces: arcs with exactly one side in it.
std::vector<LineSegment> outline(const geo::Coverage& coverage, std::span<const geo::FaceId> faces,
                                 double tolerance_m, geo::Point origin);

// The tolerance at which simplification cannot be seen at a scale, rounded down to a power of two
// so that small zooms keep the level.
double tolerance_for(double metres_per_px);

} // namespace diaban::gui
