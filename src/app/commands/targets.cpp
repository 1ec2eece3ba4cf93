#include "app/commands/targets.hpp"

#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/status_nearest.hpp"
#include "app/json_node.hpp"
#include "app/plan_file.hpp"
#include "app/reported_totals.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/catalogue.hpp"
#include "data/status_check.hpp"
#include "files/sheets.hpp"
#include "files/store_schema.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using data::TargetKind;
using data::TargetResult;
using data::TargetState;

// Whether the plan, or the catalogue, knows the code.
bool known_total(const std::string& code, const data::Plan& plan) {
    const auto among = [&](const std::vector<data::IndicatorId>& ids) {
        return std::find(ids.begin(), ids.end(), code) != ids.end();
    };
    return code == "units" || code == "ST11_kept" || code == "ST11_new" ||
           data::find_in_catalogue(code) ||
           std::any_of(plan.targets.begin(), plan.targets.end(), [&](const data::Target& t) {
               return among(t.indicators) || among(t.denominator);
           });
}

std::set<data::Period> read_totals(data::TargetValues& values, TargetsReport& r,
                                   base::JobContext& ctx) {
    std::set<data::Period> periods;
    const auto& file = r.request.totals;
    if (file.empty()) return periods;
    for (const auto& row : read_reported_totals(file, r.findings, ctx)) {
        if (!known_total(row.code, *r.plan)) {
            report_unknown_code(file, row, r.findings);
            continue;
        }
        const auto when = row.period.value_or(r.plan->until);
        values.set(row.code, when, {row.value, 0, 0});
        periods.insert(when);
    }
    return periods;
}

std::string text_of(const data::Target& t, const Language& language) {
    return language.code() == "vi" || t.text_en.empty() ? t.text_vi : t.text_en;
}

std::string two_decimals(double value, const Language& language) {
    const bool whole = std::fabs(value - std::round(value)) < 1e-9;
    return language.number(value, whole ? 0 : 2);
}

std::string amount(const std::optional<double>& value, const Language& language) {
    return value ? two_decimals(*value, language) : "–";
}

bool as_percent(const data::Target& t) {
    return t.kind == TargetKind::Share || t.kind == TargetKind::Reduction;
}

// "≥ 60 %", "> 20 %", "450–500 people", "10–20 % fewer".
std::string asked(const data::Target& t, const Language& language) {
    if (t.kind == TargetKind::Qualitative) return language.text("targets.qualitative");
    if (t.kind == TargetKind::Maintain) return language.text("targets.maintain");
    const double factor = as_percent(t) ? 100 : 1;
    auto text = two_decimals(t.value * factor, language);
    if (t.stretch) text += "–" + two_decimals(*t.stretch * factor, language);
    if (as_percent(t)) text += " %";
    if (!t.unit.empty() && !as_percent(t)) {
        const auto id = "unit." + t.unit;
        text += " " + (language.has(id) ? language.text(id) : t.unit);
    }
    const char* sign = t.compare == data::Compare::AtLeast    ? "≥ "
                       : t.compare == data::Compare::MoreThan ? "> "
                                                              : "≤ ";
    if (t.kind == TargetKind::Reduction)
        return language.text("targets.asked_fewer", {{"value", text}});
    // From one number to another is no "at least".
    return t.stretch && t.compare != data::Compare::AtMost ? text : sign + text;
}

// A reduction is told as the change that it is: "−10 %", and "+39 %" where the number has grown.
double told_percent(const TargetResult& r) {
    const double percent = *r.reached * 100;
    return r.target->kind == TargetKind::Reduction ? (percent == 0 ? 0 : -percent) : percent;
}

// Of how many units x is known, and whether the others could change the answer; "" if all are.
std::string partial_text(const TargetResult& r, const Language& language) {
    if (r.known == r.of) return "";
    const char* key = !r.settled                       ? "targets.partial"
                      : r.state == TargetState::Behind ? "targets.partial_missed"
                                                       : "targets.partial_certain";
    return language.text(key, {{"known", as_count(r.known)}, {"of", as_count(r.of)}});
}

