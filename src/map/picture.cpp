// Reading the pictures that a layout shows.
#include "map/layout.hpp"

#include <png.h>

namespace diaban::map {

std::shared_ptr<const Picture> read_picture(const std::string& png) {
    constexpr std::uint64_t kMostPixels = 64'000'000; // a page of A4 at 600 dpi has 35 million
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, png.data(), png.size())) return nullptr;
    if (static_cast<std::uint64_t>(image.width) * image.height > kMostPixels) {
        png_image_free(&image);
        return nullptr;
    }
    image.format = PNG_FORMAT_RGBA;
    std::vector<std::uint8_t> rgba(PNG_IMAGE_SIZE(image));
    if (!png_image_finish_read(&image, nullptr, rgba.data(), 0, nullptr)) return nullptr;
    auto out = std::make_shared<Picture>();
    out->width = static_cast<int>(image.width);
    out->height = static_cast<int>(image.height);
    out->argb.reserve(rgba.size() / 4);
    for (std::size_t i = 0; i + 3 < rgba.size(); i += 4) {
        const std::uint32_t a = rgba[i + 3];
        const auto premultiplied = [&](std::uint8_t c) { return (c * a + 127) / 255; };
        out->argb.push_back(a << 24 | premultiplied(rgba[i]) << 16 |
                            premultiplied(rgba[i + 1]) << 8 | premultiplied(rgba[i + 2]));
    }
    out->png = png;
    return out;
}

} // namespace diaban::map
