#include "app/commands/store_records.hpp"

#include "app/cell_words.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/status.hpp"
#include "app/identify.hpp"
#include "app/import.hpp"
#include "app/plan_file.hpp"
#include "app/rule_file.hpp"
#include "app/stored_codes.hpp"
#include "app/stored_plans.hpp"
#include "app/timestamp.hpp"
#include "app/view.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "data/code_index.hpp"
#include "files/store.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
constexpr std::array<std::string_view, 3> kActions{"list", "add", "remove"};

void list_names(RecordsReport& report, const std::filesystem::path& store) {
    report.keys = {"name", "district", "province", "code", "decision"};
    for (const auto& d : files::read_name_decisions(store))
        report.rows.push_back({d.alias.name, d.alias.district, d.alias.province, d.alias.code,
                               d.approved ? "yes" : "no"});
}

std::vector<files::NameDecision> decisions_of(const AliasRequest& request, base::JobContext& ctx) {
    if (!request.file.empty()) {
        auto read = read_decisions(request.file, ctx);
        if (request.refuse)
            for (auto& decision : read) decision.approved = false;
        return read;
    }
    if (request.name.empty()) require_flag("--name");
    if (request.code.empty()) require_flag("--unit");
    return {{{request.name, request.district, request.province, request.code}, !request.refuse}};
}

// Codes that no vintage has are most likely misspelt.
void require_codes(const std::filesystem::path& store,
                   const std::vector<files::NameDecision>& decisions) {
    const auto known = stored_codes(store);
    for (const auto& decision : decisions) require_stored_code(store, decision.alias.code, known);
}

std::string span_of(const std::string& from, const std::string& until) {
    return (from.empty() ? "…" : from) + " – " + (until.empty() ? "…" : until);
}

// Nobody asked for internal numbers: of an internal plan only its size is told.
void list_patrols(RecordsReport& report, const std::filesystem::path& store) {
    report.keys = {"name",     "kind",    "at",  "classification", "bases", "teams",
                   "communes", "stopped", "text"};
    std::map<std::string, std::string> made_at;
    for (const auto& kept : files::read_patrols(store)) made_at[kept.name] = kept.made_at;
    for (const auto& plan : plans_kept({}, store)) {
        const auto groups_of = [&](PatrolKind kind) {
            return plan.request.kind == kind ? std::to_string(plan.bases.size()) : std::string();
        };
        std::set<std::string_view> communes;
        for (const auto& part : plan.parts) communes.insert(part.code);
        const bool told = tells_values(plan, Classification::Public);
        report.rows.push_back({plan.name, std::string(to_string(plan.request.kind)),
                               made_at[plan.name], told ? "public" : "internal",
                               groups_of(PatrolKind::Cover), groups_of(PatrolKind::Sectors),
                               std::to_string(communes.size()), plan.stopped ? "yes" : "no",
                               told && !plan.sentences.empty() ? plan.sentences.front() : ""});
    }
}

void list_documents(RecordsReport& report, const DocumentRequest& request) {
    if (request.kind == DocumentRequest::Kind::Rule) {
        report.keys = {"id", "version", "domain", "text", "document", "valid"};
        for (const auto& r : files::read_rules(request.store))
            report.rows.push_back(
                {r.id, r.version, r.domain, r.title, r.document, span_of(r.from, r.until)});
    } else if (request.kind == DocumentRequest::Kind::Patrol) {
        list_patrols(report, request.store);
    } else {
        report.keys = {"id", "text", "area", "document", "valid", "targets"};
        for (const auto& p : files::read_plans(request.store))
            report.rows.push_back({p.id, p.title, p.area, p.source, span_of(p.from, p.until),
                                   std::to_string(parse_plan(p.content, p.id).targets.size())});
    }
}

// "id@version" -> id, version.
std::pair<std::string, std::string> with_version(const std::string& what) {
    const auto at = what.rfind('@');
    if (at == std::string::npos) return {what, ""};
    return {what.substr(0, at), what.substr(at + 1)};
}

