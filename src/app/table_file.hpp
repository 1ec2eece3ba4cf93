// The table of units as a file for a spreadsheet: the rows and columns that are shown, grouped with
// subtotals where the table is.
//
// Guarantees: the units of a public file are filtered, sorted and written from masked values alone,
// so neither a cell nor the place of a row tells a small count of persons; nor does a subtotal
// (app/table_sums.hpp); and <file>.masked.csv lists what was hidden. Numbers stay numbers; why a
// cell is empty, and what a subtotal rests on, stands in a last column of words.
#pragma once

#include "app/mask.hpp"
#include "app/table_view.hpp"
#include "files/sheets.hpp"

namespace diaban::app {

struct TableFile {
    std::vector<TableColumn> columns;
    TableQuery query;
    Faces selection; // sorted; what query.selected speaks of
    Classification classification = Classification::Public;
    std::filesystem::path out; // .xlsx .ods .csv .html
};
struct TableFileReport {
    std::vector<std::filesystem::path> files;
    std::size_t rows = 0, groups = 0; // units; rows of subtotals
    std::size_t masked = 0;           // cells of both that were hidden
};
// Throws as check_output() and files::write_workbook.
TableFileReport write_table(std::shared_ptr<const Dataset> dataset, const TableFile& request,
                            const Language& language, base::JobContext& ctx);

// "bang_so_lieu_an_giang_2015.xlsx": the name offered for such a file.
std::string table_file_name(const Dataset& dataset, std::size_t period, std::string_view extension,
                            const Language& language);

} // namespace diaban::app
