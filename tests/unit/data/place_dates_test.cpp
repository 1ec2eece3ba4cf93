// Which places exist in a period.
#include "data/place.hpp"

#include <catch2/catch.hpp>

using namespace diaban::data;

TEST_CASE("a place exists in every period of which it exists one day") {
    Place place;
    for (const Period period : {Period{}, Period{1990, 0}, Period{2015, 2}})
        CHECK(exists_in(place, period)); // without dates always
    place.from = {2015, 6, 30};
    CHECK_FALSE(exists_in(place, {2014, 0}));
    CHECK(exists_in(place, {2015, 0}));
    CHECK(exists_in(place, {2015, 1})); // on its last day
    CHECK(exists_in(place, {2030, 2}));
    place.from = {2015, 7, 1};
    CHECK_FALSE(exists_in(place, {2015, 1}));
    CHECK(exists_in(place, {2015, 2}));
    place.until = {2017, 1, 1}; // no longer on that day
    CHECK(exists_in(place, {2016, 2}));
    CHECK_FALSE(exists_in(place, {2017, 0}));
    CHECK_FALSE(exists_in(place, {2017, 1}));
    place.until = {2017, 1, 2};
    CHECK(exists_in(place, {2017, 1}));
    CHECK(exists_in(place, {})); // undated
}
