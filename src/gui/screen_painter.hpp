// Paints the map with OpenGL into pictures.
//
// Guarantees: geometry is uploaded once per detail level for all pictures; a new year or palette
// uploads only one small colour table; nothing is painted while camera, colours, selection and size
// stay the same; a picture reaches beyond the view, so that a pan moves it instead of painting it.
// Decides nothing about data: colours and ranks come ready made. Only for the window's thread.
#pragma once

#include "gui/picture.hpp"
#include "gui/segment_buffer.hpp"

namespace diaban::gui {

class ScreenPainter {
public:
    ScreenPainter(); // throws Error Input "error.shader"

    // Draws a little of everything where nobody sees it: many drivers compile a shader when it is
    // first drawn with, and while data are loaded there is time for that. Forgets all geometry.
    void warm_up();

    // Forgets all geometry; the next upload belongs to another coverage.
    void clear();
    void set_base(const MapGeometry& geometry);
    void set_detail(const MapGeometry* geometry); // nullptr: none
    void set_selection(const std::vector<LineSegment>& selected, geo::Point origin);

    bool ready() const { return base_.indices > 0; }
    // True if something was painted. `moving`: a picture that only lies elsewhere will do.
    bool paint(Picture& picture, const PaintSpec& spec, bool moving);

private:
    // One level on the card.
    struct Level {
        GlBuffer vertices, index;
        GlVertices fills;
        SegmentBuffer lines;
        GLsizei indices = 0;
        std::array<std::uint32_t, kRanks + 1> rank_first{};
        geo::Point origin;
        std::optional<geo::Box> region;
    };
    struct FillUniforms {
        GLint centre, clip, phase, spacing, width;
    };
    struct Uniforms {
        FillUniforms fill, hatch;
        GLint line_centre, line_metres, line_viewport, line_width, line_cap, line_colour,
            line_adapt;
    };
    static void upload(Level& level, const MapGeometry& geometry);
    void draw_level(const Picture& picture, const Level& level, const PaintSpec& spec) const;
    void draw_rank(const Level& level, std::size_t rank, const PaintSpec& spec) const;
    void draw_outline(const SegmentBuffer& outline, const PaintSpec& spec, double width_px,
                      map::Colour colour) const;
    void use_fill_program(const Picture& picture, const PaintSpec& spec, geo::Point origin) const;
    void use_line_program(const PaintSpec& spec, geo::Point origin) const;

    GlProgram fill_, hatch_, line_;
    Uniforms at_{};
    Level base_, detail_;
    bool has_detail_ = false;
    SegmentBuffer selected_;
    geo::Point outline_origin_;
    std::uint64_t geometry_ = 1; // grows whenever pictures become outdated
    int most_samples_ = 1;
};

} // namespace diaban::gui
