// Rule files: the shipped ones, the score sheet filled in, and rules on the sample province.

#include "app/commands/status.hpp"
#include "app/plan_file.hpp"
#include "app/rule_file.hpp"
#include "app/sample.hpp"
#include "app/score_sheet.hpp"
#include "base/paths.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using data::Status;

namespace {

// 6 contents and 15 criteria as the document has; which criterion belongs to which content, points
// and limits are invented here.
data::Rule filled_sheet() {
    auto rule = app::load_rule(app::find_rule("nqlt-01-2008"));
    const std::array<std::size_t, 6> split{3, 3, 3, 2, 2, 2};
    std::size_t number = 0;
    for (std::size_t content = 0; content < split.size(); ++content)
        for (std::size_t k = 0; k < split[content]; ++k) {
            ++number;
            const auto id = std::to_string(number);
            rule.sheet[content].criteria.push_back(
                {id, "Tiêu chí " + id, "Criterion " + id, 10.0, "c" + id});
        }
    rule.limits[0].at_least = 120;
    rule.limits[1].at_least = 75;
    rule.limits[2].at_least = 0;
    return rule;
}

std::shared_ptr<const app::Dataset> sample_dataset(const test::TempFolder& folder) {
    base::JobContext ctx;
    const auto sample = app::make_sample({.communes = 156, .seed = 1}, ctx);
    const auto files = app::write_sample(sample, folder.path(), ctx);
    app::DataRequest request;
    request.store = files.store;
    request.use_cache = false;
    return app::load(request, app::Need::Picture, ctx);
}

} // namespace

TEST_CASE("shipped rules have no number that was not confirmed, and read back as written") {
    const auto ids = app::shipped_rules();
    CHECK(ids == std::vector<std::string>{"nqlt-01-2008", "qd-28-2025", "qd-3122-2010"});
    for (const auto& id : ids) {
        INFO(id);
        const auto rule = app::load_rule(app::find_rule(id));
        CHECK(rule.id == id);
        CHECK_FALSE(data::to_be_entered(rule).empty());
        const auto text = app::rule_json(rule);
        CHECK(app::rule_json(app::parse_rule(text, id)) == text);
    }
    const auto sheet = app::load_rule(app::find_rule("nqlt-01-2008"));
    CHECK(sheet.sheet.size() == 6);
    CHECK(data::to_be_entered(sheet).size() == 15 + 3);
    const auto first = app::load_rule(app::find_rule("qd-3122-2010"));
    REQUIRE(first.classes.size() == 3);
    CHECK(*first.classes[0].criteria[0].at_least == 100);
    CHECK(*first.classes[0].criteria[1].at_least == 5);
    CHECK(*first.classes[0].criteria[2].at_least == 2000);
    CHECK(data::to_be_entered(first) == std::vector<std::string>{"hot2.a", "hot3.a"});
}

TEST_CASE("the sheet of NQLT 01/2008, filled in, classifies the sample") {
    const test::TempFolder folder;
    const auto sample = sample_dataset(folder);
    const auto n = sample->vintage->units.size();
    // Points by commune: the first gets 150, each next one less.
    std::vector<data::Indicator> indicators;
    for (int k = 1; k <= 15; ++k) {
        indicators.emplace_back();
        indicators.back().id = "c" + std::to_string(k);
    }
    data::IndicatorCube cube("", indicators, {{2010, 0}}, n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < 15; ++k) {
            const auto lost = i > k * 10 ? std::min<std::size_t>(10, i - k * 10) : 0;
            cube.set(k, 0, i, static_cast<double>(10 - lost));
        }
    data::RuleInputs in;
    in.cube = &cube;
    in.period = {2010, 0};
    const auto empty = app::load_rule(app::find_rule("nqlt-01-2008"));
    CHECK(data::evaluate(empty, in).unknown == n);

    const auto file = folder / "phieu.json";
    app::save_rule(filled_sheet(), file);
    const auto rule = app::load_rule(file);
    CHECK(data::to_be_entered(rule).empty());
    const auto result = data::evaluate(rule, in);
    CHECK(result.score[0] == 150);
    CHECK(result.score[30] == 120);
    CHECK(result.status[30] == Status::None);
    CHECK(result.status[31] == Status::Present);
    CHECK(result.status[75] == Status::Present);
    CHECK(result.status[76] == Status::Hot);
    CHECK(result.status[n - 1] == Status::Hot);
    CHECK(result.unknown == 0);
    const auto why = data::explain(rule, in, 31);
    CHECK(why.criteria.size() == 15);
    CHECK(*why.score == 119);
    CHECK(*why.criteria[0].margin == -10);
}

