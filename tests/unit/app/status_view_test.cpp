// Statuses, moves, score sheets and themes as the window shows them, on the sample province.
#include "app/status_view.hpp"

#include "app/commands/store_records.hpp"
#include "app/indicator_themes.hpp"
#include "app/rule_file.hpp"
#include "app/sample.hpp"
#include "app/score_sheet.hpp"
#include "app/transition_view.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using data::Status;

namespace {

const app::Language& words_in_english() {
    static const auto language = app::Language::load("en");
    return *language;
}

struct StatusSample {
    test::TempFolder folder;
    std::filesystem::path store;
    StatusSample() {
        base::JobContext ctx;
        store = app::write_sample(app::make_sample({.communes = 156, .seed = 1}, ctx),
                                  folder.path(), ctx)
                    .store;
    }
    std::shared_ptr<const app::Dataset> load() const {
        base::JobContext ctx;
        app::DataRequest request;
        request.store = store;
        request.use_cache = false;
        return app::load(request, app::Need::Picture, ctx);
    }
};

std::size_t all_units(const std::vector<app::StatusGroup>& groups) {
    std::size_t n = 0;
    for (const auto& group : groups) n += group.units.size();
    return n;
}

} // namespace

TEST_CASE("moves of 2009 to 2010 are those of the real report, and their units select") {
    const StatusSample sample;
    const auto dataset = sample.load();
    base::JobContext ctx;
    const auto view = app::transition_view(*dataset, {}, app::Domains::Both, {2009, 0}, {2010, 0},
                                           words_in_english(), ctx);
    REQUIRE(view.moves.size() == 7);
    CHECK(view.moves[0].units.size() == 101); // maintained, domain reference 5.3
    CHECK(view.moves[1].units.size() == 12);  // newly built
    CHECK(view.identities.at(0) ==
          "healthy after 113 = maintained 101 + newly built 12 + unknown before 0");
    for (const auto& line : view.moves) CHECK(std::is_sorted(line.units.begin(), line.units.end()));
    REQUIRE_FALSE(view.longest_hot.empty());
    const auto spans = data::status_spans(app::find_statuses(*dataset, {}, ctx).drug_counts);
    for (std::size_t i = 1; i < view.longest_hot.size(); ++i)
        CHECK(spans[view.longest_hot[0].unit].hot >= 1);
    CHECK_THROWS_AS(app::transition_view(*dataset, {}, app::Domains::Both, {1999, 0}, {2010, 0},
                                         words_in_english(), ctx),
                    base::Error);
}

