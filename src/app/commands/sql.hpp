// `sql`: one reading statement over a store, for experts; the answer as a table and, with a column
// of codes or shapes, as units of the map.
//
// Guarantees: as of files/sql_console.hpp; in public `observation_text` is what a map of the
// vintage may tell, masked, and tables with counts are not read (conventions.md 6).
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"
#include "app/named_query.hpp"
#include "app/selection.hpp"
#include "files/sql_console.hpp"

namespace diaban::app {

struct SqlRequest {
    DataRequest data; // a store
    std::string text; // the statement; or
    std::string use;  // the name of a saved one
    std::string save; // kept in the store under this name; empty: not
    files::SqlLimits limits;
    Classification classification = Classification::Public;
    std::filesystem::path out; // .csv .xlsx .ods .html
    friend bool operator==(const SqlRequest& a, const SqlRequest& b) {
        return a.data == b.data && a.text == b.text && a.use == b.use && a.save == b.save &&
               a.limits.seconds == b.limits.seconds && a.limits.rows == b.limits.rows &&
               a.classification == b.classification && a.out == b.out;
    }
};

struct SqlReport {
    SqlRequest request; // with the text of a saved statement
    files::SqlAnswer answer;
    std::shared_ptr<const Dataset> dataset;
    bool on_map = false; // a column says which units
    Faces units;         // ascending, each once
    std::vector<MaskedCell> masked;
    std::vector<std::filesystem::path> files;
};

// Throws Error Usage "error.sql.*", Input, Database; Cancelled.
SqlReport run(const SqlRequest& request, std::shared_ptr<const Dataset> dataset,
              base::JobContext& ctx);
// The file asked for.
void write(SqlReport& report, const Language& language, base::JobContext& ctx);
std::string to_json(const SqlReport& report);
std::string to_text(const SqlReport& report, const Language& language);
std::vector<std::string> to_flags(const SqlRequest& request);

// Statements kept in a store.
std::vector<NamedQuery> saved_sql(const std::filesystem::path& store);
void store_sql(const std::filesystem::path& store, const NamedQuery& statement,
               base::JobContext& ctx);

} // namespace diaban::app
