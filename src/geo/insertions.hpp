// Mending rings: T-junctions get the foreign vertex, self-crossings a vertex where they cross.
#pragma once

#include "geo/crossings.hpp"
#include "geo/rings.hpp"

namespace diaban::geo {

struct Insertions {
    struct Place {
        FaceId face;
        std::uint32_t vertex;
        double distance; // between vertex and edge (T-junctions)
    };
    std::vector<Place> t_junctions, self_crossings;
    // Pairs of different faces whose borders cross: they overlap there.
    std::vector<std::pair<FaceId, FaceId>> overlaps;
    // Faces whose border runs through a vertex it got at a T-junction and had not before.
    std::vector<std::pair<FaceId, std::uint32_t>> runs_through;
    std::vector<FaceId> changed; // faces that got a vertex, sorted
    bool any() const { return !t_junctions.empty() || !self_crossings.empty(); }
};

// Works out what to insert and does it: `rings` gets the vertices, `position` the new points.
Insertions insert_vertices(const ArcNetwork& net, const Crossings& found, double tolerance,
                           std::vector<Point>& position, RingIds& rings);

} // namespace diaban::geo
