// How the values are drawn: colours, circles, dots, two indicators at once, a cartogram.
#pragma once

#include "gui/ui.hpp"

namespace diaban::gui {

// The chooser of the kind and what belongs to it; every change is an edit that can be undone.
void draw_map_kind(Ui& ui, const app::StyledMap& styled);

} // namespace diaban::gui
