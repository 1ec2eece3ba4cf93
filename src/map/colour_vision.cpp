#include "map/colour_vision.hpp"

#include "map/srgb.hpp"

namespace diaban::map {
namespace {

using VisionMatrix = std::array<std::array<double, 3>, 3>;
constexpr VisionMatrix kWithoutGreen{{{0.367322, 0.860646, -0.227968},
                                      {0.280085, 0.672501, 0.047413},
                                      {-0.011820, 0.042940, 0.968881}}};
constexpr VisionMatrix kWithoutRed{{{0.152286, 1.052583, -0.204868},
                                    {0.114503, 0.786281, 0.099216},
                                    {-0.003882, -0.048116, 1.051998}}};
constexpr std::array kLuminance{0.2126729, 0.7151522, 0.0721750}; // of sRGB's primaries
constexpr VisionMatrix kWithoutColour{{kLuminance, kLuminance, kLuminance}};

Colour through(const VisionMatrix& matrix, Colour c) {
    const std::array light{to_linear(c.r), to_linear(c.g), to_linear(c.b)};
    const auto channel = [&](std::size_t row) {
        double sum = 0;
        for (std::size_t i = 0; i < light.size(); ++i) sum += matrix[row][i] * light[i];
        return from_linear(sum);
    };
    return {channel(0), channel(1), channel(2), c.a};
}

} // namespace

std::string_view to_string(Vision vision) {
    static constexpr std::array<std::string_view, kVisions.size()> kWords{"usual", "deuteranopia",
                                                                          "protanopia", "grey"};
    return kWords[static_cast<std::size_t>(vision)];
}

Colour seen_with(Vision vision, Colour colour) {
    switch (vision) {
    case Vision::Deuteranopia:
        return through(kWithoutGreen, colour);
    case Vision::Protanopia:
        return through(kWithoutRed, colour);
    case Vision::Grey:
        return through(kWithoutColour, colour);
    case Vision::Usual:
        break;
    }
    return colour;
}

} // namespace diaban::map
