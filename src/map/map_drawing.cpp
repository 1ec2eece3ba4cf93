#include "map/map_drawing.hpp"

#include "geo/contiguity.hpp"
#include "geo/thin_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace diaban::map {
namespace {

// Arcs of the faces to draw; others keep no point.
std::vector<bool> arcs_of(const geo::Coverage& coverage, const std::vector<geo::FaceId>& faces) {
    std::vector<bool> used(coverage.arcs().size(), false);
    for (const auto f : faces) {
        const auto& face = coverage.faces()[f];
        for (const auto& ring : coverage.rings().subspan(face.first_ring, face.ring_count))
            for (const auto ref : coverage.arc_refs().subspan(ring.first, ring.count))
                used[geo::arc_of(ref)] = true;
    }
    return used;
}

constexpr double kBeyondDetail = 20; // page units, beside the frame
constexpr double kPaleDetail = 3;    // of the tolerance, where a border runs between pale units

// Between two units that only stand around the area of a sheet.
bool beside_area(const Style& style, const geo::Arc& arc) {
    const auto pale = [&](geo::FaceId face) {
        return face == geo::kOutside ||
               style.entries[style.entry_of[face]].role == LegendEntry::Role::Around;
    };
    return pale(arc.left) && pale(arc.right);
}

// How wide a unit of this area is on the page.
double size_on_page(double area_m2, double metres_per_unit) {
    return std::sqrt(area_m2) / metres_per_unit;
}

// A line between units is full from kFull page units of unit size, gone below kGone; between, it is
// thinner and fainter in a few steps, so that it can still be chained.
constexpr double kGone = 3.5, kFull = 22;
constexpr std::array<double, 5> kStrengths{0.3, 0.45, 0.6, 0.8, 1.0};

int strength_step(double unit_size) {
    if (unit_size < kGone) return -1;
    const double t = std::clamp((unit_size - kGone) / (kFull - kGone), 0.0, 1.0);
    return static_cast<int>(std::lround(t * static_cast<double>(kStrengths.size() - 1)));
}

// An islet of a few page units would be nothing but outline, and many of them one dark blot: below
// kIsletGone its ring is left out, up to kIsletFull it is thinner and fainter.
constexpr double kIsletGone = 3, kIsletFull = 10;
constexpr std::size_t kIsletSteps = 4;

// The step of a ring that no border meets, by its longer side on the page; -1 for none at all, all
// steps for a coast of full weight.
int islet_step(const geo::Coverage& coverage, const geo::Arc& arc, double metres_per_unit) {
    if (arc.from != arc.to) return kIsletSteps;
    const geo::Box box = geo::box_of(coverage.vertices_of(arc));
    const double size = std::max(box.width(), box.height()) / metres_per_unit;
    if (size < kIsletGone) return -1;
    const double t = std::min(1.0, (size - kIsletGone) / (kIsletFull - kIsletGone));
    return static_cast<int>(t * kIsletSteps);
}

// Typical size of the groups of a level that are in view: their area-weighted mean would favour
// giants, the median of faces per group is stable.
double typical_group_area(const FaceDrawing& faces, data::Level level) {
    const auto& units = faces.scene->vintage->units;
    const auto& parent = units.parent[static_cast<std::size_t>(level)];
    std::vector<double> area(units.groups[static_cast<std::size_t>(level)].size(), 0);
    for (const auto f : faces.faces)
        if (f < parent.size() && parent[f] < area.size())
            area[parent[f]] += faces.coverage().faces()[f].area_m2;
    std::erase(area, 0);
    if (area.empty()) return 0;
    const auto middle = area.begin() + static_cast<std::ptrdiff_t>(area.size() / 2);
    std::nth_element(area.begin(), middle, area.end());
    return *middle;
}

// The weight of heavier lines shrinks where their groups are small on the page.
double group_strength(double typical_size, double full_at) {
    return std::clamp(typical_size / full_at, 0.35, 1.0);
}

// Some arcs in few points: arc i of them has points[first[i]] on.
struct ThinArcs {
    std::vector<std::uint32_t> first;
    std::vector<geo::Point> points;
};

// Without its last point, which is the first of the next arc.
void add_run(std::span<const geo::Point> run, bool forward, Path& path) {
    if (forward)
        path.points.insert(path.points.end(), run.begin(), run.end() - 1);
    else
        path.points.insert(path.points.end(), run.rbegin(), run.rend() - 1);
}

// Arcs that are walked in one direction, by the node that they leave.
class Leaving {
public:
    // times[a]: how often arc a is walked, negative against its direction.
    Leaving(const geo::Coverage& coverage, const std::vector<std::int32_t>& times)
        : arcs_(coverage.arcs()), first_(coverage.node_arcs().rows() + 1, 0) {
        each(times, [&](geo::ArcRef ref) { ++first_[from(ref) + 1]; });
        for (std::size_t node = 1; node < first_.size(); ++node) first_[node] += first_[node - 1];
        refs_.resize(first_.back());
        next_.assign(first_.begin(), first_.end() - 1);
        auto place = next_;
        each(times, [&](geo::ArcRef ref) { refs_[place[from(ref)]++] = ref; });
    }
    std::size_t nodes() const { return next_.size(); }
    bool any(geo::NodeId node) const { return next_[node] < first_[node + 1]; }
    geo::ArcRef take(geo::NodeId node) { return refs_[next_[node]++]; }
    geo::NodeId from(geo::ArcRef ref) const {
        return ref >= 0 ? arcs_[geo::arc_of(ref)].from : arcs_[geo::arc_of(ref)].to;
    }
    geo::NodeId to(geo::ArcRef ref) const { return from(~ref); }

private:
    template <class F> static void each(const std::vector<std::int32_t>& times, F f) {
        for (std::size_t a = 0; a < times.size(); ++a)
            for (std::int32_t i = std::abs(times[a]); i > 0; --i)
                f(times[a] > 0 ? static_cast<geo::ArcRef>(a) : ~static_cast<geo::ArcRef>(a));
    }
    std::span<const geo::Arc> arcs_;
    std::vector<std::uint32_t> first_, next_; // of each node in refs_
    std::vector<geo::ArcRef> refs_;
};

Path chained(const FaceDrawing& faces, const std::vector<bool>& keep) {
    Path path;
    path.closed = false;
    for (const auto& line : geo::chain_arcs(faces.coverage(), keep)) {
        path.begin();
        bool first = true;
        for (const auto ref : line.arcs) {
            const auto points = faces.arc(geo::arc_of(ref));
            const auto skip = first ? 0u : 1u; // the node shared with the arc before
            if (ref >= 0)
                path.points.insert(path.points.end(), points.begin() + skip, points.end());
            else
                path.points.insert(path.points.end(), points.rbegin() + skip, points.rend());
            first = false;
        }
    }
    return path;
}

} // namespace

