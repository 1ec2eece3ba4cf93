// Requests for plans come back from their flags.
#include "cli/parse.hpp"

#include "app/stored_plans.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

app::PatrolRequest parsed_patrol(const std::vector<std::string>& words) {
    return std::get<app::PatrolRequest>(cli::parse(words).request);
}

} // namespace

TEST_CASE("a request for a plan comes back from its flags") {
    app::PatrolRequest plan;
    plan.data.boundaries = "ranh giới/xã.shp";
    CHECK(parsed_patrol(app::to_flags(plan)) == plan);
    plan.indicator = "DR01";
    plan.period = {2015, 0};
    plan.select = {"1", "2"};
    plan.where = "status = hot and not code = 3";
    plan.use = "điểm nóng";
    plan.forbid = {"3"};
    plan.must = {"4", "5"};
    plan.seed = 7;
    plan.goal = analysis::LocationGoal::Median;
    plan.bases = 4;
    plan.within_m = 7500;
    plan.detour = 1.25;
    plan.at = {"2", "1"};
    plan.candidates = "status = hot, or so";
    plan.candidates_at = {"port", "market"};
    plan.fast = true;
    plan.nodes = 50;
    plan.out = "tổ.xlsx";
    plan.map_out = "tổ.pdf";
    plan.orders = "phiếu.html";
    plan.page.size = "A3 portrait";
    plan.dpi = 150;
    plan.classification = app::Classification::Internal;
    CHECK(parsed_patrol(app::to_flags(plan)) == plan);
    plan.kind = app::PatrolKind::Sectors;
    plan.teams = 6;
    plan.locked = {{"1", 2}, {"2", 6}};
    plan.links = {{"1", "2"}};
    CHECK(parsed_patrol(app::to_flags(plan)) == plan);
    plan.kind = app::PatrolKind::Rota;
    plan.months = 3;
    plan.visits = 25;
    plan.random_share = 0.3;
    plan.weights = {1, 2, 3, 0, 0.5, 1, 0, 1};
    plan.near = {"1"};
    plan.border = {"2", "3"};
    plan.behind = {"4"};
    plan.targets = "an-giang-2011";
    CHECK(parsed_patrol(app::to_flags(plan)) == plan);
    plan.border = {"2", "3", "border:0m"};
    plan.lines = {{"biên giới.shp", "border"}, {"bờ biển.gpkg", "coast", "shore"}};
    plan.outline = {{"coast", "31681", true}, {"border", "31531", false}};
    CHECK(parsed_patrol(app::to_flags(plan)) == plan);
    // And what of it belongs to one kind, as the window asks for it.
    for (const auto kind :
         {app::PatrolKind::Cover, app::PatrolKind::Sectors, app::PatrolKind::Rota}) {
        plan.kind = kind;
        const auto asked = app::relevant(plan);
        CHECK(parsed_patrol(app::to_flags(asked)) == asked);
    }
    plan.kind = app::PatrolKind::Cover;
    plan.goal = analysis::LocationGoal::Cover;
    plan.fast = false;
    const auto cover = app::relevant(plan);
    CHECK(cover.within_m == 7500);
    CHECK(cover.nodes == 50);
    CHECK(parsed_patrol(app::to_flags(cover)) == cover);
}

TEST_CASE("a stored plan is asked for as it was, except for what the flags change") {
    const test::TempFolder folder;
    const auto file = folder / "tỉnh.diaban";
    app::StoredPlan stored{.name = "ba tổ"};
    stored.request.kind = app::PatrolKind::Sectors;
    stored.request.teams = 5;
    stored.request.seed = 9;
    stored.request.must = {"4"};
    app::Project project;
    project.data.boundaries = folder / "xã.shp";
    app::save_project(app::with_plan(project, stored), file);
    auto asked = parsed_patrol(
        {"patrol", "sectors", "--project", file.string(), "--saved", "ba tổ", "--teams", "6"});
    CHECK(asked.data.boundaries == project.data.boundaries);
    CHECK(asked.teams == 6);
    asked.teams = 5;
    CHECK(app::bare(asked) == stored.request);
    // The language may stand before the verb.
    asked = parsed_patrol(
        {"--lang", "en", "patrol", "sectors", "--project", file.string(), "--saved", "ba tổ"});
    CHECK(app::bare(asked) == stored.request);
    CHECK_THROWS_AS(
        parsed_patrol({"patrol", "sectors", "--project", file.string(), "--saved", "x"}),
        base::Error);
}

TEST_CASE("values of plans that make no sense are refused") {
    const auto refused = [](std::vector<std::string> words) {
        words.insert(words.begin(), {"patrol", "cover", "--boundaries", "xa.shp"});
        try {
            cli::parse(words);
        } catch (const base::Error& error) {
            return error.kind == base::ErrorKind::Usage &&
                   error.message.key == "error.flag.bad_value";
        }
        return false;
    };
    CHECK(refused({"--goal", "middle"}));
    CHECK(refused({"--within", "10"}));
    CHECK(refused({"--lock", "1=0"}));
    CHECK(refused({"--lock", "=1"}));
    CHECK(refused({"--lock", "1=1.5"}));
    CHECK(refused({"--weights", "status=-1"}));
    CHECK(refused({"--weights", "status"}));
    CHECK(refused({"--link", "12"}));
}
