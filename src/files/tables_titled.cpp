// Tables that stand below the titles of a report: the header is found as an import finds it.

#include "data/import_plan.hpp"
#include "data/join.hpp"
#include "files/report_file.hpp"
#include "files/tables_raw.hpp"

#include <algorithm>

namespace diaban::files {
namespace {

bool has_key(const TableSource& source, const data::RawTable& table) {
    if (data::find_code_column(table)) return true;
    return std::any_of(source.text_columns.begin(), source.text_columns.end(),
                       [&](const auto& name) { return table.find(name) != nullptr; });
}

const data::Sheet* sheet_of(const ReportFile& report, const std::string& name) {
    if (report.sheets.size() == 1) return report.sheets.front().get();
    for (const auto& sheet : report.sheets)
        if (sheet->name() == name) return sheet.get();
    return nullptr;
}

// The rows below the header; rows that the sheet leaves out are empty ones.
std::vector<RawColumn> columns_below(const data::Sheet& sheet, const data::SheetPlan& plan,
                                     const TableSource& source, base::JobContext& ctx,
                                     base::Findings& findings) {
    std::vector<std::string> names;
    for (const auto& column : plan.columns) names.push_back(column.header);
    names = tidy_names(std::move(names), findings);
    std::vector<RawColumn> columns;
    std::vector<std::uint32_t> at;
    for (std::size_t c = 0; c < names.size(); ++c)
        if (!plan.columns[c].header.empty() && wanted(source, names[c], findings)) {
            columns.emplace_back().name = names[c];
            at.push_back(plan.columns[c].column);
        }
    auto expected = plan.first_data_row;
    sheet.visit([&](std::uint32_t number, std::span<const data::SheetCell> cells) {
        if (number < plan.first_data_row) return;
        if (number % 4096 == 0) ctx.check();
        for (; expected < number; ++expected)
            for (auto& column : columns) column.add_empty();
        for (std::size_t k = 0; k < columns.size(); ++k) {
            const auto cell = at[k] < cells.size() ? cells[at[k]] : data::SheetCell{};
            if (cell.kind == data::SheetCell::Kind::Number)
                columns[k].add(cell.percent ? cell.number / 100 : cell.number); // as it is held
            else
                columns[k].add(std::string(cell.text)); // none is an empty cell
        }
        ++expected;
    });
    return columns;
}

} // namespace

std::optional<TableRead> read_below_titles(const TableSource& source, const TableRead& plain,
                                           base::JobContext& ctx) {
    if (has_key(source, plain.table)) return std::nullopt;
    const auto report = open_report(source.file, source.encoding, ctx);
    const auto* sheet = sheet_of(report, source.table);
    if (!sheet) return std::nullopt;
    const auto plan = data::plan_sheet(*sheet, {});
    const bool named = plan.find(data::Role::Code) || plan.find(data::Role::Name);
    if (plan.header_rows == 0 || plan.header_row < 2 || !named) return std::nullopt;
    base::Findings findings;
    findings.push_back({base::Severity::Info,
                        "header_found",
                        {{"file", source.file.filename().string()},
                         {"row", static_cast<std::int64_t>(plan.header_row)}},
                        "",
                        {},
                        "",
                        {}});
    auto columns = columns_below(*sheet, plan, source, ctx, findings);
    // What is open is read as an import of the same report reads it.
    return finish_table(std::move(columns), source, plan.first_data_row, std::move(findings),
                        base::NumberStyle{',', '.'});
}

} // namespace diaban::files
