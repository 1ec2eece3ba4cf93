// Names of rivers, roads and railways along them, and of the areas among a layer's lines.
//
// Guarantees: a name stands beside its line and not over it, is read from the left to the right (or
// upwards, where the line goes straight up), bends no more than can be read and touches nothing
// that is written; where a line is straight so is its name. A line that is too short, too crooked
// or has no room keeps none: nothing is ever written over something else. A long line says its name
// again at a distance. The same lines give the same places.
//
// Only pages have them. The window's own map shows the lines without: Dear ImGui sets text level
// only.
#pragma once

#include "map/map_drawing.hpp"
#include "map/typesetter.hpp"

namespace diaban::map {

struct LineLabel {
    Text text;
    std::vector<geo::Point> path; // its baseline, page units; exactly as long as the text
};
// How names look; page units.
struct LineLabelLook {
    double size = 12; // em
    double scale = 1; // of the widths of lines, as PageLook
};
// The names of the layers in order, of each layer the longest lines first. Pieces of one name that
// meet at their ends, two by two, are one line. `blocked` is what is written or drawn already, from
// the left upper corner of the frame, page units.
std::vector<LineLabel> place_line_labels(const std::vector<Overlay>& overlays, const Frame& frame,
                                         const LineLabelLook& look, const Typesetter& typesetter,
                                         const std::vector<geo::Box>& blocked);

// What is wanted inside the areas that have a name, for place_labels(): the larger the area on the
// page, the sooner. None of an area whose middle lies outside of the frame.
std::vector<Label> area_name_candidates(const std::vector<Overlay>& overlays, const Frame& frame,
                                        double size);

// The colour of a line, darker where its letters could not be read on white (contrast below 4.5 to
// 1, WCAG 2.1).
Colour name_colour(Colour line);

} // namespace diaban::map
