// Pages that are laid over others by their place, and several pages in one PDF.
#include "map/page.hpp"

#include "province.hpp"
#include "support/errors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <png.h>

using namespace diaban;
using map::Format;

namespace {

// The colour of the pixel that a point of the map falls on.
map::Colour pixel_colour(const map::PlacedPicture& picture, geo::Point at) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    REQUIRE(png_image_begin_read_from_memory(&image, picture.png.data(), picture.png.size()));
    image.format = PNG_FORMAT_RGB;
    std::vector<unsigned char> rgb(PNG_IMAGE_SIZE(image));
    REQUIRE(png_image_finish_read(&image, nullptr, rgb.data(), 0, nullptr));
    const auto column = static_cast<std::size_t>((at.x - picture.at.corner.x) / picture.at.step);
    const auto row = static_cast<std::size_t>((picture.at.corner.y - at.y) / picture.at.step);
    REQUIRE(column < image.width);
    REQUIRE(row < image.height);
    const auto* pixel = rgb.data() + 3 * (row * image.width + column);
    return {pixel[0], pixel[1], pixel[2]};
}

// The middle of every unit has the colour of its class where the picture says it lies.
void check_place(const map::Page& page) {
    base::JobContext ctx(1);
    const auto picture = map::placed_picture(page, ctx);
    const auto& coverage = *page.scene.vintage->coverage;
    for (std::size_t i = 0; i < coverage.face_count(); ++i) {
        INFO("unit " << i);
        CHECK(pixel_colour(picture, coverage.faces()[i].label_at) ==
              page.scene.style.entries[page.scene.style.entry_of[i]].colour);
    }
}

std::size_t number_of(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

TEST_CASE("the pixels of a picture lie where it says, with and without its furniture") {
    for (const auto* size : {"600x400px", "A4 portrait", "slide"}) {
        INFO(size);
        auto page = test::grid_page(size);
        page.size.dpi = std::min(page.size.dpi, 101.0); // no round number of units in a pixel
        page.district_labels = false;
        check_place(page);
        page.bare = true;
        check_place(page);
    }
}

TEST_CASE("a bare page is the map alone, but says what may not be overlooked") {
    base::JobContext ctx(1);
    auto page = test::grid_page("A4");
    page.bare = true;
    const auto svg = map::page_bytes(page, Format::Svg, ctx);
    for (const auto* layer : {"title", "subtitle", "legend", "scale-bar", "north-arrow", "source",
                              "notice", "classification"})
        CHECK(number_of(svg, std::string("id=\"") + layer + "\"") == 0);
    for (const auto* layer : {"map", "units", "borders"})
        CHECK(number_of(svg, std::string("id=\"") + layer + "\"") == 1);
    page.text.classification = "Lưu hành nội bộ";
    page.text.notice = "Dữ liệu mẫu";
    const auto stamped = map::page_bytes(page, Format::Svg, ctx);
    CHECK(number_of(stamped, "id=\"classification\"") == 1);
    CHECK(number_of(stamped, "aria-label=\"LƯU HÀNH NỘI BỘ\"") == 1);
    CHECK(number_of(stamped, "aria-label=\"Dữ liệu mẫu\"") == 1);
    // The map fills the sheet: it is larger than beside a legend.
    auto furnished = page;
    furnished.bare = false;
    CHECK(map::placed_picture(page, ctx).at.step < map::placed_picture(furnished, ctx).at.step);
}

TEST_CASE("a picture is the same with its place and without, and pages of one PDF are counted") {
    base::JobContext ctx(2);
    const auto page = test::grid_page("600x400px");
    CHECK(map::placed_picture(page, ctx).png == map::page_bytes(page, Format::Png, ctx));
    auto second = page;
    second.text.subtitle = "Tỉnh mẫu, năm 2011";
    const std::vector<std::string> bookmarks{"Năm 2010", "Năm 2011"};
    const auto pdf = map::pdf_of_pages({page, second}, page.text, bookmarks, ctx);
    CHECK(pdf == map::pdf_of_pages({page, second}, page.text, bookmarks, ctx));
    CHECK(pdf.size() > map::page_bytes(page, Format::Pdf, ctx).size());
    CHECK(map::pdf_of_pages({page}, page.text, {}, ctx) == map::page_bytes(page, Format::Pdf, ctx));
    auto wrong = page;
    ++wrong.scene.style.entries[0].count;
    CHECK(test::thrown_key([&] {
              map::pdf_of_pages({page, wrong}, page.text, {}, ctx);
          }) == "error.legend.disagrees");
}
