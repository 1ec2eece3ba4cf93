// Where everything on a page goes: decided once, then painted in any format.
#pragma once

#include "map/furniture.hpp"
#include "map/legend_block.hpp"
#include "map/line_labels.hpp"
#include "map/marks.hpp"
#include "map/theme_painter.hpp"

#include <optional>

namespace diaban::map {

// The map alone, in a box of the sheet; none of its words is written in `clear`. Page units.
struct MapPart {
    Rect box;
    std::vector<Rect> clear = {};
    std::vector<bool> left_out = {}; // units that other maps of the sheet show; empty: none
    bool islets = false; // specks of land are dots of their colour, so that they are seen
};

class Panels;
class OffshoreMaps;

struct PageLayout {
    // `part` of the sheet, in page units; nothing: all of it within the margins.
    PageLayout(const Page& page, const Typesetter& typesetter, std::optional<Rect> part = {});
    PageLayout(const Page& page, const Typesetter& typesetter, const MapPart& map);
    ~PageLayout();
    void paint(Canvas& canvas, base::JobContext& ctx) const;
    void paint_map(Canvas& canvas, base::JobContext& ctx) const; // without what stands around it
    const Frame& frame() const { return frame_; }
    // Places whose symbols are drawn, by kind.
    std::map<std::string, std::size_t> places_in_frame() const;
    // True if several units claim some of the ground that is drawn.
    bool contested() const;
    std::size_t marks_left_out() const { return marks_left_out_; }

private:
    static constexpr double kSymbolSize = 13; // of places, on A4
    static constexpr double kSymbolClear = 8; // around their middles, of names
    void take_theme();
    void place_all();
    bool place_legend(double width, double height); // in one column; false if it does not fit
    bool place_legend_in_columns(double height);
    TextSize arrow_size() const;
    double bar_height() const; // of the scale bar
    void place_header(Rect& rest);
    void place_footer(Rect& rest);
    void place_aside(Rect& rest); // landscape: legend and furniture in a column at the right
    void place_below(Rect& rest); // portrait: below the map
    void place(Rect rest);        // all but header and footer
    void place_bare();            // the map alone
    void place_map(const Rect& box);
    // The part of the box of the map that is left beside the little maps of its far-off units.
    Rect place_offshore(const Rect& box);
    void draw_offshore();
    void place_locator(Rect room); // none if the room is too small for it to be read
    void draw_map();
    bool whole_in_frame(geo::Point place) const;
    void choose_labels();
    // The marks of the page; their lines become leaders_ and are blocked.
    std::vector<Label> take_marks(std::vector<geo::Box>& blocked);
    LabelBox label_box(const Label& label) const;
    // As a sheet of this size writes them: on slides, where letters are large, as little as tells
    // the units apart, and not bold.
    std::vector<Label> as_written(std::vector<Label> names) const;
    void block(const std::vector<Label>& labels, std::vector<geo::Box>& blocked) const;
    void block_badges(std::vector<geo::Box>& blocked) const;
    // Names of districts, or of provinces or communes; clear of what is blocked on the map.
    std::vector<Label> unit_labels(const std::vector<geo::Box>& blocked) const;
    // Names of the circles of a cartogram: in them, else beside them where no other circle is.
    std::vector<Label> circle_names(const std::vector<geo::Box>& blocked) const;
    std::vector<Label> place_names(const std::vector<geo::Box>& blocked) const;
    std::vector<Label> area_names(const std::vector<geo::Box>& blocked) const;

    void paint_absent(Canvas& canvas) const;
    void paint_islets(Canvas& canvas) const;
    void paint_overlays(Canvas& canvas, base::JobContext& ctx) const;
    void paint_dots(Canvas& canvas, const Overlay& overlay) const;
    void paint_leaders(Canvas& canvas) const;
    void paint_symbols(Canvas& canvas) const;
    void paint_labels(Canvas& canvas) const;
    void paint_line_labels(Canvas& canvas) const;
    void paint_furniture(Canvas& canvas) const;
    // A badge as a layer of its own.
    void paint_framed(Canvas& canvas, const char* layer, const std::optional<Badge>& badge,
                      geo::Point at) const;
    [[noreturn]] void too_small() const;
    double scale_bar_room(double width) const;
    geo::Box extent() const;

    const Page& page_;
    const Typesetter& typesetter_;
    PageLook look_;
    LegendBlock legend_;
    std::unique_ptr<const Scene> ground_; // what is below circles and dots; nullptr: the scene
    ThemeShapes shapes_;
    Text title_, subtitle_, source_, number_;
    geo::Point title_at_, subtitle_at_, source_at_, number_at_, legend_at_, arrow_at_, scale_at_;
    std::optional<Badge> classification_, notice_;
    geo::Point classification_at_, notice_at_;
    double rule_y_ = 0;
    Rect content_;
    Frame frame_;
    bool framed_ = false; // frame_ is decided
    // The legend is too long to stand above scale bar and notice: these move into footer and
    // header.
    bool apart_ = false;
    bool legend_columns_ = false; // and too long for one column
    TextSize legend_size_{0, 0, 0};
    ScaleBar scale_bar_;
    FaceDrawing faces_;
    std::vector<LineDrawing> lines_;
    std::vector<Label> labels_;
    std::vector<LineLabel> line_labels_;
    std::vector<Leader> leaders_; // of marks beside what they name
    std::size_t marks_left_out_ = 0;
    std::vector<Rect> clear_; // of words
    std::vector<bool> left_out_;
    bool islets_ = false;
    std::optional<LocatorDrawing> locator_;
    std::unique_ptr<const OffshoreMaps> offshore_; // of units that the frame leaves out
    std::unique_ptr<Panels> panels_;               // in place of the one map
};

} // namespace diaban::map
