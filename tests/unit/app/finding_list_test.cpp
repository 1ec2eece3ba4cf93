// What was noticed, in groups: every finding once, problems first, and the same in the file.
#include "app/finding_list.hpp"

#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

const app::Language& in_english() {
    static const auto language = app::Language::load("en");
    return *language;
}

app::Dataset noticed() {
    app::Dataset out;
    auto vintage = std::make_shared<data::Vintage>();
    vintage->units.code = {"01", "02", "03"};
    vintage->units.name = {"Xã Tân, Thạnh", "Phường 1", ""};
    vintage->coverage = test::coverage_from("ABC", 3).coverage;
    out.vintage = vintage;
    base::Finding gap{.severity = base::Severity::Info, .key = "gap", .args = {}, .unit = "02"};
    gap.amount = 12.5;
    gap.amount_unit = "m2";
    gap.at = {105.5, 9.25};
    base::Finding lost{
        .severity = base::Severity::Problem, .key = "zero_area", .args = {}, .unit = "99"};
    out.findings = {gap, lost, gap};
    out.joined = true;
    out.join.unmatched_units = {2};
    out.join.unmatched_rows = {{.row = 7, .code = "88"}};
    out.join.bad_values = {{.row = 9, .code = "01", .value = "abc"}};
    data::Indicator cases{.id = "cases", .kind = data::Kind::Count, .name_en = "Cases"};
    auto cube = std::make_shared<data::IndicatorCube>("", std::vector{cases},
                                                      std::vector<data::Period>{{2015, 0}}, 3);
    cube->set(0, 0, 0, 4, data::Cell::Estimated);
    cube->set(0, 0, 1, 5, data::Cell::Estimated);
    cube->set(0, 0, 2, 0, data::Cell::Suppressed);
    out.cube = cube;
    return out;
}

} // namespace

TEST_CASE("findings, join and estimates in groups, problems first") {
    const auto data = noticed();
    const auto groups = app::noted(data, in_english());
    std::vector<std::string> keys;
    for (const auto& group : groups) keys.push_back(group.key);
    CHECK(keys == std::vector<std::string>{"zero_area", "join.unit_without_row",
                                           "join.row_without_unit", "join.bad_value", "gap",
                                           "cell.estimated", "cell.suppressed"});
    const auto& gap = groups[4];
    CHECK(gap.title == in_english().text("finding_kind.gap"));
    CHECK(gap.why == in_english().text("finding_why.gap"));
    REQUIRE(gap.lines.size() == 2);
    CHECK(gap.lines[0].units == std::vector<geo::FaceId>{1});
    CHECK(gap.lines[0].at == std::pair{105.5, 9.25});
    // A code that no unit has is no unit.
    CHECK(groups[0].lines[0].units.empty());
    CHECK(groups[1].lines[0].units == std::vector<geo::FaceId>{2});
    CHECK(groups[2].lines[0].units.empty());
    CHECK(groups[3].lines[0].units == std::vector<geo::FaceId>{0});
    // All units of an estimate are chosen with one click.
    REQUIRE(groups[5].lines.size() == 1);
    CHECK(groups[5].lines[0].units == std::vector<geo::FaceId>{0, 1});
    CHECK(groups[5].lines[0].text == "Cases, 2015: 2 values are estimates");
}

TEST_CASE("data without findings have no groups") {
    auto data = noticed();
    data.findings.clear();
    data.joined = false;
    data.cube = nullptr;
    CHECK(app::noted(data, in_english()).empty());
}

TEST_CASE("units without data: one group, a line each, as many as the legend counts") {
    auto data = noticed();
    data::Indicator status{.id = "status", .kind = data::Kind::Category, .name_en = "Status"};
    status.categories = {"none", "unknown"};
    data::Indicator cases{.id = "cases", .kind = data::Kind::Count, .name_en = "Cases"};
    auto cube = std::make_shared<data::IndicatorCube>(
        "", std::vector{cases, status}, std::vector<data::Period>{{2014, 0}, {2015, 0}}, 3);
    for (std::size_t u = 0; u < 3; ++u) {
        cube->set(0, 0, u, 4 + static_cast<double>(u));
        cube->set(1, 1, u, u == 1 ? 0 : 1); // two of an unknown status
    }
    cube->set(0, 1, 0, 0, data::Cell::Missing);
    cube->set(0, 1, 1, 0, data::Cell::Suppressed); // hidden is not missing
    cube->set(0, 1, 2, 0, data::Cell::Missing);
    data.cube = cube;
    data.decimals = {0, 0};
    const auto groups = app::noted(data, in_english());
    const auto of = [&](const std::string& indicator, int year) {
        return app::styled(data, {.indicator = indicator, .period = {year, 0}}, in_english());
    };
    const auto shown = of("cases", 2015);
    CHECK(app::count_without_data(shown.style) == 2);
    const auto with = app::with_no_data(groups, data, shown, in_english());
    REQUIRE(with.size() == groups.size() + 1);
    // The last of the warnings, before the remarks.
    const auto at = std::find_if(with.begin(), with.end(),
                                 [](const auto& g) { return g.key == app::kNoDataGroup; });
    REQUIRE(at != with.end());
    REQUIRE(at != with.begin());
    CHECK(at->severity == base::Severity::Warning);
    CHECK((at - 1)->severity >= base::Severity::Warning);
    REQUIRE(at + 1 != with.end());
    CHECK((at + 1)->severity == base::Severity::Info);
    REQUIRE(at->lines.size() == 2);
    CHECK(app::units_of(*at) == std::vector<geo::FaceId>{0, 2});
    CHECK(at->lines[0].text == "Xã Tân, Thạnh (01): no data of “Cases, 2015”");
    CHECK(at->lines[1].text == "03 (03): no data of “Cases, 2015”");
    const auto text = app::noted_csv(with, data.vintage->units);
    CHECK(text.find("no_data,warning,01,\"Xã Tân, Thạnh\",") != std::string::npos);
    // A status that is not known is what the map shows grey.
    const auto statuses = app::with_no_data({}, data, of("status", 2015), in_english());
    REQUIRE(statuses.size() == 1);
    CHECK(app::units_of(statuses[0]) == std::vector<geo::FaceId>{0, 2});
    // All have a value: nothing is said.
    CHECK(app::with_no_data({}, data, of("cases", 2014), in_english()).empty());
    CHECK(app::count_without_data(of("cases", 2014).style) == 0);
}

TEST_CASE("the list as a file: one line per finding, cells quoted where they must be") {
    const auto data = noticed();
    const auto text = app::noted_csv(app::noted(data, in_english()), data.vintage->units);
    CHECK(text.starts_with(
        "\xEF\xBB\xBFkind,severity,code,name,lon,lat,amount,amount_unit,text\r\n"));
    CHECK(std::count(text.begin(), text.end(), '\n') == 1 + 8);
    CHECK(text.find("\r\ngap,info,02,Phường 1,105.5,9.25,12.5,m2,") != std::string::npos);
    CHECK(text.find("join.bad_value,warning,01,\"Xã Tân, Thạnh\",,,,,") != std::string::npos);
    CHECK(
        text.find("cell.estimated,info,,,,,2,units,\"Cases, 2015: 2 values are estimates\"\r\n") !=
        std::string::npos);
}
