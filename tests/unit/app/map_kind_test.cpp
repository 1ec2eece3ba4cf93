// What kinds of maps are made of: of the sample province, against its table and plain counting.
#include "app/map_kind.hpp"

#include "app/commands/classes.hpp"
#include "app/commands/map.hpp"
#include "app/commands/map_preview.hpp"
#include "hotspots_province.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>

using namespace diaban;
using namespace diaban::app;
using map::MapKind;
using Role = map::LegendEntry::Role;
using test::province;

namespace {

const Language& in_english() {
    static const auto kLanguage = Language::load("en");
    return *kLanguage;
}

// Of people on record in 2015, drawn so; `masked`: as the public sees them.
StyledMap of_persons(MapKind kind, bool masked = false, MapChoice choice = {}) {
    choice.indicator = "DR01";
    choice.period = {2015, 0};
    choice.kind = kind;
    const auto dataset = masked ? mask(province().dataset, {}).dataset : province().dataset;
    return styled(*dataset, choice, in_english());
}

data::Slice persons_of_2015(const Dataset& dataset) {
    return dataset.cube->slice(*dataset.cube->find("DR01"),
                               *dataset.cube->find(data::Period{2015, 0}));
}

std::size_t units_in(const map::Style& style) {
    return std::accumulate(style.entries.begin(), style.entries.end(), std::size_t{0},
                           [](std::size_t sum, const auto& e) { return sum + e.count; });
}

std::string kind_refusal(const MapChoice& choice) {
    return test::thrown_key([&] { styled(*province().dataset, choice, in_english()); });
}

} // namespace

TEST_CASE("counts are offered as circles first, categories as colours alone") {
    const auto& cube = *province().dataset->cube;
    for (const auto& indicator : cube.indicators) {
        const auto kinds = kinds_for(indicator);
        INFO(indicator.id);
        if (indicator.kind == data::Kind::Category)
            CHECK(kinds == std::vector<MapKind>{MapKind::Choropleth});
        else
            CHECK(kinds.front() ==
                  (indicator.kind == data::Kind::Count ? MapKind::Symbols : MapKind::Choropleth));
        // Dots and cartograms are of what can be added up.
        const bool dots = std::find(kinds.begin(), kinds.end(), MapKind::Dots) != kinds.end();
        CHECK(dots == (indicator.kind == data::Kind::Count));
    }
    CHECK(with_fitting_kind({.indicator = "DR01", .kind = MapKind::Dots}, cube).kind ==
          MapKind::Dots);
    CHECK(with_fitting_kind({.indicator = test::rate_id(), .kind = MapKind::Dots}, cube).kind ==
          MapKind::Choropleth);
}

TEST_CASE("circles, dots and cartograms are of the values of the table, in all units drawn") {
    const auto slice = persons_of_2015(*province().dataset);
    for (const auto kind :
         {MapKind::Symbols, MapKind::Dots, MapKind::Cartogram, MapKind::Graduated}) {
        const auto map = of_persons(kind);
        INFO(to_string(kind));
        REQUIRE(map.theme);
        REQUIRE(map.theme->amount.size() == slice.size());
        CHECK_NOTHROW(map::check_theme(*map.theme, map.style,
                                       province().dataset->vintage->coverage->faces()));
        CHECK(units_in(map.style) == slice.size());
        std::size_t with = 0;
        for (std::size_t i = 0; i < slice.size(); ++i) {
            const double amount = map.theme->amount[i];
            with += amount > 0;
            if (kind == MapKind::Graduated || !(amount > 0)) continue;
            CHECK(amount == slice.value[i]);
        }
        CHECK(with > 0);
        for (std::size_t i = 0; kind == MapKind::Symbols && i < slice.size(); ++i)
            CHECK((map.theme->amount[i] > 0) == (slice.has(i) && slice.value[i] > 0));
    }
}

TEST_CASE("a circle means the same in every year") {
    const auto map = of_persons(MapKind::Symbols);
    const auto all = province().dataset->cube->pooled(map.indicator);
    CHECK(map.theme->largest == *std::max_element(all.begin(), all.end()));
    for (const int year : {2010, 2012}) {
        const auto other = restyled(*province().dataset, map, {year, 0}, in_english());
        CHECK(other.theme->largest == map.theme->largest);
        CHECK(other.theme->largest_px == map.theme->largest_px);
        CHECK(other.theme->amount != map.theme->amount);
    }
    const auto wide = of_persons(MapKind::Symbols, false, {.largest_mm = 25.4});
    CHECK(wide.theme->largest_px == Approx(96)); // an inch
}

