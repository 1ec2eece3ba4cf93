// Which units are chosen: by shape, by class, by name; pure functions on sorted lists of faces.
//
// Guarantees: every result is sorted and without repeats. A unit lies in a shape if its label point
// does: the same rule for box, lasso and circle, and no unit is in two of four quarters.
#pragma once

#include "data/units.hpp"
#include "map/style.hpp"

namespace diaban::app {

using Faces = std::vector<geo::FaceId>;

// What a new choice does to the one there is.
enum class Combine { Replace, Add, Subtract };
Faces combined(const Faces& now, Faces chosen, Combine how);
Faces inverted(const Faces& now, std::size_t units);

Faces faces_in_box(const geo::Coverage& coverage, const geo::Box& box);
// A closed polygon in map coordinates; it may cross itself (even-odd rule).
Faces faces_in_polygon(const geo::Coverage& coverage, std::span<const geo::Point> polygon);
Faces faces_in_circle(const geo::Coverage& coverage, geo::Point centre, double radius);
Faces faces_of_entry(const map::Style& style, std::size_t entry);
// How many units of one district or province stand in each row of a legend; as in the legend, only
// units that have a shape.
std::vector<std::size_t> counts_in(const map::Style& style, const data::Vintage& vintage,
                                   data::Level level, std::size_t group);

// A selection kept under a name. Codes, not rows: it outlives a change of the file.
struct NamedSet {
    std::string name;
    std::vector<data::UnitCode> codes;
    friend bool operator==(const NamedSet&, const NamedSet&) = default;
};
NamedSet named_set(std::string name, const Faces& faces, const data::UnitTable& units);
Faces faces_of_set(const NamedSet& set, const data::UnitTable& units); // codes that exist
// Of codes that somebody asked for. Throws Error Usage "error.select.unknown" naming those that no
// unit has.
Faces faces_of_codes(const std::vector<data::UnitCode>& codes, const data::UnitTable& units);

} // namespace diaban::app
