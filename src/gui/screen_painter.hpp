// Paints the map with OpenGL into a texture of its own.
//
// Guarantees: geometry is uploaded once per detail level; a new year or palette uploads only one
// small colour table; nothing is painted while camera, colours, selection and size stay the same;
// the picture reaches beyond the view, so that a pan moves it instead of painting it.
// Decides nothing about data: colours and ranks come ready made. Only for the window's thread.
#pragma once

#include "gui/gl.hpp"
#include "gui/segment_buffer.hpp"

namespace diaban::gui {

struct PaintSpec {
    map::Camera camera;
    int width = 0, height = 0; // device pixels
    double scale = 1;          // device pixels per interface pixel
    map::Colour ground = map::kMapGround;
    std::array<double, kRanks> width_px{}; // of the lines by rank, 0 = not drawn; device pixels
    std::array<map::Colour, kRanks> colour{};
    bool smooth = true; // several samples per pixel
    int margin = 0;     // pixels around the view
    bool reach = true;  // paint the margin too
    friend bool operator==(const PaintSpec&, const PaintSpec&);
};

class ScreenPainter {
public:
    ScreenPainter(); // throws Error Input "error.shader"

    // Forgets all geometry; the next upload belongs to another coverage.
    void clear();
    void set_base(const MapGeometry& geometry);
    void set_detail(const MapGeometry* geometry); // nullptr: none
    // `hatches`: of classes too; the empties always have theirs.
    void set_colours(const map::Style& style, std::size_t units, bool hatches);
    void set_selection(const std::vector<LineSegment>& selected, geo::Point origin);

    bool ready() const { return base_.indices > 0 && colours_ready_; }
    // True if something was painted. `moving`: a picture that only lies elsewhere will do.
    bool paint(const PaintSpec& spec, bool moving);
    // Copies the view to the window, its lower left corner at (x, y) from the window's.
    void show(int x, int y) const;
    // The picture with its margin, and the view's part of it: u0, v0 (below), u1, v1.
    GLuint texture() const { return target_.texture(); }
    std::array<float, 4> view_in_texture() const;

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
    void draw_level(const Level& level, const PaintSpec& spec) const;
    void draw_rank(const Level& level, std::size_t rank, const PaintSpec& spec) const;
    void draw_outline(const SegmentBuffer& outline, const PaintSpec& spec, double width_px,
                      map::Colour colour) const;
    void use_fill_program(const PaintSpec& spec, geo::Point origin) const;
    void move_hatches(const PaintSpec& spec);
    void use_line_program(const PaintSpec& spec, geo::Point origin) const;

    GlProgram fill_, hatch_, line_;
    Uniforms at_{};
    Level base_, detail_;
    bool has_detail_ = false;
    GlTexture colours_, inks_;
    bool colours_ready_ = false, hatched_ = false;
    geo::Point hatch_at_; // pixels, where the patterns start: moves with the map, rests in a zoom
    SegmentBuffer selected_;
    geo::Point outline_origin_;
    Target target_;
    PaintSpec painted_;
    int shift_x_ = 0, shift_y_ = 0; // where the view lies now, against the painted one
    bool shifted(const PaintSpec& spec);
    bool stale_ = true;
    int most_samples_ = 1;
};

} // namespace diaban::gui
