// The indicator cube: every value of one vintage, by indicator, period and unit.
//
// Guarantee: a missing value is never a number. value[] is NaN unless the state is Observed or
// Estimated; zero and unknown look different on every map because they are different here.
#pragma once

#include "base/error.hpp"
#include "geo/point.hpp"

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diaban::data {

using IndicatorId = std::string; // "ST01", "population", a column name

// A year or half a year. half: 0 = the whole year, 1 or 2 = that half. year 0 = undated.
struct Period {
    int year = 0;
    int half = 0;
    friend auto operator<=>(const Period&, const Period&) = default;
};
std::string to_string(Period p);                      // "2010", "2010-H1", "" if undated
std::optional<Period> parse_period(std::string_view); // the same, also "2010.0"

enum class Kind : std::uint8_t { Count, Ratio, Intensity, Category };

struct Indicator {
    IndicatorId id;
    Kind kind = Kind::Count;
    std::string name_vi, name_en;       // for people; may be empty
    std::string unit;                   // "người", "%", "‰"
    IndicatorId numerator, denominator; // of a Ratio: value = numerator / denominator * scale
    double scale = 1;
    bool counts_persons = false; // small counts are masked on export (conventions 6)
    // Categories by code: value k means categories[k]. Status indicators use the standard codes
    // "none", "present", "hot", "hot3", "hot2", "hot1", "unknown".
    std::vector<std::string> categories;
};

// Estimated and Observed have a value; the other four are the empties that look different.
enum class Cell : std::uint8_t {
    Observed,
    Missing,
    Suppressed,
    NotApplicable,
    Estimated,
    NotExisting
};

struct Slice {
    std::span<const double> value;
    std::span<const Cell> state;
    std::size_t size() const { return value.size(); }
    bool has(std::size_t i) const {
        return state[i] == Cell::Observed || state[i] == Cell::Estimated;
    }
};

class IndicatorCube {
public:
    IndicatorCube() = default;
    // All cells Missing.
    IndicatorCube(std::string vintage, std::vector<Indicator> indicators,
                  std::vector<Period> periods, std::size_t units);

    std::string vintage;
    std::vector<Indicator> indicators;
    std::vector<Period> periods; // ascending
    std::size_t units() const { return units_; }

    std::optional<std::size_t> find(std::string_view indicator) const;
    std::optional<std::size_t> find(Period period) const;
    Slice slice(std::size_t indicator, std::size_t period) const; // no copy
    void set(std::size_t indicator, std::size_t period, std::size_t unit, double value,
             Cell state = Cell::Observed);
    double value(std::size_t indicator, std::size_t period, std::size_t unit) const;
    Cell state(std::size_t indicator, std::size_t period, std::size_t unit) const;
    // Observed values of an indicator over all periods: what class breaks are pooled from.
    std::vector<double> pooled(std::size_t indicator) const;
    // Adds a Ratio indicator computed from two others (Missing where either is, NotApplicable where
    // the denominator is 0). Returns its index.
    std::size_t add_ratio(const Indicator& ratio);

private:
    std::size_t at(std::size_t indicator, std::size_t period, std::size_t unit) const {
        return (indicator * periods.size() + period) * units_ + unit;
    }
    std::size_t units_ = 0;
    std::vector<double> value_;
    std::vector<Cell> state_;
};

} // namespace diaban::data
