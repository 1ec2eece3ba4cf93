#include "data/target.hpp"

#include <catch2/catch.hpp>

using namespace diaban::data;

using S = Status;

namespace {

Target target(TargetKind kind, const char* x, double value) {
    Target t;
    t.id = "t";
    t.kind = kind;
    t.indicators = {x};
    t.value = value;
    t.deadline = {2015, 0};
    return t;
}

TargetResult judge(const Target& t, const TargetValues& values, int year) {
    static std::vector<Plan> plans; // results point into their plan
    plans.reserve(100);
    Plan plan;
    plan.from = {2011, 0};
    plan.until = {2015, 0};
    plan.targets = {t};
    plans.push_back(plan);
    return evaluate(plans.back(), values, {year, 0}).front();
}

TargetValues with(const std::vector<std::tuple<const char*, int, double>>& list) {
    TargetValues values;
    for (const auto& [id, year, value] : list) values.set(id, {year, 0}, {value, 0, 0});
    return values;
}

using State = TargetState;

} // namespace

TEST_CASE("a share asks for whole units: 90 % of 12 are 11") {
    auto t = target(TargetKind::Share, "CM04", 0.9);
    t.denominator_value = 12;
    CHECK(required_amount(t, 12, {}) == 11.0);
    auto r = judge(t, with({{"CM04", 2015, 10}}), 2015);
    CHECK(r.state == State::Behind);
    CHECK(*r.needed == 1);
    CHECK(judge(t, with({{"CM04", 2015, 11}}), 2015).state == State::Achieved);
    t.value = 0.77;
    CHECK(required_amount(t, 156, {}) == 121.0);
    // "More than 20 %" of 50 are 11.
    t.value = 0.2;
    t.compare = Compare::MoreThan;
    CHECK(required_amount(t, 50, {}) == 11.0);
    t.denominator_value = 50;
    CHECK(judge(t, with({{"CM04", 2015, 10}}), 2015).state == State::Behind);
    t.denominator_value = 0;
    CHECK(judge(t, with({{"CM04", 2015, 0}}), 2015).state == State::NotApplicable);
}

TEST_CASE("a reduction from nothing is not applicable") {
    auto t = target(TargetKind::Reduction, "DR01", 0.1);
    t.baseline = Period{2010, 0};
    t.baseline_value = 941;
    t.stretch = 0.2;
    CHECK(required_amount(t, {}, 941.0) == 846.0);
    auto r = judge(t, with({{"DR01", 2015, 847}}), 2015);
    CHECK(r.state == State::Behind);
    CHECK(*r.needed == 1);
    r = judge(t, with({{"DR01", 2015, 752}}), 2015);
    CHECK(r.state == State::Achieved);
    CHECK(r.stretch_reached);
    CHECK_FALSE(judge(t, with({{"DR01", 2015, 753}}), 2015).stretch_reached);
    t.baseline_value = 0;
    CHECK(judge(t, with({{"DR01", 2015, 3}}), 2015).state == State::NotApplicable);
    t.baseline_value.reset();
    CHECK(judge(t, with({{"DR01", 2015, 3}}), 2015).state == State::NoData);
}

TEST_CASE("on track is the straight line from the baseline") {
    auto t = target(TargetKind::Absolute, "ST10", 120);
    t.baseline = Period{2010, 0};
    t.baseline_value = 100;
    // 2013: three of five years, 112.
    auto r = judge(t, with({{"ST10", 2013, 112}}), 2013);
    CHECK(r.state == State::OnTrack);
    CHECK(*r.expected == Approx(112));
    CHECK(*r.needed == 8);
    CHECK(judge(t, with({{"ST10", 2013, 111}}), 2013).state == State::Behind);
    CHECK(judge(t, with({{"ST10", 2013, 120}}), 2013).state == State::Achieved);
    CHECK(judge(t, with({{"ST10", 2015, 119}}), 2015).state == State::Behind);
    CHECK(judge(t, with({}), 2013).state == State::NoData);
    t.yearly = true;
    CHECK(judge(t, with({{"ST10", 2013, 112}}), 2013).state == State::Behind);
}

TEST_CASE("a sum over the years of the plan: 275 + 280 + 290 + 290 + 290 = 1,425") {
    auto t = target(TargetKind::Absolute, "OR07", 1425);
    t.cumulative = true;
    const auto values = with({{"OR07", 2011, 275},
                              {"OR07", 2012, 280},
                              {"OR07", 2013, 290},
                              {"OR07", 2014, 290},
                              {"OR07", 2015, 290}});
    CHECK(*judge(t, values, 2015).x == 1425);
    CHECK(judge(t, values, 2015).state == State::Achieved);
    // 845 of 1,425 after three of five years: the line asks for 855.
    const auto r = judge(t, values, 2013);
    CHECK(*r.x == 845);
    CHECK(*r.expected == Approx(855));
    CHECK(r.state == State::Behind);
}

