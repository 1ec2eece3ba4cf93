// Private to the import: which columns name a row, what kind of row it is, and which unit it names.
#pragma once

#include "data/import_cells.hpp"
#include "data/import_read.hpp"

#include <map>
#include <string>
#include <unordered_map>

namespace diaban::data {

// The cell of a planned column; empty where there is none.
const SheetCell& cell_at(std::span<const SheetCell> cells, const PlannedColumn* column);

enum class RowKind { Blank, Unit, Total, Part, District };

// Fed with the rows of a sheet in order; a heading of a district is remembered for what follows.
class RowReader {
public:
    // Refers to `plan`, which must outlive it.
    RowReader(const SheetPlan& plan, const UnitTable& units);

    RowKind kind_of(std::span<const SheetCell> cells);
    // The words that say what a row is: the first text of the columns that name rows.
    std::string_view label(std::span<const SheetCell> cells) const;
    // The distinct names of units met so far, and the number of this row's; numbers begin at 0.
    std::size_t note_key(std::span<const SheetCell> cells);
    std::optional<std::size_t> key_of(std::span<const SheetCell> cells);
    const std::vector<UnitKey>& keys() const { return key_list_; }

    bool keyed() const { return plan_.shape == Shape::Units || plan_.shape == Shape::Long; }
    const PlannedColumn* period() const { return period_; }
    const PlannedColumn* indicator() const { return label_; }
    const PlannedColumn* measure() const { return measure_; }
    const PlannedColumn* province() const { return province_; }
    const std::string& section() const { return section_; }
    void forget_section() { section_.clear(); } // before a second pass
    void leave_out_refused();                   // columns refused since

private:
    std::string_view key_text(std::span<const SheetCell> cells);
    RowKind kind_of_label(std::string_view label) const;

    const SheetPlan& plan_;
    const PlannedColumn *code_, *name_, *district_, *province_, *period_, *label_, *measure_;
    std::map<std::string, std::string> districts_;   // search key -> name, of headings
    std::string section_;                            // the district whose heading was last
    std::unordered_map<std::string, RowKind> kinds_; // by label
    std::string key_;                                // of the row at hand
    TextMap<std::size_t> keys_;                      // -> key_list_
    std::vector<UnitKey> key_list_;
};

// The periods that cells of rows name, each text read once.
class CellPeriods {
public:
    std::optional<Period> of(const std::string& text);

private:
    std::unordered_map<std::string, std::optional<Period>> read_;
};

// The plan of a table whose rows are all districts, under a header such as "Đơn vị" that names
// communes in other tables: these are no subtotals but the numbers of whole districts. Nothing
// where it is none.
std::optional<SheetPlan> plan_by_district(const Sheet& sheet, const SheetPlan& plan,
                                          const UnitTable& units);

} // namespace diaban::data