void write_back(RecordsReport& report, const DocumentRequest& request) {
    if (request.out.empty()) return;
    if (request.what.empty()) require_flag("what");
    if (request.kind == DocumentRequest::Kind::Patrol)
        throw Error(ErrorKind::Usage, "error.patrol.store_only", {{"name", request.what}});
    const auto content = request.kind == DocumentRequest::Kind::Rule
                             ? rule_json(rule_named(request.what, request.store))
                             : stored_plan_text(request.what, request.store);
    base::write_file(request.out, content);
    report.file = request.out;
}

RecordsReport patrols(const DocumentRequest& request, base::JobContext& ctx) {
    RecordsReport report{.kind = "patrol"};
    if (request.action == RecordAction::Add)
        throw Error(ErrorKind::Usage, "error.patrol.store_only",
                    {{"name", request.what.empty() ? "…" : request.what}});
    if (request.action == RecordAction::Remove) {
        if (request.what.empty()) require_flag("what");
        report.removed = files::remove_patrol(request.store, request.what, ctx);
        require_removed(report.removed, request.what, request.store);
    }
    list_documents(report, request);
    write_back(report, request);
    return report;
}

// The overrides that a request means: one by its flags, or those of a file.
std::vector<data::StatusRecord> records_of(const OverrideRequest& request,
                                           const data::UnitTable& units, base::Findings& findings,
                                           base::JobContext& ctx) {
    if (!request.file.empty()) return read_overrides(request.file, units, findings, ctx);
    if (request.code.empty()) require_flag("--unit");
    if (request.period.year == 0) require_flag("--year");
    if (request.domain == Domains::Both) require_flag("--domain");
    const data::CodeIndex index(units, true, 0);
    const auto unit = index.find(request.code);
    if (!unit) throw Error(ErrorKind::Usage, "error.status.unit", {{"code", request.code}});
    data::StatusRecord record;
    record.unit = unit->unit;
    record.period = request.period;
    record.domain =
        request.domain == Domains::Drug ? data::Domain::Drug : data::Domain::Prostitution;
    record.source = data::StatusSource::Override;
    record.reason = request.reason;
    record.author = request.author;
    if (request.action == RecordAction::Remove) return {record};
    if (request.reason.empty()) require_flag("--reason");
    if (request.author.empty()) require_flag("--author");
    const auto status = data::status_code(request.status);
    if (!status)
        throw Error(ErrorKind::Usage, "error.flag.bad_value",
                    {{"flag", "--status"},
                     {"value", request.status},
                     {"expected", "none | present | hot | hot1 | hot2 | hot3 | unknown"}});
    record.status = *data::parse_status(*status);
    return {record};
}

void list_overrides(RecordsReport& report, const std::filesystem::path& store,
                    const std::string& vintage, const data::UnitTable& units) {
    report.keys = {"code",     "name", "period", "domain", "status",
                   "reported", "rule", "reason", "author"};
    const auto text = [](const std::optional<data::StatusRecord>& record) {
        return record ? std::string(data::to_string(record->status)) : std::string();
    };
    for (const auto& c : files::read_claims(store, vintage)) {
        if (!c.claims.override_) continue;
        const auto& o = *c.claims.override_;
        report.rows.push_back({units.code[c.unit], units.name[c.unit], data::to_string(c.period),
                               std::string(data::to_string(c.domain)), text(c.claims.override_),
                               text(c.claims.report), text(c.claims.rule), o.reason, o.author});
    }
}

} // namespace

std::string_view to_string(RecordAction action) {
    return kActions[static_cast<std::size_t>(action)];
}

std::optional<RecordAction> parse_action(std::string_view text) {
    for (std::size_t i = 0; i < kActions.size(); ++i)
        if (kActions[i] == text) return static_cast<RecordAction>(i);
    return std::nullopt;
}

RecordsReport run(const AliasRequest& request, base::JobContext& ctx) {
    RecordsReport report{.kind = "alias"};
    if (request.action == RecordAction::Add) {
        const auto decisions = decisions_of(request, ctx);
        require_codes(request.store, decisions);
        report.added = files::add_name_decisions(request.store, decisions, now_utc(), ctx);
    } else if (request.action == RecordAction::Remove) {
        if (request.name.empty()) require_flag("--name");
        report.removed = files::remove_names(request.store, request.name, request.district,
                                             request.province, ctx);
        require_removed(report.removed, request.name, request.store);
    }
    list_names(report, request.store);
    return report;
}

