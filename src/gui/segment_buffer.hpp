// Line segments on the card, four vertices each, drawn as quads that the vertex shader spreads out.
//
// Four copies instead of one instance: software renderers set up every instance anew, which costs
// several times more than the memory.
#pragma once

#include "gui/gl.hpp"
#include "gui/map_geometry.hpp"

namespace diaban::gui {

class SegmentBuffer {
public:
    void upload(const std::vector<LineSegment>& segments);
    // Segments first .. first+count with the program in use.
    void draw(std::uint32_t first, std::uint32_t count) const;
    std::uint32_t count() const { return count_; }

private:
    GlBuffer corners_, index_;
    GlVertices vertices_;
    std::uint32_t count_ = 0;
};

} // namespace diaban::gui
