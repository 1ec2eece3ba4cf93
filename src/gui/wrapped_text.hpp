// Text with line breaks. ImGui's own would also part "p = 0.0010" after the point.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>

namespace diaban::gui {

// Broken between words alone, so that no line is wider; a word that is wider stays whole.
std::string wrapped(ImFont* font, std::string_view text, float width);

} // namespace diaban::gui
