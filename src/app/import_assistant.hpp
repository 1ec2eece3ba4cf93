// What is shown of a report before it is imported: its sheets as they stand, what every column is
// taken for, names that wait for an answer, and what would change.
//
// Guarantees: nothing here writes; an import that cannot go on yet still shows the sheets and says
// what is missing.
#pragma once

#include "app/import.hpp"
#include "app/language.hpp"

#include <set>

namespace diaban::app {

// The first rows of a sheet as a person sees them, and its plan.
struct SheetHead {
    std::string name;
    std::vector<std::uint32_t> numbers;         // of the rows, as a person counts
    std::vector<std::vector<std::string>> rows; // all as wide as `columns`
    std::size_t columns = 0;
    std::vector<std::uint8_t> closing; // 1 for rows below the table: who made and signed the report
    std::vector<std::size_t> refused;  // columns about persons; their cells are left empty
    // Single cells about persons, (row of `rows`, column): left empty too, as are names of those
    // who signed below the table.
    std::set<std::pair<std::size_t, std::size_t>> refused_cells;
    data::SheetPlan plan;
};

struct ImportPreview {
    ImportRequest request;
    std::vector<SheetHead> sheets;
    std::vector<std::string> profiles, vintages; // of the store
    std::vector<data::Indicator> indicators;     // of the store
    std::optional<ImportReport> report;          // nothing: there is no store yet, or `problem`
    std::optional<base::Error> problem;          // what the import would stop at
};
inline constexpr std::size_t kHeadRows = 40;
// Throws Error if the report itself cannot be read.
ImportPreview preview_of(const ImportRequest& request, base::JobContext& ctx);

// What a column can be taken for: "ignored", "code" ... or the code of an indicator.
struct ColumnMeaning {
    std::string id, text;
};
// The roles first, then all indicators of the catalogue and of the store by code.
std::vector<ColumnMeaning> column_meanings(const ImportPreview& preview, const Language& language);
std::string meaning_id(const data::PlannedColumn& column);
// "IN01 · Số cuộc kiểm tra · 2012", "tên xã", "không nhập".
std::string meaning_text(const data::PlannedColumn& column, const ImportPreview& preview,
                         const Language& language);

// The request with the answer to a suggestion: this one of its candidates, or none of them.
ImportRequest answered(ImportRequest request, const ImportSuggestion& question,
                       std::optional<std::size_t> candidate,
                       const std::vector<std::string>& unit_codes);
// The request without any answer to it.
ImportRequest reconsidered(ImportRequest request, const ImportSuggestion& question);
std::size_t unanswered(const ImportReport& report);
std::string key_text(const data::UnitKey& key); // "Xã Mỹ Thanhj, H. Châu Thành"
// The request as flags can say it: answers as numbers of suggestions where they are plain.
ImportRequest as_command(ImportRequest request, const ImportReport& report);

// Findings of one kind, worst kind first, with what the kind means for the import.
struct FindingGroup {
    std::string key, explanation; // explanation: empty if there is none
    base::Severity severity = base::Severity::Info;
    std::vector<const base::Finding*> findings; // of the report
};
std::vector<FindingGroup> finding_groups(const base::Findings& findings, const Language& language);

// "IN01 2012 · Xã Tân Thạnh (30005): 5 → 6".
std::string change_text(const files::CellChange& change, const ImportReport& report,
                        const Language& language);
// "78 added, 3 revised (1 status flipped), 0 removed, 12 unchanged."
std::string change_summary(const files::ImportChanges& changes, const Language& language);

// True for a file that can only be a report: a table, not boundaries and not a store.
bool is_report(const std::filesystem::path& file);

} // namespace diaban::app
