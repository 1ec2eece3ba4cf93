// Plans kept in a project: what comes back, what notices other inputs, and two plans compared.
#include "app/plan_comparison.hpp"

#include "app/inputs_hash.hpp"
#include "app/project.hpp"
#include "base/number.hpp"
#include "patrol_row.hpp"
#include "support/errors.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using test::patrolled_row;
using test::planned;
using test::teams_of;
using test::two_teams;

namespace {

app::StoredPlan kept(const std::string& name, const app::PatrolRequest& request) {
    return app::to_plan(name, planned(request), *patrolled_row());
}

// A plan of so many teams, drawn: "AB CD".
app::StoredPlan drawn_plan(const std::string& name, const std::string& teams) {
    app::StoredPlan plan;
    plan.name = name;
    plan.request.kind = app::PatrolKind::Sectors;
    plan.bases.emplace_back();
    for (const char letter : teams)
        if (letter == ' ')
            plan.bases.emplace_back();
        else
            plan.parts.push_back({std::string(1, letter), plan.bases.size() - 1, "sector"});
    plan.burden = static_cast<double>(plan.parts.size());
    return plan;
}

// "C:1>2 D:1>" of the communes that change.
std::string changes_of(const app::PlanComparison& comparison) {
    std::string out;
    for (const auto& change : comparison.changes)
        out += (out.empty() ? "" : " ") + change.code + ":" + change.before + ">" + change.after;
    return out;
}

std::string refused_project(const app::Project& project) {
    return test::thrown_key([&] { app::stored_plans(project); });
}

} // namespace

TEST_CASE("plans kept in a project come back as they were, through its file as well") {
    auto request = two_teams({"A"});
    request.indicator = "WORK";
    request.period = {2015, 0};
    request.locked = {{"D", 2}};
    request.links = {{"A", "D"}};
    request.seed = 3;
    request.classification = app::Classification::Internal;
    auto sectors = kept("Tổ tháng 1", request);
    CHECK(sectors.request == app::relevant(request));
    auto with_files = request;
    with_files.data.store = "kho.sqlite";
    with_files.out = "ke_hoach.csv";
    with_files.map_out = "ke_hoach.png";
    with_files.orders = "phieu.xlsx";
    with_files.dpi = 150;
    CHECK(app::bare(with_files) == app::relevant(request));
    app::PatrolRequest cover;
    cover.bases = 1;
    cover.within_m = 1300; // B reaches A and C by ways a quarter longer than the line
    cover.detour = 1.25;
    cover.forbid = {"D"};
    const auto bases = kept("Điểm đặt", cover);
    CHECK(bases.farthest_m == Approx(1250).epsilon(0.03));
    CHECK(bases.bases == std::vector<std::string>{"B"});
    app::Project project;
    project = app::with_plan(std::move(project), sectors);
    project = app::with_plan(std::move(project), bases);
    CHECK(app::stored_plans(project) == std::vector{sectors, bases});
    const auto again = app::parse_project(app::project_json(project, "/tmp"), "/tmp");
    CHECK(again.plans == project.plans);
    CHECK(app::find_plan(app::stored_plans(again), "Điểm đặt") == bases);
    // One of the same name is replaced; a name that is not there is answered with those that are.
    sectors.objective = 99;
    project = app::with_plan(std::move(project), sectors);
    CHECK(app::stored_plans(project).size() == 2);
    CHECK(app::find_plan(app::stored_plans(project), "Tổ tháng 1").objective == 99);
    CHECK_THROWS_AS(app::find_plan(app::stored_plans(project), "Tổ tháng 2"), base::Error);
    project = app::without_plan(std::move(project), "Điểm đặt");
    project = app::without_plan(std::move(project), "Tổ tháng 1");
    CHECK(project == app::Project{});
}

TEST_CASE("what was changed by hand is kept beside what was asked, and made again") {
    auto request = two_teams({"A"});
    request.locked = {{"D", 2}};
    const auto language = app::Language::load("en");
    const auto made = planned(request);
    const auto changed = app::with_moved(made, {{2, 0}}, *patrolled_row(), *language);
    REQUIRE(teams_of(changed) == "ABC D");
    const auto stored = app::to_plan("ABC", changed, *patrolled_row());
    CHECK(stored.request == app::relevant(request)); // one lock, not four
    CHECK(stored.moved == std::vector<std::pair<std::string, std::size_t>>{{"C", 0}});
    const auto again = app::restored(planned(stored.request), stored, *patrolled_row(), *language);
    CHECK(teams_of(again) == "ABC D");
    CHECK(again.by_hand == changed.by_hand);
    CHECK(app::to_plan("ABC", again, *patrolled_row()) == stored);
    // And without changes it is the plan as it was made.
    CHECK(teams_of(app::restored(made, app::to_plan("", made, *patrolled_row()), *patrolled_row(),
                                 *language)) == "AB CD");
}

TEST_CASE("damaged plans of a project are refused by name") {
    app::Project project;
    for (const char* text : {R"([{"name":"a"}])", "[1]", "{", R"([{"name":"a","request":{},
         "bases":[""],"parts":[["A",1,"sector"]]}])"}) {
        project.plans = text;
        CHECK(refused_project(project) == "error.project.bad_value");
    }
    project.plans = R"([{"name":"a","request":{},"bases":[""],"parts":[["A",0,"sector"]]}])";
    CHECK(refused_project(project).empty());
}

TEST_CASE("inputs are hashed as FNV-1a does") {
    CHECK(app::InputsHash().text() == "cbf29ce484222325"); // of nothing, as it is published
    app::InputsHash hash;
    hash.add(std::string("foobar")); // 85944171f73967e8, and the zero that ends a text
    CHECK(hash.text() == "34531ca7168b8f38");
    app::InputsHash one, other;
    one.add(base::kNaN);
    other.add(-base::kNaN);
    CHECK(one.text() == other.text());
}

