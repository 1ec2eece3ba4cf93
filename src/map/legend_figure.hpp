// What stands above the rows of a legend: nested circles of a map of sizes, or the square of a map
// of two indicators with the count of each of its cells.
#pragma once

#include "base/number.hpp"
#include "map/canvas.hpp"
#include "map/page_look.hpp"
#include "map/size_steps.hpp"

namespace diaban::map {

class LegendFigure {
public:
    LegendFigure(const Page& page, const PageLook& look, const Typesetter& typesetter);

    // Whether a row of the style stands in the figure and not below it.
    bool holds(const LegendEntry& entry) const { return square() && pair_cell(entry).has_value(); }
    // Circles that grow with the map are known once its scale is. Their room does not change.
    void set_ground(double metres_per_unit);
    // The size used, at most `most_width` wide where that is possible; 0 high without a figure.
    TextSize arrange(double most_width);
    void paint(Canvas& canvas, geo::Point top_left) const;

private:
    bool square() const { return theme_ && theme_->kind == MapKind::Bivariate; }
    bool sizes() const;
    TextSize arrange_square(double most_width);
    TextSize arrange_sizes(double most_width);
    void make_steps(double per_root, double most);
    void paint_square(Canvas& canvas, geo::Point at) const;
    void paint_sizes(Canvas& canvas, geo::Point at) const;
    void paint_arrow(Canvas& canvas, geo::Point from, geo::Point to) const;
    double line_height() const;

    const Theme* theme_;
    const Style& style_;
    const PageLook& look_;
    const Typesetter& typesetter_;
    base::NumberStyle numbers_;
    std::vector<SizeStep> steps_;
    bool whole_ = false;  // all amounts are whole numbers
    double most_ = 0;     // the largest amount; of small maps side by side that of all
    bool counted_ = true; // cells say how many units they hold; of several maps none does
    double room_ = 0;     // height of the circles
    Text title_, up_, across_;
    double title_height_ = 0, up_height_ = 0, across_height_ = 0;
    double cell_width_ = 0, cell_height_ = 0, left_ = 0; // of the square; what stands left of it
};

} // namespace diaban::map
