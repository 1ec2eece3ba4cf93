// How colours look without red or green cones and in greys, against the R package colorspace.
#include "map/colour_vision.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;

namespace {

// The largest difference of a channel, 0 to 255.
int channel_gap(map::Colour a, map::Colour b) {
    return std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)});
}

// Strength of the contrast that is left: the sum of the differences of the channels.
int contrast_left(map::Colour a, map::Colour b) {
    return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b);
}

} // namespace

TEST_CASE("colours without red or green cones are those of the published matrices") {
    // R, colorspace 2.1-0: deutan(x, severity = 1), protan(x, severity = 1), desaturate(x).
    struct Seen {
        const char *usual, *deutan, *protan, *grey;
    };
    constexpr Seen kSeen[] = {
        {"#FF0000", "#A39000", "#6D5F00", "#7F7F7F"}, {"#00FF00", "#EFD63A", "#FFE500", "#DCDCDC"},
        {"#0000FF", "#003DFB", "#0059FF", "#4C4C4C"}, {"#2E8B7F", "#777980", "#84837F", "#7D7D7D"},
        {"#F0B84A", "#DCC74E", "#CFB93C", "#C1C1C1"}, {"#7B3F8C", "#435A8A", "#2F548F", "#585858"},
        {"#D95F0E", "#A08E03", "#837300", "#848484"}, {"#993404", "#6B5E00", "#524700", "#565656"},
        {"#808080", "#808080", "#808080", "#808080"}, {"#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF"}};
    for (const auto& seen : kSeen) {
        INFO(seen.usual);
        const auto usual = *map::parse_colour(seen.usual);
        CHECK(map::seen_with(map::Vision::Usual, usual) == usual);
        // One step of 255 is what the last digits of the matrices and of the white point move.
        CHECK(channel_gap(map::seen_with(map::Vision::Deuteranopia, usual),
                          *map::parse_colour(seen.deutan)) <= 1);
        CHECK(channel_gap(map::seen_with(map::Vision::Protanopia, usual),
                          *map::parse_colour(seen.protan)) <= 1);
        CHECK(channel_gap(map::seen_with(map::Vision::Grey, usual),
                          *map::parse_colour(seen.grey)) <= 1);
    }
}

TEST_CASE("greys look grey to everybody, and what is half transparent stays so") {
    for (int v = 0; v <= 255; v += 5) {
        const auto level = static_cast<std::uint8_t>(v);
        const map::Colour grey{level, level, level, 128};
        for (const auto vision : map::kVisions) {
            const auto seen = map::seen_with(vision, grey);
            CHECK(channel_gap(seen, grey) <= 1);
            CHECK(seen.a == 128);
        }
    }
}

TEST_CASE("the preview tells a pair that cannot be told apart from one that can") {
    // Red and green of equal brightness, against the teal and the plum of statuses.
    const map::Colour red{0xB0, 0x50, 0x30}, green{0x70, 0x7A, 0x30};
    CHECK(contrast_left(map::seen_with(map::Vision::Deuteranopia, red),
                        map::seen_with(map::Vision::Deuteranopia, green)) <
          contrast_left(red, green) / 2);
    for (const auto vision : map::kVisions)
        CHECK(contrast_left(map::seen_with(vision, map::kHealthy),
                            map::seen_with(vision, map::kHot)) > 60);
}
