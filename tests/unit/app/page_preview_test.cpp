// What the preview shows is what the file holds, for every shipped layout.
#include "app/commands/map_preview.hpp"
#include "app/layout_file.hpp"
#include "desk.hpp"
#include "map/layout.hpp"
#include "map/page_preview.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

using namespace diaban;

namespace {

using Channels = std::vector<double>; // red, green and blue of one pixel after another

// A picture with fewer pixels: each is the mean of those it covers.
Channels fewer_pixels(const map::Picture& picture, int width, int height) {
    Channels sum(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 0);
    std::vector<double> count(sum.size() / 3, 0);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const int column = static_cast<int>(std::int64_t{x} * width / picture.width);
            const int row = static_cast<int>(std::int64_t{y} * height / picture.height);
            const auto from = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width);
            const auto argb = picture.argb[from + static_cast<std::size_t>(x)];
            const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                            static_cast<std::size_t>(column);
            for (std::size_t c = 0; c < 3; ++c)
                sum[at * 3 + c] += static_cast<double>((argb >> (16 - 8 * c)) & 0xFFu);
            ++count[at];
        }
    for (std::size_t at = 0; at < count.size(); ++at)
        for (std::size_t c = 0; c < 3; ++c) sum[at * 3 + c] /= std::max(1.0, count[at]);
    return sum;
}

struct Differences {
    double mean = 0;  // of all channels, of 255
    double large = 0; // share of channels that differ by more than a third
};
Differences differences(const Channels& a, const Channels& b) {
    Differences out;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double d = std::abs(a[i] - b[i]);
        out.mean += d, out.large += d > 85 ? 1 : 0;
    }
    const auto n = static_cast<double>(a.size());
    out.mean /= n, out.large /= n;
    return out;
}

} // namespace

TEST_CASE("the preview of every shipped layout is its file with fewer pixels") {
    constexpr int kWidth = 640;
    test::Desk desk;
    const auto language = app::Language::load("vi");
    const app::DataRequest data{.store = desk.files.store};
    const auto dataset = app::load(data, app::Need::Picture, desk.ctx);
    for (const auto& name : app::known_layouts()) {
        app::MapRequest request{.data = data};
        request.page.layout = name;
        request.classification = app::Classification::Internal;
        const auto sheet = app::layout_named(name).layout.size;
        const bool large = std::max(sheet.width_mm, sheet.height_mm) > 430;
        const auto page = app::first_page(request, *dataset, *language, desk.ctx);
        for (const double dpi : large ? std::vector{96.0} : std::vector{96.0, 300.0}) {
            INFO(name << ' ' << dpi);
            auto drawn = page;
            drawn.size.dpi = dpi;
            const auto file = map::read_picture(map::page_bytes(drawn, map::Format::Png, desk.ctx));
            REQUIRE(file);
            // Of as many pixels as the file, or of a whole lot fewer: a picture made a little
            // smaller is another one.
            const bool alike = dpi == 96 && !large;
            const int width = alike ? file->width : kWidth;
            const auto preview = map::page_preview(page, width, desk.ctx);
            REQUIRE(preview.width == width);
            const Channels small(preview.rgb.begin(), preview.rgb.end());
            const auto found = differences(small, fewer_pixels(*file, preview.width, preview.height));
            CHECK(found.mean < 3);
            // Whole pixels make a hair of the resolution, and letters another edge.
            CHECK(found.large < (alike ? 0.02 : 0.01));
        }
    }
}
