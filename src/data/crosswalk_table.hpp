// A crosswalk from a table of pairs: old code, new code and, where one is known, the share.
//
// Guarantee: no share is invented. A pair that a table of shares leaves out, though it knows the
// old unit, has none, and that is reported. An old unit that goes to several new ones without
// shares is left out and named in a finding; rows are normalised to 1 and what that changed is
// reported.
#pragma once

#include "data/crosswalk.hpp"
#include "data/table.hpp"
#include "data/units.hpp"

#include <map>
#include <span>

namespace diaban::data {

struct CrosswalkColumns {
    std::string from, to, share; // empty: found by their names; share may not exist
};

// Shares by (old code, new code), for tables of pairs that have none.
using Shares = std::map<std::pair<std::string, std::string>, double>;
Shares read_shares(const RawTable& table, const CrosswalkColumns& columns);

// Pairs of units that one of the lists does not have are left out and counted. Units of `from`
// that the table does not name keep their code if `to` has a unit of it: they did not change.
// Throws Error Data "error.table.no_column".
struct CrosswalkRead {
    Crosswalk crosswalk;
    // New units that would get a part of an old one whose shares nobody knows: what is carried to
    // them is not the whole, and must not be shown as if it were.
    std::vector<std::size_t> incomplete;
    std::size_t used_rows = 0; // of the table, whose units both lists have
};
CrosswalkRead crosswalk_from(const RawTable& table, const CrosswalkColumns& columns,
                             const UnitTable& from, const UnitTable& to, const Shares& shares,
                             base::Findings& findings);
// One after the other. Where a unit between is not whole, neither is what it goes to. Throws as
// compose().
CrosswalkRead chained(const CrosswalkRead& first, const CrosswalkRead& second);

// Over several tables in their order, without lists of the units between them: those are the codes
// that a table leads to, and the codes that it does not name. The shares are those of the last one.
// Of a single table some row must be of these units: it would be taken for "nothing changed".
// Throws Error Data "error.crosswalk.no_row" {file, count, example}.
struct CrosswalkTable {
    RawTable table;
    CrosswalkColumns columns;
};
CrosswalkRead crosswalk_over(std::span<const CrosswalkTable> tables, const UnitTable& from,
                             const UnitTable& to, const Shares& shares, base::Findings& findings);
// Makes every value of those units Missing.
void withhold(IndicatorCube& cube, const std::vector<std::size_t>& units);

} // namespace diaban::data
