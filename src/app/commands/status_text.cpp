// The report of `status` as JSON, text and tables.

#include "app/commands/json.hpp"
#include "app/commands/status.hpp"
#include "app/commands/status_nearest.hpp"
#include "app/view.hpp"
#include "base/text.hpp"
#include "files/sheets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {

files::Workbook workbook_of(const StatusReport& report, const Language& language);

namespace {

using data::Domain;
using data::Flag;
using data::Status;

const std::vector<Status>& of(const StatusReport& r, Domain domain) {
    return domain == Domain::Drug ? r.drug : r.prostitution;
}

// Domains with data, in their order.
std::vector<Domain> domains_of(const StatusReport& r) {
    std::vector<Domain> out;
    for (const auto domain : {Domain::Drug, Domain::Prostitution})
        if (!of(r, domain).empty()) out.push_back(domain);
    return out;
}

// A domain that nobody reported in the period is not known: whoever is healthy in the other one is
// not healthy in both.
Flag in_both(const StatusReport& r, std::size_t i, Flag (*what)(Status)) {
    auto flag = Flag::Yes;
    for (const auto domain : {Domain::Drug, Domain::Prostitution})
        flag = data::both(flag, of(r, domain).empty() ? Flag::Unknown : what(of(r, domain)[i]));
    return flag;
}
Flag healthy(const StatusReport& r, std::size_t i) {
    return in_both(r, i, data::healthy);
}
Flag hot_both(const StatusReport& r, std::size_t i) {
    return in_both(r, i, data::hotspot);
}

std::size_t count_of(const StatusReport& r, Flag (*what)(const StatusReport&, std::size_t),
                     Flag wanted) {
    if (domains_of(r).empty()) return 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < r.dataset->vintage->units.size(); ++i)
        count += what(r, i) == wanted;
    return count;
}

Json domain_json(const StatusReport& r, Domain domain) {
    const auto counts = data::count_statuses(of(r, domain));
    Json out{
        {"indicator", domain == Domain::Drug ? r.statuses.drug_id : r.statuses.prostitution_id}};
    for (const auto s : data::kAllStatuses) out[std::string(data::to_string(s))] = counts.count(s);
    out["hot_all"] = counts.hot_all();
    out["present_inclusive"] = counts.present_all();
    return out;
}

Json number_or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

// The indicators of the criterion `id`, also where it is one of several alternatives.
void add_indicators(const std::vector<data::Criterion>& criteria, const std::string& id,
                    std::vector<data::IndicatorId>& out) {
    for (const auto& one : criteria) {
        if (one.id == id) out.insert(out.end(), one.indicators.begin(), one.indicators.end());
        if (one.id == id && !one.denominator.empty()) out.push_back(one.denominator);
        add_indicators(one.any, id, out);
    }
}

Json reports_json(const StatusReport& r, const data::CriterionOutcome& c) {
    auto out = Json::array();
    for (const auto& id : indicators_behind(*r.rule, c)) {
        const auto found = r.why_reports.find(id);
        if (found == r.why_reports.end()) continue;
        const auto& source = found->second;
        out.push_back({{"indicator", id},
                       {"file", source.file},
                       {"sheet", source.sheet},
                       {"row", source.row > 0 ? Json(source.row) : Json()}});
    }
    return out;
}

const char* flag_word(Flag flag) {
    return flag == Flag::Yes ? "yes" : flag == Flag::No ? "no" : "unknown";
}

