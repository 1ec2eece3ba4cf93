#include "map/theme_painter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diaban::map {
namespace {

constexpr double kDiscEdge = 0.9; // width of the edges of circles, on A4
constexpr double kEdgeOfRadius = 0.25;
constexpr double kDashOfEdge = 2.5;
constexpr int kDotCorners = 12; // a dot is too small for more

void add_dot(Path& path, geo::Point at, double radius) {
    path.begin();
    for (int i = 0; i < kDotCorners; ++i) {
        const double a = 2 * std::numbers::pi * i / kDotCorners;
        path.add({at.x + radius * std::cos(a), at.y + radius * std::sin(a)});
    }
}

} // namespace

void paint_theme(Canvas& canvas, const Theme& theme, const ThemeShapes& shapes, const Style& style,
                 const Frame& frame, double scale) {
    if (shapes.discs.empty()) return;
    const bool dots = theme.kind == MapKind::Dots;
    canvas.begin_layer(dots ? "dots" : "circles");
    const double per_radius = shapes.in_metres ? 1 / frame.camera.metres_per_px : scale;
    Path all;
    for (const auto& disc : shapes.discs) {
        const auto at = frame.to_page(disc.at);
        const double radius = disc.radius * per_radius;
        if (at.x + radius < frame.box.x || at.x - radius > frame.box.right() ||
            at.y + radius < frame.box.y || at.y - radius > frame.box.bottom())
            continue;
        if (dots) {
            add_dot(all, at, radius);
            continue;
        }
        const auto& entry = style.entries[style.entry_of[disc.unit]];
        const auto look = disc_look(entry, theme.kind);
        const auto shape = circle(at, radius);
        if (look.fill.a > 0) canvas.fill(shape, look.fill);
        const bool empty = entry.role != LegendEntry::Role::Class || shapes.in_metres;
        if (empty && !look.dashed) canvas.hatch(shape, entry.hatch, hatch_look(entry, scale));
        // An edge never takes most of a small circle.
        const double edge = std::min(kDiscEdge * scale, radius * kEdgeOfRadius);
        canvas.stroke(shape, {look.edge, edge, 1, look.dashed ? kDashOfEdge * scale : 0});
    }
    if (!all.empty()) canvas.fill(all, theme.colour);
    canvas.end_layer();
}

} // namespace diaban::map
