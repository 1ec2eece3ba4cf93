#include "map/style.hpp"

#include "base/error.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace diaban;
using data::Cell;
using Role = map::LegendEntry::Role;

namespace {

struct Column {
    std::vector<double> value;
    std::vector<Cell> state;
    data::Slice slice() const { return {value, state}; }
};
Column observed(std::vector<double> values) {
    std::vector<Cell> state(values.size(), Cell::Observed);
    return {std::move(values), std::move(state)};
}
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

map::StyleWords words() {
    map::StyleWords w;
    w.no_data = "no data";
    w.suppressed = "suppressed";
    w.not_applicable = "not applicable";
    w.not_existing = "not existing";
    return w;
}
std::vector<std::string> labels(const map::Style& style) {
    std::vector<std::string> out;
    for (const auto& e : style.entries) out.push_back(e.label);
    return out;
}

} // namespace

TEST_CASE("every empty has a look and a row of its own, after the classes") {
    const Column column{{0, 1.5, 2.5, kNone, kNone, kNone, kNone},
                        {Cell::Observed, Cell::Estimated, Cell::Observed, Cell::Missing,
                         Cell::Suppressed, Cell::NotApplicable, Cell::NotExisting}};
    const map::Classes classes{map::Method::Manual, {0, 2, 4}};
    const auto style = map::make_style(column.slice(), classes, {}, words());
    map::check_legend(style, 7);
    std::vector<Role> roles;
    std::vector<std::size_t> counts;
    for (const auto& e : style.entries) roles.push_back(e.role), counts.push_back(e.count);
    CHECK(roles == std::vector<Role>{Role::Zero, Role::Class, Role::Class, Role::NoData,
                                     Role::Suppressed, Role::NotApplicable, Role::NotExisting});
    CHECK(counts == std::vector<std::size_t>{1, 1, 1, 1, 1, 1, 1});
    CHECK(style.entry_of == std::vector<std::uint16_t>{0, 1, 2, 3, 4, 5, 6});
    // No two empties look alike, and none looks like a class.
    for (std::size_t a = 0; a < style.entries.size(); ++a)
        for (std::size_t b = a + 1; b < style.entries.size(); ++b) {
            const auto& x = style.entries[a];
            const auto& y = style.entries[b];
            INFO(a << ' ' << b);
            CHECK((x.colour != y.colour || x.hatch != y.hatch || x.outline_only != y.outline_only));
        }
    CHECK(style.entries[3].colour == map::kNoData);
    CHECK(style.entries[3].hatch == map::Hatch::FineDots);
    CHECK(style.entries[6].outline_only);
}

TEST_CASE("estimates keep the colour of their class, hatched, in a row of their own") {
    const Column column{
        {0.5, 1.5, 2.5, 3, kNone},
        {Cell::Observed, Cell::Estimated, Cell::Observed, Cell::Estimated, Cell::Missing}};
    auto w = words();
    w.estimated = "≈ {class}";
    const auto style = map::make_style(column.slice(), {map::Method::Manual, {0, 2, 4}}, {}, w);
    map::check_legend(style, 5);
    const auto& first = style.entries[style.entry_of[0]];
    const auto& estimate = style.entries[style.entry_of[1]];
    CHECK(first.label == "> 0 – < 2");
    CHECK(estimate.label == "≈ > 0 – < 2");
    CHECK(estimate.colour == first.colour);
    CHECK(estimate.hatch != first.hatch);
    CHECK(first.count == 1);
    CHECK(estimate.count == 1);
    CHECK(style.entry_of[2] != style.entry_of[3]);
}

TEST_CASE("zero is apart only where it is the lowest break") {
    const map::Classes classes{map::Method::Equal, {-2, 0, 2}};
    const auto style = map::make_style(observed({-2, 0, 1}).slice(), classes, {}, words());
    CHECK(style.entries.size() == 2);
    CHECK(style.entries[1].count == 2);
    map::ColourSpec together;
    together.zero_apart = false;
    const map::Classes from_zero{map::Method::Equal, {0, 1, 2}};
    const auto plain = map::make_style(observed({0, 0.5, 2}).slice(), from_zero, together, words());
    CHECK(plain.entries.size() == 2);
    CHECK(plain.entries[0].count == 2);
}

