// Scores and rotas against numbers worked out by hand.
#include "analysis/priority.hpp"
#include "analysis/rota.hpp"

#include "base/error.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

using namespace diaban;
using analysis::PriorityColumn;
using analysis::PriorityTerm;
using analysis::Visit;
using analysis::VisitReason;

namespace {

constexpr double kNotKnown = base::kNaN;

std::vector<std::uint32_t> communes_of(const std::vector<Visit>& rota, std::size_t month) {
    std::vector<std::uint32_t> out;
    for (const auto& visit : rota)
        if (visit.month == month) out.push_back(visit.commune);
    return out;
}

} // namespace

TEST_CASE("a score is the weighted mean of what is known over all weights") {
    // Weights 3 and 1. Commune 0: (3 * 1 + 1 * 0.5) / 4. Commune 1 lacks the first: 0.5 / 4 and a
    // doubt of 3 / 4. Commune 2: everything unknown. Commune 3: beyond 1 counts as 1.
    const std::vector<PriorityColumn> columns{
        {PriorityTerm::Status, 3, {1, kNotKnown, kNotKnown, 0}},
        {PriorityTerm::Border, 1, {0.5, 0.5, kNotKnown, 7}},
    };
    const auto scores = analysis::priority_scores(columns, 4);
    CHECK(scores.score[0] == Approx(0.875));
    CHECK(scores.doubt[0] == 0);
    CHECK(scores.score[1] == Approx(0.125));
    CHECK(scores.doubt[1] == Approx(0.75));
    CHECK(scores.score[2] == 0);
    CHECK(scores.doubt[2] == Approx(1));
    CHECK(scores.score[3] == Approx(0.25));
    CHECK(scores.points[0][0] == Approx(0.75));
    CHECK(scores.points[1][0] == Approx(0.125));
    CHECK(std::isnan(scores.points[0][1]));
}

TEST_CASE("what is missing never raises a score") {
    std::vector<PriorityColumn> columns{{PriorityTerm::Status, 2, {0.25}},
                                        {PriorityTerm::Violations, 2, {0.4}}};
    const auto known = analysis::priority_scores(columns, 1);
    columns[1].value[0] = kNotKnown;
    const auto missing = analysis::priority_scores(columns, 1);
    CHECK(missing.score[0] < known.score[0]);
    CHECK(missing.doubt[0] > known.doubt[0]);
}

TEST_CASE("weights that make no sum are refused") {
    for (const double weight : {0.0, -1.0, kNotKnown}) {
        const std::vector<PriorityColumn> columns{{PriorityTerm::Status, weight, {1}}};
        CHECK_THROWS_AS(analysis::priority_scores(columns, 1), base::Error);
    }
}

TEST_CASE("who is searched more often is not punished for it") {
    // The same rate of one in five with 10 and with 100 visits, one never visited, one at 40 %.
    const std::vector<double> violations{2, 20, 0, 40}, visits{10, 100, 0, 100};
    const auto column = analysis::violations_column(violations, visits);
    CHECK(column[3] == Approx(1));
    CHECK(std::isnan(column[2]));
    CHECK(column[0] > column[1]); // shrunk towards the overall rate of 62 / 210, which is higher,
    CHECK(column[0] < column[3]); // more where the visits are few; ten times the findings do not
    CHECK(column[1] > 0.4);       // weigh ten times as much
}

TEST_CASE("terms by hand") {
    // Rates 0.1 0.2 0.2 0.3 0.4: of ten pairs nine rise and one is equal.
    const analysis::PeriodValues visits(5, {10, 10, 0});
    const analysis::PeriodValues violations{{1, 4, 0}, {2, 3, 0}, {2, 2, 0}, {3, 1, 0}, {4, 0, 0}};
    const auto trend = analysis::trend_column(violations, visits);
    CHECK(trend[0] == Approx(0.9));
    CHECK(trend[1] == 0); // falls
    CHECK(std::isnan(trend[2]));

    // Last inspected now, two periods ago, never, not known.
    const analysis::PeriodValues inspections{
        {0, 3, 0, kNotKnown}, {0, 0, 0, kNotKnown}, {1, 0, kNotKnown, kNotKnown}};
    const auto since = analysis::since_column(inspections);
    CHECK(since[0] == 0);
    CHECK(since[1] == Approx(2.0 / 5));
    CHECK(since[2] == 1);
    CHECK(std::isnan(since[3]));

    const auto share = analysis::uninspected_column(std::vector<double>{5, 0, 30, kNotKnown, 0},
                                                    std::vector<double>{20, 8, 20, 4, 0});
    CHECK(share[0] == Approx(0.75));
    CHECK(share[1] == 1);
    CHECK(share[2] == 0); // more visits than establishments
    CHECK(std::isnan(share[3]));
    CHECK(share[4] == 0); // nothing to visit
}

