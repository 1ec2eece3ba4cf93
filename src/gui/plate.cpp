#include "gui/plate.hpp"

#include "base/job.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

using map::Colour;

constexpr std::size_t kRowsAtOnce = 32;
constexpr Colour kGreyBorder{180, 184, 191};
constexpr double kTooLight = 226; // as on pages: white between faces lighter than this is lost

std::uint32_t number_of(Colour digits) {
    return digits.r + 256U * digits.g + 65536U * digits.b + 16777216U * digits.a;
}

bool light(Colour c) {
    return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b > kTooLight;
}

std::uint8_t mixed(std::uint8_t below, std::uint8_t above, double part) {
    return static_cast<std::uint8_t>(std::lround(below + (above - below) * part));
}

Colour mix(Colour below, Colour above, double part) {
    return {mixed(below.r, above.r, part), mixed(below.g, above.g, part),
            mixed(below.b, above.b, part)};
}

// A colour that is already times its opacity, over another.
Colour over(Colour below, Colour above) {
    const auto channel = [&](std::uint8_t b, std::uint8_t a) {
        return static_cast<std::uint8_t>(std::min(255, a + (b * (255 - above.a) + 127) / 255));
    };
    return {channel(below.r, above.r), channel(below.g, above.g), channel(below.b, above.b)};
}

// How much of the pixel at (x, y) a hatch covers; shaders/hatch.frag says the same.
double hatch_cover(int hatch, double x, double y, const Plate::Look& look) {
    constexpr double kDiagonal = 0.70710678118654752;
    const bool dots = hatch <= 2, fine = hatch == 2;
    const double period = fine ? look.spacing * 0.75 : look.spacing;
    const auto away = [&](double across) {
        const double part = across / period + 0.5;
        return std::abs(part - std::floor(part) - 0.5) * period;
    };
    const double dx = away(x - look.phase[0]), dy = away(y - look.phase[1]);
    const double d0 = away((x - y) * kDiagonal - look.phase[2]),
                 d1 = away((x + y) * kDiagonal - look.phase[3]);
    const double line = hatch == 3   ? d0
                        : hatch == 4 ? d1
                        : hatch == 5 ? std::min(d0, d1)
                        : hatch == 6 ? dy
                                     : dx;
    const double reach = look.width * (dots && !fine ? 0.85 : 0.5);
    return std::clamp(reach + 0.5 - (dots ? std::hypot(dx, dy) : line), 0.0, 1.0);
}

template <class Row> void each_row(int height, Row row) {
    base::JobContext ctx;
    base::parallel_for(static_cast<std::size_t>(height), kRowsAtOnce, ctx,
                       [&](std::size_t begin, std::size_t end) {
                           for (std::size_t y = begin; y < end; ++y) row(y);
                       });
}

} // namespace

void Plate::set_faces(int width, int height, std::span<const Colour> samples) {
    width_ = width, height_ = height;
    const auto across = static_cast<std::size_t>(width);
    faces_.resize(across * static_cast<std::size_t>(height));
    mixed_.resize(static_cast<std::size_t>(height));
    each_row(height, [&](std::size_t y) {
        auto& several = mixed_[y];
        several.clear();
        const Colour* const row = samples.data() + y * kPlateSide * kPlateSide * across;
        for (std::size_t x = 0; x < across; ++x) {
            Samples of_pixel{};
            for (std::size_t s = 0; s < of_pixel.size(); ++s)
                of_pixel[s] = number_of(
                    row[s / kPlateSide * kPlateSide * across + kPlateSide * x + s % kPlateSide]);
            auto& pixel = faces_[y * across + x];
            pixel = of_pixel.front();
            if (std::all_of(of_pixel.begin(), of_pixel.end(),
                            [&](std::uint32_t n) { return n == pixel; }))
                continue;
            pixel = kMixed + static_cast<std::uint32_t>(several.size());
            several.push_back(of_pixel);
        }
    });
}

void Plate::set_borders(std::span<const Colour> borders) {
    borders_.resize(borders.size());
    std::transform(borders.begin(), borders.end(), borders_.begin(), [](Colour c) { return c.a; });
}

void Plate::colour(const Look& look, std::span<Colour> out) const {
    const auto across = static_cast<std::size_t>(width_);
    // By number, so that the ground is looked up like any face.
    std::vector<Colour> table{look.ground};
    table.back().a = 0;
    table.insert(table.end(), look.colours.begin(), look.colours.end());
    const bool hatched = !look.inks.empty();
    const auto colour_of = [&](std::uint32_t number, std::size_t x, std::size_t y) {
        const Colour plain = table[number];
        if (!hatched || plain.a == 0) return plain;
        const Colour ink = look.inks[number - 1];
        return mix(plain, ink,
                   ink.a / 255.0 *
                       hatch_cover(plain.a, static_cast<double>(x) + 0.5,
                                   static_cast<double>(y) + 0.5, look));
    };
    const auto first_of = [&](std::size_t x, std::size_t y) {
        const std::uint32_t face = faces_[y * across + x];
        return face < kMixed ? face : mixed_[y][face - kMixed].front();
    };
    const auto pen_at = [&](std::size_t x, std::size_t y) {
        const auto d = static_cast<std::size_t>(look.beside);
        const auto left = x - std::min(x, d), right = std::min(x + d, across - 1);
        const auto below = y - std::min(y, d),
                   above = std::min(y + d, static_cast<std::size_t>(height_) - 1);
        for (const std::uint32_t number : {first_of(x, y), first_of(left, y), first_of(right, y),
                                           first_of(x, below), first_of(x, above)})
            if (number != 0 && !light(table[number])) return look.pen;
        return kGreyBorder;
    };
    each_row(height_, [&](std::size_t y) {
        const std::size_t row = y * across;
        for (std::size_t x = 0; x < across; ++x) {
            const std::uint32_t face = faces_[row + x];
            Colour painted;
            if (face < kMixed) {
                painted = colour_of(face, x, y);
            } else {
                constexpr int kSamples = kPlateSide * kPlateSide;
                int r = kSamples / 2, g = r, b = r;
                for (const std::uint32_t number : mixed_[y][face - kMixed]) {
                    const Colour c = colour_of(number, x, y);
                    r += c.r, g += c.g, b += c.b;
                }
                painted = {static_cast<std::uint8_t>(r / kSamples),
                           static_cast<std::uint8_t>(g / kSamples),
                           static_cast<std::uint8_t>(b / kSamples)};
            }
            if (!borders_.empty() && borders_[row + x] > 0)
                painted = mix(painted, pen_at(x, y), borders_[row + x] / 255.0);
            const Colour line = lines_[row + x];
            if (line.a > 0) painted = over(painted, line);
            painted.a = 255;
            out[row + x] = painted;
        }
    });
}

} // namespace diaban::gui
