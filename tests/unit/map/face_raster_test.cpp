#include "map/face_raster.hpp"

#include "province.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

constexpr map::Colour kWhite{255, 255, 255};

map::Scene scene_of(const std::vector<map::Colour>& colours) {
    map::Scene scene;
    scene.vintage = test::grid_province(9, 6);
    scene.style = test::striped_style(54, colours.size());
    for (std::size_t e = 0; e < colours.size(); ++e) scene.style.entries[e].colour = colours[e];
    return scene;
}

map::Frame whole(const map::Scene& scene, double width, double height) {
    map::Frame frame;
    frame.box = {10, 20, width, height};
    frame.camera = map::fit(scene.vintage->coverage->box(), width, height, 5);
    return frame;
}

struct Rgb {
    int r, g, b;
};
Rgb at(const map::Pixels& p, std::size_t i) {
    return {static_cast<int>(p.argb[i] >> 16 & 255), static_cast<int>(p.argb[i] >> 8 & 255),
            static_cast<int>(p.argb[i] & 255)};
}

// True for pixels whose four corners, and those of the pixels around, lie inside the province.
std::vector<bool> interior(const map::Scene& scene, const map::Frame& frame,
                           const map::Pixels& pixels, base::JobContext& ctx) {
    auto black = scene;
    for (auto& e : black.style.entries) e.colour = {0, 0, 0};
    const auto mask = map::raster_faces(map::draw_faces(black, frame), 1, 0, 10000, kWhite, ctx);
    REQUIRE(mask.argb.size() == pixels.argb.size());
    std::vector<bool> in(mask.argb.size(), false);
    const auto w = static_cast<std::size_t>(mask.width);
    for (std::size_t i = w + 1; i + w + 1 < in.size(); ++i) {
        in[i] = true;
        for (const auto j :
             {i - w - 1, i - w, i - w + 1, i - 1, i, i + 1, i + w - 1, i + w, i + w + 1})
            in[i] = in[i] && (mask.argb[j] & 255) == 0;
    }
    return in;
}

} // namespace

TEST_CASE("the picture covers exactly the area of the faces") {
    base::JobContext ctx(2);
    const auto scene = scene_of({{0, 0, 0}});
    const auto frame = whole(scene, 300, 200);
    const auto pixels = map::raster_faces(map::draw_faces(scene, frame), 1, 0, 10000, kWhite, ctx);
    CHECK(pixels.x == 10);
    CHECK(pixels.y == 20);
    CHECK(pixels.width == 300);
    CHECK(pixels.height == 200);
    double ink = 0;
    for (std::size_t i = 0; i < pixels.argb.size(); ++i) ink += (255 - at(pixels, i).g) / 255.0;
    double area = 0;
    for (const auto& face : scene.vintage->coverage->faces()) area += face.area_m2;
    const double m = frame.camera.metres_per_px;
    // Each of some 900 border pixels is rounded by at most half of 1/255.
    CHECK(ink == Approx(area / (m * m)).epsilon(1e-4));
}

TEST_CASE("no background shines through between neighbours") {
    base::JobContext ctx(2);
    SECTION("of one colour: every pixel inside is exactly that colour") {
        const auto scene = scene_of({{40, 90, 160}});
        const auto frame = whole(scene, 173, 120);
        const auto pixels =
            map::raster_faces(map::draw_faces(scene, frame), 1, 0, 10000, kWhite, ctx);
        const auto in = interior(scene, frame, pixels, ctx);
        std::size_t tested = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
            if (!in[i]) continue;
            ++tested;
            REQUIRE(pixels.argb[i] == 0xFF285AA0u);
        }
        CHECK(tested > 8000);
    }
    SECTION("of two colours: every pixel inside is a mixture of the two") {
        const auto scene = scene_of({{200, 0, 0}, {0, 0, 200}});
        const auto frame = whole(scene, 173, 120);
        const auto pixels =
            map::raster_faces(map::draw_faces(scene, frame), 1, 0, 10000, kWhite, ctx);
        const auto in = interior(scene, frame, pixels, ctx);
        std::size_t mixed = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
            if (!in[i]) continue;
            const auto c = at(pixels, i);
            REQUIRE(c.g == 0);
            REQUIRE(std::abs(c.r + c.b - 200) <= 1);
            mixed += c.r > 0 && c.b > 0;
        }
        CHECK(mixed > 500); // the borders were really there
    }
}