void FaceDrawing::add_face(geo::FaceId id, Path& path) const {
    const auto& face = coverage().faces()[id];
    for (const auto& ring : coverage().rings().subspan(face.first_ring, face.ring_count)) {
        path.begin();
        for (const auto ref : coverage().arc_refs().subspan(ring.first, ring.count))
            add_run(arc(geo::arc_of(ref)), ref >= 0, path);
    }
}

Path FaceDrawing::faces_of_entry(std::size_t entry) const {
    Path path;
    for (const auto f : faces)
        if (entry_of(f) == entry) add_face(f, path);
    return path;
}

// How often a point is wound around is a sum over all rings, so arcs that two rings walk in
// opposite directions may go from it, and what is left may be closed in any order: the same ground
// is filled, also where faces overlap.
Path FaceDrawing::ground_of_entry(std::size_t entry) const {
    std::vector<std::int32_t> times(coverage().arcs().size(), 0);
    for (const auto f : faces) {
        if (entry_of(f) != entry) continue;
        const auto& face = coverage().faces()[f];
        for (const auto& ring : coverage().rings().subspan(face.first_ring, face.ring_count))
            for (const auto ref : coverage().arc_refs().subspan(ring.first, ring.count))
                times[geo::arc_of(ref)] += ref >= 0 ? 1 : -1;
    }
    Leaving leaving(coverage(), times);
    Path path;
    for (geo::NodeId node = 0; node < leaving.nodes(); ++node)
        while (leaving.any(node)) {
            path.begin();
            auto at = node;
            do { // as many arcs enter a node as leave it, so this ends where it began
                const auto ref = leaving.take(at);
                add_run(arc(geo::arc_of(ref)), ref >= 0, path);
                at = leaving.to(ref);
            } while (at != node && leaving.any(at));
        }
    return path;
}

