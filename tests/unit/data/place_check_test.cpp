#include "data/place_check.hpp"

#include <catch2/catch.hpp>
#include <cmath>

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

TEST_CASE("a place that is nowhere on Earth is left out, by its point or by its outline") {
    const double nan = std::nan("");
    std::vector<data::Place> places(6);
    places[0].name = "metres", places[0].at = {554684.88, 1061658.04};
    places[1].name = "longitude", places[1].at = {180.5, 10};
    places[2].name = "latitude", places[2].at = {20, -90.5};
    places[3].name = "nowhere", places[3].at = {nan, nan};
    places[4].name = "area", places[4].at = {105.4, 10.4};
    places[4].rings = {{{105.3, 10.3}, {105.5, 10.3}, {105.4, 1161000}}};
    places[5].name = "kept", places[5].at = {-180, 90};
    base::Findings findings;
    data::check_places(places, findings);
    REQUIRE(places.size() == 1);
    CHECK(places[0].name == "kept");
    REQUIRE(findings.size() == 6);
    for (std::size_t i = 0; i < 5; ++i) CHECK(findings[i].key == "place_impossible");
    CHECK_FALSE(findings[0].at);
    CHECK(findings[5].key == "place_far");
}
