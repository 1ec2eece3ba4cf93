// A layer of lines or areas over the map, from any file that GDAL reads: where it is and how it
// looks.
//
// Guarantee: parse_line_layer(to_text(layer)) is the layer.
#pragma once

#include "base/job.hpp"
#include "geo/coverage.hpp"
#include "map/overlay.hpp"

#include <filesystem>

namespace diaban::app {

inline constexpr double kThinnestLine = 0.2, kWidestLine = 12; // px at 96 dpi
inline constexpr double kWidestGap = 24;                       // px at 96 dpi
inline constexpr double kFaintestFill = 0.05;

struct LineLayer {
    std::filesystem::path file;
    std::string layer; // empty: the first with lines or areas
    std::string name;  // in the legend; empty: that of the file
    std::string label; // the column of what is written along its lines; empty: nothing is
    std::string kind;  // "coast", "border" or another that is measured to; empty: only drawn
    std::string colour = "#5C6066"; // "#RRGGBB"
    double width = 1.2;             // px at 96 dpi
    double gap = 0;                 // between dashes, px at 96 dpi; 0: a line without gaps
    std::string fill;               // of its areas, "#RRGGBB"; empty: their outlines only
    double opacity = 0.4;           // of the fill, kFaintestFill to 1
    bool shown = true;
    std::string title() const { return name.empty() ? file.stem().string() : name; }
    friend bool operator==(const LineLayer&, const LineLayer&) = default;
};

// The fill with its opacity; nothing: areas are not filled.
std::optional<map::Colour> fill_of(const LineLayer& layer);

// "song.shp", "song.gpkg;layer=rivers;name=Sông;label=ten;kind=coast;colour=#1F78B4;width=2;dash=4;
// hidden",
// "ho.shp;fill=#4FA3D1;opacity=0.5". Throws Error Usage "error.flag.bad_value".
LineLayer parse_line_layer(const std::string& text);
std::string to_text(const LineLayer& layer);

struct LineLayers {
    std::vector<map::Overlay> overlays; // of those that are shown, in order
    // Of each of them the columns of text of its file, of which each can be the label.
    std::vector<std::vector<std::string>> text_columns;
    base::Findings findings;
};
// Reads those that are shown, as files::read_lines() does. Of one whose box does not meet that of the
// coverage there is a finding "lines_outside". Throws Error Input, Data.
LineLayers load_line_layers(const std::vector<LineLayer>& layers, const geo::Coverage& coverage,
                            base::JobContext& ctx);

} // namespace diaban::app
