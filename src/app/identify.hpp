// What lies at a spot of the map beside its commune: places and lines.
//
// Guarantee: exact for what is given, in map coordinates; changes nothing.
#pragma once

#include "app/language.hpp"
#include "data/place.hpp"
#include "map/overlay.hpp"

#include <memory>
#include <set>
#include <span>

namespace diaban::app {

struct PlaceAt {
    std::size_t layer = 0, place = 0;
    double distance_m = 0; // to its point or its line; 0 within its area
};
// Those within reach of the spot, and those whose area holds it, that exist in the period (at any
// time where that is undated); the nearest first.
std::vector<PlaceAt> places_at(std::span<const data::PlaceLayer> layers,
                               const std::set<std::string>& hidden_kinds, geo::Point at,
                               double reach_m, data::Period period);

struct LineAt {
    std::size_t layer = 0;
    double distance_m = 0; // to the nearest of its lines
};
// The layers with a line within reach of the spot, the nearest first. nullptr: not shown.
std::vector<LineAt> lines_at(std::span<const std::shared_ptr<const map::LineSet>> layers,
                             geo::Point at, double reach_m);
// "Số bến: 3; Chủ quản: Sở GTVT; …" with so many attributes at most; "" without any.
std::string attribute_words(std::span<const data::Attribute> attributes, const Language& language,
                            std::size_t most = 8);
// "Lines: Sông Hậu, 120 m".
std::string line_words(const std::string& title, double distance_m, const Language& language);

} // namespace diaban::app
