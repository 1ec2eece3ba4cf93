// Nearness on drawn units, in a plane of metres: rules, rings, buffers, and what is refused.
#include "app/commands/near.hpp"

#include "app/commands/map_preview.hpp"
#include "app/ground_ring.hpp"
#include "support/coverage_from.hpp"
#include "support/errors.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;

namespace {

// Four units of a kilometre in a row, with places: ports at kilometres 0.5 and 10, a zone over the
// right half of the third.
app::Dataset row_of_four() {
    app::Dataset out;
    out.vintage = test::vintage_from("ABCD", 4);
    out.cube = std::make_shared<data::IndicatorCube>();
    data::PlaceLayer layer{"dia_diem.csv", {}};
    const auto port = [&](const char* name, double x) {
        layer.places.push_back({"port", name, "", {{{x, 500}}}, {x, 500}});
    };
    port("Cảng Gần", 500);
    port("Cảng Xa", 10'000);
    layer.places.push_back({"industrial_zone",
                            "KCN",
                            "",
                            {{{2500, 0}, {3000, 0}, {3000, 1000}, {2500, 1000}}},
                            {2750, 500}});
    out.places.push_back(std::move(layer));
    return out;
}

app::NearReport near_in(const app::Dataset& dataset, const app::NearRequest& request) {
    base::JobContext ctx(2);
    return app::run(request, dataset, *app::Language::load("en"), ctx);
}

std::string codes_of(const app::NearReport& report) {
    std::string out;
    for (const auto& unit : report.units) out += report.codes[unit.unit];
    return out;
}

std::string refused(const app::Dataset& dataset, const app::NearRequest& request) {
    return test::thrown_key([&] { near_in(dataset, request); });
}

double ring_area_of(const map::Overlay& overlay) {
    double out = 0;
    for (const auto& line : overlay.set->lines)
        for (std::size_t i = 1; i < line.size(); ++i)
            out += (line[i - 1].x * line[i].y - line[i].x * line[i - 1].y) / 2;
    return std::abs(out);
}

} // namespace

TEST_CASE("near by edge, by centre and by share, nearest first, with what a tenth would change") {
    const auto dataset = row_of_four();
    app::NearRequest request{.kinds = {"port"}, .within_m = 1500};
    const auto edge = near_in(dataset, request);
    CHECK(codes_of(edge) == "ABC"); // 0, 500 and 1,500 metres: the limit belongs to it
    CHECK(edge.units[1].places.front().distance_m == 500);
    CHECK(edge.at_more.empty());
    CHECK(edge.at_less == std::vector<std::size_t>{2});
    request.within_m = 1400;
    CHECK(near_in(dataset, request).at_more == std::vector<std::size_t>{2}); // 1,540 metres
    request.farther = true;
    CHECK(codes_of(near_in(dataset, request)) == "DC");
    // From the middles it is half a kilometre farther, up to where the point inside lies.
    request = {.kinds = {"port"}, .within_m = 1200, .rule = app::NearRule::Centroid};
    CHECK(codes_of(near_in(dataset, request)) == "AB");
    request = {.kinds = {"industrial_zone"},
               .within_m = 250,
               .rule = app::NearRule::AreaShare,
               .share = 0.7};
    const auto share = near_in(dataset, request);
    CHECK(codes_of(share) == "C"); // three quarters of it; of D a quarter
    CHECK(share.units[0].share.value() == Approx(0.75).epsilon(2e-3));
    // All kinds at once: each unit names the nearest of any.
    const auto all = near_in(dataset, {.within_m = 400});
    CHECK(codes_of(all) == "ACD");
    CHECK(all.targets[all.units[1].places.front().place].name == "KCN");
}

TEST_CASE("rings count from the nearest place outwards, and the map has a row for each") {
    const auto dataset = row_of_four();
    const app::NearRequest request{
        .kinds = {"port"}, .within_m = 2000, .rings_m = {400, 1000, 2000}};
    auto report = near_in(dataset, request);
    CHECK(codes_of(report) == "ABC");
    CHECK(report.units[0].ring == 0);
    CHECK(report.units[1].ring == 1);
    CHECK(report.units[2].ring == 2);
    // People read which ring a unit lies in, as the legend says it.
    const auto en = app::Language::load("en");
    CHECK(app::near_words(report, report.units[0], *en).ends_with("(within 0.4 km)"));
    CHECK(app::near_words(report, report.units[2], *en).ends_with("(over 1 to 2 km)"));
    const auto text = app::to_text(report, *en);
    CHECK(text.find("(over 0.4 to 1 km)") != std::string::npos);
    CHECK(text.find("(over 1 to 2 km)") != std::string::npos);
    CHECK(app::to_text(near_in(dataset, {.kinds = {"port"}, .within_m = 2000}), *en)
              .find("(within") == std::string::npos);
    const auto& entries = report.map.style.entries;
    REQUIRE(entries.size() == 4); // three rings and the rest
    for (const auto& entry : entries) CHECK(entry.count == 1);
    base::JobContext ctx(1);
    const auto rings = app::near_buffers(report, dataset, *en, ctx);
    REQUIRE(rings.size() == 3);
    // Two ports that are far apart: two circles each.
    constexpr double kPi = 3.14159265358979323846;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        CHECK(rings[i].set->lines.size() == 2);
        const double radius = request.rings_m[i];
        CHECK(ring_area_of(rings[i]) == Approx(2 * kPi * radius * radius).epsilon(3e-3));
    }
}

