// The periods and days that titles, headers and cells of reports name.
//
// Guarantee: nothing but a year or half a year becomes a Period. Nine months, a quarter, a month
// or a span of years is said to be something else; it never stands for the year.
#pragma once

#include "data/cube.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace diaban::data {

struct ReadPeriod {
    std::optional<Period> period;
    std::string other;    // "9 thang dau nam", "quy iii", "2011-2015": named, but no Period
    bool of_date = false; // the year is that of a day: "ngày 10/12/2010"
    std::string rest;     // the words that name no period, as base::search_key leaves them
};
ReadPeriod read_period(std::string_view text);
// Of a title, which may go on to speak of next year's plan.
ReadPeriod read_title_period(std::string_view text);

// The period of "năm 2010", "6 tháng đầu năm 2011", "6T 2011", "2011-H1", "31/12/2010" or a bare
// year; `rest` gets the words without it.
std::optional<Period> find_period(std::string_view text, std::string* rest = nullptr);
// "tính đến ngày 10/12/2010" -> "2010-12-10"; "" if there is none.
std::string find_as_of(std::string_view text);
// The first day in a text: "ngày 10 tháng 12 năm 2010", "2010-12-10" -> "2010-12-10"; "" if none.
std::string find_day(std::string_view text);

} // namespace diaban::data