void sort_by_height(const geo::Coverage& coverage, std::vector<geo::FaceId>& faces) {
    const auto all = coverage.faces();
    std::sort(faces.begin(), faces.end(), [&](geo::FaceId a, geo::FaceId b) {
        return all[a].area_m2 != all[b].area_m2 ? all[a].area_m2 > all[b].area_m2 : a < b;
    });
}

FaceDrawing draw_faces(const Scene& scene, const Frame& frame, const std::vector<bool>& left_out) {
    FaceDrawing out;
    out.scene = &scene;
    out.frame = frame.box;
    const auto& coverage = *scene.vintage->coverage;
    const auto view = frame.map_box();
    for (geo::FaceId f = 0; f < coverage.face_count(); ++f) {
        const auto& box = coverage.faces()[f].box;
        if (coverage.faces()[f].ring_count == 0 || !box.intersects(view)) continue;
        if (f < left_out.size() && left_out[f]) continue;
        out.faces.push_back(f);
        out.clipped = out.clipped || !view.contains({box.min_x, box.min_y}) ||
                      !view.contains({box.max_x, box.max_y});
    }
    const auto used = arcs_of(coverage, out.faces);
    const double tolerance = frame.detail * frame.camera.metres_per_px;
    // Nobody sees what lies beyond the frame: there a line may be as coarse as stays beyond it.
    const double beyond = kBeyondDetail * frame.camera.metres_per_px;
    const auto around = view.grown(2 * beyond);
    const auto tolerance_of = [&](const geo::Arc& arc) {
        if (!geo::box_of(coverage.vertices_of(arc)).intersects(around)) return beyond;
        return beside_area(scene.style, arc) ? kPaleDetail * tolerance : tolerance;
    };
    // Blocks of arcs on all processors, put together in order.
    constexpr std::size_t kBlock = 2048;
    std::vector<ThinArcs> blocks((used.size() + kBlock - 1) / kBlock);
    base::JobContext ctx; // too short a step to be stopped
    base::parallel_for(used.size(), kBlock, ctx, [&](std::size_t begin, std::size_t end) {
        ThinArcs& block = blocks[begin / kBlock];
        for (std::size_t a = begin; a < end; ++a) {
            block.first.push_back(static_cast<std::uint32_t>(block.points.size()));
            if (!used[a]) continue;
            const auto& arc = coverage.arcs()[a];
            geo::thin_line(coverage.vertices_of(arc), tolerance_of(arc), block.points);
        }
        for (auto& p : block.points) p = frame.to_page(p);
    });
    out.arc_first.reserve(used.size() + 1);
    for (const ThinArcs& block : blocks) {
        const auto offset = static_cast<std::uint32_t>(out.points.size());
        for (const auto first : block.first) out.arc_first.push_back(offset + first);
        out.points.insert(out.points.end(), block.points.begin(), block.points.end());
    }
    out.arc_first.push_back(static_cast<std::uint32_t>(out.points.size()));
    return out;
}

Path outline_of(const FaceDrawing& drawing, const std::vector<bool>& inside) {
    const auto within = [&](geo::FaceId face) { return face != geo::kOutside && inside[face]; };
    Path path;
    path.closed = false;
    const auto arcs = drawing.coverage().arcs();
    for (geo::ArcId a = 0; a < arcs.size(); ++a) {
        const auto run = drawing.arc(a);
        if (run.empty() || within(arcs[a].left) == within(arcs[a].right)) continue;
        path.begin();
        path.points.insert(path.points.end(), run.begin(), run.end());
    }
    return path;
}

