// One painted map: its colours, and the pixels that were painted with them.
//
// Several pictures share the geometry of one ScreenPainter: a year each, side by side. Only for the
// window's thread.
#pragma once

#include "gui/gl.hpp"
#include "gui/map_geometry.hpp"

namespace diaban::gui {

struct PaintSpec {
    map::Camera camera;
    int width = 0, height = 0; // device pixels
    double scale = 1;          // device pixels per interface pixel
    map::Colour ground = map::kMapGround;
    std::array<double, kRanks> width_px{}; // of the lines by rank, 0 = not drawn; device pixels
    std::array<map::Colour, kRanks> colour{};
    std::array<bool, kRanks> edged{}; // with a light edge, to be seen on what is dark
    bool smooth = true;               // several samples per pixel
    int margin = 0;                   // pixels around the view
    bool reach = true;                // paint the margin too
    friend bool operator==(const PaintSpec&, const PaintSpec&);
};

class Picture {
public:
    // `hatches`: of classes too; the empties always have theirs.
    void set_colours(const map::Style& style, std::size_t units, bool hatches);
    bool has_colours() const { return colours_ready_; }

    // Copies the view to the window, its lower left corner at (x, y) from the window's; of its
    // columns those from `from` to before `to`.
    void show(int x, int y, int from, int to) const;
    // The picture with its margin, and the view's part of it: u0, v0 (below), u1, v1.
    GLuint texture() const { return target_.texture(); }
    std::array<float, 4> view_in_texture() const;

private:
    friend class ScreenPainter;
    // Whether the painted picture can be shown moved by whole pixels instead of painted anew.
    bool shifted(const PaintSpec& spec);
    void move_hatches(const PaintSpec& spec);

    GlTexture colours_, inks_;
    std::vector<map::Colour> table_, ink_table_; // what they hold; no inks where nothing is hatched
    std::vector<geo::FaceId> hidden_;            // of which only the outline is drawn
    bool colours_ready_ = false, hatched_ = false;
    geo::Point hatch_at_; // pixels, where the patterns start: moves with the map, rests in a zoom
    Target target_;
    PaintSpec painted_;
    std::uint64_t painted_state_ = 0; // which state of the painter's geometry and selection
    int shift_x_ = 0, shift_y_ = 0;   // where the view lies now, against the painted one
    bool stale_ = true;
};

} // namespace diaban::gui
