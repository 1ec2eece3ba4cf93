#include "geo/arcs.hpp"
#include "geo/coverage.hpp"
#include "geo/crossings.hpp"
#include "geo/face_shapes.hpp"
#include "geo/findings.hpp"
#include "geo/identity.hpp"
#include "geo/insertions.hpp"
#include "geo/plane.hpp"
#include "geo/rings.hpp"
#include "geo/thresholds.hpp"

#include <cmath>
#include <unordered_map>

namespace diaban::geo {
namespace {

constexpr double kDegreeTolerance = 1e-8, kMetreTolerance = 1e-3;
constexpr double kMetresPerDegree = 111'195; // along a meridian of the mean sphere
constexpr int kMendingRounds = 3;            // an inserted vertex may bring up another defect

double largest_coordinate(const PolygonSoup& soup, Point limit, base::JobContext& ctx) {
    constexpr std::size_t kRun = 1u << 18;
    std::vector<Box> boxes(soup.points.size() / kRun + 1);
    base::parallel_for(soup.points.size(), kRun, ctx, [&](std::size_t begin, std::size_t end) {
        boxes[begin / kRun] = box_of(std::span(soup.points).subspan(begin, end - begin), limit);
    });
    Box box;
    for (const Box& b : boxes) box.add(b);
    if (box.empty()) return 0;
    return std::max(
        {std::abs(box.min_x), std::abs(box.max_x), std::abs(box.min_y), std::abs(box.max_y)});
}

// Farther than this from the origin a coordinate is no place.
Point usable_limit(const Crs& crs) {
    if (crs.geographic()) return {361, 90.001};
    const double far = crs.known() ? 1e8 / crs.metres_per_unit() : 1e15;
    return {far, far};
}

// Files of unknown CRS: a tenth of a millimetre if the numbers look like metres, as little as
// 1e-8 if they look like degrees.
double tolerance_of(const CoverageSpec& spec, const PolygonSoup& soup, Point limit,
                    base::JobContext& ctx) {
    const double largest = largest_coordinate(soup, limit, ctx);
    double tolerance = spec.tolerance;
    if (!(tolerance > 0)) {
        tolerance = spec.source.geographic() ? kDegreeTolerance
                    : spec.source.known()    ? kMetreTolerance / spec.source.metres_per_unit()
                                             : 1e-10 * largest;
    }
    // Doubles cannot tell anything nearer.
    return std::max({tolerance, 4e-16 * largest, 1e-300});
}

RingIds rings_of_soup(const PolygonSoup& soup, std::vector<std::uint32_t> ids) {
    RingIds rings;
    rings.id = std::move(ids);
    rings.first = soup.ring_first;
    rings.face.reserve(soup.rings());
    for (FaceId f = 0; f < soup.faces(); ++f) rings.face.resize(soup.face_first_ring[f + 1], f);
    return rings;
}

class Builder {
public:
    Builder(const PolygonSoup& soup, const CoverageSpec& spec, base::JobContext& ctx)
        : soup_(soup), spec_(spec), ctx_(ctx), limit_(usable_limit(spec.source)),
          tolerance_(tolerance_of(spec, soup, limit_, ctx)) {}

    BuiltCoverage run() {
        ctx_.stage("stage.coverage");
        parts_.crs = spec_.map;
        for (;;) {
            link();
            if (project()) break;
            notes_ = BuildNotes{};
        }
        assemble();
        // A page needs few label points, and finds those with label_of().
        const bool page = !spec_.thresholds && !spec_.measure_overlaps;
        fill_shapes(parts_, !page, ctx_);
        notes_.ground = find_ground_defects(parts_, net_.twin_of, std::move(notes_.crossing_faces),
                                            spec_.measure_overlaps ? kMostMeasured : 0, ctx_);
        auto findings = write_findings(notes_, soup_, spec_, parts_, position_);
        return {Coverage::from_parts(std::move(parts_)), std::move(findings)};
    }

private:
    double metres(double in_source) const {
        return in_source *
               (spec_.source.geographic() ? kMetresPerDegree : spec_.source.metres_per_unit());
    }

    // Identities, rings, arcs, and their repair: all in the coordinates of the file.
    void link() {
        Identities identities = identify(soup_, tolerance_, limit_, ctx_);
        for (std::uint32_t& id : identities.of)
            if (id != kNoVertex && !lost_.empty() && lost_[id]) id = kNoVertex;
        notes_.bad_coordinates.assign(soup_.faces(), 0);
        base::parallel_for(soup_.faces(), 64, ctx_, [&](std::size_t f, std::size_t end) {
            for (; f < end; ++f)
                for (std::uint32_t i = soup_.ring_first[soup_.face_first_ring[f]];
                     i < soup_.ring_first[soup_.face_first_ring[f + 1]]; ++i)
                    notes_.bad_coordinates[f] += identities.of[i] == kNoVertex;
        });
        notes_.snapped = identities.snapped;
        notes_.snapped_farthest_m = metres(identities.farthest);
        notes_.snapped_vertex = identities.farthest_vertex;
        position_ = std::move(identities.position);
        identities_ = position_.size();
        RingIds rings = rings_of_soup(soup_, std::move(identities.of));
        meets_.clear(), runs_through_.clear(), thin_.clear(), linked_ = false;
        relink(rings, ThinRings::Keep);
        if (may_mend_) mend(rings);
        if (!thin_.empty()) relink(rings, ThinRings::Drop);
        notes_.inner_border = net_.inner_border;
    }

