// Private to checking a store: numbers that their indicator cannot have.
#pragma once

#include "base/error.hpp"
#include "base/job.hpp"

namespace diaban::files {

class Database;

// Of communes and of whole districts and provinces: negative counts, halves of what is counted one
// by one ("store_value_count"), negative amounts ("store_value_amount"), shares outside 0..100 %
// ("store_value_share"); each names unit, period, indicator, value and the report's row. Beyond the
// first twenty of an indicator only their number is said ("store_value_more"). Estimates may be
// fractions. Throws Error Database.
base::Findings impossible_values(const Database& database, int version, base::JobContext& ctx);

} // namespace diaban::files
