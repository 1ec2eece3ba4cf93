#include "app/plan_file.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

TEST_CASE("a plan is called by its area and its years") {
    const auto vi = app::Language::load("vi"), en = app::Language::load("en");
    data::Plan plan = app::plan_named("ha-noi-2013-2015", {});
    CHECK(app::plan_title(plan, *vi) == "Hà Nội 2013–2015");
    plan.area_en = "Hanoi";
    CHECK(app::plan_title(plan, *en) == "Hanoi 2013–2015");
    CHECK(app::plan_title(app::plan_named("an-giang-2011", {}), *vi) == "An Giang 2011");
    plan.area_en.clear();
    CHECK(app::plan_title(plan, *en) == "Hà Nội 2013–2015");
    plan.area_vi.clear();
    CHECK(app::plan_title(plan, *vi) == "ha-noi-2013-2015 2013–2015");
}
