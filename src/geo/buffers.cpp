#include "geo/buffers.hpp"

#include "geo/geos_bridge.hpp"

#include <cmath>

namespace diaban::geo {
namespace {

constexpr int kShareSteps = 32; // 128 corners: 1 - sin(x) / x of x = 2 pi / 128 is 0.04 %

// The rings of an area as valid polygons: what lies in an odd number of them.
std::vector<Polygon> polygons_of(const Shape& shape) {
    std::vector<Polygon> out;
    for (const auto& ring : shape.parts)
        if (ring.size() >= 3) out.push_back({ring, {}});
    return make_valid(out);
}

// A line without the segments whose boxes lie outside `box`.
void clip_line(const std::vector<Point>& line, const Box& box,
               std::vector<std::vector<Point>>& out) {
    if (line.size() < 2) {
        if (!line.empty() && box.contains(line.front())) out.push_back(line);
        return;
    }
    bool open = false;
    for (std::size_t i = 1; i < line.size(); ++i) {
        Box segment;
        segment.add(line[i - 1]);
        segment.add(line[i]);
        if (!segment.intersects(box)) {
            open = false;
            continue;
        }
        if (!open) out.push_back({line[i - 1]});
        out.back().push_back(line[i]);
        open = true;
    }
}

} // namespace

std::vector<Polygon> ground_within(std::span<const Shape> shapes, std::span<const double> distances,
                                   int quarter_steps) {
    std::vector<Polygon> all;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const bool area = shapes[i].kind == Shape::Kind::Area;
        // An area of fewer than three points is the point or the line that it is.
        auto polygons = area ? polygons_of(shapes[i]) : std::vector<Polygon>();
        std::vector<std::vector<Point>> lines;
        for (const auto& part : shapes[i].parts)
            if (shapes[i].kind == Shape::Kind::Points)
                for (const Point p : part) lines.push_back({p});
            else if (!area || part.size() < 3)
                lines.push_back(part);
        for (auto& one : buffered(polygons, lines, distances[i], quarter_steps))
            all.push_back(std::move(one));
    }
    return shapes.size() > 1 ? united(all) : all;
}

double share_within(const Coverage& coverage, FaceId face, std::span<const Shape* const> shapes,
                    double distance) {
    const Face& f = coverage.faces()[face];
    if (!(f.area_m2 > 0)) return 0;
    const Box box = f.box.grown(distance);
    std::vector<Shape> close;
    for (const Shape* shape : shapes) {
        if (shape->kind != Shape::Kind::Lines) {
            close.push_back(*shape);
            continue;
        }
        Shape part{Shape::Kind::Lines, {}};
        for (const auto& line : shape->parts) clip_line(line, box, part.parts);
        close.push_back(std::move(part));
    }
    const std::vector<double> distances(close.size(), distance);
    const auto ground = ground_within(close, distances, kShareSteps);
    const auto polygons = source_of(coverage).polygons(f, 0);
    auto common = intersection(polygons, ground);
    if (!common) common = intersection(make_valid(polygons), make_valid(ground));
    return common ? std::clamp(common->area / f.area_m2, 0.0, 1.0) : 0;
}

} // namespace diaban::geo
