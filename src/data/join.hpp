// Joining a table to units by code, with a report of both sides. Nothing is dropped silently.
#pragma once

#include "data/cube.hpp"
#include "data/table.hpp"
#include "data/units.hpp"

namespace diaban::data {

struct JoinSpec {
    std::string key;                        // column with the unit's code; empty = found by its name
    std::string year_column;                // long table; empty if wide or undated
    // Value columns. "hr{year}" is a wide table: {year} stands for four digits, or two (HR60 = 1960,
    // two-digit years >= 30 are 19xx).
    std::vector<std::string> values;
    std::string denominator;                // a column; each value then also gets a ratio indicator
    double scale = 1;                       // of that ratio
    // Per value column: its indicator (kind, names, categories). May be shorter than `values`.
    std::vector<Indicator> indicators;
    bool restore_zeros = true;              // "1234" -> "01234" where the codes' width shows the loss
};

// Usual names of columns, tried in order, ignoring case and diacritics: code, ma_xa, MAXA,
// commune_code, GID_3, ADM3_PCODE ...; year, nam, năm. Nothing if none is found.
std::optional<std::string> find_code_column(const RawTable& table);
std::optional<std::string> find_year_column(const RawTable& table);
std::optional<std::string> find_name_column(const RawTable& table);

struct JoinRow {
    std::size_t row = 0;      // as a person counts in the file
    std::string code;
    std::string period;
    // The first value column's cell, for the report.
    std::string value;
};

struct JoinReport {
    std::size_t table_rows = 0;
    std::size_t matched_units = 0;             // units with at least one row
    std::size_t matched_rows = 0;
    std::vector<std::size_t> unmatched_units;  // unit rows without any table row
    std::vector<JoinRow> unmatched_rows;       // table rows without unit
    std::vector<JoinRow> duplicate_rows;       // second and later rows of a (unit, period)
    std::vector<JoinRow> bad_values;           // text where a number was expected
    std::size_t restored_codes = 0;
    std::vector<std::vector<std::size_t>> missing_units;  // per period: units without a value
    std::string key, year_column;              // what was used, found or given
};

struct Joined {
    IndicatorCube cube;
    JoinReport report;
    base::Findings findings;
};

// Joins by code. Of duplicate rows the first counts, unless they disagree: then the cell is
// Missing and a finding says so. Text in a numeric column is Missing with a finding naming the row.
// Throws Error Data "error.table.no_key" (with the table's columns), "error.table.no_column".
Joined join(const UnitTable& units, const std::string& vintage, const RawTable& table,
            const JoinSpec& spec);

} // namespace diaban::data
