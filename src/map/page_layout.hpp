// Where everything on a page goes: decided once, then painted in any format.
#pragma once

#include "map/furniture.hpp"
#include "map/legend_block.hpp"

#include <optional>

namespace diaban::map {

struct PageLayout {
    PageLayout(const Page& page, const Typesetter& typesetter);
    void paint(Canvas& canvas, base::JobContext& ctx) const;

private:
    void place_header(Rect& rest);
    void place_footer(Rect& rest);
    void place_aside(Rect& rest); // landscape: legend and furniture in a column at the right
    void place_below(Rect& rest); // portrait: below the map
    void place(Rect rest);        // all but header and footer
    void place_map(const Rect& box);
    void draw_map();
    std::map<std::string, std::size_t> places_in_frame() const;
    std::vector<Label> choose_labels() const;

    void paint_map(Canvas& canvas, base::JobContext& ctx) const;
    void paint_absent(Canvas& canvas) const;
    void paint_symbols(Canvas& canvas) const;
    void paint_labels(Canvas& canvas) const;
    void paint_furniture(Canvas& canvas) const;
    [[noreturn]] void too_small() const;
    double scale_bar_room(double width) const;
    geo::Box extent() const;

    const Page& page_;
    const Typesetter& typesetter_;
    PageLook look_;
    LegendBlock legend_;
    Text title_, subtitle_, source_;
    geo::Point title_at_, subtitle_at_, source_at_, legend_at_, arrow_at_, scale_at_;
    std::optional<Badge> classification_, notice_;
    geo::Point classification_at_, notice_at_;
    double rule_y_ = 0;
    Rect content_;
    Frame frame_;
    bool framed_ = false; // frame_ is decided
    ScaleBar scale_bar_;
    FaceDrawing faces_;
    std::vector<LineDrawing> lines_;
    std::vector<Label> labels_;
};

} // namespace diaban::map
