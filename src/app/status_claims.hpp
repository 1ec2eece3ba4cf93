// What a store keeps about statuses, put to use: overrides read and checked, and what counts shown
// as the values of a cube.
#pragma once

#include "app/statuses.hpp"
#include "files/store_status.hpp"

namespace diaban::app {

// The overrides of a table: code, period, domain, status, reason, author. Rows that cannot be used,
// those without reason or author among them, become findings. Throws Error Input, Data.
std::vector<data::StatusRecord> read_overrides(const std::filesystem::path& file,
                                               const data::UnitTable& units,
                                               base::Findings& findings, base::JobContext& ctx);

// Puts what counts into the status indicators of a cube read from a store: overrides and rules take
// their place beside the reports.
void apply_claims(data::IndicatorCube& cube, const std::vector<files::StoredClaims>& claims);

// Of the store that a dataset was read from; none without one.
std::vector<files::StoredClaims> claims_of(const Dataset& dataset);

} // namespace diaban::app
