// What became of every unit between two periods: the change map and its matrix.
//
// Guarantees: every unit is in exactly one entry of the style and one cell of the matrix, so the
// counts of both add up to all units. A unit without a value in either period is compared with
// nothing.
#pragma once

#include "app/selection.hpp"
#include "app/view.hpp"
#include "data/transition.hpp"

#include <optional>

namespace diaban::app {

struct Change {
    std::size_t indicator = 0, from = 0, to = 0; // periods of the cube
    bool categorical = false;
    std::optional<data::Transitions> moves; // of a status
    map::Style style;
    std::string title, note;
    // Rows: classes of the first period; columns: of the second; the last of each: no value.
    std::vector<std::string> classes;
    std::vector<map::LegendEntry> looks; // of the classes
    std::vector<std::vector<std::size_t>> matrix;
    std::vector<std::uint16_t> row_of, column_of; // per unit
};

// Statuses: the moves of data/transition.hpp. Other categories: the same or not.
// Numbers: the difference in steps that are equal in both directions.
Change change_between(const Dataset& dataset, const StyledMap& now, data::Period from,
                      data::Period to, const Language& language);
Faces faces_of_cell(const Change& change, std::size_t row, std::size_t column);

} // namespace diaban::app