TEST_CASE("a person's decision counts, stands beside the report, and the card says so") {
    const StatusSample sample;
    base::JobContext ctx;
    auto dataset = sample.load();
    const auto& units = dataset->vintage->units;
    const auto background = app::status_background(dataset, "qd-3122-2010", {2015, 0}, ctx);
    auto card = app::status_card(*background, 0, {}, words_in_english());
    REQUIRE(card.domains.size() == 2);
    CHECK(card.domains[0].voices.empty()); // only the report speaks
    CHECK_FALSE(card.rule.empty());
    REQUIRE_FALSE(card.lines.empty());
    CHECK(card.lines[0].kind == app::WhyLine::Kind::Heading);
    const auto first = std::find_if(card.lines.begin(), card.lines.end(), [](const auto& line) {
        return line.kind == app::WhyLine::Kind::Criterion;
    });
    REQUIRE(first != card.lines.end());
    // Value, threshold and margin: "... 5 · at least 100 · not met (95 short)".
    CHECK(first->text.find("100") != std::string::npos);
    CHECK(first->source.empty());
    const auto sourced = app::status_card(
        *background, 0, {{"DR01", {"bao_cao.xlsx", "Biểu 1", 12}}}, words_in_english());
    CHECK(sourced.lines[static_cast<std::size_t>(first - card.lines.begin())].source ==
          "DR01: bao_cao.xlsx, Biểu 1, row 12");

    app::OverrideRequest decision;
    decision.action = app::RecordAction::Add;
    decision.store = sample.store;
    decision.code = units.code[0];
    decision.period = {2015, 0};
    decision.status = "hot";
    decision.reason = "kiểm tra thực tế";
    decision.author = "Chi cục";
    app::run(decision, ctx);
    dataset = sample.load();
    const auto after = app::status_background(dataset, "", {2015, 0}, ctx);
    card = app::status_card(*after, 0, {}, words_in_english());
    const auto& drug = card.domains.at(0);
    CHECK(drug.overridden);
    REQUIRE(drug.voices.size() == 2);
    CHECK(drug.voices[0].source == data::StatusSource::Override);
    CHECK(drug.voices[0].counts);
    CHECK(drug.voices[0].text.find("kiểm tra thực tế, Chi cục") != std::string::npos);
    CHECK_FALSE(drug.voices[1].counts);
    CHECK(drug.disagree ==
          (app::find_statuses(*dataset, {}, ctx).drug.of.at(6).at(0) != Status::Hot));

    app::StatusRequest request;
    request.data = dataset->request;
    request.period = {2015, 0};
    const auto report = app::run(request, dataset, words_in_english(), ctx);
    CHECK(app::statuses_of(report, app::StatusVoice::Counts)[0] == Status::Hot);
    CHECK(app::statuses_of(report, app::StatusVoice::Report)[0] ==
          app::find_statuses(*dataset, {}, ctx).drug.of.at(6).at(0));
    const auto map = app::status_map(report, app::StatusVoice::Counts, words_in_english());
    CHECK_NOTHROW(map::check_legend(map.style, units.size()));
    // The map calls every status as the list beside it does, also the one that is not decided.
    const auto groups = app::status_groups(report, app::StatusVoice::Counts, words_in_english());
    REQUIRE(groups.back().code == "unknown");
    REQUIRE(map.style.entries.size() == groups.size());
    for (std::size_t e = 0; e < groups.size(); ++e) {
        CHECK(map.style.entries[e].label == groups[e].text);
        CHECK(map.style.entries[e].count == groups[e].units.size());
    }
    CHECK(all_units(groups) == units.size());
}

TEST_CASE("two versions of a rule side by side: every unit has one cause") {
    const StatusSample sample;
    base::JobContext ctx;
    const auto dataset = sample.load();
    auto strict = app::load_rule(app::find_rule("qd-3122-2010"));
    strict.version = "2";
    strict.classes[0].criteria[0].at_least = 5;
    app::save_rule(strict, sample.folder / "strict.json");
    app::StatusRequest request;
    request.data = dataset->request;
    request.period = {2015, 0};
    request.rule = "qd-3122-2010";
    request.compare_rule = (sample.folder / "strict.json").string();
    const auto report = app::run(request, dataset, words_in_english(), ctx);
    const auto groups = app::change_groups(report, words_in_english());
    REQUIRE(groups.size() == 4);
    CHECK(all_units(groups) == dataset->vintage->units.size());
    CHECK(groups[0].units.size() > 0); // the same data: only the rule can have changed it
    CHECK(groups[1].units.empty());
    CHECK(app::change_lines(report, words_in_english()).size() == groups[0].units.size());
    strict.title_vi = strict.title_en = "";
    app::save_rule(strict, sample.folder / "untitled.json");
    app::Project project;
    project.data = dataset->request;
    project.rule = {"", sample.folder / "strict.json"};
    const auto rules = app::known_rules(project, words_in_english());
    REQUIRE(rules.size() == 4);
    CHECK(rules.back().choice == project.rule);
    CHECK(rules[0].text.find("to be entered") != std::string::npos);
    // Without a title it goes by its document.
    project.rule.file = sample.folder / "untitled.json";
    const auto untitled = app::known_rules(project, words_in_english());
    REQUIRE_FALSE(untitled.empty());
    CHECK(untitled.back().text.starts_with(app::rule_called(strict) + ","));
}

