// PNG and PDF files from a CairoCanvas.
#include "map/cairo_canvas.hpp"
#include "map/page.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <cairo.h>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <new>
#include <png.h>
#include <stdexcept>
#include <zlib.h>

namespace diaban::map {
namespace {

constexpr double kUnitsPerInch = 96, kPointsPerInch = 72;
// A band this large costs under 200 MB; only sheets of A1 and more need several.
constexpr double kBandPixels = 48e6;

// Rows of opaque pixels, one by one, into memory.
class PngWriter {
public:
    PngWriter(std::string& out, int width, int height, double dpi)
        : width_(static_cast<std::size_t>(width)), row_(width_ * 3) {
        png_ = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
        info_ = png_create_info_struct(png_);
        png_set_write_fn(png_, &out, append, nullptr);
        png_set_user_limits(png_, 0x7fffffff, 0x7fffffff);
        png_set_IHDR(png_, info_, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height),
                     8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                     PNG_FILTER_TYPE_DEFAULT);
        const auto per_metre = static_cast<png_uint_32>(std::lround(dpi / kMmPerInch * 1000));
        png_set_pHYs(png_, info_, per_metre, per_metre, PNG_RESOLUTION_METER);
        png_set_sRGB(png_, info_, PNG_sRGB_INTENT_PERCEPTUAL);
        // Flat colours: the filter "up" turns most rows into zeros, and runs are all there is to
        // find.
        png_set_compression_level(png_, 1);
        png_set_compression_strategy(png_, Z_RLE);
        png_set_filter(png_, 0, PNG_FILTER_UP);
        png_write_info(png_, info_);
    }
    ~PngWriter() { png_destroy_write_struct(&png_, &info_); }
    PngWriter(const PngWriter&) = delete;
    PngWriter& operator=(const PngWriter&) = delete;

    void row(const std::uint32_t* argb) {
        for (std::size_t x = 0; x < width_; ++x) {
            row_[3 * x] = static_cast<png_byte>(argb[x] >> 16);
            row_[3 * x + 1] = static_cast<png_byte>(argb[x] >> 8);
            row_[3 * x + 2] = static_cast<png_byte>(argb[x]);
        }
        png_write_row(png_, row_.data());
    }
    void end() { png_write_end(png_, nullptr); }

private:
    // libpng must not get control back; only wrong use or lack of memory lead here.
    static void on_error(png_structp, png_const_charp text) { throw std::runtime_error(text); }
    static void on_warning(png_structp, png_const_charp) {}
    static void append(png_structp png, png_bytep data, std::size_t size) {
        static_cast<std::string*>(png_get_io_ptr(png))
            ->append(reinterpret_cast<const char*>(data), size);
    }
    std::size_t width_;
    std::vector<png_byte> row_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
};

struct DestroySurface {
    void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;
struct DestroyCairo {
    void operator()(cairo_t* c) const { cairo_destroy(c); }
};
using Cairo = std::unique_ptr<cairo_t, DestroyCairo>;

cairo_status_t append(void* out, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

// Cairo keeps the first error and does nothing from then on; memory is all that can run out here.
void check(cairo_surface_t* surface) {
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
}

} // namespace

std::string png_file(const PageSize& size, const Typesetter& typesetter, const PaintPage& paint) {
    const int width = static_cast<int>(std::lround(size.width_px()));
    const int height = static_cast<int>(std::lround(size.height_px()));
    const double scale = size.dpi / kUnitsPerInch;
    const int rows = std::clamp(static_cast<int>(kBandPixels / width), 1, height);
    std::string out;
    PngWriter png(out, width, height, size.dpi);
    for (int first = 0; first < height; first += rows) {
        const int last = std::min(height, first + rows);
        const Surface image(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, last - first));
        check(image.get());
        {
            const Cairo cairo(cairo_create(image.get()));
            cairo_set_source_rgb(cairo.get(), 1, 1, 1);
            cairo_paint(cairo.get());
            cairo_translate(cairo.get(), 0, -first);
            cairo_scale(cairo.get(), scale, scale);
            CairoCanvas canvas({cairo.get(), &typesetter, true, scale, first, last});
            paint(canvas);
        }
        cairo_surface_flush(image.get());
        check(image.get());
        const auto* data = cairo_image_surface_get_data(image.get());
        const std::ptrdiff_t stride = cairo_image_surface_get_stride(image.get());
        for (int y = 0; y < last - first; ++y)
            png.row(reinterpret_cast<const std::uint32_t*>(data + y * stride));
    }
    png.end();
    return out;
}

std::string pdf_file(const PageSize& size, const PageText& text, const Typesetter& typesetter,
                     const std::vector<PaintPage>& sheets,
                     const std::vector<std::string>& bookmarks) {
    std::string out;
    const Surface surface(cairo_pdf_surface_create_for_stream(
        append, &out, size.width_mm / kMmPerInch * kPointsPerInch,
        size.height_mm / kMmPerInch * kPointsPerInch));
    check(surface.get());
    cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, text.title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT,
                                   text.subtitle.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Diaban");
    // The true date would make every run a different file.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                   "2000-01-01T00:00:00Z");
    {
        const Cairo cairo(cairo_create(surface.get()));
        cairo_scale(cairo.get(), kPointsPerInch / kUnitsPerInch, kPointsPerInch / kUnitsPerInch);
        CairoCanvas canvas({cairo.get(), &typesetter, false, 1, 0, 0});
        for (const auto& paint : sheets) {
            paint(canvas);
            cairo_show_page(cairo.get());
        }
    }
    for (std::size_t i = 0; i < std::min(bookmarks.size(), sheets.size()); ++i)
        if (!bookmarks[i].empty())
            cairo_pdf_surface_add_outline(surface.get(), CAIRO_PDF_OUTLINE_ROOT,
                                          bookmarks[i].c_str(),
                                          ("page=" + std::to_string(i + 1) + " pos=[0 0]").c_str(),
                                          static_cast<cairo_pdf_outline_flags_t>(0));
    cairo_surface_finish(surface.get());
    check(surface.get());
    return out;
}

} // namespace diaban::map