// Between which periods communes are newly built or maintained; "" of other targets, of totals that
// were reported as such and of sums over the years of the plan.
std::string between_text(const TargetsReport& report, const TargetResult& r,
                         const Language& language) {
    const auto& t = *r.target;
    const bool moved = std::any_of(t.indicators.begin(), t.indicators.end(),
                                   [](const auto& id) { return id.starts_with("ST11"); });
    if (!moved || t.cumulative || r.of == 0 || report.before.year == 0) return "";
    return language.text("targets.between", {{"from", data::to_string(report.before)},
                                             {"to", data::to_string(report.request.period)}});
}

std::string reached(const TargetsReport& report, const TargetResult& r, const Language& language) {
    if (!r.x) return "–";
    auto text = two_decimals(*r.x, language);
    if (const auto span = between_text(report, r, language); !span.empty()) text += " " + span;
    if (r.denominator && r.target->kind == TargetKind::Share)
        text += " / " + two_decimals(*r.denominator, language);
    const bool reduced = r.target->kind == TargetKind::Reduction && r.baseline;
    if (reduced && r.target->baseline)
        text = language.text("targets.from_baseline",
                             {{"value", text},
                              {"baseline", two_decimals(*r.baseline, language)},
                              {"period", data::to_string(*r.target->baseline)}});
    else if (reduced)
        text += " (" + two_decimals(*r.baseline, language) + ")";
    if (r.reached && as_percent(*r.target)) {
        const double percent = std::round(told_percent(r) * 100) / 100;
        const bool rise = r.target->kind == TargetKind::Reduction && percent > 0;
        text += std::string(reduced ? ": " : " = ") + (rise ? "+" : "") +
                language.number(percent, 2) + " %";
    }
    if (const auto partial = partial_text(r, language); !partial.empty()) text += "; " + partial;
    return text;
}

// "behind"; "not due until 2015-12-31". Where there is a number but units are missing that may
// change the answer, that is what is said, not that there are no data.
std::string state_text(const TargetResult& r, const Language& language) {
    const bool partial = r.known < r.of || r.denominator_partial;
    if (r.state == TargetState::NoData && partial && r.known > 0 && r.missing.empty())
        return language.text("target.undecided");
    return language.text("target." + std::string(data::to_string(r.state)),
                         {{"date", files::text_of(r.due)}});
}

// Of a target that asks for at least so much, or so much less; one that sets a ceiling has no way
// to go.
std::optional<double> done_of(const TargetResult& r) {
    const auto& t = *r.target;
    if (!r.reached || t.compare == data::Compare::AtMost || t.value <= 0) return std::nullopt;
    return std::clamp(*r.reached / t.value, 0.0, 1.0);
}

Json optional_json(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

std::string op_of(const data::Target& t) {
    return t.compare == data::Compare::AtLeast    ? ">="
           : t.compare == data::Compare::MoreThan ? ">"
                                                  : "<=";
}

files::SheetCell cell(const std::optional<double>& value) {
    return value ? files::SheetCell(std::round(*value * 1e6) / 1e6) : files::SheetCell();
}

bool of_persons(const TargetsReport& r, const std::vector<data::IndicatorId>& ids) {
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
        const auto at = r.dataset ? r.dataset->cube->find(id) : std::nullopt;
        return at ? counts_persons(r.dataset->cube->indicators[*at]) : counts_persons(id, "");
    });
}

// Without a period: in any.
bool tells(const TargetsReport& r, const std::vector<data::IndicatorId>& ids,
           std::optional<data::Period> period) {
    return std::any_of(r.telling.begin(), r.telling.end(), [&](const auto& total) {
        return (!period || total.second == *period) &&
               std::find(ids.begin(), ids.end(), total.first) != ids.end();
    });
}

void find_telling(TargetsReport& r, base::JobContext& ctx) {
    if (!r.dataset || r.request.classification == Classification::Internal) return;
    const auto& cube = *r.dataset->cube;
    const auto shown = mask(r.dataset, {}, ctx).dataset->cube;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i)
        for (std::size_t p = 0; p < cube.periods.size(); ++p)
            if (counts_persons(cube.indicators[i]) &&
                total_tells(cube.slice(i, p), shown->slice(i, p)))
                r.telling.emplace(cube.indicators[i].id, cube.periods[p]);
}

