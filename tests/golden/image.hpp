// Pictures for comparison: reading, writing, and what differs between two.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace diaban::test {

struct Image {
    std::size_t width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};
std::optional<Image> read_png(const std::filesystem::path& file);
bool write_png(const Image& image, const std::filesystem::path& file);

struct Difference {
    bool same_size = false;
    std::size_t pixels = 0; // that differ by more than the tolerance in some channel
    int largest = 0;        // difference of a channel
    Image picture;          // the expected picture, pale, with differing pixels in red
};
// Fonts and their rasterizer change a little between releases; `tolerance` forgives that.
Difference compare(const Image& expected, const Image& actual, int tolerance);

} // namespace diaban::test
