// Kinds of maps: colours of areas, or circles and dots that stand over them.
//
// A Theme is everything that a kind needs beside the style, decided and finished; theme_shapes()
// turns it into circles, and both painters draw those. Guarantees: the area of a proportional
// symbol and of a circle of a cartogram is proportional to its amount; a dot lies inside the unit
// it counts for; circles of a cartogram overlap by at most kDorlingTolerance; the same theme gives
// the same shapes. What the legend says has a circle or dots has them, and nothing else
// (check_theme()).
#pragma once

#include "base/job.hpp"
#include "data/units.hpp"
#include "map/style.hpp"

#include <array>
#include <memory>

namespace diaban::map {

enum class MapKind : std::uint8_t {
    Choropleth, // the colour of an area
    Symbols,    // circles, their area proportional to the value
    Graduated,  // circles, one size for each class
    Dots,       // one dot for so many
    Bivariate,  // colours of two indicators at once
    Cartogram,  // Dorling's: units are circles that do not overlap
};
inline constexpr std::array<std::string_view, 6> kMapKinds{"choropleth", "symbols",   "graduated",
                                                           "dots",       "bivariate", "cartogram"};
std::string_view to_string(MapKind kind);
std::optional<MapKind> parse_map_kind(std::string_view word);

// One side of the square of a bivariate map, from low to high.
struct PairAxis {
    std::string name;                // of the indicator, with its year
    std::size_t classes = 0;         // at most 3
    std::vector<std::string> breaks; // between the classes, as numbers are printed
};

struct Theme {
    MapKind kind = MapKind::Choropleth;
    // Per unit: what its circle or its dots tell; 0: it has none. Masked and missing units have 0.
    // Of graduated circles their diameter.
    std::vector<double> amount;
    Colour colour;            // of circles and dots of one colour
    double largest = 0;       // Symbols: the amount whose circle is largest_px across
    double largest_px = 0;    // Symbols, Graduated: page units on A4
    double dot_value = 0;     // Dots: what one of them stands for
    double m2_per_amount = 0; // Cartogram: ground that a circle covers
    std::string size_title;   // above the circles of the legend: the unit of amounts; may be empty
    PairAxis across, up;      // Bivariate: first and second indicator
};
inline constexpr double kDotPx = 2.4;         // diameter, page units on A4
inline constexpr double kSymbolSwatchPx = 11; // of the legend's row of all proportional circles
inline constexpr std::size_t kMostDots = 200'000;

// Page units across, on A4, of the circle of an amount on a map of proportional symbols.
double symbol_diameter(const Theme& theme, double amount);
// How many dots stand for an amount: the nearest whole number.
std::size_t dots_of(double amount, double dot_value);

struct Disc {
    geo::Point at;     // map coordinates
    double radius = 0; // page units on A4; of a cartogram metres
    geo::FaceId unit = 0;
};
struct ThemeShapes {
    std::vector<Disc> discs; // in the order of painting: large ones first
    bool in_metres = false;  // they grow with the map
    geo::Box box;            // of a cartogram: what its circles cover
    // The circle at a point of a cartogram; nothing on other maps.
    std::optional<geo::FaceId> unit_at(geo::Point map_point) const;
};
// None for choropleths and bivariate maps, and none for units around the area of a sheet. Throws
// Cancelled.
ThemeShapes theme_shapes(const Theme& theme, const Style& style, const data::Vintage& vintage,
                         base::JobContext& ctx);

// The style of the areas below circles and dots: land where the legend's row is a circle, and
// everywhere on a cartogram.
Style ground_style(const Style& style, const Theme& theme);
// How a circle is filled and edged: circles over each other are seen through; of estimates they are
// pale with an edge of their colour.
struct DiscLook {
    Colour fill, edge;
    bool dashed = false; // a unit that is no more than an outline
};
DiscLook disc_look(const LegendEntry& entry, MapKind kind);

// Colours of two indicators in up to three classes each, both counted from 0: blue grows with the
// first, orange with the second. Every two are far apart for all kinds of colour vision.
Colour pair_colour(std::size_t first, std::size_t second);
// What tells cells apart whose colours are of the same grey on a copy without colours: those in
// which the second is of a higher class than the first are hatched, and the one in the middle.
Hatch pair_hatch(std::size_t first, std::size_t second);
// Whether a number on a cell of that colour is white.
bool white_on(Colour cell);
// Of rows "pair:2/3": the class of the first and of the second indicator, counted from 0.
std::optional<std::pair<std::size_t, std::size_t>> pair_cell(const LegendEntry& entry);

// Throws Error Data "error.legend.disagrees" unless exactly the drawn units of those rows that are
// circles or dots have an amount.
void check_theme(const Theme& theme, const Style& style, std::span<const geo::Face> faces);

} // namespace diaban::map
