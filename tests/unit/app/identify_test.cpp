// What lies at a spot: places by their point or their area, and lines by how near they pass.
#include "app/identify.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

std::vector<geo::Point> ring(double x, double y, double side) {
    return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
}

} // namespace

TEST_CASE("places at a spot: the nearest first, areas from within, hidden kinds not at all") {
    data::PlaceLayer points, areas;
    points.places = {{.kind = "port", .name = "far", .code = {}, .rings = {}, .at = {40, 0}},
                     {.kind = "port", .name = "near", .code = {}, .rings = {}, .at = {3, 4}},
                     {.kind = "market", .name = "hidden", .code = {}, .rings = {}, .at = {1, 0}},
                     {.kind = "port", .name = "beyond", .code = {}, .rings = {}, .at = {51, 0}}};
    // Its point is far away, its area is not; the other has a hole where the spot is.
    areas.places = {{.kind = "zone",
                     .name = "around",
                     .code = {},
                     .rings = {ring(-10, -10, 900)},
                     .at = {440, 440}},
                    {.kind = "zone",
                     .name = "hole",
                     .code = {},
                     .rings = {ring(-100, -100, 900), ring(-5, -5, 20)},
                     .at = {440, 440}}};
    const std::vector<data::PlaceLayer> layers{points, areas};
    const auto found = app::places_at(layers, {"market"}, {0, 0}, 50, {});
    REQUIRE(found.size() == 3);
    CHECK(layers[found[0].layer].places[found[0].place].name == "around");
    CHECK(found[0].distance_m == 0);
    CHECK(layers[found[1].layer].places[found[1].place].name == "near");
    CHECK(found[1].distance_m == 5);
    CHECK(layers[found[2].layer].places[found[2].place].name == "far");
}

TEST_CASE("a line among the places is at a spot where it passes, not where its ring would be") {
    data::PlaceLayer layer;
    layer.places = {{.kind = "road",
                     .name = "round",
                     .code = {},
                     .rings = {ring(-30, -40, 900)},
                     .at = {500, 500}}};
    layer.places.front().line = true;
    const auto found = [&](geo::Point at) { return app::places_at({&layer, 1}, {}, at, 50, {}); };
    REQUIRE(found({0, 0}).size() == 1);
    CHECK(found({0, 0}).front().distance_m == 40); // its lower side; the left one is not drawn
    CHECK(found({-100, 430}).empty());
    CHECK(found({500, 500}).empty());
    const auto en = app::Language::load("en"), vi = app::Language::load("vi");
    const std::vector<data::Attribute> said{{"Dài", "12.5", true}, {"Chủ quản", "a.b", false}};
    CHECK(app::attribute_words(said, *en) == "Dài: 12.5; Chủ quản: a.b");
    CHECK(app::attribute_words(said, *vi, 1) == "Dài: 12,5; …");
    CHECK(app::attribute_words({}, *en).empty());
}

TEST_CASE("places at a spot are those of the period asked about, half-years too") {
    data::PlaceLayer layer;
    layer.places = {{.kind = "port",
                     .name = "dated",
                     .code = {},
                     .rings = {},
                     .at = {1, 0},
                     .from = {2011, 7, 1},
                     .until = {2020, 1, 1}},
                    {.kind = "port", .name = "always", .code = {}, .rings = {}, .at = {2, 0}}};
    const auto count = [&](data::Period period) {
        return app::places_at({&layer, 1}, {}, {0, 0}, 50, period).size();
    };
    CHECK(count({}) == 2);
    CHECK(count({2010, 0}) == 1);
    CHECK(count({2011, 0}) == 2);
    CHECK(count({2011, 1}) == 1);
    CHECK(count({2011, 2}) == 2);
    CHECK(count({2019, 0}) == 2);
    CHECK(count({2020, 0}) == 1);
}

TEST_CASE("a line passes a spot between its points, not beyond its end") {
    map::LineSet set;
    set.lines = {{{-100, 8}, {100, 8}}};
    geo::Box box;
    for (const auto& p : set.lines.front()) box.add(p);
    set.boxes = {box};
    using Sets = std::vector<std::shared_ptr<const map::LineSet>>;
    const Sets one{std::make_shared<map::LineSet>(set)};
    CHECK(app::lines_at(one, {0, 0}, 8).size() == 1);
    CHECK(app::lines_at(one, {0, 0}, 7.9).empty());
    CHECK(app::lines_at(one, {109, 8}, 8).empty());
    CHECK(app::lines_at(one, {107, 8}, 8).size() == 1);
    CHECK(app::lines_at(Sets{std::make_shared<map::LineSet>()}, {0, 0}, 1e6).empty());
}

TEST_CASE("of every layer the nearest line, the nearest layer first, none that is hidden") {
    const auto layer = [](std::vector<std::vector<geo::Point>> lines) {
        map::LineSet set;
        for (const auto& line : lines) {
            geo::Box box;
            for (const auto& p : line) box.add(p);
            set.boxes.push_back(box);
        }
        set.lines = std::move(lines);
        return std::make_shared<const map::LineSet>(std::move(set));
    };
    // 30 and 40 to the side and up: 50 away; beyond it a line at 80, first in its layer.
    const std::vector<std::shared_ptr<const map::LineSet>> layers{
        layer({{{0, 80}, {1, 80}}, {{30, 40}, {300, 400}}}), nullptr,
        layer({{{-5, -20}, {5, -20}}})};
    const auto found = app::lines_at(layers, {0, 0}, 100);
    REQUIRE(found.size() == 2);
    CHECK(found[0].layer == 2);
    CHECK(found[0].distance_m == Approx(20));
    CHECK(found[1].layer == 0);
    CHECK(found[1].distance_m == Approx(50));
    CHECK(app::lines_at(layers, {0, 0}, 49).size() == 1);
}
