// Circles, dots, cartograms and pairs of indicators, against formulas, GEOS and plain counting.
#include "map/theme.hpp"

#include "geo/contiguity.hpp"
#include "map/colour_vision.hpp"
#include "map/dorling.hpp"
#include "map/sheet_area.hpp"
#include "map/size_steps.hpp"
#include "province.hpp"
#include "support/errors.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <geos_c.h>
#include <map>
#include <numbers>
#include <numeric>
#include <set>

using namespace diaban;
using map::MapKind;
using map::Theme;

namespace {

base::JobContext& quiet() {
    static base::JobContext ctx(1);
    return ctx;
}

// 1 to 60, in no order; none of every eleventh unit.
std::vector<double> uneven(std::size_t units) {
    std::vector<double> out;
    for (std::size_t i = 0; i < units; ++i)
        out.push_back(i % 11 == 3 ? 0 : 1 + static_cast<double>(i * 37 % 60));
    return out;
}

// The row of units with a circle, and that of those without.
map::Style two_rows(const std::vector<double>& amount) {
    map::Style style;
    style.entries.resize(2);
    style.entries[0].over_land = true;
    style.entries[0].colour = {0xD9, 0x5F, 0x0E};
    style.entries[1].role = map::LegendEntry::Role::NoData;
    style.entries[1].hatch = map::Hatch::FineDots;
    for (const double v : amount) {
        style.entry_of.push_back(v > 0 ? 0 : 1);
        ++style.entries[v > 0 ? 0 : 1].count;
    }
    return style;
}

Theme theme_of(MapKind kind, std::vector<double> amount) {
    Theme theme;
    theme.kind = kind;
    theme.amount = std::move(amount);
    theme.colour = {0xD9, 0x5F, 0x0E};
    theme.largest = 60;
    theme.largest_px = 40;
    theme.dot_value = 0.5;
    theme.m2_per_amount = 20'000;
    return theme;
}

// A unit that lies around another one, and one of two islands far apart.
std::shared_ptr<const data::Vintage> ring_and_islands() {
    geo::PolygonSoup soup;
    const auto square = [&](double x, double y, double side) {
        soup.points.insert(soup.points.end(),
                           {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}});
        soup.end_ring();
    };
    square(0, 0, 1000), square(100, 100, 800), soup.end_face();
    square(100, 100, 800), soup.end_face();
    square(2000, 0, 300), square(90'000, 50'000, 100), soup.end_face();
    auto vintage = std::make_shared<data::Vintage>();
    vintage->units.code = {"a", "b", "c"};
    vintage->units.name = vintage->units.code;
    vintage->coverage = geo::build_coverage(soup, {}, quiet()).coverage;
    return vintage;
}

