#include "geo/arcs.hpp"

#include "geo/edge_map.hpp"
#include "geo/identity.hpp"
#include "geo/loops.hpp"

namespace diaban::geo {
namespace {

// Nodes: vertices whose unordered pair of neighbours differs between visits.
std::vector<bool> find_nodes(const RingIds& rings, std::size_t vertices,
                             std::span<const std::pair<FaceId, std::uint32_t>> touched,
                             base::JobContext& ctx) {
    constexpr std::uint64_t kUnseen = ~std::uint64_t{0};
    std::vector<std::uint64_t> neighbours(vertices, kUnseen);
    std::vector<bool> node(vertices, false);
    for (std::size_t r = 0; r < rings.count(); ++r) {
        if (r % 256 == 0) ctx.check();
        const auto ring = rings.ring(r);
        std::uint32_t before = ring.back();
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const std::uint32_t after = i + 1 < ring.size() ? ring[i + 1] : ring[0];
            const std::uint64_t pair =
                std::uint64_t{std::min(before, after)} << 32 | std::max(before, after);
            std::uint64_t& known = neighbours[ring[i]];
            if (known == kUnseen)
                known = pair;
            else if (known != pair)
                node[ring[i]] = true;
            before = ring[i];
        }
    }
    for (const auto& [face, vertex] : touched) node[vertex] = true;
    return node;
}

class Linker {
public:
    Linker(const RingIds& rings, std::size_t faces, std::vector<bool> node_at,
           base::JobContext& ctx)
        : rings_(rings), node_at_(std::move(node_at)), ctx_(ctx), known_(4 * faces + 64) {
        net_.face_first_ring.reserve(faces + 1);
        net_.vertex.reserve(rings.id.size() / 2 + 4 * faces);
        node_of_.assign(node_at_.size(), kNoVertex);
    }

    ArcNetwork run(std::size_t faces) {
        std::size_t r = 0;
        for (FaceId face = 0; face < faces; ++face) {
            if (face % 256 == 0) ctx_.check();
            net_.face_first_ring.push_back(static_cast<std::uint32_t>(net_.rings.size()));
            for (; r < rings_.count() && rings_.face[r] == face; ++r)
                add_ring(face, rings_.ring(r));
        }
        net_.face_first_ring.push_back(static_cast<std::uint32_t>(net_.rings.size()));
        return std::move(net_);
    }

private:
    void add_ring(FaceId face, std::span<const std::uint32_t> ring) {
        const auto first_ref = static_cast<std::uint32_t>(net_.refs.size());
        std::size_t begin = 0;
        while (begin < ring.size() && !node_at_[ring[begin]]) ++begin;
        const bool closed = begin == ring.size();
        if (closed)
            begin =
                static_cast<std::size_t>(std::min_element(ring.begin(), ring.end()) - ring.begin());
        // From the first node around to it again.
        walk_.assign(ring.begin() + static_cast<std::ptrdiff_t>(begin), ring.end());
        walk_.insert(walk_.end(), ring.begin(),
                     ring.begin() + static_cast<std::ptrdiff_t>(begin) + 1);
        for (std::size_t from = 0, k = 1; k < walk_.size(); ++k) {
            if (!(closed ? k + 1 == walk_.size() : node_at_[walk_[k]])) continue;
            net_.refs.push_back(use_run(std::span(walk_).subspan(from, k + 1 - from), face));
            from = k;
        }
        net_.rings.push_back({first_ref, static_cast<std::uint32_t>(net_.refs.size()) - first_ref});
    }

    // The arc of a run, seen with `face` on its left.
    ArcRef use_run(std::span<std::uint32_t> run, FaceId face) {
        ArcRef ref = 0;
        if (const std::int32_t* found = known_.find(run[0], run[1])) {
            ref = *found;
            for (;;) {
                Arc& arc = net_.arcs[arc_of(ref)];
                FaceId& side = ref >= 0 ? arc.left : arc.right;
                if (side == kOutside) {
                    side = face;
                    if (arc.left == arc.right) note_inner_border(face);
                    return ref;
                }
                const ArcId twin = next_twin_[arc_of(ref)];
                if (twin == kNoArc) break;
                ref = ref >= 0 ? static_cast<ArcRef>(twin) : ~static_cast<ArcRef>(twin);
            }
            // Both sides are taken: a twin, with the points in the order of the original.
            if (ref < 0) std::reverse(run.begin(), run.end());
            const ArcId twin = add_arc(run);
            net_.twin_of[twin] = arc_of(*known_.find(run[0], run[1]));
            if (ref < 0) std::reverse(run.begin(), run.end()); // the walk goes on from its end
            next_twin_[arc_of(ref)] = twin;
            if (ref >= 0) {
                net_.arcs[twin].left = face;
                return static_cast<ArcRef>(twin);
            }
            net_.arcs[twin].right = face;
            return ~static_cast<ArcRef>(twin);
        }
        const ArcId arc = add_arc(run);
        ref = static_cast<ArcRef>(arc);
        known_.emplace(run[0], run[1], ref);
        known_.emplace(run.back(), run[run.size() - 2], ~ref);
        net_.arcs[arc].left = face;
        return ref;
    }
    ArcId add_arc(std::span<const std::uint32_t> run) {
        const auto first = static_cast<std::uint32_t>(net_.vertex.size());
        net_.vertex.insert(net_.vertex.end(), run.begin(), run.end());
        net_.arcs.push_back({first, static_cast<std::uint32_t>(run.size()), node(run.front()),
                             node(run.back()), kOutside, kOutside});
        net_.twin_of.push_back(kNoArc);
        next_twin_.push_back(kNoArc);
        return static_cast<ArcId>(net_.arcs.size() - 1);
    }
    NodeId node(std::uint32_t vertex) {
        if (node_of_[vertex] == kNoVertex) {
            node_of_[vertex] = static_cast<NodeId>(net_.node_vertex.size());
            net_.node_vertex.push_back(vertex);
        }
        return node_of_[vertex];
    }
    void note_inner_border(FaceId face) {
        if (net_.inner_border.empty() || net_.inner_border.back() != face)
            net_.inner_border.push_back(face);
    }

