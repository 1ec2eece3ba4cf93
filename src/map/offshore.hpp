// Little maps of units far out at sea: each in a frame with its name, all at scales of their own.
// Private to src/map.
#pragma once

#include "map/page_layout.hpp"

#include <deque>

namespace diaban::map {

class OffshoreMaps {
public:
    // A name as large as its frame has room for: asked with how it would stand at a size of
    // letters, page units; gives the size, or throws.
    using FittingSize = std::function<double(const std::function<bool(double units)>& fits)>;
    // Side by side in a wide box, one below the other in a high one. Page units.
    OffshoreMaps(const Page& page, const std::vector<FarUnits>& far, const Rect& box,
                 const PageLook& look, const Typesetter& typesetter, const FittingSize& size);
    OffshoreMaps(const OffshoreMaps&) = delete;
    OffshoreMaps& operator=(const OffshoreMaps&) = delete;
    void paint(Canvas& canvas, base::JobContext& ctx, const std::string& layer) const;

private:
    struct Cell {
        Rect frame;
        Text name;
        geo::Point name_at;
    };
    PageLook look_;
    std::vector<Cell> cells_;
    std::deque<Page> pages_; // that maps_ refer to
    std::deque<PageLayout> maps_;
};

// A page of nothing but the units and their colours: only where they lie counts.
Page plain_page(const Page& page);

// How large the map of a page becomes in a part of the sheet, page units for a metre; 0 where there
// is no room for one.
double largeness(const Page& page, const Rect& part);

// The part of a map's box in which nothing of the map lies below `standing`: all of it, else what
// is left beside. Page units.
// `left_out`: one flag per unit, of those that the map does not draw; empty: it draws all.
Rect clear_part(const Page& page, const Rect& box, const std::vector<Rect>& standing, double gap,
                const std::vector<bool>& left_out = {});

} // namespace diaban::map