RecordsReport run(const DocumentRequest& request, const Language& language, base::JobContext& ctx) {
    if (request.kind == DocumentRequest::Kind::Patrol) return patrols(request, ctx);
    const bool rule = request.kind == DocumentRequest::Kind::Rule;
    RecordsReport report{.kind = rule ? "rule" : "plan"};
    if (request.action != RecordAction::List && request.what.empty()) require_flag("what");
    if (request.action == RecordAction::Add && rule) {
        const auto added = rule_named(request.what, {});
        report.added = files::add_rule(request.store, stored_rule(added, language), ctx);
    } else if (request.action == RecordAction::Add) {
        report.added = files::add_plan(request.store, stored_plan(request.what, language), ctx);
    } else if (request.action == RecordAction::Remove) {
        const auto [id, version] = with_version(request.what);
        report.removed = rule ? files::remove_rule(request.store, id, version, ctx)
                              : files::remove_plan(request.store, id, ctx);
        require_removed(report.removed, request.what, request.store);
    }
    list_documents(report, request);
    write_back(report, request);
    return report;
}

RecordsReport run(const OverrideRequest& request, base::JobContext& ctx) {
    RecordsReport report{.kind = "override"};
    const files::Store store(request.store);
    if (store.info().vintages.empty())
        throw Error(ErrorKind::Data, "error.store.no_vintage",
                    {{"file", request.store.filename().string()}});
    const auto vintage = request.vintage.empty() ? store.info().vintages.front() : request.vintage;
    const auto units = store.read_units(vintage);
    if (request.action != RecordAction::List) {
        const auto records = records_of(request, units, report.findings, ctx);
        const auto changes =
            request.action == RecordAction::Add
                ? files::put_overrides(request.store, vintage, records, now_utc(), ctx)
                : files::remove_overrides(request.store, vintage, records, now_utc(), ctx);
        report.added = changes.added;
        report.revised = changes.revised;
        report.removed = changes.removed;
        if (request.action == RecordAction::Remove)
            require_removed(report.removed,
                            request.file.empty()
                                ? request.code + " " + data::to_string(request.period)
                                : request.file.filename().string(),
                            request.store);
    }
    list_overrides(report, request.store, vintage, units);
    return report;
}

namespace {

// "-12.5" as the language writes it; anything else as it is.
std::string number_words(std::string text, const Language& language) {
    if (base::parse_number(text, {'.', '\0'}))
        std::replace(text.begin(), text.end(), '.', language.numbers().decimal);
    return text;
}

// A value of a cell of the store, before or after it was changed.
std::string held_words(const std::string& text, const Language& language) {
    for (const auto cell : {data::Cell::Missing, data::Cell::Suppressed, data::Cell::NotApplicable,
                            data::Cell::NotExisting})
        if (text == state_word(cell)) return empty_words(cell, language);
    return number_words(category_text(text, language), language);
}

std::string status_words(const std::string& text, const Language& language) {
    const auto status = data::parse_status(text);
    return status ? status_text(*status, language) : text;
}

// Of a JSON object, as the store keeps them.
std::vector<data::Attribute> attributes_in(const std::string& text) {
    std::vector<data::Attribute> out;
    const auto object = Json::parse(text, nullptr, false);
    if (!object.is_object()) return out;
    for (const auto& [name, value] : object.items())
        out.push_back(
            {name, value.is_string() ? value.get<std::string>() : value.dump(), value.is_number()});
    return out;
}

} // namespace

std::string cell_text(const RecordsReport& report, std::size_t row, std::size_t column,
                      const Language& language) {
    const std::string& key = report.keys[column];
    const std::string& text = report.rows[row][column];
    if (text.empty()) return text;
    if (report.kind == "places" && key == "kind") return place_kind_text(text, language);
    if (key == "shape") return language.text("record.shape." + text);
    if (key == "attributes") return attribute_words(attributes_in(text), language);
    if (report.kind == "override" && (key == "status" || key == "reported" || key == "rule"))
        return status_words(text, language);
    if (report.kind == "history" && (key == "before" || key == "after"))
        return held_words(text, language);
    if (key == "domain")
        for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution})
            if (text == data::to_string(domain)) return domain_text(domain, language);
    if (key == "decision" || key == "stopped")
        return language.text(text == "yes" ? "record.yes" : "record.no");
    if (key == "classification") return language.text("record." + text);
    if (key == "basis") return language.text("record.basis." + text);
    return holds_numbers(key) ? number_words(text, language) : text;
}

