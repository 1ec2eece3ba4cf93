// Colouring a view that was drawn before: each expected colour is worked out by hand.
#include "gui/plate.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using gui::Plate;
using map::Colour;

namespace {

constexpr Colour kRed{200, 0, 0, 0}, kBlue{0, 0, 100, 0}, kPale{250, 250, 250, 0},
    kGround{10, 20, 30};

Colour digits(std::uint32_t number) {
    return {static_cast<std::uint8_t>(number & 255U), static_cast<std::uint8_t>(number >> 8 & 255U),
            static_cast<std::uint8_t>(number >> 16 & 255U), 0};
}

// A plate of one row; each pixel has four samples, below left, below right, above left, above
// right.
Plate plate_of(const std::vector<std::array<std::uint32_t, 4>>& pixels) {
    std::vector<Colour> samples(4 * pixels.size());
    for (std::size_t x = 0; x < pixels.size(); ++x)
        for (std::size_t s = 0; s < 4; ++s)
            samples[s / 2 * 2 * pixels.size() + 2 * x + s % 2] = digits(pixels[x][s]);
    Plate plate;
    plate.set_faces(static_cast<int>(pixels.size()), 1, samples);
    plate.set_lines(std::vector<Colour>(pixels.size(), Colour{0, 0, 0, 0}));
    return plate;
}

std::vector<Colour> coloured(const Plate& plate, const Plate::Look& look) {
    std::vector<Colour> out(static_cast<std::size_t>(plate.width() * plate.height()));
    plate.colour(look, out);
    return out;
}

} // namespace

TEST_CASE("a pixel has the mean colour of what its samples show") {
    const auto plate = plate_of({{1, 1, 1, 1}, {1, 1, 2, 0}, {0, 0, 0, 0}});
    const std::vector<Colour> faces{kRed, kBlue};
    const auto seen = coloured(plate, {.colours = faces, .ground = kGround});
    CHECK(seen[0] == Colour{200, 0, 0});
    // Two of four red, one blue, one ground: (400 + 0 + 10) / 4, (0 + 0 + 20) / 4, (100 + 30) / 4.
    CHECK(seen[1] == Colour{103, 5, 33});
    CHECK(seen[2] == kGround);
}

TEST_CASE("faces beyond the first digits of their numbers have colours of their own") {
    constexpr std::uint32_t kFar = 70'000; // needs three digits
    std::vector<Colour> faces(kFar, kBlue);
    faces[kFar - 1] = kRed;
    faces[255] = kPale;
    const auto plate = plate_of({{kFar, kFar, kFar, kFar}, {256, 256, 256, 256}, {1, 1, 1, 1}});
    const auto seen = coloured(plate, {.colours = faces, .ground = kGround});
    CHECK(seen[0] == Colour{200, 0, 0});
    CHECK(seen[1] == Colour{250, 250, 250});
    CHECK(seen[2] == Colour{0, 0, 100});
}

TEST_CASE("lines lie over faces with their opacity, and borders below them") {
    auto plate = plate_of({{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}});
    const std::vector<Colour> faces{kRed};
    // Half of black: nothing of its own, 128 of 255 of what lies below is covered.
    plate.set_lines(std::vector<Colour>{{0, 0, 0, 128}, {0, 0, 0, 0}, {40, 40, 40, 255}});
    plate.set_borders(std::vector<Colour>{{0, 0, 0, 0}, {9, 9, 9, 51}, {9, 9, 9, 51}});
    const auto seen = coloured(
        plate, {.colours = faces, .ground = kGround, .pen = Colour{255, 255, 255}, .beside = 1});
    CHECK(seen[0] == Colour{100, 0, 0});   // (200 * 127 + 127) / 255
    CHECK(seen[1] == Colour{211, 51, 51}); // a fifth of the way to white
    CHECK(seen[2] == Colour{40, 40, 40});
}

TEST_CASE("a border is grey where both its sides are light, and white beside a dark one") {
    const std::vector<Colour> faces{kPale, kPale, kRed};
    auto plate = plate_of({{1, 1, 1, 1}, {1, 2, 1, 2}, {2, 2, 2, 2}, {2, 3, 2, 3}, {3, 3, 3, 3}});
    const std::vector<Colour> whole(5, Colour{0, 0, 0, 255});
    plate.set_borders(whole);
    const auto seen = coloured(
        plate, {.colours = faces, .ground = kGround, .pen = Colour{255, 255, 255}, .beside = 1});
    CHECK(seen[1] == Colour{180, 184, 191});
    CHECK(seen[3] == Colour{255, 255, 255});
    CHECK(seen[4] == Colour{255, 255, 255});
}

TEST_CASE("a hatch covers its part of a face and nothing of others") {
    // Vertical lines two pixels wide every eight, beginning at the left edge.
    std::vector<std::array<std::uint32_t, 4>> pixels(16, {1, 1, 1, 1});
    pixels.push_back({2, 2, 2, 2});
    const auto plate = plate_of(pixels);
    const auto vertical = static_cast<std::uint8_t>(map::Hatch::Vertical);
    const std::vector<Colour> faces{{200, 200, 200, vertical}, {200, 200, 200, 0}};
    const std::vector<Colour> inks{{0, 0, 0, 255}, {0, 0, 0, 255}};
    const auto seen = coloured(
        plate, {.colours = faces, .inks = inks, .ground = kGround, .spacing = 8, .width = 2});
    for (const std::size_t x : {0U, 7U, 8U, 15U}) CHECK(seen[x] == Colour{0, 0, 0});
    for (const std::size_t x : {2U, 3U, 4U, 5U, 10U, 13U}) CHECK(seen[x] == Colour{200, 200, 200});
    CHECK(seen[16] == Colour{200, 200, 200});
}
