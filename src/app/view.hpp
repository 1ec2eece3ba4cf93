// What is mapped and how: the choices a user makes for one map, and the style they lead to. The
// window, `map` and `classes` share these functions, so they show the same numbers.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "app/legend_edits.hpp"
#include "map/scene.hpp"

#include <cstdint>

namespace diaban::app {

struct WhereFilter;

struct MapChoice {
    std::string indicator; // empty: the first status, else the first value
    data::Period period;   // undated: the newest with data
    map::Method method = map::Method::Quantile;
    int k = 5;
    std::vector<double> manual;
    std::string palette{map::kDefaultPalette};
    bool reversed = false;
    std::vector<LegendEdits> legends; // of indicators whose legends were changed
    std::string where; // a query (data/query.hpp): the others stand aside; empty: all units
    map::MapKind kind = map::MapKind::Choropleth;
    std::string second;                // of a bivariate map: the other indicator
    std::vector<double> second_breaks; // of its classes; empty: made as those of the first
    double dot_value = 0;              // what a dot stands for; 0: a round number that suits
    double largest_mm = 0;             // diameter of the largest circle on A4; 0: by the units
    friend bool operator==(const MapChoice&, const MapChoice&) = default;
};

// A choice with its blanks filled in for this dataset: indicator, period and palette exist.
// Throws Error Usage "error.indicator.unknown", "error.period.unknown" naming near ones, and as
// check_kind() (app/map_kind.hpp).
MapChoice resolve(const MapChoice& choice, const Dataset& dataset);

struct StyledMap {
    MapChoice choice; // resolved
    std::size_t indicator = 0, period = 0;
    bool categorical = false;
    map::Classes classes;   // of numeric indicators; pooled over all years
    std::size_t second = 0; // of a bivariate map
    map::Classes second_classes;
    double typical_total = 0; // of all units in a typical period: what a cartogram is scaled by
    double variance_fit = 0;  // of the classes to the pooled values, 0..1
    map::Style style;
    std::shared_ptr<const map::Theme> theme; // of kinds other than choropleths
    std::string indicator_name;              // in the language
    std::string legend_title;                // "Tỷ lệ người nghiện có hồ sơ, 2015"
    std::uint64_t serial = 0;       // given by the document; the same number, the same look
    std::string title;              // of the page; empty: made from indicator and area
    std::vector<std::string> lines; // printed below the source: result, method
    std::string legend_note; // "người trên 1.000 dân · phân vị, 5 lớp, chung cho mọi năm"
    std::vector<map::Symbol> symbols; // of the answer, over those of the places: bases of a plan
    std::shared_ptr<const WhereFilter> where; // the answer of choice.where; nullptr: all units
};
// Classes come from all years pooled, so colours never jump between years.
// `where`: which units are meant (app/where_filter.hpp); classes are those of all units all the
// same.
StyledMap styled(const Dataset& dataset, const MapChoice& choice, const Language& language,
                 std::shared_ptr<const WhereFilter> where = nullptr);
// The same for one more period, with classes already made (no sorting: for stepping through years).
StyledMap restyled(const Dataset& dataset, const StyledMap& at, data::Period period,
                   const Language& language);

std::string indicator_name(const data::Indicator& indicator, const Language& language);
// A value as people read it: number with unit, category text, or the word for its empty state.
// With as many decimals as the data has, and `least_decimals` at least.
std::string value_text(const Dataset& dataset, std::size_t indicator, std::size_t period,
                       std::size_t unit, const Language& language, int least_decimals = 0);
std::string category_text(const std::string& category, const Language& language);
// "khu công nghiệp" for "industrial_zone"; a kind nobody knows stays as it is.
std::string place_kind_text(const std::string& kind, const Language& language);

} // namespace diaban::app
