// Plans as the window uses them: told anew, asked for again, and sectors changed by hand.
#include "patrol_row.hpp"
#include "support/errors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban;
using test::patrolled_row;
using test::planned;
using test::teams_of;
using test::two_teams;

namespace {

app::PatrolReport moved(const app::PatrolReport& plan, const std::vector<std::size_t>& units,
                        std::size_t team) {
    std::vector<app::PatrolMove> moves;
    for (const auto unit : units) moves.push_back({unit, team});
    return app::with_moved(plan, moves, *patrolled_row(), *app::Language::load("en"));
}

std::string move_refused(const app::PatrolReport& plan, const std::vector<std::size_t>& units,
                         std::size_t team) {
    return test::thrown_key([&] { moved(plan, units, team); });
}

bool says(const app::PatrolReport& plan, const std::string& what) {
    for (const auto& sentence : plan.sentences)
        if (sentence.find(what) != std::string::npos) return true;
    return false;
}

} // namespace

TEST_CASE("communes go to another team, and the numbers follow") {
    const auto plan = planned(two_teams({"A"}));
    REQUIRE(teams_of(plan) == "AB CD");
    CHECK(plan.proven);
    const auto more = moved(plan, {2}, 0);
    CHECK(teams_of(more) == "ABC D");
    CHECK(more.objective == 3);
    CHECK(more.groups[0].communes == 3);
    CHECK(more.groups[1].burden == 1);
    CHECK(more.bound == 2.0);
    CHECK(more.gap.value() == Approx(1.0 / 3));
    CHECK_FALSE(more.proven);
    CHECK(more.by_hand == std::vector<std::size_t>{2});
    CHECK(more.apart.empty());
    CHECK(says(more, "Changed by hand: 1 commune."));
    CHECK(more.map.style.entries[0].count == 3);
    // The request asks for this very plan.
    CHECK(teams_of(planned(more.request)) == "ABC D");
    // And back: as the program made it.
    const auto back = moved(more, {2}, 1);
    CHECK(teams_of(back) == "AB CD");
    CHECK(back.by_hand.empty());
    CHECK(back.proven);
    CHECK(back.request == plan.request);
    CHECK(back.sentences == plan.sentences);
}

TEST_CASE("steps made by hand are taken in their order, and steps back leave the plan as it was") {
    const auto plan = planned(two_teams({"A"}));
    const auto after = [&](const std::vector<app::PlanMoves::Step>& steps) {
        return app::with_steps(plan, steps, *patrolled_row(), *app::Language::load("en"));
    };
    CHECK(teams_of(after({})) == "AB CD");
    const auto one = after({{{"C", 0}}});
    CHECK(teams_of(one) == "ABC D");
    CHECK(one.by_hand == std::vector<std::size_t>{2});
    CHECK(teams_of(after({{{"C", 0}, {"B", 1}}})) == "AC BD");
    const auto back = after({{{"C", 0}}, {{"C", 1}}});
    CHECK(teams_of(back) == "AB CD");
    CHECK(back.by_hand.empty());
    CHECK(back.request == plan.request);
    // Codes that the boundaries do not have and teams that are not there are passed over.
    CHECK(teams_of(after({{{"Z", 0}, {"B", 7}, {"C", 0}}})) == "ABC D");
}

TEST_CASE("what a move leads to is told before it is made") {
    const auto plan = planned(two_teams({"A"}));
    CHECK(plan.cut == 1);
    const auto language = app::Language::load("en");
    CHECK(app::move_words(plan, moved(plan, {2}, 0), 2, *language) ==
          std::vector<std::string>{"Xã C (C): team 2 → team 1", "Work: team 2 2 → 1, team 1 2 → 3",
                                   "Busiest team: 2 → 3 (an equal share is 2)",
                                   "Neighbours in different teams: 1 → 1"});
    const auto torn = planned(two_teams({"B", "C"}));
    const auto words = app::move_words(torn, moved(torn, {0}, 1), 0, *language);
    REQUIRE(words.size() == 5);
    CHECK(words[3] == "Neighbours in different teams: 1 → 2");
    CHECK(words[4].find("more than one piece: 2") != std::string::npos);
    CHECK(app::sector_of(plan, 3) == std::size_t{1});
    CHECK_FALSE(app::sector_of(planned({}), 0)); // bases have no teams
}

