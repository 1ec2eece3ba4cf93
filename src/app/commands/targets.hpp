// `targets`: what a plan asks for, what has been reached, and what is still needed.
#pragma once

#include "app/mask.hpp"
#include "app/project.hpp"
#include "app/statuses.hpp"
#include "data/rule.hpp"
#include "data/target.hpp"

#include <set>

namespace diaban::app {

struct TargetsRequest {
    Across across = Across::No; // or Carried: all years on one vintage of a store
    DataRequest data;           // may be empty if there are totals
    StatusChoice statuses;
    std::string plan;             // file, or id of a shipped plan
    data::Period period;          // undated: the plan's last year with data
    std::filesystem::path totals; // table: code, period, value; reported totals govern over sums
    std::string rule;             // as of StatusRequest: by its criteria the nearest are found
    Classification classification = Classification::Public;
    std::filesystem::path out; // .csv .xlsx .ods .html
    friend bool operator==(const TargetsRequest&, const TargetsRequest&) = default;
};

struct TargetsReport {
    std::shared_ptr<const Dataset> dataset;  // nullptr: totals only
    TargetsRequest request;                  // with its blanks filled in
    std::shared_ptr<const data::Plan> plan;  // what the results point into
    std::vector<data::TargetResult> results; // true ones, for the screen
    // Units that miss being healthy by one thing: with a rule by one of its criteria, being healthy
    // in the other domain; without one, by one domain in which they are no hotspot.
    std::vector<std::size_t> nearest;
    std::vector<data::NearMiss> misses;           // of `nearest`, with a rule
    std::vector<data::Status> drug, prostitution; // of the period
    data::Period before; // the one with statuses before it, from which communes are newly built
                         // (ST11); undated: none
    // Totals that would give a small count away beside the public table of communes.
    std::set<std::pair<data::IndicatorId, data::Period>> telling;
    base::Findings findings;
    std::vector<std::filesystem::path> files;
};

// Ids of the shipped plans, then of those that the store keeps. Throws Error Database.
std::vector<std::string> known_plans(const std::filesystem::path& store);

// `dataset` may be nullptr. Throws Error Usage ("error.targets.no_plan", "error.targets.no_data"),
// Data, Write.
TargetsReport run(const TargetsRequest& request, std::shared_ptr<const Dataset> dataset,
                  const Language& language, base::JobContext& ctx);
// A target as people read it; empty texts where there is nothing to say.
struct TargetLine {
    std::string id, text, asked, reached, required, needed, state, deadline;
    std::string missing; // indicators without a total
    data::TargetState at = data::TargetState::NoData;
    bool settled = false;          // units are missing and can change nothing: `reached` says so
    std::vector<std::size_t> lost; // units, of a target that keeps a set
    std::optional<double> done;    // 0 to 1: how much of what is asked for; where it is a number
};
std::vector<TargetLine> target_lines(const TargetsReport& report, const Language& language);
// The same as they may leave: without small counts of persons where the request is public; what was
// hidden is added to `masked`.
std::vector<TargetLine> published_lines(TargetsReport report, const Language& language,
                                        std::vector<MaskedCell>* masked = nullptr);
// "A plan of 2011, data of 2015: a comparison only …", to stand wherever the results do; "" where the
// period is of the plan.
std::string other_year_note(const TargetsReport& report, const Language& language);
std::string targets_title(const TargetsReport& report, const Language& language);

std::string to_json(const TargetsReport& report, const Language& language);
std::string to_text(const TargetsReport& report, const Language& language);
std::vector<std::string> to_flags(const TargetsRequest& request);

} // namespace diaban::app
