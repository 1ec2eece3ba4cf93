#include "app/import_assistant.hpp"

#include "app/cell_words.hpp"
#include "app/import_profile.hpp"
#include "app/view.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/catalogue.hpp"
#include "data/import_closing.hpp"
#include "data/personal.hpp"
#include "files/report_file.hpp"
#include "files/store.hpp"
#include "files/store_catalogue.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace diaban::app {
namespace {

// Roles that a person can give to a column; refused ones are decided by what stands in them, parts
// and values by the indicator that is chosen.
constexpr std::array kChoosable = {data::Role::Ignored,   data::Role::Code,     data::Role::Name,
                                   data::Role::District,  data::Role::Province, data::Role::Period,
                                   data::Role::Indicator, data::Role::Measure};

std::string role_text(data::Role role, const Language& language) {
    return language.text("import.role." + std::string(data::to_string(role)));
}

// The header and all above it is shown as it stands.
bool below_header(const SheetHead& head, std::size_t r) {
    const auto& plan = head.plan;
    return plan.header_row == 0 || head.numbers[r] >= plan.header_row + plan.header_rows;
}

SheetHead head_of(const data::Sheet& sheet, const data::ImportProfile& profile,
                  const std::vector<data::Indicator>& own) {
    SheetHead head;
    head.name = sheet.name();
    head.plan = data::plan_sheet(sheet, profile, own);
    data::ClosingLines closing(head.plan);
    sheet.visit(
        [&](std::uint32_t row, std::span<const data::SheetCell> cells) {
            if (head.plan.header_row > 0 && row >= head.plan.first_data_row)
                closing.see(row, cells);
            auto& texts = head.rows.emplace_back();
            for (const auto& cell : cells) texts.push_back(cell.empty() ? "" : cell.as_text());
            head.columns = std::max(head.columns, texts.size());
            head.numbers.push_back(row);
        },
        kHeadRows);
    for (auto& row : head.rows) row.resize(head.columns);
    for (const auto row : head.numbers) head.closing.push_back(closing.contains(row));
    return head;
}

// Of a column about persons only the header is shown, here too.
void leave_out_persons(SheetHead& head) {
    const auto& plan = head.plan;
    for (std::size_t c = 0; c < head.columns; ++c) {
        const auto column = std::find_if(plan.columns.begin(), plan.columns.end(),
                                         [&](const auto& one) { return one.column == c; });
        std::vector<std::string_view> cells;
        for (std::size_t r = 0; r < head.rows.size(); ++r)
            if (below_header(head, r) && !head.rows[r][c].empty())
                cells.emplace_back(head.rows[r][c]);
        const bool refused =
            (column != plan.columns.end() && column->role == data::Role::Refused) ||
            data::personal_cells(cells.size(), [&](std::size_t i) { return cells[i]; });
        const bool places = column != plan.columns.end() && (column->role == data::Role::Name ||
                                                             column->role == data::Role::District ||
                                                             column->role == data::Role::Province);
        if (refused) head.refused.push_back(c);
        for (std::size_t r = 0; r < head.rows.size(); ++r) {
            auto& text = head.rows[r][c];
            if (!below_header(head, r)) continue;
            // A commune may be called like a person; a remark or a signature is one.
            const bool name = (!places || head.closing[r]) && data::person_name(text);
            if (!refused && !name && !data::personal_number(text)) continue;
            if (!refused) head.refused_cells.emplace(r, c);
            text.clear();
        }
    }
}

const data::Indicator* find(const std::vector<data::Indicator>& all, const std::string& id) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& i) { return i.id == id; });
    return at == all.end() ? nullptr : &*at;
}

std::string name_of(const std::string& id, const std::vector<data::Indicator>& own,
                    const Language& language) {
    if (const auto* indicator = find(own, id)) return indicator_name(*indicator, language);
    if (const auto* entry = data::find_in_catalogue(id))
        return std::string(language.code() == "vi" ? entry->name_vi : entry->name_en);
    return id;
}

