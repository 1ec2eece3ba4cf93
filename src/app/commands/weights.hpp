// `weights`: contiguity and distance weights of the units, with islands and components.
#pragma once

#include "app/neighbours.hpp"

namespace diaban::app {

struct WeightsRequest {
    DataRequest data;
    NeighbourChoice neighbours;
    bool histogram = false;    // print how many units have 0, 1, 2 … neighbours
    std::filesystem::path out; // .gal or .gwt; empty: none
    friend bool operator==(const WeightsRequest&, const WeightsRequest&) = default;
};

struct WeightsReport {
    analysis::WeightsSummary summary;
    NeighbourChoice neighbours;
    bool histogram = false;
    double distance_m = 0;
    std::vector<std::string> ids, names; // of all units
    std::vector<std::string> island_codes, island_names;
    std::filesystem::path file;
    // Units without a code, and what names them in the file instead.
    std::vector<std::string> numbered_ids, numbered_names;
};

WeightsReport run(const WeightsRequest& request, const Dataset& dataset, base::JobContext& ctx);
std::string to_json(const WeightsReport& report, const Language& language);
std::string to_text(const WeightsReport& report, const Language& language);
std::vector<std::string> to_flags(const WeightsRequest& request);

} // namespace diaban::app
