// From the rows of a sheet to observations, as its plan says: nothing is lost, added up or
// invented.
//
// Guarantees: every cell of a value column becomes a value, a stated emptiness or a finding that
// names its row. Total rows are compared with the sum of the rows they stand for, and never
// imported. Parts ("trong đó") are kept beside their whole and never added. Of two rows for the
// same cell equal ones count once; ones that disagree leave the cell missing.
#pragma once

#include "data/import_plan.hpp"
#include "data/names.hpp"

#include "base/job.hpp"

#include <functional>
#include <map>

namespace diaban::data {

// How a row names its unit; fields without a column are empty.
struct UnitKey {
    std::string code, name, district, province;
    friend bool operator==(const UnitKey&, const UnitKey&) = default;
};
struct UnitAnswer {
    std::optional<std::size_t> unit;
    std::vector<std::size_t> candidates; // without a unit: what it may be, likeliest first
    bool clear = false;                  // the first is likelier than the second
    bool restored = false;               // leading zeros of the code were lost
    bool name_differs = false;           // found by its code, beside the name of another unit
};
// All distinct keys of a sheet at once, so that rows that have their unit narrow down the others.
using FindUnits = std::function<std::vector<UnitAnswer>(const std::vector<UnitKey>&)>;

// By code (lost zeros restored where the width shows them), then by the ladder of names; names that
// are not certain are candidates, but not those that a person has `refused`. Refers to `units`,
// which must outlive it.
// A unit found by its code keeps it whatever name stands beside it; `names` are what units were
// also called while these boundaries held.
FindUnits find_by_code_or_name(const UnitTable& units, std::vector<Alias> aliases = {},
                               std::vector<Alias> refused = {}, std::vector<Alias> names = {});

// One indicator and period: a cell per unit. row[i] = 0: the sheet says nothing of unit i.
struct ImportSlice {
    std::vector<double> value; // NaN unless Observed
    std::vector<Cell> state;
    std::vector<std::uint32_t> row; // as a person counts in the sheet
};

// What is no plain cell of a unit: numbers of a whole area, and parts of numbers.
struct ImportedPart {
    std::size_t indicator = 0; // of SheetImport::indicators
    Period period;
    std::optional<std::size_t> unit; // nothing: an area
    std::string part;                // "" = the whole
    double value = 0;
    Cell state = Cell::Observed;
    std::uint32_t row = 0;
    std::optional<std::size_t> area; // of SheetImport::areas; nothing: the area of the plan
};

// A district or province that rows of a sheet speak of.
struct SheetArea {
    Level level = Level::Province;
    std::string code, name;
    friend bool operator==(const SheetArea&, const SheetArea&) = default;
};

// A percentage as it is printed beside its count; it is compared, not stored.
struct PrintedShare {
    std::size_t indicator = 0;
    Period period;
    std::string text;
    std::uint32_t row = 0;
};

struct UnmatchedRow {
    std::uint32_t row = 0;
    UnitKey key;
    std::vector<std::size_t> candidates; // units
    bool clear = false;                  // the first is likelier than the second
};

// What a row says about the recognition of a commune's status.
struct Recognition {
    std::size_t unit = 0;
    Period period;
    std::optional<bool> recognised;
    std::string decision, decided_on; // number, "2010-12-10"; may be empty
    std::uint32_t row = 0;
};

struct SheetImport {
    SheetPlan plan;
    std::vector<Indicator> indicators;
    std::map<std::pair<std::size_t, Period>, ImportSlice> slices; // by indicator and period
    std::vector<ImportedPart> parts;
    std::vector<SheetArea> areas;
    std::vector<PrintedShare> shares;
    std::vector<Recognition> recognitions;
    std::size_t rows = 0;          // below the header, blank ones left out
    std::size_t unit_rows = 0;     // that found their unit
    std::size_t coded_rows = 0;    // of them by a code with a name beside it
    std::size_t misnamed_rows = 0; // of them with the name of another unit
    std::size_t totals = 0;        // rows of totals that were checked
    std::size_t wrong_totals = 0;  // numbers in them that are not the sum
    std::vector<UnmatchedRow> unmatched;
    std::vector<std::size_t> missing_units; // of the districts that the sheet speaks of
    std::vector<std::uint32_t> duplicate_rows;
    base::Findings findings;          // all of the above, and those of the plan
    std::size_t observations() const; // cells with a value or a stated emptiness
};

// `own`: indicators of the store; their categories keep their numbers. Throws Error Data
// "error.import.no_period" if neither the sheet nor the profile says when.
SheetImport import_sheet(const Sheet& sheet, const SheetPlan& plan, const UnitTable& units,
                         const FindUnits& find_units, const std::vector<Indicator>& own,
                         base::JobContext& ctx);

// Cells that two sheets of a file fill: equal ones stay, others become missing in both, with a
// finding in the later sheet.
void reconcile(std::vector<SheetImport>& sheets, const UnitTable& units);

// True for "Tổng cộng", "Cộng", "Toàn tỉnh", "Cộng huyện ..."; not for "Cộng Hòa", a commune.
bool total_label(std::string_view label);

} // namespace diaban::data
