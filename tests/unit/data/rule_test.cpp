#include "data/rule.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <ctime>
#include <limits>

using namespace diaban::data;

namespace {

constexpr double kMissing = -1;

// One period, 2024; values below 0 are missing.
IndicatorCube cube(const std::vector<std::pair<std::string, std::vector<double>>>& columns) {
    std::vector<Indicator> indicators;
    for (const auto& [id, values] : columns) {
        indicators.emplace_back();
        indicators.back().id = id;
    }
    IndicatorCube out("", indicators, {{2024, 0}}, columns.front().second.size());
    for (std::size_t k = 0; k < columns.size(); ++k)
        for (std::size_t i = 0; i < columns[k].second.size(); ++i)
            if (columns[k].second[i] >= 0) out.set(k, 0, i, columns[k].second[i]);
    return out;
}

Criterion at_least(const char* id, const char* indicator, double limit) {
    Criterion c;
    c.id = id;
    c.indicators = {indicator};
    c.at_least = limit;
    return c;
}

RuleInputs on(const IndicatorCube& cube) {
    RuleInputs in;
    in.cube = &cube;
    in.period = {2024, 0};
    return in;
}

using S = Status;

} // namespace

TEST_CASE("one of several thresholds; a missing value is no 'no'") {
    Rule rule;
    rule.classes = {{S::Hot1, 1, {at_least("a", "users", 100), at_least("b", "points", 5)}}};
    rule.otherwise = S::Present;
    const auto values =
        cube({{"users", {100, 99, 99, kMissing, kMissing}}, {"points", {0, 5, 4, 5, 4}}});
    const auto result = evaluate(rule, on(values));
    CHECK(result.status == std::vector{S::Hot1, S::Hot1, S::Present, S::Hot1, S::Unknown});
    CHECK(result.unknown == 1);
}

TEST_CASE("who misses the best status by one criterion, and by which") {
    Rule rule;
    rule.otherwise = S::None;
    rule.classes = {{S::Hot, 1, {at_least("a", "users", 100), at_least("b", "points", 5)}},
                    {S::Present, 1, {at_least("a", "users", 10), at_least("c", "cases", 1)}}};
    const auto values = cube({{"users", {12, 100, 12, 9, 0, 120, kMissing}},
                              {"points", {0, 0, 0, 0, 6, 0, 6}},
                              {"cases", {0, 0, 3, 0, 0, 4, 0}}});
    const auto in = on(values);
    const auto nearest = nearest_misses(rule, in);
    // 2: both a and c; 3: is there; 5: c would remain; 6: of a nothing is known.
    REQUIRE(nearest.size() == 3);
    CHECK(nearest[0].unit == 0);
    CHECK(nearest[0].status == S::Present);
    CHECK(nearest[0].criterion.id == "a");
    CHECK(*nearest[0].criterion.value == 12);
    CHECK(*nearest[0].criterion.threshold == 10);
    CHECK(*nearest[0].criterion.margin == 2);
    CHECK(nearest[1].unit == 4);
    CHECK(nearest[1].status == S::Hot);
    CHECK(nearest[1].criterion.id == "b");
    CHECK(*nearest[1].criterion.threshold == 5);
    CHECK(nearest[2].unit == 1); // below 100 it would still be above 10: that is the way to go
    CHECK(*nearest[2].criterion.threshold == 10);
    CHECK(*nearest[2].criterion.margin == 90);
    // Every one of them has the best status as soon as that criterion alone is not met.
    for (const auto& miss : nearest) {
        auto changed = values;
        const std::string id = miss.criterion.id == "a" ? "users" : "points";
        changed.set(*changed.find(id), 0, miss.unit, *miss.criterion.threshold - 1);
        CHECK(evaluate(rule, on(changed)).status[miss.unit] == S::None);
    }
    // What is hidden decides neither the order nor the choice, and is not told.
    const auto masked =
        nearest_misses(rule, in, [](const CriterionOutcome&, std::size_t) { return true; });
    REQUIRE(masked.size() == 3);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(masked[k].unit == std::vector<std::size_t>{0, 1, 4}[k]);
        CHECK(masked[k].withheld);
        CHECK_FALSE(masked[k].criterion.value);
        CHECK_FALSE(masked[k].criterion.margin);
    }
    // Of two that are needed together either would do.
    rule.classes = {{S::Hot, 2, {at_least("a", "users", 100), at_least("b", "points", 5)}}};
    const auto pair = cube({{"users", {150, 150, 90}}, {"points", {5, 4, 9}}});
    const auto either_one = nearest_misses(rule, on(pair));
    REQUIRE(either_one.size() == 1);
    CHECK(either_one[0].criterion.id == "b");
    CHECK(either_one[0].others == 1);
    rule.otherwise = S::Unknown; // whom no class fits is not known to be well
    CHECK(nearest_misses(rule, on(pair)).empty());
}