TEST_CASE("half a year before the end of its last year a plan is still under way") {
    auto t = target(TargetKind::Absolute, "ST10", 120);
    t.baseline = Period{2010, 0};
    t.baseline_value = 100;
    Plan plan;
    plan.from = {2011, 0};
    plan.until = {2015, 0};
    plan.targets = {t};
    const auto at = [&](Period now, double x) {
        TargetValues values;
        values.set(plan.targets[0].indicators[0], now, {x, 0, 0});
        return evaluate(plan, values, now).front();
    };
    // Four and a half of five years: 118.
    CHECK(at({2015, 1}, 118).state == State::OnTrack);
    CHECK(*at({2015, 1}, 118).expected == Approx(118));
    CHECK(at({2015, 1}, 117).state == State::Behind);
    CHECK(at({2015, 2}, 119).state == State::Behind);
    CHECK(at({2015, 0}, 119).state == State::Behind);
    plan.targets[0].deadline = {2015, 1}; // the end of June itself
    CHECK(at({2015, 1}, 118).state == State::Behind);
    CHECK(at({2014, 0}, 118).state == State::OnTrack);
}

TEST_CASE("half a year is not held against what a plan asks for of a year") {
    auto t = target(TargetKind::Share, "EN01", 1.0);
    t.yearly = true;
    t.denominator_value = 20;
    Plan plan;
    plan.from = {2011, 0};
    plan.until = {2015, 0};
    plan.targets = {t};
    TargetValues values;
    for (const Period period : {Period{2013, 0}, Period{2013, 1}, Period{2013, 2}})
        values.set("EN01", period, {18, 0, 0});
    const auto june = evaluate(plan, values, {2013, 1}).front();
    CHECK(june.state == State::NotDue);
    CHECK(june.due == Date{2013, 12, 31});
    CHECK(*june.needed == 2);
    CHECK(to_string(june.state) == "not_due");
    for (const Period period : {Period{2013, 0}, Period{2013, 2}}) {
        const auto end = evaluate(plan, values, period).front();
        CHECK(end.state == State::Behind);
        CHECK(end.due == Date{});
    }
    values.set("EN01", {2013, 1}, {20, 0, 0});
    CHECK(evaluate(plan, values, {2013, 1}).front().state == State::Achieved);
    // At most so many by 2015, and nobody says from how many: no line leads there.
    plan.targets = {target(TargetKind::Absolute, "DR01", 100)};
    plan.targets[0].compare = Compare::AtMost;
    values.set("DR01", {2013, 0}, {130, 0, 0});
    values.set("DR01", {2015, 0}, {130, 0, 0});
    const auto early = evaluate(plan, values, {2013, 0}).front();
    CHECK(early.state == State::NotDue);
    CHECK(early.due == Date{2015, 12, 31});
    CHECK(evaluate(plan, values, {2015, 0}).front().state == State::Behind);
}

TEST_CASE("a sum over the years holds half of the year that is not over") {
    auto t = target(TargetKind::Absolute, "OR07", 1425);
    t.cumulative = true;
    Plan plan;
    plan.from = {2011, 0};
    plan.until = {2015, 0};
    plan.targets = {t};
    auto values = with({{"OR07", 2011, 275}, {"OR07", 2012, 280}});
    values.set("OR07", {2013, 1}, {100, 0, 0});
    CHECK(*evaluate(plan, values, {2013, 1}).front().x == 655);
    values.set("OR07", {2013, 0}, {290, 0, 0}); // what June did not know yet
    CHECK(*evaluate(plan, values, {2013, 1}).front().x == 655);
    CHECK(*evaluate(plan, values, {2013, 0}).front().x == 845);
}

TEST_CASE("maintaining is a set test, not a count") {
    auto t = target(TargetKind::Maintain, "ST08", 0);
    t.baseline = Period{2010, 0};
    using F = Flag;
    TargetValues values;
    values.set_members("ST08", {2010, 0}, {F::Yes, F::Yes, F::No});
    values.set_members("ST08", {2015, 0}, {F::Yes, F::No, F::Yes});
    auto r = judge(t, values, 2015);
    CHECK(r.state == State::Behind); // as many as before, but one of them is lost
    CHECK(r.lost == std::vector<std::size_t>{1});
    values.set_members("ST08", {2015, 0}, {F::Yes, F::Yes, F::No});
    CHECK(judge(t, values, 2015).state == State::Achieved);
    values.set_members("ST08", {2015, 0}, {F::Yes, F::Unknown, F::No});
    CHECK(judge(t, values, 2015).state == State::NoData);
}

