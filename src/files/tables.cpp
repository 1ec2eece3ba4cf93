#include "files/tables.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/empty_signs.hpp"
#include "data/join.hpp"
#include "data/personal.hpp"
#include "files/sqlite.hpp"
#include "files/tables_raw.hpp"
#include "files/text_columns.hpp"
#include "files/vector_source.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace diaban::files {
namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

namespace {

// Whether a column may be meant by one of the names, as data::name_meant() understands them.
bool contains_name(const std::vector<std::string>& names, std::string_view column) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name == column || base::search_key(name) == base::search_key(column) ||
               data::column_key(name) == data::column_key(column);
    });
}

base::Finding refused(const std::string& column) {
    return {
        base::Severity::Warning, "refused_personal_column", {{"column", column}}, "", {}, "", {}};
}

// "007" is a code, however numeric the rest of its column looks; "0" and "0.5" are numbers.
bool leading_zero(std::string_view cell) {
    return cell.size() > 1 && cell[0] == '0' &&
           std::all_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_code_column(const RawColumn& column, const TableSource& source) {
    if (contains_name(source.text_columns, column.name) || data::usual_code_name(column.name))
        return true;
    return std::any_of(column.text.begin(), column.text.end(), leading_zero);
}

std::string text_of(const RawColumn& column, std::size_t row) {
    switch (column.cell[row]) {
    case RawColumn::Cell::Empty:
        return "";
    case RawColumn::Cell::Number:
        return base::format_exact(column.number[row]);
    case RawColumn::Cell::Text:
        break;
    }
    return column.text[row];
}

data::Column numbers_only(RawColumn&& raw) {
    data::Column column;
    column.name = std::move(raw.name);
    column.type = data::ColumnType::Number;
    column.number = std::move(raw.number);
    column.null.resize(raw.cell.size());
    for (std::size_t i = 0; i < raw.cell.size(); ++i)
        column.null[i] = raw.cell[i] == RawColumn::Cell::Empty;
    return column;
}

data::Column as_text(RawColumn&& raw) {
    data::Column column;
    column.type = data::ColumnType::Text;
    column.null.resize(raw.rows());
    column.text.resize(raw.rows());
    for (std::size_t i = 0; i < raw.rows(); ++i) {
        column.null[i] = raw.cell[i] == RawColumn::Cell::Empty;
        if (raw.cell[i] == RawColumn::Cell::Text)
            column.text[i] = std::move(raw.text[i]);
        else
            column.text[i] = text_of(raw, i);
    }
    column.name = std::move(raw.name);
    return column;
}

// Whole numbers and nothing else, the common case: one style fits and is not ambiguous.
bool plain_integers(const std::vector<std::string_view>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
        return std::all_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
    });
}

// Cells without a number that say nothing about what the others are: "-", "…", "n/a", "<10".
std::size_t count_empty_signs(const std::vector<std::string_view>& cells) {
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](std::string_view cell) {
            return !base::trim(cell).empty() && (data::is_dash(cell) || data::empty_sign(cell));
        }));
}

// Turns a text column into numbers (keeping the text) if at least half of its cells are numbers.
// `open` is the style of a column that can be read in two ways, where the file lets one tell.
void recognise_numbers(data::Column& column, const std::vector<RawColumn::Cell>& kinds,
                       const std::vector<double>& given,
                       const std::optional<base::NumberStyle>& open, base::Findings& findings) {
    std::vector<std::string_view> cells;
    std::size_t given_numbers = 0;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] == RawColumn::Cell::Text) cells.push_back(column.text[i]);
        given_numbers += kinds[i] == RawColumn::Cell::Number;
    }
    base::ColumnStyle style;
    if (!plain_integers(cells)) style = base::guess_number_style(cells);
    if (style.ambiguous && open) style.style = *open;
    const auto filled = cells.size() + given_numbers;
    if (filled == 0) return;
    if (style.not_numbers * 2 > filled) {
        if (style.not_numbers == filled) return;
        const auto signs = count_empty_signs(cells);
        if ((style.not_numbers - signs) * 2 > filled - signs) return;
    }
    column.type = data::ColumnType::Number;
    column.number.assign(kinds.size(), base::kNaN);
    std::string example;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] == RawColumn::Cell::Number) column.number[i] = given[i];
        if (kinds[i] != RawColumn::Cell::Text) continue;
        if (const auto value = base::parse_number(column.text[i], style.style)) {
            column.number[i] = *value;
            if (example.empty()) example = column.text[i];
        }
    }
    if (style.ambiguous) {
        base::Finding finding{base::Severity::Warning, "ambiguous_numbers", {}, "", {}, "", {}};
        finding.args = {{"column", column.name},
                        {"example", example},
                        {"decimal", std::string(1, style.style.decimal)}};
        findings.push_back(std::move(finding));
    }
}