TEST_CASE("a score sheet is filled in: what is missing is named, what is typed is kept") {
    const auto rule = app::load_rule(app::find_rule("nqlt-01-2008"));
    auto draft = app::draft_of(rule, words_in_english());
    CHECK(app::next_version("1") == "2");
    CHECK(app::next_version("1.9") == "1.10");
    CHECK(app::next_version("b") == "b-2");
    auto check = app::check(draft, words_in_english());
    CHECK(check.criteria == 0);
    CHECK(check.expected == 15);
    CHECK_FALSE(check.problems.empty()); // no criteria
    CHECK_FALSE(app::sheet_of(draft, words_in_english()));
    for (std::size_t n = 0; n < 15; ++n) app::add_criterion(draft, n % 6);
    CHECK(draft.contents[0].criteria.at(2).id == "1.3");
    app::remove_criterion(draft, 0, 1);
    app::add_criterion(draft, 0);
    CHECK(draft.contents[0].criteria.at(2).id == "1.4"); // an id is not given twice
    for (auto& content : draft.contents)
        for (auto& criterion : content.criteria) criterion.points = "IN01", criterion.most = "2.5";
    check = app::check(draft, words_in_english());
    CHECK(check.problems.empty());
    CHECK(check.most == 37.5);
    CHECK(check.open.size() == 3); // the limits
    draft.limits[0].at_least = "20";
    draft.limits[1].at_least = "25";
    CHECK(app::check(draft, words_in_english()).problems.size() == 1); // not below the one above
    draft.limits[1].at_least = "ten";
    CHECK(app::check(draft, words_in_english()).problems.size() == 1);
    draft.limits[1].at_least = "10";
    draft.limits[2].at_least = "0";
    const auto filled = app::sheet_of(draft, words_in_english());
    REQUIRE(filled);
    CHECK(data::to_be_entered(*filled).empty());
    CHECK(filled->sheet[0].criteria[0].most == 2.5);
    CHECK(filled->limits[1].at_least == 10);
    CHECK(filled->sheet[0].text_vi == rule.sheet[0].text_vi); // the other language stays
    CHECK(app::rule_json(*app::sheet_of(app::draft_of(*filled, words_in_english()),
                                        words_in_english())) == app::rule_json(*filled));
}

TEST_CASE("every indicator is in one theme; services are one of them") {
    data::IndicatorCube cube("", {}, {{2015, 0}}, 1);
    for (const auto* id : {"ST01", "DR01", "DR08", "SW01", "SW04", "OR04", "OR02", "IN01", "EN01",
                           "CM02", "population", "DR01_rate", "x"}) {
        data::Indicator indicator;
        indicator.id = id;
        if (indicator.id == "ST01") indicator.kind = data::Kind::Category;
        if (indicator.id == "DR01_rate")
            indicator.kind = data::Kind::Ratio, indicator.numerator = "DR01";
        cube.indicators.push_back(indicator);
    }
    const auto themes = app::indicator_themes(cube, words_in_english());
    std::size_t n = 0;
    for (const auto& theme : themes) {
        n += theme.indicators.size();
        if (theme.id == "support") CHECK(theme.indicators == std::vector<std::size_t>{2, 4, 5});
        if (theme.id == "persons") CHECK(theme.indicators == std::vector<std::size_t>{1, 3, 11});
        if (theme.id == "other") CHECK(theme.indicators == std::vector<std::size_t>{10, 12});
    }
    CHECK(n == cube.indicators.size());
}

TEST_CASE("a column whose name begins like a code of the catalogue is not of its theme") {
    data::IndicatorCube cube("", {}, {{2015, 0}}, 1);
    for (const auto* id : {"STFIPS", "INCOME", "DRIVE", "ORIGIN", "ST99", "ENERGY_rate"}) {
        data::Indicator indicator;
        indicator.id = id;
        cube.indicators.push_back(indicator);
    }
    data::Indicator number; // a column of numbers that somebody calls ST01 is no status
    number.id = "ST01";
    cube.indicators.push_back(number);
    const auto themes = app::indicator_themes(cube, words_in_english());
    REQUIRE(themes.size() == 1);
    CHECK(themes[0].id == "other");
    CHECK(themes[0].indicators.size() == cube.indicators.size());
}
