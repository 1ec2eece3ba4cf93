// Names along lines: on a course that is known, read from the left, clear of each other.
#include "map/line_labels.hpp"

#include "map/text_path.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

using namespace diaban;
using geo::Point;

namespace {

constexpr double kPageSide = 600, kEm = 12;
// A page unit is a metre; y of the map is upwards.
const map::Frame kFlat{{20, 30, kPageSide, kPageSide}, {{0, 0}, 1}, 0.1};

const map::Typesetter& letters() {
    static const map::Typesetter font(map::find_font_family());
    return font;
}

struct Named {
    std::string name;
    std::vector<Point> line; // of the map
};

map::Overlay layer_of(const std::vector<Named>& lines, bool areas = false) {
    auto set = std::make_shared<map::LineSet>();
    for (const auto& [name, line] : lines) {
        geo::Box box;
        for (const auto& p : line) box.add(p);
        set->lines.push_back(line);
        set->boxes.push_back(box);
        set->names.push_back(name);
        set->bounds_area.push_back(areas);
    }
    return {"Sông", map::Colour{0x1F, 0x78, 0xB4}, 2, std::move(set)};
}

std::vector<map::LineLabel> names_of(const std::vector<Named>& lines,
                                     const std::vector<geo::Box>& blocked = {}) {
    return map::place_line_labels({layer_of(lines)}, kFlat, {kEm, 1}, letters(), blocked);
}

// y over x, from the left to the right.
std::vector<Point> curve(double (*y)(double), double from = -250, double to = 250) {
    std::vector<Point> out;
    for (double x = from; x <= to; x += 2) out.push_back({x, y(x)});
    return out;
}
double waves(double x) {
    return 50 * std::sin(x / 80);
}

double distance_to(Point p, const std::vector<Point>& line) {
    double best = 1e9;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const auto a = line[i - 1], b = line[i];
        const double dx = b.x - a.x, dy = b.y - a.y, all = dx * dx + dy * dy;
        const double t =
            all > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / all, 0.0, 1.0) : 0;
        best = std::min(best, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
    }
    return best;
}

std::vector<Point> on_page(const std::vector<Point>& line) {
    std::vector<Point> out;
    for (const auto& p : line) out.push_back(kFlat.to_page(p));
    return out;
}

std::vector<map::Stand> stands_of(const map::LineLabel& label) {
    return map::stands_along(label.path, letters().line_of(label.text).advances);
}

// Each letter as the four corners of its ink, turned as it is.
using Corners = std::array<Point, 4>;
std::vector<Corners> letters_of(const map::LineLabel& label) {
    const auto line = letters().line_of(label.text);
    std::vector<Corners> out;
    const auto stands = stands_of(label);
    for (std::size_t k = 0; k < stands.size(); ++k) {
        const double c = std::cos(stands[k].angle), s = std::sin(stands[k].angle);
        const auto corner = [&](double x, double y) {
            return Point{stands[k].at.x + c * x - s * y, stands[k].at.y + s * x + c * y};
        };
        out.push_back({corner(0, -line.above), corner(line.advances[k], -line.above),
                       corner(line.advances[k], line.below), corner(0, line.below)});
    }
    return out;
}

// Two convex shapes are apart if a side of one has all of the other beyond it.
bool apart(const Corners& a, const Corners& b) {
    const auto side_parts = [](const Corners& of, const Corners& other) {
        for (std::size_t i = 0; i < 4; ++i) {
            const auto p = of[i], q = of[(i + 1) % 4];
            if (std::all_of(other.begin(), other.end(), [&](Point r) {
                    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) < 0;
                }))
                return true;
        }
        return false;
    };
    return side_parts(a, b) || side_parts(b, a);
}

} // namespace

TEST_CASE("letters stand on a circle by their advances, and straight on beyond its end") {
    constexpr double kRadius = 100;
    std::vector<Point> path;
    for (int i = 0; i <= 180; ++i) {
        const double a = std::numbers::pi * (1 + i / 180.0); // over the top, y is downwards
        path.push_back({kRadius * std::cos(a), kRadius * std::sin(a)});
    }
    const std::vector<double> advances{10, 4, 8, 0, 12};
    const auto stands = map::stands_along(path, advances);
    REQUIRE(stands.size() == advances.size());
    double pen = 0;
    for (std::size_t k = 0; k < stands.size(); ++k) {
        // The middle of an arc turns as the tangent there.
        const double turned = (pen + advances[k] / 2) / kRadius;
        if (advances[k] > 0)
            CHECK(stands[k].angle == Approx(-std::numbers::pi / 2 + turned).margin(0.01));
        const double sagitta = advances[k] * advances[k] / 8 / kRadius;
        CHECK(std::abs(std::hypot(stands[k].at.x, stands[k].at.y) - kRadius) < sagitta + 0.02);
        pen += advances[k];
    }
    const std::vector<Point> level{{0, 5}, {3, 5}};
    const std::vector<double> three{2, 2, 2};
    const auto straight = map::stands_along(level, three);
    CHECK(straight[2].at.x == Approx(4));
    CHECK(straight[2].at.y == Approx(5));
    CHECK(straight[2].angle == 0);
}

