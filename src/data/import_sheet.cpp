#include "data/import_sheet.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::data {

std::string SheetCell::as_text() const {
    switch (kind) {
    case Kind::Empty:
        return {};
    case Kind::Number:
        return base::format_exact(number) + (percent ? "%" : "");
    case Kind::Text:
        break;
    }
    return std::string(text);
}

GridSheet::Cell& GridSheet::at(std::uint32_t row, std::uint32_t column) {
    if (rows_.empty() || rows_.back().number != row) rows_.push_back({row, {}});
    auto& cells = rows_.back().cells;
    if (cells.size() <= column) cells.resize(column + 1);
    return cells[column];
}

void GridSheet::add(std::uint32_t row, std::uint32_t column, double number, bool percent) {
    if (!std::isfinite(number)) return;
    auto& cell = at(row, column);
    cell.kind = SheetCell::Kind::Number;
    cell.number = number;
    cell.percent = percent;
}

void GridSheet::add(std::uint32_t row, std::uint32_t column, std::string_view given) {
    const auto trimmed = base::trim(given);
    if (trimmed.empty()) return;
    auto& cell = at(row, column);
    cell.kind = SheetCell::Kind::Text;
    cell.first = text_.size();
    if (base::is_nfc(trimmed))
        text_.append(trimmed);
    else
        text_.append(base::nfc(trimmed));
    cell.size = static_cast<std::uint32_t>(text_.size() - cell.first);
}

void GridSheet::merge(std::uint32_t first_row, std::uint32_t first_column, std::uint32_t last_row,
                      std::uint32_t last_column) {
    const auto found = std::find_if(rows_.begin(), rows_.end(),
                                    [&](const Row& row) { return row.number == first_row; });
    if (found == rows_.end() || first_column >= found->cells.size()) return;
    const auto cell = found->cells[first_column];
    // A number stands for itself once, however wide it is drawn.
    if (cell.kind != SheetCell::Kind::Text) return;
    constexpr std::uint32_t kWidest = 1024; // titles are merged over whole sheets
    last_column = std::min(last_column, first_column + kWidest);
    for (auto row = found; row != rows_.end() && row->number <= last_row; ++row) {
        if (row->cells.size() <= last_column) row->cells.resize(last_column + 1);
        for (auto column = first_column; column <= last_column; ++column) row->cells[column] = cell;
    }
}

void GridSheet::visit(const Visitor& visitor, std::size_t most) const {
    std::vector<SheetCell> cells;
    std::size_t visited = 0;
    for (const auto& row : rows_) {
        if (most != 0 && visited++ == most) return;
        cells.clear();
        for (const auto& cell : row.cells)
            cells.push_back({cell.kind, cell.number,
                             std::string_view(text_).substr(cell.first, cell.size), cell.percent});
        visitor(row.number, cells);
    }
}

} // namespace diaban::data
