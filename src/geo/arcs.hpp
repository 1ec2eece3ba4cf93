// Cutting clean rings into arcs that neighbours share.
//
// Guarantees: every ring edge lies on exactly one arc; an arc has at most one face on each side; a
// third user of an edge gets a copy of the arc (a twin), whose place is reported as an overlap.
#pragma once

#include "geo/coverage.hpp"
#include "geo/rings.hpp"

namespace diaban::geo {

inline constexpr ArcId kNoArc = 0xFFFFFFFFu;

struct ArcNetwork {
    std::vector<std::uint32_t> vertex; // ids, one run per arc, both ends included
    std::vector<Arc> arcs;             // first and count refer to `vertex`
    std::vector<ArcRef> refs;
    std::vector<Ring> rings;
    std::vector<std::uint32_t> face_first_ring; // one more than faces
    std::vector<ArcId> twin_of;                 // kNoArc, or the arc this one is a copy of
    Csr node_arcs;                              // arcs meeting at each node
    std::vector<std::uint32_t> node_vertex;     // vertex id of each node
    std::vector<FaceId> inner_border; // faces whose parts shared a border, which was dissolved

    std::span<const std::uint32_t> run(const Arc& a) const {
        return std::span(vertex).subspan(a.first, a.count);
    }
};

// `touched` are vertices that have to be nodes, where a ring visits them, because the face given
// with them touches there.
ArcNetwork link_arcs(const RingIds& rings, std::size_t faces, std::span<const Point> position,
                     std::span<const std::pair<FaceId, std::uint32_t>> touched,
                     base::JobContext& ctx);

} // namespace diaban::geo
