// Units and tables in a line each, for tests of what is joined to what.
#pragma once

#include "data/table.hpp"
#include "data/units.hpp"

#include <string>
#include <vector>

namespace diaban::test {

// Units named as their codes.
inline data::UnitTable units(std::vector<std::string> codes) {
    data::UnitTable table;
    table.name = codes;
    table.code = std::move(codes);
    return table;
}

// An empty text is an empty cell.
inline data::Column text_column(std::string name, std::vector<std::string> cells) {
    data::Column column;
    column.name = std::move(name);
    for (const auto& cell : cells) column.null.push_back(cell.empty());
    column.text = std::move(cells);
    return column;
}

} // namespace diaban::test
