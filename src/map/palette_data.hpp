// The published colours behind palettes(): every class count of every ColorBrewer palette, and
// anchors of viridis and cividis.
#pragma once

#include "map/palette.hpp"

#include <array>
#include <span>

namespace diaban::map {

struct BrewerPalette {
    std::string_view id;
    PaletteKind kind;
    bool colour_blind_safe;
    int most; // published for 3..most classes
    // Six hex digits per colour: first the 3 colours for 3 classes, then the 4 for 4, ...
    std::string_view colours;
};
std::span<const BrewerPalette> brewer_palettes();

// A smooth scale: anchors equally spaced, light to dark.
struct ContinuousPalette {
    std::string_view id;
    std::string_view colours;
};
std::span<const ContinuousPalette> continuous_palettes();

} // namespace diaban::map
