// Numbers as people write them: parsing per column, printing per language.
//
// Guarantee: nothing here depends on the process locale.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::base {

// "No value" in arrays of doubles.
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// {',', '.'} in Vietnamese, {'.', ','} in English. group '\0' = none, ' ' = blanks of any width.
struct NumberStyle {
    char decimal = '.';
    char group = '\0';
    friend bool operator==(const NumberStyle&, const NumberStyle&) = default;
};

// Parses a whole cell ("1.234,5" with {',', '.'}); nothing if it is not a number in that style.
// Accepts a sign, digit groups of three of which the first begins with no zero, an exponent, and
// blanks around. inf and nan are no numbers.
std::optional<double> parse_number(std::string_view cell, NumberStyle style);

// The style in which every non-empty cell of a column is a number: decided per column, never per
// cell. `ambiguous`: several styles fit and differ ("1.234"). Blanks group where nothing else does.
struct ColumnStyle {
    NumberStyle style;
    bool ambiguous = false;
    std::size_t not_numbers = 0; // cells that are no number in the chosen style
};
ColumnStyle guess_number_style(const std::vector<std::string_view>& cells);

// Fixed decimals, grouped. format_number(1234.5, 1, {',', '.'}) == "1.234,5".
std::string format_number(double value, int decimals, NumberStyle style);
std::string format_count(std::int64_t value, NumberStyle style);
// Shortest text that reads back as the same double, with '.' and no groups; for files and JSON.
std::string format_exact(double value);
// Decimals (0..8) that tell all of `values` apart and are not noise; for class breaks.
int decimals_for(const std::vector<double>& values);

} // namespace diaban::base