// GEOS says where points lie.
class Shapes {
public:
    explicit Shapes(const geo::Coverage& coverage) : geos_(GEOS_init_r()) {
        for (const auto& face : coverage.faces()) {
            std::string words = "MULTIPOLYGON(";
            std::vector<geo::Point> points;
            for (std::uint32_t r = 0; r < face.ring_count; ++r) {
                points.clear();
                coverage.ring_points(coverage.rings()[face.first_ring + r], 0, points);
                double twice = 0;
                for (std::size_t i = 0; i < points.size(); ++i) {
                    const auto a = points[i], b = points[(i + 1) % points.size()];
                    twice += (a.x - points[0].x) * (b.y - points[0].y) -
                             (b.x - points[0].x) * (a.y - points[0].y);
                }
                // Outer rings turn counter-clockwise; the holes of each follow it.
                words += r == 0 ? "((" : twice > 0 ? "),((" : ",(";
                points.push_back(points.front());
                for (std::size_t i = 0; i < points.size(); ++i) {
                    char pair[80];
                    std::snprintf(pair, sizeof pair, "%s%.17g %.17g", i ? "," : "", points[i].x,
                                  points[i].y);
                    words += pair;
                }
                words += ")";
            }
            words += "))";
            GEOSWKTReader* reader = GEOSWKTReader_create_r(geos_);
            shapes_.push_back(GEOSWKTReader_read_r(geos_, reader, words.c_str()));
            GEOSWKTReader_destroy_r(geos_, reader);
            REQUIRE(shapes_.back());
        }
    }
    ~Shapes() {
        for (auto* shape : shapes_) GEOSGeom_destroy_r(geos_, shape);
        GEOS_finish_r(geos_);
    }
    Shapes(const Shapes&) = delete;
    Shapes& operator=(const Shapes&) = delete;
    bool inside(std::size_t face, geo::Point p) const {
        GEOSGeometry* point = GEOSGeom_createPointFromXY_r(geos_, p.x, p.y);
        const bool in = GEOSContains_r(geos_, shapes_[face], point) == 1;
        GEOSGeom_destroy_r(geos_, point);
        return in;
    }
    geo::Point centroid(std::size_t face) const {
        GEOSGeometry* middle = GEOSGetCentroid_r(geos_, shapes_[face]);
        geo::Point out;
        GEOSGeomGetX_r(geos_, middle, &out.x);
        GEOSGeomGetY_r(geos_, middle, &out.y);
        GEOSGeom_destroy_r(geos_, middle);
        return out;
    }

private:
    GEOSContextHandle_t geos_;
    std::vector<GEOSGeometry*> shapes_;
};

} // namespace

TEST_CASE("every kind of map has a word of its own") {
    std::set<std::string_view> words;
    for (const auto word : map::kMapKinds) {
        REQUIRE(map::parse_map_kind(word));
        CHECK(map::to_string(*map::parse_map_kind(word)) == word);
        words.insert(word);
    }
    CHECK(words.size() == 6);
    CHECK_FALSE(map::parse_map_kind("Dots"));
}

TEST_CASE("areas of proportional circles are to each other as the amounts") {
    const auto vintage = test::grid_province(9, 6);
    const auto amount = uneven(54);
    const auto style = two_rows(amount);
    const auto theme = theme_of(MapKind::Symbols, amount);
    const auto shapes = map::theme_shapes(theme, style, *vintage, quiet());
    const auto with = static_cast<std::size_t>(
        std::count_if(amount.begin(), amount.end(), [](double v) { return v > 0; }));
    REQUIRE(shapes.discs.size() == with);
    CHECK(style.entries[0].count == with);
    const Shapes units(*vintage->coverage);
    const auto area = [](double radius) { return std::numbers::pi * radius * radius; };
    for (std::size_t d = 0; d < shapes.discs.size(); ++d) {
        const auto& disc = shapes.discs[d];
        CHECK(area(disc.radius) / area(20) == Approx(amount[disc.unit] / 60));
        CHECK(units.inside(disc.unit, disc.at));
        if (d > 0) CHECK(shapes.discs[d - 1].radius >= disc.radius); // small ones stay in sight
    }
    CHECK_FALSE(shapes.in_metres);
    CHECK_FALSE(shapes.unit_at(shapes.discs[0].at));
}

