// `sql`: one reading statement over a store, for experts; the answer as a table and, with a column
// of codes or shapes, as units of the map.
//
// Guarantees: as of files/sql_console.hpp; in public `observation_text` is what a map of the
// vintage may tell, masked, and tables with counts are not read (conventions.md 6).
#pragma once

#include "app/commands/map.hpp"
#include "app/commands/saved_queries.hpp"
#include "app/selection.hpp"
#include "files/sql_console.hpp"

namespace diaban::app {

struct SqlRequest {
    DataRequest data;     // a store
    std::string text;     // the statement; or
    std::string use;      // the name of a saved one
    std::string save;     // kept in the store under this name; empty: not
    bool replace = false; // another one that is saved under that name
    std::string forget; // the name of a saved one that is to be kept no longer, in place of asking
    bool list = false;  // which are saved, in place of asking
    files::SqlLimits limits;
    std::string sort; // a column of the answer; empty: as the statement says
    bool descending = false;
    PageChoice page;
    double dpi = 0;
    Classification classification = Classification::Public;
    std::filesystem::path out;     // .csv .xlsx .ods .html
    std::filesystem::path map_out; // .png, .svg, .pdf; empty: none
    friend bool operator==(const SqlRequest&, const SqlRequest&) = default;
};

// Rows whose codes another vintage of the store has, and not the one that is shown.
struct SqlElsewhere {
    std::string vintage;
    std::size_t rows = 0;
};

struct SqlReport {
    SqlRequest request; // with the text of a saved statement
    files::SqlAnswer answer;
    std::shared_ptr<const Dataset> dataset;
    bool on_map = false; // a column says which units
    Faces units;         // ascending, each once
    // Of each row, as long as the rows; empty where no column says which.
    std::vector<std::optional<geo::FaceId>> unit_of;
    // By code only; a row whose code several vintages have counts for each of them.
    std::vector<SqlElsewhere> elsewhere; // in the order of the vintages, oldest first
    std::vector<MaskedCell> masked;
    std::vector<std::filesystem::path> files;
};

// Throws Error Usage "error.sql.*" (also "error.sql.no_units" where a map is asked for and no
// column says of what, "error.sql.sort"), Data "error.sql.other_vintage", "error.sql.no_such_codes"
// where one is asked for and no code is of the vintage shown, Input, Database; Cancelled.
SqlReport run(const SqlRequest& request, std::shared_ptr<const Dataset> dataset,
              base::JobContext& ctx);
// Rows in the order of a column (of several with the name the first): numbers, then texts in
// Vietnamese order; what is missing comes last in both directions, equal ones stay as they were.
// Throws Error Usage "error.sql.sort".
void sort_rows(SqlReport& report, const std::string& column, bool descending);
// The units of the answer as a layer of two rows. Where on_map.
StyledMap sql_map(const SqlReport& report, const Language& language);
// The shapes of the answer in map coordinates, to be drawn over that layer: points, lines, and the
// outlines of areas; nothing without any. Lines are thinned where there are more points than a map
// could show; what was left out because of files::kMostDrawn is said by the layer.
std::vector<map::Overlay> sql_shapes(const SqlReport& report, const Language& language);
// How many rows are of the vintage shown, and of which others the rest are; "" where all are.
std::string matched_words(const SqlReport& report, const Language& language);
// Rows with a heading, separated by tabs, for the clipboard: numbers have the language's decimal
// sign. Pass a public report.
std::string clipboard_text(const SqlReport& report, const Language& language);
// A cell as people read it.
std::string cell_text(const files::SheetCell& cell, const Language& language);
// The files asked for.
void write(SqlReport& report, const Language& language, base::JobContext& ctx);
std::string to_json(const SqlReport& report);
std::string to_text(const SqlReport& report, const Language& language);
std::vector<std::string> to_flags(const SqlRequest& request);

} // namespace diaban::app
