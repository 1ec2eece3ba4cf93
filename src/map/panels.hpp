// Small maps side by side in the place of one: the same ground in the same frame, each with a
// caption and the counts of its rows below it. Private to src/map.
//
// Guarantee: all maps have the same size and the same camera; captions and counts wrap and are
// never cut.
#pragma once

#include "map/page_layout.hpp"

namespace diaban::map {

class Panels {
public:
    Panels(const Page& page, const PageLook& look, const Typesetter& typesetter);
    // Divides a box so that the maps of an extent become as large as possible. Returns the box of
    // the first map.
    Rect arrange(const Rect& box, const geo::Box& extent);
    void draw(); // lays out the maps where they were arranged
    void paint(Canvas& canvas, base::JobContext& ctx) const;
    bool contested() const; // as PageLayout

private:
    // Stays where it is: the layout refers to the page.
    struct Small {
        Page page;
        std::optional<PageLayout> layout;
    };
    struct Chip { // a row of the legend with its count, below one map
        std::size_t entry;
        Text count;
        double x, y, width; // from the left upper corner of the counts
    };
    double swatch_width(const LegendEntry& entry) const;
    double caption_height(std::size_t panel, double width) const;
    std::vector<Chip> chips_of(std::size_t panel, double width, double& height) const;
    double text_height(double width) const; // the most of all panels
    void paint_chip(Canvas& canvas, const LegendEntry& entry, const Chip& chip,
                    geo::Point at) const;

    const Page& page_;
    const PageLook& look_;
    const Typesetter& typesetter_;
    std::size_t columns_ = 1;
    double below_ = 0; // height of caption and counts
    geo::Box extent_;  // of all maps
    std::vector<Rect> cells_, maps_;
    std::vector<std::unique_ptr<Small>> small_;
};

} // namespace diaban::map
