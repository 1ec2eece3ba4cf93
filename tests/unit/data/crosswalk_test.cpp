#include "data/crosswalk.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>

using namespace diaban;
using namespace diaban::data;

namespace {

// CrosswalkShares of each old unit: {{new unit, share}, ...}.
using CrosswalkShares = std::vector<std::vector<std::pair<std::uint32_t, double>>>;
Crosswalk crosswalk(std::string from, std::string to, std::size_t to_units,
                    const CrosswalkShares& shares) {
    Crosswalk out;
    out.from = std::move(from);
    out.to = std::move(to);
    out.to_units = to_units;
    for (const auto& row : shares) {
        for (const auto& [target, share] : row) {
            out.weight.index.push_back(target);
            out.weight.weight.push_back(share);
        }
        out.weight.offset.push_back(static_cast<std::uint32_t>(out.weight.index.size()));
    }
    return out;
}

IndicatorCube cube_of(Kind kind, const std::vector<double>& values) {
    Indicator indicator;
    indicator.id = "x";
    indicator.kind = kind;
    if (kind == Kind::Category) indicator.categories = {"none", "present", "hot"};
    IndicatorCube cube("a", {indicator}, {{2010, 0}}, values.size());
    for (std::size_t i = 0; i < values.size(); ++i) cube.set(0, 0, i, values[i]);
    return cube;
}

// Of the cells that have a value; a unit that nothing leads to has none.
double total(const IndicatorCube& cube, std::size_t indicator = 0) {
    const auto slice = cube.slice(indicator, 0);
    double sum = 0;
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (slice.has(i)) sum += slice.value[i];
    return sum;
}

IndicatorCube carried(const IndicatorCube& cube, const Crosswalk& walk) {
    base::Findings findings;
    return carry(cube, walk, findings);
}

// A crosswalk that splits every unit over a few others.
Crosswalk random_walk(std::string from, std::string to, std::size_t n, std::size_t m,
                      unsigned seed) {
    std::mt19937 random(seed);
    CrosswalkShares shares(n);
    for (auto& row : shares) {
        std::vector<std::uint32_t> targets(m);
        std::iota(targets.begin(), targets.end(), 0u);
        std::shuffle(targets.begin(), targets.end(), random);
        targets.resize(1 + random() % 4);
        std::sort(targets.begin(), targets.end());
        std::vector<double> share(targets.size());
        double sum = 0;
        for (auto& s : share) sum += s = 1 + static_cast<double>(random() % 1000);
        for (std::size_t k = 0; k < targets.size(); ++k)
            row.emplace_back(targets[k], share[k] / sum);
    }
    return crosswalk(std::move(from), std::move(to), m, shares);
}

} // namespace

TEST_CASE("counts are split and summed by hand-worked shares") {
    // Old 0 goes whole to new 0; old 1 is divided 1:3 between new 0 and new 1; old 2 whole to
    // new 1.
    const auto walk = crosswalk("a", "b", 2, {{{0, 1}}, {{0, 0.25}, {1, 0.75}}, {{1, 1}}});
    base::Findings findings;
    const auto out = carry(cube_of(Kind::Count, {10, 40, 5}), walk, findings);
    CHECK(out.vintage == "b");
    CHECK(out.value(0, 0, 0) == Approx(20));
    CHECK(out.value(0, 0, 1) == Approx(35));
    CHECK(out.state(0, 0, 0) == Cell::Estimated); // part of old 1 is in it
    CHECK(total(out) == Approx(55).epsilon(1e-12));
    CHECK(findings.empty());
}

TEST_CASE("a merge of whole units is observed, not estimated") {
    const auto out =
        carried(cube_of(Kind::Count, {10, 40}), crosswalk("a", "b", 1, {{{0, 1}}, {{0, 1}}}));
    CHECK(out.value(0, 0, 0) == 50);
    CHECK(out.state(0, 0, 0) == Cell::Observed);
}