std::vector<LineDrawing> draw_lines(const FaceDrawing& faces, double metres_per_unit,
                                    double scale) {
    const auto& scene = *faces.scene;
    const auto& coverage = faces.coverage();
    const auto arcs = coverage.arcs();
    const std::size_t n = arcs.size();

    // Communes by strength and colour, then the ranks above.
    const auto colour_of = [&](geo::FaceId f) {
        if (f == geo::kOutside) return Colour{255, 255, 255};
        const auto& entry = faces.entries()[faces.entry_of(f)];
        return entry.outline_only ? Colour{255, 255, 255} : entry.colour;
    };
    struct Communes {
        std::size_t step;
        Colour colour;
        std::vector<bool> keep;
    };
    std::vector<Communes> communes;
    std::array<std::vector<bool>, 4> rank;
    for (auto& r : rank) r.assign(n, false);
    std::array<std::vector<bool>, kIsletSteps> islets;
    for (auto& step : islets) step.assign(n, false);
    for (geo::ArcId a = 0; a < n; ++a) {
        if (faces.arc(a).empty()) continue;
        const auto r = static_cast<std::size_t>(scene.ranks[a]);
        if (scene.ranks[a] == LineRank::Coast) {
            const int step = islet_step(coverage, arcs[a], metres_per_unit * scale);
            if (step >= static_cast<int>(kIsletSteps))
                rank[r][a] = true;
            else if (step >= 0)
                islets[static_cast<std::size_t>(step)][a] = true;
            continue;
        }
        if (r != 0) {
            rank[r][a] = true;
            continue;
        }
        double area = 1e300;
        for (const auto side : {arcs[a].left, arcs[a].right})
            if (side != geo::kOutside) area = std::min(area, coverage.faces()[side].area_m2);
        const int step = strength_step(size_on_page(area, metres_per_unit) / scale);
        if (step < 0) continue;
        const auto colour = commune_line(colour_of(arcs[a].left), colour_of(arcs[a].right));
        auto group = std::find_if(communes.begin(), communes.end(), [&](const Communes& c) {
            return c.step == static_cast<std::size_t>(step) && c.colour == colour;
        });
        if (group == communes.end())
            group = communes.insert(
                group, {static_cast<std::size_t>(step), colour, std::vector<bool>(n, false)});
        group->keep[a] = true;
    }
    std::sort(communes.begin(), communes.end(), [](const Communes& a, const Communes& b) {
        return std::pair(a.step, a.colour.r) < std::pair(b.step, b.colour.r);
    });

    std::vector<LineDrawing> out;
    const auto add = [&](LineRank line_rank, double strength, double opacity,
                         const std::vector<bool>& keep) {
        LineDrawing drawing{line_rank, line_style(line_rank), opacity, chained(faces, keep)};
        drawing.style.width_px *= strength * scale;
        if (!drawing.path.empty()) out.push_back(std::move(drawing));
    };
    for (const auto& [step, colour, keep] : communes) {
        add(LineRank::Commune, 0.45 + 0.55 * kStrengths[step], kStrengths[step], keep);
        out.back().style.colour = colour;
    }
    const double district =
        size_on_page(typical_group_area(faces, data::Level::District), metres_per_unit) / scale;
    const double province =
        size_on_page(typical_group_area(faces, data::Level::Province), metres_per_unit) / scale;
    const bool has_districts = scene.vintage->units.has_level(data::Level::District);
    const double outer = province > 0    ? group_strength(province, 130)
                         : has_districts ? group_strength(district, 60)
                                         : 1.0;
    const double inner = group_strength(district, 60);
    add(LineRank::District, inner, std::clamp(district / 30, 0.35, 1.0), rank[1]);
    add(LineRank::Province, outer, 1, rank[2]);
    for (std::size_t step = 0; step < kIsletSteps; ++step) {
        const double part = (static_cast<double>(step) + 0.5) / kIsletSteps;
        add(LineRank::Coast, outer * (0.25 + 0.6 * part), 0.35 + 0.6 * part, islets[step]);
    }
    add(LineRank::Coast, outer, 1, rank[3]);
    return out;
}

} // namespace diaban::map
