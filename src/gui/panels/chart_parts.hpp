// What the charts of the window are put together from: axes, headings, clickable areas, and what is
// said where a chart cannot be drawn.
#pragma once

#include "gui/ui.hpp"

#include <string>
#include <string_view>

namespace diaban::gui {

// A number axis along one side of a plot.
struct ChartAxis {
    double low = 0, high = 1;
    float from = 0, to = 1; // pixels
    float at(double v) const {
        return from + static_cast<float>((v - low) / (high - low)) * (to - from);
    }
    double value(float px) const {
        return low + static_cast<double>((px - from) / (to - from)) * (high - low);
    }
};
// Where all values are the same, they stand in the middle.
ChartAxis chart_axis(double low, double high, float from, float to);
// Round steps with their numbers; across a plot if it is vertical, else below it.
void draw_chart_axis(Ui& ui, const ChartAxis& axis, const Rect& plot, bool vertical);

// What is charted, above the plot.
void draw_chart_heading(Ui& ui, const Rect& plot, const std::string& text);

void say_in_chart(Ui& ui, const Rect& plot, std::string_view key);
// Another indicator is needed: some that can be charted, a click away, and the list of all where it
// is folded away.
void ask_numbers(Ui& ui, const Rect& plot, std::string_view key);

// Everything under the mouse or within a span is chosen with one click.
bool clicked_in(const char* name, const Rect& area);

// Of a map of classes that are no numbers: how many units each has in the year shown, and in every
// year. A click on a bar selects its units.
void draw_class_counts(Ui& ui, const Rect& plot);
void draw_classes_by_year(Ui& ui, const Rect& plot);

} // namespace diaban::gui
