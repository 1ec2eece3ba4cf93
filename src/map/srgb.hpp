// The linear light of an 8-bit sRGB channel and back (IEC 61966-2-1).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace diaban::map {

inline double to_linear(std::uint8_t v) {
    const double s = v / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
}

// Light that a screen cannot show becomes the nearest that it can.
inline std::uint8_t from_linear(double v) {
    const double s = v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(std::clamp(s, 0.0, 1.0) * 255));
}

} // namespace diaban::map
