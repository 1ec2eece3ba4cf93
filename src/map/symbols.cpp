#include "map/symbols.hpp"

#include <cmath>
#include <initializer_list>
#include <map>
#include <numbers>

namespace diaban::map {
namespace {

using geo::Point;

Path outline(std::initializer_list<Point> points, bool closed) {
    Path path;
    path.closed = closed;
    path.begin();
    path.points = points;
    return path;
}
Path polygon(std::initializer_list<Point> points) {
    return outline(points, true);
}
Path line(std::initializer_list<Point> points) {
    return outline(points, false);
}

Path arc_line(Point centre, double radius, double from_degrees, double to_degrees) {
    Path path;
    path.closed = false;
    path.begin();
    constexpr int kSteps = 12;
    for (int i = 0; i <= kSteps; ++i) {
        const double a =
            (from_degrees + (to_degrees - from_degrees) * i / kSteps) * std::numbers::pi / 180;
        path.add({centre.x + radius * std::cos(a), centre.y + radius * std::sin(a)});
    }
    return path;
}

SymbolShape on_plate() {
    SymbolShape shape;
    shape.plate = rounded_rectangle({0.5, 0.5, 15, 15}, 3);
    return shape;
}

// A hall with a saw-tooth roof and a chimney.
SymbolShape industrial_zone() {
    auto s = on_plate();
    s.fills = {polygon({{3.5, 9}, {12.5, 9}, {12.5, 12.5}, {3.5, 12.5}}),
               polygon({{3.5, 3.2}, {5.3, 3.2}, {5.3, 9}, {3.5, 9}}),
               polygon({{5.9, 9}, {9.1, 6.4}, {9.1, 9}}),
               polygon({{9.3, 9}, {12.5, 6.4}, {12.5, 9}})};
    return s;
}

// An anchor.
SymbolShape port() {
    auto s = on_plate();
    s.strokes = {arc_line({8, 4.4}, 1.3, 0, 360), line({{8, 5.7}, {8, 12.8}}),
                 line({{5.6, 7.6}, {10.4, 7.6}}), arc_line({8, 8.6}, 4.2, 15, 165)};
    return s;
}

// A gate: two posts, a roof across them, a barrier in between.
SymbolShape border_gate() {
    auto s = on_plate();
    s.fills = {polygon({{2.6, 3.2}, {13.4, 3.2}, {13.4, 5.2}, {2.6, 5.2}}),
               polygon({{3.4, 5.2}, {5.2, 5.2}, {5.2, 12.8}, {3.4, 12.8}}),
               polygon({{10.8, 5.2}, {12.6, 5.2}, {12.6, 12.8}, {10.8, 12.8}}),
               polygon({{5.2, 8.4}, {10.8, 8.4}, {10.8, 9.8}, {5.2, 9.8}})};
    return s;
}

// A cross: treatment, counselling and other support.
SymbolShape support() {
    auto s = on_plate();
    s.fills = {polygon({{6.7, 3.4}, {9.3, 3.4}, {9.3, 12.6}, {6.7, 12.6}}),
               polygon({{3.4, 6.7}, {12.6, 6.7}, {12.6, 9.3}, {3.4, 9.3}})};
    return s;
}

// A stall under an awning.
SymbolShape market() {
    auto s = on_plate();
    s.fills = {polygon({{4.3, 3.6}, {11.7, 3.6}, {13.2, 7.2}, {2.8, 7.2}})};
    s.strokes = {line({{4.2, 7}, {4.2, 12.4}, {11.8, 12.4}, {11.8, 7}})};
    return s;
}

// A mortarboard.
SymbolShape school() {
    auto s = on_plate();
    s.fills = {polygon({{8, 3.6}, {13.6, 6.4}, {8, 9.2}, {2.4, 6.4}}),
               polygon({{4.8, 8.4}, {8, 10}, {8, 12.4}, {4.8, 10.8}}),
               polygon({{8, 10}, {11.2, 8.4}, {11.2, 10.8}, {8, 12.4}})};
    s.strokes = {line({{12.9, 6.8}, {12.9, 10.8}})};
    s.stroke_width = 1.1;
    return s;
}

// A flag on a pole: where a team sets out from.
SymbolShape team_base() {
    auto s = on_plate();
    s.fills = {polygon({{5.4, 3}, {13, 5.6}, {5.4, 8.2}})};
    s.strokes = {line({{4.8, 3}, {4.8, 13}})};
    return s;
}

SymbolShape other() {
    SymbolShape s;
    s.plate = circle({8, 8}, 6.5);
    s.fills = {circle({8, 8}, 2.4)};
    return s;
}

} // namespace

const std::vector<std::string>& symbol_kinds() {
    static const std::vector<std::string> kinds{
        "industrial_zone", "port", "border_gate", "support", "market", "school", "other"};
    return kinds;
}

const SymbolShape& symbol_shape(std::string_view kind) {
    static const std::map<std::string, SymbolShape, std::less<>> shapes{
        {"industrial_zone", industrial_zone()},
        {"port", port()},
        {"border_gate", border_gate()},
        {"support", support()},
        {"market", market()},
        {"school", school()},
        {std::string(kBaseSymbol), team_base()},
        {"other", other()}};
    const auto known = shapes.find(kind);
    return known == shapes.end() ? shapes.at("other") : known->second;
}

} // namespace diaban::map
