#include "data/status_check.hpp"
#include "data/transition.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::data;
using S = Status;

namespace {

StatusSeries series(std::vector<int> years, std::vector<std::vector<S>> of) {
    StatusSeries out;
    for (const int year : years) out.periods.push_back({year, 0});
    out.of = std::move(of);
    return out;
}

std::size_t count(const Transitions& t, Move move) {
    return t.counts[static_cast<std::size_t>(move)];
}

std::vector<std::string> keys(const base::Findings& findings) {
    std::vector<std::string> out;
    for (const auto& f : findings) out.push_back(f.key);
    return out;
}

} // namespace

TEST_CASE("the order of statuses, and unknown outside it") {
    CHECK(rank_of(S::None) < rank_of(S::Present));
    CHECK(rank_of(S::Present) < rank_of(S::Hot3));
    CHECK(rank_of(S::Hot3) < rank_of(S::Hot2));
    CHECK(rank_of(S::Hot2) < rank_of(S::Hot1));
    CHECK(rank_of(S::Unknown) < 0);
    CHECK(healthy(S::Unknown) == Flag::Unknown);
    CHECK(both(Flag::Unknown, Flag::No) == Flag::No);
    CHECK(both(Flag::Unknown, Flag::Yes) == Flag::Unknown);
    CHECK(either(Flag::Unknown, Flag::Yes) == Flag::Yes);
    for (std::size_t s = 0; s < kStatuses; ++s)
        CHECK(parse_status(to_string(static_cast<S>(s))) == static_cast<S>(s));
}

TEST_CASE("inclusive and exclusive counts of published reports") {
    // Lâm Đồng 2022: 18 + 124 = 142, the 124 include 37 hotspots.
    CHECK(reading_of(18, 124, 37, 142) == Reading::Inclusive);
    // TP.HCM 2023: 1 + 133 + 178 = 312.
    CHECK(reading_of(1, 133, 178, 312) == Reading::Exclusive);
    // An Giang 2010: no hotspots, so it makes no difference.
    CHECK(reading_of(113, 43, 0, 156) == Reading::Same);
    CHECK(reading_of(10, 10, 5, 30) == Reading::Neither);
}

TEST_CASE("statuses of a cube; a period without any belongs to other indicators") {
    Indicator status;
    status.id = "ST01";
    status.kind = Kind::Category;
    status.categories = {"none", "present", "hot", "unknown"};
    Indicator words = status;
    words.id = "words";
    words.categories = {"north", "south"};
    IndicatorCube cube("", {words, status}, {{2009, 0}, {2010, 0}}, 4);
    cube.set(1, 1, 0, 0);
    cube.set(1, 1, 1, 2);
    cube.set(1, 1, 2, 3);
    CHECK(find_status(cube, Domain::Drug, "") == 1u);
    CHECK_FALSE(find_status(cube, Domain::Prostitution, ""));
    const auto read = read_statuses(cube, 1);
    REQUIRE(read.periods == std::vector<Period>{{2010, 0}});
    CHECK(read.of[0] == std::vector{S::None, S::Hot, S::Unknown, S::Unknown});
    CHECK_THROWS_AS(read_statuses(cube, 0), base::Error);
}

TEST_CASE("report, rule and override: all are kept, the strongest counts") {
    StatusClaims claims;
    CHECK_FALSE(claims.effective());
    claims.rule = StatusRecord{};
    claims.rule->status = S::Hot;
    claims.report = StatusRecord{};
    CHECK(claims.effective()->status == S::Hot); // the report does not know
    CHECK_FALSE(claims.disagree());
    claims.report->status = S::None;
    CHECK(claims.effective()->status == S::None);
    CHECK(claims.disagree());
    claims.override_ = StatusRecord{};
    claims.override_->status = S::Present;
    CHECK(claims.effective()->status == S::Present);

    StatusRecord change;
    change.unit = 1;
    change.period = {2011, 0};
    change.status = S::Hot;
    const auto out = effective(series({2010}, {{S::None, S::None}}),
                               series({2010}, {{S::Hot, S::Present}}), {change}, Domain::Drug);
    CHECK(out.periods.size() == 2);
    CHECK(out.of[0] == std::vector{S::None, S::None});
    CHECK(out.of[1] == std::vector{S::Unknown, S::Hot});
}

TEST_CASE("Phú Yên 2009: 106 healthy = 96 kept + 10 new, one lost") {
    // 97 healthy in 2008, 112 communes: 96 stay, 1 is lost, 10 become healthy, 5 do not.
    std::vector<S> before(112, S::Present), after(112, S::Present);
    for (std::size_t i = 0; i < 97; ++i) before[i] = S::None;
    for (std::size_t i = 1; i < 107; ++i) after[i] = S::None;
    const auto t =
        transitions(history_of(series({2008, 2009}, {before, after}), {}), {2008, 0}, {2009, 0});
    CHECK(count(t, Move::Maintained) == 96);
    CHECK(count(t, Move::NewlyBuilt) == 10);
    CHECK(count(t, Move::Lost) == 1);
    CHECK(t.healthy_after == 106);
    CHECK(t.healthy_before == 97);
}