TEST_CASE("who misses the limit of a score sheet by what one criterion could still give") {
    Rule rule;
    rule.sheet = {{"1", "", "", {{"1", "", "", 10.0, "p1"}, {"2", "", "", 10.0, "p2"}}}};
    rule.limits = {{S::None, 15.0}, {S::Present, 0.0}};
    const auto values = cube({{"p1", {8, 10, 4, 9}}, {"p2", {6, 4, 4, kMissing}}});
    const auto in = on(values);
    const auto nearest = nearest_misses(rule, in);
    REQUIRE(nearest.size() == 2);
    CHECK(nearest[0].unit == 0); // 14 of 15 points
    CHECK(nearest[0].criterion.id == "1.2");
    CHECK(*nearest[0].criterion.value == 6);
    CHECK(*nearest[0].criterion.threshold == 7);
    CHECK(nearest[0].others == 1);
    CHECK(nearest[1].unit == 1); // the first criterion has all it can have
    CHECK(nearest[1].criterion.id == "1.2");
    CHECK(nearest[1].others == 0);
    CHECK(nearest_misses(rule, in, [](const CriterionOutcome& c, std::size_t) {
              return c.id == "1.1";
          }).empty());
}

TEST_CASE("of values known within bounds only what the bounds decide is told") {
    constexpr double kAny = std::numeric_limits<double>::infinity();
    const auto least = cube({{"users", {1, 1, 0, 12}}, {"people", {500, 20, 500, 100}}});
    const auto most = cube({{"users", {9, 9, kAny, 12}}, {"people", {500, 20, 500, 100}}});
    auto in = on(least);
    in.most = &most;
    Rule rule;
    rule.otherwise = S::None;
    const auto judged = [&](Criterion criterion) {
        rule.classes = {{S::Hot, 1, {std::move(criterion)}}};
        return evaluate(rule, in);
    };
    const auto ten = judged(at_least("a", "users", 10));
    CHECK(ten.status == std::vector{S::None, S::None, S::Unknown, S::Hot});
    CHECK(ten.undecided == std::vector<std::uint8_t>{0, 0, 1, 0});
    CHECK(ten.undecided_count == 1);
    CHECK(judged(at_least("a", "users", 7)).status ==
          std::vector{S::Unknown, S::Unknown, S::Unknown, S::Hot});
    CHECK(judged(at_least("a", "users", 1)).status ==
          std::vector{S::Hot, S::Hot, S::Unknown, S::Hot});
    // Between the ends of the bounds lies what neither end tells.
    auto band = at_least("a", "users", 4);
    band.below = 6;
    CHECK(judged(band).status == std::vector{S::Unknown, S::Unknown, S::Unknown, S::None});
    auto rate = at_least("a", "users", 10); // percent
    rate.kind = CriterionKind::Rate;
    rate.denominator = "people";
    CHECK(judged(rate).status == std::vector{S::None, S::Unknown, S::Unknown, S::Hot});
    // Both parts of a rate may be anything within their bounds.
    rate.denominator = "users";
    rate.at_least = 50;
    CHECK(judged(rate).status == std::vector{S::Unknown, S::Unknown, S::Unknown, S::Hot});
    Criterion there;
    there.kind = CriterionKind::Place;
    there.facts = {"users"};
    CHECK(judged(there).status == std::vector{S::Hot, S::Hot, S::Unknown, S::Hot});
    const auto why = explain(rule, in, 2);
    CHECK(why.status == S::Unknown);
    CHECK_FALSE(why.criteria.at(0).value);

    Rule sheet;
    sheet.sheet = {{"1", "", "", {{"1", "", "", 20, "users"}}}};
    sheet.limits = {{S::None, 10}, {S::Present, 5}};
    sheet.otherwise = S::Hot;
    const auto scored = evaluate(sheet, in);
    CHECK(scored.status == std::vector{S::Unknown, S::Unknown, S::Unknown, S::None});
    CHECK(std::isnan(scored.score.at(0)));
    CHECK(scored.score.at(3) == 12);
    CHECK(explain(sheet, in, 0).criteria.at(0).met == Flag::No); // 20 of 20 points
}

