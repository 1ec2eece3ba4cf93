#include "data/dates.hpp"

#include <array>

namespace diaban::data {

int days_in_month(int year, int month) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap);
}

Dates days_of(Period period) {
    const Date first{period.year, period.half == 2 ? 7 : 1, 1};
    return {first, period.half == 1 ? Date{period.year, 6, 30} : Date{period.year, 12, 31}};
}

bool holds_in(const Dates& valid, const Dates& days) {
    return valid.first <= days.second && (valid.second == Date{} || days.first < valid.second);
}

} // namespace diaban::data
