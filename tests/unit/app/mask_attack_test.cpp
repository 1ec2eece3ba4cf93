// Whoever has all public tables and a linear program must find every small count able to be any
// number from 1 to k-1, and no cell that was masked beside one to be a single number. The bounds
// come from Clp, not from what chose the cells.
#include "unit/app/mask_attack.hpp"

#include "app/sample.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace diaban;

namespace {

// Communes of districts, with an agency each, and people with a file, in centres and in the
// community: as many of these as there are rows of values.
std::shared_ptr<const app::Dataset> people_of(const std::vector<std::size_t>& district,
                                              const std::vector<std::size_t>& agency,
                                              const std::vector<std::vector<double>>& values) {
    auto vintage = std::make_shared<data::Vintage>();
    auto& units = vintage->units;
    const auto level = static_cast<std::size_t>(data::Level::District);
    for (std::size_t i = 0; i < district.size(); ++i) {
        units.code.push_back(std::to_string(10000 + i));
        units.name.push_back("Xã " + std::to_string(i));
        units.parent[level].push_back(static_cast<geo::GroupIndex>(district[i]));
        while (units.groups[level].size() <= district[i])
            units.groups[level].push_back({std::to_string(units.groups[level].size()), "Huyện"});
    }
    std::vector<data::Indicator> indicators;
    const std::array<const char*, 3> ids{"DR01", "DR02", "DR03"};
    for (std::size_t k = 0; k < values.size(); ++k)
        indicators.push_back({.id = ids[k], .kind = data::Kind::Count, .unit = "người"});
    data::Indicator responsible{.id = "agency", .kind = data::Kind::Category};
    for (const auto a : agency)
        while (responsible.categories.size() <= a)
            responsible.categories.push_back("Đội " +
                                             std::to_string(responsible.categories.size()));
    if (!agency.empty()) indicators.push_back(responsible);
    auto cube = std::make_shared<data::IndicatorCube>(
        "", indicators, std::vector<data::Period>{{2012, 0}}, district.size());
    for (std::size_t i = 0; i < district.size(); ++i) {
        for (std::size_t k = 0; k < values.size(); ++k) cube->set(k, 0, i, values[k][i]);
        if (!agency.empty()) cube->set(values.size(), 0, i, static_cast<double>(agency[i]));
    }
    auto out = std::make_shared<app::Dataset>();
    out->vintage = vintage;
    out->cube = cube;
    return out;
}

std::vector<std::string> told_of(const std::shared_ptr<const app::Dataset>& all,
                                 bool every_sum = false) {
    const auto language = app::Language::load("en");
    const auto masked = app::mask(all, {});
    test::PublicTables tables(all, masked, 10, *language);
    tables.know_sums(every_sum);
    tables.know_what_adds_up();
    return tables.told(10);
}

void check_none_told(const std::vector<std::string>& told) {
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(told.size(), 20); ++i)
        list += "\n  " + told[i];
    INFO(told.size() << ":" << list);
    CHECK(told.empty());
}

} // namespace

TEST_CASE("the linear program tells what a table with too few masked cells gives away") {
    // By hand: of 3 and 4 that are 7 together each is at most 6; beside a third cell, anything.
    test::MaskAttack attack;
    const auto three = attack.add(3, 1, 9), four = attack.add(4, 1, 9);
    attack.know({{three, 1}, {four, 1}});
    CHECK(attack.ranges()[three].least == Approx(1));
    CHECK(attack.ranges()[three].most == Approx(6));
    test::MaskAttack other;
    const auto small = other.add(3, 1, 9), small_too = other.add(4, 1, 9),
               beside = other.add(12, 0, test::MaskAttack::kAny);
    other.know({{small, 1}, {small_too, 1}, {beside, 1}});
    CHECK(other.ranges()[small].least == Approx(1));
    CHECK(other.ranges()[small].most == Approx(9));
    CHECK(other.ranges()[beside].least == Approx(1));
    CHECK(other.ranges()[beside].most == Approx(17));
    // All sums of districts that have only small counts: the masks alone cannot hide them.
    CHECK_FALSE(told_of(people_of({0, 0, 1, 1}, {}, {{9, 9, 0, 0}}), true).empty());
}

TEST_CASE("two small counts alone do not fill what the total of their district leaves") {
    check_none_told(told_of(people_of({0, 0, 0, 0}, {}, {{3, 4, 20, 30}})));
    check_none_told(told_of(people_of({0, 0, 0, 0}, {}, {{8, 9, 20, 30}})));
    check_none_told(told_of(people_of({0, 0, 1, 1}, {}, {{8, 9, 20, 30}})));
    check_none_told(told_of(people_of({0, 0, 0, 1, 1}, {}, {{1, 1, 1, 50, 60}})));
}

TEST_CASE("no public table of random districts and agencies tells a small count") {
    std::mt19937 random(21);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t would_tell = 0;
    for (int round = 0; round < 200; ++round) {
        std::vector<std::size_t> district, agency;
        std::vector<double> counts;
        const auto districts = 1 + below(4), agencies = below(4), zeros = below(6);
        const auto most = std::vector<std::size_t>{6, 9, 15, 60}[below(4)];
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 1 + below(7); n > 0; --n) {
                district.push_back(d);
                if (agencies > 0) agency.push_back(below(agencies));
                counts.push_back(below(10) < zeros ? 0 : static_cast<double>(1 + below(most)));
            }
        const auto all = people_of(district, agency, {counts});
        INFO("round " << round);
        check_none_told(told_of(all));
        would_tell += !told_of(all, true).empty();
    }
    CHECK(would_tell > 20); // with the sums that are hidden
}

TEST_CASE("what adds up in random communes tells no small count") {
    std::mt19937 random(22);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    for (int round = 0; round < 100; ++round) {
        std::vector<std::size_t> district;
        std::vector<std::vector<double>> values(3);
        const auto most = std::vector<std::size_t>{6, 12, 40, 90}[below(4)];
        const auto districts = 1 + below(3);
        for (std::size_t d = 0; d < districts; ++d)
            for (auto n = 2 + below(7); n > 0; --n) {
                district.push_back(d);
                const auto centre = static_cast<double>(below(4) == 0 ? 0 : below(most)),
                           home = static_cast<double>(below(2 * most));
                values[0].push_back(centre + home);
                values[1].push_back(centre);
                values[2].push_back(home);
            }
        INFO("round " << round);
        check_none_told(told_of(people_of(district, {}, values)));
    }
}

TEST_CASE("the public tables of the sample province tell no small count", "[.slow]") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const auto files =
        app::write_sample(app::make_sample({.communes = 156}, ctx), folder.path(), ctx);
    for (const char* vintage : {"2009", "2025"}) {
        const auto all =
            app::load({.store = files.store, .vintage = vintage}, app::Need::Values, ctx);
        INFO(vintage);
        const auto masked = app::mask(all, {});
        CHECK(masked.cells.size() > (vintage == std::string("2009") ? 200 : 0));
        check_none_told(told_of(all));
    }
}
