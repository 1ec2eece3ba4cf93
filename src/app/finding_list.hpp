// All that was noticed about the data on the screen, in groups: geometry and encoding, both sides
// of the join, and values that are hidden or estimated. The window lists it, shows where it is and
// exports it.
//
// Guarantees: every finding of the dataset and every row of its join report is in exactly one
// group; the order is the same on every run: problems first, then warnings, then remarks. Units
// without data are those that the legend of the map counts as such.
#pragma once

#include "app/view.hpp"

namespace diaban::app {

struct NotedLine {
    std::string text;
    std::vector<geo::FaceId> units;              // concerned; may be empty
    std::optional<std::pair<double, double>> at; // WGS 84 degrees, or file units without a CRS
    std::optional<double> amount;                // in amount_unit
    std::string amount_unit;
};

struct NotedGroup {
    std::string key;   // "gap", "join.unit_without_row", "cell.estimated": stable, English
    std::string title; // a few words
    std::string why;   // what it means and what to do; may be empty
    base::Severity severity = base::Severity::Info;
    std::vector<NotedLine> lines;
};

std::vector<NotedGroup> noted(const Dataset& dataset, const Language& language);
// The same of findings that are not the dataset's own.
std::vector<NotedGroup> noted(const base::Findings& findings, const data::UnitTable& units,
                              const Language& language);

// The key of the units without data, and how many a map shows.
inline constexpr std::string_view kNoDataGroup = "no_data";
std::size_t count_without_data(const map::Style& style);
// The same groups with the units that have no data on the map, one line each, as the last of the
// warnings; unchanged where every unit has a value.
std::vector<NotedGroup> with_no_data(std::vector<NotedGroup> groups, const Dataset& dataset,
                                     const StyledMap& shown, const Language& language);
// All units of a group, each once, ascending.
std::vector<geo::FaceId> units_of(const NotedGroup& group);

// One line per finding: kind, severity, code, name, lon, lat, amount, unit, text. UTF-8 with a byte
// order mark.
std::string noted_csv(const std::vector<NotedGroup>& groups, const data::UnitTable& units);

} // namespace diaban::app