TEST_CASE("a missing source leaves a missing cell, never a zero") {
    auto cube = cube_of(Kind::Count, {10, 0, 3});
    cube.set(0, 0, 1, 0, Cell::Missing);
    base::Findings findings;
    const auto out = carry(cube, crosswalk("a", "b", 3, {{{0, 1}}, {{0, 1}}, {{1, 1}}}), findings);
    CHECK(out.state(0, 0, 0) == Cell::Missing);
    CHECK(out.value(0, 0, 1) == 3);
    CHECK(out.state(0, 0, 2) == Cell::Missing); // nothing leads there
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "missing_source");
    CHECK(findings[0].amount == 1.0);
    cube.set(0, 0, 0, 0, Cell::Suppressed);
    CHECK(carried(cube, crosswalk("a", "b", 1, {{{0, 1}}, {{0, 1}}, {}})).state(0, 0, 0) ==
          Cell::Suppressed);
}

TEST_CASE("ratios are recomputed from what was carried, never averaged") {
    Indicator cases, people, rate;
    cases.id = "cases";
    people.id = "people";
    IndicatorCube cube("a", {cases, people}, {{2010, 0}}, 2);
    cube.set(0, 0, 0, 1), cube.set(1, 0, 0, 1000);
    cube.set(0, 0, 1, 9), cube.set(1, 0, 1, 1000);
    rate.id = "rate";
    rate.numerator = "cases";
    rate.denominator = "people";
    rate.scale = 1000;
    cube.add_ratio(rate);
    // Old 0 whole and a tenth of old 1: (1 + 0.9) / 1100, not the mean of 1 and 9 per thousand.
    const auto out = carried(cube, crosswalk("a", "b", 2, {{{0, 1}}, {{0, 0.1}, {1, 0.9}}}));
    CHECK(out.value(2, 0, 0) == Approx(1.9 / 1100 * 1000));
    CHECK(out.state(2, 0, 0) == Cell::Estimated);
    CHECK(out.value(2, 0, 1) == Approx(9));

    // Without its parts a ratio survives only where the unit did.
    const auto alone = carried(cube_of(Kind::Ratio, {5, 7, 8}),
                               crosswalk("a", "b", 2, {{{0, 1}}, {{1, 1}}, {{1, 1}}}));
    CHECK(alone.value(0, 0, 0) == 5);
    CHECK(alone.state(0, 0, 1) == Cell::Missing);
}

TEST_CASE("intensities are weighted means") {
    const auto out = carried(cube_of(Kind::Intensity, {10, 20}),
                             crosswalk("a", "b", 2, {{{0, 1}}, {{0, 0.25}, {1, 0.75}}}));
    CHECK(out.value(0, 0, 0) == Approx((10 + 0.25 * 20) / 1.25));
    CHECK(out.value(0, 0, 1) == Approx(20));
}

TEST_CASE("classes are kept where all sources agree and never averaged") {
    base::Findings findings;
    const auto out =
        carry(cube_of(Kind::Category, {2, 2, 0}),
              crosswalk("a", "b", 2, {{{0, 1}}, {{0, 0.5}, {1, 0.5}}, {{1, 1}}}), findings);
    CHECK(out.value(0, 0, 0) == 2);
    // Both sources are known, of two classes: that is no missing report.
    CHECK(out.state(0, 0, 1) == Cell::Estimated);
    const auto& categories = out.indicators[0].categories;
    REQUIRE(out.value(0, 0, 1) == static_cast<double>(categories.size() - 1));
    CHECK(categories.back() == kMixed);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "mixed_category");
}

TEST_CASE("an abolished unit without successor is reported") {
    base::Findings findings;
    carry(cube_of(Kind::Count, {1, 2}), crosswalk("a", "b", 1, {{{0, 1}}, {}}), findings);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].key == "no_successor");
}