std::string cell_words(double value, data::Cell state, const data::Indicator* indicator,
                       const Language& language) {
    if (auto empty = empty_words(state, language); !empty.empty()) return empty;
    if (indicator && indicator->kind == data::Kind::Category) {
        const auto k = static_cast<std::size_t>(value);
        if (k < indicator->categories.size())
            return category_text(indicator->categories[k], language);
    }
    return language.number(value, std::min(base::decimals_for({value}), 3));
}

} // namespace

ImportPreview preview_of(const ImportRequest& request, base::JobContext& ctx) {
    ImportPreview out{.request = request};
    data::ImportProfile profile = request.own;
    const bool stored = !request.store.empty();
    if (stored) {
        const files::Store store(request.store);
        out.vintages = store.info().vintages;
        out.indicators = store.info().indicators;
        for (const auto& [name, json] : files::read_profiles(request.store))
            out.profiles.push_back(name);
        if (!request.profile.empty()) {
            auto columns = find_profile(request.profile, request.store).columns;
            columns.insert(profile.columns.begin(), profile.columns.end());
            for (const auto& [header, meaning] : profile.columns) columns[header] = meaning;
            profile.columns = std::move(columns);
        }
    }
    if (request.file.empty()) return out;
    {
        const auto book = files::open_report(request.file, request.encoding, ctx);
        for (const auto& sheet : book.sheets)
            out.sheets.push_back(head_of(*sheet, profile, out.indicators));
    }
    if (!stored) {
        for (auto& head : out.sheets) leave_out_persons(head);
        return out;
    }
    auto dry = request;
    dry.dry_run = true;
    try {
        out.report = run(dry, ctx);
        // The plans as they are used, with all that the profile says.
        for (const auto& sheet : out.report->delivery.sheets)
            for (auto& head : out.sheets)
                if (head.name == sheet.plan.sheet) head.plan = sheet.plan;
    } catch (const base::Error& error) {
        out.problem = error;
    }
    for (auto& head : out.sheets) leave_out_persons(head);
    return out;
}

std::vector<ColumnMeaning> column_meanings(const ImportPreview& preview, const Language& language) {
    std::vector<ColumnMeaning> out;
    for (const auto role : kChoosable)
        out.push_back({std::string(data::to_string(role)), role_text(role, language)});
    std::map<std::string, std::string> names;
    for (const auto& entry : data::catalogue())
        names[std::string(entry.code)] =
            std::string(language.code() == "vi" ? entry.name_vi : entry.name_en);
    for (const auto& own : preview.indicators)
        if (own.kind != data::Kind::Ratio) names[own.id] = indicator_name(own, language);
    for (const auto& [code, name] : names) out.push_back({code, code + " · " + name});
    return out;
}

std::string meaning_id(const data::PlannedColumn& column) {
    const bool number = column.role == data::Role::Value || column.role == data::Role::Part;
    if (number && !column.indicator.empty()) return column.indicator;
    return std::string(data::to_string(column.role));
}

std::string meaning_text(const data::PlannedColumn& column, const ImportPreview& preview,
                         const Language& language) {
    const bool number = column.role == data::Role::Value || column.role == data::Role::Part;
    if (!number || column.indicator.empty()) return role_text(column.role, language);
    auto text = column.indicator + " · " + name_of(column.indicator, preview.indicators, language);
    if (column.period) text += " · " + data::to_string(*column.period);
    if (!column.part.empty()) text += " · " + column.part;
    if (column.factor != 1)
        text +=
            " " + language.text("import.times", {{"factor", base::format_exact(column.factor)}});
    return text;
}

ImportRequest reconsidered(ImportRequest request, const ImportSuggestion& question) {
    const auto& key = question.key;
    std::erase_if(request.decisions, [&](const files::NameDecision& d) {
        return d.alias.name == key.name && d.alias.district == key.district &&
               d.alias.province == key.province;
    });
    return request;
}

