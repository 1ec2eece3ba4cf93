// How a colour looks to people who see without the red or the green cones, and on a grey copy.
//
// Source: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for
// Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics
// 15(6), 2009: the matrices of severity 1.0, applied to linear light.
#pragma once

#include "map/palette.hpp"

#include <array>

namespace diaban::map {

// Deuteranopia: without green cones, the most frequent. Protanopia: without red cones. Grey: the
// luminance (CIE Y) alone, as a photocopy shows it.
enum class Vision { Usual, Deuteranopia, Protanopia, Grey };
inline constexpr std::array kVisions{Vision::Usual, Vision::Deuteranopia, Vision::Protanopia,
                                     Vision::Grey};
std::string_view to_string(Vision vision); // "usual" "deuteranopia" "protanopia" "grey"

// The opacity stays.
Colour seen_with(Vision vision, Colour colour);

} // namespace diaban::map
