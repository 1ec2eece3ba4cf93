#include "geo/thin_line.hpp"

#include "geo/plane.hpp"

namespace diaban::geo {
namespace {

// The directions in which all points since the anchor can be passed within the tolerance.
class Sleeve {
public:
    Sleeve(Point anchor, double tolerance) : anchor_(anchor), tolerance_(tolerance) {}

    // Whether a segment from the anchor to p passes near enough to all points so far; if so, p is
    // one of them from now on.
    bool takes(Point p) {
        const Point d = p - anchor_;
        const double length2 = dot(d, d);
        if (!open_ && length2 <= tolerance_ * tolerance_) return true; // most points, mostly
        const double length = std::sqrt(length2);
        if (length < farthest_ - tolerance_) return false; // the line has turned back
        if (length <= tolerance_) return true;
        if (open_ && (cross(right_, d) < 0 || cross(d, left_) < 0 || dot(right_, d) < 0))
            return false;
        const double sine = tolerance_ / length, cosine = std::sqrt(1 - sine * sine);
        const Point u{d.x / length, d.y / length};
        const Point left{u.x * cosine - u.y * sine, u.y * cosine + u.x * sine};
        const Point right{u.x * cosine + u.y * sine, u.y * cosine - u.x * sine};
        if (!open_ || cross(left_, left) < 0) left_ = left;
        if (!open_ || cross(right_, right) > 0) right_ = right;
        open_ = true;
        farthest_ = std::max(farthest_, length);
        return true;
    }

private:
    Point anchor_, left_, right_; // the sector's edges, of length one
    double tolerance_, farthest_ = 0;
    bool open_ = false; // there is a sector
};

// All kept points of a run but its last.
void thin_run(std::span<const Point> run, double tolerance, std::vector<Point>& out) {
    out.push_back(run.front());
    Sleeve sleeve(run.front(), tolerance);
    for (std::size_t i = 1; i < run.size(); ++i) {
        if (sleeve.takes(run[i])) continue;
        out.push_back(run[i - 1]);
        sleeve = Sleeve(run[i - 1], tolerance);
        sleeve.takes(run[i]);
    }
}

template <class Distance> std::size_t farthest_of(std::span<const Point> line, Distance distance) {
    std::size_t best = 0;
    double most = 0;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (const double d = distance(line[i]); d > most) most = d, best = i;
    return best;
}

void thin_closed(std::span<const Point> line, double tolerance, std::vector<Point>& out) {
    const Point start = line.front();
    const std::size_t middle =
        farthest_of(line, [&](Point p) { return squared_distance(start, p); });
    const std::size_t begin = out.size();
    thin_run(line.first(middle + 1), tolerance, out);
    thin_run(line.subspan(middle), tolerance, out);
    if (out.size() - begin >= 3) return;
    // Both halves became bare: a third corner keeps the area from vanishing.
    const Point across = line[middle] - start;
    const std::size_t corner =
        farthest_of(line, [&](Point p) { return std::abs(cross(across, p - start)); });
    if (corner == 0 || corner == middle) return; // all on one line
    const auto place = static_cast<std::ptrdiff_t>(begin + (corner < middle ? 1 : 2));
    out.insert(out.begin() + place, line[corner]);
}

} // namespace

void thin_line(std::span<const Point> line, double tolerance, std::vector<Point>& out) {
    if (line.size() < 3 || !(tolerance > 0)) {
        out.insert(out.end(), line.begin(), line.end());
        return;
    }
    if (line.front() == line.back())
        thin_closed(line, tolerance, out);
    else
        thin_run(line, tolerance, out);
    out.push_back(line.back());
}

} // namespace diaban::geo
