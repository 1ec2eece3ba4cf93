// Where listed units lie: three districts, of which two have the same name in two provinces.
#include "app/whereabouts.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using data::Level;

namespace {

data::UnitTable units_of_two_provinces() {
    data::UnitTable out;
    out.code = {"1", "2", "3", "4", "5"};
    out.name = {"Xã A", "Xã B", "Xã C", "Xã D", ""};
    out.type.resize(5);
    out.groups[static_cast<std::size_t>(Level::District)] = {
        {"11", "Huyện Châu Thành"}, {"12", "Huyện Tân Biên"}, {"21", "Huyện Châu Thành"}};
    out.parent[static_cast<std::size_t>(Level::District)] = {0, 0, 1, 2, 2};
    out.groups[static_cast<std::size_t>(Level::Province)] = {{"1", "Tỉnh Một"}, {"2", "Tỉnh Hai"}};
    out.parent[static_cast<std::size_t>(Level::Province)] = {0, 0, 0, 1, 1};
    return out;
}

using Levels = std::vector<Level>;

} // namespace

TEST_CASE("a list says in columns where its units lie, and once what they have in common") {
    const auto units = units_of_two_provinces();
    const auto all = app::whereabouts(units, {0, 2, 3});
    CHECK(all.columns == Levels{Level::District, Level::Province});
    CHECK(all.all_in.empty());
    // Two districts of one name: the province tells them apart, and the name stands once.
    const auto named_alike = app::whereabouts(units, {0, 3});
    CHECK(named_alike.columns == Levels{Level::Province});
    CHECK(named_alike.all_in == "Huyện Châu Thành");
    const auto one_place = app::whereabouts(units, {3, 4});
    CHECK(one_place.columns.empty());
    CHECK(one_place.all_in == "Huyện Châu Thành, Tỉnh Hai");
    // A single unit has nothing in common with others.
    CHECK(app::whereabouts(units, {2}).columns == Levels{Level::District, Level::Province});
    CHECK(app::whereabouts(units, {}).columns.empty());
    // What the page is about is in its title: its first province, then its first district.
    const auto province = app::whereabouts(units, {0, 2}, [](std::size_t u) { return u < 3; });
    CHECK(province.columns == Levels{Level::District});
    CHECK(province.all_in.empty());
    const auto district = app::whereabouts(units, {0, 1}, [](std::size_t u) { return u < 2; });
    CHECK(district.columns.empty());
    CHECK(district.all_in.empty());
    auto without_districts = units;
    without_districts.groups[static_cast<std::size_t>(Level::District)].clear();
    without_districts.parent[static_cast<std::size_t>(Level::District)].clear();
    CHECK(app::whereabouts(without_districts, {0, 3}).columns == Levels{Level::Province});
}

TEST_CASE("names in a sentence stand together with the place they lie in") {
    const auto units = units_of_two_provinces();
    CHECK(app::named_with_places(units, {0, 3, 1, 4}) ==
          "Xã A, Xã B (Huyện Châu Thành, Tỉnh Một); Xã D, 5 (Huyện Châu Thành, Tỉnh Hai)");
    auto one_place = units;
    one_place.parent[static_cast<std::size_t>(Level::District)].assign(5, 0);
    one_place.parent[static_cast<std::size_t>(Level::Province)].assign(5, 0);
    CHECK(app::named_with_places(one_place, {0, 3}) == "Xã A, Xã D");
}
