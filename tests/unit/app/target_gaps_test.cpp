// The gap to the targets of a plan, worked out by hand for two districts and a commune without one.
#include "app/target_gaps.hpp"

#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;
using data::TargetKind;

namespace {

constexpr data::Period kPlan2010{2010, 0}, kPlan2011{2011, 0};

data::Target target_of(const char* id, TargetKind kind, const char* indicator, double value) {
    data::Target out;
    out.id = out.text_vi = id;
    out.kind = kind;
    out.indicators = {indicator};
    out.value = value;
    out.deadline = kPlan2011;
    return out;
}

// A and B in the first district, C and D in the second, E in none. CM04: whether a commune has
// something; DR01: how many there are, a year before and now.
struct GapGround {
    app::Dataset dataset;
    data::IndicatorCube cube{"2009", {{.id = "CM04"}, {.id = "DR01"}}, {kPlan2010, kPlan2011}, 5};
    data::Plan plan;

    GapGround() {
        const auto vintage = test::vintage_from("ABCDE", 5);
        vintage->units.groups[1] = {{"1", "Huyện Một"}, {"2", "Huyện Hai"}};
        vintage->units.parent[1] = {0, 0, 1, 1, geo::kNoGroup};
        dataset.vintage = vintage;
        const double has[] = {1, 0, 1, 1, 0}, before[] = {10, 10, 4, 0, 0},
                     now[] = {10, 6, 1, 0, 0};
        for (std::size_t u = 0; u < 5; ++u) {
            cube.set(0, 1, u, has[u]);
            cube.set(1, 0, u, before[u]);
            cube.set(1, 1, u, now[u]);
        }
        plan.area_vi = "Tỉnh Thử", plan.from = plan.until = kPlan2011;
        auto share = target_of("share", TargetKind::Share, "CM04", 1);
        share.denominator = {"units"};
        auto fewer = target_of("fewer", TargetKind::Reduction, "DR01", 0.5);
        fewer.baseline = kPlan2010;
        auto words = target_of("words", TargetKind::Qualitative, "CM04", 0);
        auto unheard = target_of("unheard", TargetKind::Absolute, "OR06", 5);
        plan.targets = {share, target_of("count", TargetKind::Absolute, "CM04", 6), fewer, words,
                        unheard};
    }
    GapGround(const GapGround&) = delete;
    app::TargetGaps gaps() const { return app::target_gaps(plan, dataset, cube, {}, kPlan2011); }
};

} // namespace

TEST_CASE("a commune lags behind the targets of a plan as its district does") {
    const GapGround ground;
    const auto gaps = ground.gaps();
    REQUIRE(gaps.value.size() == 5);
    // First district: 1 of 2; 3 of 6 in all; 16 of 20 where 10 may be, so 6 of 16 have to go.
    CHECK(gaps.value[0] == Approx((0.5 + 0.5 + 6.0 / 16) / 3));
    CHECK(gaps.value[1] == gaps.value[0]);
    // Second: 2 of 2; 3 of 6 in all; 1 of 4, and 2 may be.
    CHECK(gaps.value[2] == Approx(0.5 / 3));
    CHECK(gaps.value[3] == gaps.value[2]);
    // Of no district: what is asked of the whole area.
    CHECK(gaps.value[4] == Approx(0.5));
    CHECK(gaps.any());
    const auto& first = gaps.regions[gaps.region_of[0]];
    REQUIRE(first.size() == 3);
    CHECK(first[0].id == "share");
    CHECK(first[0].area == "Huyện Một");
    CHECK(first[1].area.empty());
    CHECK(first[2].fewer);
    const auto english = app::Language::load("en");
    CHECK(app::gap_words(gaps, 0, *english) ==
          "3 targets, 46 % short on average; farthest: share (Huyện Một), 50 % short");
    CHECK(app::gap_words(gaps, 4, *english) ==
          "1 targets, 50 % short on average; farthest: count (Tỉnh Thử), 50 % short");
}

TEST_CASE("a target that cannot be told counts neither as met nor as missed") {
    GapGround ground;
    ground.cube.set(0, 1, 1, 0, data::Cell::Missing); // B may have it or not
    auto gaps = ground.gaps();
    CHECK(gaps.regions[gaps.region_of[0]].size() == 1); // the reduction alone
    CHECK(gaps.value[0] == Approx(6.0 / 16));
    CHECK(gaps.value[2] == 0);
    CHECK(std::isnan(gaps.value[4]));
    const auto english = app::Language::load("en");
    CHECK(app::gap_words(gaps, 2, *english) == "2 targets are met");
    CHECK(app::gap_words(gaps, 4, *english).empty());
    ground.plan.targets = {target_of("unheard", TargetKind::Absolute, "OR06", 5)};
    CHECK_FALSE(ground.gaps().any());
}
