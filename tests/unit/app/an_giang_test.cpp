// The report of An Giang for 2010 and its plan for 2011, from a workbook that the test writes.

#include "app/commands/targets.hpp"
#include "app/json_node.hpp"
#include "app/plan_file.hpp"
#include "base/paths.hpp"
#include "data/status_check.hpp"
#include "files/sheets.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace diaban;

namespace {

const std::map<std::string, double> k2010{
    {"units", 156},   {"ST03", 0},   {"ST04", 0},    {"ST05", 0},   {"ST06", 9},
    {"ST07", 43},     {"ST08", 147}, {"ST09", 113},  {"ST10", 113}, {"ST11_kept", 101},
    {"ST11_new", 12}, {"DR01", 941}, {"DR02", 417},  {"DR03", 524}, {"IN02", 603},
    {"IN03", 248},    {"CM01", 822}, {"CM02", 39456}};
// A year later, invented in this test: just above, just below and at the targets.
const std::map<std::string, double> k2011{
    {"units", 156},   {"CM04", 155},       {"EN01_handled", 20},  {"EN01_detected", 20},
    {"IN08", 90},     {"IN08_all", 100},   {"IN09", 49},          {"IN09_all", 50},
    {"ST10", 119},    {"ST11_new", 7},     {"OR06", 5},           {"SW03", 9},
    {"SW01", 10},     {"DR01", 846},       {"DR02", 400},         {"DR03", 276},
    {"DR08_arv", 10}, {"DR08_hiv", 50},    {"DR10", 5},           {"DR10_all", 10},
    {"SW02", 8},      {"SW02_all", 10},    {"SW06", 0},           {"SW06_all", 0},
    {"OR01", 80},     {"OR01_staff", 100}, {"DR02_admitted", 450}};

app::TargetsReport report_of(const std::string& extension, const test::TempFolder& folder,
                             data::Period period = {}) {
    const auto file = folder / ("bao_cao." + extension);
    files::Workbook book;
    files::Sheet sheet{"Biểu 1", {"code", "period", "value"}, {}};
    for (const auto& [year, totals] : {std::pair{"2010", k2010}, std::pair{"2011", k2011}})
        for (const auto& [code, value] : totals) sheet.rows.push_back({code, year, value});
    book.sheets = {sheet};
    files::write_workbook(file, book);
    app::TargetsRequest request;
    request.plan = "an-giang-2011";
    request.totals = file;
    request.period = period;
    base::JobContext ctx;
    return app::run(request, nullptr, *app::Language::load("vi"), ctx);
}

const data::TargetResult& of(const app::TargetsReport& r, const std::string& id) {
    for (const auto& result : r.results)
        if (result.target->id == id) return result;
    throw std::runtime_error(id);
}

} // namespace

TEST_CASE("An Giang: every target of the plan for 2011, from workbooks") {
    const test::TempFolder folder;
    for (const char* extension : {"xlsx", "ods", "csv"}) {
        INFO(extension);
        const auto r = report_of(extension, folder);
        CHECK(r.request.period == data::Period{2011, 0});
        using S = data::TargetState;
        const std::map<std::string, std::tuple<S, double, double>> expected{
            {"AG-1", {S::Behind, 156, 1}},   {"AG-2", {S::Achieved, 20, 0}},
            {"AG-3", {S::Achieved, 90, 0}},  {"AG-4", {S::Behind, 50, 1}},
            {"AG-5a", {S::Behind, 120, 1}},  {"AG-5b", {S::Achieved, 7, 0}},
            {"AG-6", {S::Achieved, 5, 0}},   {"AG-7", {S::Achieved, 9, 0}},
            {"AG-8", {S::Achieved, 846, 0}}, {"AG-9", {S::Behind, 677, 1}},
            {"AG-10", {S::Behind, 11, 1}},   {"AG-11a", {S::Achieved, 5, 0}},
            {"AG-11b", {S::Achieved, 8, 0}}, {"AG-12", {S::Achieved, 80, 0}},
            {"AG-13", {S::Achieved, 450, 0}}};
        for (const auto& [id, wanted] : expected) {
            INFO(id);
            const auto& result = of(r, id);
            CHECK(result.state == std::get<0>(wanted));
            REQUIRE(result.required);
            CHECK(*result.required == std::get<1>(wanted));
            CHECK(*result.needed == std::get<2>(wanted));
        }
        CHECK(of(r, "AG-11c").state == S::NotApplicable); // no victims returned
        CHECK_FALSE(of(r, "AG-8").stretch_reached);       // 752 would be
        CHECK(*of(r, "AG-5a").baseline == 113);
        CHECK(r.results.size() == 16);
        CHECK(r.findings.empty()); // "77 %" is 120 / 156 to its last digit
    }
}

