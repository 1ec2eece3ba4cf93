// How a sheet of a report is read: which rows are its header, what each column holds, for which
// period and area. Found from the sheet and the catalogue, or given by a profile.
//
// Guarantee: nothing is guessed that would give a number another meaning. A column whose header is
// not the name of an indicator is left out, with a finding that names the nearest ones.
#pragma once

#include "data/catalogue.hpp"
#include "data/import_period.hpp"
#include "data/import_sheet.hpp"
#include "data/measure.hpp"
#include "data/units.hpp"

#include <map>
#include <optional>

namespace diaban::data {

enum class Role : std::uint8_t {
    Ignored,
    Refused, // about persons: never read
    Code,    // of the unit
    Name,
    District,
    Province,
    Period,
    Indicator, // a long table, or a report with one indicator a row
    Value,
    Part,       // "trong đó": a part of the value column before it
    Recognised, // whether the commune's status was recognised
    Decision,   // number of the decision that recognised it
    DecidedOn,  // its day
    Measure,    // unit of measure of the row's numbers: "triệu đồng"
};
std::string_view to_string(Role role); // "ignored" "refused" "code" ...
std::optional<Role> parse_role(std::string_view text);

// What stands in cells without a number, by the rule of the statistical yearbooks: "-" is zero
// (nothing happened), "..." is missing (it happened, but was not collected), "x" is not applicable.
enum class Empty : std::uint8_t { Zero, Missing, NotApplicable };
struct EmptyRule {
    Empty dash = Empty::Zero;     // - – —
    Empty none = Empty::Zero;     // "không", "không có"
    Empty dots = Empty::Missing;  // ... …
    Empty blank = Empty::Missing; // nothing, blanks
    friend bool operator==(const EmptyRule&, const EmptyRule&) = default;
};

// What words of a report's cells mean: a status code ("none" ... "hot1", "unknown").
using StatusWords = std::map<std::string, std::string>;

// What a person said about a kind of report; empty fields are found from the sheet. Saved by name.
struct ImportProfile {
    std::string name;
    std::vector<std::string> sheets; // only these; empty = all with data
    std::uint32_t header_row = 0;    // first row of the header, as a person counts; 0 = found
    std::uint32_t header_rows = 0;   // 0 = found
    std::optional<Period> period;    // of the whole sheet
    std::string as_of;               // "2010-12-10"
    std::optional<bool> cumulative;
    std::string agency;
    std::string area; // code or name of the district or province of a report without units
    EmptyRule empty;
    std::string present; // "inclusive" or "exclusive": see data/import_present.hpp; empty = found
    // Header or a row's label (ignoring case and diacritics) -> "code", "name", "ignored" ..., or
    // an indicator: "DR01", with its period "DR01@2010", with what its numbers are multiplied by
    // "IN05*1000000" (1: as they stand, whatever unit the header names).
    std::map<std::string, std::string> columns;
    StatusWords words; // ignoring case and diacritics; "TĐ" -> "hot"
    friend bool operator==(const ImportProfile&, const ImportProfile&) = default;
};

enum class Shape : std::uint8_t {
    Units,      // a row per unit, a column per indicator or period
    Long,       // a row per unit, indicator and period
    Indicators, // a row per indicator, for one area
    Areas,      // a row per district or province, a column per indicator or period
};

struct PlannedColumn {
    std::uint32_t column = 0; // from 0
    std::string header;       // rows of the header joined by " · "
    Role role = Role::Ignored;
    std::string indicator;            // of Value and Part; empty: the row's own
    std::optional<Period> period;     // of the header; nothing: the row's or the sheet's
    std::string part;                 // the words after "trong đó"
    std::vector<std::string> nearest; // codes a left-out column may have meant
    std::string other_period;         // "9 thang", "quy i": why a column is left out
    std::string asked;                // the indicator of a column left out for its unit or period
    std::optional<Measure> measure;   // that the header names
    double factor = 1;         // what numbers are multiplied by to be in the indicator's unit
    bool factor_given = false; // by the profile
};

struct SheetPlan {
    std::string sheet;
    Shape shape = Shape::Units;
    std::uint32_t header_row = 0, header_rows = 0; // 0: no header was found
    std::uint32_t first_data_row = 0;
    std::vector<PlannedColumn> columns;
    std::optional<Period> period; // of the titles or the profile
    std::string as_of;            // "2010-12-10" or ""
    std::string other_period;     // of the titles: no year or half, so nothing is assumed
    bool cumulative = true;       // counts from the start of the year
    std::string agency, area;
    std::optional<Measure> measure; // of the titles: "ĐVT: triệu đồng"
    EmptyRule empty;
    std::map<std::string, std::string> given; // of the profile, by search key
    StatusWords words;                        // the same
    base::Findings findings;

    const PlannedColumn* find(Role role) const; // the first, or nullptr
    bool usable() const;                        // has something to import
};

// `own` are indicators that the store knows beside the catalogue.
SheetPlan plan_sheet(const Sheet& sheet, const ImportProfile& profile,
                     const std::vector<Indicator>& own = {});

// The catalogue's or the store's code for a header or a row's label, exact apart from case,
// diacritics, numbering and "số" before it; "" if there is none.
std::string indicator_named(std::string_view label, const std::vector<Indicator>& own);
std::vector<std::string> nearest_indicators(std::string_view label);
// Of an indicator of the store or the catalogue; "" if unknown or a class.
std::string unit_of(std::string_view code, const std::vector<Indicator>& own);
// "1.2. Số cuộc" -> "Số cuộc"; "- Nữ" -> "Nữ".
std::string_view without_numbering(std::string_view label);

} // namespace diaban::data
