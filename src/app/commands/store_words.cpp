// What the store's commands print, and their flags.

#include "app/cell_words.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/store.hpp"
#include "app/import_profile.hpp"
#include "base/number.hpp"

#include <cmath>

#include <fmt/format.h>

namespace diaban::app {
namespace {

std::string dumped(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json number_or_null(double value) {
    return std::isnan(value) ? Json() : Json(value);
}

Json columns_json(const data::SheetPlan& plan) {
    auto out = Json::array();
    for (const auto& column : plan.columns) {
        if (column.header.empty()) continue;
        Json one{{"header", column.header}, {"role", data::to_string(column.role)}};
        if (!column.indicator.empty()) one["indicator"] = column.indicator;
        if (column.period) one["period"] = data::to_string(*column.period);
        if (!column.part.empty()) one["part"] = column.part;
        if (column.measure) one["measure"] = column.measure->written;
        if (column.factor != 1) one["factor"] = column.factor;
        if (!column.other_period.empty()) one["other_period"] = column.other_period;
        if (!column.nearest.empty()) one["nearest"] = column.nearest;
        out.push_back(std::move(one));
    }
    return out;
}

Json sheet_json(const data::SheetImport& sheet, const ImportReport& report) {
    const auto& plan = sheet.plan;
    Json out{{"sheet", plan.sheet},
             {"header_row", plan.header_row},
             {"header_rows", plan.header_rows},
             {"first_data_row", plan.first_data_row},
             {"period", plan.period ? data::to_string(*plan.period) : ""},
             {"as_of", plan.as_of},
             {"cumulative", plan.cumulative},
             {"agency", plan.agency},
             {"other_period", plan.other_period},
             {"measure", plan.measure ? plan.measure->written : std::string()},
             {"columns", columns_json(plan)},
             {"rows", sheet.rows},
             {"unit_rows", sheet.unit_rows},
             {"totals", sheet.totals},
             {"wrong_totals", sheet.wrong_totals},
             {"duplicate_rows", sheet.duplicate_rows},
             {"observations", sheet.observations()}};
    out["unmatched_rows"] = Json::array();
    for (const auto& row : sheet.unmatched) {
        Json one{{"row", row.row}, {"code", row.key.code}, {"name", row.key.name}};
        one["candidates"] = Json::array();
        for (const auto unit : row.candidates) one["candidates"].push_back(report.unit_codes[unit]);
        out["unmatched_rows"].push_back(std::move(one));
    }
    out["missing_units"] = Json::array();
    for (const auto unit : sheet.missing_units)
        out["missing_units"].push_back(report.unit_codes[unit]);
    return out;
}

Json changes_json(const files::ImportChanges& changes) {
    Json out{{"added", changes.added},        {"revised", changes.revised},
             {"removed", changes.removed},    {"unchanged", changes.unchanged},
             {"flipped", changes.flipped},    {"imported_before", changes.imported_before},
             {"names", changes.names},        {"recognitions", changes.recognitions},
             {"kept", changes.kept_values()}, {"backup", changes.backup.string()}};
    out["cells"] = Json::array();
    for (const auto& change : changes.changes)
        out["cells"].push_back(
            {{"kind", change.kind == files::CellChange::Kind::Revised ? "revised" : "removed"},
             {"unit", change.unit},
             {"indicator", change.indicator},
             {"period", data::to_string(change.period)},
             {"part", change.part},
             {"before", number_or_null(change.before)},
             {"after", number_or_null(change.after)},
             {"sheet", change.sheet},
             {"row", change.row}});
    return out;
}

Json suggestions_json(const ImportReport& report) {
    auto out = Json::array();
    for (const auto& s : report.suggestions) {
        Json one{{"number", s.number}, {"sheet", s.sheet},           {"row", s.row},
                 {"rows", s.rows},     {"name", s.key.name},         {"district", s.key.district},
                 {"clear", s.clear},   {"candidates", Json::array()}};
        for (const auto unit : s.candidates)
            one["candidates"].push_back(
                {{"code", report.unit_codes[unit]}, {"name", report.unit_names[unit]}});
        one["decision"] = s.decision ? Json(*s.decision ? "yes" : "no") : Json();
        out.push_back(std::move(one));
    }
    return out;
}

std::string suggestions_text(const ImportReport& report, const Language& language) {
    constexpr std::size_t kShown = 20;
    std::string out;
    for (std::size_t i = 0; i < std::min(report.suggestions.size(), kShown); ++i) {
        const auto& s = report.suggestions[i];
        std::string units;
        for (const auto unit : s.candidates)
            units += (units.empty() ? "" : ", ") + report.unit_names[unit] + " (" +
                     report.unit_codes[unit] + ")";
        const char* mark = !s.decision ? "?" : *s.decision ? "=" : "≠";
        out += "  " + std::to_string(s.number) + ". " + s.key.name +
               (s.key.district.empty() ? "" : ", " + s.key.district) + " " + mark + " " + units +
               "\n";
    }
    if (report.suggestions.size() > kShown)
        out += "  " +
               language.text("report.more_names",
                             {{"count", as_count(report.suggestions.size() - kShown)}}) +
               "\n";
    return out;
}

// "Người nghiện có hồ sơ → DR01 2010", a line per column.
std::string columns_text(const data::SheetPlan& plan, const Language& language) {
    std::string out;
    for (const auto& column : plan.columns) {
        if (column.header.empty()) continue;
        out += "    " + column.header + " → " +
               language.text(fmt::format("import.role.{}", data::to_string(column.role)));
        if (!column.indicator.empty()) out += " " + column.indicator;
        if (column.period) out += " " + data::to_string(*column.period);
        if (!column.part.empty()) out += " (" + column.part + ")";
        if (column.factor != 1)
            out += " " +
                   language.text("import.times", {{"factor", base::format_exact(column.factor)}});
        out += "\n";
    }
    return out;
}

} // namespace

std::string to_json(const StoreInitReport& report, const Language& language) {
    return dumped({{"store", report.store.string()},
                   {"vintage", report.vintage},
                   {"units", report.units},
                   {"findings", findings_json(report.findings, language)}});
}

std::string to_text(const StoreInitReport& report, const Language& language) {
    Lines lines(language);
    lines.add("report.store", report.store.string())
        .add("report.vintage", report.vintage)
        .add("report.units", report.units)
        .add("report.findings", report.findings.size());
    return lines.raw(findings_text(report.findings, language)).take();
}

std::string to_json(const ImportReport& report, const Language& language) {
    Json out{{"file", report.delivery.file},
             {"store", report.request.store.string()},
             {"vintage", report.delivery.vintage},
             {"dry_run", report.request.dry_run},
             {"written", report.written},
             {"encoding", report.encoding},
             {"rows", report.rows()},
             {"unit_rows", report.unit_rows()}};
    out["sheets"] = Json::array();
    for (const auto& sheet : report.delivery.sheets)
        out["sheets"].push_back(sheet_json(sheet, report));
    out["suggestions"] = suggestions_json(report);
    out["unknown_numbers"] = report.unknown_numbers;
    out["changes"] = changes_json(report.changes);
    out["findings"] = findings_json(report.findings, language);
    return dumped(out);
}

const char* said_of(const ImportReport& report) {
    const auto& changes = report.changes;
    if (report.request.dry_run) return "said.import_preview";
    if (report.written) return "said.import_written";
    return changes.unchanged == 0 ? "said.import_nothing" : "said.import_same";
}

std::string to_text(const ImportReport& report, const Language& language) {
    Lines lines(language);
    const auto& changes = report.changes;
    lines.add("report.file", report.delivery.file).add("report.vintage", report.delivery.vintage);
    if (!report.encoding.empty()) lines.add("report.encoding", report.encoding);
    for (const auto& sheet : report.delivery.sheets) {
        const auto& plan = sheet.plan;
        if (!plan.sheet.empty()) lines.add("report.sheet", plan.sheet);
        if (plan.period) lines.add("report.period", data::to_string(*plan.period));
        if (!plan.as_of.empty()) lines.add("report.as_of", plan.as_of);
        if (!plan.agency.empty()) lines.add("report.agency", plan.agency);
        lines.add("report.header_row", std::size_t{plan.header_row});
        lines.raw(columns_text(plan, language));
        lines.add("report.rows", sheet.rows)
            .add("report.matched_rows", sheet.unit_rows)
            .add("report.unmatched_rows", sheet.unmatched.size())
            .add("report.unmatched_units", sheet.missing_units.size())
            .add("report.duplicate_rows", sheet.duplicate_rows.size())
            .add("report.totals", sheet.totals)
            .add("report.observations", sheet.observations());
    }
    if (!report.suggestions.empty()) {
        lines.add("report.suggestions", report.suggestions.size());
        lines.raw(suggestions_text(report, language));
        lines.raw(language.text("said.names_how") + "\n");
    }
    lines.add("report.findings", report.findings.size());
    lines.raw(findings_text(report.findings, language));
    if (changes.names) lines.add("report.names_decided", changes.names);
    if (changes.recognitions) lines.add("report.recognitions", changes.recognitions);
    lines.add("report.added", changes.added)
        .add("report.revised", changes.revised)
        .add("report.flipped", changes.flipped)
        .add("report.removed", changes.removed)
        .add("report.unchanged", changes.unchanged);
    if (const auto kept = changes.kept_values(); kept > 0) lines.add("report.kept", kept);
    if (!changes.imported_before.empty())
        lines.add("report.imported_before", changes.imported_before);
    if (!changes.backup.empty()) lines.add("report.backup", changes.backup.string());
    lines.raw(language.text(said_of(report)) + "\n");
    return lines.take();
}

std::string to_json(const files::StoreList& list) {
    Json out{{"schema_version", list.version}, {"title", list.title}};
    for (const auto* key : {"vintages", "indicators", "imports", "areas"}) out[key] = Json::array();
    for (const auto& v : list.vintages)
        out["vintages"].push_back(
            {{"id", v.id}, {"from", v.from}, {"until", v.until}, {"units", v.units}});
    for (const auto& i : list.indicators)
        out["indicators"].push_back({{"code", i.indicator},
                                     {"name_vi", i.name_vi},
                                     {"name_en", i.name_en},
                                     {"observations", i.observations},
                                     {"first", data::to_string(i.first)},
                                     {"last", data::to_string(i.last)}});
    for (const auto& i : list.imports)
        out["imports"].push_back({{"id", i.id},
                                  {"imported_at", i.imported_at},
                                  {"file", i.file},
                                  {"rows", i.rows},
                                  {"added", i.added},
                                  {"revised", i.revised},
                                  {"removed", i.removed},
                                  {"flipped", i.flipped}});
    for (const auto& a : list.areas)
        out["areas"].push_back({{"level", a.level},
                                {"code", a.code},
                                {"name", a.name},
                                {"indicator", a.indicator},
                                {"period", data::to_string(a.period)},
                                {"part", a.part},
                                {"state", state_word(a.state)},
                                {"value", number_or_null(a.value)},
                                {"file", a.file},
                                {"sheet", a.sheet},
                                {"row", a.row},
                                {"agency", a.agency},
                                {"as_of", a.as_of}});
    out["tables"] = Json::object();
    for (const auto& [table, rows] : list.tables) out["tables"][table] = rows;
    out["profiles"] = list.profiles;
    return dumped(out);
}

std::string to_text(const files::StoreList& list, const Language& language) {
    Lines lines(language);
    lines.add("report.title", list.title).add("report.schema", std::to_string(list.version));
    for (const auto& v : list.vintages)
        lines.add("report.vintage",
                  language.text("report.vintage_line",
                                {{"id", v.id},
                                 {"units", static_cast<std::int64_t>(v.units)},
                                 {"from", v.from.empty() ? std::string("…") : v.from},
                                 {"until", v.until.empty() ? std::string("…") : v.until}}));
    for (const auto& i : list.indicators) {
        auto line = "  " + i.indicator + "  " + (language.code() == "vi" ? i.name_vi : i.name_en) +
                    ": " + language.count(i.observations);
        if (i.observations > 0)
            line += "  (" + data::to_string(i.first) + " – " + data::to_string(i.last) + ")";
        lines.raw(line + "\n");
    }
    if (!list.areas.empty()) lines.add("report.area_numbers", list.areas.size());
    for (const auto& [table, rows] : list.tables)
        if (rows > 0)
            lines.add(fmt::format("report.store_table.{}", table), static_cast<std::size_t>(rows));
    for (const auto& i : list.imports)
        lines.raw("  " +
                  language.text("report.import_line", {{"time", i.imported_at},
                                                       {"file", i.file},
                                                       {"added", i.added},
                                                       {"revised", i.revised},
                                                       {"removed", i.removed}}) +
                  "\n");
    return lines.take();
}

std::string to_json(const files::StoreCheck& check, const Language& language) {
    return dumped({{"schema_version", check.version},
                   {"observations", check.observations},
                   {"clean", check.findings.empty()},
                   {"findings", findings_json(check.findings, language)}});
}

std::string to_text(const files::StoreCheck& check, const Language& language) {
    Lines lines(language);
    lines.add("report.schema", std::to_string(check.version))
        .add("report.observations", static_cast<std::size_t>(check.observations))
        .add("report.findings", check.findings.size());
    return lines.raw(findings_text(check.findings, language)).take();
}

std::string to_json(const StoreExportReport& report) {
    auto files = Json::array();
    for (const auto& file : report.files) files.push_back(file.string());
    return dumped({{"files", files},
                   {"rows", report.rows},
                   {"masked", report.masked},
                   {"vintage", report.vintage},
                   {"left_out", report.left_out}});
}

std::vector<std::string> to_flags(const StoreInitRequest& r) {
    Flags flags{"store", "init", r.store.string()};
    add_flags(flags, r.data);
    add_flag(flags, "--title", r.title);
    add_flag(flags, "--valid-from", r.valid_from);
    add_flag(flags, "--valid-until", r.valid_until);
    return flags;
}

std::vector<std::string> to_flags(const ImportRequest& r) {
    Flags flags{"store", "import", r.file.string(), "--into", r.store.string()};
    add_flag(flags, "--vintage", r.vintage);
    if (r.encoding != "auto") add_flag(flags, "--encoding", r.encoding);
    add_flag(flags, "--profile", r.profile);
    add_flag(flags, "--save-profile", r.save_profile);
    add_flag(flags, "--replaces", r.replaces);
    for (const auto& sheet : r.own.sheets) add_flag(flags, "--sheet", sheet);
    if (r.own.header_row) add_flag(flags, "--header-row", std::to_string(r.own.header_row));
    if (r.own.header_rows) add_flag(flags, "--header-rows", std::to_string(r.own.header_rows));
    if (r.own.period) add_flag(flags, "--period", data::to_string(*r.own.period));
    add_flag(flags, "--as-of", r.own.as_of);
    add_flag(flags, "--agency", r.own.agency);
    add_flag(flags, "--area", r.own.area);
    add_flag(flags, "--present", r.own.present);
    for (const auto& [header, meaning] : r.own.columns)
        flags.insert(flags.end(), {"--map", header + "=" + meaning});
    add_flags(flags, r.classification);
    for (const auto& sign : sign_flags(r.own.empty)) flags.insert(flags.end(), {"--empty", sign});
    for (const auto& word : word_flags(r.own.words)) flags.insert(flags.end(), {"--word", word});
    add_flag(flags, "--out", r.out.string());
    add_flag(flags, "--accept-names", r.accept_names);
    add_flag(flags, "--refuse-names", r.refuse_names);
    add_flag(flags, "--names-out", r.names_out.string());
    if (r.dry_run) flags.emplace_back("--dry-run");
    if (r.again) flags.emplace_back("--again");
    return flags;
}

std::vector<std::string> to_flags(const StoreListRequest& r) {
    Flags flags{"store", "list", r.store.string()};
    add_flags(flags, r.classification);
    return flags;
}
std::vector<std::string> to_flags(const StoreCheckRequest& r) {
    return {"store", "check", r.store.string()};
}
std::vector<std::string> to_flags(const StoreExportRequest& r) {
    Flags flags{"store", "export", r.data.store.string()};
    add_flag(flags, "--vintage", r.data.vintage);
    for (const auto& indicator : r.indicators) add_flag(flags, "--indicator", indicator);
    if (r.summary) flags.emplace_back("--summary");
    add_flag(flags, "--year", data::to_string(r.period));
    add_flag(flags, "--agency", r.agency);
    add_flags(flags, r.classification);
    add_flag(flags, "--out", r.out.string());
    return flags;
}

} // namespace diaban::app
