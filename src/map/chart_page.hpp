// A sheet with one chart: bars, lines, dots, boxes or ranked bars, with axes, a legend and facts.
//
// Guarantee: the same sheet gives the same bytes on every run; nothing is drawn outside the plot.
#pragma once

#include "map/page.hpp"

namespace diaban::map {

struct ChartBar { // of a histogram; where places have names, `from` is the number of its place
    double from = 0, to = 0, height = 0;
    Colour colour;
};
struct ChartLine { // a value per place on the axis; nothing where there is none
    std::string name;
    Colour colour;
    std::vector<std::optional<double>> values;
};
struct ChartBox { // whiskers, box and what lies beyond, at its place on the axis
    double low = 0, q1 = 0, median = 0, q3 = 0, high = 0;
    std::vector<double> outliers;
};
struct ChartRank { // a bar from left to right, with its words and number
    std::string label, text;
    double value = 0;
    Colour colour;
};

// What is empty is not drawn. Places on the axis are names (`names`) or numbers.
struct ChartPage {
    PageSize size;
    PageText text;                 // title, subtitle, sources, classification, notice
    std::string across, upwards;   // what the axes show
    std::vector<LegendEntry> rows; // of the legend, with their counts
    bool counted = true;           // the counts of the rows are those of the chart
    std::vector<std::string> facts;
    std::vector<std::string> names; // of places along the axis: years, districts
    std::vector<ChartBar> bars;
    std::vector<ChartLine> lines;
    std::vector<geo::Point> dots;
    std::optional<std::pair<double, double>> fit; // intercept and slope of a line through dots
    std::vector<ChartBox> boxes;                  // one per name
    std::vector<ChartRank> ranked;                // from the top; as many as fit are drawn
    std::string more; // "{shown} of {all}", below ranked bars that do not all fit
};

std::string chart_bytes(const ChartPage& page, Format format);
// Into a file, whole or not at all. Throws Error Usage "error.page.format", "error.page.too_small",
// Write; Input "error.font.missing".
void paint_chart(const ChartPage& page, const std::filesystem::path& file, base::JobContext& ctx);

} // namespace diaban::map
