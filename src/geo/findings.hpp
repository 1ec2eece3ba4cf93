// What was noticed and mended while a coverage was built, and how it is told.
#pragma once

#include "geo/defects.hpp"
#include "geo/identity.hpp"
#include "geo/insertions.hpp"
#include "geo/polygons.hpp"
#include "geo/rings.hpp"

namespace diaban::geo {

struct BuildNotes {
    std::vector<std::uint32_t> bad_coordinates; // per face: points left out
    std::size_t snapped = 0;
    double snapped_farthest_m = 0;
    std::uint32_t snapped_vertex = kNoVertex;
    std::vector<RingDefect> rings;
    std::vector<FaceId> inner_border;
    std::vector<Insertions::Place> t_junctions, self_crossings; // distances in metres
    std::vector<std::pair<FaceId, FaceId>> crossing_faces;
    bool crossings_complete = true;
    GroundDefects ground;

    void add(const Insertions& made, double metres_per_unit);
};

// One finding per unit and kind; slivers are summed up. `position` leads from vertex ids to the
// map CRS; places are told in WGS 84.
base::Findings write_findings(const BuildNotes& notes, const PolygonSoup& soup,
                              const CoverageSpec& spec, const Coverage::Parts& parts,
                              std::span<const Point> position);

} // namespace diaban::geo