TEST_CASE("of masked people no circle and no dot is drawn, and none tells of them") {
    const auto open = persons_of_2015(*province().dataset);
    const auto closed = mask(province().dataset, {}).dataset;
    const auto slice = persons_of_2015(*closed);
    std::size_t masked = 0;
    for (const auto kind :
         {MapKind::Symbols, MapKind::Graduated, MapKind::Dots, MapKind::Cartogram}) {
        const auto map = of_persons(kind, true);
        INFO(to_string(kind));
        std::size_t suppressed = 0;
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (slice.state[i] != data::Cell::Suppressed) continue;
            ++suppressed;
            CHECK(map.theme->amount[i] == 0);
            CHECK(map.style.entries[map.style.entry_of[i]].role == Role::Suppressed);
        }
        const auto row = std::find_if(map.style.entries.begin(), map.style.entries.end(),
                                      [](const auto& e) { return e.role == Role::Suppressed; });
        REQUIRE(row != map.style.entries.end());
        CHECK(row->count == suppressed);
        masked = suppressed;
        // Where those who are masked are more or fewer, the map is the same.
        auto cube = std::make_shared<data::IndicatorCube>(*province().dataset->cube);
        auto other = std::make_shared<Dataset>(*province().dataset);
        const auto at = *cube->find("DR01");
        const auto period = *cube->find(data::Period{2015, 0});
        bool changed = false;
        for (std::size_t i = 0; i < slice.size(); ++i)
            if (slice.state[i] == data::Cell::Suppressed && open.value[i] >= 2 &&
                open.value[i] <= 8) {
                cube->set(at, period, i, open.value[i] == 8 ? 7 : open.value[i] + 1);
                changed = true;
            }
        REQUIRE(changed);
        // The same cells are masked: what is drawn of the others must not move.
        other->cube = cube;
        const auto again = mask(other, {}).dataset;
        const auto states = persons_of_2015(*again).state;
        if (!std::equal(states.begin(), states.end(), slice.state.begin())) continue;
        const auto redrawn =
            styled(*again, {.indicator = "DR01", .period = {2015, 0}, .kind = kind}, in_english());
        CHECK(redrawn.theme->amount == map.theme->amount);
        CHECK(redrawn.theme->largest == map.theme->largest);
        CHECK(redrawn.theme->dot_value == map.theme->dot_value);
        CHECK(redrawn.theme->m2_per_amount == map.theme->m2_per_amount);
    }
    CHECK(masked > 0);
}

TEST_CASE("what a dot stands for is round, asked for, and told") {
    const auto map = of_persons(MapKind::Dots);
    const double value = map.theme->dot_value;
    const double digit = value / std::pow(10, std::floor(std::log10(value) + 1e-9));
    CHECK((digit == Approx(1) || digit == Approx(2) || digit == Approx(5)));
    CHECK(value >= 5); // no dot is one person
    const auto slice = persons_of_2015(*province().dataset);
    const auto asked = of_persons(MapKind::Dots, false, {.dot_value = 20});
    CHECK(asked.theme->dot_value == 20);
    CHECK(asked.legend_note.find("1 dot = 20") != std::string::npos);
    std::size_t few = 0, dots = 0;
    for (std::size_t i = 0; i < slice.size(); ++i) {
        if (!slice.has(i) || !(slice.value[i] > 0)) continue;
        few += slice.value[i] < 10;
        dots += static_cast<std::size_t>(std::floor(slice.value[i] / 20 + 0.5));
    }
    std::size_t told = 0;
    for (const double amount : asked.theme->amount) told += map::dots_of(amount, 20);
    CHECK(told == dots);
    const auto row = std::find_if(asked.style.entries.begin(), asked.style.entries.end(),
                                  [](const auto& e) { return e.key == "class:1/2"; });
    REQUIRE(row != asked.style.entries.end());
    CHECK(row->count == few);
    CHECK(kind_refusal({.indicator = "DR01", .kind = MapKind::Dots, .dot_value = 1e-6}) ==
          "error.kind.dots_many");
}

