#include "geo/polygons.hpp"

#include <cmath>

namespace diaban::geo {

Box box_of(std::span<const Point> points, Point limit) {
    // Comparisons with NaN are false, so NaN leaves the box alone; that nothing lies beyond the
    // limits is so common that it is looked at only when the box says otherwise.
    Box box;
    for (const Point p : points) {
        box.min_x = p.x < box.min_x ? p.x : box.min_x;
        box.max_x = p.x > box.max_x ? p.x : box.max_x;
        box.min_y = p.y < box.min_y ? p.y : box.min_y;
        box.max_y = p.y > box.max_y ? p.y : box.max_y;
    }
    if (box.min_x >= -limit.x && box.max_x <= limit.x && box.min_y >= -limit.y &&
        box.max_y <= limit.y && !box.empty())
        return box;
    box = {};
    for (const Point p : points)
        if (std::abs(p.x) <= limit.x && std::abs(p.y) <= limit.y) box.add(p);
    return box;
}

} // namespace diaban::geo
