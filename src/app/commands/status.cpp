#include "app/commands/status.hpp"

#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/status_nearest.hpp"
#include "app/map_files.hpp"
#include "app/reported_totals.hpp"
#include "app/rule_file.hpp"
#include "app/status_claims.hpp"
#include "app/status_view.hpp"
#include "app/timestamp.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/code_index.hpp"
#include "data/import_plan.hpp"
#include "data/status_check.hpp"
#include "files/sheets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {

// In status_text.cpp.
files::Workbook workbook_of(const StatusReport& report, const Language& language);

namespace {

using base::Error;
using base::ErrorKind;
using data::Domain;
using data::Status;

// Statuses of a rule alone: data without a reported status may still be judged.
Statuses statuses_or_none(const StatusRequest& request, const Dataset& dataset,
                          base::JobContext& ctx) {
    try {
        return find_statuses(dataset, request.statuses, ctx);
    } catch (const Error& error) {
        if (request.rule.empty() || error.message.key != "error.status.none") throw;
        return {};
    }
}

data::Period newest(const StatusReport& r) {
    data::Period period;
    for (const auto* series : {&r.statuses.drug_counts, &r.statuses.prostitution_counts})
        if (!series->empty()) period = std::max(period, series->periods.back());
    return period.year ? period : r.dataset->cube->periods.back();
}

void require_period(const StatusReport& r, data::Period period) {
    const auto& periods = r.dataset->cube->periods;
    if (std::find(periods.begin(), periods.end(), period) != periods.end()) return;
    std::string known;
    for (const auto p : periods) known += (known.empty() ? "" : ", ") + data::to_string(p);
    throw Error(ErrorKind::Usage, "error.period.unknown",
                {{"period", data::to_string(period)}, {"known", known}});
}

// Every code that the criteria of a rule ask for, each once.
void codes_of(const std::vector<data::Criterion>& criteria, std::vector<data::IndicatorId>& out) {
    const auto add = [&](const data::IndicatorId& id) {
        if (!id.empty() && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    };
    for (const auto& c : criteria) {
        for (const auto& id : c.indicators) add(id);
        add(c.denominator);
        codes_of(c.any, out);
    }
}

// A misspelt code makes every answer unknown, and nobody would see why.
void report_missing(const data::Rule& rule, const data::IndicatorCube& cube,
                    base::Findings& findings) {
    std::vector<data::IndicatorId> codes;
    for (const auto& rule_class : rule.classes) codes_of(rule_class.criteria, codes);
    for (const auto& content : rule.sheet)
        for (const auto& c : content.criteria)
            if (!c.points.empty()) codes.push_back(c.points);
    std::erase_if(codes, [&](const auto& id) { return cube.find(id).has_value(); });
    if (codes.empty()) return;
    findings.push_back(base::finding(base::Severity::Warning, "rule_missing",
                                     {{"rule", rule_called(rule)}, {"list", base::joined(codes)}}));
}

void report_rule(const data::Rule& rule, data::Period period, const Language& language,
                 base::Findings& findings) {
    if (!data::valid_in(rule, period))
        findings.push_back({base::Severity::Warning,
                            "rule_not_valid",
                            {{"rule", rule_called(rule)}, {"period", data::to_string(period)}},
                            "",
                            {},
                            "",
                            {}});
    if (const auto most = data::most_points(rule))
        for (const auto& limit : rule.limits) {
            if (!limit.at_least || *limit.at_least <= *most) continue;
            base::Finding finding{
                base::Severity::Problem, "rule_limit_too_high", {}, "", {}, "", {}};
            finding.args = {{"rule", rule_called(rule)},
                            {"class", status_text(limit.status, language)},
                            {"limit", *limit.at_least},
                            {"most", *most}};
            finding.amount = *limit.at_least - *most;
            findings.push_back(std::move(finding));
        }
    const auto open = data::to_be_entered(rule);
    if (open.empty()) return;
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(open.size(), 6); ++i)
        list += (i ? ", " : "") + open[i];
    if (open.size() > 6) list += " …";
    base::Finding finding{base::Severity::Warning, "rule_to_be_entered", {}, "", {}, "", {}};
    finding.args = {{"rule", rule_called(rule)}, {"list", list}};
    finding.args.emplace_back("count", static_cast<std::int64_t>(open.size()));
    finding.amount = static_cast<double>(open.size());
    findings.push_back(std::move(finding));
}

void report_disagreement(StatusReport& r, const Language& language) {
    for (std::size_t i = 0; i < r.reported.size(); ++i) {
        const auto said = r.reported[i], judged = r.result.status[i];
        if (said == Status::Unknown || judged == Status::Unknown ||
            data::rank_of(said) == data::rank_of(judged))
            continue;
        if (r.result.uncertain[i] && data::rank_of(judged) < data::rank_of(said)) continue;
        ++r.disagreements;
        base::Finding finding{base::Severity::Warning, "status_disagrees", {}, "", {}, "", {}};
        finding.unit = r.dataset->vintage->units.code[i];
        finding.args = {{"code", finding.unit},
                        {"name", r.dataset->vintage->units.name[i]},
                        {"reported", status_text(said, language)},
                        {"rule", status_text(judged, language)}};
        r.findings.push_back(std::move(finding));
    }
}

// What the rule gives becomes one of the voices of the store.
void keep_result(StatusReport& r, const files::StoredRule& rule, base::JobContext& ctx) {
    const auto& q = r.request;
    std::vector<data::StatusRecord> records;
    for (std::size_t i = 0; i < r.result.status.size(); ++i) {
        data::StatusRecord record;
        record.unit = i;
        record.status = r.result.status[i];
        if (i < r.result.score.size() && !std::isnan(r.result.score[i]))
            record.score = r.result.score[i];
        records.push_back(std::move(record));
    }
    r.kept = files::put_rule_statuses(q.data.store, r.dataset->vintage->id, rule, r.rule->domain,
                                      q.period, records, now_utc(), ctx);
}

std::string voice(const std::optional<data::StatusRecord>& record, const Language& language) {
    if (!record) return "–";
    auto text = status_text(record->status, language);
    for (const auto* more : {&record->decision, &record->rule, &record->reason, &record->author})
        if (!more->empty()) text += ", " + *more;
    return text;
}

// The voices that the store keeps about the period, and where they differ.
void report_claims(StatusReport& r, const Language& language) {
    for (const auto& c : claims_of(*r.dataset)) {
        if (c.period != r.request.period) continue;
        r.claims.push_back(c);
        if (!c.claims.disagree()) continue;
        ++r.claims_differ;
        const auto& units = r.dataset->vintage->units;
        base::Finding finding{base::Severity::Warning, "status_claims_differ", {}, "", {}, "", {}};
        finding.unit = units.code[c.unit];
        finding.args = {{"code", finding.unit},
                        {"name", units.name[c.unit]},
                        {"domain", domain_text(c.domain, language)},
                        {"report", voice(c.claims.report, language)},
                        {"rule", voice(c.claims.rule, language)},
                        {"person", voice(c.claims.override_, language)}};
        r.findings.push_back(std::move(finding));
    }
}

// The amounts of a why card are values like any other: those that rest on masked counts go, while
// whether the criterion is met stays, as a status does. So do scores that add up such counts.
void withhold_amounts(StatusReport& r, base::JobContext& ctx) {
    const auto masked = mask(r.dataset, {}, ctx).dataset->cube;
    const auto period = masked->find(r.request.period);
    if (!period) return;
    const auto hidden = [&](const std::string& id, std::size_t unit) {
        const auto at = masked->find(id);
        return at && masked->state(*at, *period, unit) == data::Cell::Suppressed;
    };
    for (const auto& content : r.rule->sheet)
        for (const auto& c : content.criteria)
            for (std::size_t i = 0; i < r.result.score.size(); ++i)
                if (hidden(c.points, i)) r.result.score[i] = base::kNaN;
    if (!r.why_unit) return;
    r.why_withheld.assign(r.why.criteria.size(), false);
    if (r.why.score && std::isnan(r.result.score[*r.why_unit])) r.why.score.reset();
    for (std::size_t c = 0; c < r.why.criteria.size(); ++c) {
        auto& outcome = r.why.criteria[c];
        const auto ids = indicators_behind(*r.rule, outcome);
        if (std::none_of(ids.begin(), ids.end(),
                         [&](const auto& id) { return hidden(id, *r.why_unit); }))
            continue;
        r.why_withheld[c] = true;
        outcome.value.reset();
        outcome.margin.reset();
    }
}

// Values as they may be told of a rule: what is told of a rule on trial is made of what is public,
// as its thresholds could ask for the very number of a masked count.
class RuleGround {
public:
    RuleGround(const StatusReport& r, const QuerySources* sources, base::JobContext& ctx)
        : r_(r), sources_(sources), ctx_(ctx) {}

