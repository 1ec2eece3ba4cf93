// What stands above the rows of the legend in the window: nested circles of a map of sizes, or the
// square of a map of two indicators. As on pages (map/legend_figure.hpp).
#pragma once

#include "gui/panels/panels.hpp"

namespace diaban::gui {

// Height in window pixels, the space below included; 0 without a figure.
float legend_figure_height(const Ui& ui, const ShownLegend& shown);
// A click on a cell of the square selects its units. `counts` tells what stands in a cell.
void draw_legend_figure(Ui& ui, const ShownLegend& shown,
                        const std::function<std::string(const map::LegendEntry&)>& counts);
// The circles alone, with numbers in a font: for a room.
float legend_sizes_height(const Ui& ui, const ShownLegend& shown, ImFont* font);
void draw_legend_sizes(Ui& ui, const ShownLegend& shown, ImFont* font);
// Whether a row of the style stands in the figure and not below it.
bool in_legend_figure(const ShownLegend& shown, const map::LegendEntry& entry);

} // namespace diaban::gui
