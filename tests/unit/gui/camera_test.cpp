#include "gui/camera.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::gui;

namespace {
const Viewport kView{800, 600};
const geo::Box kWorld{0, 0, 100000, 80000};
const map::Camera kCamera{{50000, 40000}, 100};
} // namespace

TEST_CASE("screen and map are inverse, and north is up") {
    const geo::Point p = to_map(kCamera, kView, {0, 0});
    CHECK(p.x == Approx(50000 - 400 * 100));
    CHECK(p.y == Approx(40000 + 300 * 100));
    const geo::Point back = to_screen(kCamera, kView, p);
    CHECK(back.x == Approx(0).margin(1e-9));
    CHECK(back.y == Approx(0).margin(1e-9));
    CHECK(to_screen(kCamera, kView, {50000, 41000}).y < 300);
}

TEST_CASE("zooming keeps the map point under the cursor") {
    for (const geo::Point cursor :
         {geo::Point{400, 300}, geo::Point{120, 470}, geo::Point{700, 90}})
        for (const double factor : {1.3, 0.8, 4.0}) {
            const geo::Point before = to_map(kCamera, kView, cursor);
            const map::Camera next = zoomed(kCamera, kView, cursor, factor, kWorld);
            const geo::Point after = to_map(next, kView, cursor);
            CHECK(next.metres_per_px == Approx(100 / factor));
            CHECK(after.x == Approx(before.x));
            CHECK(after.y == Approx(before.y));
        }
}

TEST_CASE("a pan moves the map with the mouse") {
    const map::Camera next = panned(kCamera, 10, -20);
    const geo::Point spot{52000, 39000};
    const geo::Point before = to_screen(kCamera, kView, spot), after = to_screen(next, kView, spot);
    CHECK(after.x - before.x == Approx(10));
    CHECK(after.y - before.y == Approx(-20));
}

TEST_CASE("the camera cannot get lost") {
    map::Camera far = limited({{1e9, -1e9}, 1e9}, kView, kWorld);
    CHECK(far.centre.x == kWorld.max_x);
    CHECK(far.centre.y == kWorld.min_y);
    CHECK(far.metres_per_px < 2000);
    CHECK(limited({{0, 0}, 1e-9}, kView, kWorld).metres_per_px == Approx(0.05));
}

TEST_CASE("a flight begins and ends where it should and changes scale evenly") {
    const map::Camera to{{10000, 20000}, 1};
    CHECK(between(kCamera, to, 0).metres_per_px == Approx(100));
    CHECK(between(kCamera, to, 0).centre == kCamera.centre);
    CHECK(between(kCamera, to, 1).centre == to.centre);
    CHECK(between(kCamera, to, 0.5).metres_per_px == Approx(10)); // the geometric mean
}

TEST_CASE("the scale bar is the longest 1, 2 or 5 that fits") {
    CHECK(scale_bar_m(100, 130) == 10000);
    CHECK(scale_bar_m(50, 130) == 5000);
    CHECK(scale_bar_m(20, 130) == 2000);
    CHECK(scale_bar_m(1, 130) == 100);
    CHECK(scale_bar_m(0, 130) == 0);
}