    void mend(RingIds& rings) {
        for (int round = 0; round <= kMendingRounds; ++round) {
            const Crossings found = find_crossings(net_, position_, tolerance_, ctx_);
            notes_.crossings_complete &= found.complete;
            if (found.crossings.empty() && found.touches.empty()) return;
            const auto before = rings.id.size();
            Insertions made = insert_vertices(net_, found, tolerance_, position_, rings);
            notes_.crossing_faces = std::move(made.overlaps);
            if (rings.id.size() == before) return;
            notes_.add(made, metres(1));
            runs_through_.insert(runs_through_.end(), made.runs_through.begin(),
                                 made.runs_through.end());
            relink(rings, ThinRings::Keep, std::move(made.changed));
            // A vertex on its own border moves nothing; only cut crossings may bring up others.
            if (made.self_crossings.empty()) return;
        }
    }

    // Cleans the rings and links them anew. After the first time only the rings that changed since
    // then, and those to look at again because they are thin, can be unclean.
    void relink(RingIds& rings, ThinRings thin, std::vector<FaceId> changed = {}) {
        changed.insert(changed.end(), thin_.begin(), thin_.end());
        std::sort(changed.begin(), changed.end());
        CleanRings clean =
            clean_rings(rings, position_, tolerance_, thin, ctx_, linked_ ? &changed : nullptr);
        rings = std::move(clean.rings);
        thin_ = std::move(clean.thin);
        // What repairs bring about (touching where lines crossed) is no news.
        for (const RingDefect& d : clean.defects)
            if (!linked_ || d.kind == RingDefect::ZeroArea) notes_.rings.push_back(d);
        meets_.insert(meets_.end(), clean.thin_tips.begin(), clean.thin_tips.end());
        net_ = link_arcs(rings, soup_.faces(), position_, meets_, ctx_);
        linked_ = true;
    }

    // Which of the noted contacts fell on nodes.
    std::vector<NodeContact> contacts() const {
        std::vector<NodeContact> result;
        if (meets_.empty() && runs_through_.empty()) return result;
        std::unordered_map<std::uint32_t, NodeId> node_at;
        for (NodeId n = 0; n < net_.node_vertex.size(); ++n) node_at[net_.node_vertex[n]] = n;
        for (const bool meets : {false, true})
            for (const auto& [face, vertex] : meets ? meets_ : runs_through_)
                if (const auto node = node_at.find(vertex); node != node_at.end())
                    result.push_back({node->second, face, meets});
        std::stable_sort(result.begin(), result.end(),
                         [](const auto& a, const auto& b) { return a.node < b.node; });
        return result;
    }

    // Projects each vertex once. False if some could not be: they are noted, and must go.
    bool project() {
        transform_many(position_, spec_.source, spec_.map, ctx_);
        bool complete = true;
        for (std::size_t id = 0; id < position_.size(); ++id) {
            if (finite(position_[id])) continue;
            if (lost_.size() < position_.size()) lost_.resize(position_.size(), false);
            if (!lost_[id]) complete = false;
            lost_[id] = true;
            if (id >= identities_) may_mend_ = false; // a crossing where the map has no place
        }
        return complete;
    }

    void assemble() {
        parts_.contacts = contacts();
        parts_.vertices.resize(net_.vertex.size());
        base::parallel_for(net_.vertex.size(), 1u << 16, ctx_, [&](std::size_t k, std::size_t end) {
            for (; k < end; ++k) parts_.vertices[k] = position_[net_.vertex[k]];
        });
        parts_.arcs = std::move(net_.arcs);
        parts_.arc_refs = std::move(net_.refs);
        parts_.rings = std::move(net_.rings);
        parts_.node_arcs = std::move(net_.node_arcs);
        parts_.faces.resize(soup_.faces());
        for (FaceId f = 0; f < soup_.faces(); ++f) {
            parts_.faces[f].first_ring = net_.face_first_ring[f];
            parts_.faces[f].ring_count = net_.face_first_ring[f + 1] - net_.face_first_ring[f];
        }
        if (!spec_.thresholds) {
            parts_.drop_at_m.assign(parts_.vertices.size(), std::numeric_limits<float>::infinity());
            return;
        }
        ctx_.stage("stage.detail");
        Box box;
        for (Point p : parts_.vertices) box.add(p);
        parts_.drop_at_m =
            removal_thresholds(parts_.arcs, net_.twin_of, parts_.vertices, box, ctx_);
    }

    const PolygonSoup& soup_;
    const CoverageSpec& spec_;
    base::JobContext& ctx_;
    Point limit_;
    double tolerance_;           // units of the source
    std::size_t identities_ = 0; // vertices of the file; those inserted come after
    bool may_mend_ = true;
    std::vector<bool> lost_;      // by identity: cannot be projected
    std::vector<Point> position_; // by vertex id; source CRS until project()
    ArcNetwork net_;
    bool linked_ = false;      // once already
    std::vector<FaceId> thin_; // faces with rings without area
    std::vector<std::pair<FaceId, std::uint32_t>> meets_, runs_through_; // see NodeContact
    Coverage::Parts parts_;
    BuildNotes notes_;
};

} // namespace

BuiltCoverage build_coverage(const PolygonSoup& soup, const CoverageSpec& spec,
                             base::JobContext& ctx) {
    return Builder(soup, spec, ctx).run();
}

} // namespace diaban::geo
