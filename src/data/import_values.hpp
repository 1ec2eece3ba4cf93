// Private to the import: what the cells of a sheet say, put where it belongs.
#pragma once

#include "data/import_cells.hpp"
#include "data/import_findings.hpp"
#include "data/import_read.hpp"

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
    // kNone, with a finding, if the words are no indicator.
    std::size_t series_of_label(const std::string& label, std::uint32_t number);
    // Where a row stands, for findings.
    base::Args at_row(std::uint32_t number) const;

    CellReading read(const SheetCell& cell, std::size_t s, base::NumberStyle style,
                     const std::string& header, std::uint32_t number);
    void put(std::size_t s, Period period, std::size_t unit, CellReading reading,
             std::uint32_t number);
    void add_part(std::size_t s, Period period, std::optional<std::size_t> unit,
                  const std::string& part, CellReading reading, std::uint32_t number);

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
    // What a label names; of one that names nothing, what it may have meant: found once, for
    // millions of rows may have it.
    struct Label {
        std::size_t series = kNone;
        std::string near;
    };
    std::unordered_map<std::string, Label> labels_;
    std::set<std::tuple<std::size_t, Period, std::size_t>> conflicts_;
    std::pair<std::size_t, Period> last_key_;
    ImportSlice* last_slice_ = nullptr;
    bool disagrees_ = false;
    std::uint32_t duplicate_of_ = 0;
};

} // namespace diaban::data
