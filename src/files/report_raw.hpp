// Private to the sheet readers.
#pragma once

#include "files/report_file.hpp"

namespace diaban::files {

using Sheets = std::vector<std::unique_ptr<data::Sheet>>;

// The cells of one workbook before the encoding of its text is settled: workbooks typed with a
// TCVN3 or VNI font hold letters that stand for others.
class SheetBuilder {
public:
    void begin_sheet(std::string name, bool typed = true, bool hidden = false);
    void number(std::uint32_t row, std::uint32_t column,
                double value); // rows from 1, columns from 0
    // A share that the sheet shows as a percentage: 0.25 is 25 %.
    void percent(std::uint32_t row, std::uint32_t column, double share);
    void text(std::uint32_t row, std::uint32_t column, std::string value);
    void merge(std::uint32_t first_row, std::uint32_t first_column, std::uint32_t last_row,
               std::uint32_t last_column);
    // Cells must have come row by row. Sheets without content are left out.
    Sheets finish();

private:
    struct Cell {
        std::uint32_t row, column;
        double number;
        std::int64_t text; // index, or -1
        bool percent = false;
    };
    struct Merge {
        std::uint32_t first_row, first_column, last_row, last_column;
    };
    struct Raw {
        std::string name;
        bool typed, hidden;
        std::vector<Cell> cells;
        std::vector<Merge> merges;
    };
    void settle_encoding();
    std::vector<Raw> sheets_;
    std::vector<std::string> texts_;
};

Sheets read_xlsx_sheets(const std::filesystem::path& file, base::JobContext& ctx);
Sheets read_ods_sheets(const std::filesystem::path& file, base::JobContext& ctx);
Sheets read_xls_sheets(const std::filesystem::path& file, base::JobContext& ctx);
// The tables of a DBF or SQLite file, with the column names as first row.
Sheets read_table_sheets(const std::filesystem::path& file, const std::string& encoding,
                         base::JobContext& ctx);
// Opens a text file; its rows are read when they are visited.
std::unique_ptr<data::Sheet> open_text_sheet(const std::filesystem::path& file,
                                             std::string& encoding);

} // namespace diaban::files