TEST_CASE("what bounds leave undecided is no change") {
    const auto least = cube({{"users", {1, 12}}}), most = cube({{"users", {9, 12}}});
    const auto all = cube({{"users", {7, 12}}});
    auto bounds = on(least);
    bounds.most = &most;
    Rule seven, twenty;
    seven.classes = {{S::Hot, 1, {at_least("a", "users", 7)}}};
    seven.otherwise = twenty.otherwise = S::None;
    twenty.classes = {{S::Hot, 1, {at_least("a", "users", 20)}}};
    const auto told = compare(seven, bounds, bounds, twenty, bounds);
    CHECK(told.at(0).before == S::Unknown);
    CHECK(told.at(0).cause == ChangeCause::None);
    CHECK(told.at(1).cause == ChangeCause::Rule);
    CHECK(compare(seven, on(all), on(all), twenty, on(all)).at(0).cause == ChangeCause::Rule);
    // A rule that may be judged by all values, beside one that may not.
    CHECK(compare(twenty, on(all), on(all), seven, bounds).at(0).cause == ChangeCause::None);
}

TEST_CASE("three of five: yes, no, and what a missing value leaves open") {
    Rule rule;
    RuleClass first{S::Hot1, 3, {}};
    for (const char* id : {"a", "b", "c", "d"}) first.criteria.push_back(at_least(id, id, 10));
    RuleClass second{S::Hot2, 1, {at_least("a", "a", 5)}};
    rule.classes = {first, second};
    rule.otherwise = S::None;
    const auto values = cube({{"a", {10, 10, 10, 5, 4}},
                              {"b", {10, 10, 10, 0, 0}},
                              {"c", {10, 0, kMissing, 0, 0}},
                              {"d", {0, 0, 0, 0, 0}}});
    const auto result = evaluate(rule, on(values));
    CHECK(result.status == std::vector{S::Hot1, S::Hot2, S::Hot2, S::Hot2, S::None});
    // The third unit may be class I: its class II is certain only downwards.
    CHECK(result.uncertain == std::vector<std::uint8_t>{0, 0, 1, 0, 0});
}

TEST_CASE("rates per population, ranges, alternatives") {
    Criterion rate = at_least("a", "users", 0.5);
    rate.kind = CriterionKind::Rate;
    rate.indicators = {"users", "others"};
    rate.denominator = "population";
    Criterion any;
    any.id = "d";
    any.kind = CriterionKind::Any;
    any.any = {at_least("d1", "plants", 500), at_least("d2", "area", 125)};
    any.any[0].below = 3000;
    Rule rule;
    rule.otherwise = S::None;
    rule.classes = {{S::Hot1, 1, {rate}}};
    const auto values = cube({{"users", {30, 29, 30, 30}},
                              {"others", {20, 20, 20, kMissing}},
                              {"population", {10000, 10000, 0, 10000}},
                              {"plants", {499, 500, 3000, kMissing}},
                              {"area", {0, 0, 0, 125}}});
    // 50 of 10,000 are 0.5 %; a population of 0 is none.
    CHECK(evaluate(rule, on(values)).status ==
          std::vector{S::Hot1, S::None, S::Unknown, S::Unknown});
    rule.classes = {{S::Hot2, 1, {any}}};
    CHECK(evaluate(rule, on(values)).status == std::vector{S::None, S::Hot2, S::None, S::Hot2});
}

TEST_CASE("other classes, places, and criteria of lower classes") {
    const auto values =
        cube({{"a", {9, 9, 1, 9}}, {"b", {9, 9, 9, 9}}, {"route", {1, 0, 1, kMissing}}});
    auto in = on(values);
    in.statuses[Domain::Drug] = {S::Hot3, S::Present, S::Unknown, S::None};
    in.facts["edge"] = {Flag::Yes, Flag::Yes, Flag::No, Flag::Unknown};
    Criterion other;
    other.id = "x";
    other.kind = CriterionKind::Class;
    other.status = S::Hot;
    Criterion place;
    place.id = "y";
    place.kind = CriterionKind::Place;
    place.facts = {"edge", "route"};
    Rule rule;
    rule.otherwise = S::None;
    rule.classes = {{S::Hot, 1, {other}}};
    CHECK(evaluate(rule, in).status == std::vector{S::Hot, S::None, S::Unknown, S::None});
    rule.classes = {{S::Hot, 1, {place}}};
    CHECK(evaluate(rule, in).status == std::vector{S::Hot, S::None, S::None, S::Unknown});
    Criterion lower;
    lower.id = "z";
    lower.kind = CriterionKind::Lower;
    lower.status = S::Hot3;
    lower.least = 2;
    lower.facts = {"route"};
    rule.classes = {{S::Hot2, 1, {lower}},
                    {S::Hot3, 3, {at_least("a", "a", 5), at_least("b", "b", 5)}}};
    CHECK(evaluate(rule, in).status == std::vector{S::Hot2, S::None, S::None, S::Unknown});
}