Json why_json(const StatusReport& r) {
    if (!r.why_unit) return {};
    const auto& units = r.dataset->vintage->units;
    Json out{{"code", units.code[*r.why_unit]},
             {"name", units.name[*r.why_unit]},
             {"status", data::to_string(r.why.status)},
             {"uncertain", r.why.uncertain},
             {"score", number_or_null(r.why.score)},
             {"classes", Json::array()},
             {"criteria", Json::array()}};
    for (const auto& c : r.why.classes)
        out["classes"].push_back({{"status", data::to_string(c.status)},
                                  {"met", flag_word(c.met)},
                                  {"at_least_of", c.least},
                                  {"yes", c.yes},
                                  {"unknown", c.unknown},
                                  {"of", c.of}});
    for (std::size_t k = 0; k < r.why.criteria.size(); ++k) {
        const auto& c = r.why.criteria[k];
        out["criteria"].push_back(
            {{"class", c.of_sheet ? Json(r.rule->sheet[c.class_index].id)
                                  : Json(data::to_string(r.rule->classes[c.class_index].status))},
             {"id", c.id},
             {"kind", data::to_string(c.kind)},
             {"vi", c.text_vi},
             {"en", c.text_en},
             {"met", flag_word(c.met)},
             {"entered", c.entered},
             {"value", number_or_null(c.value)},
             {"at_least", number_or_null(c.threshold)},
             {"below", number_or_null(c.below)},
             {"margin", number_or_null(c.margin)},
             {"masked", k < r.why_withheld.size() && r.why_withheld[k]},
             {"missing", c.missing},
             {"source", c.source},
             {"reports", reports_json(r, c)}});
    }
    return out;
}

std::string three_decimals(double value, const Language& language) {
    const auto rounded = std::round(value * 1000) / 1000;
    int decimals = 0;
    for (double v = std::fabs(rounded); decimals < 3 && std::fabs(v - std::round(v)) > 1e-9;
         v *= 10)
        ++decimals;
    return language.number(rounded, decimals);
}

std::string text_of(const data::CriterionOutcome& c, const Language& language) {
    return language.code() == "vi" || c.text_en.empty() ? c.text_vi : c.text_en;
}

double share(std::size_t part, std::size_t whole) {
    return whole
               ? std::round(10000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 100
               : 0;
}

files::Sheet summary_sheet(const StatusReport& r, const Language& language) {
    files::Sheet sheet{language.text("sheet.summary"),
                       {language.text("column.area"), language.text("column.units")},
                       {}};
    const auto domains = domains_of(r);
    for (const auto domain : domains)
        for (const auto s : data::kAllStatuses)
            sheet.header.push_back(domain_text(domain, language) + ": " + status_text(s, language));
    sheet.header.push_back(language.text("column.healthy"));
    sheet.header.push_back(language.text("column.healthy_share"));
    sheet.header.push_back(language.text("column.hot_both"));
    for (const auto& [name, members] : regions_of(*r.dataset, language)) {
        std::vector<files::SheetCell> row{name, static_cast<double>(members.size())};
        const auto count = [&members = members](auto test) {
            return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), test));
        };
        for (const auto domain : domains)
            for (const auto s : data::kAllStatuses)
                row.emplace_back(static_cast<double>(
                    count([&](std::size_t i) { return of(r, domain)[i] == s; })));
        const bool both = domains.size() == 2;
        add_healthy(row, count([&](std::size_t i) { return healthy(r, i) == Flag::Yes; }),
                    both ? count([&](std::size_t i) { return healthy(r, i) != Flag::Unknown; }) : 0,
                    members.size());
        const auto hot = count([&](std::size_t i) { return hot_both(r, i) == Flag::Yes; });
        row.push_back(both ? files::SheetCell(static_cast<double>(hot)) : files::SheetCell());
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

