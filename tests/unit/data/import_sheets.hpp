// Sheets as lines of text, and what was read from them.
#pragma once

#include "data/import_read.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace diaban::test {

using namespace diaban::data;

// Rows of cells written as text, "|" between cells; numbers become numbers if `typed`.
inline GridSheet sheet_of(const std::vector<std::string>& rows, bool typed = true) {
    GridSheet sheet("Sheet1", typed);
    std::uint32_t number = 0;
    for (const auto& row : rows) {
        ++number;
        std::uint32_t column = 0;
        for (std::size_t at = 0; at <= row.size(); ++column) {
            const auto end = std::min(row.find('|', at), row.size());
            const auto cell = row.substr(at, end - at);
            std::size_t used = 0;
            double value = 0;
            const bool number_like = typed && !cell.empty() &&
                                     (cell[0] != '0' || cell.size() == 1) &&
                                     cell.find_first_not_of("0123456789") == std::string::npos;
            if (number_like) value = std::stod(cell, &used);
            if (number_like && used == cell.size())
                sheet.add(number, column, value);
            else
                sheet.add(number, column, cell);
            at = end + 1;
        }
    }
    return sheet;
}

inline UnitTable four_units() {
    UnitTable units;
    units.code = {"00001", "00004", "00007", "00010"};
    units.name = {"Xã Tân Thạnh", "Phường Mỹ Long", "Thị trấn An Châu", "Xã Hòa Bình"};
    units.type = {"Xã", "Phường", "Thị trấn", "Xã"};
    units.groups[1] = {{"001", "Huyện A"}, {"002", "Huyện B"}};
    units.parent[1] = {0, 0, 1, 1};
    units.groups[2] = {{"89", "An Giang"}};
    units.parent[2] = {0, 0, 0, 0};
    return units;
}

inline SheetImport imported(const GridSheet& sheet, const ImportProfile& profile = {},
                            const UnitTable& units = four_units()) {
    base::JobContext ctx;
    return import_sheet(sheet, plan_sheet(sheet, profile), units, find_by_code_or_name(units), {},
                        ctx);
}

inline double value(const SheetImport& import, const std::string& indicator, Period period,
                    std::size_t unit) {
    for (const auto& [key, slice] : import.slices)
        if (import.indicators[key.first].id == indicator && key.second == period)
            return slice.state[unit] == Cell::Observed ? slice.value[unit] : -1;
    return -2;
}

inline std::size_t found(const SheetImport& import, const std::string& kind) {
    return static_cast<std::size_t>(std::count_if(import.findings.begin(), import.findings.end(),
                                                  [&](const auto& f) { return f.key == kind; }));
}

inline std::string text_arg(const base::Finding& finding, const std::string& name) {
    for (const auto& [key, value] : finding.args)
        if (key == name && std::holds_alternative<std::string>(value))
            return std::get<std::string>(value);
    return "";
}

} // namespace diaban::test
