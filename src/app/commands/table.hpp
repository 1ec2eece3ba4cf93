// `table`: the units of one period as rows for a spreadsheet, as the window's table exports them.
//
// Guarantee: as of app/table_file.hpp.
#pragma once

#include "app/project.hpp"
#include "app/table_file.hpp"

namespace diaban::app {

struct TableRequest {
    DataRequest data;
    data::Period period; // year 0: as a map would choose it
    // In this order; empty: all, but coast and border only where the dataset has them. Indicators
    // alone stand behind the columns of codes and names.
    std::vector<std::string> columns;
    std::vector<std::string> filters; // "COLUMN=TEXT", the text as typed into the window's table
    std::string where;                // a query (data/query.hpp); narrowed() turns it into `select`
    std::string sort;                 // a column; empty: in order of the codes
    bool descending = false;
    bool grouped = false; // under rows of the districts (or provinces), with subtotals
    std::vector<data::UnitCode> select; // these units alone; empty: all
    Across across = Across::No;         // Own is as No: the units of one vintage
    Classification classification = Classification::Public;
    std::filesystem::path out; // .xlsx .ods .csv .html
    friend bool operator==(const TableRequest&, const TableRequest&) = default;
};

// What writes the file that `file` describes; a project's data and years with it.
TableRequest table_request(const Project& project, const Dataset& dataset, const TableFile& file);
// Whether a column, a filter or the order is of coast or border, which a dataset has after
// with_outline() (query_ground.hpp).
bool asks_for_outline(const TableRequest& request);
// A column is "code", "name", "district", "province", "coast", "border" or the id of an indicator.
// Throws Error Usage "error.near.no_outline_given", "error.table.column", "error.table.filter",
// "error.period.unknown", Data "error.table.no_groups", and as write_table.
TableFileReport run(const TableRequest& request, std::shared_ptr<const Dataset> dataset,
                    const Language& language, base::JobContext& ctx);
std::string to_json(const TableFileReport& report);
std::vector<std::string> to_flags(const TableRequest& request);

} // namespace diaban::app