files::Sheet unit_sheet(const StatusReport& r, const Language& language) {
    files::Sheet sheet{language.text("sheet.units"),
                       {language.text("column.code"), language.text("column.name"),
                        language.text("column.district")},
                       {}};
    const auto domains = domains_of(r);
    for (const auto domain : domains) {
        const auto name = domain_text(domain, language);
        sheet.header.push_back(name);
        for (const char* column : {"column.since", "column.years_healthy", "column.years_hot"})
            sheet.header.push_back(name + ": " + language.text(column));
    }
    if (r.rule) {
        sheet.header.push_back(language.text("column.rule"));
        sheet.header.push_back(language.text("column.uncertain"));
        if (r.rule->score_sheet()) sheet.header.push_back(language.text("column.score"));
    }
    if (!r.changes.empty()) {
        sheet.header.push_back(language.text("column.compare_rule"));
        sheet.header.push_back(language.text("column.cause"));
    }
    const auto& units = r.dataset->vintage->units;
    for (std::size_t i = 0; i < units.size(); ++i) {
        std::vector<files::SheetCell> row{units.code[i], units.name[i],
                                          district_name(*r.dataset, i)};
        for (const auto domain : domains) {
            const auto& span = (domain == Domain::Drug ? r.drug_span : r.prostitution_span)[i];
            row.emplace_back(status_text(of(r, domain)[i], language));
            row.push_back(span.since ? files::SheetCell(data::to_string(*span.since))
                                     : files::SheetCell());
            row.emplace_back(static_cast<double>(span.healthy));
            row.emplace_back(static_cast<double>(span.hot));
        }
        if (r.rule) {
            row.emplace_back(status_text(r.result.status[i], language));
            row.emplace_back(r.result.uncertain[i] ? language.text("why.uncertain")
                                                   : std::string());
            if (r.rule->score_sheet())
                row.push_back(std::isnan(r.result.score[i]) ? files::SheetCell()
                                                            : files::SheetCell(r.result.score[i]));
        }
        if (!r.changes.empty()) {
            row.emplace_back(status_text(r.changes[i].after, language));
            row.emplace_back(
                language.text("cause." + std::string(data::to_string(r.changes[i].cause))));
        }
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Json claims_json(const StatusReport& r) {
    const auto& units = r.dataset->vintage->units;
    auto out = Json::array();
    for (const auto& c : r.claims) {
        Json one{{"code", units.code[c.unit]},
                 {"name", units.name[c.unit]},
                 {"domain", data::to_string(c.domain)},
                 {"counts", data::to_string(c.claims.effective()->status)},
                 {"differ", c.claims.disagree()}};
        const std::pair<const char*, const std::optional<data::StatusRecord>*> voices[] = {
            {"report", &c.claims.report},
            {"rule", &c.claims.rule},
            {"person", &c.claims.override_}};
        for (const auto& [key, voice] : voices) {
            if (!*voice) continue;
            const auto& v = **voice;
            one[key] = {{"status", data::to_string(v.status)}};
            // Points may be counts of persons.
            if (v.score && r.request.classification == Classification::Internal)
                one[key]["score"] = *v.score;
            if (v.recognised) one[key]["recognised"] = *v.recognised;
            if (!v.decision.empty()) one[key]["decision"] = v.decision;
            if (!v.rule.empty()) one[key]["rule"] = v.rule;
            if (!v.reason.empty()) one[key]["reason"] = v.reason;
            if (!v.author.empty()) one[key]["author"] = v.author;
        }
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace

std::vector<data::IndicatorId> indicators_behind(const data::Rule& rule,
                                                 const data::CriterionOutcome& outcome) {
    std::vector<data::IndicatorId> out;
    if (!outcome.of_sheet) {
        add_indicators(rule.classes[outcome.class_index].criteria, outcome.id, out);
        return out;
    }
    const auto& content = rule.sheet[outcome.class_index];
    for (const auto& c : content.criteria)
        if (content.id + "." + c.id == outcome.id) out.push_back(c.points);
    return out;
}

std::string reports_text(const std::vector<data::IndicatorId>& indicators,
                         const std::map<data::IndicatorId, files::CellSource>& reports,
                         const Language& language) {
    std::string text;
    for (const auto& id : indicators) {
        const auto found = reports.find(id);
        if (found == reports.end()) continue;
        const auto& source = found->second;
        text += (text.empty() ? "" : "; ") + id + ": " + source.file;
        if (!source.sheet.empty() && source.sheet != source.file) text += ", " + source.sheet;
        if (source.row > 0) text += ", " + language.text("ui.import.row", {{"row", source.row}});
    }
    return text;
}

std::string why_line(const data::CriterionOutcome& c, const Language& language, bool withheld) {
    auto line = c.id + ") " + text_of(c, language) + ": ";
    if (!c.entered) return line + language.text("why.not_entered");
    if (!c.missing.empty())
        return line + language.text("why.missing", {{"list", base::joined(c.missing)}});
    if (!c.threshold && !c.below)
        return line + language.text(std::string("why.") + flag_word(c.met));
    line += c.value ? three_decimals(*c.value, language)
                    : language.text(withheld ? "legend.suppressed" : "why.unknown");
    if (c.threshold)
        line += " · " +
                language.text("why.at_least", {{"value", three_decimals(*c.threshold, language)}});
    if (c.below)
        line += " · " + language.text("why.below", {{"value", three_decimals(*c.below, language)}});
    line += " · " + language.text(std::string("why.") + flag_word(c.met));
    if (c.margin)
        line += " (" +
                language.text(*c.margin < 0 ? "why.short" : "why.over",
                              {{"value", three_decimals(std::fabs(*c.margin), language)}}) +
                ")";
    return line;
}

files::Workbook workbook_of(const StatusReport& r, const Language& language) {
    files::Workbook book;
    book.title = language.text("statuses.title", {{"area", r.dataset->title},
                                                  {"period", data::to_string(r.request.period)}});
    book.language = language.code();
    book.decimal = language.numbers().decimal;
    book.notes = status_notes(*r.dataset, language);
    if (r.rule)
        book.notes.push_back(language.text(
            "statuses.rule_line", {{"rule", rule_called(*r.rule)}, {"version", r.rule->version}}));
    for (const auto& finding : r.findings) book.notes.push_back(language.text(finding));
    if (!domains_of(r).empty()) book.sheets.push_back(summary_sheet(r, language));
    book.sheets.push_back(unit_sheet(r, language));
    if (!r.nearest.empty()) book.sheets.push_back(nearest_sheet(r.nearest, *r.dataset, language));
    return book;
}

std::string to_json(const StatusReport& r, const Language& language) {
    const auto& units = r.dataset->vintage->units;
    Json out{{"period", data::to_string(r.request.period)}, {"units", units.size()}};
    for (const auto domain : domains_of(r))
        out[std::string(data::to_string(domain))] = domain_json(r, domain);
    const bool both = domains_of(r).size() == 2;
    out["healthy_both"] = both ? Json(count_of(r, healthy, Flag::Yes)) : Json();
    out["hot_both"] = both ? Json(count_of(r, hot_both, Flag::Yes)) : Json();
    out["unknown"] = count_of(r, healthy, Flag::Unknown);
    if (!r.drug.empty() && !r.prostitution.empty()) {
        const auto cross = data::status_matrix(r.drug, r.prostitution);
        out["cross"] = Json::array();
        for (const auto a : data::kAllStatuses)
            for (const auto b : data::kAllStatuses)
                if (const auto n =
                        cross.count[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)])
                    out["cross"].push_back({{"drug", data::to_string(a)},
                                            {"prostitution", data::to_string(b)},
                                            {"count", n}});
    }
    if (r.rule) {
        const auto counts = data::count_statuses(r.result.status);
        Json rule{{"id", r.rule->id},
                  {"version", r.rule->version},
                  {"document", r.rule->document},
                  {"domain", data::to_string(r.rule->domain)},
                  {"to_be_entered", data::to_be_entered(*r.rule)},
                  {"uncertain", r.result.uncertain_count},
                  {"disagreements", r.disagreements}};
        for (const auto s : data::kAllStatuses)
            rule["counts"][std::string(data::to_string(s))] = counts.count(s);
        if (r.kept)
            rule["kept"] = {{"added", r.kept->added},
                            {"revised", r.kept->revised},
                            {"removed", r.kept->removed},
                            {"unchanged", r.kept->unchanged}};
        out["rule"] = std::move(rule);
        out["nearest"] = nearest_json(r.nearest, *r.dataset);
        if (r.why_unit) out["why"] = why_json(r);
    }
    if (!r.claims.empty()) out["claims"] = claims_json(r);
    if (!r.changes.empty()) {
        out["changes"] = Json::array();
        for (std::size_t i = 0; i < r.changes.size(); ++i)
            if (const auto& c = r.changes[i]; c.cause != data::ChangeCause::None)
                out["changes"].push_back({{"code", units.code[i]},
                                          {"before", data::to_string(c.before)},
                                          {"data", data::to_string(c.data)},
                                          {"after", data::to_string(c.after)},
                                          {"cause", data::to_string(c.cause)}});
    }
    out["overrides"] = r.statuses.overrides.size();
    out["files"] = Json::array();
    for (const auto& file : r.files) out["files"].push_back(file.string());
    out["findings"] = findings_json(r.findings, language);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<std::string> why_lines(const StatusReport& r, const Language& language) {
    std::vector<std::string> lines;
    if (!r.why_unit) return lines;
    const auto& units = r.dataset->vintage->units;
    auto verdict = status_text(r.why.status, language);
    if (r.why.uncertain) verdict += " (" + language.text("why.uncertain") + ")";
    lines.push_back(units.code[*r.why_unit] + " " + units.name[*r.why_unit] + ": " + verdict);
    if (r.why.score) lines.push_back(language.text("why.score", {{"score", *r.why.score}}));
    std::optional<std::pair<bool, std::size_t>> at;
    for (std::size_t n = 0; n < r.why.criteria.size(); ++n) {
        const auto& c = r.why.criteria[n];
        if (at != std::pair(c.of_sheet, c.class_index)) {
            at = {c.of_sheet, c.class_index};
            if (c.of_sheet) {
                const auto& content = r.rule->sheet[c.class_index];
                lines.push_back(content.id + ". " +
                                (language.code() == "vi" || content.text_en.empty()
                                     ? content.text_vi
                                     : content.text_en));
            } else {
                const auto& k = r.why.classes[c.class_index];
                lines.push_back(
                    language.text("why.class", {{"class", status_text(k.status, language)},
                                                {"least", as_count(k.least)},
                                                {"of", as_count(k.of)},
                                                {"yes", as_count(k.yes)},
                                                {"unknown", as_count(k.unknown)}}));
            }
        }
        lines.push_back("  " +
                        why_line(c, language, n < r.why_withheld.size() && r.why_withheld[n]));
        const auto reports = reports_text(indicators_behind(*r.rule, c), r.why_reports, language);
        if (!reports.empty()) lines.push_back("      " + reports);
    }
    return lines;
}

namespace {

// "changed by the rule: 2" and which communes, from what to what.
std::string changes_text(const StatusReport& r, data::ChangeCause cause, const Language& language) {
    constexpr std::size_t kShown = 20;
    const auto& units = r.dataset->vintage->units;
    std::string list;
    std::size_t count = 0;
    for (std::size_t i = 0; i < r.changes.size(); ++i) {
        const auto& change = r.changes[i];
        if (change.cause != cause || count++ >= kShown) continue;
        list += "    " + units.code[i] + " " + units.name[i] + ": " +
                status_text(change.before, language) + " → " + status_text(change.after, language) +
                "\n";
    }
    if (count > kShown)
        list += "    " + language.text("report.more_names", {{"count", as_count(count - kShown)}}) +
                "\n";
    return "  " + language.text("cause." + std::string(data::to_string(cause))) + ": " +
           language.count(count) + "\n" + list;
}

} // namespace

std::string to_text(const StatusReport& r, const Language& language) {
    Lines lines(language);
    lines.raw(language.text("statuses.title", {{"area", r.dataset->title},
                                               {"period", data::to_string(r.request.period)}}) +
              "\n");
    const auto list = [&](const data::StatusCounts& counts) {
        for (const auto s : data::kAllStatuses)
            if (counts.count(s) > 0 || s == Status::None || s == Status::Present ||
                s == Status::Hot)
                lines.raw("  " + status_text(s, language) + ": " + language.count(counts.count(s)) +
                          "\n");
    };
    if (domains_of(r).empty() && !r.rule) lines.raw(language.text("statuses.none_reported") + "\n");
    for (const auto domain : domains_of(r)) {
        lines.raw(domain_text(domain, language) + "\n");
        list(data::count_statuses(of(r, domain)));
    }
    if (domains_of(r).size() == 2) {
        const auto well = count_of(r, healthy, Flag::Yes);
        const auto units = r.dataset->vintage->units.size();
        lines.raw(
            language.text("statuses.both", {{"count", as_count(well)},
                                            {"units", as_count(units)},
                                            {"share", language.number(share(well, units), 2)},
                                            {"hot", as_count(count_of(r, hot_both, Flag::Yes))}}) +
            "\n");
    }
    if (r.rule) {
        lines.raw(language.text("statuses.rule_line",
                                {{"rule", rule_called(*r.rule)}, {"version", r.rule->version}}) +
                  "\n");
        list(data::count_statuses(r.result.status));
        if (r.result.uncertain_count)
            lines.raw("  " +
                      language.text("statuses.uncertain",
                                    {{"count", as_count(r.result.uncertain_count)}}) +
                      "\n");
        lines.raw(nearest_text(r.nearest, *r.dataset, language));
    }
    if (r.kept)
        lines.raw("  " +
                  language.text("statuses.kept", {{"added", as_count(r.kept->added)},
                                                  {"revised", as_count(r.kept->revised)},
                                                  {"removed", as_count(r.kept->removed)}}) +
                  "\n");
    if (!r.claims.empty())
        lines.raw(language.text("statuses.claims", {{"count", as_count(r.claims.size())},
                                                    {"differ", as_count(r.claims_differ)}}) +
                  "\n");
    for (const auto cause :
         {data::ChangeCause::Rule, data::ChangeCause::Data, data::ChangeCause::Both})
        if (!r.changes.empty()) lines.raw(changes_text(r, cause, language));
    for (const auto& line : why_lines(r, language)) lines.raw(line + "\n");
    lines.raw(findings_text(r.findings, language));
    return lines.take();
}

std::vector<std::pair<std::string, std::vector<std::size_t>>> regions_of(const Dataset& dataset,
                                                                         const Language& language) {
    const auto& units = dataset.vintage->units;
    const auto level =
        units.has_level(data::Level::District) ? data::Level::District : data::Level::Province;
    const auto l = static_cast<std::size_t>(level);
    std::vector<std::pair<std::string, std::vector<std::size_t>>> out;
    for (const auto& group : units.groups[l])
        out.emplace_back(group.name.empty() ? group.code : group.name, std::vector<std::size_t>{});
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < units.size(); ++i) {
        all.push_back(i);
        if (i < units.parent[l].size() && units.parent[l][i] < out.size())
            out[units.parent[l][i]].second.push_back(i);
    }
    out.emplace_back(language.text("column.all"), std::move(all));
    return out;
}

void add_healthy(std::vector<files::SheetCell>& row, std::size_t healthy, std::size_t known,
                 std::size_t units) {
    if (known == 0) {
        row.resize(row.size() + 2);
        return;
    }
    row.emplace_back(static_cast<double>(healthy));
    row.emplace_back(share(healthy, units));
}

const std::string& rule_called(const data::Rule& rule) {
    return rule.document.empty() ? rule.id : rule.document;
}

std::string domain_text(Domain domain, const Language& language) {
    return language.text("domain." + std::string(data::to_string(domain)));
}

std::string status_text(Status status, const Language& language) {
    return category_text(std::string(data::to_string(status)), language);
}

std::vector<std::string> status_notes(const Dataset& dataset, const Language& language) {
    std::vector<std::string> notes{
        language.text("page.source", {{"source", source_names(dataset, false)}})};
    if (!dataset.vintage->id.empty())
        notes.push_back(language.text("page.vintage", {{"vintage", dataset.vintage->id}}));
    notes.push_back(language.text("page.recorded"));
    if (dataset.sample) notes.push_back(language.text("page.sample_notice"));
    return notes;
}

} // namespace diaban::app