TEST_CASE("what a criterion counts is known, of a sheet and of alternatives too") {
    const auto sheet = filled_sheet();
    data::CriterionOutcome outcome;
    outcome.of_sheet = true;
    outcome.class_index = 1;
    outcome.id = sheet.sheet[1].id + "." + sheet.sheet[1].criteria[0].id;
    CHECK(app::indicators_behind(sheet, outcome) ==
          std::vector<data::IndicatorId>{sheet.sheet[1].criteria[0].points});
    const auto rule = app::load_rule(app::find_rule("qd-28-2025"));
    outcome = {};
    for (const auto& c : rule.classes[0].criteria)
        for (const auto& one : c.any) {
            outcome.id = one.id;
            CHECK(app::indicators_behind(rule, outcome) == one.indicators);
        }
    CHECK_FALSE(outcome.id.empty()); // plants or square metres
}

TEST_CASE("a limit that no commune can reach is told, not taken silently") {
    auto rule = filled_sheet();
    const auto language = app::Language::load("en");
    CHECK(data::most_points(rule) == 150.0);
    CHECK(app::check(app::draft_of(rule, *language), *language).problems.empty());
    rule.limits[0].at_least = 151;
    const auto check = app::check(app::draft_of(rule, *language), *language);
    REQUIRE(check.problems.size() == 1);
    CHECK(check.problems[0].find("151") != std::string::npos);
    CHECK_FALSE(app::sheet_of(app::draft_of(rule, *language), *language));

    const test::TempFolder folder;
    app::save_rule(rule, folder / "phieu.json");
    app::StatusRequest request;
    const auto dataset = sample_dataset(folder);
    request.data = dataset->request;
    request.rule = (folder / "phieu.json").string();
    base::JobContext ctx;
    const auto report = app::run(request, dataset, *language, ctx);
    CHECK(std::count_if(report.findings.begin(), report.findings.end(),
                        [](const auto& f) { return f.key == "rule_limit_too_high"; }) == 1);
    // As long as points are to be entered, nobody knows the most.
    rule.sheet[0].criteria[0].most.reset();
    CHECK_FALSE(data::most_points(rule));
}

TEST_CASE("QĐ 28/2025 on invented communes: what is confirmed decides, the rest is unknown") {
    const auto rule = app::load_rule(app::find_rule("qd-28-2025"));
    const std::vector<std::pair<std::string, std::vector<double>>> columns{
        {"population", {10000, 10000, 10000}},
        {"DR01", {40, 10, 0}},
        {"drug_users", {10, 0, 0}},
        {"drug_places", {2, 1, 0}},
        {"drug_offenders", {10, 5, 0}},
        {"plants", {0, 500, 0}},
        {"plants_m2", {0, 0, 0}},
        {"drug_route", {0, 0, 0}}};
    std::vector<data::Indicator> indicators;
    for (const auto& [id, values] : columns) {
        indicators.emplace_back();
        indicators.back().id = id;
    }
    data::IndicatorCube cube("", indicators, {{2026, 0}}, 3);
    for (std::size_t k = 0; k < columns.size(); ++k)
        for (std::size_t i = 0; i < 3; ++i) cube.set(k, 0, i, columns[k].second[i]);
    data::RuleInputs in;
    in.cube = &cube;
    in.period = {2026, 0};
    const auto result = data::evaluate(rule, in);
    CHECK(result.status[0] == Status::Hot1);    // a, b and c
    CHECK(result.status[1] == Status::Hot2);    // b, c and d
    CHECK(result.status[2] == Status::Unknown); // class III has not been entered
    CHECK_FALSE(data::valid_in(rule, {2024, 0}));
}

TEST_CASE("status of the sample: counts, rule, why card, tables") {
    const test::TempFolder folder;
    const auto sample = sample_dataset(folder);
    app::StatusRequest request;
    request.period = {2010, 0};
    request.rule = "qd-3122-2010";
    request.why = sample->vintage->units.code[0];
    request.out = folder / "tt.xlsx";
    base::JobContext ctx;
    const auto language = app::Language::load("vi");
    const auto r = app::run(request, sample, *language, ctx);
    const auto drug = data::count_statuses(r.drug), other = data::count_statuses(r.prostitution);
    CHECK(drug.count(Status::None) == 113);
    CHECK(drug.present_all() == 43);
    CHECK(other.count(Status::None) == 147);
    CHECK(other.present_all() == 9);
    CHECK(r.why.criteria.size() == 5);
    CHECK(std::filesystem::exists(request.out));
    CHECK_FALSE(app::why_lines(r, *language).empty());
    request.why = "nowhere";
    CHECK_THROWS_AS(app::run(request, sample, *language, ctx), base::Error);
}

TEST_CASE("bad rule files are refused with the place") {
    const auto place = [](const char* json) {
        try {
            app::parse_rule(json, "x.json");
        } catch (const base::Error& e) {
            CHECK(e.kind == base::ErrorKind::Data);
            return std::get<std::string>(e.message.args[1].second);
        }
        return std::string("none");
    };
    CHECK(test::thrown_key([&] { app::parse_rule("{", "x.json"); }, base::ErrorKind::Data) ==
          "error.json.syntax");
    CHECK(place(R"({"id":"a","version":"1","domain":"x","classes":[]})") == "/");
    CHECK(
        place(
            R"({"id":"a","version":"1","domain":"drug","classes":[{"status":"hot","criteria":[{"id":"a","kind":"count"}]}]})") ==
        "/classes/0/criteria/0");
    CHECK(place(R"({"id":"a","version":"1","domain":"drug","classes":[{"status":"warm"}]})") ==
          "/classes/0");
}

