// The sheets of a report as they stand in the file, header or not: XLSX, ODS, XLS, CSV, TSV, DBF,
// SQLite.
//
// Guarantees: text is UTF-8 NFC, also where the file is in TCVN3, VNI or CP1258; a number that the
// file holds as a number stays that number, and text that looks like one stays text; a text file of
// any size is read in pieces, never whole.
#pragma once

#include "base/job.hpp"
#include "data/import_sheet.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace diaban::files {

struct ReportFile {
    std::filesystem::path file;
    std::vector<std::unique_ptr<data::Sheet>> sheets; // those with content, in order
    std::string digest;   // of the bytes of the file: equal for equal files
    std::string encoding; // of a text file or DBF; "" where the format knows itself
};

// `encoding`: "auto" or a name. Throws Error Input (missing, empty, unreadable, encrypted), Data
// "error.table.none" (no sheet with content), Usage (an encoding nobody knows).
ReportFile open_report(const std::filesystem::path& file, const std::string& encoding,
                       base::JobContext& ctx);

} // namespace diaban::files
