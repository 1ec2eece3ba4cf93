// A sheet with a Moran scatter plot: the value of each unit across, the mean of its neighbours
// upwards, both standardised, and the line whose slope is Moran's I.
//
// Guarantee: the same sheet gives the same bytes on every run; every dot is inside the plot.
#pragma once

#include "map/page.hpp"

#include <array>

namespace diaban::map {

struct ScatterPage {
    PageSize size;
    PageText text;                       // title, subtitle, sources, classification, notice
    std::string across, upwards;         // what the axes show
    std::array<std::string, 4> quarters; // high-high, low-high, low-low, high-low
    std::vector<geo::Point> dots;        // standard deviations from the mean
    std::vector<std::uint16_t> row_of;   // of each dot, in rows
    std::vector<LegendEntry> rows;       // kinds of dots with colour and count, in this order
    std::vector<std::string> facts;      // "Moran's I: 0,50", below the rows
    double slope = 0;
};

std::string scatter_bytes(const ScatterPage& page, Format format);
// Into a file, whole or not at all. Throws Error Usage "error.page.format", "error.page.too_small",
// Write; Input "error.font.missing".
void paint_scatter(const ScatterPage& page, const std::filesystem::path& file,
                   base::JobContext& ctx);

} // namespace diaban::map
