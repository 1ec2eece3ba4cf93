// Dashes and filled areas on the screen: what Dear ImGui does not draw.
//
// Guarantee: row_spans() covers exactly the pixels whose centres lie where rings wind about them,
// so that holes stay open and areas that lie over each other are filled once.
#pragma once

#include "app/line_layer.hpp"
#include "gui/ui.hpp"

#include <vector>

namespace diaban::gui {

// A run of a row of pixels, in the coordinates of the rings.
struct RowSpan {
    int row; // its centre is at row + 0.5
    float from, to;
};
// Of the rows and columns within `clip`. A ring may repeat its first point.
std::vector<RowSpan> row_spans(const std::vector<std::vector<ImVec2>>& rings, const Rect& clip);

void fill_rings(ImDrawList& list, const std::vector<std::vector<ImVec2>>& rings, const Rect& clip,
                ImU32 colour);
// A line of dashes with gaps of this length between them; 0: without gaps. All in window pixels.
void dashed_line(ImDrawList& list, const std::vector<ImVec2>& points, ImU32 colour, float width,
                 float gap);
// A text of several lines around a middle, each centred, with a halo.
void draw_centred_lines(ImDrawList& list, ImFont* font, ImVec2 middle, ImU32 colour, ImU32 halo,
                        float thickness, std::string_view text);
// What the layer looks like, for legends and lists: a line, or a filled box where areas are filled.
void line_key(const Ui& ui, ImDrawList& list, const app::LineLayer& layer, ImVec2 left_middle,
              float length);

} // namespace diaban::gui
