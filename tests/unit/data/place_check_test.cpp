#include "data/place_check.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

TEST_CASE("places at zero and with exchanged coordinates are left out, far ones are said") {
    std::vector<data::Place> places(4);
    places[0].name = "A", places[0].at = {105.4, 10.4};
    places[1].name = "B", places[1].at = {0, 0};
    places[2].name = "C", places[2].at = {10.4, 105.4};
    places[3].name = "D", places[3].at = {2.3, 48.8};
    base::Findings findings;
    data::check_places(places, findings);
    REQUIRE(places.size() == 2);
    CHECK(places[1].name == "D");
    REQUIRE(findings.size() == 3);
    CHECK(findings[0].key == "place_at_zero");
    CHECK(findings[1].key == "place_swapped");
    CHECK(findings[2].key == "place_far");
}
