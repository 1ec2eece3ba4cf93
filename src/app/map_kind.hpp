// Kinds of maps: which of them an indicator allows, and what a styled map needs to be drawn as one.
//
// Guarantees: a theme is made of the values that the map shows, so that of a masked dataset no
// circle and no dot tells what is masked; sizes and dots mean the same in every period.
#pragma once

#include "app/view.hpp"

namespace diaban::app {

// The kinds of maps that an indicator allows, the one that suits it best first: of counts
// proportional symbols (conventions.md 2).
std::vector<map::MapKind> kinds_for(const data::Indicator& indicator);
// Whether method and number of classes are the user's to choose.
bool has_classes(map::MapKind kind);
// A choice for the indicator it names: without its kind where that indicator does not allow it.
MapChoice with_fitting_kind(MapChoice choice, const data::IndicatorCube& cube);
// Throws Error Usage "error.kind.unfit" (the indicator does not allow the kind, and which do),
// "error.kind.second_missing", "error.kind.second_category", "error.kind.second_same",
// "error.indicator.unknown".
void check_kind(const MapChoice& choice, const data::IndicatorCube& cube);

// Classes of values pooled over all periods, as the kind needs them. Of proportional symbols one
// class whose end is the largest value; of dots two, that of units too small for a dot first.
// Throws as make_classes(); Error Data "error.kind.negative", Usage "error.kind.dots_many",
// "error.kind.pair_classes".
map::Classes classes_for(const MapChoice& choice, std::span<const double> values,
                         std::size_t units);
map::Classes second_classes_for(const MapChoice& choice, std::span<const double> values);
// What one dot stands for, of classes that were made for dots.
double dot_value_of(const map::Classes& classes);

// Rows that are circles or dots say so; before rows are renamed or hidden.
void mark_rows(StyledMap& map, const data::Indicator& indicator, const Language& language);
// The theme of a finished style; nullptr for kinds without.
std::shared_ptr<const map::Theme> theme_for(const StyledMap& map, const Dataset& dataset,
                                            std::size_t period, const map::StyleWords& words,
                                            const Language& language);
// "1 dot = 100 people", "areas of circles are proportional …": for the note of the legend.
std::string kind_note(const StyledMap& map, const data::Indicator& indicator,
                      const std::string& method, const Language& language);
// How wide the largest circle is on A4, millimetres.
double largest_mm(const MapChoice& choice, std::size_t units);

} // namespace diaban::app