// The results as they leave: without small counts of persons and what would give them away.
// Whether a target is reached stays.
std::vector<TargetResult> told(const TargetsReport& r, std::vector<MaskedCell>* masked = nullptr) {
    auto out = r.results;
    if (r.request.classification == Classification::Internal) return out;
    for (auto& result : out) {
        const auto& t = *result.target;
        const auto few = [](const std::optional<double>& value) {
            return value && too_few(*value);
        };
        const bool persons = of_persons(r, t.indicators);
        const auto now = t.cumulative ? std::nullopt : std::optional(r.request.period);
        const bool x = persons && (few(result.x) || tells(r, t.indicators, now));
        const bool baseline =
            persons && (few(result.baseline) || (t.baseline && tells(r, t.indicators, t.baseline)));
        const bool whole = of_persons(r, t.denominator) &&
                           (few(result.denominator) || tells(r, t.denominator, now));
        if (!x && !baseline && !whole) continue;
        if (x) result.x.reset();
        if (baseline) result.baseline.reset();
        if (whole) result.denominator.reset();
        if (baseline || whole) result.required.reset();
        for (auto* follows : {&result.reached, &result.needed, &result.expected}) follows->reset();
        if (!masked) continue;
        std::string ids;
        for (const auto& id : t.indicators) ids += (ids.empty() ? "" : "+") + id;
        masked->push_back({t.id, ids, r.request.period, false});
    }
    return out;
}

files::Sheet target_sheet(const TargetsReport& r, const Language& language) {
    files::Sheet sheet{language.text("sheet.targets"), {}, {}};
    for (const char* id :
         {"column.target", "column.text", "column.asked", "column.value", "column.denominator",
          "column.baseline", "column.reached", "column.required", "column.needed", "column.state",
          "column.deadline", "column.note"})
        sheet.header.push_back(language.text(id));
    for (const auto& result : told(r)) {
        const auto& t = *result.target;
        auto share = result.reached;
        if (share && as_percent(t)) share = std::round(told_percent(result) * 100) / 100;
        auto note = language.code() == "vi" ? t.note_vi : t.note_en;
        if (const auto partial = partial_text(result, language); !partial.empty())
            note += (note.empty() ? "" : " · ") + partial;
        sheet.rows.push_back({t.id, text_of(t, language), asked(t, language), cell(result.x),
                              cell(result.denominator), cell(result.baseline), cell(share),
                              cell(result.required), cell(result.needed),
                              state_text(result, language), data::to_string(t.deadline), note});
    }
    return sheet;
}

