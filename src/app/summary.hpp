// The six-month or yearly summary: statuses, moves and the sums of all indicators by district, by
// province and by responsible agency, as tables.
//
// Guarantees: every table ends with the whole, and its rows cover all units once; a sum says how
// many communes it rests on; ratios are recomputed from sums, never averaged. In a public summary
// no count of persons from 1 to k-1 stands, nor can one be found by subtraction within its column.
#pragma once

#include "app/mask.hpp"
#include "app/statuses.hpp"
#include "files/sheets.hpp"

namespace diaban::app {

struct SummaryChoice {
    data::Period period; // undated: the newest with data; a half-year is told as one
    std::string agency;  // only its communes; empty: all
    Classification classification = Classification::Public;
    friend bool operator==(const SummaryChoice&, const SummaryChoice&) = default;
};

struct Summary {
    files::Workbook book;
    data::Period period;
    std::size_t units = 0;
    std::vector<MaskedCell> masked; // by the name of the area
};

// Throws Error Usage "error.period.unknown", "error.summary.agency".
Summary make_summary(std::shared_ptr<const Dataset> dataset, const SummaryChoice& choice,
                     const Language& language, base::JobContext& ctx);

} // namespace diaban::app