TEST_CASE("labels tell honest ends") {
    auto w = words();
    const map::Classes classes{map::Method::Manual, {1, 2.5, 1200}};
    CHECK(labels(map::make_style(observed({1, 2.5, 7.25}).slice(), classes, {}, w)) ==
          std::vector<std::string>{"1,0 – < 2,5", "2,5 – 1.200,0"});
    // Whole numbers: the first and last that fall into the class.
    CHECK(labels(map::make_style(observed({1, 2, 3}).slice(), classes, {}, w)) ==
          std::vector<std::string>{"1 – 2", "3 – 1.200"});
    const map::Classes zero{map::Method::Manual, {0, 2, 3}};
    CHECK(labels(map::make_style(observed({0, 1, 3}).slice(), zero, {}, w)) ==
          std::vector<std::string>{"0", "1", "2 – 3"});
    // [0, 1) of whole numbers is the zero class itself: no row that nothing can lie in.
    const map::Classes counts{map::Method::Quantile, {0, 1, 2, 9}};
    CHECK(labels(map::make_style(observed({0, 0, 1, 9}).slice(), counts, {}, w)) ==
          std::vector<std::string>{"0", "1", "2 – 9"});
    w.range = "{a} to under {b}";
    CHECK(labels(map::make_style(observed({0, 0.5, 3}).slice(), zero, {}, w)) ==
          std::vector<std::string>{"0", "> 0 to under 2", "2 – 3"});
}

TEST_CASE("values beyond a person's breaks are counted in a row of their own") {
    const map::Classes classes{map::Method::Manual, {10, 20}};
    const auto style = map::make_style(observed({5, 15, 25}).slice(), classes, {}, words());
    map::check_legend(style, 3);
    CHECK(labels(style) == std::vector<std::string>{"10 – 20", "< 10; > 20"});
    CHECK(style.entries[1].count == 2);
}

TEST_CASE("an empty class keeps its row and colour") {
    const map::Classes classes{map::Method::Quantile, {1, 2, 3, 4}};
    const auto all = map::make_style(observed({1, 2, 3}).slice(), classes, {}, words());
    const auto one = map::make_style(observed({1, 1, 1}).slice(), classes, {}, words());
    REQUIRE(one.entries.size() == all.entries.size());
    for (std::size_t e = 0; e < 3; ++e) CHECK(one.entries[e].colour == all.entries[e].colour);
    CHECK(one.entries[2].count == 0);
}

TEST_CASE("classes of outliers keep their rows in a box map that has none") {
    const auto styled_as_box = [](const std::vector<double>& values) {
        const auto classes = map::make_classes(values, {.method = map::Method::Box});
        auto style = map::make_style(observed(values).slice(), classes, {}, words());
        map::check_legend(style, values.size());
        CHECK(style.entries[*map::entry_of_class(style, classes, 5)].label ==
              style.entries.back().label);
        return style;
    };
    const auto counts = [](const map::Style& style) {
        std::vector<std::size_t> out;
        for (const auto& e : style.entries) out.push_back(e.count);
        return out;
    };
    // Fences 8.3125 and 14.8125, printed away from the data.
    const auto even = styled_as_box({10, 11, 12, 13.5});
    CHECK(labels(even) == std::vector<std::string>{"< 8,31", "10,00 – < 10,75", "10,75 – < 11,50",
                                                   "11,50 – < 12,38", "12,38 – 13,50", "> 14,82"});
    CHECK(counts(even) == std::vector<std::size_t>{0, 1, 1, 1, 1, 0});
    CHECK(even.entry_of == std::vector<std::uint16_t>{1, 2, 3, 4});
    // Whole numbers from 0: below -2.5 is below -2, and zero has its own row.
    const auto high = styled_as_box({0, 1, 2, 3, 4, 50});
    CHECK(labels(high) == std::vector<std::string>{"< −2", "0", "1", "2", "3", "4 – 7", "8 – 50"});
    CHECK(counts(high) == std::vector<std::size_t>{0, 1, 1, 1, 1, 1, 1});
    CHECK(high.entries[0].key == "class:1/6");
    CHECK(high.entries[1].key == "zero");
    // A class has one colour, whether there are outliers or not.
    const auto both = styled_as_box({-50, -4, -3, -2, -1, 0, 1, 2, 3, 4, 50});
    REQUIRE(both.entries.size() == even.entries.size());
    for (std::size_t e = 0; e < 6; ++e) CHECK(both.entries[e].colour == even.entries[e].colour);
}

