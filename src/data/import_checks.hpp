// Private to the import: what is found out about a sheet when all its rows are read.
#pragma once

#include "data/import_findings.hpp"
#include "data/import_rows.hpp"

namespace diaban::data {

// The district that a subtotal names or stands under (`section`); of the last total the district or
// province that all rows lie in. `seen` as of find_missing_units().
std::optional<SheetArea> area_of_total(std::string_view label, const std::string& section,
                                       const std::vector<std::uint8_t>& seen,
                                       const UnitTable& units);
// The district or province of the vintage that a row names, by name or code.
std::optional<SheetArea> area_named(std::string_view name, Level level, const UnitTable& units);
// Provinces that rows name and the units do not have, each with 0.
std::map<std::string, std::size_t> provinces_elsewhere(const RowReader& rows,
                                                       const UnitTable& units);

// Columns whose cells are about persons are refused whatever their header says. `written`: texts of
// some cells of each column of the plan.
void refuse_personal_columns(SheetPlan& plan, const std::vector<std::vector<std::string>>& written,
                             FindingList& found);
// A code beside another unit's name, counted: GSO gives codes of communes that are gone to others.
void check_name_of_code(SheetImport& sheet, std::uint32_t row, const UnitKey& key,
                        const UnitAnswer& answer, const UnitTable& units, FindingList& found);
// What the cells of a row say about recognition, without unit, period and row; nothing if they are
// empty. A decision without a word about recognition is one.
std::optional<Recognition> recognition_in(const std::string& word, std::string decision,
                                          const std::string& day);

void report_unmatched(const SheetImport& sheet, const UnitTable& units, FindingList& found);
// seen[unit] = 1 for units with a row; one per unit.
void find_missing_units(SheetImport& sheet, const std::vector<std::uint8_t>& seen,
                        const UnitTable& units, FindingList& found);
// Only a commune without vice is recognised; the same row must not say otherwise.
void check_recognition(const SheetImport& sheet, const Recognition& said, const UnitTable& units,
                       FindingList& found);
// A table of the whole country in the store of one province is one line, not thousands.
void report_elsewhere(const SheetImport& sheet, const std::map<std::string, std::size_t>& rows_of,
                      FindingList& found);
// A year contains its first half, for what is counted over a period.
void check_halves(const SheetImport& sheet, const UnitTable& units, FindingList& found);
// Percentages that are all between 0 and 1 are most likely shares of one: 0.25 for 25 %.
void check_shares(const SheetImport& sheet, FindingList& found);
// V6 in every unit: visits are at least as many as the establishments found in violation.
void check_visits(const SheetImport& sheet, const UnitTable& units, FindingList& found);
// V3: parts that add up to more than their whole overlap, or one of them is wrong.
void check_parts(const SheetImport& sheet, const UnitTable& units, FindingList& found);

} // namespace diaban::data
