// `where`: the unit at a point, and the places and lines there, as the window tells of a spot.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "app/line_layer.hpp"
#include "app/mask.hpp"
#include "data/place.hpp"

#include <map>
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
    // Of lines, and of places by their point or their line; those whose area holds the point always
    // count.
    double reach_m = 0;
    std::vector<LineLayer> lines; // those that are shown are looked for
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
    double distance_m = 0; // to its point or its line; 0 within its area
    std::vector<data::Attribute> attributes;
    std::string words; // the attributes as people read them; may be empty
};

struct WhereLine {
    std::string kind, name; // kind: empty if it is only drawn; name: of the layer
    double distance_m = 0;  // to the nearest of its lines
};

struct WhereReport {
    std::optional<std::size_t> unit; // row; nothing: outside every unit
    std::string code, name, district, province;
    // By kind, "coast" and "border": whether the unit lies on it, as far as the dataset tells
    // (with_outline() of query_ground.hpp).
    std::map<std::string, data::Flag> outline;
    std::vector<WhereValue> values;
    std::vector<WherePlace> places; // the nearest first
    std::vector<WhereLine> lines;   // as well
};

// Throws Error Usage, Data; of lines also Input; Cancelled.
WhereReport run(const WhereRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx);
std::string to_json(const WhereReport& report, const Language& language);
std::string to_text(const WhereReport& report, const Language& language);
std::vector<std::string> to_flags(const WhereRequest& request);

} // namespace diaban::app
