// The coverage: one truth about borders. Every border between two units is stored once, as an arc.
//
// Guarantees
// - Face i is unit row i of its vintage; a unit without geometry is a face without rings.
// - Every arc has a left and a right face (kOutside if none), and is drawn once.
// - Rings are closed runs of arc references: each outer ring counter-clockwise (its face on the
//   left), followed by its holes, clockwise. A face may have several outer rings (islands).
// - At every level of detail the faces cover the same ground without gap or overlap: the areas of
//   the faces add up to the area inside the outer arcs; no face is lost; lines gain no crossing.
// - Immutable once built: share it between threads through shared_ptr<const Coverage>.
//
// Source of the construction: architecture.md 2 (shared arcs, after the topology of mapshaper and
// the coverage operations of GEOS/JTS).
#pragma once

#include "base/error.hpp"
#include "base/job.hpp"
#include "geo/crs.hpp"
#include "geo/point.hpp"
#include "geo/polygons.hpp"

#include <memory>
#include <vector>

namespace diaban::geo {

struct Arc {
    std::uint32_t first, count; // run of vertices, both ends included
    NodeId from, to;            // equal for a closed arc
    FaceId left, right;         // seen in the direction of the arc
};
struct Ring {
    std::uint32_t first, count; // run of arc_refs
};
// An exception to "the faces around a node meet there". Neighbours by vertex, as GeoDa and spdep
// find them, are a matter of the vertices in the file: a face whose border merely runs through a
// node that was inserted at a T-junction does not meet the others there; a face that touched a node
// with the tip of a spike too thin to keep does.
struct NodeContact {
    NodeId node;
    FaceId face;
    bool meets;
    friend bool operator==(const NodeContact&, const NodeContact&) = default;
};
struct Face {
    std::uint32_t first_ring, ring_count;
    Box box;            // map CRS
    double area_m2 = 0; // in the map plane
    Point label_at;     // in the largest part, far from edges; NaN on pages, see label_of()
};

class Coverage {
public:
    std::span<const Point> vertices() const { return vertices_; }   // map CRS, metres
    std::span<const float> drop_at_m() const { return drop_at_m_; } // one per vertex
    std::span<const Arc> arcs() const { return arcs_; }
    std::span<const ArcRef> arc_refs() const { return arc_refs_; }
    std::span<const Ring> rings() const { return rings_; }
    std::span<const Face> faces() const { return faces_; }
    const Csr& node_arcs() const { return node_arcs_; }                 // arcs meeting at each node
    std::span<const NodeContact> contacts() const { return contacts_; } // sorted by node; few
    const Crs& crs() const { return crs_; }                             // of vertices()
    const Box& box() const { return box_; }
    // The box of all but far-off specks: what "zoom to all" shows. Parts far away from the rest
    // that hold together under 2 % of the area are left out.
    const Box& main_box() const { return main_box_; }
    std::size_t face_count() const { return faces_.size(); }

    std::span<const Point> vertices_of(const Arc& a) const {
        return std::span(vertices_).subspan(a.first, a.count);
    }
    // Appends the points of a ring at a level (tolerance 0 = all), unclosed (last != first).
    void ring_points(const Ring& ring, double tolerance_m, std::vector<Point>& out) const;
    // Appends the points of an arc at a level, both ends included.
    void arc_points(const Arc& arc, double tolerance_m, std::vector<Point>& out) const;

    // What a Coverage is made of. build_coverage() and the cache fill one; from_parts() freezes it.
    struct Parts {
        std::vector<Point> vertices;
        std::vector<float> drop_at_m;
        std::vector<Arc> arcs;
        std::vector<ArcRef> arc_refs;
        std::vector<Ring> rings;
        std::vector<Face> faces;
        Csr node_arcs;
        Crs crs;
        Box box, main_box;
        std::vector<NodeContact> contacts;
    };
    static std::shared_ptr<const Coverage> from_parts(Parts parts);

private:
    Coverage() = default;
    std::vector<Point> vertices_;
    std::vector<float> drop_at_m_; // tolerance at which a vertex goes; infinity = never
    std::vector<Arc> arcs_;
    std::vector<ArcRef> arc_refs_;
    std::vector<Ring> rings_;
    std::vector<Face> faces_;
    Csr node_arcs_;
    Crs crs_;
    Box box_, main_box_;
    std::vector<NodeContact> contacts_;
};

struct CoverageSpec {
    Crs source; // of the soup
    Crs map;    // of the coverage; choose_map_crs()
    // Vertices nearer than this are one. In units of the source CRS: degrees if geographic.
    // 0 = default: 1e-8 degree, or 1 mm if projected.
    double tolerance = 0;
    bool thresholds = true; // compute drop_at_m; false leaves it infinite (weights, check, pages)
    bool measure_overlaps = true; // false: one finding counts pairs that may overlap (pages)
    // Names the units in findings; may be empty. One per face.
    std::vector<std::string> unit_codes;
};

struct BuiltCoverage {
    std::shared_ptr<const Coverage> coverage;
    base::Findings findings; // overlap, gap, t_junction, self_crossing, zero_area, repeated_ring...
};

// Builds the coverage: orients and cleans rings, gives vertices within the tolerance one identity,
// cuts rings into shared arcs, repairs what can be repaired, projects each vertex once, and
// computes the removal threshold of each vertex. Every repair is a finding with place (WGS 84) and
// size; nothing is fixed silently. Never throws for bad geometry; throws Cancelled. Cost: O(V log
// V); 3 million ring vertices take about half a second.
BuiltCoverage build_coverage(const PolygonSoup& soup, const CoverageSpec& spec,
                             base::JobContext& ctx);

} // namespace diaban::geo
