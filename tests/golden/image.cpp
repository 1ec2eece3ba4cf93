#include "image.hpp"

#include <algorithm>
#include <cstdlib>
#include <png.h>

namespace diaban::test {

std::optional<Image> read_png(const std::filesystem::path& file) {
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&header, file.c_str())) return std::nullopt;
    header.format = PNG_FORMAT_RGB;
    Image out{header.width, header.height, std::vector<std::uint8_t>(PNG_IMAGE_SIZE(header))};
    if (!png_image_finish_read(&header, nullptr, out.rgb.data(), 0, nullptr)) return std::nullopt;
    return out;
}

bool write_png(const Image& image, const std::filesystem::path& file) {
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    header.width = static_cast<png_uint_32>(image.width);
    header.height = static_cast<png_uint_32>(image.height);
    header.format = PNG_FORMAT_RGB;
    return png_image_write_to_file(&header, file.c_str(), 0, image.rgb.data(), 0, nullptr) != 0;
}

Difference compare(const Image& expected, const Image& actual, int tolerance) {
    Difference out;
    out.same_size = expected.width == actual.width && expected.height == actual.height;
    if (!out.same_size) return out;
    out.picture = expected;
    for (std::size_t i = 0; i + 2 < expected.rgb.size(); i += 3) {
        int worst = 0;
        for (std::size_t c = 0; c < 3; ++c)
            worst = std::max(worst, std::abs(int{expected.rgb[i + c]} - int{actual.rgb[i + c]}));
        out.largest = std::max(out.largest, worst);
        auto* pixel = &out.picture.rgb[i];
        if (worst > tolerance) {
            ++out.pixels;
            pixel[0] = 220, pixel[1] = 0, pixel[2] = 0;
        } else {
            for (std::size_t c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>(200 + pixel[c] * 55 / 255);
        }
    }
    return out;
}

} // namespace diaban::test
