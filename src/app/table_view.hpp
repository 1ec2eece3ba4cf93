// The table of units: which rows it shows in which order, and the same rows as text for a
// spreadsheet.
//
// Filters, as typed: words for text columns (diacritics and case do not matter); for values "> 5",
// "<= 2,5", "= 0", "2 .. 5", "?" for units without a value; words for categories. All filters of a
// table hold at once.
#pragma once

#include "app/language.hpp"
#include "app/selection.hpp"
#include "app/view.hpp"

namespace diaban::app {

struct WhereFilter;

struct TableColumn {
    // Coast, Border: whether the unit lies on it. Years: the class in every period, for the eye; it
    // has no text.
    enum class Kind {
        Code,
        Name,
        District,
        Province,
        Coast,
        Border,
        Years,
        Value
    } kind = Kind::Code;
    std::size_t indicator = 0; // of Value
    friend auto operator<=>(const TableColumn&, const TableColumn&) = default;
};
// The columns a dataset can show; names and groups first. Coast and border where they were found.
std::vector<TableColumn> table_columns(const Dataset& dataset);
// "yes", "no", "not known": whether a unit lies on the coast or the border.
std::string outline_text(data::Flag flag, const Language& language);
std::string column_title(const Dataset& dataset, TableColumn column, const Language& language);

struct TableQuery {
    std::vector<std::pair<TableColumn, std::string>> filters;
    TableColumn sort;
    bool descending = false;
    bool grouped = false;  // rows under a row of their district (or province), with subtotals
    bool selected = false; // only selected units
    std::size_t period = 0;
    std::shared_ptr<const WhereFilter> where; // only units that meet it; nullptr: all
    friend bool operator==(const TableQuery&, const TableQuery&) = default;
};

struct TableRow {
    bool group = false;
    std::uint32_t index = 0; // of the group (one past the last: units without one), or of the unit
};
struct TableRows {
    std::vector<TableRow> rows;
    std::vector<Faces> groups;       // the units shown of each group; empty if not grouped
    std::size_t units = 0;           // shown
    std::vector<std::size_t> unread; // filters that cannot be understood: they do not filter
};
TableRows table_rows(const Dataset& dataset, const TableQuery& query, const Faces& selection,
                     const Language& language);

std::string cell_text(const Dataset& dataset, TableColumn column, std::size_t unit,
                      std::size_t period, const Language& language);
// What a group of table_rows() is called.
std::string group_title(const Dataset& dataset, std::size_t group, const Language& language);
// What the row of a group says in a column: its name, a sum, a rate, a tally; with the unit of
// measure, as the cells below it.
std::string group_text(const Dataset& dataset, TableColumn column, std::size_t group,
                       const Faces& units, std::size_t period, const Language& language);
// How it was reckoned, and of how many units; empty for columns without values.
std::string group_rule(const Dataset& dataset, TableColumn column, const Faces& units,
                       std::size_t period, const Language& language);

// Rows and columns with a heading, separated by tabs: spreadsheets take it from the clipboard.
// Numbers have the language's decimal sign and no groups. Pass a masked dataset (app/mask.hpp).
std::string table_text(const Dataset& dataset, const std::vector<TableColumn>& columns,
                       const TableRows& rows, std::size_t period, const Language& language);

} // namespace diaban::app