TEST_CASE("what was there before is after it, withheld or lost") {
    // 0 whole to 0; 1 divided, the half in 1; 2 unknown, to 1; 3 abolished; 4 only three quarters.
    auto cube = cube_of(Kind::Count, {10, 20, 0, 7, 8});
    cube.set(0, 0, 2, 0, Cell::Missing);
    const auto walk =
        crosswalk("a", "b", 2, {{{0, 1}}, {{0, 0.5}, {1, 0.5}}, {{1, 1}}, {}, {{0, 0.75}}});
    base::Findings findings;
    const auto after = carry(cube, walk, findings);
    const auto sums = balance(cube.slice(0, 0), after.slice(0, 0), walk);
    CHECK(sums.before == 45);
    CHECK(sums.after == 26); // 10 + 10 + 6
    CHECK(sums.withheld == 10);
    CHECK(sums.lost == 9); // 7 + 2
    const auto missing = std::find_if(findings.begin(), findings.end(),
                                      [](const auto& f) { return f.key == "missing_source"; });
    REQUIRE(missing != findings.end());
    CHECK(std::find(missing->args.begin(), missing->args.end(),
                    std::pair<std::string, base::Value>("first", std::int64_t{2})) !=
          missing->args.end());
}

TEST_CASE("the identity changes nothing, not even the kinds of empty") {
    IndicatorCube cube = cube_of(Kind::Count, {1, 2, 3, 4, 5, 6});
    const Cell states[] = {Cell::Observed,  Cell::Missing,       Cell::Suppressed,
                           Cell::Estimated, Cell::NotApplicable, Cell::NotExisting};
    CrosswalkShares same;
    for (std::uint32_t i = 0; i < 6; ++i) {
        cube.set(0, 0, i, i, states[i]);
        same.push_back({{i, 1.0}});
    }
    for (const auto kind : {Kind::Count, Kind::Intensity, Kind::Ratio, Kind::Category}) {
        cube.indicators[0].kind = kind;
        cube.indicators[0].categories = {"a", "b", "c", "d", "e", "f"};
        const auto out = carried(cube, crosswalk("a", "a", 6, same));
        for (std::size_t i = 0; i < 6; ++i) {
            CHECK(out.state(0, 0, i) == cube.state(0, 0, i));
            if (cube.slice(0, 0).has(i)) CHECK(out.value(0, 0, i) == cube.value(0, 0, i));
        }
    }
}

TEST_CASE("totals survive, crosswalks compose, and a merge that is split again returns the total") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        std::vector<double> values(200);
        for (auto& v : values) v = static_cast<double>(random() % 100000);
        const auto cube = cube_of(Kind::Count, values);
        const auto first = random_walk("a", "b", 200, 90, seed);
        const auto second = random_walk("b", "c", 90, 130, seed + 1000);
        const auto there = carried(cube, first);
        CHECK(total(there) == Approx(total(cube)).epsilon(1e-9));

        // Units that nothing leads to are Missing and must not spread: give them a zero.
        auto whole = there;
        for (std::size_t i = 0; i < whole.units(); ++i)
            if (!whole.slice(0, 0).has(i)) whole.set(0, 0, i, 0);
        const auto twice = carried(whole, second);
        const auto once = carried(cube, compose(first, second));
        for (std::size_t i = 0; i < 130; ++i)
            if (once.slice(0, 0).has(i))
                CHECK(once.value(0, 0, i) == Approx(twice.value(0, 0, i)).epsilon(1e-9));

        // Merge all into one, then split by any shares.
        CrosswalkShares merge(200, {{0, 1.0}});
        CrosswalkShares split(1);
        for (std::uint32_t i = 0; i < 200; ++i) split[0].emplace_back(i, 1.0 / 200);
        const auto back =
            carried(carried(cube, crosswalk("a", "m", 1, merge)), crosswalk("m", "a", 200, split));
        CHECK(total(back) == Approx(total(cube)).epsilon(1e-9));
    }
}

TEST_CASE("crosswalks that do not meet cannot be composed") {
    CHECK_THROWS_AS(compose(random_walk("a", "b", 3, 4, 1), random_walk("c", "d", 4, 4, 1)),
                    base::Error);
    auto area = random_walk("b", "c", 4, 4, 1);
    area.basis = Basis::Area;
    CHECK(compose(random_walk("a", "b", 3, 4, 1), area).basis == Basis::Area);
}
