#include "app/identify.hpp"

#include "geo/label_point.hpp"
#include "geo/plane.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace diaban::app {
namespace {

// Of rings in any order: holes lie in an even number of them.
bool holds(const data::Place& place, geo::Point at) {
    std::size_t around = 0;
    if (place.line) return false;
    for (const auto& ring : place.rings)
        if (ring.size() > 2 && geo::inside_polygon(at, ring, {})) ++around;
    return around % 2 == 1;
}

// To its point or its line; 0 within its area.
double distance_to(const data::Place& place, geo::Point at) {
    if (holds(place, at)) return 0;
    if (!place.line) return std::hypot(place.at.x - at.x, place.at.y - at.y);
    double nearest = std::numeric_limits<double>::infinity(); // squared
    for (const auto& part : place.rings)
        for (std::size_t i = 1; i < part.size(); ++i)
            nearest = std::min(nearest, geo::squared_distance_to_segment(part[i - 1], part[i], at));
    return std::sqrt(nearest);
}

// Of the nearest line; nothing if none comes within reach.
std::optional<double> distance_to_lines(const map::LineSet& set, geo::Point at, double reach_m) {
    std::optional<double> nearest; // squared
    for (std::size_t l = 0; l < set.lines.size(); ++l) {
        if (!set.boxes[l].grown(reach_m).contains(at)) continue;
        const auto& line = set.lines[l];
        for (std::size_t i = 1; i < line.size(); ++i) {
            const double squared = geo::squared_distance_to_segment(line[i - 1], line[i], at);
            if (squared <= reach_m * reach_m && !(nearest && *nearest <= squared))
                nearest = squared;
        }
    }
    return nearest ? std::optional(std::sqrt(*nearest)) : std::nullopt;
}

} // namespace

std::vector<PlaceAt> places_at(std::span<const data::PlaceLayer> layers,
                               const std::set<std::string>& hidden_kinds, geo::Point at,
                               double reach_m, data::Period period) {
    std::vector<PlaceAt> out;
    for (std::size_t l = 0; l < layers.size(); ++l)
        for (std::size_t p = 0; p < layers[l].places.size(); ++p) {
            const data::Place& place = layers[l].places[p];
            if (hidden_kinds.contains(place.kind) || !data::exists_in(place, period)) continue;
            const double distance = distance_to(place, at);
            if (distance <= reach_m) out.push_back({l, p, distance});
        }
    std::stable_sort(out.begin(), out.end(), [](const PlaceAt& a, const PlaceAt& b) {
        return a.distance_m < b.distance_m;
    });
    return out;
}

std::vector<LineAt> lines_at(std::span<const std::shared_ptr<const map::LineSet>> layers,
                             geo::Point at, double reach_m) {
    std::vector<LineAt> out;
    for (std::size_t s = 0; s < layers.size(); ++s)
        if (layers[s])
            if (const auto distance = distance_to_lines(*layers[s], at, reach_m))
                out.push_back({s, *distance});
    std::stable_sort(out.begin(), out.end(),
                     [](const LineAt& a, const LineAt& b) { return a.distance_m < b.distance_m; });
    return out;
}

std::string attribute_words(std::span<const data::Attribute> attributes, const Language& language,
                            std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(most, attributes.size()); ++i) {
        auto [name, value, number] = attributes[i];
        if (number) std::replace(value.begin(), value.end(), '.', language.numbers().decimal);
        out += (out.empty() ? "" : "; ") + name + ": " + value;
    }
    return attributes.size() > most ? out + "; …" : out;
}

std::string line_words(const std::string& title, double distance_m, const Language& language) {
    return language.text("where.line_near",
                         {{"name", title}, {"metres", language.number(distance_m, 0)}});
}

} // namespace diaban::app
