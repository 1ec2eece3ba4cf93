// Bases chosen among communes that are named, and among places.
#include "app/named_query.hpp"
#include "app/plan_comparison.hpp"
#include "app/query_ground.hpp"
#include "app/stored_plans.hpp"
#include "patrol_row.hpp"
#include "support/errors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;
using test::patrolled_row;

namespace {

data::Place port_at(const std::string& name, double x, double y = 500) {
    data::Place out{.kind = "port",
                    .name = name,
                    .code = "",
                    .rings = {{{x, y}}},
                    .at = {x, y},
                    .from = {},
                    .until = {}};
    return out;
}

// The row of four with ports beside and between the communes, one of a name that another has.
std::shared_ptr<app::Dataset> row_with_ports() {
    auto out = patrolled_row();
    data::PlaceLayer layer{"cang.csv", {}};
    for (const double x : {0.0, 1000.0, 2500.0, 3900.0})
        layer.places.push_back(port_at("Cảng " + std::to_string(static_cast<int>(x)), x));
    layer.places.push_back(port_at("Cảng 0", 2000, 900));
    layer.places.push_back(port_at("Cảng xa", 90'000));
    out->places.push_back(std::move(layer));
    return out;
}

app::PatrolReport plan_of(const app::PatrolRequest& request, std::shared_ptr<app::Dataset> on) {
    base::JobContext ctx(1);
    return app::run(request, std::move(on), *app::Language::load("en"), ctx);
}

app::PatrolRequest at_ports(std::size_t bases) {
    app::PatrolRequest request;
    request.bases = bases;
    request.within_m = 600;
    request.candidates_at = {"port"};
    return request;
}

std::string plan_refused(const app::PatrolRequest& request) {
    return test::thrown_key([&] { plan_of(request, row_with_ports()); });
}

std::string candidates_of(const std::string& given, const app::QuerySources& sources = {},
                          const std::vector<app::NamedQuery>& queries = {}) {
    app::PatrolRequest request;
    request.candidates = given;
    base::JobContext ctx(1);
    return app::narrowed(request, patrolled_row(), sources, queries, *app::Language::load("en"),
                         ctx)
        .candidates;
}

// The best of two ports, by trying every pair; four communes of the same weight.
double best_of_pairs(analysis::LocationGoal goal, const app::Dataset& on, double within) {
    const auto faces = on.vintage->coverage->faces();
    auto ports = on.places.front().places;
    ports.pop_back(); // far off
    double best = goal == analysis::LocationGoal::Cover ? 0 : 1e12;
    for (std::size_t a = 0; a < ports.size(); ++a)
        for (std::size_t b = a + 1; b < ports.size(); ++b) {
            double covered = 0, sum = 0, farthest = 0;
            for (const auto& face : faces) {
                const auto to = [&](const data::Place& place) {
                    return std::hypot(place.at.x - face.label_at.x, place.at.y - face.label_at.y);
                };
                const double metres = std::min(to(ports[a]), to(ports[b]));
                covered += metres <= within ? 1 : 0;
                sum += metres;
                farthest = std::max(farthest, metres);
            }
            if (goal == analysis::LocationGoal::Cover)
                best = std::max(best, covered);
            else
                best = std::min(best, goal == analysis::LocationGoal::Median ? sum : farthest);
        }
    return best;
}

} // namespace

TEST_CASE("bases among places are the best of all pairs, for every goal") {
    using enum analysis::LocationGoal;
    for (const auto goal : {Cover, Median, Centre})
        for (const bool fast : {false, true}) {
            auto request = at_ports(2);
            request.goal = goal;
            request.fast = fast;
            const auto dataset = row_with_ports();
            const auto plan = plan_of(request, dataset);
            const double best = best_of_pairs(goal, *dataset, request.within_m);
            INFO(to_string(goal) << (fast ? " fast" : ""));
            if (fast)
                CHECK((goal == Cover ? plan.objective <= best + 1e-6
                                     : plan.objective >= best - 1e-6));
            else
                CHECK(plan.objective == Approx(best).margin(1e-6));
            REQUIRE(plan.groups.size() == 2);
            for (const auto& group : plan.groups) {
                CHECK_FALSE(group.unit);
                REQUIRE(group.place);
                CHECK(group.place->kind == "port");
            }
            CHECK(plan.rows.size() == 4); // communes alone
            CHECK(plan.burden == 4);
            CHECK(plan.candidates == 5);
            CHECK(plan.outside == 1);
            // They are on the map, with their names.
            REQUIRE(plan.map.symbols.size() == 2);
            CHECK(plan.map.symbols[0].at == plan.groups[0].place->at);
            CHECK(plan.map.symbols[0].name == plan.groups[0].place->name);
        }
}

TEST_CASE("places of one name are told apart, and a base that is there stays a commune") {
    auto request = at_ports(5);
    const auto plan = plan_of(request, row_with_ports());
    std::vector<std::string> names;
    for (const auto& group : plan.groups) names.push_back(group.place->name);
    CHECK(names ==
          std::vector<std::string>{"Cảng 0", "Cảng 1000", "Cảng 2500", "Cảng 3900", "Cảng 0 (2)"});
    request.bases = 2;
    request.at = {"D"};
    const auto both = plan_of(request, row_with_ports());
    CHECK(both.groups[0].unit == std::size_t{3});
    REQUIRE(both.groups[1].place);
    CHECK(both.groups[1].place->name == "Cảng 1000"); // between A and B
    CHECK(both.objective == 3);
    const auto language = app::Language::load("en");
    CHECK(app::patrol_words(both, both.rows[0], *language).find("base Cảng 1000") !=
          std::string::npos);
}

TEST_CASE("what may be no base is refused by name") {
    CHECK(plan_refused(at_ports(6)) == "error.patrol.candidates_few");
    auto request = at_ports(1);
    request.candidates_at = {"market"};
    CHECK(plan_refused(request) == "error.near.no_kind");
    request = at_ports(1);
    request.candidates = "A";
    CHECK(plan_refused(request) == "error.patrol.candidates_two");
    request = at_ports(1);
    request.kind = app::PatrolKind::Sectors;
    CHECK(plan_refused(request) == "error.patrol.candidates_kind");
    request = {};
    request.bases = 1;
    request.candidates = "B";
    request.forbid = {"B"};
    CHECK(plan_refused(request) == "error.patrol.candidates_none");
    // One that takes no part may be a base.
    request.forbid = {};
    request.select = {"C", "D"};
    request.within_m = 1200;
    const auto plan = plan_of(request, patrolled_row());
    CHECK(plan.groups[0].unit == std::size_t{1});
    CHECK(plan.burden == 2);
    CHECK(plan.objective == 1); // C
    CHECK(plan.rows.size() == 3);
}

TEST_CASE("candidates are given as codes, by a query, or by the name of what is kept") {
    const app::QuerySources sources{.sets = {{"hai xã", {"B", "D"}}, {"nơi khác", {"X"}}}};
    CHECK(candidates_of("A,C") == "A,C");
    CHECK(candidates_of(" A , C ") == "A,C");
    CHECK(candidates_of("code = C") == "C");
    CHECK(candidates_of("hai xã", sources) == "B,D");
    CHECK(candidates_of("q", sources, {{"q", "code = A or code = B"}}) == "A,B");
    const auto refused = [&](const std::string& given) {
        return test::thrown_key([&] { candidates_of(given, sources); });
    };
    CHECK(refused("nơi khác") == "error.patrol.candidates_nobody"); // of other boundaries
    CHECK(refused("code = A and not code = A") == "error.patrol.candidates_nobody");
    CHECK(refused("ba xã") == "error.patrol.candidates_name");
}

TEST_CASE("a kept plan of places comes back, notices that they moved, and is compared by name") {
    const auto dataset = row_with_ports();
    const auto made = plan_of(at_ports(1), dataset);
    const auto plan = app::to_plan("k", made, *dataset);
    CHECK(plan.bases == std::vector<std::string>{made.groups[0].place->name});
    const auto read = app::stored_plans(app::with_plan({}, plan));
    REQUIRE(read.size() == 1);
    CHECK(read[0] == plan);
    CHECK(read[0].request.candidates_at == std::vector<std::string>{"port"});
    const auto moved = row_with_ports();
    moved->places.front().places.front().at.x += 1;
    CHECK(app::inputs_hash(plan.request, *dataset) == plan.inputs);
    CHECK(app::inputs_hash(plan.request, *moved) != plan.inputs);
    app::PatrolRequest plain = at_ports(1);
    plain.candidates_at.clear();
    plain.candidates = "A";
    const auto other = app::to_plan("l", plan_of(plain, dataset), *dataset);
    CHECK(other.request.candidates == "A");
    const auto compared = app::compared(plan, other);
    REQUIRE_FALSE(compared.changes.empty());
    CHECK(compared.changes[0].before == plan.bases[0]);
    CHECK(compared.changes[0].after == "A");
    // Only plans of bases have candidates; what the data lacks is left out.
    auto asked = at_ports(1);
    asked.candidates = "A,Z";
    CHECK(app::suited(asked, *patrolled_row()).candidates == "A");
    CHECK(app::suited(asked, *patrolled_row()).candidates_at.empty());
    CHECK(app::suited(asked, *dataset).candidates_at == asked.candidates_at);
    asked.kind = app::PatrolKind::Sectors;
    CHECK(app::relevant(asked).candidates.empty());
    CHECK(app::relevant(asked).candidates_at.empty());
}
