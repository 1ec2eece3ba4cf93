#include "app/reported_totals.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/join.hpp"
#include "files/tables.hpp"

#include <cmath>

namespace diaban::app {
namespace {

// In the style of the whole column, where it is one of numbers; "39.456" is no 39.
std::optional<double> number_at(const data::Column& column, std::size_t row) {
    if (column.type == data::ColumnType::Text) return base::parse_number(column.cell(row), {});
    if (std::isnan(column.number[row])) return std::nullopt;
    return column.number[row];
}

void report_bad_row(const std::filesystem::path& file, std::int64_t row, std::string_view text,
                    base::Findings& findings) {
    findings.push_back(base::finding(base::Severity::Warning, "reported_bad_row",
                                     {{"file", file.filename().string()},
                                      {"row", row},
                                      {"value", std::string(base::trim(text))}}));
}

} // namespace

std::vector<ReportedTotal> read_reported_totals(const std::filesystem::path& file,
                                                base::Findings& findings, base::JobContext& ctx) {
    const auto read = files::read_table({.file = file, .text_columns = {"code", "period"}}, ctx);
    const auto& table = read.table;
    const auto *code = table.find("code"), *value = table.find("value"),
               *period = table.find("period");
    if (!code || !value)
        throw base::Error(base::ErrorKind::Data, "error.status.reported", {{"file", table.source}});
    for (const auto& finding : read.findings)
        if (finding.key == "ambiguous_numbers") findings.push_back(finding);
    std::vector<ReportedTotal> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        ReportedTotal one;
        one.code = std::string(base::trim(code->cell(row)));
        one.row = static_cast<std::int64_t>(table.first_row + row);
        const auto text = value->cell(row), when = period ? period->cell(row) : std::string();
        if (one.code.empty() && text.empty()) continue;
        const auto number = number_at(*value, row);
        if (period) one.period = data::parse_year_cell(when);
        if (one.code.empty() || !number || (period && !one.period)) {
            report_bad_row(file, one.row, number && period && !one.period ? when : text, findings);
            continue;
        }
        one.value = *number;
        out.push_back(std::move(one));
    }
    return out;
}

void report_unknown_code(const std::filesystem::path& file, const ReportedTotal& row,
                         base::Findings& findings) {
    findings.push_back(
        base::finding(base::Severity::Warning, "reported_unknown_code",
                      {{"file", file.filename().string()}, {"row", row.row}, {"code", row.code}}));
}

} // namespace diaban::app
