// Paints the map with OpenGL into pictures.
//
// Guarantees: geometry is uploaded once per detail level for all pictures; a new year or palette
// uploads only one small colour table; nothing is painted while camera, colours, selection and size
// stay the same; a picture reaches beyond the view, so that a pan moves it instead of painting it.
// Where OpenGL runs on the processor, smooth pictures are coloured from a plate (plate.hpp), which
// is drawn once for a view and shared by all pictures of it.
// Decides nothing about data: colours and ranks come ready made. Only for the window's thread.
#pragma once

#include "gui/picture.hpp"
#include "gui/plate.hpp"
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
    // Whether a smooth picture of the view that was last at rest costs no more than its colours.
    bool has_plate_for(const Picture& picture) const;
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
        FillUniforms fill, hatch, number;
        GLint number_hidden;
        GLint line_centre, line_metres, line_viewport, line_width, line_cap, line_colour,
            line_adapt;
    };
    static void upload(Level& level, const MapGeometry& geometry);
    void set_view(const FillUniforms& at, const PaintSpec& spec, geo::Point origin) const;
    void set_hatches(const Picture& picture, const PaintSpec& spec) const;
    void use_line_program(const PaintSpec& spec, geo::Point origin) const;
    template <class Draw> void each_strip(const PaintSpec& spec, Draw draw) const;
    void draw_fills(const Picture& picture, const Level& level, const PaintSpec& spec) const;
    void draw_rank(const Level& level, map::LineRank rank, const PaintSpec& spec) const;
    void draw_lines(const Level& level, const PaintSpec& spec) const; // but those of communes
    void draw_selection(const PaintSpec& spec) const;
    void draw_directly(Picture& picture, const PaintSpec& spec);
    void draw_faces(const Picture& picture, const PaintSpec& spec);
    void draw_lines_of_plate(const PaintSpec& spec);
    void colour_plate(Picture& picture, const PaintSpec& spec);
    bool ready_to_paint(const Picture& picture) const { return ready() && picture.colours_ready_; }
    std::uint64_t state() const { return geometry_ + selection_; }

    GlProgram fill_, hatch_, line_, number_;
    Uniforms at_{};
    Level base_, detail_;
    bool has_detail_ = false;
    SegmentBuffer selected_;
    geo::Point outline_origin_;
    std::uint64_t geometry_ = 1, selection_ = 1; // grow whenever pictures of them are outdated
    int most_samples_ = 1;

    bool on_processor_; // OpenGL itself
    Plate plate_;
    PaintSpec plate_spec_;                  // that it was drawn for, whatever the ground
    std::vector<geo::FaceId> plate_hidden_; // faces that are not in it
    std::uint64_t plate_geometry_ = 0, plate_selection_ = 0; // 0: never drawn
    Target samples_target_, lines_target_;
    std::vector<map::Colour> read_back_;
};

} // namespace diaban::gui
