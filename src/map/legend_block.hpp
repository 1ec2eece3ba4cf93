// The legend of a page: title, note, the figure of a map of sizes or pairs, a row per class with
// its count, the total, and place symbols.
//
// Guarantee: measured before it is painted, from the same texts; no text is cut, long ones wrap.
#pragma once

#include "base/number.hpp"
#include "map/canvas.hpp"
#include "map/legend_figure.hpp"
#include "map/page_look.hpp"

#include <map>

namespace diaban::map {

class LegendBlock {
public:
    LegendBlock(const Page& page, const PageLook& look, const Typesetter& typesetter);

    // How many places of each kind are drawn. Kinds without any lose their row. True if one did:
    // then arrange anew.
    bool count_places(const std::map<std::string, std::size_t>& drawn);
    // Of a map whose circles grow with it: its scale, once it is known. No size changes.
    void set_ground(double metres_per_unit) { figure_.set_ground(metres_per_unit); }
    // Rows close together, for pages with many of them, or as usual.
    void tighten(bool on) { row_gap_ = look_.body * (on ? 0.16 : 0.45); }
    // "1,0 – < 2,5" on one line each, however narrow the columns become; arrange() then tells a
    // width that may be more than it was given. Or broken where it must be, as usual.
    void keep_ranges(bool on) { whole_ranges_ = on; }
    // Title and note as wide as the room, not only about as wide as the rows.
    void widen(bool on) { wide_ = on; }
    // Arranges the rows in columns within a width. Returns the size used.
    TextSize arrange(double max_width, int columns);
    void paint(Canvas& canvas, geo::Point top_left) const;

private:
    struct Row {
        enum class Kind { Entry, Total, Line, Symbol } kind = Kind::Entry;
        const LegendEntry* entry = nullptr; // of an Entry
        std::string symbol;                 // kind of place, of a Symbol
        const Overlay* line = nullptr;      // of a Line
        std::string words;                  // of the label, as it came
        Text label, count;
        double space_before = 0;
        // Set by arrange():
        double x = 0, y = 0, height = 0, label_height = 0;
    };
    void paint_swatch(Canvas& canvas, const Row& row, geo::Point at) const;

    std::string counted(std::size_t count) const;

    const PageLook& look_;
    base::NumberStyle numbers_;
    const Typesetter& typesetter_;
    Text title_, note_;
    std::vector<Row> rows_;
    double swatch_width_, swatch_height_, text_gap_, row_gap_;
    double column_width_ = 0, label_width_ = 0, count_width_ = 0;
    double note_y_ = 0;
    bool wide_ = false;
    bool whole_ranges_ = false;
    bool counted_ = true;
    LegendFigure figure_; // above the rows
    double figure_y_ = 0;
};

} // namespace diaban::map
