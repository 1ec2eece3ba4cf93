// A view of the map before it is coloured: which face each sample of each pixel shows, and the
// lines over them, in memory.
//
// Where OpenGL runs on the processor, drawing the triangles of a country takes far longer than
// looking up a colour for each pixel. A plate is drawn once for a view, and coloured anew for every
// year and every picture of a series. Knows nothing of OpenGL, so that it can be tested by itself.
//
// Guarantees: the colour of a pixel is the mean of its samples, with hatches and lines over it as
// the shaders draw them; the same for any number of threads. Rows count from the bottom.
#pragma once

#include "map/palette.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace diaban::gui {

inline constexpr int kPlateSide = 2; // samples of a pixel: so many across, so many up

class Plate {
public:
    int width() const { return width_; }
    int height() const { return height_; }

    // The samples of a view, rows of kPlateSide * width: the number of a face + 1 in four digits of
    // 256, red the lowest; 0 where there is none (shaders/number.vert).
    void set_faces(int width, int height, std::span<const map::Colour> samples);
    // Of lines and selection: their colours times their opacity, which is alpha.
    void set_lines(std::span<const map::Colour> lines) {
        lines_.assign(lines.begin(), lines.end());
    }
    // Of the borders of communes only alpha is taken: how much of a pixel they cover.
    void set_borders(std::span<const map::Colour> borders);

    struct Look {
        std::span<const map::Colour> colours; // by face; alpha: number of the hatch
        std::span<const map::Colour> inks;    // of the hatches, alpha: opacity; empty: no hatches
        map::Colour ground, pen;              // pen: of the borders of communes
        // From the middle of such a border to the faces it separates, pixels. Between faces that
        // are both light, where white would not be seen, it is grey.
        int beside = 1;
        std::array<double, 4> phase{}; // pixels, where hatches start: along x, y and the diagonals
        double spacing = 6, width = 1; // of hatches, pixels
    };
    // One colour for each pixel.
    void colour(const Look& look, std::span<map::Colour> out) const;

private:
    int width_ = 0, height_ = 0;
    // By pixel: a face + 1, 0 for none; from kMixed on, where its samples are in its row of mixed_.
    static constexpr std::uint32_t kMixed = 0x80000000U;
    using Samples = std::array<std::uint32_t, kPlateSide * kPlateSide>;
    std::vector<std::uint32_t> faces_;
    std::vector<std::vector<Samples>> mixed_; // by row
    std::vector<map::Colour> lines_;
    std::vector<std::uint8_t> borders_;
};

} // namespace diaban::gui