TEST_CASE("a letter with its marks is one, however it is written") {
    // Composed and in parts, as keyboards of two makers give it.
    const auto whole = letters().line_of({"Sông Vàm Cỏ Đông", kEm});
    const auto parts = letters().line_of({"So\xCC\x82ng Va\xCC\x80m Co\xCC\x89 Đo\xCC\x82ng", kEm});
    CHECK(whole.advances.size() == 16);
    CHECK(parts.advances.size() == 16);
    double width = 0;
    for (const double advance : whole.advances) width += advance;
    CHECK(width == Approx(letters().measure({"Sông Vàm Cỏ Đông", kEm}).width).epsilon(0.001));
    CHECK(whole.above > 0.6 * kEm); // "ô" of a capital's height
    CHECK(whole.below > 0.1 * kEm); // "g"
}

TEST_CASE("a name follows its river beside it, from the left to the right") {
    const auto river = curve(waves);
    for (const bool downstream : {true, false}) {
        auto line = river;
        if (!downstream) std::reverse(line.begin(), line.end());
        const auto labels = names_of({{"Sông Vàm Cỏ Đông", line}});
        REQUIRE(labels.size() == 1);
        const auto& label = labels.front();
        const auto text = letters().line_of(label.text);
        double width = 0;
        for (const double advance : text.advances) width += advance;
        CHECK(map::path_length(label.path) == Approx(width).epsilon(0.001));
        const auto course = on_page(river);
        const auto stands = stands_of(label);
        double nearest = 1e9, farthest = 0, bent = 0;
        for (std::size_t k = 0; k < stands.size(); ++k) {
            const double away = distance_to(stands[k].at, course);
            nearest = std::min(nearest, away), farthest = std::max(farthest, away);
            if (k == 0) continue;
            CHECK(stands[k].at.x > stands[k - 1].at.x);
            bent += std::abs(stands[k].angle - stands[k - 1].angle);
        }
        CHECK(nearest > 1);        // the line is two units wide
        CHECK(farthest < 2 * kEm); // nobody asks whose name it is
        CHECK(bent > 0.05);        // it is bent
        for (const auto& corners : letters_of(label))
            for (const auto& corner : corners) CHECK(distance_to(corner, course) > 1);
    }
    // The same lines, the same places.
    const auto once = names_of({{"Sông Vàm Cỏ Đông", river}});
    const auto again = names_of({{"Sông Vàm Cỏ Đông", river}});
    CHECK(once.front().path == again.front().path);
}

TEST_CASE("along a straight line a name is straight, along an upright one it is read upwards") {
    const auto level = names_of({{"Kênh Vĩnh Tế", {{-200, 0}, {200, 0}}}});
    REQUIRE(level.size() == 1);
    for (const auto& stand : stands_of(level.front())) {
        CHECK(stand.angle == Approx(0).margin(1e-9));
        CHECK(stand.at.y < kFlat.to_page({0, 0}).y); // above it
    }
    for (const bool north : {true, false}) {
        std::vector<Point> line{{0, -200}, {0, 200}};
        if (north) std::swap(line[0], line[1]);
        const auto upright = names_of({{"Kênh Vĩnh Tế", line}});
        REQUIRE(upright.size() == 1);
        for (const auto& stand : stands_of(upright.front()))
            CHECK(stand.angle == Approx(-std::numbers::pi / 2).margin(1e-6));
    }
}

TEST_CASE("what is too short or too crooked has no name") {
    CHECK(names_of({{"Sông Vàm Cỏ Đông", {{0, 0}, {40, 0}}}}).empty());
    // A hairpin whose arms are shorter than the name.
    std::vector<Point> hairpin;
    for (double x = 0; x <= 60; x += 2) hairpin.push_back({x, 0});
    for (double x = 60; x >= 0; x -= 2) hairpin.push_back({x, 14});
    CHECK(names_of({{"Sông Vàm Cỏ Đông", hairpin}}).empty());
    // A road up a mountain.
    std::vector<Point> pass;
    for (int i = 0; i < 12; ++i) pass.push_back({i % 2 ? 60.0 : 0.0, i * 30.0});
    CHECK(names_of({{"Đường đèo Hải Vân", pass}}).empty());
    CHECK(names_of({{"", curve(waves)}}).empty());
    // Beyond the frame nobody sees it.
    CHECK(names_of({{"Sông Hậu", {{1000, 0}, {1500, 0}}}}).empty());
}

