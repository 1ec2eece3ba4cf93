// `transitions`: what became of healthy communes and of hotspots between two periods.
#pragma once

#include "app/project.hpp"
#include "app/statuses.hpp"

namespace diaban::app {

struct TransitionsRequest {
    Across across = Across::No; // or Carried: all years on one vintage of a store
    DataRequest data;
    StatusChoice statuses;
    Domains domains = Domains::Both; // both: healthy in both, hotspot in either
    data::Period from, to;           // undated: the last two periods with statuses
    std::filesystem::path out;       // .csv .xlsx .ods .html; empty: none
    friend bool operator==(const TransitionsRequest&, const TransitionsRequest&) = default;
};

struct TransitionsReport {
    std::shared_ptr<const Dataset> dataset;
    TransitionsRequest request; // with its blanks filled in
    data::Transitions moves;
    // Per domain with data: the matrix of statuses.
    std::vector<std::pair<data::Domain, data::StatusMatrix>> matrices;
    base::Findings findings;
    std::vector<std::filesystem::path> files;
};

// Throws Error Usage ("error.transitions.one_period", "error.transitions.same_year",
// "error.transitions.order", "error.period.unknown"), Write.
TransitionsReport run(const TransitionsRequest& request, std::shared_ptr<const Dataset> dataset,
                      const Language& language, base::JobContext& ctx);
std::string to_json(const TransitionsReport& report, const Language& language);
std::string to_text(const TransitionsReport& report, const Language& language);
std::vector<std::string> to_flags(const TransitionsRequest& request);

} // namespace diaban::app
