#include "data/place.hpp"

#include "data/dates.hpp"

namespace diaban::data {

bool exists_in(const Place& place, Period period) {
    return period.year == 0 || holds_in({place.from, place.until}, days_of(period));
}

} // namespace diaban::data
