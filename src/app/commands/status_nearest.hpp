// Communes that one criterion of a rule keeps from its best status, as `status` and `targets` tell
// them. Private to app/commands.
#pragma once

#include "app/commands/json.hpp"
#include "app/commands/status.hpp"

namespace diaban::app {

// In public, amounts that rest on masked counts are withheld (docs/rules.md).
std::vector<data::NearMiss> find_nearest(const data::Rule& rule, const data::RuleInputs& inputs,
                                         const std::shared_ptr<const Dataset>& dataset,
                                         Classification classification, base::JobContext& ctx);
Json nearest_json(const std::vector<data::NearMiss>& nearest, const Dataset& dataset);
// "Kept from … by one criterion: 3" and the first of them, one per line; "" if there are none.
std::string nearest_text(const std::vector<data::NearMiss>& nearest, const Dataset& dataset,
                         const Language& language);
files::Sheet nearest_sheet(const std::vector<data::NearMiss>& nearest, const Dataset& dataset,
                           const Language& language);

} // namespace diaban::app
