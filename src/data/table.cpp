#include "data/table.hpp"

#include "base/number.hpp"
#include "data/column_names.hpp"

namespace diaban::data {

std::string Column::cell(std::size_t row) const {
    if (null[row]) return "";
    if (!text.empty()) return text[row];
    return base::format_exact(number[row]);
}

const Column* RawTable::find(std::string_view name) const {
    for (const auto& column : columns)
        if (column.name == name) return &column;
    const auto at = name_meant(column_names(), name);
    return at ? &columns[*at] : nullptr;
}

std::vector<std::string> RawTable::column_names() const {
    std::vector<std::string> names;
    for (const auto& column : columns) names.push_back(column.name);
    return names;
}

} // namespace diaban::data