TEST_CASE("people read all the nearest few places, the nearest first") {
    const auto dataset = row_of_four();
    const auto en = app::Language::load("en");
    auto report = near_in(dataset, {.within_m = 2500, .nearest = 2});
    REQUIRE(codes_of(report).front() == 'A');
    CHECK(app::near_words(report, report.units[0], *en) == "0 m – Cảng Gần; 1.50 km – KCN");
    CHECK(app::to_text(report, *en).find("0 m – Cảng Gần; 1.50 km – KCN") != std::string::npos);
    // The ring is of the nearest.
    report = near_in(dataset, {.within_m = 2500, .nearest = 2, .rings_m = {400, 2500}});
    CHECK(app::near_words(report, report.units[0], *en) ==
          "0 m – Cảng Gần (within 0.4 km); 1.50 km – KCN");
    report = near_in(dataset, {.within_m = 2500});
    CHECK(app::near_words(report, report.units[0], *en) == "0 m – Cảng Gần");
}

TEST_CASE("too many places are measured to all the same, but no buffers are drawn") {
    auto dataset = row_of_four();
    auto& places = dataset.places.front().places;
    for (int i = 0; i < 5000; ++i)
        places.push_back({"market", "", "", {{{50'000.0 + i, 0}}}, {50'000.0 + i, 0}});
    auto report = near_in(dataset, {.within_m = 1000});
    CHECK(codes_of(report) == "ACDB"); // the first three at no distance, in the order of rows
    base::JobContext ctx(1);
    const auto lines = report.map.lines.size();
    CHECK(app::near_buffers(report, dataset, *app::Language::load("en"), ctx).empty());
    CHECK(report.map.lines.size() == lines + 1);
}

TEST_CASE("what nearness cannot be asked is refused with a reason") {
    const auto dataset = row_of_four();
    using app::NearRule;
    CHECK(refused(dataset, {.kinds = {"airport"}}) == "error.near.no_kind");
    CHECK(refused(dataset, {.kinds = {"coast"}}) == "error.near.no_outline_given");
    CHECK(refused(dataset, {.within_m = -1}) == "error.near.distance");
    CHECK(refused(dataset, {.within_m = std::nan("")}) == "error.near.distance");
    CHECK(refused(dataset, {.within_m = 0, .farther = true}) == "error.near.distance_zero");
    CHECK(refused(dataset, {.within_m = 5, .rings_m = {5, 2}}) == "error.near.rings");
    CHECK(refused(dataset, {.within_m = 9, .rings_m = {2, 5}}) == "error.near.rings");
    CHECK(refused(dataset, {.within_m = 5, .farther = true, .rings_m = {5}}) ==
          "error.near.rings_farther");
    CHECK(refused(dataset, {.farther = true, .rule = NearRule::AreaShare}) ==
          "error.near.share_farther");
    CHECK(refused(dataset, {.rule = NearRule::AreaShare, .share = 0}) == "error.near.share");
    CHECK(refused(dataset, {.rule = NearRule::PopulationShare}) == "error.near.people_missing");
    auto bare = dataset;
    bare.places.clear();
    CHECK(refused(bare, {}) == "error.near.no_places");
    // By hand: B touches the outside, no unit has that code.
    CHECK(refused(dataset, {.outline = {{"coast", "Z", true}}}) == "error.near.no_unit");
    // Of another kind that was not asked for, nothing is refused; nor of what is not there.
    CHECK(refused(dataset, {.outline = {{"coast", "B", false}}}).empty());
    CHECK(app::outline_here({{"coast", "Z", true}, {"coast", "B", true}}, dataset.vintage->units) ==
          std::vector<app::OutlineWord>{{"coast", "B", true}});
    const auto by_hand =
        near_in(dataset, {.kinds = {"coast"}, .outline = {{"coast", "B", true}}, .within_m = 0});
    REQUIRE(by_hand.outlines.size() == 1);
    CHECK(by_hand.outlines[0].units == std::vector<std::size_t>{1});
    CHECK(codes_of(by_hand) == "ABC"); // those beside it touch the ends of its shore
}

TEST_CASE("a line among the places is measured to as a line, and stands on the map once") {
    auto dataset = row_of_four();
    // Along the upper side of A and B, 100 m above it; its middle is 100 m above their corner.
    data::Place route{"patrol_route", "Tuyến 1", "", {{{0, 1100}, {2000, 1100}}}, {1000, 1100}};
    route.line = true;
    dataset.places.front().places.push_back(route);
    const auto report = near_in(dataset, {.kinds = {"patrol_route"}, .within_m = 150});
    CHECK(codes_of(report) == "ABC"); // C by its corner
    for (const auto& unit : report.units) CHECK(unit.places.front().distance_m == 100);
    const auto en = app::Language::load("en");
    const auto page = app::page_of({}, report.map, dataset, *en);
    REQUIRE(page.scene.overlays.size() == 1);
    CHECK(page.scene.overlays.front().set->lines == route.rings);
    CHECK(page.scene.overlays.front().name.empty()); // its symbol has the row of the legend
    app::MapRequest hidden;
    hidden.hidden_kinds = {"patrol_route"};
    CHECK(app::page_of(hidden, report.map, dataset, *en).scene.overlays.empty());
    // A ring around it goes along it: 2 km by 400 m and two half circles.
    const auto ring = app::ring_around_place(geo::Crs(), route, 200);
    REQUIRE(ring.size() == 1);
    double area = 0;
    for (std::size_t i = 0, j = ring[0].size() - 1; i < ring[0].size(); j = i++)
        area += (ring[0][j].x * ring[0][i].y - ring[0][i].x * ring[0][j].y) / 2;
    CHECK(std::abs(area) == Approx(2000 * 400 + M_PI * 200 * 200).epsilon(1e-3));
}
