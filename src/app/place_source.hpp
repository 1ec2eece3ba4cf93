// Files of places: how --places and --people write them, and the systems their metres may be in.
//
// Guarantee: parse_places(to_text(source)) is the source, and parse_people's where it has no kind.
#pragma once

#include "data/units.hpp"
#include "files/places.hpp"

namespace diaban::app {

// "diem.csv", "port=cang.csv", "port=cang.csv;crs=EPSG:9210". Throws Error Usage
// "error.flag.bad_value", "error.path.empty".
files::PlacesSource parse_places(const std::string& text);
// The same of a file of settlements, which has no kind: "ap.csv", "ap.csv;crs=EPSG:9210".
files::PlacesSource parse_people(const std::string& text);
std::string to_text(const files::PlacesSource& source);

// The VN-2000 zones of the provinces that the units lie in, EPSG codes, each once.
std::vector<int> province_zones(const data::UnitTable& units);
// To choose from: these zones first, then the others from west to east, then UTM.
std::vector<geo::Crs> offered_systems(const std::vector<int>& zones);
std::string system_title(const geo::Crs& crs); // "EPSG:9210 VN-2000 / TM-3 105-45"

} // namespace diaban::app
