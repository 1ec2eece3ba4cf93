// The Moran scatter plot in a panel: value of each unit across, mean of its neighbours upwards,
// both standardised; the slope of the line is Moran's I for row-standardised weights.
#pragma once

#include "analysis/local.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

// As wide as the region. A dot names its unit under the mouse and selects it; those of the
// selection have a ring. Recorded as "moran.scatter".
void draw_moran_plot(Ui& ui, const analysis::LocalResult& local);

} // namespace diaban::gui
