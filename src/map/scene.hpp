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

// What the names of a level stand for: of communes a unit each, of districts and provinces the
// units that they are made of.
class NamedGround {
public:
    // `units`: of each name, ascending; empty: name i is that of unit i.
    NamedGround(std::shared_ptr<const geo::Coverage> coverage,
                std::vector<std::vector<geo::FaceId>> units = {});
    // Whether a point of the map lies in what is named: exact, by the rings of those of its units
    // whose box it lies in.
    bool holds(std::uint32_t name, geo::Point p) const;

private:
    std::shared_ptr<const geo::Coverage> coverage_;
    std::vector<std::vector<geo::FaceId>> units_;
};

// A text placed on the map, in map coordinates; both painters show the same.
struct Label {
    std::string text;
    geo::Point at;    // centre of the text
    int priority = 0; // higher wins
    double size_px = 12;
    bool bold = false;
    // Width and height of what the text names; a text much wider or higher is left out. 0 = any
    double room_m = 0, room_high_m = 0;
    // What it names: `at` lies in there, and so does the middle of the text wherever it is moved.
    // nullptr: it may stand anywhere.
    std::shared_ptr<const NamedGround> ground = nullptr;
    std::uint32_t ground_name = 0; // which of its names this is
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

// The same names without the words that only say of what rank a unit is ("Huyện", "Thành phố",
// "Xã"), where the rest is no number and no two of the list become alike.
std::vector<Label> short_names(std::vector<Label> labels);

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
