// The map camera of the window: pure arithmetic between map metres and screen pixels.
//
// Pixels are device pixels from the top left corner of the map; y grows downwards.
#pragma once

#include "map/scene.hpp"

namespace diaban::gui {

struct Viewport {
    double width_px = 0, height_px = 0;
    friend bool operator==(const Viewport&, const Viewport&) = default;
};

geo::Point to_map(const map::Camera& camera, const Viewport& view, geo::Point px);
geo::Point to_screen(const map::Camera& camera, const Viewport& view, geo::Point map_point);
// The part of the map that is seen.
geo::Box visible(const map::Camera& camera, const Viewport& view);
// factor > 1 comes nearer; the map point under `px` stays under it.
map::Camera zoomed(const map::Camera& camera, const Viewport& view, geo::Point px, double factor,
                   const geo::Box& world);
map::Camera panned(const map::Camera& camera, double dx_px, double dy_px);
// Keeps the middle of the view over `world` and the scale between 5 cm a pixel and a world that
// fills a tenth of the view.
map::Camera limited(map::Camera camera, const Viewport& view, const geo::Box& world);
// Between two cameras, t from 0 to 1: scale changes by equal factors in equal times.
map::Camera between(const map::Camera& from, const map::Camera& to, double t);
// 1, 2 or 5 times a power of ten metres, the longest that fits into max_px.
double scale_bar_m(double metres_per_px, double max_px);

} // namespace diaban::gui
