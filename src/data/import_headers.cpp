#include "data/import_headers.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/import_columns.hpp"
#include "data/import_rows.hpp"

#include <algorithm>

namespace diaban::data {

HeaderRows::HeaderRows(const SheetPlan& plan) : plan_(plan), unit_(plan.find(Role::Name)) {
    if (!unit_) unit_ = plan.find(Role::Code);
}

bool HeaderRows::names_column(std::string_view text) {
    constexpr std::size_t kMostKnown = 100'000, kLongest = 80;
    if (text.size() > kLongest || text.find_first_of("0123456789") != text.npos) return false;
    if (const auto found = known_.find(text); found != known_.end()) return found->second != 0;
    if (known_.size() >= kMostKnown) known_.clear();
    const bool names = role_named(text).has_value();
    known_.emplace(std::string(text), static_cast<std::uint8_t>(names));
    return names;
}

// Every cell stands below its own words.
bool HeaderRows::as_planned(std::span<const SheetCell> cells) const {
    for (std::size_t c = 0; c < cells.size(); ++c) {
        if (cells[c].empty()) continue;
        const auto column = std::find_if(plan_.columns.begin(), plan_.columns.end(),
                                         [&](const PlannedColumn& one) { return one.column == c; });
        if (column == plan_.columns.end()) return false;
        const auto key = base::search_key(cells[c].text);
        const auto parts = parts_of_header(column->header);
        if (key != base::search_key(column->header) &&
            std::none_of(parts.begin(), parts.end(),
                         [&](std::string_view part) { return base::search_key(part) == key; }))
            return false;
    }
    return true;
}

// Lines of one cell after an empty row: the title of another table, if its header follows.
void HeaderRows::look_for_title(std::uint32_t row, std::span<const SheetCell> cells) {
    const auto filled =
        std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); });
    if (filled == 0)
        title_ = row + 1;
    else if (before_ != 0 && row > before_ + 1)
        title_ = row; // empty rows are not always told
    before_ = row;
    if (filled < 2) return;
    begins_ = title_ != 0 ? title_ : row;
    title_ = 0;
}

void HeaderRows::see(std::uint32_t row, std::span<const SheetCell> cells) {
    if (other_ != 0) return;
    look_for_title(row, cells);
    if (!unit_ || unit_->column >= cells.size()) return;
    const auto& unit = cells[unit_->column];
    if (unit.kind != SheetCell::Kind::Text || !names_column(unit.text)) return;
    std::size_t words = 0;
    bool units = false;
    for (const auto& cell : cells) {
        if (cell.empty()) continue;
        if (cell.kind != SheetCell::Kind::Text || base::parse_number(cell.text, {})) return;
        ++words;
        const auto role = role_named(cell.text);
        units = units || role == Role::Code || role == Role::Name;
    }
    if (words < 2 || !units) return;
    if (as_planned(cells))
        again_.insert(row);
    else
        other_ = row;
}

TableBeside::TableBeside(const SheetPlan& plan) {
    for (const auto role : {Role::Code, Role::Name}) {
        std::vector<std::uint32_t> columns;
        for (const auto& column : plan.columns)
            if (column.role == role) columns.push_back(column.column);
        if (columns.size() < 2) continue;
        // "Đơn vị" before "Xã" is one table: between two of them there are numbers.
        const bool numbers =
            std::any_of(plan.columns.begin(), plan.columns.end(), [&](const PlannedColumn& column) {
                return (column.role == Role::Value || column.role == Role::Part) &&
                       column.column > columns[0] && column.column < columns[1];
            });
        if (!numbers) continue;
        first_ = columns[0];
        second_ = columns[1];
        return;
    }
}

void TableBeside::see(std::uint32_t row, std::span<const SheetCell> cells) {
    if (!second_ || differs_in_ != 0 || *second_ >= cells.size()) return;
    const auto &one = cells[first_], &other = cells[*second_];
    // A merged title, or a row of totals, says the same in both or nothing in one of them.
    if (one.empty() || other.empty()) {
        if (!other.empty() && other.kind == SheetCell::Kind::Text && !total_label(other.text))
            differs_in_ = row;
        return;
    }
    if (base::search_key(one.as_text()) != base::search_key(other.as_text())) differs_in_ = row;
}

void report_same_columns(const SheetPlan& plan, FindingList& found) {
    for (std::size_t b = 1; b < plan.columns.size(); ++b)
        for (std::size_t a = 0; a < b; ++a) {
            const auto &one = plan.columns[a], &other = plan.columns[b];
            if (one.role != Role::Value || other.role != Role::Value || one.indicator.empty() ||
                one.indicator != other.indicator || one.period != other.period)
                continue;
            found.add(base::Severity::Problem, "import_same_column",
                      {{"sheet", plan.sheet},
                       {"column", one.header},
                       {"other", other.header},
                       {"indicator", one.indicator}});
            break;
        }
}

} // namespace diaban::data