bool about_persons(const RawColumn& raw) {
    if (raw.text.empty()) return false;
    return data::personal_cells(raw.rows(),
                                [&](std::size_t row) { return std::string_view(raw.text[row]); });
}

} // namespace

void RawColumn::add_empty() {
    cell.push_back(Cell::Empty);
    number.push_back(base::kNaN);
    if (!text.empty()) text.emplace_back();
}

void RawColumn::add(double value) {
    if (!std::isfinite(value)) return add_empty();
    cell.push_back(Cell::Number);
    number.push_back(value);
    if (!text.empty()) text.emplace_back();
}

void RawColumn::add(std::string value) {
    if (base::trim(value).empty()) return add_empty();
    text.resize(cell.size());
    cell.push_back(Cell::Text);
    number.push_back(base::kNaN);
    text.push_back(std::move(value));
}

bool wanted(const TableSource& source, const std::string& column, base::Findings& findings) {
    if (!source.columns.empty() && !contains_name(source.columns, column)) return false;
    if (!data::personal_column_name(column)) return true;
    findings.push_back(refused(column));
    return false;
}

std::vector<std::string> tidy_names(std::vector<std::string> names, base::Findings& findings) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto given = base::nfc(base::trim(names[i]));
        auto name = given.empty() ? fmt::format("#{}", i + 1) : given;
        for (int copy = 2; !seen.insert(name).second; ++copy)
            name = fmt::format("{}_{}", given, copy);
        // A nameless last column is what a trailing delimiter leaves; nothing to report.
        if (name != given && !(given.empty() && i + 1 == names.size()))
            findings.push_back({base::Severity::Info,
                                "renamed_column",
                                {{"column", given}, {"name", name}},
                                "",
                                {},
                                "",
                                {}});
        names[i] = std::move(name);
    }
    return names;
}

TableRead finish_table(std::vector<RawColumn> columns, const TableSource& source,
                       std::size_t first_row, base::Findings findings,
                       std::optional<base::NumberStyle> open) {
    TableRead read;
    read.findings = std::move(findings);
    read.table.source = source.file.filename().string();
    if (!source.table.empty()) read.table.source += " · " + source.table;
    read.table.first_row = first_row;
    LostLetters lost;
    for (auto& raw : columns) {
        if (raw.text.empty()) {
            read.table.columns.push_back(numbers_only(std::move(raw)));
            continue;
        }
        raw.text.resize(raw.rows());
        if (about_persons(raw)) {
            read.findings.push_back(refused(raw.name));
            continue;
        }
        for (const auto& cell : raw.text) lost.look(cell);
        const bool code = is_code_column(raw, source);
        const auto kinds = raw.cell;
        const auto given = raw.number;
        auto column = as_text(std::move(raw));
        if (!code) recognise_numbers(column, kinds, given, open, read.findings);
        read.table.columns.push_back(std::move(column));
    }
    lost.report(source.file.filename().string(), "UTF-8", read.findings);
    return read;
}

std::string choose_table(const TableSource& source, const std::vector<std::string>& available) {
    const auto file = source.file.filename().string();
    if (available.empty()) throw Error(ErrorKind::Data, "error.table.none", {{"file", file}});
    if (source.table.empty()) {
        if (available.size() == 1) return available.front();
        throw Error(ErrorKind::Data, "error.table.which",
                    {{"file", file}, {"tables", fmt::format("{}", fmt::join(available, ", "))}});
    }
    if (const auto at = data::name_meant(available, source.table)) return available[*at];
    throw Error(ErrorKind::Data, "error.table.missing",
                {{"file", file},
                 {"table", source.table},
                 {"tables", fmt::format("{}", fmt::join(available, ", "))}});
}

TableRead read_table(const TableSource& source, base::JobContext& ctx) {
    ctx.stage("stage.table");
    check_readable(source.file);
    const auto extension = base::lower(source.file.extension().string());
    // What a file is counts more than how it is called.
    if (looks_like_sqlite(source.file) || named_like_sqlite(source.file))
        return read_sqlite_table(source, ctx);
    static const std::set<std::string> kTexts = {".csv", ".tsv", ".txt", ".tab"};
    static const std::set<std::string> kWorkbooks = {".xlsx", ".xls", ".ods"};
    const bool text = kTexts.contains(extension);
    auto read = text ? read_csv_table(source, ctx) : read_gdal_table(source, ctx);
    if (text || kWorkbooks.contains(extension))
        if (auto below = read_below_titles(source, read, ctx)) return std::move(*below);
    return read;
}

} // namespace diaban::files
