#include "gui/camera.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {

geo::Point to_map(const map::Camera& camera, const Viewport& view, geo::Point px) {
    return {camera.centre.x + (px.x - view.width_px / 2) * camera.metres_per_px,
            camera.centre.y - (px.y - view.height_px / 2) * camera.metres_per_px};
}

geo::Point to_screen(const map::Camera& camera, const Viewport& view, geo::Point map_point) {
    return {view.width_px / 2 + (map_point.x - camera.centre.x) / camera.metres_per_px,
            view.height_px / 2 - (map_point.y - camera.centre.y) / camera.metres_per_px};
}

geo::Box visible(const map::Camera& camera, const Viewport& view) {
    const double dx = view.width_px / 2 * camera.metres_per_px;
    const double dy = view.height_px / 2 * camera.metres_per_px;
    return {camera.centre.x - dx, camera.centre.y - dy, camera.centre.x + dx, camera.centre.y + dy};
}

map::Camera limited(map::Camera camera, const Viewport& view, const geo::Box& world) {
    if (world.empty() || view.width_px <= 0 || view.height_px <= 0) return camera;
    const double farthest =
        10 * std::max({world.width() / view.width_px, world.height() / view.height_px, 0.05});
    camera.metres_per_px = std::clamp(camera.metres_per_px, 0.05, farthest);
    camera.centre.x = std::clamp(camera.centre.x, world.min_x, world.max_x);
    camera.centre.y = std::clamp(camera.centre.y, world.min_y, world.max_y);
    return camera;
}

map::Camera zoomed(const map::Camera& camera, const Viewport& view, geo::Point px, double factor,
                   const geo::Box& world) {
    const geo::Point fixed = to_map(camera, view, px);
    map::Camera next = camera;
    next.metres_per_px = camera.metres_per_px / factor;
    next.metres_per_px = limited(next, view, world).metres_per_px;
    next.centre.x = fixed.x - (px.x - view.width_px / 2) * next.metres_per_px;
    next.centre.y = fixed.y + (px.y - view.height_px / 2) * next.metres_per_px;
    return limited(next, view, world);
}

map::Camera panned(const map::Camera& camera, double dx_px, double dy_px) {
    map::Camera next = camera;
    next.centre.x -= dx_px * camera.metres_per_px;
    next.centre.y += dy_px * camera.metres_per_px;
    return next;
}

map::Camera between(const map::Camera& from, const map::Camera& to, double t) {
    if (t >= 1) return to;
    const double ratio = to.metres_per_px / from.metres_per_px;
    map::Camera now;
    now.metres_per_px = from.metres_per_px * std::pow(ratio, t);
    // The way is walked in proportion to the scale passed, so that the goal stays in view.
    const double way = std::abs(ratio - 1) < 1e-6 ? t : (std::pow(ratio, t) - 1) / (ratio - 1);
    now.centre = {from.centre.x + (to.centre.x - from.centre.x) * way,
                  from.centre.y + (to.centre.y - from.centre.y) * way};
    return now;
}

double scale_bar_m(double metres_per_px, double max_px) {
    const double longest = metres_per_px * max_px;
    if (!(longest > 0)) return 0;
    const double ten = std::pow(10.0, std::floor(std::log10(longest)));
    for (double step : {5.0, 2.0})
        if (step * ten <= longest) return step * ten;
    return ten;
}

} // namespace diaban::gui