TEST_CASE("a plan notices that its inputs have changed") {
    auto request = two_teams({});
    request.indicator = "WORK";
    request.period = {2015, 0};
    const auto plain = *patrolled_row();
    const auto hash = app::inputs_hash(request, plain);
    CHECK(app::inputs_hash(request, *patrolled_row()) == hash);
    const auto changed = [&](std::size_t period) {
        auto other = *patrolled_row();
        auto cube = std::make_shared<data::IndicatorCube>(*other.cube);
        cube->set(0, period, 2, 11);
        other.cube = cube;
        return app::inputs_hash(request, other);
    };
    CHECK(changed(1) != hash);
    CHECK(changed(0) == hash); // of another year
    auto linked = request;
    linked.links = {{"A", "D"}};
    CHECK(app::inputs_hash(linked, plain) != hash);
    // Without a year the plan is of whatever comes last.
    request.period = {};
    CHECK(changed(0) != app::inputs_hash(request, plain));
    // Where every commune weighs the same, values do not matter.
    request.indicator.clear();
    CHECK(changed(1) == app::inputs_hash(request, plain));
}

TEST_CASE("who changes between two plans is told whatever the teams are numbered") {
    using app::compared;
    CHECK(changes_of(compared(drawn_plan("a", "AB CD"), drawn_plan("b", "CD AB"))).empty());
    CHECK(compared(drawn_plan("a", "AB CD"), drawn_plan("b", "CD AB")).same == 4);
    // C goes to the team of A and B, which is the second now.
    CHECK(changes_of(compared(drawn_plan("a", "AB CDE"), drawn_plan("b", "DE ABC"))) == "C:2>1");
    // A third team gets a number of its own; who leaves and who comes is named.
    CHECK(changes_of(compared(drawn_plan("a", "AB CDE"), drawn_plan("b", "AB CD E"))) == "E:2>3");
    CHECK(changes_of(compared(drawn_plan("a", "ABC D"), drawn_plan("b", "ABE"))) ==
          "C:1> D:2> E:>1");
    // Two teams joined: the larger keeps its number.
    CHECK(changes_of(compared(drawn_plan("a", "A BC"), drawn_plan("b", "ABC"))) == "A:1>2");
}

TEST_CASE("numbers of an internal plan do not stand beside one for the public") {
    auto inside = drawn_plan("a", "AB CD");
    const auto open = drawn_plan("b", "A BCD");
    inside.request.classification = app::Classification::Internal;
    CHECK_FALSE(app::tells_values(inside, app::Classification::Public));
    CHECK(app::tells_values(inside, app::Classification::Internal));
    CHECK(app::tells_values(open, app::Classification::Public));
    CHECK(test::thrown_key([&] { app::compared(inside, open); }) ==
          "error.patrol.compare_internal");
    CHECK(changes_of(app::compared(open, inside)) == "B:2>1"); // read by those who may
    auto other = inside;
    other.name = "c";
    CHECK(app::compared(inside, other).same == 4);
}

TEST_CASE("what was changed by hand in an internal plan is not put on one for the public") {
    const auto language = app::Language::load("en");
    auto request = two_teams({"A"});
    request.classification = app::Classification::Internal;
    const auto changed = app::with_moved(planned(request), {{2, 0}}, *patrolled_row(), *language);
    const auto stored = app::to_plan("ABC", changed, *patrolled_row());
    CHECK(teams_of(app::restored(planned(request), stored, *patrolled_row(), *language)) ==
          "ABC D");
    request.classification = app::Classification::Public;
    CHECK(teams_of(app::restored(planned(request), stored, *patrolled_row(), *language)) ==
          "AB CD");
}

TEST_CASE("the numbers of two plans stand beside each other") {
    auto one = drawn_plan("a", "AB CD"), other = drawn_plan("b", "A BCD");
    one.objective = 2;
    other.objective = 3;
    const auto sectors = app::compared(one, other);
    REQUIRE(sectors.numbers.size() == 3);
    CHECK(sectors.numbers[0].before == 2);
    CHECK(sectors.numbers[0].after == 3);
    CHECK(sectors.numbers[1].after == 2);  // four communes, two teams
    CHECK(sectors.numbers[2].before == 0); // even
    CHECK(sectors.numbers[2].after == Approx(50));
    CHECK(changes_of(sectors) == "B:1>2");
    const auto language = app::Language::load("en");
    const auto words = app::comparison_words(sectors, *language);
    REQUIRE(words.size() == 4);
    CHECK(words[0].find("1 commune changes, 3 stay") != std::string::npos);
    CHECK(app::change_words(sectors, sectors.changes[0], *language) == "team 1 → team 2");
    one.request.kind = app::PatrolKind::Cover;
    CHECK_THROWS_AS(app::compared(one, other), base::Error);

    // A base for each of two plans: B reaches A, B, C of four, with a second one all.
    app::PatrolRequest request;
    request.bases = 1;
    request.within_m = 1200;
    const auto few = kept("một", request);
    request.bases = 2;
    const auto cover = app::compared(few, kept("hai", request));
    REQUIRE(cover.numbers.size() == 3);
    CHECK(cover.numbers[0].key == "reached");
    CHECK(cover.numbers[0].before == Approx(75));
    CHECK(cover.numbers[0].after == Approx(100));
    CHECK(cover.numbers[2].before == Approx(2).epsilon(0.03)); // kilometres from B to D
    CHECK_FALSE(cover.changes.empty());
}