    const RingIds& rings_;
    std::vector<bool> node_at_; // by vertex
    base::JobContext& ctx_;
    EdgeMap known_; // first directed edge of an arc, either way -> arc reference
    ArcNetwork net_;
    std::vector<ArcId> next_twin_;
    std::vector<NodeId> node_of_;     // by vertex
    std::vector<std::uint32_t> walk_; // the ring at hand, from a node around to it
};

Csr arcs_of_nodes(const std::vector<Arc>& arcs, std::size_t nodes) {
    Csr csr;
    csr.offset.assign(nodes + 1, 0);
    const auto each = [&](auto visit) {
        for (ArcId a = 0; a < arcs.size(); ++a) {
            visit(arcs[a].from, a);
            if (arcs[a].to != arcs[a].from) visit(arcs[a].to, a);
        }
    };
    each([&](NodeId n, ArcId) { ++csr.offset[n + 1]; });
    for (std::size_t n = 0; n < nodes; ++n) csr.offset[n + 1] += csr.offset[n];
    csr.index.resize(csr.offset.back());
    std::vector<std::uint32_t> fill(csr.offset.begin(), csr.offset.end() - 1);
    each([&](NodeId n, ArcId a) { csr.index[fill[n]++] = a; });
    return csr;
}

// Parts of a face that share a border become one: the border goes, the rest is traced anew.
void dissolve_inner_borders(ArcNetwork& net, std::span<const Point> position) {
    std::vector<FaceId>& faces = net.inner_border;
    std::sort(faces.begin(), faces.end());
    faces.erase(std::unique(faces.begin(), faces.end()), faces.end());
    const auto affected = [&](FaceId f) {
        return f != kOutside && std::binary_search(faces.begin(), faces.end(), f);
    };
    const ArcView view{net.arcs, net.node_arcs, position, net.vertex};
    Sides sides;
    for (const Arc& a : net.arcs) {
        sides.left.push_back(affected(a.left) ? a.left : kNoGroup);
        sides.right.push_back(affected(a.right) ? a.right : kNoGroup);
    }
    std::vector<std::vector<std::vector<ArcRef>>> walks(faces.size());
    for (Walk& w : trace_walks(view, sides)) {
        const auto k = std::lower_bound(faces.begin(), faces.end(), w.region) - faces.begin();
        walks[static_cast<std::size_t>(k)].push_back(std::move(w.arcs));
    }

    // New numbers for the arcs that stay; their runs stay where they are.
    std::vector<ArcId> renumbered(net.arcs.size(), kNoArc);
    ArcId kept = 0;
    for (ArcId a = 0; a < net.arcs.size(); ++a)
        if (net.arcs[a].left != net.arcs[a].right) renumbered[a] = kept++;
    const auto add = [&](std::vector<ArcRef>& refs, std::vector<Ring>& rings,
                         std::span<const ArcRef> ring) {
        const auto first = static_cast<std::uint32_t>(refs.size());
        for (ArcRef ref : ring) {
            const auto a = static_cast<ArcRef>(renumbered[arc_of(ref)]);
            refs.push_back(ref >= 0 ? a : ~a);
        }
        rings.push_back({first, static_cast<std::uint32_t>(ring.size())});
    };
    std::vector<ArcRef> refs;
    std::vector<Ring> rings;
    std::vector<std::uint32_t> first_ring;
    std::size_t next_affected = 0;
    for (FaceId f = 0; f + 1 < net.face_first_ring.size(); ++f) {
        first_ring.push_back(static_cast<std::uint32_t>(rings.size()));
        if (next_affected < faces.size() && faces[next_affected] == f) {
            for (const auto& ring : nest_walks(view, std::move(walks[next_affected++])).rings)
                add(refs, rings, ring);
            continue;
        }
        for (std::uint32_t r = net.face_first_ring[f]; r < net.face_first_ring[f + 1]; ++r)
            add(refs, rings, std::span(net.refs).subspan(net.rings[r].first, net.rings[r].count));
    }
    first_ring.push_back(static_cast<std::uint32_t>(rings.size()));

    for (ArcId a = 0; a < net.arcs.size(); ++a) {
        if (renumbered[a] == kNoArc) continue;
        const ArcId original = net.twin_of[a] == kNoArc ? kNoArc : renumbered[net.twin_of[a]];
        net.arcs[renumbered[a]] = net.arcs[a];
        net.twin_of[renumbered[a]] = original;
    }
    net.arcs.resize(kept);
    net.twin_of.resize(kept);
    net.refs = std::move(refs);
    net.rings = std::move(rings);
    net.face_first_ring = std::move(first_ring);
    net.node_arcs = arcs_of_nodes(net.arcs, net.node_vertex.size());
}

} // namespace

ArcNetwork link_arcs(const RingIds& rings, std::size_t faces, std::span<const Point> position,
                     std::span<const std::pair<FaceId, std::uint32_t>> touched,
                     base::JobContext& ctx) {
    auto nodes = find_nodes(rings, position.size(), touched, ctx);
    ArcNetwork net = Linker(rings, faces, std::move(nodes), ctx).run(faces);
    net.node_arcs = arcs_of_nodes(net.arcs, net.node_vertex.size());
    if (!net.inner_border.empty()) dissolve_inner_borders(net, position);
    return net;
}

} // namespace diaban::geo
