// Flat drawings in SVG files.
#include "files/svg.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

using namespace diaban;
using files::read_svg;

namespace {

std::string drawing(const std::string& inside) {
    return R"svg(<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">)svg" +
           inside + "</svg>";
}

// By the formula of the shoelace; holes count against it.
double area(const files::SvgShape& shape) {
    double sum = 0;
    for (std::size_t r = 0; r < shape.starts.size(); ++r) {
        const std::size_t end =
            r + 1 < shape.starts.size() ? shape.starts[r + 1] : shape.points.size();
        for (std::size_t i = shape.starts[r]; i < end; ++i) {
            const auto& a = shape.points[i];
            const auto& b = shape.points[i + 1 < end ? i + 1 : shape.starts[r]];
            sum += a.x * b.y - b.x * a.y;
        }
    }
    return std::fabs(sum / 2);
}

} // namespace

TEST_CASE("a flag of shapes is read in its order, place and colours") {
    const auto flag = read_svg(drawing(
        R"svg(<title>cờ</title><rect width="30" height="20" fill="#da251d"/>
           <g fill="#ff0" transform="translate(15 10) scale(2)">
             <polygon points="0,-3 .7,-.9 2.9,-.9 1.1,.4 1.8,2.4 0,1.2 -1.8,2.4 -1.1,.4 -2.9,-.9 -.7,-.9"/>
           </g>)svg"));
    REQUIRE(flag);
    CHECK(flag->width == 30);
    CHECK(flag->height == 20);
    REQUIRE(flag->shapes.size() == 2);
    CHECK(flag->shapes[0].rgba == std::array<std::uint8_t, 4>{0xDA, 0x25, 0x1D, 255});
    CHECK(area(flag->shapes[0]) == Approx(600));
    CHECK(flag->shapes[1].rgba == std::array<std::uint8_t, 4>{255, 255, 0, 255});
    CHECK(flag->shapes[1].points[0].x == Approx(15));
    CHECK(flag->shapes[1].points[0].y == Approx(4)); // 10 - 2 * 3
}

TEST_CASE("curves and arcs have the areas of what they draw") {
    const auto area_of = [](const std::string& d) {
        const auto read = read_svg(drawing("<path d=\"" + d + "\"/>"));
        REQUIRE(read);
        REQUIRE(read->shapes.size() == 1);
        return area(read->shapes[0]);
    };
    const double pi = std::acos(-1.0);
    CHECK(area_of("M0 0h10v10H0z") == Approx(100));
    CHECK(area_of("m0,0 10,0 0,10 -10,0z") == Approx(100));   // pairs that follow are lines
    CHECK(area_of("M0 0H10V10H0zM2 2v6h6V2z") == Approx(64)); // a hole turns the other way
    CHECK(area_of("M5 10a5 5 0 1 1 10 0a5 5 0 1 1-10 0z") == Approx(pi * 25).epsilon(0.01));
    CHECK(area_of("M5 10A5 5 0 0 1 15 10z") == Approx(pi * 12.5).epsilon(0.01));
    CHECK(area_of("M0 0Q5 10 10 0z") == Approx(100.0 / 3).epsilon(0.01)); // 2/3 of base x half
    CHECK(area_of("M0 0C0 10 10 10 10 0z") == Approx(60).epsilon(0.01));  // 3/5 of the box
    const auto round = read_svg(drawing(R"svg(<circle cx="10" cy="10" r="4"/>
                                           <ellipse cx="10" cy="10" rx="4" ry="2"/>)svg"));
    REQUIRE(round);
    CHECK(area(round->shapes[0]) == Approx(pi * 16).epsilon(0.01));
    CHECK(area(round->shapes[1]) == Approx(pi * 8).epsilon(0.01));
}

TEST_CASE("lines keep their width, and opacity its share") {
    const auto read = read_svg(drawing(
        R"svg(<g transform="scale(3)"><line x1="0" y1="0" x2="5" y2="0" stroke="black" stroke-width="2"/></g>
           <path d="M0 0h5v5z" style="fill:#123456; fill-opacity: 0.5; stroke:none"/>)svg"));
    REQUIRE(read);
    REQUIRE(read->shapes.size() == 2);
    CHECK(read->shapes[0].stroke_width == Approx(6));
    CHECK_FALSE(read->shapes[0].closed);
    CHECK(read->shapes[1].rgba[3] == 128);
}

TEST_CASE("what would not be drawn truly is refused") {
    for (const auto* inside :
         {"<text x=\"1\" y=\"1\">a</text>", "<image href=\"a.png\"/>", "<use href=\"#a\"/>",
          "<style>.a{fill:red}</style>", "<rect width=\"1\" height=\"1\" fill=\"url(#a)\"/>",
          "<rect width=\"1\" height=\"1\" rx=\"1\"/>", "<path d=\"M0 0 1\"/>", "<path d=\"L1 1\"/>",
          "<path d=\"M0 0 X\"/>", "<path d=\"M0 0 1e99 0\"/>",
          "<path fill-rule=\"evenodd\" d=\"M0 0H9V9zM1 1H2V2z\"/>",
          "<g opacity=\".5\"><rect width=\"1\" height=\"1\"/></g>",
          "<rect width=\"1\" height=\"1\" clip-path=\"url(#a)\"/>", "<g>"}) {
        INFO(inside);
        CHECK_FALSE(read_svg(drawing(inside)));
    }
    CHECK_FALSE(read_svg(""));
    CHECK_FALSE(read_svg("<html/>"));
    CHECK_FALSE(read_svg("<svg/>"));
    CHECK_FALSE(read_svg("\x89PNG"));
    CHECK(read_svg(drawing("")));
}
