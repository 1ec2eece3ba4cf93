#include "map/text_path.hpp"

#include "geo/plane.hpp"

#include <cmath>

namespace diaban::map {
namespace {

geo::Point between(geo::Point a, geo::Point b, double share) {
    return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

} // namespace

double path_length(std::span<const geo::Point> path) {
    double length = 0;
    for (std::size_t i = 1; i < path.size(); ++i) length += geo::distance(path[i - 1], path[i]);
    return length;
}

geo::Point point_along(std::span<const geo::Point> path, double along) {
    for (std::size_t i = 1; i < path.size(); ++i) {
        const double step = geo::distance(path[i - 1], path[i]);
        const bool last = i + 1 == path.size();
        if (step > 0 && (along <= step || last)) return between(path[i - 1], path[i], along / step);
        along -= step;
    }
    return path.empty() ? geo::Point{} : path.back();
}

std::vector<geo::Point> part_of_path(std::span<const geo::Point> path, double from, double to) {
    std::vector<geo::Point> out{point_along(path, from)};
    double at = 0;
    for (std::size_t i = 1; i < path.size(); ++i) {
        at += geo::distance(path[i - 1], path[i]);
        if (at >= to) break;
        if (at > from) out.push_back(path[i]);
    }
    out.push_back(point_along(path, to));
    return out;
}

std::vector<Stand> stands_along(std::span<const geo::Point> path,
                                std::span<const double> advances) {
    std::vector<Stand> out;
    double pen = 0, angle = 0;
    for (const double advance : advances) {
        const auto a = point_along(path, pen), b = point_along(path, pen + advance);
        if (a != b) angle = std::atan2(b.y - a.y, b.x - a.x);
        const auto middle = between(a, b, 0.5);
        out.push_back(
            {{middle.x - std::cos(angle) * advance / 2, middle.y - std::sin(angle) * advance / 2},
             angle});
        pen += advance;
    }
    return out;
}

} // namespace diaban::map