TEST_CASE("what a plan asks for and what was reached is said in words that need no guessing") {
    const test::TempFolder folder;
    const auto r = report_of("csv", folder);
    std::map<std::string, app::TargetLine> lines;
    for (auto& line : app::target_lines(r, *app::Language::load("vi"))) lines[line.id] = line;
    // In which of the domains they are healthy.
    CHECK(lines.at("AG-5a").text.find("cả ma túy và mại dâm") != std::string::npos);
    CHECK(lines.at("AG-5a").asked == "≥ 120 xã");
    CHECK(lines.at("AG-8").asked == "giảm 10–20 %");
    CHECK(lines.at("AG-8").reached.starts_with("846, so với 941 năm 2010: "));
    CHECK(lines.at("AG-13").asked == "450–500 người"); // no "at least" of two numbers
    // A total that was reported says nothing of the years between which it was counted.
    CHECK(lines.at("AG-5b").reached == "7");
}

TEST_CASE("a plan that is judged for a year that is not its own says so") {
    const test::TempFolder folder;
    const auto r = report_of("csv", folder, {2012, 0});
    REQUIRE(r.findings.size() == 1);
    CHECK(r.findings[0].key == "plan_other_year");
    const auto text = app::to_text(r, *app::Language::load("en"));
    CHECK(text.find("an-giang-2011 is for 2011 and is judged for 2012") != std::string::npos);
    CHECK(report_of("csv", folder, {2011, 0}).findings.empty());
}

TEST_CASE(
    "a plan is judged by the latest report of its years: the half of the last one, its year") {
    const test::TempFolder folder;
    app::TargetsRequest request;
    request.plan = "an-giang-2011";
    request.totals = folder / "tong.csv";
    base::JobContext ctx;
    const auto judged = [&](const char* rows) {
        base::write_file(request.totals, std::string("code,period,value\n") + rows);
        return app::run(request, nullptr, *app::Language::load("vi"), ctx);
    };
    // 117 of the 120 after half of the year that began with 113: on the way.
    const auto june = judged("ST10,2010,113\nST10,2011-H1,117\nunits,2011-H1,156\n");
    CHECK(june.request.period == data::Period{2011, 1});
    CHECK(of(june, "AG-5a").state == data::TargetState::OnTrack);
    const auto december = judged("ST10,2010,113\nST10,2011-H1,117\nST10,2011,119\n"
                                 "ST10,2011-H2,119\nST10,2012,130\n");
    CHECK(december.request.period == data::Period{2011, 0});
    CHECK(of(december, "AG-5a").state == data::TargetState::Behind);
}

TEST_CASE("a six-month report says until when a yearly target has time") {
    const test::TempFolder folder;
    app::TargetsRequest request;
    request.plan = "soc-trang-2011-2015";
    request.totals = folder / "tong.csv";
    base::write_file(request.totals,
                     "code,period,value\nEN01_handled,2013-H1,18\nEN01_detected,2013-H1,20\n");
    base::JobContext ctx;
    const auto r = app::run(request, nullptr, *app::Language::load("en"), ctx);
    CHECK(of(r, "ST-2").state == data::TargetState::NotDue);
    CHECK(app::to_text(r, *app::Language::load("en")).find("not due until 2013-12-31") !=
          std::string::npos);
    CHECK(app::to_json(r, *app::Language::load("en")).find("\"due\": \"2013-12-31\"") !=
          std::string::npos);
}