TEST_CASE("two indicators: terciles and the nine counts, against plain sorting") {
    const auto rate = test::rate_id();
    const auto map = of_persons(MapKind::Bivariate, false, {.second = rate});
    const auto& cube = *province().dataset->cube;
    const auto period = *cube.find(data::Period{2015, 0});
    const auto first = persons_of_2015(*province().dataset);
    const auto second = cube.slice(*cube.find(rate), period);
    // Where a third and two thirds of the sorted values of all years lie: type 7 of R's quantile().
    // A fifth of them being zero, they are those of the others.
    const auto thirds = [&](const std::string& id) {
        auto values = cube.pooled(*cube.find(id));
        std::sort(values.begin(), values.end());
        if (values[values.size() / 5] == 0) std::erase(values, 0.0);
        const auto at = [&](double part) {
            const double h = part * static_cast<double>(values.size() - 1);
            const auto low = static_cast<std::size_t>(h + 1e-9);
            const double rest = h - static_cast<double>(low);
            return rest < 1e-9 ? values[low] : values[low] + rest * (values[low + 1] - values[low]);
        };
        return std::pair(at(1.0 / 3), at(2.0 / 3));
    };
    const auto a = thirds("DR01"), b = thirds(rate);
    REQUIRE(map.classes.breaks.size() == 4);
    CHECK(map.classes.breaks[1] == Approx(a.first));
    CHECK(map.second_classes.breaks[2] == Approx(b.second));
    std::map<std::string, std::size_t> expected;
    const auto part = [](double v, std::pair<double, double> t) {
        return v < t.first ? 1 : v < t.second ? 2 : 3;
    };
    std::size_t empty = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (first.has(i) && second.has(i))
            ++expected["pair:" + std::to_string(part(first.value[i], a)) + "/" +
                       std::to_string(part(second.value[i], b))];
        else
            ++empty;
    }
    std::size_t cells = 0, in_cells = 0;
    for (const auto& entry : map.style.entries) {
        if (!map::pair_cell(entry)) continue;
        ++cells, in_cells += entry.count;
        CHECK(entry.count == expected[entry.key]);
    }
    CHECK(cells == 9);
    CHECK(in_cells + empty == first.size());
    CHECK(map.theme->across.breaks.size() == 2);
    CHECK_FALSE(map.title.empty());
}

TEST_CASE("what cannot be drawn so is refused with what can") {
    const auto& cube = *province().dataset->cube;
    const auto category =
        std::find_if(cube.indicators.begin(), cube.indicators.end(),
                     [](const auto& i) { return i.kind == data::Kind::Category; });
    REQUIRE(category != cube.indicators.end());
    CHECK(kind_refusal({.indicator = category->id, .kind = MapKind::Symbols}) ==
          "error.kind.unfit");
    CHECK(kind_refusal({.indicator = test::rate_id(), .kind = MapKind::Cartogram}) ==
          "error.kind.unfit");
    CHECK(kind_refusal({.indicator = "DR01", .kind = MapKind::Bivariate}) ==
          "error.kind.second_missing");
    CHECK(kind_refusal({.indicator = "DR01", .kind = MapKind::Bivariate, .second = "DR01"}) ==
          "error.kind.second_same");
    CHECK(kind_refusal({.indicator = "DR01", .kind = MapKind::Bivariate, .second = "nothing"}) ==
          "error.indicator.unknown");
    CHECK(kind_refusal({.indicator = "DR01", .kind = MapKind::Bivariate, .second = category->id}) ==
          "error.kind.second_category");
    CHECK(kind_refusal({.indicator = "DR01",
                        .method = map::Method::Manual,
                        .manual = {1, 2, 3, 4, 5, 6},
                        .kind = MapKind::Bivariate,
                        .second = test::rate_id()}) == "error.kind.pair_classes");
    auto below = std::make_shared<data::IndicatorCube>(cube);
    below->set(*below->find("DR01"), 0, 0, -3);
    auto other = *province().dataset;
    other.cube = below;
    CHECK(test::thrown_key(
              [&] { styled(other, {.indicator = "DR01", .kind = MapKind::Symbols}, in_english()); },
              base::ErrorKind::Data) == "error.kind.negative");
}

TEST_CASE("classes and changes are those of coloured maps, however the map is drawn") {
    ClassesRequest plain{.data = {}, .map = {.indicator = "DR01", .period = {2015, 0}}};
    auto drawn = plain;
    drawn.map.kind = MapKind::Symbols;
    base::JobContext ctx;
    const auto a = run(plain, province().dataset, in_english(), ctx);
    const auto b = run(drawn, province().dataset, in_english(), ctx);
    CHECK(a.map.classes.breaks == b.map.classes.breaks);
    CHECK(a.counts == b.counts);
    const MapRequest change{
        .data = {}, .map = {.kind = MapKind::Dots}, .change = "2012:2015", .change_of = "DR01"};
    const auto page = first_page(change, *province().dataset, in_english(), ctx);
    CHECK_FALSE(page.scene.theme);
}
