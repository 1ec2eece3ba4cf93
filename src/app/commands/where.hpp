// `where`: the unit at a point, and the places there, as the window tells of a spot.
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
    std::string indicator; // empty: all of them
    // Of the values and the places; undated: of each indicator the newest with data, and the places
    // of the newest period.
    data::Period period;
    double reach_m = 0; // of places by their point; those whose area holds the point always count
    friend bool operator==(const WhereRequest&, const WhereRequest&) = default;
};

// One indicator at the point.
struct WhereValue {
    data::IndicatorId indicator;
    data::Period period;
    data::Cell state = data::Cell::Missing;
    std::optional<double> value; // of a number
    std::string category;        // the code of a category: "hot"
    std::string name, text;      // as people read them
};

struct WherePlace {
    std::string kind, name;
    double distance_m = 0; // 0 within its area
};

struct WhereReport {
    std::optional<std::size_t> unit; // row; nothing: outside every unit
    std::string code, name, district, province;
    std::vector<WhereValue> values;
    std::vector<WherePlace> places; // the nearest first
};

WhereReport run(const WhereRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language);
std::string to_json(const WhereReport& report, const Language& language);
std::string to_text(const WhereReport& report, const Language& language);
std::vector<std::string> to_flags(const WhereRequest& request);

} // namespace diaban::app
