// Tables of totals that reports and plans print: columns code and value, and period where there is
// one (status --reported, targets --totals).
//
// Guarantees: numbers are read in one style for the whole column, as imports read them; a row that
// cannot be read is a finding "reported_bad_row" and never left out without a word.
#pragma once

#include "base/error.hpp"
#include "base/job.hpp"
#include "data/cube.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diaban::app {

struct ReportedTotal {
    std::string code;
    double value = 0;
    std::optional<data::Period> period; // nothing: the table has no such column
    std::int64_t row = 0;               // as a person counts
};
// Throws Error Input as tables do, Data "error.status.reported".
std::vector<ReportedTotal> read_reported_totals(const std::filesystem::path& file,
                                                base::Findings& findings, base::JobContext& ctx);
// "reported_unknown_code": the code of the row is no indicator.
void report_unknown_code(const std::filesystem::path& file, const ReportedTotal& row,
                         base::Findings& findings);

} // namespace diaban::app
