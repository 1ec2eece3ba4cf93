// Choosing units by shape and by class, on a map drawn by hand.
#include "app/language.hpp"
#include "app/selection.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using app::Combine;
using app::Faces;

namespace {

// Nine units of one cell each, A at the top left; cells are 1 km wide.
const test::Drawn& square() {
    static const auto drawn = test::coverage_from("ABC"
                                                  "DEF"
                                                  "GHI",
                                                  3);
    return drawn;
}
geo::Point middle(int column, int row_from_below) {
    return {(column + 0.5) * test::kCellM, (row_from_below + 0.5) * test::kCellM};
}
Faces faces(std::string_view letters) {
    Faces out;
    for (const char c : letters) out.push_back(square().face(c));
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

TEST_CASE("a choice replaces, adds to or takes from the selection; what it has is sorted, once") {
    CHECK(app::combined({1, 2}, {7, 3, 3}, Combine::Replace) == Faces{3, 7});
    CHECK(app::combined({1, 3}, {3, 2}, Combine::Add) == Faces{1, 2, 3});
    CHECK(app::combined({1, 2, 3}, {3, 9, 1}, Combine::Subtract) == Faces{2});
    CHECK(app::inverted({0, 2}, 4) == Faces{1, 3});
    CHECK(app::inverted({}, 2) == Faces{0, 1});
    CHECK(app::inverted(app::inverted({1}, 5), 5) == Faces{1});
}

TEST_CASE("units lie in a shape if their middle does") {
    geo::Box top;
    top.add(geo::Point{-10, 1.4 * test::kCellM});
    top.add(geo::Point{2.2 * test::kCellM, 4 * test::kCellM});
    CHECK(app::faces_in_box(*square(), top) == faces("ABDE"));

    // Below the diagonal, and a little less.
    const geo::Point triangle[] = {{0, -100}, {3100, -100}, {3100, 3000}};
    CHECK(app::faces_in_polygon(*square(), triangle) == faces("FHI"));
    CHECK(app::faces_in_polygon(*square(), std::span<const geo::Point>()).empty());

    CHECK(app::faces_in_circle(*square(), middle(1, 1), 1.05 * test::kCellM) == faces("BDEFH"));
    CHECK(app::faces_in_circle(*square(), middle(1, 1), 1.5 * test::kCellM) == faces("ABCDEFGHI"));
}

TEST_CASE("a class selects its units; together the classes select all, each once") {
    map::Style style;
    style.entries.resize(3);
    style.entry_of = {0, 2, 2, 1, 0};
    CHECK(app::faces_of_entry(style, 0) == Faces{0, 4});
    CHECK(app::faces_of_entry(style, 2) == Faces{1, 2});
    std::size_t all = 0;
    for (std::size_t e = 0; e < 3; ++e) all += app::faces_of_entry(style, e).size();
    CHECK(all == 5);
}

TEST_CASE("a named set outlives a change of rows, and forgets what is gone") {
    data::UnitTable before, after;
    before.code = {"01", "02", "03"};
    before.name = {"a", "b", "c"};
    after.code = {"03", "01"};
    after.name = {"c", "a"};
    const auto set = app::named_set("tuyến sông", {0, 1}, before);
    CHECK(set.codes == std::vector<std::string>{"01", "02"});
    CHECK(app::faces_of_set(set, before) == Faces{0, 1});
    CHECK(app::faces_of_set(set, after) == Faces{1});
}

TEST_CASE("a district has its own counts in the legend; units without a shape have none") {
    data::Vintage vintage;
    vintage.coverage = square().coverage;
    // A to C in the first district, D to H in the second, I in none.
    vintage.units.parent[static_cast<std::size_t>(data::Level::District)] = {
        0, 0, 0, 1, 1, 1, 1, 1, geo::kNoGroup};
    map::Style style;
    style.entries.resize(3);
    style.entry_of = {0, 1, 1, 0, 0, 1, 1, 1, 2};
    using Counts = std::vector<std::size_t>;
    CHECK(app::counts_in(style, vintage, data::Level::District, 0) == Counts{1, 2, 0});
    CHECK(app::counts_in(style, vintage, data::Level::District, 1) == Counts{2, 3, 0});
    CHECK(app::counts_in(style, vintage, data::Level::District, 7) == Counts{0, 0, 0});
    // A tenth unit that the boundaries lack.
    vintage.units.parent[static_cast<std::size_t>(data::Level::District)].push_back(0);
    style.entry_of.push_back(2);
    CHECK(app::counts_in(style, vintage, data::Level::District, 0) == Counts{1, 2, 0});
}

TEST_CASE("codes that somebody asked for are all there, or are named") {
    data::UnitTable units;
    units.code = {"31501", "31502", "31600"};
    units.name = {"a", "b", "c"};
    CHECK(app::faces_of_codes({}, units).empty());
    CHECK(app::faces_of_codes({"31600", "31501"}, units) == Faces{0, 2});
    const auto asked = [&](const std::vector<std::string>& codes) {
        std::string said;
        try {
            app::faces_of_codes(codes, units);
        } catch (const base::Error& error) {
            CHECK(error.kind == base::ErrorKind::Usage);
            CHECK(error.message.key == "error.select.unknown");
            said = app::Language::load("en")->text(error.message.key, error.message.args);
        }
        return said;
    };
    CHECK_THAT(asked({"31501", "3150"}), Catch::Contains("code 3150.") && Catch::Contains("31501"));
    CHECK_THAT(asked({"x", "y", "z", "u", "v", "w"}),
               Catch::Contains("x, y, z, u, v …") && Catch::Contains("31501, 31502, 31600"));
}