TEST_CASE("totals of which units are missing are no data") {
    IndicatorCube cube("", {Indicator{"DR01"}}, {{2015, 0}}, 3);
    cube.set(0, 0, 0, 5);
    cube.set(0, 0, 1, 6);
    TargetValues values;
    values.add(cube);
    auto t = target(TargetKind::Absolute, "DR01", 20);
    t.compare = Compare::AtMost;
    auto r = judge(t, values, 2015);
    CHECK(r.state == State::NoData);
    CHECK(*r.x == 11);
    CHECK((r.known == 2 && r.of == 3));
    // At least 10 are there already, whatever the third has; at least 12 may be.
    t.compare = Compare::AtLeast;
    t.value = 10;
    CHECK(judge(t, values, 2015).state == State::Achieved);
    t.value = 12;
    CHECK(judge(t, values, 2015).state == State::NoData);
    t.compare = Compare::AtMost;
    t.value = 20;
    cube.set(0, 0, 2, 7);
    TargetValues whole;
    whole.add(cube);
    CHECK(judge(t, whole, 2015).state == State::Achieved);
    CHECK(whole.get("units", {2015, 0})->value == 3);
}

TEST_CASE("what is missing cannot save what is out of reach, and it is said") {
    IndicatorCube cube("", {Indicator{"DR01"}}, {{2015, 0}}, 156);
    for (std::size_t i = 0; i < 152; ++i) cube.set(0, 0, i, i == 0 ? 1311 - 151 : 1);
    TargetValues values;
    values.add(cube);
    auto t = target(TargetKind::Reduction, "DR01", 0.1);
    t.baseline = Period{2010, 0};
    t.baseline_value = 941;
    auto r = judge(t, values, 2015);
    CHECK(*r.x == 1311); // of 846 allowed, with 152 of 156 communes
    CHECK((r.known == 152 && r.of == 156));
    CHECK(r.state == State::Behind);
    CHECK(r.settled);
    t.baseline_value = 2000; // 1,800 allowed: the four may have 490 or not
    r = judge(t, values, 2015);
    CHECK(r.state == State::NoData);
    CHECK_FALSE(r.settled);

    // Communes are counted one by one: each that has not reported can be one more.
    using F = Flag;
    TargetValues flags;
    flags.set_members("ST10", {2015, 0}, {F::Yes, F::Yes, F::No, F::No, F::Unknown});
    flags.set("units", {2015, 0}, {5, 0, 0});
    auto healthy = target(TargetKind::Share, "ST10", 0.8); // 4 of 5
    healthy.denominator = {"units"};
    r = judge(healthy, flags, 2015);
    CHECK(r.state == State::Behind);
    CHECK(r.settled);
    healthy.value = 0.6; // 3 of 5
    r = judge(healthy, flags, 2015);
    CHECK(r.state == State::NoData);
    CHECK_FALSE(r.needed);
    healthy.value = 0.4;
    r = judge(healthy, flags, 2015);
    CHECK(r.state == State::Achieved);
    CHECK(r.settled);
    // With all known nothing had to be foreseen.
    flags.set_members("ST10", {2015, 0}, {F::Yes, F::Yes, F::No, F::No, F::No});
    flags.set("ST10", {2015, 0}, {2, 5, 5});
    CHECK_FALSE(judge(healthy, flags, 2015).settled);
    // A plain total has no members: how much a unit may add is not known.
    auto inspections = target(TargetKind::Absolute, "DR01", 5000);
    CHECK(judge(inspections, values, 2015).state == State::NoData);
}

TEST_CASE("statuses give their totals; the nearest miss one domain") {
    StatusSeries drug{
        {{2010, 0}, {2011, 0}},
        {{S::None, S::Present, S::Hot, S::None}, {S::None, S::None, S::Present, S::Present}}};
    StatusSeries other{
        {{2010, 0}, {2011, 0}},
        {{S::None, S::None, S::None, S::None}, {S::None, S::None, S::Present, S::None}}};
    TargetValues values;
    values.add(drug, other);
    CHECK(values.get("ST10", {2010, 0})->value == 2);
    CHECK(values.get("ST04", {2010, 0})->value == 1);
    CHECK(values.get("ST07", {2010, 0})->value == 2); // present includes hotspots
    CHECK(values.get("ST11_kept", {2011, 0})->value == 1);
    CHECK(values.get("ST11_new", {2011, 0})->value == 1);
    CHECK(nearest_to_healthy(drug.of[1], other.of[1]) == std::vector<std::size_t>{3});
    CHECK(nearest_to_healthy(drug.of[0], other.of[0]) == std::vector<std::size_t>{1});
}
