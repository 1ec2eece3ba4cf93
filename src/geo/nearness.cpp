#include "geo/nearness.hpp"

#include "geo/plane.hpp"

#include <cmath>
#include <unordered_map>

namespace diaban::geo {
namespace {

constexpr std::uint32_t kFaceRun = 16; // segments; fewer: more boxes, better pruning
constexpr std::uint32_t kShapeRun = 8;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Closest = FaceRuns::Closest;

Point on_segment(Point a, Point b, Point p) {
    const double t = std::clamp(foot(a, b, p), 0.0, 1.0);
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

// The nearest points of two segments: where they cross, or at one of the four ends.
void take_closer(Point a, Point b, Point c, Point d, Closest& best) {
    if (cross_properly(a, b, c, d)) {
        const Point at = crossing_point(a, b, c, d);
        best = {0, at, at};
        return;
    }
    const auto take = [&](Point on_face, Point on_shape) {
        const double squared = squared_distance(on_face, on_shape);
        if (squared < best.squared) best = {squared, on_face, on_shape};
    };
    take(a, on_segment(c, d, a));
    take(b, on_segment(c, d, b));
    take(on_segment(a, b, c), c);
    take(on_segment(a, b, d), d);
}

Box box_of(Point a, Point b) {
    Box box;
    box.add(a);
    box.add(b);
    return box;
}

template <class Visit> void each_ref(const Coverage& c, FaceId face, Visit visit) {
    const Face& f = c.faces()[face];
    for (const Ring& ring : c.rings().subspan(f.first_ring, f.ring_count))
        for (const ArcRef ref : c.arc_refs().subspan(ring.first, ring.count)) visit(ref);
}

// How many segments the boundary of a part has.
std::uint32_t segments_of(const Shape& shape, std::size_t part) {
    const auto n = static_cast<std::uint32_t>(shape.parts[part].size());
    if (shape.kind == Shape::Kind::Points) return n;
    if (n < 2) return n; // a line or ring of one point is a point
    return shape.kind == Shape::Kind::Lines ? n - 1 : n;
}

} // namespace

// ---- Faces -----------------------------------------------------------------------------------

FaceRuns::FaceRuns(std::shared_ptr<const Coverage> coverage) : coverage_(std::move(coverage)) {
    const auto arcs = coverage_->arcs();
    first_run_.reserve(arcs.size() + 1);
    arc_box_.reserve(arcs.size());
    for (const Arc& arc : arcs) {
        first_run_.push_back(static_cast<std::uint32_t>(run_box_.size()));
        const auto points = coverage_->vertices_of(arc);
        Box all;
        for (std::size_t at = 0; at + 1 < points.size(); at += kFaceRun) {
            Box box;
            for (std::size_t i = at; i <= std::min(at + kFaceRun, points.size() - 1); ++i)
                box.add(points[i]);
            run_box_.push_back(box);
            all.add(box);
        }
        arc_box_.push_back(all);
    }
    first_run_.push_back(static_cast<std::uint32_t>(run_box_.size()));
}

std::optional<Closest> FaceRuns::closest(FaceId face, std::span<const Segment> segments,
                                         double less_than) const {
    Box box;
    for (const Segment& s : segments) box.add(s.a), box.add(s.b);
    struct Candidate {
        double gap;
        ArcId arc;
        std::uint32_t run;
        bool operator<(const Candidate& o) const {
            return gap != o.gap ? gap < o.gap : run < o.run;
        }
    };
    // Near runs first: the sooner the bound is tight, the less is left to measure.
    std::vector<Candidate> near;
    each_ref(*coverage_, face, [&](ArcRef ref) {
        const ArcId arc = arc_of(ref);
        if (squared_gap(arc_box_[arc], box) >= less_than) return;
        for (std::uint32_t run = first_run_[arc]; run < first_run_[arc + 1]; ++run)
            if (const double gap = squared_gap(run_box_[run], box); gap < less_than)
                near.push_back({gap, arc, run});
    });
    std::sort(near.begin(), near.end());
    Closest best{less_than, {}, {}};
    for (const Candidate& at : near) {
        if (at.gap >= best.squared) break;
        const auto points = coverage_->vertices_of(coverage_->arcs()[at.arc]);
        const std::size_t first = std::size_t{at.run - first_run_[at.arc]} * kFaceRun;
        const std::size_t end = std::min(first + kFaceRun, points.size() - 1);
        for (const Segment& s : segments) {
            const Box b = box_of(s.a, s.b);
            if (squared_gap(run_box_[at.run], b) >= best.squared) continue;
            for (std::size_t i = first; i < end; ++i)
                if (squared_gap(box_of(points[i], points[i + 1]), b) < best.squared)
                    take_closer(points[i], points[i + 1], s.a, s.b, best);
        }
    }
    if (best.squared < less_than) return best;
    return std::nullopt;
}

bool FaceRuns::contains(FaceId face, Point p) const {
    if (!coverage_->faces()[face].box.contains(p)) return false;
    InsideTest test(p);
    each_ref(*coverage_, face, [&](ArcRef ref) {
        const ArcId arc = arc_of(ref);
        const Box& box = arc_box_[arc];
        // Edges wholly below, above or to the left of p do not count.
        if (box.max_y < p.y || box.min_y > p.y || box.max_x < p.x) return;
        const auto points = coverage_->vertices_of(coverage_->arcs()[arc]);
        for (std::size_t i = 1; i < points.size(); ++i) test.edge(points[i - 1], points[i]);
    });
    return test.side() != Side::Outside;
}

// ---- Shapes ----------------------------------------------------------------------------------

ShapeIndex::ShapeIndex(std::vector<Shape> shapes) : shapes_(std::move(shapes)) {
    std::vector<Box> boxes, area_boxes;
    for (std::uint32_t id = 0; id < shapes_.size(); ++id) {
        Shape& shape = shapes_[id];
        std::erase_if(shape.parts, [](const std::vector<Point>& part) {
            return part.empty() || !std::all_of(part.begin(), part.end(), finite);
        });
        Box all;
        for (std::uint32_t p = 0; p < shape.parts.size(); ++p) {
            const std::uint32_t segments = segments_of(shape, p);
            for (std::uint32_t at = 0; at < segments; at += kShapeRun) {
                const Run run{id, p, at, std::min(kShapeRun, segments - at)};
                Box box;
                for (std::uint32_t i = at; i < at + run.count; ++i) {
                    const FaceRuns::Segment s = segment(run, i);
                    box.add(s.a), box.add(s.b);
                }
                runs_.push_back(run);
                boxes.push_back(box);
                all.add(box);
            }
        }
        if (shape.kind != Shape::Kind::Area || all.empty()) continue;
        areas_.push_back(id);
        area_boxes.push_back(all);
    }
    run_tree_ = BoxTree(boxes);
    area_tree_ = BoxTree(area_boxes);
}

FaceRuns::Segment ShapeIndex::segment(const Run& run, std::uint32_t i) const {
    const Shape& shape = shapes_[run.shape];
    const auto& points = shape.parts[run.part];
    if (shape.kind == Shape::Kind::Points) return {points[i], points[i]};
    return {points[i], points[(i + 1) % points.size()]};
}

bool ShapeIndex::contains(std::size_t shape, Point p) const {
    InsideTest test(p);
    for (const auto& ring : shapes_[shape].parts)
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
            test.edge(ring[j], ring[i]);
    return test.side() != Side::Outside;
}

// ---- Nearest ---------------------------------------------------------------------------------

namespace {

// What is measured from: a face or a point.
class FaceTarget {
public:
    FaceTarget(const FaceRuns& faces, FaceId face) : faces_(faces), face_(face) {}
    const Face& face() const { return faces_.coverage().faces()[face_]; }
    bool empty() const { return face().ring_count == 0; }
    const Box& box() const { return face().box; }
    std::optional<Closest> closest(std::span<const FaceRuns::Segment> segments,
                                   double less_than) const {
        return faces_.closest(face_, segments, less_than);
    }
    bool contains(Point p) const { return faces_.contains(face_, p); }
    // One point of each ring: where borders do not meet, it decides what lies in what.
    std::vector<Point> corners() const {
        const Coverage& c = faces_.coverage();
        std::vector<Point> out;
        for (const Ring& ring : c.rings().subspan(face().first_ring, face().ring_count)) {
            const ArcRef ref = c.arc_refs()[ring.first];
            out.push_back(c.vertices_of(c.arcs()[arc_of(ref)]).front());
        }
        return out;
    }

private:
    const FaceRuns& faces_;
    FaceId face_;
};

class PointTarget {
public:
    explicit PointTarget(Point at) : at_(at), box_(box_of(at, at)) {}
    bool empty() const { return !finite(at_); }
    const Box& box() const { return box_; }
    std::optional<Closest> closest(std::span<const FaceRuns::Segment> segments,
                                   double less_than) const {
        Closest best{less_than, {}, {}};
        for (const auto& s : segments) {
            const Point there = on_segment(s.a, s.b, at_);
            const double squared = squared_distance(at_, there);
            if (squared < best.squared) best = {squared, at_, there};
        }
        if (best.squared < less_than) return best;
        return std::nullopt;
    }
    bool contains(Point p) const { return p == at_; }
    std::vector<Point> corners() const { return {at_}; }

private:
    Point at_;
    Box box_;
};

// What has been found about one target so far.
template <class Target> class Search {
public:
    Search(const Target& target, const ShapeIndex& shapes, const NearnessLimit& limit)
        : target_(target), shapes_(shapes), limit_(limit), most_(limit.distance * limit.distance) {}

    std::vector<Nearness> run() {
        if (target_.empty()) return {};
        take_areas_around();
        shapes_.runs().each_by_distance(target_.box(), bound(), [&](std::uint32_t at, double gap) {
            take(shapes_.run(at), gap);
            return bound();
        });
        return sorted();
    }

private:
    // Areas in which a part of the target lies.
    void take_areas_around() {
        std::vector<Point> corners;
        shapes_.areas().each_in(target_.box(), [&](std::uint32_t at) {
            if (corners.empty()) corners = target_.corners();
            const std::uint32_t shape = shapes_.area_shape(at);
            for (const Point p : corners)
                if (shapes_.contains(shape, p)) return improve(shape, {0, p, p});
        });
    }

    void take(const ShapeIndex::Run& run, double gap) {
        const auto known = found_.find(run.shape);
        const bool fresh = known == found_.end();
        // Equal to the limit is still near; nothing else may be equal.
        const double least = fresh ? std::nextafter(most_, kInfinity) : known->second.squared;
        if (least == 0 || (gap > 0 && gap >= least)) return;
        segments_.clear();
        for (std::uint32_t i = run.first; i < run.first + run.count; ++i)
            segments_.push_back(shapes_.segment(run, i));
        // Where borders do not meet, one point of a part decides whether it lies in the target.
        const Point corner = segments_.front().a;
        if (gap == 0 && run.first == 0 && target_.contains(corner))
            return improve(run.shape, {0, corner, corner});
        if (const auto closer = target_.closest(segments_, least)) improve(run.shape, *closer);
    }

    void improve(std::uint32_t shape, const Closest& closer) {
        found_[shape] = closer;
        if (limit_.count == 0 || found_.size() < limit_.count) return;
        if (limit_.count == 1) {
            last_wanted_ = std::min(last_wanted_, closer.squared);
            return;
        }
        scratch_.clear();
        for (const auto& [_, best] : found_) scratch_.push_back(best.squared);
        const auto last = scratch_.begin() + static_cast<std::ptrdiff_t>(limit_.count - 1);
        std::nth_element(scratch_.begin(), last, scratch_.end());
        last_wanted_ = *last;
    }

    // Runs beyond the square root of this cannot matter.
    double bound() const { return std::min(most_, last_wanted_ * limit_.slack * limit_.slack); }

    std::vector<Nearness> sorted() const {
        std::vector<Nearness> out;
        for (const auto& [shape, best] : found_)
            if (best.squared <= bound())
                out.push_back({shape, std::sqrt(best.squared), best.on_face, best.on_segment});
        std::sort(out.begin(), out.end(), [](const Nearness& a, const Nearness& b) {
            return a.distance != b.distance ? a.distance < b.distance : a.shape < b.shape;
        });
        return out;
    }

    const Target& target_;
    const ShapeIndex& shapes_;
    const NearnessLimit& limit_;
    double most_;                    // squared
    double last_wanted_ = kInfinity; // squared distance of the limit_.count-th
    std::unordered_map<std::uint32_t, Closest> found_;
    std::vector<double> scratch_;
    std::vector<FaceRuns::Segment> segments_;
};

} // namespace

std::vector<Nearness> nearest_shapes(const FaceRuns& faces, FaceId face, const ShapeIndex& shapes,
                                     const NearnessLimit& limit) {
    return Search(FaceTarget(faces, face), shapes, limit).run();
}

std::vector<Nearness> nearest_shapes(Point at, const ShapeIndex& shapes,
                                     const NearnessLimit& limit) {
    return Search(PointTarget(at), shapes, limit).run();
}

} // namespace diaban::geo
