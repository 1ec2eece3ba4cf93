// Writing report tables: workbooks (.xlsx, .ods), .csv and .html.
//
// Guarantees: a file is written whole or not at all; numbers stay numbers in workbooks, and codes
// stay text.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace diaban::files {

// Nothing, text, or a number.
using SheetCell = std::variant<std::monostate, std::string, double>;

struct Sheet {
    std::string name; // of the tab; at most 31 characters count
    std::vector<std::string> header;
    std::vector<std::vector<SheetCell>> rows; // each as long as the header
};

struct Workbook {
    std::string title;
    std::string language = "vi";    // of the texts; for .html
    std::vector<std::string> notes; // source, rule, date: under the tables of .html, a tab of .xlsx
    std::vector<Sheet> sheets;
    char decimal = ','; // of numbers in .html; other files have numbers, not their texts
};

// Format by extension. A .csv holds the first sheet; each further one goes into a file beside it,
// named <stem>_<sheet>.csv. Returns what was written. Throws Error Usage "error.sheets.format",
// Write.
std::vector<std::filesystem::path> write_workbook(const std::filesystem::path& file,
                                                  const Workbook& workbook);

} // namespace diaban::files
