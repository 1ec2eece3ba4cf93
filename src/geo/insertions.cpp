#include "geo/insertions.hpp"

#include "geo/edge_map.hpp"
#include "geo/identity.hpp"
#include "geo/plane.hpp"

#include <tuple>

namespace diaban::geo {
namespace {

// Vertices to put into an edge, by position along it from its smaller vertex id.
struct Insert {
    std::uint32_t low, high; // vertex ids of the edge
    double along;
    std::uint32_t vertex;
    bool t_junction;
    friend bool operator<(const Insert& a, const Insert& b) {
        return std::tie(a.low, a.high, a.along, a.vertex) <
               std::tie(b.low, b.high, b.along, b.vertex);
    }
    friend bool operator==(const Insert&, const Insert&) = default;
};

class Planner {
public:
    Planner(const ArcNetwork& net, double tolerance, std::vector<Point>& position)
        : net_(net), tolerance_(tolerance), position_(position) {}

    // All touches of one edge. A vertex is inserted where a border runs along the edge: where it is
    // joined to an end of the edge, or to another vertex touching it. A corner that merely meets
    // the edge shares no border; it stays as it is, and makes no neighbours.
    void touches(std::span<const Touch> of_edge) {
        const std::uint32_t edge = of_edge[0].edge;
        std::vector<std::uint32_t> on_edge{net_.vertex[edge], net_.vertex[edge + 1]};
        for (const Touch& t : of_edge) on_edge.push_back(net_.vertex[t.index]);
        std::sort(on_edge.begin(), on_edge.end());
        const auto along = [&](std::uint32_t index) {
            return std::binary_search(on_edge.begin(), on_edge.end(), net_.vertex[index]);
        };
        std::uint32_t inserted = kNoVertex;
        for (const Touch& t : of_edge) {
            const Arc& other = net_.arcs[t.other];
            const bool joined = (t.index > other.first && along(t.index - 1)) ||
                                (t.index + 1 < other.first + other.count && along(t.index + 1));
            const std::uint32_t vertex = net_.vertex[t.index];
            if (!joined || vertex == inserted) continue;
            inserted = vertex;
            add(edge, vertex, true);
            const Arc& arc = net_.arcs[t.arc];
            const FaceId face = arc.left != kOutside ? arc.left : arc.right;
            result.t_junctions.push_back({face, vertex, t.distance});
        }
    }

    void crossing(const Crossing& c) {
        const Arc &a = net_.arcs[c.arc_a], &b = net_.arcs[c.arc_b];
        FaceId shared = kOutside;
        for (const FaceId f : {a.left, a.right})
            if (f != kOutside && (f == b.left || f == b.right)) shared = f;
        if (shared == kOutside) {
            for (const FaceId f : {a.left, a.right})
                for (const FaceId g : {b.left, b.right})
                    if (f != kOutside && g != kOutside)
                        result.overlaps.emplace_back(std::min(f, g), std::max(f, g));
            return;
        }
        // Near a vertex that is there already, that vertex serves.
        std::uint32_t vertex = kNoVertex;
        for (const std::uint32_t end : {c.edge_a, c.edge_a + 1, c.edge_b, c.edge_b + 1})
            if (vertex == kNoVertex && distance(position_[net_.vertex[end]], c.at) <= tolerance_)
                vertex = net_.vertex[end];
        if (vertex == kNoVertex) {
            vertex = static_cast<std::uint32_t>(position_.size());
            position_.push_back(c.at);
        }
        add(c.edge_a, vertex, false);
        add(c.edge_b, vertex, false);
        result.self_crossings.push_back({shared, vertex, 0});
    }

    std::vector<Insert> inserts() {
        std::sort(inserts_.begin(), inserts_.end());
        inserts_.erase(std::unique(inserts_.begin(), inserts_.end()), inserts_.end());
        return std::move(inserts_);
    }
    Insertions result;

private:
    void add(std::uint32_t edge, std::uint32_t vertex, bool t_junction) {
        const std::uint32_t a = net_.vertex[edge], b = net_.vertex[edge + 1];
        if (vertex == a || vertex == b) return;
        const std::uint32_t low = std::min(a, b), high = std::max(a, b);
        inserts_.push_back({low, high, foot(position_[low], position_[high], position_[vertex]),
                            vertex, t_junction});
    }
    const ArcNetwork& net_;
    double tolerance_;
    std::vector<Point>& position_;
    std::vector<Insert> inserts_;
};

bool visits(std::span<const std::uint32_t> ring, std::uint32_t vertex) {
    return std::find(ring.begin(), ring.end(), vertex) != ring.end();
}

RingIds rewrite(const RingIds& rings, const std::vector<Insert>& inserts, std::size_t vertices,
                Insertions& made) {
    std::vector<bool> affected(vertices, false);
    EdgeMap first_insert(inserts.size());
    for (std::size_t i = 0; i < inserts.size(); ++i) {
        affected[inserts[i].low] = affected[inserts[i].high] = true;
        first_insert.emplace(inserts[i].low, inserts[i].high, static_cast<std::int32_t>(i));
    }
    RingIds out;
    out.id.reserve(rings.id.size() + 2 * inserts.size());
    for (std::size_t r = 0; r < rings.count(); ++r) {
        const auto ring = rings.ring(r);
        const auto is_affected = [&](std::uint32_t id) { return affected[id]; };
        if (std::none_of(ring.begin(), ring.end(), is_affected)) {
            out.id.insert(out.id.end(), ring.begin(), ring.end());
            out.end_ring(rings.face[r]);
            continue;
        }
        const auto first = out.id.size();
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const std::uint32_t a = ring[k], b = ring[k + 1 < ring.size() ? k + 1 : 0];
            out.id.push_back(a);
            if (!affected[a] || !affected[b]) continue;
            const std::uint32_t low = std::min(a, b), high = std::max(a, b);
            const std::int32_t* found = first_insert.find(low, high);
            if (!found) continue;
            const auto begin = out.id.size();
            for (auto i = static_cast<std::size_t>(*found);
                 i < inserts.size() && inserts[i].low == low && inserts[i].high == high; ++i) {
                out.id.push_back(inserts[i].vertex);
                if (inserts[i].t_junction && !visits(ring, inserts[i].vertex))
                    made.runs_through.emplace_back(rings.face[r], inserts[i].vertex);
            }
            if (a != low)
                std::reverse(out.id.begin() + static_cast<std::ptrdiff_t>(begin), out.id.end());
        }
        const bool changed = out.id.size() - first > ring.size();
        if (changed && (made.changed.empty() || made.changed.back() != rings.face[r]))
            made.changed.push_back(rings.face[r]);
        out.end_ring(rings.face[r]);
    }
    return out;
}

} // namespace

Insertions insert_vertices(const ArcNetwork& net, const Crossings& found, double tolerance,
                           std::vector<Point>& position, RingIds& rings) {
    Planner planner(net, tolerance, position);
    for (std::size_t i = 0, j = 0; i < found.touches.size(); i = j) {
        while (j < found.touches.size() && found.touches[j].edge == found.touches[i].edge) ++j;
        planner.touches(std::span(found.touches).subspan(i, j - i));
    }
    for (const Crossing& c : found.crossings) planner.crossing(c);
    auto& overlaps = planner.result.overlaps;
    std::sort(overlaps.begin(), overlaps.end());
    overlaps.erase(std::unique(overlaps.begin(), overlaps.end()), overlaps.end());
    if (const auto inserts = planner.inserts(); !inserts.empty())
        rings = rewrite(rings, inserts, position.size(), planner.result);
    return std::move(planner.result);
}

} // namespace diaban::geo