TEST_CASE("what has not been entered is unknown and named") {
    Rule rule;
    Criterion open = at_least("a", "a", 0);
    open.at_least.reset();
    open.entered = false;
    rule.classes = {{S::Hot1, 1, {at_least("a", "a", 10)}}, {S::Hot2, 1, {open}}};
    rule.otherwise = S::None;
    const auto values = cube({{"a", {10, 0}}});
    CHECK(evaluate(rule, on(values)).status == std::vector{S::Hot1, S::Unknown});
    CHECK(to_be_entered(rule) == std::vector<std::string>{"hot2.a"});
}

TEST_CASE("the why card has value, threshold, margin and what is missing") {
    Rule rule;
    rule.classes = {
        {S::Hot1, 2, {at_least("a", "a", 10), at_least("b", "b", 4), at_least("c", "c", 1)}}};
    rule.otherwise = S::Present;
    const auto values = cube({{"a", {7}}, {"b", {9}}, {"c", {kMissing}}});
    const auto why = explain(rule, on(values), 0);
    CHECK(why.status == S::Unknown);
    REQUIRE(why.classes.size() == 1);
    CHECK(why.classes[0].yes == 1);
    CHECK(why.classes[0].unknown == 1);
    REQUIRE(why.criteria.size() == 3);
    CHECK(*why.criteria[0].margin == -3);
    CHECK(why.criteria[0].met == Flag::No);
    CHECK(*why.criteria[1].margin == 5);
    CHECK_FALSE(why.criteria[2].value);
    CHECK(why.criteria[2].missing == std::vector<std::string>{"c"});
}

TEST_CASE("a change comes from the rule, from the data, or from both") {
    Rule old_rule, new_rule;
    old_rule.classes = {{S::Hot, 1, {at_least("a", "a", 10)}}};
    new_rule.classes = {{S::Hot, 1, {at_least("a", "a", 8)}}};
    old_rule.otherwise = new_rule.otherwise = S::None;
    const auto before = cube({{"a", {1, 9, 1, 12}}}), after = cube({{"a", {1, 9, 12, 9}}});
    const auto changes = compare(old_rule, on(before), on(after), new_rule, on(after));
    using C = ChangeCause;
    const std::vector causes{changes[0].cause, changes[1].cause, changes[2].cause,
                             changes[3].cause};
    CHECK(causes == std::vector{C::None, C::Rule, C::Data, C::Both});
    CHECK(changes[3].before == S::Hot);
    CHECK(changes[3].data == S::None);
    CHECK(changes[3].after == S::Hot);
}

TEST_CASE("validity by date") {
    Rule rule;
    CHECK(valid_in(rule, {2010, 0}));
    rule.from = {2010, 8, 9};
    rule.until = {2025, 8, 24};
    CHECK_FALSE(valid_in(rule, {2010, 1}));
    CHECK(valid_in(rule, {2010, 2}));
    CHECK(valid_in(rule, {2025, 0}));
    CHECK_FALSE(valid_in(rule, {2026, 0}));
}

TEST_CASE("11,000 communes by a rule of three classes in less than 100 ms") {
    const std::size_t n = 11'000;
    std::vector<std::pair<std::string, std::vector<double>>> columns;
    for (const char* id : {"a", "b", "c", "d", "e"}) {
        std::vector<double> values;
        for (std::size_t i = 0; i < n; ++i)
            values.push_back(static_cast<double>((i * 7 + static_cast<unsigned char>(id[0])) % 20));
        columns.emplace_back(id, values);
    }
    const auto values = cube(columns);
    Rule rule;
    rule.otherwise = S::None;
    for (const auto status : {S::Hot1, S::Hot2, S::Hot3}) {
        RuleClass one{status, 3, {}};
        for (const char* id : {"a", "b", "c", "d", "e"})
            one.criteria.push_back(at_least(id, id, 15));
        rule.classes.push_back(one);
    }
    const auto begin = std::clock();
    const auto result = evaluate(rule, on(values));
    CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 0.1);
    CHECK(result.status.size() == n);
}