TEST_CASE("names of lines touch neither each other nor what is written, nor leave the frame") {
    std::vector<Named> lines;
    for (int i = 0; i < 14; ++i) { // a net of rivers that cross each other
        const double at = -260 + 40.0 * i;
        lines.push_back({"Sông số " + std::to_string(i), {{at, -290}, {at + 60, 0}, {at, 290}}});
        lines.push_back({"Đường số " + std::to_string(i), {{-320, at}, {0, at + 30}, {320, at}}});
    }
    const std::vector<geo::Box> blocked{{200, 200, 420, 400}};
    const auto labels = names_of(lines, blocked);
    CHECK(labels.size() > 10);
    std::vector<std::vector<Corners>> all;
    for (const auto& label : labels) all.push_back(letters_of(label));
    const Corners written{Point{220, 230}, {440, 230}, {440, 430}, {220, 430}};
    bool clear = true, inside = true;
    for (std::size_t a = 0; a < all.size(); ++a)
        for (const auto& one : all[a]) {
            clear = clear && apart(one, written);
            for (const auto& corner : one)
                inside = inside && corner.x >= 20 && corner.x <= 620 && corner.y >= 30 &&
                         corner.y <= 630;
            for (std::size_t b = 0; b < a; ++b)
                for (const auto& other : all[b]) clear = clear && apart(one, other);
        }
    CHECK(clear);
    CHECK(inside);
}

TEST_CASE("a name stands beside a line that crosses its own, if there is room") {
    const auto labels =
        names_of({{"Kênh Vĩnh Tế", {{-250, 0}, {250, 0}}}, {"Quốc lộ 91", {{0, -200}, {0, 200}}}});
    REQUIRE(labels.size() == 2);
    for (const auto& label : labels) {
        const bool canal = label.text.string == "Kênh Vĩnh Tế";
        bool before = false, after = false; // the other line
        for (const auto& letter : letters_of(label))
            for (const auto& corner : letter) {
                const auto crossing = kFlat.to_page({0, 0});
                const double off = canal ? corner.x - crossing.x : corner.y - crossing.y;
                before = before || off < 0;
                after = after || off > 0;
            }
        CHECK(before != after);
    }
}

TEST_CASE("pieces of one river are one line, and a long one says its name again") {
    const std::vector<Named> halves{{"Sông Hậu", {{-40, 0}, {0, 0}}},
                                    {"Sông Hậu", {{40, 0}, {0, 0}}}};
    CHECK(names_of(halves).size() == 1);
    auto others = halves;
    others[1].name = "Sông Tiền";
    CHECK(names_of(others).empty()); // neither is long enough
    const auto longer = map::place_line_labels({layer_of({{"Sông Hậu", {{-290, 0}, {290, 0}}}})},
                                               kFlat, {8, 1}, letters(), {});
    REQUIRE(longer.size() >= 2);
    CHECK(std::abs(longer[0].path.front().x - longer[1].path.front().x) > 200);
}

TEST_CASE("lakes have their names inside, and letters are dark enough to read") {
    const auto lake =
        layer_of({{"Hồ Dầu Tiếng", {{-100, -50}, {100, -50}, {100, 50}, {-100, 50}, {-100, -50}}},
                  {"Đảo", {{-10, -10}, {-10, 10}, {10, 10}, {10, -10}, {-10, -10}}}}, // a hole
                 true);
    const auto names = map::area_name_candidates({lake}, kFlat, kEm);
    REQUIRE(names.size() == 1);
    CHECK(names[0].text == "Hồ Dầu Tiếng");
    CHECK(std::abs(names[0].at.x) < 100);
    CHECK(std::abs(names[0].at.y) < 50);
    CHECK(map::place_line_labels({lake}, kFlat, {kEm, 1}, letters(), {}).empty());
    CHECK(map::name_colour({0x10, 0x20, 0x60}) == map::Colour{0x10, 0x20, 0x60});
    const auto white = map::name_colour({255, 255, 255});
    CHECK(white.r == white.b);
    CHECK(white.r < 0x80); // #767676 is the lightest grey that WCAG takes
    CHECK(white.r > 0x60);
}
