// Tables as old programs left them: Excel 97-2003 workbooks and dBase files, with text in any
// encoding.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace diaban::test {

using TextRows = std::vector<std::vector<std::string>>;

// An .xls of one sheet (BIFF8 in a compound file), written by hand. Cells of digits only are
// numbers unless they begin with a zero. With `bytes` texts are stored as they are, a byte a
// character, as Excel did with TCVN3 and VNI fonts; otherwise they are UTF-8 and stored as UTF-16.
void write_xls(const std::filesystem::path& file, const std::string& sheet, const TextRows& rows,
               bool bytes = false);
// A .dbf by GDAL, every column text; the first row has the names. Texts are stored as they are.
// `encoding` goes into a .cpg beside it; empty: none.
void write_dbf(const std::filesystem::path& file, const TextRows& rows,
               const std::string& encoding = "UTF-8");

} // namespace diaban::test