// The six-month and yearly summary of statuses by district (or province) and all together.
files::Sheet region_sheet(const TargetsReport& r, const Language& language) {
    files::Sheet sheet{language.text("sheet.districts"), {}, {}};
    for (const char* id :
         {"column.area", "column.units", "column.hot_drug", "column.present_drug",
          "column.none_drug", "column.hot_prostitution", "column.present_prostitution",
          "column.none_prostitution", "column.healthy", "column.healthy_share", "column.unknown"})
        sheet.header.push_back(language.text(id));
    for (const auto& [name, members] : regions_of(*r.dataset, language)) {
        std::vector<files::SheetCell> row{name, static_cast<double>(members.size())};
        std::size_t unknown = 0, well = 0;
        for (const auto* series : {&r.drug, &r.prostitution}) {
            std::size_t hot = 0, present = 0, none = 0;
            for (const auto i : members) {
                if (series->empty()) continue;
                hot += data::hot((*series)[i]);
                present += (*series)[i] == data::Status::Present;
                none += (*series)[i] == data::Status::None;
            }
            for (const auto n : {hot, present, none})
                row.push_back(series->empty() ? files::SheetCell()
                                              : files::SheetCell(static_cast<double>(n)));
        }
        for (const auto i : members) {
            auto healthy = data::Flag::Yes;
            for (const auto* series : {&r.drug, &r.prostitution})
                healthy = data::both(healthy, series->empty() ? data::Flag::Unknown
                                                              : data::healthy((*series)[i]));
            unknown += healthy == data::Flag::Unknown;
            well += healthy == data::Flag::Yes;
        }
        const bool told = !r.drug.empty() && !r.prostitution.empty();
        add_healthy(row, well, told ? members.size() - unknown : 0, members.size());
        row.emplace_back(static_cast<double>(unknown));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

std::string title_of(const TargetsReport& r, const Language& language) {
    return language.text("targets.title",
                         {{"area", language.code() == "vi" ? r.plan->area_vi : r.plan->area_en},
                          {"document", r.plan->document},
                          {"period", data::to_string(r.request.period)}});
}

// Without a rule: those of whom one domain is present.
files::Sheet healthy_but_one_sheet(const TargetsReport& r, const Language& language) {
    files::Sheet sheet{language.text("sheet.nearest"),
                       {language.text("column.code"), language.text("column.name"),
                        language.text("column.district")},
                       {}};
    for (const auto i : r.nearest)
        sheet.rows.push_back({r.dataset->vintage->units.code[i], r.dataset->vintage->units.name[i],
                              district_name(*r.dataset, i)});
    return sheet;
}

files::Workbook workbook_of(const TargetsReport& r, const Language& language) {
    files::Workbook book;
    book.title = title_of(r, language);
    book.language = language.code();
    book.decimal = language.numbers().decimal;
    book.sheets.push_back(target_sheet(r, language));
    const bool statuses = r.dataset && (!r.drug.empty() || !r.prostitution.empty());
    if (statuses) book.sheets.push_back(region_sheet(r, language));
    if (!r.misses.empty())
        book.sheets.push_back(nearest_sheet(r.misses, *r.dataset, language));
    else if (!r.nearest.empty())
        book.sheets.push_back(healthy_but_one_sheet(r, language));
    if (r.dataset) book.notes = status_notes(*r.dataset, language);
    for (const auto& finding : r.findings) book.notes.push_back(language.text(finding));
    return book;
}

bool other_year(const TargetsReport& r) {
    const auto year = r.request.period.year;
    return year < r.plan->from.year || year > r.plan->until.year;
}

std::string years_of_plan(const data::Plan& plan) {
    return plan.from.year == plan.until.year
               ? std::to_string(plan.from.year)
               : fmt::format("{}–{}", plan.from.year, plan.until.year);
}

// A plan says nothing of years that are not its own.
void report_other_year(TargetsReport& r) {
    if (!other_year(r)) return;
    r.findings.push_back(base::finding(base::Severity::Warning, "plan_other_year",
                                       {{"plan", r.plan->id},
                                        {"years", years_of_plan(*r.plan)},
                                        {"period", data::to_string(r.request.period)}}));
}

void check_percents(TargetsReport& r) {
    for (const auto& result : r.results) {
        const auto& t = *result.target;
        if (!t.printed_percent.empty() && result.denominator)
            data::check_percent(t.id, t.value, *result.denominator, t.printed_percent, r.findings);
    }
}

// Who is kept from the best status of the rule by one criterion, and is healthy in the other
// domain: one more commune of the plan. `told`: every domain that has reports has one of this
// period.
void find_misses(TargetsReport& r, bool told, const Language& language, base::JobContext& ctx) {
    const auto& q = r.request;
    if (!r.dataset || !r.dataset->cube->find(q.period)) return;
    const auto judged = run(StatusRequest{.across = q.across,
                                          .data = q.data,
                                          .statuses = q.statuses,
                                          .period = q.period,
                                          .rule = q.rule,
                                          .classification = q.classification},
                            r.dataset, language, ctx);
    for (const auto& finding : judged.findings)
        if (finding.key.starts_with("rule_")) r.findings.push_back(finding);
    if (!told) return;
    const auto& other = judged.rule->domain == data::Domain::Drug ? r.prostitution : r.drug;
    for (const auto& miss : judged.nearest)
        if (other.empty() || other[miss.unit] == data::Status::None) {
            r.misses.push_back(miss);
            r.nearest.push_back(miss.unit);
        }
}

void write(TargetsReport& r, const Language& language, base::JobContext& ctx) {
    std::vector<MaskedCell> masked;
    told(r, &masked);
    r.files =
        write_tables(r.request.out, workbook_of(r, language), r.request.classification, masked,
                     language, {r.request.data.store, "targets", r.dataset.get()}, ctx);
}

} // namespace

std::vector<std::string> known_plans(const std::filesystem::path& store) {
    auto out = shipped("plans");
    if (store.empty()) return out;
    for (const auto& plan : files::read_plans(store))
        if (std::find(out.begin(), out.end(), plan.id) == out.end()) out.push_back(plan.id);
    return out;
}

TargetsReport run(const TargetsRequest& request, std::shared_ptr<const Dataset> dataset,
                  const Language& language, base::JobContext& ctx) {
    if (request.plan.empty()) {
        std::string known;
        for (const auto& id : shipped("plans")) known += (known.empty() ? "" : ", ") + id;
        throw Error(ErrorKind::Usage, "error.targets.no_plan", {{"known", known}});
    }
    TargetsReport r{dataset, request};
    r.plan = std::make_shared<data::Plan>(plan_named(request.plan, request.data.store));
    data::TargetValues values;
    auto periods = read_totals(values, r, ctx);
    Statuses statuses;
    if (dataset) {
        for (const auto p : dataset->cube->periods) periods.insert(p);
        try {
            statuses = find_statuses(*dataset, request.statuses, ctx);
        } catch (const Error& error) {
            if (error.message.key != "error.status.none") throw;
        }
        values.add(statuses.drug_counts, statuses.prostitution_counts);
        values.add(*dataset->cube);
        r.findings.insert(r.findings.end(), statuses.findings.begin(), statuses.findings.end());
    }
    if (periods.empty())
        throw Error(ErrorKind::Usage, "error.targets.no_data", {{"plan", r.plan->id}});
    if (r.request.period.year == 0) {
        r.request.period = *periods.begin();
        // A whole year says more than its halves.
        for (const auto p : periods)
            if (p.year <= r.plan->until.year &&
                (p.half == 0 || p.year != r.request.period.year || r.request.period.half != 0))
                r.request.period = p;
    }
    report_other_year(r);
    r.results = data::evaluate(*r.plan, values, r.request.period);
    for (const auto* series : {&statuses.drug_counts, &statuses.prostitution_counts})
        for (const auto period : series->periods)
            if (period < r.request.period && (r.before.year == 0 || r.before < period))
                r.before = period;
    r.drug = data::statuses_at(statuses.drug_counts, r.request.period);
    r.prostitution = data::statuses_at(statuses.prostitution_counts, r.request.period);
    // What was not reported in this period may be present as well.
    const bool silent = (r.drug.empty() && !statuses.drug_counts.empty()) ||
                        (r.prostitution.empty() && !statuses.prostitution_counts.empty());
    if (!request.rule.empty())
        find_misses(r, !silent, language, ctx);
    else if (!silent)
        r.nearest = data::nearest_to_healthy(r.drug, r.prostitution);
    check_percents(r);
    find_telling(r, ctx);
    if (!request.out.empty()) write(r, language, ctx);
    return r;
}

std::string other_year_note(const TargetsReport& r, const Language& language) {
    if (!other_year(r)) return "";
    return language.text("targets.other_year", {{"years", years_of_plan(*r.plan)},
                                                {"period", data::to_string(r.request.period)}});
}

std::string targets_title(const TargetsReport& r, const Language& language) {
    return title_of(r, language);
}

std::vector<TargetLine> target_lines(const TargetsReport& r, const Language& language) {
    std::vector<TargetLine> out;
    for (const auto& result : r.results) {
        const auto& t = *result.target;
        TargetLine line{.id = t.id,
                        .text = text_of(t, language),
                        .asked = asked(t, language),
                        .reached = reached(r, result, language),
                        .required = amount(result.required, language),
                        .needed = amount(result.needed, language),
                        .state = state_text(result, language),
                        .deadline = data::to_string(t.deadline),
                        .missing = "",
                        .at = result.state,
                        .settled = result.settled,
                        .lost = result.lost,
                        .done = done_of(result)};
        const std::set<std::string> ids(result.missing.begin(), result.missing.end());
        for (const auto& id : ids) line.missing += (line.missing.empty() ? "" : ", ") + id;
        out.push_back(std::move(line));
    }
    return out;
}

std::vector<TargetLine> published_lines(TargetsReport report, const Language& language,
                                        std::vector<MaskedCell>* masked) {
    report.results = told(report, masked);
    return target_lines(report, language);
}

std::string to_json(const TargetsReport& r, const Language& language) {
    Json out{{"plan", r.plan->id},
             {"document", r.plan->document},
             {"period", data::to_string(r.request.period)},
             {"targets", Json::array()}};
    for (const auto& result : told(r)) {
        const auto& t = *result.target;
        auto lost = Json::array();
        for (const auto i : result.lost) lost.push_back(r.dataset->vintage->units.code[i]);
        Json due;
        if (result.due != data::Date{}) due = files::text_of(result.due);
        out["targets"].push_back({{"id", t.id},
                                  {"kind", data::to_string(t.kind)},
                                  {"indicators", t.indicators},
                                  {"op", op_of(t)},
                                  {"value", t.value},
                                  {"state", data::to_string(result.state)},
                                  {"x", optional_json(result.x)},
                                  {"denominator", optional_json(result.denominator)},
                                  {"baseline", optional_json(result.baseline)},
                                  {"reached", optional_json(result.reached)},
                                  {"required", optional_json(result.required)},
                                  {"needed", optional_json(result.needed)},
                                  {"expected", optional_json(result.expected)},
                                  {"due", std::move(due)},
                                  {"stretch_reached", result.stretch_reached},
                                  {"known", result.known},
                                  {"of", result.of},
                                  {"settled", result.settled},
                                  {"lost", std::move(lost)},
                                  {"missing", result.missing},
                                  {"deadline", data::to_string(t.deadline)},
                                  {"text", text_of(t, language)}});
    }
    if (!r.request.rule.empty() && r.dataset) {
        out["nearest"] = nearest_json(r.misses, *r.dataset);
    } else {
        out["nearest"] = Json::array();
        for (const auto i : r.nearest)
            out["nearest"].push_back({{"code", r.dataset->vintage->units.code[i]},
                                      {"name", r.dataset->vintage->units.name[i]},
                                      {"district", district_name(*r.dataset, i)}});
    }
    out["files"] = Json::array();
    for (const auto& file : r.files) out["files"].push_back(file.string());
    out["findings"] = findings_json(r.findings, language);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const TargetsReport& r, const Language& language) {
    Lines lines(language);
    lines.raw(title_of(r, language) + "\n");
    for (const auto& result : told(r)) {
        const auto& t = *result.target;
        lines.raw(t.id + "  " + text_of(t, language) + "\n      " + asked(t, language) + " · " +
                  state_text(result, language));
        if (result.x) lines.raw(" · " + reached(r, result, language));
        if (result.needed && *result.needed > 0)
            lines.raw(" · " + language.text("targets.needed",
                                            {{"value", amount(result.needed, language)}}));
        if (!result.missing.empty()) {
            std::set<std::string> ids(result.missing.begin(), result.missing.end());
            std::string list;
            for (const auto& id : ids) list += (list.empty() ? "" : ", ") + id;
            lines.raw(" · " + language.text("targets.missing", {{"list", list}}));
        }
        lines.raw("\n");
    }
    if (!r.misses.empty()) {
        lines.raw(nearest_text(r.misses, *r.dataset, language));
    } else if (!r.nearest.empty()) {
        lines.raw(language.text("targets.nearest", {{"count", as_count(r.nearest.size())}}) + "\n");
        for (std::size_t k = 0; k < std::min<std::size_t>(r.nearest.size(), 10); ++k)
            lines.raw("  " + r.dataset->vintage->units.code[r.nearest[k]] + " " +
                      r.dataset->vintage->units.name[r.nearest[k]] + "\n");
    }
    lines.raw(findings_text(r.findings, language));
    return lines.take();
}

std::vector<std::string> to_flags(const TargetsRequest& request) {
    Flags flags{"targets"};
    add_flags(flags, request.data);
    add_flags(flags, request.across);
    add_flags(flags, request.statuses, Domains::Both);
    const auto text = [&](const char* flag, const std::string& value) {
        if (!value.empty()) flags.insert(flags.end(), {flag, value});
    };
    text("--plan", request.plan);
    text("--year", data::to_string(request.period));
    text("--totals", request.totals.string());
    text("--rule", request.rule);
    add_flags(flags, request.classification);
    text("--out", request.out.string());
    return flags;
}

} // namespace diaban::app