TEST_CASE("a team in two pieces is named, and its plan has no bound") {
    const auto plan = planned(two_teams({"B", "C"}));
    REQUIRE(teams_of(plan) == "AB CD");
    const auto torn = moved(plan, {0}, 1);
    CHECK(teams_of(torn) == "B ACD");
    CHECK(torn.apart == std::vector<std::size_t>{1});
    CHECK_FALSE(torn.bound);
    CHECK_FALSE(torn.gap);
    CHECK_FALSE(torn.proven);
    CHECK(says(torn, "more than one piece: 2."));
    // In one piece again once the other has nothing between.
    CHECK(moved(torn, {0}, 0).apart.empty());
}

TEST_CASE("moves that cannot be are refused with the reason") {
    auto request = two_teams({"B"});
    const auto plan = planned(request);
    REQUIRE(teams_of(plan) == "AB CD");
    CHECK(move_refused(plan, {1}, 1) == "error.patrol.move_base");
    CHECK(move_refused(plan, {0}, 0) == "error.patrol.move_none");
    CHECK(move_refused(plan, {}, 1) == "error.patrol.move_none");
    CHECK(move_refused(plan, {0}, 2) == "error.patrol.move_none");
    CHECK(move_refused(plan, {2, 3}, 0) == "error.patrol.move_last");
    request.locked = {{"D", 2}};
    CHECK(move_refused(planned(request), {3}, 0) == "error.patrol.move_locked");
    // Not in the plan: nothing to move.
    request.locked.clear();
    request.forbid = {"D"};
    CHECK(move_refused(planned(request), {3}, 0) == "error.patrol.move_none");
    CHECK(move_refused(planned({}), {0}, 0) == "error.patrol.move_none"); // of no sectors
}

TEST_CASE("a plan is told in another language as if it had been made in it") {
    auto request = two_teams({});
    request.indicator = "WORK";
    for (const auto kind : {app::PatrolKind::Cover, app::PatrolKind::Sectors}) {
        request.kind = kind;
        const auto told = app::reworded(planned(app::relevant(request)), *patrolled_row(),
                                        *app::Language::load("vi"));
        const auto made = planned(app::relevant(request), "vi");
        CHECK(told.sentences == made.sentences);
        CHECK(told.burden_name == made.burden_name);
        CHECK(told.map.legend_title == made.map.legend_title);
        CHECK(told.map.style.entries[0].label == made.map.style.entries[0].label);
    }
}

TEST_CASE("why a commune is in a plan") {
    app::PatrolRequest request;
    request.bases = 1;
    request.within_m = 1200; // B reaches A and C, a kilometre away
    const auto plan = planned(request);
    const auto language = app::Language::load("en");
    REQUIRE(plan.groups.size() == 1);
    REQUIRE(plan.groups[0].unit == std::size_t{1});
    const auto words = [&](std::size_t unit) {
        return app::patrol_words(plan, plan.rows[unit], *language);
    };
    CHECK(words(0).find("reached") != std::string::npos);
    CHECK(words(0).find("Xã B (B)") != std::string::npos);
    CHECK(words(1).find("base") != std::string::npos);
    CHECK(words(3).find("farther than") != std::string::npos);
    auto sectors = two_teams({"A"});
    sectors.indicator = "WORK";
    const auto divided = planned(sectors);
    CHECK(app::patrol_words(divided, divided.rows[0], *language).find(": 10") != std::string::npos);
    const auto more = moved(divided, {1}, 1);
    CHECK(app::patrol_words(more, more.rows[1], *language).find("given by hand") !=
          std::string::npos);
}

TEST_CASE("what does not belong to a kind of plan is left out of its request") {
    app::PatrolRequest all;
    all.indicator = "WORK";
    all.seed = 7;
    all.goal = analysis::LocationGoal::Median;
    all.bases = 4;
    all.within_m = 7500;
    all.detour = 1.3;
    all.at = {"A"};
    all.nodes = 50;
    all.teams = 2;
    all.locked = {{"B", 1}};
    all.links = {{"A", "D"}};
    all.months = 3;
    all.visits = 1;
    all.random_share = 0.5;
    all.weights[0] = 9;
    all.near = {"C"};
    all.select = {"A", "B"};
    all.must = {"D"};
    const app::PatrolRequest plain;
    const auto cover = app::relevant(all);
    CHECK(cover.must.empty());
    CHECK(cover.bases == 4);
    CHECK(cover.within_m == plain.within_m); // a median has no radius
    CHECK(cover.seed == plain.seed);
    CHECK(cover.teams == plain.teams);
    CHECK(cover.near.empty());
    CHECK(cover.select == all.select);
    all.kind = app::PatrolKind::Sectors;
    const auto sectors = app::relevant(all);
    CHECK(sectors.goal == plain.goal);
    CHECK(sectors.bases == plain.bases);
    CHECK(sectors.locked == all.locked);
    CHECK(sectors.links == all.links);
    CHECK(sectors.seed == 7);
    CHECK(sectors.at == all.at);
    all.kind = app::PatrolKind::Rota;
    const auto rota = app::relevant(all);
    CHECK(rota.indicator.empty());
    CHECK(rota.at.empty());
    CHECK(rota.locked.empty());
    CHECK(rota.weights[0] == 9);
    CHECK(rota.visits == 1);
    CHECK(app::relevant(rota) == rota);
    // Where the border lies matters to what is measured to it alone.
    all.lines = {{"bien_gioi.shp", "border", ""}};
    all.outline = {{"border", "A", true}};
    CHECK(app::relevant(all) == rota);
    all.border = {"border:0m"};
    CHECK(app::relevant(all).lines == all.lines);
    CHECK(app::relevant(all).outline == all.outline);
    all.kind = app::PatrolKind::Sectors;
    CHECK(app::relevant(all).lines.empty());
}

