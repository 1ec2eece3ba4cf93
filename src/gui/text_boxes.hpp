// Where the letters of a frame lie, and which texts lie over one another: the eyes of a test, which
// need nobody to say what was drawn.
//
// Guarantee: a text is found by the shapes of its letters in what Dear ImGui has drawn, so none
// that is drawn is left out, and none that is clipped away is seen.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

struct ImDrawData;

namespace diaban::gui {

// One line of letters, as far as it can be seen, in window coordinates.
struct TextBox {
    std::string panel; // the Dear ImGui window
    std::string text;  // '?' for a letter that is cut
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};
std::vector<TextBox> texts_drawn(const ImDrawData& drawn);

// Texts of the same panel that cover each other by more than letters of neighbouring lines may; the
// same text within a step or two of itself is its halo.
std::vector<std::pair<std::size_t, std::size_t>> overlapping(std::span<const TextBox> texts);

// "panel: one | other", a few of them; empty if there are none. The names on the map, with their
// halos, are placed by rules of their own and left out.
std::string told_overlaps(const std::vector<TextBox>& texts);

// All of them, each once, one a line, in the order of their letters; without blanks, which have no
// shape.
std::string told_texts(const std::vector<TextBox>& texts);

} // namespace diaban::gui
