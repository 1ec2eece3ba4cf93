// Private to the import: what the cells of a sheet say, put where it belongs.
#pragma once

#include "data/import_cells.hpp"
#include "data/import_findings.hpp"
#include "data/import_read.hpp"
#include "data/value_limits.hpp"

#include <set>
#include <tuple>

namespace diaban::data {

// Fills the slices and parts of a SheetImport. Of two cells for the same thing equal ones count
// once; ones that disagree leave it missing.
class ValueWriter {
public:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    // All are referred to and must outlive it.
    ValueWriter(SheetImport& out, const UnitTable& units, const std::vector<Indicator>& own,
                FindingList& found)
        : out_(out), units_(units), own_(own), found_(found) {}

    // The place of an indicator in out.indicators; new ones are added.
    std::size_t series(const std::string& code);
    // The indicator that a row's label names, the measure it says, and what a person said its
    // numbers are multiplied by.
    struct Label {
        std::size_t series = kNone;
        std::optional<Measure> measure;
        std::optional<double> factor;
        std::string near; // of one that names nothing: what it may have meant
    };
    // series = kNone, with a finding, if the words are no indicator.
    const Label& label_of(const std::string& label, std::uint32_t number);
    // What numbers of a row are multiplied by, when `written` (empty: nothing) stands in its column
    // of measures; nothing, with a finding, if it is the measure of something else.
    std::optional<double> factor_of(std::size_t s, const Label* label, const std::string& written,
                                    const PlannedColumn& column, std::uint32_t number);
    // Where a row stands, for findings.
    base::Args at_row(std::uint32_t number) const;

    CellReading read(const SheetCell& cell, std::size_t s, base::NumberStyle style, double factor,
                     const std::string& header, std::uint32_t number);
    // True if the cell took the value: false for a repeated one.
    bool put(std::size_t s, Period period, std::size_t unit, CellReading reading,
             std::uint32_t number);
    // `whole`: of a part that belongs to no cell, such as one of a total row; nothing: found.
    void add_part(std::size_t s, Period period, std::optional<std::size_t> unit,
                  const std::string& part, CellReading reading, std::uint32_t number,
                  std::optional<double> whole = std::nullopt,
                  std::optional<std::size_t> area = std::nullopt);

    // Since begin_row(): the row that had the same cells before, 0 if none, and whether they
    // differ.
    void begin_row() { duplicate_of_ = 0, disagrees_ = false; }
    std::uint32_t duplicate_of() const { return duplicate_of_; }
    bool disagrees() const { return disagrees_; }

private:
    ImportSlice& slice(std::size_t s, Period period);
    double whole_of_area(std::size_t s, Period period) const;

    SheetImport& out_;
    const UnitTable& units_;
    const std::vector<Indicator>& own_;
    FindingList& found_;
    std::vector<CategoryReader> categories_; // per indicator
    const ValueLimits& limits_of(std::size_t s);
    bool possible(double value, const SheetCell& cell, std::size_t s);
    const std::string& unit_of_series(std::size_t s);

    std::unordered_map<std::string, Label> labels_; // found once: millions of rows may have it
    std::vector<std::optional<std::string>> units_of_series_;
    std::vector<std::optional<ValueLimits>> limits_;
    std::map<std::pair<std::size_t, std::string>, std::optional<double>> factors_;
    std::set<std::tuple<std::size_t, Period, std::pair<std::size_t, std::size_t>, std::string>>
        parts_;
    std::set<std::tuple<std::size_t, Period, std::size_t>> conflicts_;
    std::pair<std::size_t, Period> last_key_;
    ImportSlice* last_slice_ = nullptr;
    bool disagrees_ = false;
    std::uint32_t duplicate_of_ = 0;
};

} // namespace diaban::data
