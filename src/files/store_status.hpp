// What a store knows about the status of its communes: what reports say, what rules give, what
// people decided.
//
// Guarantees: the three stand side by side, one does not overwrite another; what is replaced or
// removed goes to the history; writing is one transaction.
#pragma once

#include "base/job.hpp"
#include "data/status.hpp"
#include "files/store_records.hpp"

#include <filesystem>

namespace diaban::files {

// All voices about one commune, period and domain. `unit` is the row within the vintage.
struct StoredClaims {
    std::size_t unit = 0;
    data::Period period;
    data::Domain domain = data::Domain::Drug;
    data::StatusClaims claims;
};
// Of those communes and periods about which a rule or a person says something, or a report says
// more than the class. Throws Error Input, Data ("error.store.unknown_vintage"), Database.
std::vector<StoredClaims> read_claims(const std::filesystem::path& store,
                                      const std::string& vintage);

struct StatusChanges {
    std::size_t added = 0, revised = 0, removed = 0, unchanged = 0;
    bool any() const { return added + revised + removed > 0; }
};
// The result of a rule for one domain and period takes the place of the one before; the rule is
// kept with it. Unknown statuses are not kept. `records` of that domain and period only.
StatusChanges put_rule_statuses(const std::filesystem::path& store, const std::string& vintage,
                                const StoredRule& rule, data::Domain domain, data::Period period,
                                const std::vector<data::StatusRecord>& records,
                                const std::string& at, base::JobContext& ctx);
// Each has a reason and an author, or Error Data "error.override.reason" is thrown.
StatusChanges put_overrides(const std::filesystem::path& store, const std::string& vintage,
                            const std::vector<data::StatusRecord>& records, const std::string& at,
                            base::JobContext& ctx);
// Of the communes, periods and domains named; the other fields do not matter.
StatusChanges remove_overrides(const std::filesystem::path& store, const std::string& vintage,
                               const std::vector<data::StatusRecord>& records,
                               const std::string& at, base::JobContext& ctx);

} // namespace diaban::files