ImportRequest answered(ImportRequest request, const ImportSuggestion& question,
                       std::optional<std::size_t> candidate,
                       const std::vector<std::string>& unit_codes) {
    request = reconsidered(std::move(request), question);
    const auto& key = question.key;
    for (std::size_t k = 0; k < question.candidates.size(); ++k)
        if (!candidate || *candidate == k)
            request.decisions.push_back(
                {{key.name, key.district, key.province, unit_codes.at(question.candidates[k])},
                 candidate.has_value()});
    return request;
}

std::size_t unanswered(const ImportReport& report) {
    return static_cast<std::size_t>(
        std::count_if(report.suggestions.begin(), report.suggestions.end(),
                      [](const auto& s) { return !s.decision.has_value(); }));
}

ImportRequest as_command(ImportRequest request, const ImportReport& report) {
    for (const auto& s : report.suggestions) {
        if (!s.decision) continue;
        const auto first = s.alias(report.unit_codes);
        const bool plain =
            std::any_of(request.decisions.begin(), request.decisions.end(), [&](const auto& d) {
                return d.alias == first && d.approved == *s.decision;
            });
        if (!plain) continue;
        auto& numbers = *s.decision ? request.accept_names : request.refuse_names;
        numbers += (numbers.empty() ? "" : ",") + std::to_string(s.number);
    }
    request.decisions.clear();
    return request;
}

std::string key_text(const data::UnitKey& key) {
    auto text = key.name;
    for (const auto* part : {&key.district, &key.province})
        if (!part->empty()) text += ", " + *part;
    if (!key.code.empty()) text += " (" + key.code + ")";
    return text;
}

std::vector<FindingGroup> finding_groups(const base::Findings& findings, const Language& language) {
    std::vector<FindingGroup> out;
    for (const auto& finding : findings) {
        auto at = std::find_if(out.begin(), out.end(),
                               [&](const auto& g) { return g.key == finding.key; });
        if (at == out.end()) {
            const auto id = "explain." + finding.key;
            out.push_back({finding.key,
                           language.has(id) ? language.text(id) : std::string(),
                           finding.severity,
                           {}});
            at = out.end() - 1;
        }
        at->severity = std::max(at->severity, finding.severity);
        at->findings.push_back(&finding);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.severity > b.severity; });
    return out;
}

std::string change_text(const files::CellChange& change, const ImportReport& report,
                        const Language& language) {
    const data::Indicator* indicator = nullptr;
    for (const auto& sheet : report.delivery.sheets)
        if (const auto* found = find(sheet.indicators, change.indicator)) indicator = found;
    auto text = change.indicator;
    if (const auto period = data::to_string(change.period); !period.empty()) text += " " + period;
    text += " · " + change.name;
    if (!change.unit.empty()) text += " (" + change.unit + ")";
    if (!change.part.empty()) text += " · " + change.part;
    return text + ": " + cell_words(change.before, change.before_state, indicator, language) +
           " → " + cell_words(change.after, change.after_state, indicator, language);
}

std::string change_summary(const files::ImportChanges& changes, const Language& language) {
    const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    auto out = language.text("import.summary", {{"added", count(changes.added)},
                                                {"revised", count(changes.revised)},
                                                {"flipped", count(changes.flipped)},
                                                {"removed", count(changes.removed)},
                                                {"unchanged", count(changes.unchanged)}});
    if (const auto kept = changes.kept_values(); kept > 0)
        out += ", " + language.text("import.summary_kept", {{"kept", count(kept)}});
    return out;
}

bool is_report(const std::filesystem::path& file) {
    static constexpr std::array kReports = {".xlsx", ".xls", ".ods", ".csv", ".tsv", ".dbf"};
    const auto extension = base::lower(file.extension().string());
    return std::find(kReports.begin(), kReports.end(), extension) != kReports.end();
}

} // namespace diaban::app
