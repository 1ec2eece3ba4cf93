// Reading attribute tables: SQLite/SpatiaLite, GeoPackage, CSV, XLSX, XLS, ODS, DBF.
//
// Guarantees: text is UTF-8 NFC; numbers of a text file are read in one style per column;
// SQLite files are opened read-only and immutable to us: bytes and times stay as they were.
#pragma once

#include "base/job.hpp"
#include "data/table.hpp"

#include <filesystem>

namespace diaban::files {

struct TableSource {
    std::filesystem::path file;
    std::string table;              // table, layer or sheet; empty: the only one
    std::string encoding = "auto";
    // Columns that must stay text even if they look like numbers (codes). Usual code columns always do.
    std::vector<std::string> text_columns;
    std::vector<std::string> columns;   // only these; empty = all
};

struct TableRead {
    data::RawTable table;
    base::Findings findings;        // ambiguous numbers, refused personal columns, ...
};

// Throws Error Input (missing, unreadable), Database (locked, encrypted, not a database),
// Data (no such table; names those that exist).
TableRead read_table(const TableSource& source, base::JobContext& ctx);

} // namespace diaban::files
