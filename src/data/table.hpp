// A table as read from a file, before it is joined to units. Pure value, no file handle behind it.
#pragma once

#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::data {

enum class ColumnType { Text, Number };

// One column: text[i] for Text; number[i] for Number. null[i] = 1 where the cell was empty.
// A Number column that came from text (CSV) keeps the original in text as well.
struct Column {
    std::string name; // NFC
    ColumnType type = ColumnType::Text;
    std::vector<std::string> text;
    std::vector<double> number;
    std::vector<std::uint8_t> null;
    std::size_t rows() const { return null.size(); }
    // The cell as text whatever the type ("" if null); whole numbers without ".0".
    std::string cell(std::size_t row) const;
};

struct RawTable {
    std::string source; // file and layer, for messages
    std::vector<Column> columns;
    std::size_t first_row = 1; // number of the first data row as a person would count in the file
    std::size_t rows() const { return columns.empty() ? 0 : columns.front().rows(); }
    const Column* find(std::string_view name) const; // name_meant()
    std::vector<std::string> column_names() const;
};

} // namespace diaban::data
