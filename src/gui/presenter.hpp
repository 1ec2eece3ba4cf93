// Presenter mode: the map alone, with a title, a year and a legend that a room can read.
#pragma once

#include "gui/map_view.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

void present(Ui& ui, bool on);
// One key per year (1, 2, ... 9, 0 for the first ten, with Shift for the next ten), arrows, space,
// up and down: speed of playing, B: black, Esc: back. Page keys (a presenter's remote sends them),
// N and P go through the saved views; without any, the years.
void presenter_keys(Ui& ui);
// Returns what lies over the map, which stays clear of it from the next frame on.
MapView::Covered draw_presentation(Ui& ui);

} // namespace diaban::gui