TEST_CASE("statuses have fixed colours, hatches and letters") {
    data::Indicator status;
    status.kind = data::Kind::Category;
    status.categories = {"none", "present", "hot", "unknown"};
    auto w = words();
    w.categories = {"healthy", "present", "hotspot", "unknown"};
    const Column column{{0, 1, 2, 3, kNone, 0},
                        {Cell::Observed, Cell::Observed, Cell::Observed, Cell::Observed,
                         Cell::Missing, Cell::Observed}};
    const auto style = map::make_category_style(column.slice(), status, w);
    map::check_legend(style, 6);
    REQUIRE(style.entries.size() == 4);
    CHECK(style.entries[0].colour == map::kHealthy);
    CHECK(style.entries[0].letter == "L");
    CHECK(style.entries[1].colour == map::kPresent);
    CHECK(style.entries[2].colour == map::kHot);
    CHECK(style.entries[2].hatch == map::Hatch::Diagonal);
    // A missing report and "unknown" are one thing, and never healthy.
    CHECK(style.entries[3].label == "unknown");
    CHECK(style.entries[3].role == Role::NoData);
    CHECK(style.entries[3].count == 2);
    CHECK(style.entries[0].count == 2);
}

TEST_CASE("free categories take a qualitative palette and keep empty rows") {
    data::Indicator zone;
    zone.kind = data::Kind::Category;
    zone.categories = {"A", "B", "C"};
    const auto style = map::make_category_style(observed({0, 0, 2}).slice(), zone, words());
    CHECK(labels(style) == std::vector<std::string>{"A", "B", "C"});
    CHECK(style.entries[1].count == 0);
    CHECK(style.entries[0].colour != style.entries[2].colour);
}

TEST_CASE("a legend that disagrees with its map is refused") {
    const map::Classes classes{map::Method::Equal, {0, 1, 2}};
    auto style = map::make_style(observed({0, 1, 2}).slice(), classes, {}, words());
    map::check_legend(style, 3);
    const auto refused = [](const map::Style& s, std::size_t units) {
        try {
            map::check_legend(s, units);
        } catch (const base::Error& e) {
            return e.message.key == "error.legend.disagrees";
        }
        return false;
    };
    CHECK(refused(style, 4));
    auto wrong_count = style;
    ++wrong_count.entries[0].count;
    CHECK(refused(wrong_count, 3));
    auto wrong_entry = style;
    wrong_entry.entry_of[1] = 9;
    CHECK(refused(wrong_entry, 3));
    // Two errors that cancel in the total.
    auto swapped = style;
    --swapped.entries[0].count, ++swapped.entries[1].count;
    CHECK(refused(swapped, 3));
}

TEST_CASE("a legend counts the units that have a shape, and a check notices any other count") {
    const map::Classes classes{map::Method::Manual, {0, 2, 4}};
    auto style = map::make_style(observed({1, 1, 3, 3}).slice(), classes, {}, words());
    std::vector<geo::Face> faces(4, geo::Face{0, 1, {}, 1, {}});
    CHECK_NOTHROW(map::check_legend(style, faces));
    faces[3].ring_count = 0;
    CHECK_THROWS_AS(map::check_legend(style, faces), base::Error);
    map::count_drawn(style, faces);
    CHECK_NOTHROW(map::check_legend(style, faces));
    std::size_t total = 0;
    for (const auto& entry : style.entries) total += entry.count;
    CHECK(total == 3);
}
