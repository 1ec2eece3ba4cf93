// Years across the reform: on the sample province, whose crosswalk is declared from 2009 to 2025.
#include "app/reform.hpp"

#include "app/commands/map.hpp"
#include "app/load_for_map.hpp"
#include "app/sample.hpp"
#include "app/smoothed.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <utility>

using namespace diaban;

namespace {

double total(const data::IndicatorCube& cube, const char* id, data::Period period) {
    const auto slice = cube.slice(*cube.find(id), *cube.find(period));
    double sum = 0;
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (slice.has(i)) sum += slice.value[i];
    return sum;
}

} // namespace

TEST_CASE("all years on one vintage: totals survive, statuses are not averaged") {
    const test::TempFolder folder;
    base::JobContext ctx;
    app::DataRequest request;
    request.store =
        app::write_sample(app::make_sample({.communes = 156, .seed = 1}, ctx), folder.path(), ctx)
            .store;
    request.use_cache = false;
    const auto load = [&](const char* vintage, app::Across across) {
        auto wanted = request;
        wanted.vintage = vintage;
        return app::load_across(wanted, across, app::Need::Values, ctx);
    };
    const auto before = load("2009", app::Across::No), after = load("2025", app::Across::No);
    SECTION("the old years on the new units") {
        const auto carried = load("2025", app::Across::Carried);
        CHECK(carried->cube->periods.size() == before->cube->periods.size() + 1);
        CHECK(carried->vintage->units.size() == after->vintage->units.size());
        for (const data::Period year : {data::Period{2010, 0}, data::Period{2024, 0}})
            CHECK(total(*carried->cube, "population", year) ==
                  Approx(total(*before->cube, "population", year)).epsilon(1e-9));
        // What was counted on these units stands as it is.
        CHECK(total(*carried->cube, "population", {2025, 0}) ==
              total(*after->cube, "population", {2025, 0}));
        const auto population = carried->cube->slice(*carried->cube->find("population"),
                                                     *carried->cube->find({2024, 0}));
        std::size_t estimated = 0, whole = 0;
        for (std::size_t i = 0; i < population.size(); ++i) {
            estimated += population.state[i] == data::Cell::Estimated;
            whole += population.state[i] == data::Cell::Observed;
        }
        CHECK(estimated > 0); // units with a part of a divided commune
        CHECK(whole > estimated);
        // A class that its sources do not share is none.
        const auto status =
            carried->cube->slice(*carried->cube->find("ST01"), *carried->cube->find({2024, 0}));
        for (std::size_t i = 0; i < status.size(); ++i)
            if (status.has(i)) CHECK(status.value[i] == std::floor(status.value[i]));
    }
    SECTION("the new year on the old communes, in proportion to people") {
        const auto carried = load("2009", app::Across::Carried);
        CHECK(carried->cube->periods.back() == data::Period{2025, 0});
        CHECK(total(*carried->cube, "population", {2025, 0}) ==
              Approx(total(*after->cube, "population", {2025, 0})).epsilon(1e-9));
        CHECK(total(*carried->cube, "population", {2015, 0}) ==
              total(*before->cube, "population", {2015, 0}));
    }
    SECTION("each year on its own boundaries: every year once, with its vintage") {
        const auto years = app::years_of({before, after});
        REQUIRE(years.size() == 17);
        CHECK(years.front() == app::YearOfVintage{{2009, 0}, "2009"});
        CHECK(years.back() == app::YearOfVintage{{2025, 0}, "2025"});
        CHECK(app::pooled({before, after}, "DR01").size() ==
              before->cube->pooled(*before->cube->find("DR01")).size() +
                  after->cube->pooled(*after->cube->find("DR01")).size());
    }
}

TEST_CASE("a crosswalk turned round shares a unit out by people; nobody's unit has no row") {
    // a -> X; b -> 30 % X, 70 % Y; c -> Z, where nobody lives.
    data::Crosswalk there{"old", "new", data::Basis::Declared, {}, 3};
    there.weight.offset = {0, 1, 3, 4};
    there.weight.index = {0, 0, 1, 2};
    there.weight.weight = {1, 0.3, 0.7, 1};
    const std::vector<double> people{700, 1000, 0};
    const auto back = app::reversed(there, people);
    REQUIRE(back.weight.rows() == 3);
    CHECK(back.to_units == 3);
    // X: 700 of a and 300 of b.
    CHECK(std::vector<double>(back.weight.weights(0).begin(), back.weight.weights(0).end()) ==
          std::vector<double>{0.7, 0.3});
    CHECK(back.weight.row(1).size() == 1);
    CHECK(back.weight.weights(1)[0] == 1);
    CHECK(back.weight.row(2).empty());
}

