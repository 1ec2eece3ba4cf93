#include "data/place_check.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::data {
namespace {

// Land, islands and sea of the country with room to spare.
bool in_the_country(double lon, double lat) {
    return lon > 101 && lon < 119 && lat > 5 && lat < 25;
}

bool on_earth(geo::Point p) {
    return std::abs(p.x) <= 180 && std::abs(p.y) <= 90; // false for NaN
}

bool on_earth(const Place& place) {
    return on_earth(place.at) &&
           std::all_of(place.rings.begin(), place.rings.end(), [](const auto& ring) {
               return std::all_of(ring.begin(), ring.end(),
                                  [](geo::Point p) { return on_earth(p); });
           });
}

} // namespace

void check_places(std::vector<Place>& places, base::Findings& findings) {
    const auto report = [&](base::Severity severity, const char* key, const Place& place) {
        base::Finding finding{severity, key, {}, "", {}, "", {}};
        if (on_earth(place.at)) finding.at = std::pair(place.at.x, place.at.y);
        finding.args = {{"name", place.name.empty() ? place.code : place.name},
                        {"lon", place.at.x},
                        {"lat", place.at.y}};
        findings.push_back(std::move(finding));
    };
    std::erase_if(places, [&](const Place& place) {
        const auto [lon, lat] = place.at;
        if (lon == 0 && lat == 0) {
            report(base::Severity::Problem, "place_at_zero", place);
            return true;
        }
        if (in_the_country(lon, lat) && on_earth(place)) return false;
        if (in_the_country(lat, lon)) {
            report(base::Severity::Problem, "place_swapped", place);
            return true;
        }
        if (!on_earth(place)) {
            report(base::Severity::Problem, "place_impossible", place);
            return true;
        }
        report(base::Severity::Warning, "place_far", place);
        return false;
    });
}

} // namespace diaban::data
