// Animated PNG (APNG) made of ready pictures.
//
// Guarantees: programs that know only PNG show the first picture; nothing but the pictures is in
// the file, so the same pictures give the same bytes. Layout: W3C, Portable Network Graphics (Third
// Edition), 11.3.4 and 13.
#pragma once

#include <string>
#include <vector>

namespace diaban::files {

inline constexpr int kLeastFrame_ms = 20, kMostFrame_ms = 60'000;

// `frames`: at least one PNG, all of the same size, depth and colour type, none interlaced;
// each is shown for `frame_ms`, over and over.
std::string animated_png(const std::vector<std::string>& frames, int frame_ms);

} // namespace diaban::files
