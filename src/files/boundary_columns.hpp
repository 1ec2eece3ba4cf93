// Which column of a boundary file is what, and the units made of them. Private to src/files.
#pragma once

#include "base/error.hpp"
#include "data/table.hpp"
#include "data/units.hpp"
#include "files/boundaries.hpp"

namespace diaban::files {

// Column indexes; -1 = there is none.
struct UnitColumns {
    int code = -1, name = -1, type = -1;
    int district_code = -1, district_name = -1;
    int province_code = -1, province_name = -1;
    // The code column was chosen by a name like "ma" or "id": believed only if it tells units
    // apart.
    bool code_unsure = false;
    // Digits of its codes if its name says what they are: 5 communes, 3 districts, 2 provinces.
    std::size_t code_width = 0;
};

// Finds the columns by their usual names; those the source names are taken as they are. Throws
// Error Data "error.column.missing" (with similar names) for a named column that does not exist.
UnitColumns find_unit_columns(const std::vector<std::string>& names, const BoundarySource& source);

// True for a column that find_unit_columns may want: the others need not be read.
bool may_be_unit_column(const std::string& name, const BoundarySource& source);

// Codes, names, types and parents of all rows. Restores leading zeros, reports duplicate and
// missing codes. Without a usable code column the row numbers (from 1) become the codes.
data::UnitTable make_units(const data::RawTable& table, std::size_t rows, UnitColumns columns,
                           const std::string& file, base::Findings& findings);

} // namespace diaban::files
