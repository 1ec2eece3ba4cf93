// `store log|history`: what was done to a store, and what its cells held before.
#pragma once

#include "app/commands/store_records.hpp"
#include "app/mask.hpp"

namespace diaban::app {

// The imports, and what left the store with all its values (conventions.md 6), newest first.
struct StoreLogRequest {
    std::filesystem::path store;
    friend bool operator==(const StoreLogRequest&, const StoreLogRequest&) = default;
};

// Values that imports revised or removed, newest first. In public those of indicators that count
// persons, and of rates built on them, are not told: what a value was and became may give away what
// its neighbours hide.
struct StoreHistoryRequest {
    std::filesystem::path store;
    std::string code, indicator; // of a unit; of an indicator; empty: all
    data::Period period;         // undated: all
    Classification classification = Classification::Public;
    friend bool operator==(const StoreHistoryRequest&, const StoreHistoryRequest&) = default;
};

// Both throw Error Input, Database; the second Data "error.indicator.unknown",
// "error.store.unknown_unit" (with near ones: "…_near"), Usage "error.period.unknown": a list that
// is empty because of a misspelt word would look as if nothing had ever been revised.
RecordsReport run(const StoreLogRequest& request, base::JobContext& ctx);
RecordsReport run(const StoreHistoryRequest& request, base::JobContext& ctx);

std::vector<std::string> to_flags(const StoreLogRequest& request);
std::vector<std::string> to_flags(const StoreHistoryRequest& request);

} // namespace diaban::app
