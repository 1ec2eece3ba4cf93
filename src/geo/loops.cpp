#include "geo/loops.hpp"

#include "geo/plane.hpp"
#include "geo/rings.hpp"

#include <cmath>

namespace diaban::geo {
namespace {

class Tracer {
public:
    Tracer(const ArcView& view, const Sides& sides)
        : view_(view), sides_(sides), done_(2 * view.arcs.size(), false),
          met_(view.node_arcs.rows(), kNever) {}

    std::vector<Walk> run() {
        for (std::uint32_t a = 0; a < view_.arcs.size(); ++a) {
            if (sides_.left[a] == sides_.right[a]) continue;
            for (const ArcRef ref : {static_cast<ArcRef>(a), ~static_cast<ArcRef>(a)})
                if (sides_.left_of(ref) != kNoGroup && !done(ref)) walk(ref);
        }
        return std::move(walks_);
    }

private:
    static std::size_t slot(ArcRef ref) { return 2 * std::size_t{arc_of(ref)} + (ref < 0); }
    bool done(ArcRef ref) const { return done_[slot(ref)]; }
    NodeId start(ArcRef ref) const {
        return ref >= 0 ? view_.arcs[arc_of(ref)].from : view_.arcs[arc_of(ref)].to;
    }
    NodeId end(ArcRef ref) const { return start(~ref); }
    // Direction in which a half-edge leaves its start.
    double leaving(ArcRef ref) const {
        const Arc& a = view_.arcs[arc_of(ref)];
        const std::uint32_t last = a.first + a.count - 1;
        const Point d = ref >= 0 ? view_.point(a.first + 1) - view_.point(a.first)
                                 : view_.point(last - 1) - view_.point(last);
        return std::atan2(d.y, d.x);
    }

    void walk(ArcRef first) {
        const std::uint32_t region = sides_.left_of(first);
        stack_.clear();
        for (ArcRef ref = first;;) {
            done_[slot(ref)] = true;
            met_[start(ref)] = static_cast<std::uint32_t>(stack_.size());
            stack_.push_back(ref);
            // The part since this node was last met is a loop of its own.
            if (const std::uint32_t since = met_[end(ref)]; since != kNever) {
                const auto from = stack_.begin() + since;
                for (auto it = from; it != stack_.end(); ++it) met_[start(*it)] = kNever;
                walks_.push_back({region, {from, stack_.end()}});
                stack_.erase(from, stack_.end());
            }
            if (stack_.empty()) return;
            ref = next(ref, region);
        }
    }

    // The half-edge after `in`: the first one clockwise from the way back. As many half-edges of a
    // region enter a node as leave it, so there always is one until the walk is closed.
    ArcRef next(ArcRef in, std::uint32_t region) const {
        const NodeId node = end(in);
        std::size_t candidates = 0;
        ArcRef best = in;
        for (ArcId a : view_.node_arcs.row(node)) {
            if (sides_.left[a] == sides_.right[a]) continue;
            for (const ArcRef out : {static_cast<ArcRef>(a), ~static_cast<ArcRef>(a)}) {
                if (start(out) != node || sides_.left_of(out) != region || done(out)) continue;
                if (candidates++ == 0 || clockwise(in, out) < clockwise(in, best)) best = out;
            }
        }
        return best;
    }
    // How far to turn clockwise from the way back to `out`, 0..2 pi; going straight back is last.
    double clockwise(ArcRef in, ArcRef out) const {
        constexpr double kFull = 6.283185307179586;
        double angle = leaving(~in) - leaving(out);
        if (angle <= 0) angle += kFull;
        return angle;
    }

    static constexpr std::uint32_t kNever = 0xFFFFFFFFu;

    const ArcView& view_;
    const Sides& sides_;
    std::vector<bool> done_;         // two per arc
    std::vector<ArcRef> stack_;      // the walk so far
    std::vector<std::uint32_t> met_; // per node: where on the stack a half-edge leaves it
    std::vector<Walk> walks_;
};

} // namespace

void ArcView::append(ArcRef ref, std::vector<Point>& out) const {
    const Arc& a = arcs[arc_of(ref)];
    if (ref >= 0)
        for (std::uint32_t k = a.first; k + 1 < a.first + a.count; ++k) out.push_back(point(k));
    else
        for (std::uint32_t k = a.first + a.count - 1; k > a.first; --k) out.push_back(point(k));
}

std::vector<Point> ArcView::ring(std::span<const ArcRef> refs) const {
    std::vector<Point> result;
    for (ArcRef ref : refs) append(ref, result);
    return result;
}

ArcView view_of(const Coverage& coverage) {
    return {coverage.arcs(), coverage.node_arcs(), coverage.vertices(), {}};
}

std::vector<Walk> trace_walks(const ArcView& view, const Sides& sides) {
    return Tracer(view, sides).run();
}

RegionRings nest_walks(const ArcView& view, std::vector<std::vector<ArcRef>> walks) {
    std::vector<std::vector<Point>> points;
    for (const auto& w : walks) points.push_back(view.ring(w));
    Nesting nesting = nest(points);
    RegionRings result;
    for (std::uint32_t r : nesting.order) result.rings.push_back(std::move(walks[r]));
    result.hole = std::move(nesting.hole);
    return result;
}

} // namespace diaban::geo
