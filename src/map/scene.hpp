// A scene is everything needed to paint one map, decided and finished; painting decides nothing.
#pragma once

#include "data/place.hpp"
#include "data/units.hpp"
#include "map/overlay.hpp"
#include "map/style.hpp"
#include "map/theme.hpp"

#include <functional>
#include <memory>

namespace diaban::map {

// Lines of the coverage by rank, thin to heavy.
enum class LineRank : std::uint8_t { Commune, District, Province, Coast };
struct LineStyle {
    Colour colour;
    double width_px; // at 96 dpi
};
LineStyle line_style(LineRank rank);
// The line between two communes: white, or grey where both are too light for white to show.
Colour commune_line(Colour left, Colour right);
// The rank of every arc of a vintage.
std::vector<LineRank> line_ranks(const data::Vintage& vintage);

// Where map coordinates go: `centre` of the map at the centre of the viewport.
struct Camera {
    geo::Point centre;
    double metres_per_px = 1; // device pixels
};
// Fits a box into a viewport with a margin, in px.
Camera fit(const geo::Box& box, double width_px, double height_px, double margin_px);

// A text placed on the map, in map coordinates; both painters show the same.
struct Label {
    std::string text;
    geo::Point at;    // centre of the text
    int priority = 0; // higher wins
    double size_px = 12;
    bool bold = false;
    double room_m = 0; // width of what the text names; a text much wider is left out. 0 = any
    // Given: the text stands so far beside `at`, where a symbol is; right of it if there is room.
    double aside_px = 0;
    Colour colour = kText;
};
struct LabelBox {
    double width_px, height_px;
};

// Chooses labels that do not touch each other nor `blocked`, by priority. A name that finds no room
// in one line is tried in two, with '\n' between them (map/name_lines.hpp). `measure` gives the
// size of a text; painters pass their own font measure, which must agree (same font, same size).
std::vector<Label> place_labels(std::vector<Label> candidates, const Camera& camera,
                                double width_px, double height_px,
                                const std::function<LabelBox(const Label&)>& measure,
                                const std::vector<geo::Box>& blocked_px = {});
// District (or province, or commune) names of a vintage with priorities by area. `only`: one flag
// per unit, of those that are looked at; a district stands where its units among them are.
std::vector<Label> label_candidates(const data::Vintage& vintage, data::Level level, double size_px,
                                    const std::vector<bool>* only = nullptr);

// Symbols of places by kind, drawn as vectors on a 16x16 grid by both painters (map/symbols.hpp).
struct Symbol {
    geo::Point at;
    std::string kind;
    std::string name; // of the place; may be empty
};

struct Scene {
    std::shared_ptr<const data::Vintage> vintage;
    std::vector<LineRank> ranks; // per arc
    Style style;
    std::shared_ptr<const Theme> theme; // circles or dots over the units; nullptr: none
    std::vector<Overlay> overlays;      // over the borders, below symbols and names
    std::vector<Symbol> symbols;
    std::vector<geo::FaceId> selected;
    Camera camera;
    double width_px = 0, height_px = 0; // of the map itself
};

} // namespace diaban::map
