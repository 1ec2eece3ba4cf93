// Reading place layers: points, lines or polygons with kind, name and attributes.
#pragma once

#include "base/job.hpp"
#include "data/place.hpp"
#include "geo/crs.hpp"

#include <filesystem>

namespace diaban::files {

struct PlacesSource {
    std::filesystem::path file;
    std::string kind = "other"; // where the file has no column of kinds
    std::string crs = {}; // "EPSG:9209": what its coordinates are in; empty: what the file says
    friend bool operator==(const PlacesSource&, const PlacesSource&) = default;
};

struct PlacesRead {
    data::PlaceLayer layer;     // coordinates in `target`
    std::vector<double> people; // per place: how many live there; NaN where the file does not say
    bool assumed = false;       // nobody says what its metres are in; they were read as `target`
    base::Findings findings;
};
// Dates are read as data::DateColumns does; a place whose dates are no span of time is left out
// with a finding. CSV with lon/lat columns is understood too, with x and y in metres as well, also
// where x is the north, as in surveys; so are shapes in a column "wkt". Further columns are kept as
// attributes (files/place_attributes.hpp).
//
// Where nobody says the CRS, numbers that can be degrees are WGS 84 and metres are in `target`,
// with a finding ("places_metres"). A geographic `target` has no metres: they are refused, Error
// Data "error.places.metres" {file, row, value}. Throws Error Input, Data; "error.places.unfit"
// {file, row, value, crs} where a stated CRS has no such numbers.
PlacesRead read_places(const PlacesSource& source, const geo::Crs& target, base::JobContext& ctx);

} // namespace diaban::files
