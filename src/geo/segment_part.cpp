#include "geo/segment_part.hpp"

namespace diaban::geo {

std::optional<std::pair<double, double>> part_in_box(Point a, Point b, const Box& box) {
    double from = 0, to = 1;
    const auto cut = [&](double start, double step, double least, double most) {
        if (step == 0) return start >= least && start <= most;
        const double one = (least - start) / step, other = (most - start) / step;
        from = std::max(from, std::min(one, other));
        to = std::min(to, std::max(one, other));
        return from <= to;
    };
    if (!cut(a.x, b.x - a.x, box.min_x, box.max_x) || !cut(a.y, b.y - a.y, box.min_y, box.max_y))
        return std::nullopt;
    return std::pair{from, to};
}

} // namespace diaban::geo