TEST_CASE("of a request only what the data has is asked for again") {
    app::PatrolRequest request;
    request.select = {"A", "Z"};
    request.forbid = {"Z"};
    request.locked = {{"Z", 1}, {"B", 2}};
    request.links = {{"A", "Z"}, {"A", "D"}};
    request.indicator = "WORK";
    request.period = {2014, 0};
    auto here = app::suited(request, *patrolled_row());
    CHECK(here.select == std::vector<std::string>{"A"});
    CHECK(here.forbid.empty());
    CHECK(here.locked == std::vector<std::pair<std::string, std::size_t>>{{"B", 2}});
    CHECK(here.links == std::vector<app::UnitLink>{{"A", "D"}});
    CHECK(here.indicator == "WORK");
    CHECK(here.period == data::Period{2014, 0});
    request.indicator = "OTHER";
    request.period = {1999, 0};
    here = app::suited(request, *patrolled_row());
    CHECK(here.indicator.empty());
    CHECK(here.period == data::Period{});
}

TEST_CASE("a rota measures to the places of the period it is planned for") {
    const auto dataset = patrolled_row();
    auto cube = std::make_shared<data::IndicatorCube>(
        "2009", std::vector<data::Indicator>{{.id = "IN01", .unit = "cuộc"}},
        std::vector<data::Period>{{2014, 0}, {2015, 0}}, 4);
    for (std::size_t p = 0; p < 2; ++p)
        for (std::size_t u = 0; u < 4; ++u) cube->set(0, p, u, 1);
    dataset->cube = cube;
    data::PlaceLayer layer{"cang.csv", {}};
    // A port beside A until the end of 2014, another in D from 2015 on.
    layer.places.push_back(
        {"port", "Cảng Cũ", "", {{{500, 500}}}, {500, 500}, {}, data::Date{2015, 1, 1}});
    layer.places.push_back(
        {"port", "Cảng Mới", "", {{{3500, 500}}}, {3500, 500}, data::Date{2015, 1, 1}, {}});
    dataset->places.push_back(std::move(layer));
    app::PatrolRequest request;
    request.kind = app::PatrolKind::Rota;
    request.visits = 1;
    request.near = {"port:0.2km"};
    const auto near_in = [&](data::Period period) {
        request.period = period;
        base::JobContext ctx(1);
        const auto plan = app::run(request, dataset, *app::Language::load("en"), ctx);
        const auto term =
            std::find(plan.terms.begin(), plan.terms.end(), analysis::PriorityTerm::Near);
        REQUIRE(term != plan.terms.end());
        const auto& points =
            plan.scores.points[static_cast<std::size_t>(term - plan.terms.begin())];
        std::string out;
        for (std::size_t u = 0; u < points.size(); ++u)
            if (points[u] > 0) out += plan.codes[u];
        CHECK(says(plan, "Measured to the places that exist in " + data::to_string(plan.period)));
        return out;
    };
    CHECK(near_in({2014, 0}) == "A");
    CHECK(near_in({2015, 0}) == "D");
    CHECK(near_in({}) == "D");
    // Places without dates are always there, and no period is named for them.
    for (auto& place : dataset->places.front().places) place.from = place.until = {};
    request.period = {2014, 0};
    base::JobContext ctx(1);
    const auto plan = app::run(request, dataset, *app::Language::load("en"), ctx);
    CHECK_FALSE(says(plan, "Measured to the places"));
}