    bool guarded(const data::Rule& rule) const {
        return r_.request.classification == Classification::Public &&
               !kept_rule(rule, r_.request.data.store);
    }
    data::RuleInputs inputs(const data::Rule& rule, data::Period period, bool guarded) {
        if (!guarded)
            return rule_inputs(rule, *r_.dataset, r_.statuses, period, Classification::Internal,
                               sources_, ctx_);
        if (!bounds_.least) bounds_ = bounds_of(mask(r_.dataset, {}, ctx_), *r_.dataset->cube, {});
        auto in = rule_inputs(rule, *r_.dataset, r_.statuses, period, Classification::Public,
                              sources_, ctx_);
        in.cube = bounds_.least.get();
        in.most = bounds_.most.get();
        return in;
    }

private:
    const StatusReport& r_;
    const QuerySources* sources_;
    base::JobContext& ctx_;
    MaskedBounds bounds_;
};

void report_undecided(const data::Rule& rule, const data::RuleResult& result,
                      base::Findings& findings) {
    if (result.undecided_count == 0) return;
    base::Finding finding{base::Severity::Info, "rule_undecided", {}, "", {}, "", {}};
    finding.args = {{"rule", rule_called(rule)}};
    finding.args.emplace_back("count", static_cast<std::int64_t>(result.undecided_count));
    finding.amount = static_cast<double>(result.undecided_count);
    findings.push_back(std::move(finding));
}

// Two rules, or two periods, side by side.
void compare_rules(StatusReport& r, RuleGround& ground, bool guarded, const Language& language) {
    const auto& q = r.request;
    if (q.compare_rule.empty() && q.compare_period.year == 0) return;
    // One rule in one period twice differs nowhere.
    if (q.compare_rule.empty() && q.compare_period == q.period)
        throw Error(ErrorKind::Usage, "error.status.same_year",
                    {{"period", data::to_string(q.period)}});
    r.compare_rule = q.compare_rule.empty() ? *r.rule : rule_named(q.compare_rule, q.data.store);
    // What is open in the second rule matters as much as in the first.
    if (!q.compare_rule.empty()) {
        report_rule(*r.compare_rule, q.period, language, r.findings);
        report_missing(*r.compare_rule, *r.dataset->cube, r.findings);
    }
    const auto before = q.compare_period.year ? q.compare_period : q.period;
    require_period(r, before);
    const bool second_guarded = q.compare_rule.empty() ? guarded : ground.guarded(*r.compare_rule);
    const auto after = ground.inputs(*r.compare_rule, q.period, second_guarded);
    if (!q.compare_rule.empty())
        report_undecided(*r.compare_rule, data::evaluate(*r.compare_rule, after), r.findings);
    r.changes = data::compare(*r.rule, ground.inputs(*r.rule, before, guarded),
                              ground.inputs(*r.rule, q.period, guarded), *r.compare_rule, after);
}

void apply_rules(StatusReport& r, const QuerySources* sources, const Language& language,
                 base::JobContext& ctx) {
    const auto& q = r.request;
    if (q.rule.empty()) {
        if (!q.why.empty() || !q.compare_rule.empty())
            throw Error(ErrorKind::Usage, "error.status.no_rule");
        return;
    }
    r.rule = rule_named(q.rule, q.data.store);
    const auto written = *r.rule;
    if (q.domains != Domains::Both)
        r.rule->domain = q.domains == Domains::Drug ? Domain::Drug : Domain::Prostitution;
    report_rule(*r.rule, q.period, language, r.findings);
    report_missing(*r.rule, *r.dataset->cube, r.findings);
    RuleGround ground(r, sources, ctx);
    // What is kept is a rule of the store from now on.
    const bool guarded = !q.keep && ground.guarded(written);
    const auto inputs = ground.inputs(*r.rule, q.period, guarded);
    r.result = data::evaluate(*r.rule, inputs);
    report_undecided(*r.rule, r.result, r.findings);
    r.nearest = find_nearest(*r.rule, inputs, r.dataset, q.classification, ctx);
    r.reported = data::statuses_at(
        r.rule->domain == Domain::Drug ? r.statuses.drug : r.statuses.prostitution, q.period);
    report_disagreement(r, language);
    if (q.keep) keep_result(r, stored_rule(written, language), ctx);
    if (!q.why.empty()) {
        const auto& units = r.dataset->vintage->units;
        const auto unit = data::CodeIndex(units, true, 0).find(q.why);
        if (!unit) throw Error(ErrorKind::Usage, "error.status.unit", {{"code", q.why}});
        if (!q.data.store.empty())
            r.why_reports = files::read_sources(q.data.store, r.dataset->vintage->id,
                                                units.code[unit->unit], q.period);
        r.why_unit = unit->unit;
        r.why = data::explain(*r.rule, inputs, unit->unit);
    }
    if (q.classification == Classification::Public && (r.why_unit || r.rule->score_sheet()))
        withhold_amounts(r, ctx);
    compare_rules(r, ground, guarded, language);
}

// The totals that a report prints, held against each other and against the communes.
void check_reported(StatusReport& r, base::JobContext& ctx) {
    const auto& q = r.request;
    if (q.reported.empty()) return;
    data::ReportedTotals totals;
    for (const auto& row : read_reported_totals(q.reported, r.findings, ctx)) {
        const auto known = row.code == "units" ? row.code : data::indicator_named(row.code, {});
        if (known.empty())
            report_unknown_code(q.reported, row, r.findings);
        else
            totals.value[known] = row.value;
    }
    totals.value.try_emplace("units", static_cast<double>(r.dataset->vintage->units.size()));
    data::check_totals(totals, r.findings);
    const auto compare = [&](const char* what, std::size_t counted) {
        const auto said = totals.get(what);
        if (!said || *said == static_cast<double>(counted)) return;
        base::Finding finding{base::Severity::Warning, "total_differs", {}, "", {}, "", {}};
        finding.args = {{"what", std::string(what)},
                        {"reported", *said},
                        {"counted", static_cast<double>(counted)}};
        finding.amount = *said - static_cast<double>(counted);
        r.findings.push_back(std::move(finding));
    };
    const auto drug = data::count_statuses(r.drug), other = data::count_statuses(r.prostitution);
    if (!r.drug.empty()) {
        compare("ST04", drug.hot_all());
        // Whether the report's "có tệ nạn" includes the hotspots is seen from its own sum.
        const bool inclusive =
            data::reading_of(totals.get("ST09").value_or(0), totals.get("ST07").value_or(0),
                             totals.get("ST04").value_or(0),
                             *totals.get("units")) == data::Reading::Inclusive;
        compare("ST07", inclusive ? drug.present_all() : drug.count(Status::Present));
        compare("ST09", drug.count(Status::None));
    }
    if (!r.prostitution.empty()) {
        compare("ST05", other.hot_all());
        compare("ST08", other.count(Status::None));
    }
    if (!r.drug.empty() && !r.prostitution.empty()) {
        std::size_t both = 0;
        for (std::size_t i = 0; i < r.drug.size(); ++i)
            both += r.drug[i] == Status::None && r.prostitution[i] == Status::None;
        compare("ST10", both);
    }
}

} // namespace

