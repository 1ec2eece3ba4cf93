// Headers below the header: printed again on every page, or of another table on the same sheet,
// whose numbers would be taken for those of the first.
//
// Guarantee: a row with a number is no header, nor is one whose unit column holds a name.
#pragma once

#include "data/import_cells.hpp"
#include "data/import_findings.hpp"
#include "data/import_plan.hpp"

#include <optional>
#include <set>

namespace diaban::data {

class HeaderRows {
public:
    // Refers to `plan`, which must outlive it.
    explicit HeaderRows(const SheetPlan& plan);

    // The rows below the header, in order.
    void see(std::uint32_t row, std::span<const SheetCell> cells);
    // True for headers printed again, and for all rows of another table, its title too.
    bool contains(std::uint32_t row) const {
        return (other_ != 0 && row >= begins_) || again_.contains(row);
    }
    // The header of another table; 0: none so far.
    std::uint32_t other_table() const { return other_; }

private:
    void look_for_title(std::uint32_t row, std::span<const SheetCell> cells);
    bool names_column(std::string_view text);
    bool as_planned(std::span<const SheetCell> cells) const;

    const SheetPlan& plan_;
    const PlannedColumn* unit_;
    std::uint32_t other_ = 0, begins_ = 0; // its header, and the first line of its title
    std::uint32_t title_ = 0;              // what may be the first line of a title; 0: none
    std::uint32_t before_ = 0;             // the row seen before
    std::set<std::uint32_t> again_;
    TextMap<std::uint8_t> known_; // whether a text of the unit column is the name of a column
};

// A second table to the right of the first, with a column of units of its own: a long list that was
// printed in two halves, or other numbers of the same communes.
class TableBeside {
public:
    explicit TableBeside(const SheetPlan& plan);

    void see(std::uint32_t row, std::span<const SheetCell> cells);
    // The first row whose two units are not one and the same; 0: none, or no second column.
    std::uint32_t differs_in() const { return differs_in_; }
    // Whether a column belongs to the second table.
    bool has(const PlannedColumn& column) const { return second_ && column.column > *second_; }

private:
    std::uint32_t first_ = 0;
    std::optional<std::uint32_t> second_; // columns of units, of one kind
    std::uint32_t differs_in_ = 0;
};

// Two columns for one number: where they differ nobody knows which one is meant.
void report_same_columns(const SheetPlan& plan, FindingList& found);

} // namespace diaban::data