TEST_CASE("what one map needs of a store is what the whole store says about it") {
    const test::TempFolder folder;
    base::JobContext ctx;
    app::DataRequest request;
    request.store =
        app::write_sample(app::make_sample({.communes = 60, .seed = 1}, ctx), folder.path(), ctx)
            .store;
    request.use_cache = false;
    const auto whole = app::load(request, app::Need::Values, ctx);
    const auto same = [&](const app::Dataset& part, const char* id) {
        const auto a = *whole->cube->find(id), b = *part.cube->find(id);
        for (std::size_t p = 0; p < whole->cube->periods.size(); ++p)
            for (std::size_t i = 0; i < whole->cube->units(); ++i)
                if (whole->cube->state(a, p, i) != part.cube->state(b, p, i) ||
                    (whole->cube->slice(a, p).has(i) &&
                     whole->cube->value(a, p, i) != part.cube->value(b, p, i)))
                    return false;
        return true;
    };
    const auto rate = app::load_for_map(request, "DR01_rate", app::Need::Values, ctx);
    CHECK(rate->cube->indicators.size() == 3); // and what it is made of
    for (const auto* id : {"DR01_rate", "DR01", "population"}) CHECK(same(*rate, id));
    const auto count = app::load_for_map(request, "DR01", app::Need::Values, ctx);
    CHECK(count->cube->find("DR01_rate")); // what is better shown than a count
    const auto first = app::load_for_map(request, "", app::Need::Values, ctx);
    CHECK(app::resolve({}, *first).indicator == app::resolve({}, *whole).indicator);
    CHECK(first->cube->indicators.size() == 1);
    CHECK(same(*first, "ST01"));
    // A smoothed rate needs what its rate is made of; one without a name is that of the first rate.
    for (const auto* id : {"DR01_rate:eb", "IN03_rate:excess"}) {
        const auto smooth = app::load_for_map(request, id, app::Need::Values, ctx);
        CHECK(smooth->cube->indicators.size() == 3);
        CHECK(same(*smooth, app::as_it_stands(id).c_str()));
    }
    for (const auto* id : {":eb", ":raw"}) {
        const auto smooth = app::load_for_map(request, id, app::Need::Values, ctx);
        CHECK(smooth->cube->indicators.size() == 3);
        CHECK(app::full_id(id, *smooth->cube) == app::full_id(id, *whole->cube));
    }
    CHECK(app::load_for_map(request, "nothing", app::Need::Values, ctx)->cube->indicators.size() ==
          whole->cube->indicators.size());
    CHECK_FALSE(app::is_large_store(request.store));
}

TEST_CASE("maps of several years, each on its own boundaries, share their classes") {
    const test::TempFolder folder;
    base::JobContext ctx;
    app::MapRequest request;
    request.data.store =
        app::write_sample(app::make_sample({.communes = 60, .seed = 1}, ctx), folder.path(), ctx)
            .store;
    request.data.use_cache = false;
    request.map.indicator = "DR01_rate";
    request.years = {{2024, 0}, {2025, 0}};
    request.across = app::Across::Own;
    request.page.size = "slide";
    request.classification = app::Classification::Internal; // classes of all values
    request.out = folder / "ban_do.svg";
    const auto language = app::Language::load("en");
    const auto report = app::run_on_own_boundaries(request, *language, ctx);
    REQUIRE(report.files.size() == 2);
    CHECK(report.files[0].filename() == "ban_do_2024.svg");
    CHECK(report.files[1].filename() == "ban_do_2025.svg");
    for (const auto& file : report.files) CHECK(std::filesystem::exists(file));
    auto after = request.data;
    after.vintage = "2025";
    const auto alone = app::load(after, app::Need::Values, ctx);
    CHECK(report.units == alone->vintage->units.size());
    // The classes are those of all vintages pooled, not those of 2025 alone.
    const auto before = app::load(request.data, app::Need::Values, ctx);
    const auto values = app::pooled({before, alone}, "DR01_rate");
    CHECK(report.map.classes.breaks ==
          map::make_classes(
              values,
              {.method = request.map.method, .k = request.map.k, .manual = {}, .zero_apart = true})
              .breaks);
}

TEST_CASE("a public map of carried numbers is masked once, for its page and for the log") {
    const test::TempFolder folder;
    base::JobContext unhurried;
    app::MapRequest request;
    request.data.store =
        app::write_sample(app::make_sample({.communes = 60, .seed = 1}, unhurried), folder.path(),
                          unhurried)
            .store;
    request.data.vintage = "2025";
    request.data.use_cache = false;
    request.map = {.indicator = "DR01", .period = {2024, 0}};
    request.page.size = "slide";
    request.out = folder / "ban_do.svg";
    const auto load = [&] {
        return app::load_across(request.data, app::Across::Carried, app::Need::Picture, unhurried);
    };
    std::size_t begun = 0;
    base::JobContext ctx(1, [&](std::string_view stage, double fraction) {
        begun += stage == "stage.mask" && fraction < 0;
    });
    app::mask(load(), {}, ctx);
    const auto once = std::exchange(begun, 0);
    REQUIRE(once > 0);
    app::run(request, *load(), *app::Language::load("en"), ctx);
    CHECK(begun == once);
}