TEST_CASE("rows of totals that cannot be read, or that nobody knows, are told") {
    const test::TempFolder folder;
    app::TargetsRequest request;
    request.plan = "soc-trang-2011-2015";
    request.totals = folder / "tong.csv";
    base::JobContext ctx;
    const auto judged = [&](const char* rows) {
        base::write_file(request.totals, std::string("code,period,value\n") + rows);
        return app::run(request, nullptr, *app::Language::load("vi"), ctx);
    };
    const auto dirty = judged("OR07,2011,275\nOR07,khi nào,3\nOR07,2012,hai trăm\nDR0l,2011,5\n");
    std::vector<std::string> keys;
    for (const auto& finding : dirty.findings) keys.push_back(finding.key);
    CHECK(keys == std::vector<std::string>{"reported_bad_row", "reported_bad_row",
                                           "reported_unknown_code"});
    // One style for the column: a point between groups of three is none of a decimal.
    const auto grouped = judged("OR07,2011,\"1.425,5\"\nST05,2011,\"1.020\"\n");
    CHECK(grouped.findings.empty());
    CHECK(*of(grouped, "ST-9").x == 1425.5);
}

TEST_CASE("An Giang: the arithmetic of the report of 2010") {
    base::Findings findings;
    data::ReportedTotals totals{k2010};
    data::check_totals(totals, findings);
    const auto parts = [&](const char* what, double total, std::vector<double> list) {
        data::check_parts(what, total, list, findings);
    };
    parts("ST10", 113, {101, 12});
    parts("DR01", 941, {417, 524});
    parts("DR03", 524, {24, 86, 414});
    parts("DR04", 486, {55, 431});
    parts("DR05", 340, {46, 294});
    parts("DR05 with other provinces", 401, {340, 61});
    parts("IN04", 248, {49, 3, 196});
    parts("IN03 of 178", 9, {2, 7});
    parts("SW04", 13, {5, 2, 4, 2});
    parts("DR07", 41, {26, 15});
    parts("ST-9", 1425, {275, 280, 290, 290, 290});
    data::check_percent("ST10", 113, 156, "72,4", findings);
    data::check_percent("AG-5a", 120, 156, "77", findings);
    data::check_percent("DR06", 24, 50, "48", findings);
    data::check_percent("IN03/IN02", 248, 603, "41,1", findings);
    CHECK(findings.empty());
    CHECK(39456.0 / 822 == 48);
    data::check_percent("AG-5a", 121, 156, "77", findings); // 77.56 %
    CHECK(findings.size() == 1);
}

TEST_CASE("all shipped plans are whole, and Sóc Trăng's budget sums to 1,425") {
    std::map<std::string, std::size_t> sizes;
    for (const auto& id : app::shipped("plans")) {
        const auto plan = app::load_plan(app::find_shipped("plans", id));
        CHECK(plan.id == id);
        sizes[id] = plan.targets.size();
        for (const auto& t : plan.targets) {
            INFO(t.id);
            CHECK_FALSE(t.text_vi.empty());
            CHECK_FALSE(t.text_en.empty());
            CHECK_FALSE(plan.until < t.deadline);
        }
    }
    CHECK(sizes == std::map<std::string, std::size_t>{{"an-giang-2011", 16},
                                                      {"dau-tieng-2023-2025", 12},
                                                      {"ha-noi-2013-2015", 1},
                                                      {"hai-duong-2021", 5},
                                                      {"soc-trang-2011-2015", 9}});
    CHECK_THROWS_AS(app::find_shipped("plans", "nowhere"), base::Error);
    CHECK_THROWS_AS(app::parse_plan("{\"id\":\"x\"}", "x.json"), base::Error);
    CHECK_THROWS_AS(app::parse_plan("[", "x.json"), base::Error);
}

TEST_CASE("tables of targets in both languages, as a page of their own") {
    const test::TempFolder folder;
    const auto file = folder / "tien_do.html";
    app::TargetsRequest request;
    request.plan = "an-giang-2011";
    request.totals = folder / "t.csv";
    request.out = file;
    base::write_file(request.totals, "code,period,value\nST10,2011,120\nunits,2011,156\n");
    base::JobContext ctx;
    app::run(request, nullptr, *app::Language::load("en"), ctx);
    const auto html = base::read_file(file);
    CHECK(html.find("<html lang=\"en\">") != html.npos);
    CHECK(html.find("<td>AG-5a</td>") != html.npos);
    CHECK(html.find("achieved") != html.npos);
    CHECK(html.find("no data") != html.npos);
}