TEST_CASE("the legend of sizes has up to three round amounts, and their circles are to scale") {
    for (const double largest : {0.37, 7.0, 60.0, 999.0, 1000.0, 123456.0}) {
        const double per_root = 40 / std::sqrt(largest);
        const auto steps = map::size_steps(per_root, largest, 40, 2, largest >= 1);
        INFO(largest);
        REQUIRE_FALSE(steps.empty());
        CHECK(steps.size() <= 3);
        CHECK(steps[0].amount <= largest);
        CHECK(steps[0].amount > largest / 2.51); // no larger round number fits
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const double power = std::pow(10, std::floor(std::log10(steps[i].amount) + 1e-9));
            const double digit = steps[i].amount / power;
            CHECK((digit == Approx(1) || digit == Approx(2) || digit == Approx(5)));
            CHECK(steps[i].diameter == Approx(40 * std::sqrt(steps[i].amount / largest)));
            // No digit is missing, and none is there that says nothing: "5", "1", "0,2".
            const double scale = std::pow(10, map::step_decimals(steps[i].amount));
            CHECK(std::round(steps[i].amount * scale) == Approx(steps[i].amount * scale));
            CHECK((scale == 1 || steps[i].amount * scale < 9));
            if (i > 0) CHECK(steps[i].amount <= steps[i - 1].amount / 4 * 1.001);
        }
    }
    CHECK(map::size_steps(40 / std::sqrt(1000), 1000, 40, 2, true).size() == 3);
    // No room for the largest: the circles stay to scale, smaller ones are shown.
    const auto tight = map::size_steps(4, 1'000'000, 40, 2, true);
    CHECK(tight.front().amount == 100);
    CHECK(map::size_steps(0, 5, 40, 2, true).empty());
    CHECK(map::round_up(6000.1) == 10000);
    CHECK(map::round_up(5000) == 5000);
    CHECK(map::round_down(0.3) == Approx(0.2));
    CHECK(map::step_decimals(5) == 0);
    CHECK(map::step_decimals(0.2) == 1);
    CHECK(map::step_decimals(0.001) == 3);
    CHECK(map::step_decimals(200'000) == 0);
}

TEST_CASE("every dot lies in the unit it counts for and in no other") {
    for (const auto& vintage : {test::grid_province(9, 6), ring_and_islands()}) {
        const auto units = vintage->units.size();
        auto amount = uneven(units);
        if (units == 3) amount = {150, 40, 90};
        const auto style = two_rows(amount);
        const auto theme = theme_of(MapKind::Dots, amount);
        const auto shapes = map::theme_shapes(theme, style, *vintage, quiet());
        const Shapes faces(*vintage->coverage);
        std::vector<std::size_t> dots(units);
        for (const auto& disc : shapes.discs) {
            ++dots[disc.unit];
            for (std::size_t f = 0; f < units; ++f)
                REQUIRE(faces.inside(f, disc.at) == (f == disc.unit));
        }
        for (std::size_t i = 0; i < units; ++i)
            CHECK(dots[i] == static_cast<std::size_t>(amount[i] * 2)); // one for each half
        const auto again = map::theme_shapes(theme, style, *vintage, quiet());
        REQUIRE(again.discs.size() == shapes.discs.size());
        for (std::size_t d = 0; d < again.discs.size(); ++d)
            REQUIRE(again.discs[d].at == shapes.discs[d].at);
    }
}

TEST_CASE("dots lie evenly over their unit, and more of them keep the places of fewer") {
    const auto vintage = test::grid_province(3, 3);
    std::vector<double> amount(9, 0.0);
    amount[4] = 1000;
    const auto style = two_rows(amount);
    auto theme = theme_of(MapKind::Dots, amount);
    const auto many = map::theme_shapes(theme, style, *vintage, quiet());
    REQUIRE(many.discs.size() == 2000);
    geo::Point mean;
    for (const auto& disc : many.discs) mean.x += disc.at.x / 2000, mean.y += disc.at.y / 2000;
    const auto middle = Shapes(*vintage->coverage).centroid(4);
    CHECK(std::hypot(mean.x - middle.x, mean.y - middle.y) <
          0.02 * vintage->coverage->faces()[4].box.width());
    theme.amount[4] = 400;
    const auto few = map::theme_shapes(theme, style, *vintage, quiet());
    REQUIRE(few.discs.size() == 800);
    for (std::size_t d = 0; d < few.discs.size(); ++d) REQUIRE(few.discs[d].at == many.discs[d].at);
}

TEST_CASE("an amount has the nearest whole number of dots") {
    CHECK(map::dots_of(49, 100) == 0);
    CHECK(map::dots_of(50, 100) == 1);
    CHECK(map::dots_of(149.9, 100) == 1);
    CHECK(map::dots_of(250, 100) == 3);
    CHECK(map::dots_of(0, 100) == 0);
    CHECK(map::dots_of(-5, 1) == 0);
    CHECK(map::dots_of(5, 0) == 0);
}

TEST_CASE("circles of a cartogram do not overlap and stay beside their neighbours") {
    const auto vintage = test::grid_province(18, 12);
    const auto amount = uneven(216);
    const auto style = two_rows(amount);
    auto theme = theme_of(MapKind::Cartogram, amount);
    const auto shapes = map::theme_shapes(theme, style, *vintage, quiet());
    REQUIRE(shapes.discs.size() == 216); // units without a value have a circle too
    CHECK(shapes.in_metres);
    std::vector<const map::Disc*> of(216);
    for (const auto& disc : shapes.discs) of[disc.unit] = &disc;
    for (std::size_t a = 0; a < 216; ++a) {
        REQUIRE(of[a]);
        if (amount[a] > 0)
            CHECK(std::numbers::pi * of[a]->radius * of[a]->radius ==
                  Approx(amount[a] * theme.m2_per_amount));
        CHECK(shapes.unit_at(of[a]->at) == static_cast<geo::FaceId>(a));
        for (std::size_t b = a + 1; b < 216; ++b) {
            const double apart = std::hypot(of[a]->at.x - of[b]->at.x, of[a]->at.y - of[b]->at.y);
            REQUIRE(apart >= (of[a]->radius + of[b]->radius) * (1 - map::kDorlingTolerance) - 1e-6);
        }
    }
    // Gaps between neighbours, against those between units in the order of their numbers.
    const auto neighbours = geo::neighbours(*vintage->coverage, geo::Contiguity::Rook);
    const auto gap = [&](std::size_t a, std::size_t b) {
        const double radii = of[a]->radius + of[b]->radius;
        return std::hypot(of[a]->at.x - of[b]->at.x, of[a]->at.y - of[b]->at.y) / radii - 1;
    };
    double near = 0, all = 0;
    std::size_t pairs = 0, touching = 0;
    for (std::size_t a = 0; a < 216; ++a)
        for (const auto b : neighbours.row(a)) {
            near += gap(a, b), all += gap(a, (a + 97) % 216), ++pairs;
            touching += gap(a, b) < 0.5;
        }
    INFO(near / static_cast<double>(pairs)
         << " " << all / static_cast<double>(pairs) << " " << touching << " of " << pairs);
    CHECK(near * 8 < all);
    CHECK(touching * 2 > pairs);
    const auto again = map::theme_shapes(theme, style, *vintage, quiet());
    for (std::size_t d = 0; d < 216; ++d) REQUIRE(again.discs[d].at == shapes.discs[d].at);
}

TEST_CASE("circles of very different sizes on one spot come apart") {
    std::vector<geo::Point> at(60, {5, 5});
    std::vector<double> radius;
    for (int i = 0; i < 60; ++i) radius.push_back(i == 7 ? 90 : 1 + i % 9);
    const auto placed = map::dorling(at, radius, {{0, 1}, {1, 2}}, quiet());
    for (std::size_t a = 0; a < 60; ++a)
        for (std::size_t b = a + 1; b < 60; ++b)
            REQUIRE(std::hypot(placed[a].x - placed[b].x, placed[a].y - placed[b].y) >=
                    (radius[a] + radius[b]) * (1 - map::kDorlingTolerance) - 1e-9);
}

TEST_CASE("legend and circles must agree") {
    const auto vintage = test::grid_province(9, 6);
    const auto faces = vintage->coverage->faces();
    const auto amount = uneven(54);
    const auto style = two_rows(amount);
    auto theme = theme_of(MapKind::Symbols, amount);
    CHECK_NOTHROW(map::check_theme(theme, style, faces));
    theme.amount[3] = 5; // a unit whose row says that it has no data
    CHECK(test::thrown_key([&] { map::check_theme(theme, style, faces); }, base::ErrorKind::Data) ==
          "error.legend.disagrees");
    theme.amount[3] = 0, theme.amount[0] = 0; // a circle that the legend counts is missing
    CHECK(test::thrown_key([&] { map::check_theme(theme, style, faces); }, base::ErrorKind::Data) ==
          "error.legend.disagrees");
}

TEST_CASE("below circles is land; empty units keep their look") {
    const auto amount = uneven(54);
    auto style = two_rows(amount);
    style.entries[0].hatch = map::Hatch::Vertical;
    const auto ground = map::ground_style(style, theme_of(MapKind::Symbols, amount));
    CHECK(ground.entries[0].colour == map::kOtherLand);
    CHECK(ground.entries[0].hatch == map::Hatch::None);
    CHECK(ground.entries[1].colour == style.entries[1].colour);
    CHECK(ground.entries[1].hatch == map::Hatch::FineDots);
    CHECK(ground.entry_of == style.entry_of);
    const auto below = map::ground_style(style, theme_of(MapKind::Cartogram, amount));
    CHECK(below.entries[1].colour == map::kOtherLand);
}

namespace {

struct Numbers {
    std::vector<double> value;
    std::vector<data::Cell> state;
    data::Slice slice() const { return {value, state}; }
};

Numbers shuffled(std::size_t count, std::size_t step) {
    Numbers out;
    for (std::size_t i = 0; i < count; ++i)
        out.value.push_back(static_cast<double>(i * step % count));
    out.state.assign(count, data::Cell::Observed);
    return out;
}

} // namespace

TEST_CASE("two indicators in three classes each: the nine counts are those of plain counting") {
    auto first = shuffled(90, 37), second = shuffled(90, 53);
    const map::ClassSpec thirds{.method = map::Method::Quantile, .k = 3};
    const auto a = map::make_classes(first.value, thirds);
    const auto b = map::make_classes(second.value, thirds);
    const auto style = map::make_pair_style(first.slice(), a, second.slice(), b, {});
    REQUIRE(style.entries.size() == 9);
    std::array<std::array<std::size_t, 3>, 3> expected{};
    for (std::size_t i = 0; i < 90; ++i)
        ++expected[static_cast<std::size_t>(first.value[i]) / 30]
                  [static_cast<std::size_t>(second.value[i]) / 30];
    std::size_t sum = 0;
    for (const auto& entry : style.entries) {
        const auto cell = map::pair_cell(entry);
        REQUIRE(cell);
        CHECK(entry.count == expected[cell->first][cell->second]);
        CHECK(entry.colour == map::pair_colour(cell->first, cell->second));
        sum += entry.count;
    }
    CHECK(sum == 90);
    CHECK(style.entries.front().key == "pair:1/1");
    CHECK(style.entries.back().key == "pair:3/3");
    map::check_legend(style, 90);
    CHECK(map::inner_breaks(a, {}).size() == 2);
}

TEST_CASE("of two indicators a unit is empty where either is, and masked before all") {
    using data::Cell;
    auto first = shuffled(9, 4), second = shuffled(9, 2);
    const map::Classes halves{map::Method::Manual, {0, 4, 8}};
    first.state[0] = Cell::Missing, second.state[0] = Cell::Suppressed;
    second.state[1] = Cell::NotExisting;
    first.state[2] = Cell::Suppressed;
    second.state[3] = Cell::Missing;
    const auto style = map::make_pair_style(first.slice(), halves, second.slice(), halves, {});
    using Kind = map::LegendEntry::Role;
    const auto role = [&](std::size_t i) { return style.entries[style.entry_of[i]].role; };
    CHECK(role(0) == Kind::Suppressed);
    CHECK(role(1) == Kind::NotExisting);
    CHECK(role(2) == Kind::Suppressed);
    CHECK(role(3) == Kind::NoData);
    CHECK(role(4) == Kind::Class);
    map::check_legend(style, 9);
}

namespace {

// CIE 1976 distance, D65; from the formulas of CIE 15.
std::array<double, 3> lab_of(map::Colour c) {
    const auto linear = [](std::uint8_t v) {
        const double s = v / 255.0;
        return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
    };
    const double r = linear(c.r), g = linear(c.g), b = linear(c.b);
    const auto root = [](double t) {
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    const double x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const double y = root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    const double z = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

} // namespace

TEST_CASE("the nine colours of two indicators are told apart by all kinds of colour vision") {
    constexpr double kLeast = 20; // a difference of 2 is just seen side by side
    for (const auto vision :
         {map::Vision::Usual, map::Vision::Deuteranopia, map::Vision::Protanopia})
        for (std::size_t a = 0; a < 9; ++a)
            for (std::size_t b = a + 1; b < 9; ++b) {
                const auto x = lab_of(map::seen_with(vision, map::pair_colour(a % 3, a / 3)));
                const auto y = lab_of(map::seen_with(vision, map::pair_colour(b % 3, b / 3)));
                INFO(map::to_string(vision) << " " << a << " " << b);
                CHECK(std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]) >= kLeast);
            }
}

TEST_CASE("a page shows one circle for each unit that its legend counts") {
    auto page = test::grid_page("200x140mm");
    const auto amount = uneven(54);
    page.scene.style = two_rows(amount);
    page.scene.theme = std::make_shared<const Theme>(theme_of(MapKind::Symbols, amount));
    const auto svg = map::page_bytes(page, map::Format::Svg, quiet());
    const auto from = svg.find("<g id=\"circles\"");
    REQUIRE(from != std::string::npos);
    const auto layer = svg.substr(from, svg.find("</g>", from) - from);
    std::size_t fills = 0;
    for (auto at = layer.find("fill=\"#D95F0E\""); at != std::string::npos;
         at = layer.find("fill=\"#D95F0E\"", at + 1))
        ++fills;
    CHECK(fills == page.scene.style.entries[0].count);
    CHECK(map::page_bytes(page, map::Format::Svg, quiet()) == svg);
    // A theme that the legend does not tell of never leaves.
    auto wrong = theme_of(MapKind::Symbols, amount);
    wrong.amount[3] = 9;
    page.scene.theme = std::make_shared<const Theme>(std::move(wrong));
    CHECK(test::thrown_key([&] { map::page_bytes(page, map::Format::Svg, quiet()); },
                           base::ErrorKind::Data) == "error.legend.disagrees");
}

namespace {

// How light a copy without colours shows it, 0 to 255.
int grey_of(map::Colour colour) {
    return map::seen_with(map::Vision::Grey, colour).r;
}

// Rows that a copy without colours shows alike.
void check_grey(const map::Style& style) {
    constexpr int kLeastGrey = 24; // of 255: two steps of a scale of ten greys
    for (std::size_t a = 0; a < style.entries.size(); ++a)
        for (std::size_t b = a + 1; b < style.entries.size(); ++b) {
            const auto &x = style.entries[a], &y = style.entries[b];
            INFO(x.key << " " << grey_of(x.colour) << ", " << y.key << " " << grey_of(y.colour));
            CHECK((x.hatch != y.hatch || x.outline_only != y.outline_only ||
                   std::abs(grey_of(x.colour) - grey_of(y.colour)) >= kLeastGrey));
        }
}

} // namespace

TEST_CASE("pairs of indicators and statuses are told apart on a copy without colours") {
    auto first = shuffled(90, 37), second = shuffled(90, 53);
    const map::ClassSpec thirds{.method = map::Method::Quantile, .k = 3};
    const auto a = map::make_classes(first.value, thirds);
    const auto b = map::make_classes(second.value, thirds);
    // With the empties, and with estimates beside them.
    map::StyleWords words;
    words.estimated = "≈ {class}";
    first.state[3] = data::Cell::Missing;
    first.state[4] = data::Cell::Suppressed;
    first.state[5] = data::Cell::NotApplicable;
    first.state[6] = data::Cell::NotExisting;
    first.state[7] = data::Cell::Estimated;
    const auto pairs = map::make_pair_style(first.slice(), a, second.slice(), b, words);
    REQUIRE(pairs.entries.size() == 14);
    check_grey(pairs);

    data::Indicator status;
    status.kind = data::Kind::Category;
    for (const std::vector<std::string>& categories :
         {std::vector<std::string>{"none", "present", "hot", "unknown"},
          {"none", "present", "hot3", "hot2", "hot1", "unknown"},
          {"none", "present", "hot", "mixed", "unknown"},
          {"maintained", "newly_built", "transformed", "not_healthy", "lost", "new_hotspot",
           "relapsed", "unknown"}}) {
        status.categories = categories;
        words.categories = categories;
        const std::vector<double> value(categories.size(), 0);
        const std::vector<data::Cell> state(categories.size(), data::Cell::Observed);
        check_grey(map::make_category_style({value, state}, status, words));
    }
}

TEST_CASE("a sheet of an area has the circles of its units alone, of the same size as elsewhere") {
    auto page = test::grid_page("200x140mm");
    const auto amount = uneven(54);
    const auto& vintage = *page.scene.vintage;
    std::vector<geo::FaceId> units;
    for (geo::FaceId f = 0; f < 54; ++f)
        if (vintage.units.parent[1][f] == 0) units.push_back(f);
    const auto area = map::area_of(vintage, units, data::Level::District);
    for (const auto kind : {MapKind::Symbols, MapKind::Dots, MapKind::Cartogram}) {
        INFO(map::to_string(kind));
        const auto whole = std::make_shared<const Theme>(theme_of(kind, amount));
        const auto own = map::theme_within(whole, area);
        const auto style = map::style_within(two_rows(amount), area, vintage.coverage->faces());
        map::check_theme(*own, style, vintage.coverage->faces());
        const auto shapes = map::theme_shapes(*own, style, vintage, quiet());
        const auto all = map::theme_shapes(*whole, two_rows(amount), vintage, quiet());
        std::map<geo::FaceId, double> radius;
        for (const auto& disc : all.discs) radius[disc.unit] = disc.radius;
        std::set<geo::FaceId> seen;
        for (const auto& disc : shapes.discs) {
            CHECK(area.inside[disc.unit]);
            CHECK(disc.radius == Approx(radius.at(disc.unit)));
            seen.insert(disc.unit);
        }
        for (const auto unit : units)
            CHECK(seen.contains(unit) == (kind == MapKind::Cartogram || amount[unit] > 0));
    }
    CHECK(map::theme_within(nullptr, area) == nullptr);
}

TEST_CASE("small maps side by side have circles of their own, under one legend of sizes") {
    auto page = test::grid_page("297x210mm");
    const auto amount = uneven(54);
    auto fewer = amount;
    for (std::size_t i = 0; i < fewer.size(); i += 2) fewer[i] = 0;
    page.scene.style = two_rows(amount);
    for (const auto kind : {MapKind::Symbols, MapKind::Cartogram}) {
        INFO(map::to_string(kind));
        page.scene.theme = std::make_shared<const Theme>(theme_of(kind, amount));
        page.panels.clear();
        for (const auto& values : {amount, fewer})
            page.panels.push_back(
                {"x", two_rows(values), {}, std::make_shared<const Theme>(theme_of(kind, values))});
        const auto svg = map::page_bytes(page, map::Format::Svg, quiet());
        std::vector<std::size_t> circles;
        for (auto at = svg.find("<g id=\"circles"); at != std::string::npos;
             at = svg.find("<g id=\"circles", at + 1)) {
            const auto layer = svg.substr(at, svg.find("</g>", at) - at);
            std::size_t fills = 0;
            for (auto f = layer.find("fill=\"#D95F0E\""); f != std::string::npos;
                 f = layer.find("fill=\"#D95F0E\"", f + 1))
                ++fills;
            circles.push_back(fills);
        }
        CHECK(circles == std::vector<std::size_t>{two_rows(amount).entries[0].count,
                                                  two_rows(fewer).entries[0].count});
    }
    // One that shows another map's circles never leaves.
    page.scene.theme = std::make_shared<const Theme>(theme_of(MapKind::Symbols, amount));
    page.panels[1].theme = page.scene.theme;
    CHECK(test::thrown_key([&] { map::page_bytes(page, map::Format::Svg, quiet()); },
                           base::ErrorKind::Data) == "error.legend.disagrees");
}
