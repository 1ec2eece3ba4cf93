// All years of a store on one vintage of boundaries, across reforms: what other vintages say is
// carried with the store's crosswalk, or the other way round in proportion to people.
//
// Guarantees: values counted on the vintage itself stand as they are; carried counts keep their
// totals (data::carry); statuses are never averaged; a unit on ground that a vintage did not cover
// does not exist in its years; nothing is invented where there is no crosswalk.
#pragma once

#include "app/project.hpp"
#include "data/crosswalk_table.hpp"

#include <optional>

namespace diaban::app {

// The data of a project: of one vintage, or with the years of all others carried onto it. Years
// that cannot be carried are a finding "across_no_crosswalk". Throws as load().
std::shared_ptr<const Dataset> load_across(const DataRequest& request, Across across, Need need,
                                           base::JobContext& ctx);

// The same for a dataset of one vintage that is there already.
std::shared_ptr<const Dataset> carried_over(std::shared_ptr<const Dataset> own,
                                            base::JobContext& ctx);

// Every year of a store with the vintage it was counted on, oldest first; where two vintages have a
// year, the newer one. Empty if the store has one vintage only.
struct YearOfVintage {
    data::Period period;
    std::string vintage;
    friend bool operator==(const YearOfVintage&, const YearOfVintage&) = default;
};
std::vector<YearOfVintage> years_of(const std::vector<std::shared_ptr<const Dataset>>& vintages);

// "error.period.unknown" where another vintage of the store has the period: which, and how it is
// asked for. Any other error as it is.
base::Error in_other_vintage(const base::Error& error, const DataRequest& request);

// From the units of `crosswalk.to` back to those of `crosswalk.from`: each new unit is shared out
// over its old ones in proportion to their people. A unit without people has an empty row.
data::Crosswalk reversed(const data::Crosswalk& crosswalk, std::span<const double> people);

// The crosswalk of a store between two vintages, or the one of the other direction turned round by
// the people that `target`, the values on `to`, knows. Nothing where there is neither. Throws Error
// Database.
std::optional<data::CrosswalkRead> crosswalk_either_way(const std::filesystem::path& store,
                                                        const std::string& from,
                                                        const std::string& to,
                                                        const data::IndicatorCube& target);

// Classes from the values of several datasets pooled: the same colour means the same in all.
std::vector<double> pooled(const std::vector<std::shared_ptr<const Dataset>>& datasets,
                           const data::IndicatorId& indicator);

} // namespace diaban::app
