// `join`: joins a table to units and reports both sides.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"

namespace diaban::app {

struct JoinRequest {
    DataRequest data;
    std::filesystem::path out; // CSV report: side, row, code, name, period, problem; empty: none
    std::string indicator;     // whose cells are counted; empty: the first
    data::Period period;       // of which year; undated: of all
    Classification classification = Classification::Public; // of the cells that are quoted
    friend bool operator==(const JoinRequest&, const JoinRequest&) = default;
};

struct JoinSummary {
    std::shared_ptr<const Dataset> dataset;
    Classification classification = Classification::Public;
    std::size_t indicator = 0;
    std::size_t observed = 0, missing = 0, estimated = 0, not_applicable = 0, suppressed = 0,
                not_existing = 0; // cells
};

// Throws Error Usage "error.join.no_table", Write.
JoinSummary run(const JoinRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx);
std::string to_json(const JoinSummary& summary, const Language& language);
std::string to_text(const JoinSummary& summary, const Language& language);
std::vector<std::string> to_flags(const JoinRequest& request);

} // namespace diaban::app
