// Joining a table to units by code, with a report of both sides. Nothing is dropped silently.
#pragma once

#include "data/cube.hpp"
#include "data/table.hpp"
#include "data/units.hpp"

namespace diaban::data {

struct JoinSpec {
    std::string key;         // column with the unit's code; empty = found by its name
    std::string year_column; // long table; empty = found by its name and content
    // Value columns; empty = value_columns(). "hr{year}" is a wide table: {year} stands for
    // four digits, or two (HR60 = 1960, two-digit years >= 30 are 19xx).
    std::vector<std::string> values;
    // A column (wide if it holds {year}); each value then also gets an indicator ratio_id().
    std::string denominator;
    double scale = 1; // of that ratio
    // Per value column: its indicator (kind, names, categories). May be shorter than `values`.
    std::vector<Indicator> indicators;
    bool restore_zeros = true; // "1234" -> "01234" where the codes' width shows the loss
};

// By the usual names of data/column_names.hpp; nothing if none is found.
bool usual_code_name(std::string_view column); // such columns stay text when read
std::optional<std::string> find_code_column(const RawTable& table);
std::optional<std::string> find_year_column(const RawTable& table);
// What is joined when no value is named: columns of numbers and of status words, without the key,
// the year (either may be null), other codes and the bookkeeping of formats and offices.
std::vector<std::string> value_columns(const RawTable& table, const Column* key,
                                       const Column* year);
// "2010", "2010.0", "Năm 2010", "2010-H1", "2010-12-31".
std::optional<Period> parse_year_cell(std::string_view cell);

// Id of the ratio of two columns: "cases/population".
IndicatorId ratio_id(const IndicatorId& value, const IndicatorId& denominator);

// The standard status code of a word or code in a cell: "trọng điểm" -> "hot", "TĐ loại II" ->
// "hot2", "có tệ nạn" -> "present", "lành mạnh" -> "none", "chưa rõ" -> "unknown".
std::optional<std::string> status_code(std::string_view cell);

struct JoinRow {
    std::size_t row = 0; // as a person counts in the file
    std::string code;
    std::string period;
    // The first value column's cell, for the report.
    std::string value;
};

struct JoinReport {
    std::size_t table_rows = 0;
    std::size_t matched_units = 0; // units with at least one row
    std::size_t matched_rows = 0;
    std::vector<std::size_t> unmatched_units; // unit rows without any table row
    std::vector<JoinRow> unmatched_rows;      // table rows without unit
    std::vector<JoinRow> duplicate_rows;      // second and later rows of a (unit, period)
    std::vector<JoinRow> bad_values;          // text where a number was expected
    std::size_t restored_codes = 0;
    std::vector<std::vector<std::size_t>> missing_units; // per period: units without a value
    std::string key, year_column;                        // what was used, found or given
};

struct Joined {
    IndicatorCube cube;
    JoinReport report;
    base::Findings findings;
};

// Joins by code. Of duplicate rows the first counts, unless they disagree: then the cell is
// Missing and a finding says so. (An empty cell disagrees with nothing.) Text in a numeric column
// is Missing with a finding naming the row; "<10" and "*" are Suppressed. A column of words becomes
// a Category: status words with the standard codes, other words sorted, at most kMostCategories. A
// unit code that occurs twice gets values for its first unit only, with a finding. Throws Error
// Data "error.table.no_key" (with the table's columns), "error.table.no_column",
// "error.table.no_values", "error.table.words" (text where numbers are needed).
inline constexpr std::size_t kMostCategories = 24;
Joined join(const UnitTable& units, const std::string& vintage, const RawTable& table,
            const JoinSpec& spec);

} // namespace diaban::data