bool holds_numbers(const std::string& column_key) {
    static constexpr std::array<std::string_view, 14> kNumbers{
        "units",   "pairs",   "incomplete", "targets", "rows",  "added", "revised",
        "removed", "flipped", "lon",        "lat",     "bases", "teams", "communes"};
    return std::find(kNumbers.begin(), kNumbers.end(), column_key) != kNumbers.end();
}

std::string to_json(const RecordsReport& report, const Language& language) {
    Json out{{"kind", report.kind},
             {"added", report.added},
             {"revised", report.revised},
             {"removed", report.removed}};
    out["rows"] = Json::array();
    for (const auto& row : report.rows) {
        Json one = Json::object();
        for (std::size_t k = 0; k < report.keys.size(); ++k)
            one[report.keys[k]] =
                report.keys[k] == "attributes" ? Json::parse(row[k]) : Json(row[k]);
        out["rows"].push_back(std::move(one));
    }
    out["findings"] = findings_json(report.findings, language);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const RecordsReport& report, const Language& language) {
    Lines lines(language);
    if (report.added) lines.add("report.added", report.added);
    if (report.revised) lines.add("report.revised", report.revised);
    if (report.removed) lines.add("report.removed", report.removed);
    std::string head;
    for (const auto& key : report.keys)
        head += (head.empty() ? "" : " | ") + language.text("column." + key);
    lines.raw(head + "\n");
    const auto total = report.rows.size();
    const auto shown = report.most_shown == 0 ? total : std::min(total, report.most_shown);
    for (std::size_t r = 0; r < shown; ++r) {
        std::string line;
        for (std::size_t k = 0; k < report.rows[r].size(); ++k)
            line += (k ? " | " : "") + cell_text(report, r, k, language);
        lines.raw(line + "\n");
    }
    if (shown < total)
        lines.raw(
            language.text("records.more", {{"count", static_cast<std::int64_t>(total - shown)}}) +
            "\n");
    if (report.rows.empty()) lines.raw(language.text("records.none") + "\n");
    return lines.raw(findings_text(report.findings, language)).take();
}

std::vector<std::string> to_flags(const AliasRequest& r) {
    Flags flags{"store", "alias", std::string(to_string(r.action)), r.store.string()};
    add_flag(flags, "--name", r.name);
    add_flag(flags, "--district", r.district);
    add_flag(flags, "--province", r.province);
    add_flag(flags, "--unit", r.code);
    add_flag(flags, "--file", r.file.string());
    if (r.refuse) flags.emplace_back("--refuse");
    return flags;
}

std::vector<std::string> to_flags(const DocumentRequest& r) {
    constexpr std::array kKinds{"rule", "plan", "patrol"};
    Flags flags{"store", kKinds[static_cast<std::size_t>(r.kind)], std::string(to_string(r.action)),
                r.store.string()};
    if (!r.what.empty()) flags.push_back(r.what);
    add_flag(flags, "--out", r.out.string());
    return flags;
}

std::vector<std::string> to_flags(const OverrideRequest& r) {
    Flags flags{"store", "override", std::string(to_string(r.action)), r.store.string()};
    add_flag(flags, "--vintage", r.vintage);
    add_flag(flags, "--unit", r.code);
    add_flag(flags, "--year", data::to_string(r.period));
    if (r.domain != Domains::Drug) add_flag(flags, "--domain", std::string(to_string(r.domain)));
    add_flag(flags, "--status", r.status);
    add_flag(flags, "--reason", r.reason);
    add_flag(flags, "--author", r.author);
    add_flag(flags, "--file", r.file.string());
    return flags;
}

} // namespace diaban::app