namespace {

void check_map(const StatusRequest& request) {
    if (request.map_out.empty()) return;
    check_map_file(request.map_out, request.page);
    if (request.voice == StatusVoice::Rule && request.rule.empty())
        throw Error(ErrorKind::Usage, "error.status.voice");
}

// Classes are no persons and are not masked; what a rule would give away of masked counts it has
// not told the report either.
void write_map(StatusReport& r, const Language& language, base::JobContext& ctx) {
    const auto& request = r.request;
    const auto page = status_page(r, language, ctx);
    note_output({r.dataset->request.store, "status"}, request.classification, {request.map_out},
                ctx);
    paint_map_files({.out = request.map_out}, {{page, request.map_out, {}}}, language, ctx);
    r.files.push_back(request.map_out);
}

} // namespace

StatusReport run(const StatusRequest& request, std::shared_ptr<const Dataset> dataset,
                 const Language& language, base::JobContext& ctx, const QuerySources* sources) {
    StatusReport r{dataset, request};
    if (request.keep && (request.data.store.empty() || request.rule.empty()))
        throw Error(ErrorKind::Usage, "error.status.keep");
    check_map(request);
    if (dataset->cube->periods.empty())
        throw Error(ErrorKind::Usage, "error.status.none", {{"file", dataset->title}});
    r.statuses = statuses_or_none(request, *dataset, ctx);
    r.findings = r.statuses.findings;
    if (r.request.period.year == 0) r.request.period = newest(r);
    require_period(r, r.request.period);
    r.drug = data::statuses_at(r.statuses.drug_counts, r.request.period);
    r.prostitution = data::statuses_at(r.statuses.prostitution_counts, r.request.period);
    r.drug_span = data::status_spans(r.statuses.drug_counts, r.request.period);
    r.prostitution_span = data::status_spans(r.statuses.prostitution_counts, r.request.period);
    report_claims(r, language);
    apply_rules(r, sources, language, ctx);
    check_reported(r, ctx);
    if (!request.out.empty())
        r.files = write_tables(request.out, workbook_of(r, language), request.classification, {},
                               language, {dataset->request.store, "status"}, ctx);
    if (!request.map_out.empty()) write_map(r, language, ctx);
    return r;
}

std::vector<std::string> to_flags(const StatusRequest& request) {
    Flags flags{"status"};
    add_flags(flags, request.data);
    add_flags(flags, request.across);
    add_flags(flags, request.statuses, request.domains);
    const auto text = [&](const char* flag, const std::string& value) {
        if (!value.empty()) flags.insert(flags.end(), {flag, value});
    };
    text("--year", data::to_string(request.period));
    text("--rule", request.rule);
    text("--compare-rule", request.compare_rule);
    text("--compare-year", data::to_string(request.compare_period));
    text("--why", request.why);
    text("--reported", request.reported.string());
    add_flags(flags, request.classification);
    text("--out", request.out.string());
    text("--map", request.map_out.string());
    if (request.voice) text("--voice", std::string(to_string(*request.voice)));
    add_flags(flags, request.page, request.dpi);
    add_flags(flags, request.lines);
    add_list(flags, "--hide-places", request.hidden_kinds);
    if (request.keep) flags.emplace_back("--keep");
    return flags;
}

} // namespace diaban::app
