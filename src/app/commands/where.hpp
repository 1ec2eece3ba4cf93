// `where`: the unit at a point.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"

#include <optional>

namespace diaban::app {

struct WhereRequest {
    DataRequest data;
    double x = 0, y = 0;
    std::string point_crs; // empty: WGS 84 degrees
    Classification classification = Classification::Public;
    friend bool operator==(const WhereRequest&, const WhereRequest&) = default;
};

struct WhereReport {
    std::optional<std::size_t> unit; // row; nothing: outside every unit
    std::string code, name, district, province;
    std::vector<std::pair<std::string, std::string>> values; // indicator name, text; newest period
};

WhereReport run(const WhereRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language);
std::string to_json(const WhereReport& report, const Language& language);
std::string to_text(const WhereReport& report, const Language& language);
std::vector<std::string> to_flags(const WhereRequest& request);

} // namespace diaban::app
