// Units of measure as reports write them: "nghìn người", "triệu đồng", "ĐVT: 1.000 đ", "%".
//
// Guarantee: a factor is given only between measures of one thing; from "triệu đồng" to "người"
// there is none, and nobody guesses one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace diaban::data {

struct Measure {
    double scale = 1;    // of "triệu đồng" 1e6
    std::string base;    // "dong", as base::search_key leaves it; "" = only a scale word
    std::string written; // as it stands in the report
};

// Nothing if the text as a whole is no measure.
std::optional<Measure> parse_measure(std::string_view text);
// The measure in a header or a title: "(triệu đồng)", ", nghìn người", "ĐVT: đồng"; `rest` gets the
// text without it. "Tỷ lệ ..." without another measure is a percentage.
std::optional<Measure> take_measure(std::string_view text, std::string* rest = nullptr);

// What a number in `written` is multiplied by to be in `unit`, a unit of the catalogue; nothing if
// they measure different things. Where the unit is unknown ("") only the scale counts.
std::optional<double> factor_to(std::string_view unit, const Measure& written);
// value times factor, exact where the result is a whole number or the factor a divisor.
double scaled(double value, double factor);

// True for what is counted one by one, so that there is no half of it: persons, visits, cases.
bool counted_one_by_one(std::string_view unit);

} // namespace diaban::data
