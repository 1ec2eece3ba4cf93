// `check`: reads boundaries and reports encoding, CRS, geometry and topology findings.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"

namespace diaban::app {

struct CheckRequest {
    DataRequest data;
    friend bool operator==(const CheckRequest&, const CheckRequest&) = default;
};

struct CheckReport {
    std::string source;
    std::size_t features = 0, vertices = 0, arcs = 0, nodes = 0;
    std::string encoding, encoding_evidence, crs;
    std::vector<std::string> sample_names, crs_candidates;
    std::vector<std::string> crs_candidates_swapped; // only with x and y swapped
    base::Findings findings;
};

CheckReport run(const CheckRequest& request, const Dataset& dataset);
std::string to_json(const CheckReport& report, const Language& language);
std::string to_text(const CheckReport& report, const Language& language);
std::vector<std::string> to_flags(const CheckRequest& request);

} // namespace diaban::app