TEST_CASE("bands, threads and a view from close by do not change a pixel") {
    const auto scene = scene_of({{200, 30, 0}, {0, 60, 200}, {20, 160, 90}});
    const auto frame = whole(scene, 240, 170);
    const auto faces = map::draw_faces(scene, frame);
    base::JobContext one(1), four(4);
    const auto all = map::raster_faces(faces, 1, 0, 10000, kWhite, one);
    CHECK(map::raster_faces(faces, 1, 0, 10000, kWhite, four).argb == all.argb);
    const auto upper = map::raster_faces(faces, 1, 0, 91, kWhite, one);
    const auto lower = map::raster_faces(faces, 1, 91, 10000, kWhite, one);
    auto joined = upper.argb;
    joined.insert(joined.end(), lower.argb.begin(), lower.argb.end());
    REQUIRE(joined.size() == all.argb.size());
    // Rows of a band start their sums elsewhere: rounding may differ by one step, no more.
    for (std::size_t i = 0; i < joined.size(); ++i) {
        REQUIRE(std::abs(int(joined[i] & 255) - int(all.argb[i] & 255)) <= 1);
        REQUIRE(std::abs(int(joined[i] >> 16 & 255) - int(all.argb[i] >> 16 & 255)) <= 1);
    }
}

TEST_CASE("a map that reaches beyond its frame is cut, not smeared") {
    base::JobContext ctx(1);
    const auto scene = scene_of({{200, 0, 0}});
    auto frame = whole(scene, 100, 80);
    frame.camera.metres_per_px /= 4;
    const auto faces = map::draw_faces(scene, frame);
    CHECK(faces.clipped);
    CHECK(faces.faces.size() < 54);
    const auto pixels = map::raster_faces(faces, 1, 0, 10000, kWhite, ctx);
    for (const auto p : pixels.argb) REQUIRE(p == 0xFFC80000u);
}

TEST_CASE("a unit that does not exist leaves the ground") {
    base::JobContext ctx(1);
    auto scene = scene_of({{200, 0, 0}});
    scene.style.entries[0].outline_only = true;
    const auto frame = whole(scene, 60, 40);
    for (const auto p :
         map::raster_faces(map::draw_faces(scene, frame), 1, 0, 10000, kWhite, ctx).argb)
        REQUIRE(p == 0xFFFFFFFFu);
}

TEST_CASE("where units overlap, the smaller one is painted on top, in its own colour") {
    // Two squares: the second lies wholly in the first; a third crosses the edge of the first.
    const auto square = [](geo::PolygonSoup& soup, double x, double y, double side) {
        soup.points.insert(soup.points.end(),
                           {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}});
        soup.end_ring();
        soup.end_face();
    };
    const bool large_first = GENERATE(true, false);
    geo::PolygonSoup soup;
    if (large_first) square(soup, 0, 0, 1000);
    square(soup, 300, 300, 200);
    square(soup, 900, 100, 400);
    if (!large_first) square(soup, 0, 0, 1000);
    base::JobContext ctx(1);
    auto vintage = std::make_shared<data::Vintage>();
    vintage->coverage = geo::build_coverage(soup, {}, ctx).coverage;
    const std::size_t large = large_first ? 0 : 2, small = large_first ? 1 : 0,
                      crossing = large_first ? 2 : 1;
    map::Scene scene;
    scene.vintage = vintage;
    scene.style = test::striped_style(3, 3);
    scene.style.entries[large].colour = {10, 200, 30};
    scene.style.entries[small].colour = {200, 20, 40};
    scene.style.entries[crossing].colour = {30, 40, 210};
    map::Frame frame;
    frame.box = {0, 0, 130, 100};
    frame.camera.centre = {650, 500};
    frame.camera.metres_per_px = 10;
    auto faces = map::draw_faces(scene, frame);
    faces.contested = map::contested_faces(faces, ctx);
    CHECK(faces.contested == std::vector<geo::FaceId>{static_cast<geo::FaceId>(large),
                                                      static_cast<geo::FaceId>(crossing),
                                                      static_cast<geo::FaceId>(small)});
    const auto pixels = map::raster_faces(faces, 2, 0, 10000, kWhite, ctx);
    // Away from edges every pixel has one of the four colours.
    const auto colour_at = [&](double x_m, double y_m) {
        const auto p = frame.to_page({x_m, y_m});
        const auto c =
            at(pixels, static_cast<std::size_t>(p.y * 2) * 260 + static_cast<std::size_t>(p.x * 2));
        return std::array{c.r, c.g, c.b};
    };
    CHECK(colour_at(100, 100) == std::array{10, 200, 30});
    CHECK(colour_at(400, 400) == std::array{200, 20, 40});
    CHECK(colour_at(950, 300) == std::array{30, 40, 210});
    CHECK(colour_at(1200, 300) == std::array{30, 40, 210});
    CHECK(colour_at(1200, 900) == std::array{255, 255, 255});
}

TEST_CASE("nothing is contested where units fit") {
    base::JobContext ctx(1);
    const auto scene = scene_of({{200, 30, 0}, {0, 60, 200}});
    CHECK(map::contested_faces(map::draw_faces(scene, whole(scene, 300, 200)), ctx).empty());
}