TEST_CASE("moves of every kind, relapses, and what is not known") {
    using Row = std::vector<S>;
    const auto drug =
        series({2009, 2010, 2011}, {Row{S::Hot1, S::None, S::Present, S::Present, S::None, S::None},
                                    Row{S::Present, S::None, S::None, S::Hot, S::Unknown, S::None},
                                    Row{S::Hot3, S::Hot, S::Present, S::None, S::None, S::None}});
    const auto history = history_of(drug, {});
    const auto t = transitions(history, {2010, 0}, {2011, 0});
    CHECK(t.of[0].has(Move::NewHotspot));
    CHECK(t.of[0].has(Move::Relapsed)); // a hotspot in 2009 already
    CHECK(t.of[1].has(Move::Lost));
    CHECK(t.of[1].has(Move::NewHotspot));
    CHECK_FALSE(t.of[1].has(Move::Relapsed));
    CHECK(t.of[2].has(Move::Relapsed)); // built in 2010, lost in 2011
    CHECK(t.of[3].has(Move::Transformed));
    CHECK(t.of[3].has(Move::NewlyBuilt));
    CHECK_FALSE(t.of[4].known);
    CHECK(t.of[5].has(Move::Maintained));
    CHECK(t.healthy_after ==
          count(t, Move::Maintained) + count(t, Move::NewlyBuilt) + t.healthy_from_unknown);
    CHECK(t.healthy_before ==
          count(t, Move::Maintained) + count(t, Move::Lost) + t.healthy_to_unknown);
    const std::vector<std::string_view> shown{"relapsed",    "new_hotspot", "relapsed",
                                              "transformed", "unknown",     "maintained"};
    for (std::size_t i = 0; i < shown.size(); ++i) CHECK(shown_move(t.of[i]) == shown[i]);
    CHECK_THROWS_AS(transitions(history, {2008, 0}, {2011, 0}), base::Error);
}

TEST_CASE("both domains: healthy needs both, a hotspot needs one") {
    const auto history = history_of(series({2010}, {{S::None, S::None, S::Present, S::Unknown}}),
                                    series({2010}, {{S::None, S::Hot, S::Unknown, S::None}}));
    CHECK(history.healthy[0] == std::vector{Flag::Yes, Flag::No, Flag::No, Flag::Unknown});
    CHECK(history.hot[0] == std::vector{Flag::No, Flag::Yes, Flag::Unknown, Flag::Unknown});
}

TEST_CASE("the matrix names its units; spans count years and runs") {
    const auto drug =
        series({2009, 2010, 2011, 2012},
               {{S::Hot, S::None}, {S::None, S::None}, {S::None, S::Unknown}, {S::None, S::None}});
    const auto matrix = status_matrix(drug.of[0], drug.of[1]);
    CHECK(matrix.count[2][0] == 1);
    CHECK(matrix.units[2][0] == std::vector<std::size_t>{0});
    CHECK(matrix.units[0][0] == std::vector<std::size_t>{1});
    const auto spans = status_spans(drug);
    CHECK(spans[0].since == Period{2010, 0});
    CHECK(spans[0].run == 3);
    CHECK(spans[0].hot == 1);
    CHECK(spans[0].changed == Period{2010, 0});
    CHECK(spans[1].since == Period{2012, 0}); // the gap breaks the run
    CHECK(spans[1].known == 3);
    CHECK(spans[1].longest_healthy == 2);
    // As it stood in 2011: the year after is not known yet.
    const auto then = status_spans(drug, {2011, 0});
    CHECK(then[0].run == 2);
    CHECK(then[1].known == 2);
    CHECK_FALSE(then[1].since);
}

TEST_CASE("published reports that break the rules are found, with their numbers") {
    base::Findings findings;
    // National review 2016: 2,818 without drugs, 8,659 without prostitution, 3,556 without both.
    check_both(3556, 2818, 8659, findings);
    CHECK(keys(findings) == std::vector<std::string>{"v2_both"});
    CHECK(findings[0].amount == 738.0);
    // Hà Nội 31/12/2010: nine types of establishments that sum to 24,983, not 24,974.
    const std::vector<double> parts{941, 1632, 16, 908, 755, 126, 268, 101, 20236};
    findings.clear();
    check_parts("IN06", 24974, parts, findings);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].amount == 9.0);
    findings.clear();
    check_parts("IN06", 24983, parts, findings);
    check_classes(Domain::Drug, 18, 124, 37, 142, findings);
    check_classes(Domain::Drug, 1, 133, 178, 312, findings);
    check_maintained(101, 106, findings);
    check_percent("ST10", 113, 156, "72,4 %", findings);
    check_percent("ST10", 120, 156, "77", findings);
    check_visits("IN02", 603, 248, findings);
    CHECK(findings.empty());
    check_classes(Domain::Drug, 10, 10, 5, 30, findings);
    check_maintained(107, 106, findings);
    check_percent("ST10", 113, 156, "72,5", findings);
    check_visits("IN02", 100, 248, findings);
    CHECK(keys(findings) ==
          std::vector<std::string>{"v1_drug", "v4_maintained", "v5_percent", "v6_visits"});
}

TEST_CASE("the totals of An Giang 2010 agree with each other") {
    ReportedTotals totals;
    totals.value = {{"units", 156},       {"ST06", 9},   {"ST08", 147},      {"ST07", 43},
                    {"ST09", 113},        {"ST10", 113}, {"ST11_kept", 101}, {"ST11_new", 12},
                    {"ST10_before", 106}, {"IN02", 603}, {"IN03", 248}};
    base::Findings findings;
    check_totals(totals, findings);
    CHECK(findings.empty());
    totals.value["ST11_new"] = 13;
    totals.value["ST09"] = 112;
    check_totals(totals, findings);
    CHECK(keys(findings) == std::vector<std::string>{"v1_drug", "v2_both", "v3_parts"});
}
