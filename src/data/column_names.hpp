// The usual names of columns, in Vietnamese offices and in public data sets, so that boundaries and
// tables are read by the same lists.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::data {

// A name without case, diacritics, blanks and punctuation: "Mã xã", "MA_XA", "ma-xa" -> "maxa".
std::string column_key(std::string_view name);

// Which of the names of columns or tables a person means by `wanted`: that very name; else the
// first that is the same without case and diacritics; else the only one of the same column_key().
std::optional<std::size_t> name_meant(std::span<const std::string> names, std::string_view wanted);

// Names as column_key() writes them, best first.
using ColumnNames = std::span<const char* const>;

namespace usual {

extern const ColumnNames kCommuneCode; // can be nothing else
extern const ColumnNames kPlainCode;   // codes of anything: "code", "ma", "geoid"
extern const ColumnNames kRowNumber;   // what a format numbers its rows with: "fid", "objectid"
extern const ColumnNames kDistrictCode;
extern const ColumnNames kProvinceCode;
extern const ColumnNames kOtherCode; // codes that identify no unit of the file: old and new ones
extern const ColumnNames kCommuneName;
extern const ColumnNames kPlainName;
extern const ColumnNames kDistrictName;
extern const ColumnNames kProvinceName;
extern const ColumnNames kUnitType;
extern const ColumnNames kYear;

} // namespace usual

// Whether the key is one of the names.
bool is_one_of(std::string_view key, ColumnNames names);
// The first of `keys` that has the best name, or nothing.
std::optional<std::size_t> find_column(std::span<const std::string> keys, ColumnNames names);

} // namespace diaban::data
