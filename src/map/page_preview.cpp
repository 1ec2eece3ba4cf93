#include "map/page_preview.hpp"

#include <new>
#include <png.h>

namespace diaban::map {
namespace {

double dpi_of(const PageSize& size, int width_px) {
    return width_px / size.width_mm * kMmPerInch;
}

Raster raster_of(const std::string& bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    // What was written a moment ago can be read; memory is all that can run out.
    if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
        throw std::bad_alloc();
    image.format = PNG_FORMAT_RGB;
    Raster out{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    out.rgb.resize(PNG_IMAGE_SIZE(image));
    if (!png_image_finish_read(&image, nullptr, out.rgb.data(), 0, nullptr)) throw std::bad_alloc();
    return out;
}

} // namespace

Raster page_preview(Page page, int width_px, base::JobContext& ctx) {
    page.size.dpi = dpi_of(page.size, width_px);
    return raster_of(page_bytes(page, Format::Png, ctx));
}

Raster scatter_preview(ScatterPage page, int width_px) {
    page.size.dpi = dpi_of(page.size, width_px);
    return raster_of(scatter_bytes(page, Format::Png));
}

} // namespace diaban::map
