// What is known of units over time: names and parents of a code by date, and the agency that is
// responsible for a commune. Both are read from tables.
#pragma once

#include "base/error.hpp"
#include "data/table.hpp"
#include "data/units.hpp"

#include <optional>
#include <utility>

namespace diaban::data {

// The columns of a table that say from when until when its rows hold: valid_from, from, tu_ngay;
// valid_to, valid_until, until (exclusive) or den_ngay, den_het_ngay (the last day itself). All may
// be missing. Refers to the table.
class DateColumns {
public:
    // A column with such a name that means something else: where a ferry goes from.
    struct Dateless {
        std::string column, value; // its name, and the first text in it
    };
    explicit DateColumns(const RawTable& table);
    // Passes over columns in which no cell is a day or written like one, and names them.
    DateColumns(const RawTable& table, std::vector<Dateless>& dateless);
    // "2004-08-31" and the exclusive end; "" = open, which any is that no column gives. Nothing if
    // they are no days or the end is not after the beginning.
    std::optional<std::pair<std::string, std::string>> days(std::size_t row) const;
    std::string written(std::size_t row) const; // both as they stand in the table
    bool reads(const Column& column) const;     // of the table it was made for

private:
    const Column *from_, *until_, *last_;
    std::string end_of(std::size_t row) const;
};

// What a code was called, and when. Dates are "2004-08-31", "" = open; `until` is exclusive.
struct UnitName {
    std::string code, from, until, name, type, parent, document;
    friend bool operator==(const UnitName&, const UnitName&) = default;
};
// Columns: code (or commune_code, ma_xa), name (or commune, ten_xa), valid_from, valid_to; type,
// district_code and document may be missing. Spells of a code that overlap, and dates that are
// none, become findings and are left out. With a `province` (code or name, of the columns
// province_code, ma_tinh, province, tinh) only the codes that were ever in it are kept, with all
// their names. Throws Error Data "error.table.no_column", "error.names.province" (none is in it).
std::vector<UnitName> read_unit_names(const RawTable& table, base::Findings& findings,
                                      const std::string& province = {});

// The agency or post that a commune is assigned to; never a person.
struct Assignment {
    std::string code, agency, from, until;
    friend bool operator==(const Assignment&, const Assignment&) = default;
};
// Columns: code, agency (or don_vi), valid_from, valid_to (exclusive) or den_ngay (the last day).
// Two agencies at once are a finding. A cell that looks like a person's name is refused with a
// finding. Throws Error Data "error.table.no_column".
std::vector<Assignment> read_assignments(const RawTable& table, base::Findings& findings);

// True if `day` ("2010-12-31") lies in [from, until); empty = open.
bool valid_on(const std::string& from, const std::string& until, std::string_view day);

} // namespace diaban::data
