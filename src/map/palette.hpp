// Colours: ColorBrewer and viridis families, and the fixed colours of statuses and empties.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::map {

struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    friend bool operator==(const Colour&, const Colour&) = default;
};
std::string to_hex(Colour c); // "#2E8B7F"
std::optional<Colour> parse_colour(std::string_view hex);

enum class PaletteKind { Sequential, Diverging, Qualitative };
struct Palette {
    std::string id; // "YlOrBr", "viridis"
    PaletteKind kind;
    bool colour_blind_safe;
    // The published colours for the largest class count; others are sampled or published.
};
const std::vector<Palette>& palettes();
inline constexpr std::string_view kDefaultPalette = "YlOrBr";
// n colours, light to dark; throws Error Usage "error.palette.unknown" naming near ones.
std::vector<Colour> palette_colours(std::string_view id, std::size_t n, bool reversed = false);

// Patterns that make a class readable without its colour.
enum class Hatch : std::uint8_t {
    None,
    Dots,
    FineDots,
    Diagonal,
    BackDiagonal,
    Cross,
    Horizontal,
    Vertical
};

// conventions.md 2: fixed for the life of a project.
inline constexpr Colour kHealthy{0x2E, 0x8B, 0x7F}, kPresent{0xF0, 0xB8, 0x4A},
    kHot{0x7B, 0x3F, 0x8C};
inline constexpr Colour kHot3{0xA9, 0x7A, 0xB6}, kHot2{0x7B, 0x3F, 0x8C}, kHot1{0x4E, 0x1F, 0x5C};
inline constexpr Colour kNoData{0xCC, 0xCC, 0xCC};
inline constexpr Colour kMapGround{0xFB, 0xFA, 0xF7}, kOtherLand{0xF1, 0xF0, 0xEC};
inline constexpr Colour kCommuneLine{0xFF, 0xFF, 0xFF}, kDistrictLine{0x43, 0x48, 0x4F},
    kProvinceLine{0x2B, 0x2F, 0x36}, kSelection{0x0B, 0x63, 0xCE};
inline constexpr Colour kText{0x23, 0x26, 0x2B}, kMuted{0x6B, 0x72, 0x7B};

} // namespace diaban::map
