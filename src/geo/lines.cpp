// Lines and shapes read off the arcs: chained borders and dissolved groups.
#include "geo/contiguity.hpp"
#include "geo/face_shapes.hpp"
#include "geo/label_point.hpp"
#include "geo/loops.hpp"
#include "geo/plane.hpp"

#include <map>

namespace diaban::geo {
namespace {

// Chains kept arcs through nodes where exactly two of their ends meet.
class Chainer {
public:
    Chainer(const Coverage& coverage, const std::vector<bool>& keep)
        : coverage_(coverage), keep_(keep), used_(keep.size(), false),
          degree_(coverage.node_arcs().rows(), 0) {
        for (ArcId a = 0; a < keep.size(); ++a) {
            if (!keep[a]) continue;
            ++degree_[coverage.arcs()[a].from];
            ++degree_[coverage.arcs()[a].to];
        }
    }
    std::vector<Line> run() {
        std::vector<Line> lines;
        // Open lines first, from nodes where they end; what is left are rings.
        for (const bool rings : {false, true})
            for (ArcId a = 0; a < keep_.size(); ++a)
                for (const ArcRef ref : {static_cast<ArcRef>(a), ~static_cast<ArcRef>(a)})
                    if (keep_[a] && !used_[a] && (rings || degree_[start(ref)] != 2))
                        lines.push_back(line(ref));
        return lines;
    }

private:
    NodeId start(ArcRef ref) const {
        const Arc& a = coverage_.arcs()[arc_of(ref)];
        return ref >= 0 ? a.from : a.to;
    }
    NodeId end(ArcRef ref) const { return start(~ref); }

    Line line(ArcRef ref) {
        Line line;
        const NodeId begin = start(ref);
        for (;;) {
            line.arcs.push_back(ref);
            used_[arc_of(ref)] = true;
            const NodeId here = end(ref);
            if (here == begin || degree_[here] != 2) break;
            for (ArcId a : coverage_.node_arcs().row(here)) {
                if (!keep_[a] || used_[a]) continue;
                ref = static_cast<ArcRef>(a);
                if (start(ref) != here) ref = ~ref;
                break;
            }
            if (used_[arc_of(ref)]) break;
        }
        line.closed = end(line.arcs.back()) == begin;
        return line;
    }

    const Coverage& coverage_;
    const std::vector<bool>& keep_;
    std::vector<bool> used_;
    std::vector<std::uint32_t> degree_; // kept arc ends per node
};

GroupShape shape_of(const ArcView& view, std::vector<std::vector<ArcRef>> walks) {
    GroupShape shape;
    RegionRings nested = nest_walks(view, std::move(walks));
    Polygon part, largest;
    double part_area = 0, largest_area = -1;
    const auto close_part = [&] {
        if (part_area > largest_area) largest_area = part_area, largest = std::move(part);
    };
    for (std::size_t r = 0; r < nested.rings.size(); ++r) {
        auto points = view.ring(nested.rings[r]);
        const double area = ring_area(points);
        shape.area_m2 += area;
        for (Point p : points) shape.box.add(p);
        if (!nested.hole[r]) {
            if (r) close_part();
            part = {std::move(points), {}};
            part_area = area;
        } else {
            part.holes.push_back(std::move(points));
        }
    }
    if (!nested.rings.empty()) close_part();
    shape.rings = std::move(nested.rings);
    shape.label_at = largest.outer.size() > 2000 ? inner_point(largest.outer, largest.holes)
                                                 : label_point(largest.outer, largest.holes);
    return shape;
}

} // namespace

std::vector<Line> chain_arcs(const Coverage& coverage, const std::vector<bool>& keep) {
    return Chainer(coverage, keep).run();
}

std::vector<Point> line_points(const Coverage& coverage, const Line& line, double tolerance_m) {
    std::vector<Point> points, arc;
    for (ArcRef ref : line.arcs) {
        arc.clear();
        coverage.arc_points(coverage.arcs()[arc_of(ref)], tolerance_m, arc);
        if (ref < 0) std::reverse(arc.begin(), arc.end());
        if (!points.empty()) points.pop_back(); // the node, once
        points.insert(points.end(), arc.begin(), arc.end());
    }
    return points;
}

std::vector<GroupShape> dissolve(const Coverage& coverage, const std::vector<GroupIndex>& group) {
    std::size_t groups = 0;
    for (GroupIndex g : group)
        if (g != kNoGroup) groups = std::max<std::size_t>(groups, std::size_t{g} + 1);
    const auto group_of = [&](FaceId f) { return f == kOutside ? kNoGroup : group[f]; };
    Sides sides;
    for (const Arc& a : coverage.arcs()) {
        sides.left.push_back(group_of(a.left));
        sides.right.push_back(group_of(a.right));
    }
    const ArcView view = view_of(coverage);
    std::vector<std::vector<std::vector<ArcRef>>> walks(groups);
    for (Walk& w : trace_walks(view, sides)) walks[w.region].push_back(std::move(w.arcs));
    std::vector<GroupShape> shapes;
    shapes.reserve(groups);
    for (auto& of_group : walks) shapes.push_back(shape_of(view, std::move(of_group)));
    return shapes;
}

} // namespace diaban::geo
