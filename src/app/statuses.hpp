// The statuses of a dataset as verbs, map and panels need them: found by domain, with overrides.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "data/transition.hpp"

namespace diaban::app {

// Which domains a question is about.
enum class Domains { Both, Drug, Prostitution };
std::string_view to_string(Domains domains); // "both", "drug", "prostitution"
std::optional<Domains> parse_domains(std::string_view text);

struct StatusChoice {
    std::string drug, prostitution;  // indicators; empty: found
    std::filesystem::path overrides; // table: code, period, domain, status, reason, author
    friend bool operator==(const StatusChoice&, const StatusChoice&) = default;
};

struct Statuses {
    data::StatusSeries drug, prostitution; // as reported; empty if there is none
    std::string drug_id, prostitution_id;
    std::vector<data::StatusRecord> overrides;
    base::Findings findings; // of the overrides
    // Report and override together: what counts.
    const data::StatusSeries& of(data::Domain domain) const {
        return domain == data::Domain::Drug ? drug_counts : prostitution_counts;
    }
    data::StatusSeries drug_counts, prostitution_counts;
};
// Throws Error Usage "error.status.none" if the data has no status at all.
Statuses find_statuses(const Dataset& dataset, const StatusChoice& choice, base::JobContext& ctx);

// The history of the domains asked for. Throws Error Usage "error.status.no_domain".
data::StatusHistory history_of(const Statuses& statuses, Domains domains);

// The shown move of every unit as the category indicator "change" of one period.
data::IndicatorCube move_cube(const data::Transitions& moves, const std::string& vintage);
// Throws Error Usage as find_statuses(), history_of() and data::transitions() do.
data::Transitions moves_between(const Dataset& dataset, const StatusChoice& choice, Domains domains,
                                data::Period from, data::Period to, base::JobContext& ctx);
// A dataset whose only indicator, "change", is the move of every unit from one period to the other.
std::shared_ptr<const Dataset> with_changes(const Dataset& dataset, const data::Transitions& moves);
// What the map of with_changes() does not count: a unit is drawn in one move, though it may have
// made several. The full numbers of the moves that the legend counts too low, and what a relapse
// is where there is one; "" where the legend says it all.
std::string moves_note(const data::Transitions& moves, const Language& language);

// "2009:2010"; `forward`: the first is the earlier. Throws Error Usage.
std::pair<data::Period, data::Period> parse_change(const std::string& text, bool forward = true);

// Name of a group of units, or of a unit's district; "" if there is none.
std::string district_name(const Dataset& dataset, std::size_t unit);

} // namespace diaban::app