TEST_CASE("a rota by hand: priority times the time since the last visit") {
    const std::vector<double> score{0.9, 0.5, 0.4}, doubt{0, 0, 0}, since{1, 1, 1};
    const auto rota =
        analysis::make_rota(score, doubt, since, {.months = 4, .per_month = 1, .random_share = 0});
    // Claims 0.9 0.5 0.4 | 0.9 1.0 0.8 | 1.8 0.5 1.2 | 0.9 1.0 1.6
    REQUIRE(rota.size() == 4);
    CHECK(rota[0].commune == 0);
    CHECK(rota[1].commune == 1);
    CHECK(rota[2].commune == 0);
    CHECK(rota[3].commune == 2);
    CHECK(rota[3].months_since == 4);
    for (const auto& visit : rota) CHECK(visit.reason == VisitReason::Priority);
}

TEST_CASE("what is not known is visited to verify it") {
    const std::vector<double> score{0.3, 0.1, kNotKnown}, doubt{0, 0.6, 1}, since{1, kNotKnown, 50};
    const auto rota =
        analysis::make_rota(score, doubt, since, {.months = 1, .per_month = 2, .random_share = 0});
    REQUIRE(rota.size() == 2);
    CHECK(rota[0].commune == 1);
    CHECK(rota[0].reason == VisitReason::Verification);
    CHECK(rota[0].months_since == analysis::kUnknownMonths);
    CHECK(rota[1].commune == 0);
    CHECK(rota[1].reason == VisitReason::Priority);
}

TEST_CASE("a fifth of the inspections is drawn at random, the same for the same seed") {
    std::vector<double> score, doubt(40, 0), since(40, 6);
    for (int u = 0; u < 40; ++u) score.push_back(u < 8 ? 0.9 : 0.001);
    analysis::RotaSpec spec{.months = 12, .per_month = 7};
    const auto rota = analysis::make_rota(score, doubt, since, spec);
    CHECK(rota.size() == 84);
    const auto random = std::count_if(rota.begin(), rota.end(), [](const Visit& visit) {
        return visit.reason == VisitReason::Random;
    });
    CHECK(random == 17); // 16.8
    for (std::size_t month = 0; month < 12; ++month) {
        const auto communes = communes_of(rota, month);
        CHECK(communes.size() == 7);
        CHECK(std::set(communes.begin(), communes.end()).size() == 7);
    }
    const auto again = analysis::make_rota(score, doubt, since, spec);
    spec.seed = 2;
    const auto other = analysis::make_rota(score, doubt, since, spec);
    bool same = true, differs = false;
    for (std::size_t k = 0; k < rota.size(); ++k) {
        same = same && rota[k].commune == again[k].commune;
        differs = differs || rota[k].commune != other[k].commune;
    }
    CHECK(same);
    CHECK(differs);
}

TEST_CASE("random visits fall evenly on everybody") {
    const std::vector<double> score(10, 0.5), doubt(10, 0), since(10, 1);
    const auto rota = analysis::make_rota(
        score, doubt, since, {.months = 4000, .per_month = 1, .random_share = 1, .seed = 3});
    std::map<std::uint32_t, int> times;
    for (const auto& visit : rota) ++times[visit.commune];
    CHECK(times.size() == 10);
    for (const auto& [commune, count] : times) {
        INFO(commune);
        CHECK(std::abs(count - 400) < 95); // five standard deviations of 19
    }
}

TEST_CASE("communes that must be visited come first, before priority and before the draw") {
    const std::vector<double> score{0.9, 0.5, 0.4, 0.1, 0.2}, none(5, 0), since(5, 1);
    // Three of them have room for two in the first month, the larger claims; the third comes next.
    const auto rota = analysis::make_rota(
        score, none, since,
        {.months = 3, .per_month = 2, .random_share = 0.5, .seed = 1, .must = {3, 2, 4, 3}});
    REQUIRE(rota.size() == 6);
    CHECK(communes_of(rota, 0) == std::vector<std::uint32_t>{2, 4});
    CHECK(rota[0].reason == VisitReason::Must);
    CHECK(rota[1].reason == VisitReason::Must);
    CHECK(rota[2].commune == 3);
    CHECK(rota[2].month == 1);
    CHECK(rota[2].months_since == 2);
    // Half of six is drawn all the same: nothing in the first month, the rest later.
    for (std::size_t k = 3; k < 6; ++k) CHECK(rota[k].reason == VisitReason::Random);
    CHECK(rota[3].commune != 3); // nobody twice in a month
    // Who has been visited is no more asked for than others: 0 has the largest claim.
    const auto later = analysis::make_rota(
        score, none, since, {.months = 2, .per_month = 1, .random_share = 0, .must = {3}});
    CHECK(later[0].commune == 3);
    CHECK(later[1].commune == 0);
    CHECK(later[1].reason == VisitReason::Priority);
}

TEST_CASE("impossible rotas are refused") {
    const std::vector<double> two(2, 0.5);
    try {
        analysis::make_rota(two, two, two, {.per_month = 1, .must = {0, 1}});
        FAIL("two communes in one visit");
    } catch (const base::Error& error) {
        CHECK(error.message.key == "error.rota.must");
    }
    CHECK_THROWS_AS(analysis::make_rota(two, two, two, {.per_month = 3}), base::Error);
    CHECK_THROWS_AS(analysis::make_rota(two, two, two, {.months = 0, .per_month = 1}), base::Error);
    CHECK_THROWS_AS(analysis::make_rota(two, two, two, {.per_month = 1, .random_share = 1.5}),
                    base::Error);
}
