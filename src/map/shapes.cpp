#include "map/shapes.hpp"

#include <cmath>
#include <numbers>

namespace diaban::map {
namespace {

constexpr int kArcSteps = 12; // per quarter circle

void add_quarter(Path& path, geo::Point centre, double radius, double from_angle) {
    for (int i = 0; i <= kArcSteps; ++i) {
        const double a = from_angle + std::numbers::pi / 2 * i / kArcSteps;
        path.add({centre.x + radius * std::cos(a), centre.y + radius * std::sin(a)});
    }
}

} // namespace

Path rectangle(const Rect& box) {
    Path path;
    path.begin();
    path.points = {
        {box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}};
    return path;
}

Path rounded_rectangle(const Rect& box, double radius) {
    radius = std::min({radius, box.width / 2, box.height / 2});
    if (radius <= 0) return rectangle(box);
    using std::numbers::pi;
    Path path;
    path.begin();
    add_quarter(path, {box.x + radius, box.y + radius}, radius, pi);
    add_quarter(path, {box.right() - radius, box.y + radius}, radius, 1.5 * pi);
    add_quarter(path, {box.right() - radius, box.bottom() - radius}, radius, 0);
    add_quarter(path, {box.x + radius, box.bottom() - radius}, radius, 0.5 * pi);
    return path;
}

Path circle(geo::Point centre, double radius) {
    Path path;
    path.begin();
    for (int quarter = 0; quarter < 4; ++quarter)
        for (int i = 0; i < kArcSteps; ++i) {
            const double a = std::numbers::pi / 2 * (quarter + static_cast<double>(i) / kArcSteps);
            path.add({centre.x + radius * std::cos(a), centre.y + radius * std::sin(a)});
        }
    return path;
}

} // namespace diaban::map
