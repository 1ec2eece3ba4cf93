// Places of interest: industrial zones, ports, border gates.
#pragma once

#include "data/cube.hpp"
#include "data/units.hpp"
#include "geo/point.hpp"

#include <string>
#include <vector>

namespace diaban::data {

// What the file of a place says of it beside kind, name, code and dates: "Số bến" 3.
struct Attribute {
    std::string name, value; // never empty
    bool number = false;     // `value` is one, with a decimal point: "3", "12.5"
    friend bool operator==(const Attribute&, const Attribute&) = default;
};

// Kinds: "industrial_zone", "port", "border_gate", "support", "market", "school", "road", "river",
// "patrol_route", "other".
struct Place {
    std::string kind, name, code;
    // One point, the rings of an area (unclosed), or the parts of a line. Map CRS of the document,
    // metres.
    std::vector<std::vector<geo::Point>> rings;
    geo::Point at;     // the point, a point inside the area, or the middle of the longest part
    Date from, until;  // it exists from the one until before the other; {} = open
    bool line = false; // `rings` are the parts of a line, of two points or more each
    std::vector<Attribute> attributes = {}; // in the order of their file
};
// Half of its length from the beginning. Of a line of no length its first point.
geo::Point middle_of_line(const std::vector<geo::Point>& line);
double length_of_line(const std::vector<geo::Point>& line);
// On any day of the period; always where that is undated.
bool exists_in(const Place& place, Period period);

struct PlaceLayer {
    std::string source; // file name
    std::vector<Place> places;
};

} // namespace diaban::data
