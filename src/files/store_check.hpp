// Checking a store: is the file sound, are its layers what QGIS expects, does its content agree
// with itself?
#pragma once

#include "base/error.hpp"
#include "base/job.hpp"

#include <filesystem>

namespace diaban::files {

struct StoreCheck {
    int version = 0; // of the schema
    std::uint64_t observations = 0;
    base::Findings findings; // empty: nothing is wrong
};

// Reads everything, changes nothing. Finds: damaged pages ("store_integrity"), broken references
// ("store_orphan"), layers that are not registered, of another CRS or without a working spatial
// index ("store_layer"), observations in undeclared periods ("store_period"), unit rows with holes
// ("store_unit_order"), crosswalk rows that do not add up to 1 ("store_crosswalk"), parts larger
// than their whole ("store_part"), numbers that their indicator cannot have ("store_value_count",
// "store_value_amount", "store_value_share", "store_value_more"), halves larger than their year
// ("store_half"), recognitions of a class that is not there ("store_status"), plans of
// inspections of one name or of communes that no vintage has ("store_plan"), tables that are
// missing ("store_table"). Throws Error Input, Database (not a store, newer).
StoreCheck check_store(const std::filesystem::path& file, base::JobContext& ctx);

} // namespace diaban::files
