#include "data/dates.hpp"

namespace diaban::data {

Dates days_of(Period period) {
    const Date first{period.year, period.half == 2 ? 7 : 1, 1};
    return {first, period.half == 1 ? Date{period.year, 6, 30} : Date{period.year, 12, 31}};
}

bool holds_in(const Dates& valid, const Dates& days) {
    return valid.first <= days.second && (valid.second == Date{} || days.first < valid.second);
}

} // namespace diaban::data
