#include "geo/coverage.hpp"

#include "geo/face_shapes.hpp"

namespace diaban::geo {

void Coverage::ring_points(const Ring& ring, double tolerance_m, std::vector<Point>& out) const {
    source_of(*this).append(ring, tolerance_m, out);
}

void Coverage::arc_points(const Arc& arc, double tolerance_m, std::vector<Point>& out) const {
    for (std::uint32_t v = arc.first; v < arc.first + arc.count; ++v)
        if (!(tolerance_m > 0) || static_cast<double>(drop_at_m_[v]) >= tolerance_m)
            out.push_back(vertices_[v]);
}

std::shared_ptr<const Coverage> Coverage::from_parts(Parts parts) {
    auto coverage = std::shared_ptr<Coverage>(new Coverage);
    coverage->vertices_ = std::move(parts.vertices);
    coverage->drop_at_m_ = std::move(parts.drop_at_m);
    coverage->arcs_ = std::move(parts.arcs);
    coverage->arc_refs_ = std::move(parts.arc_refs);
    coverage->rings_ = std::move(parts.rings);
    coverage->faces_ = std::move(parts.faces);
    coverage->node_arcs_ = std::move(parts.node_arcs);
    coverage->crs_ = std::move(parts.crs);
    coverage->box_ = parts.box;
    coverage->main_box_ = parts.main_box;
    coverage->contacts_ = std::move(parts.contacts);
    return coverage;
}

} // namespace diaban::geo
