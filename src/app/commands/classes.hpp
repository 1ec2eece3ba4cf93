// `classes`: class breaks of a value, pooled over all years.
#pragma once

#include "app/mask.hpp"
#include "app/project.hpp"

namespace diaban::app {

struct ClassesRequest {
    DataRequest data;
    MapChoice map;
    Classification classification = Classification::Public;
    Across across = Across::No; // Own is as No: the classes of one vintage
    friend bool operator==(const ClassesRequest&, const ClassesRequest&) = default;
};

struct ClassesReport {
    StyledMap map;
    std::shared_ptr<const Dataset> shown; // what the classes were made of: masked if public
    std::vector<std::size_t> counts;      // units per class in the chosen period
    std::size_t zero = 0, no_data = 0; // units with zero, where it is drawn apart; without a value
    double variance_fit = 0;           // of the pooled values
};

// `where`: the answer of the request's query; the classes are of all units, the counts of those
// that meet it.
ClassesReport run(const ClassesRequest& request, std::shared_ptr<const Dataset> dataset,
                  const Language& language, base::JobContext& ctx,
                  std::shared_ptr<const WhereFilter> where = nullptr);
std::string to_json(const ClassesReport& report, const Language& language);
std::string to_text(const ClassesReport& report, const Language& language);
std::vector<std::string> to_flags(const ClassesRequest& request);

} // namespace diaban::app