TEST_CASE("faults of rules and plans edited by hand are found before anybody is judged by them") {
    const auto fault = [](auto&& parse) {
        try {
            parse();
        } catch (const base::Error& e) {
            CHECK(e.kind == base::ErrorKind::Data);
            const auto& args = e.message.args;
            std::string out = e.message.key;
            for (std::size_t i = 1; i < args.size(); ++i)
                out += " " + std::get<std::string>(args[i].second);
            return out;
        }
        return std::string("none");
    };
    const auto rule = [&](const std::string& head, const std::string& classes) {
        return fault([&] {
            (void)app::parse_rule(R"({"id": "a", "version": "1", "domain": "drug", )" + head +
                                      R"("classes": [)" + classes + "]}",
                                  "x.json");
        });
    };
    const auto one = [](const std::string& status, const std::string& more) {
        return R"({"status": ")" + status +
               R"(", "criteria": [{"id": "a", "kind": "count", "indicators": ["DR01"], )" + more +
               "}]}";
    };
    const auto high = one("hot1", R"("at_least": 100)"), low = one("hot3", R"("at_least": 10)");
    CHECK(rule("", high + "," + low) == "none");
    CHECK(rule(R"("ghi_chu": "của tôi", )", high) == "none"); // a note of the author's own
    // A threshold that is misspelt was one that had not been entered; a limit was none.
    CHECK(rule("", one("hot1", R"("at_laest": 100)")) ==
          "error.json.key /classes/0/criteria/0 at_laest at_least");
    CHECK(rule("", one("hot1", R"("at_least": 10, "belwo": 20)")) ==
          "error.json.key /classes/0/criteria/0 belwo below");
    CHECK(rule(R"("otherwize": "none", )", high) == "error.json.key / otherwize otherwise");
    // The first class that is met counts: nobody would ever have been hot1.
    CHECK(rule("", low + "," + high).starts_with("error.json.bad /"));
    CHECK(rule("", one("hot1", R"("at_least": 20, "below": 10)"))
              .starts_with("error.json.bad /classes/0/criteria/0"));
    CHECK(rule("", R"({"status": "hot1", "at_least_of": 2, "criteria": [)"
                   R"({"id": "a", "kind": "place", "facts": ["edge"]}]})")
              .starts_with("error.json.bad /classes/0 at_least_of"));
    CHECK(rule("", R"({"status": "hot1", "criteria": [)"
                   R"({"id": "a", "kind": "place", "facts": ["edge"]},)"
                   R"({"id": "a", "kind": "place", "facts": ["edge"]}]})")
              .starts_with("error.json.bad /classes/0/criteria/1"));
    CHECK(rule(R"("valid_from": "2025-13-01", )", high).starts_with("error.json.bad / valid_from"));
    CHECK(rule(R"("valid_from": "2025-08-24", "valid_until": "2024-08-24", )", high)
              .starts_with("error.json.bad / valid_from"));

    const auto plan = [&](const std::string& targets) {
        return fault([&] {
            (void)app::parse_plan(R"({"id": "p", "from": "2011", "until": "2015", "targets": [)" +
                                      targets + "]}",
                                  "p.json");
        });
    };
    const auto share = [](const std::string& value, const std::string& id = "a") {
        return R"({"id": ")" + id +
               R"(", "kind": "share", "indicators": ["ST10"], "denominator": ["units"], )"
               R"("op": ">=", "deadline": "2015", )" +
               value + "}";
    };
    CHECK(plan(share(R"("value": 0.6)")) == "none");
    CHECK(plan(share(R"("value": 60)")).starts_with("error.json.bad /targets/0 value"));
    CHECK(plan(share(R"("value": 0.6, "yearli": true)")) ==
          "error.json.key /targets/0 yearli yearly");
    CHECK(plan(share(R"("value": 0.6)") + "," + share(R"("value": 0.7)"))
              .starts_with("error.json.bad /targets/1"));
    CHECK(plan(share(R"("value": 0.6)") + "," + share(R"("value": 0.7)", "b")) == "none");
}

TEST_CASE("where nobody reported a status, no share of healthy communes stands") {
    std::vector<files::SheetCell> row;
    app::add_healthy(row, 0, 0, 12);
    REQUIRE(row.size() == 2);
    CHECK(std::holds_alternative<std::monostate>(row[0]));
    CHECK(std::holds_alternative<std::monostate>(row[1]));
    app::add_healthy(row, 0, 3, 12);
    CHECK(std::get<double>(row[2]) == 0);
    CHECK(std::get<double>(row[3]) == 0);
    app::add_healthy(row, 9, 12, 12);
    CHECK(std::get<double>(row[5]) == 75);
}
