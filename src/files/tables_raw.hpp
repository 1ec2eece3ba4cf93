// Private to the table readers: cells as a file gives them, and how they become typed columns.
#pragma once

#include "base/number.hpp"
#include "files/tables.hpp"

#include <functional>
#include <optional>

namespace diaban::files {

// A column while it is read: every cell is empty, a number, or text.
struct RawColumn {
    enum class Cell : std::uint8_t { Empty, Number, Text };
    std::string name;
    std::vector<Cell> cell;
    std::vector<double> number;    // NaN unless Number
    std::vector<std::string> text; // empty unless any cell is Text
    void add_empty();
    void add(double value);
    void add(std::string value); // blank text is Empty
    std::size_t rows() const { return cell.size(); }
};

// True if the column is to be kept: wanted, and not about persons by its name (a finding says so).
bool wanted(const TableSource& source, const std::string& column, base::Findings& findings);

// NFC names without blanks around; empty and repeated names get a number, and a finding.
std::vector<std::string> tidy_names(std::vector<std::string> names, base::Findings& findings);

// Decides the type of every column, drops those whose cells are about persons, and says what it
// found. Takes the columns apart. A column of text that is a number in two ways ("10.000") is read
// in the style `open` if it is given, else with '.' as the decimal mark; either is a finding.
TableRead finish_table(std::vector<RawColumn> columns, const TableSource& source,
                       std::size_t first_row, base::Findings findings,
                       std::optional<base::NumberStyle> open = {});

// Picks the table to read. Throws Error Data if `wanted` is not among `available`, or if it is
// empty and there is not exactly one.
std::string choose_table(const TableSource& source, const std::vector<std::string>& available);

// The tables and views of an SQLite file that hold data of users, in order.
std::vector<std::string> table_names(const std::filesystem::path& file);

// The same sheet below its titles ("BÁO CÁO NĂM 2015"), if `plain`, which took the first row for
// the header, has no column of codes and a header with one stands further down. A finding says so.
std::optional<TableRead> read_below_titles(const TableSource& source, const TableRead& plain,
                                           base::JobContext& ctx);

TableRead read_sqlite_table(const TableSource& source, base::JobContext& ctx);
TableRead read_csv_table(const TableSource& source, base::JobContext& ctx);
TableRead read_gdal_table(const TableSource& source, base::JobContext& ctx);

} // namespace diaban::files
