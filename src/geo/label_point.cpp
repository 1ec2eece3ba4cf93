#include "geo/label_point.hpp"

#include "geo/plane.hpp"

#include <queue>

namespace diaban::geo {
namespace {

constexpr int kMostCells = 80;

// Distance to the border, negative outside.
double clearance(Point p, const std::vector<Point>& outer,
                 const std::vector<std::vector<Point>>& holes) {
    bool inside = false;
    double nearest = std::numeric_limits<double>::infinity();
    const auto ring = [&](const std::vector<Point>& points) {
        for (std::size_t i = 0, j = points.size() - 1; i < points.size(); j = i++) {
            const Point a = points[j], b = points[i];
            if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y))
                inside = !inside;
            nearest = std::min(nearest, squared_distance_to_segment(a, b, p));
        }
    };
    ring(outer);
    for (const auto& hole : holes) ring(hole);
    return (inside ? 1 : -1) * std::sqrt(nearest);
}

struct Candidate {
    Point centre;
    double half, clearance, best_possible;
    friend bool operator<(const Candidate& a, const Candidate& b) {
        return a.best_possible < b.best_possible;
    }
};

} // namespace

bool inside_polygon(Point p, const std::vector<Point>& outer,
                    const std::vector<std::vector<Point>>& holes) {
    if (outer.empty() || side_of(outer, p) != Side::Inside) return false;
    return std::all_of(holes.begin(), holes.end(),
                       [&](const auto& hole) { return side_of(hole, p) == Side::Outside; });
}

Point label_point(const std::vector<Point>& outer, const std::vector<std::vector<Point>>& holes) {
    Box box;
    for (Point p : outer) box.add(p);
    if (box.empty()) return {};
    const double size = std::min(box.width(), box.height());
    if (!(size > 0)) return box.centre();
    std::priority_queue<Candidate> queue;
    Candidate best{};
    const auto add = [&](Point centre, double half) {
        const double d = clearance(centre, outer, holes);
        const Candidate cell{centre, half, d, d + half * 1.4142135623730951};
        if (queue.empty() && best.half == 0) best = cell;
        if (d > best.clearance) best = cell;
        queue.push(cell);
    };
    add(inner_point(outer, holes), 1e-12 * size);
    const double half = size / 2;
    const auto columns = static_cast<int>(std::min(std::ceil(box.width() / size), 16.0));
    const auto rows = static_cast<int>(std::min(std::ceil(box.height() / size), 16.0));
    const double step_x = box.width() / columns, step_y = box.height() / rows;
    for (int x = 0; x < columns; ++x)
        for (int y = 0; y < rows; ++y)
            add({box.min_x + (x + 0.5) * step_x, box.min_y + (y + 0.5) * step_y},
                std::max({half, step_x / 2, step_y / 2}));
    for (int count = 0; !queue.empty() && count < kMostCells; count += 4) {
        const Candidate cell = queue.top();
        queue.pop();
        if (cell.best_possible <= best.clearance * 1.1 + 1e-6 * size) break;
        const double h = cell.half / 2;
        for (const double dx : {-h, h})
            for (const double dy : {-h, h}) add({cell.centre.x + dx, cell.centre.y + dy}, h);
    }
    return best.centre;
}

Point inner_point(const std::vector<Point>& outer, const std::vector<std::vector<Point>>& holes) {
    Box box;
    for (Point p : outer) box.add(p);
    if (box.empty()) return {};
    Point best = box.centre();
    double widest = -1;
    std::vector<double> cuts;
    // The middle first; uneven fractions seldom run along straight edges.
    for (const double part : {0.4993, 0.3711, 0.6287, 0.2309, 0.7691, 0.1103, 0.8897}) {
        const double y = box.min_y + part * box.height();
        cuts.clear();
        const auto ring = [&](const std::vector<Point>& points) {
            for (std::size_t i = 0, j = points.size() - 1; i < points.size(); j = i++)
                if ((points[j].y > y) != (points[i].y > y))
                    cuts.push_back(points[j].x + (points[i].x - points[j].x) * (y - points[j].y) /
                                                     (points[i].y - points[j].y));
        };
        ring(outer);
        for (const auto& hole : holes) ring(hole);
        std::sort(cuts.begin(), cuts.end());
        // Prefer the middle: a cut elsewhere must be clearly wider.
        const double weight = 1 - std::abs(part - 0.5);
        for (std::size_t i = 0; i + 1 < cuts.size(); i += 2) {
            if ((cuts[i + 1] - cuts[i]) * weight <= widest) continue;
            widest = (cuts[i + 1] - cuts[i]) * weight;
            best = {(cuts[i] + cuts[i + 1]) / 2, y};
        }
    }
    return best;
}

} // namespace diaban::geo
