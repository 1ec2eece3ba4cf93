#include "map/page.hpp"

#include "base/error.hpp"
#include "base/paths.hpp"
#include "map/hatch.hpp"
#include "map/page_layout.hpp"
#include "map/page_look.hpp"
#include "map/typesetter.hpp"
#include "province.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <png.h>
#include <regex>
#include <sys/resource.h>

using namespace diaban;
using map::Format;

namespace {

struct Picture {
    int width = 0, height = 0;
    std::vector<unsigned char> rgb;
    bool has(map::Colour c) const {
        for (std::size_t i = 0; i + 2 < rgb.size(); i += 3)
            if (rgb[i] == c.r && rgb[i + 1] == c.g && rgb[i + 2] == c.b) return true;
        return false;
    }
};

Picture decode(const std::string& png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    REQUIRE(png_image_begin_read_from_memory(&image, png.data(), png.size()));
    image.format = PNG_FORMAT_RGB;
    Picture out{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    out.rgb.resize(PNG_IMAGE_SIZE(image));
    REQUIRE(png_image_finish_read(&image, nullptr, out.rgb.data(), 0, nullptr));
    return out;
}

// Pixels per metre of the pHYs chunk; 0 if there is none.
std::uint32_t per_metre(const std::string& png) {
    const auto at = png.find("pHYs");
    if (at == std::string::npos) return 0;
    std::uint32_t v = 0;
    for (std::size_t i = 4; i < 8; ++i) v = v << 8 | static_cast<unsigned char>(png[at + i]);
    return v;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

TEST_CASE("page sizes are understood") {
    const auto a4 = map::parse_page_size("A4");
    CHECK(a4.width_mm == 297);
    CHECK(a4.height_mm == 210);
    CHECK(a4.dpi == 300);
    CHECK(map::parse_page_size("A3 portrait").height_mm == 420);
    CHECK(map::parse_page_size("a0-landscape", 150).dpi == 150);
    const auto screen = map::parse_page_size("1920x1080px");
    CHECK(screen.width_px() == Approx(1920));
    CHECK(screen.dpi == 96);
    // Pixels stay what they are; a higher dpi makes everything on them larger.
    CHECK(map::parse_page_size("1920x1080px", 192).width_px() == Approx(1920));
    const auto slide = map::parse_page_size("slide");
    CHECK(slide.slide);
    CHECK(slide.width_px() == Approx(1920));
    CHECK(slide.height_px() == Approx(1080));
    CHECK(slide.width_mm / slide.height_mm == Approx(16.0 / 9));
    const auto card = map::parse_page_size("200×150mm");
    CHECK(card.width_mm == 200);
    CHECK(card.dpi == 300);
    for (const auto* bad : {"", "A5", "A4 sideways", "x", "100x", "-5x10mm", "0x0px", "1920x1080",
                            "nanxnanmm", "A4portraitx"})
        CHECK(test::thrown_key([&] { map::parse_page_size(bad); }) == "error.page.size");
    for (const auto* bad : {"9x9mm", "1e9x1px", "1e300x1px", "1x1px", "100000x100000px"})
        CHECK(test::thrown_key([&] { map::parse_page_size(bad); }) == "error.page.unpaintable");
    CHECK(test::thrown_key([&] { map::parse_page_size("A0", 2000); }) == "error.page.unpaintable");
    CHECK(test::thrown_key([&] { map::parse_page_size("A4", 2401); }) == "error.page.unpaintable");
    CHECK(test::thrown_key([&] { map::parse_page_size("A4", -3); }) == "error.page.dpi");
}

TEST_CASE("no text is smaller than 7 points on paper and 14 on slides") {
    for (const auto* size : {"A4", "A0", "A4 portrait", "400x300px", "120x90mm", "slide"}) {
        const auto page = map::parse_page_size(size);
        const auto look = map::page_look(page);
        const double least = (page.slide ? 14 : 7) * 96.0 / 72;
        for (const double text :
             {look.title, look.subtitle, look.heading, look.body, look.small, look.label})
            CHECK(text >= least - 1e-9);
        CHECK(look.title > look.body);
    }
}

TEST_CASE("the format follows the file's ending") {
    CHECK(map::format_of("a.PNG") == Format::Png);
    CHECK(map::format_of("b/a.svg") == Format::Svg);
    CHECK(map::format_of("a.pdf") == Format::Pdf);
    CHECK_FALSE(map::format_of("a.jpg"));
}

TEST_CASE("the same page gives the same bytes, with nothing of this run in them") {
    base::JobContext one(1), three(3);
    const auto page = test::grid_page("600x400px");
    for (const auto format : {Format::Png, Format::Svg, Format::Pdf}) {
        const auto first = map::page_bytes(page, format, one);
        CHECK(first.size() > 2000);
        CHECK(map::page_bytes(page, format, three) == first);
    }
    const auto pdf = map::page_bytes(page, Format::Pdf, one);
    CHECK(pdf.starts_with("%PDF-1.5"));
    // Cairo compresses the catalogue but writes the dates in plain text.
    CHECK(count(pdf, "CreationDate (20000101000000Z)") == 1);
    CHECK(count(pdf, "/FontFile") + count(pdf, "/ObjStm") > 0);
}

TEST_CASE("a PNG has the size and resolution asked for, and every class colour") {
    base::JobContext ctx(2);
    auto page = test::grid_page("180x120mm");
    page.size.dpi = 150;
    const auto png = map::page_bytes(page, Format::Png, ctx);
    const auto picture = decode(png);
    CHECK(picture.width == 1063);
    CHECK(picture.height == 709);
    CHECK(per_metre(png) == 5906);
    for (const auto& entry : page.scene.style.entries) CHECK(picture.has(entry.colour));
    // The corners belong to the margin.
    CHECK(picture.rgb.front() == 255);
    CHECK(picture.rgb.back() == 255);
}

TEST_CASE("an SVG names its layers and units and has no text elements") {
    base::JobContext ctx(2);
    auto page = test::grid_page("A4");
    page.scene.style.entries[2].hatch = map::Hatch::Diagonal;
    page.text.title = "Mường & <Thanh>";
    const auto svg = map::page_bytes(page, Format::Svg, ctx);
    for (const auto* id : {"map", "units", "borders", "communes", "districts", "provinces",
                           "outline", "labels", "title", "subtitle", "legend", "scale-bar",
                           "north-arrow", "source", "class-1", "class-5"})
        CHECK(count(svg, std::string("id=\"") + id + "\"") == 1);
    for (const auto& code : page.scene.vintage->units.code)
        REQUIRE(count(svg, "id=\"unit-" + code + "\"") == 1);
    CHECK(count(svg, "<text") == 0);
    CHECK(count(svg, "<image") == 0);
    CHECK(count(svg, "Mường &amp; &lt;Thanh&gt;") >= 2);
    CHECK(count(svg, "<pattern") == 1);
    CHECK(count(svg, "<g") == count(svg, "</g>"));
    CHECK(count(svg, "nan") == 0);
    CHECK(svg.find("297mm") != std::string::npos);
}

TEST_CASE("hatches of an SVG are those of all other formats, in tiles that are not turned") {
    base::JobContext ctx(2);
    const auto hatched = [&](map::Hatch hatch) {
        auto page = test::grid_page("A4");
        page.scene.style.entries[2].hatch = hatch;
        const auto svg = map::page_bytes(page, Format::Svg, ctx);
        const auto from = svg.find("<pattern");
        REQUIRE(from != std::string::npos);
        return svg.substr(from, svg.find("</pattern>") - from);
    };
    const auto numbers = [](const std::string& text, const char* form) {
        std::vector<double> out;
        const std::regex pattern(form);
        for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
            for (std::size_t g = 1; g < it->size(); ++g) out.push_back(std::stod((*it)[g]));
        return out;
    };
    const double spacing = map::HatchLook().spacing; // on A4
    // How far a place lies from a multiple of the step.
    const auto off = [](double at, double step) {
        return std::abs(at - step * std::round(at / step));
    };
    for (const auto& [hatch, x, y] : {std::tuple{map::Hatch::Diagonal, 1.0, 1.0},
                                      {map::Hatch::BackDiagonal, 1.0, -1.0},
                                      {map::Hatch::Horizontal, 0.0, 1.0},
                                      {map::Hatch::Vertical, 1.0, 0.0}}) {
        const auto tile = hatched(hatch);
        INFO(tile);
        CHECK(count(tile, "patternTransform") == 0);
        const double step = spacing * std::hypot(x, y);
        const double corner = numbers(tile, " x=\"(-?[0-9.]+)\"").at(0);
        CHECK(numbers(tile, " y=\"(-?[0-9.]+)\"").at(0) == corner);
        const auto ends = numbers(tile, "[ML](-?[0-9.]+) (-?[0-9.]+)");
        REQUIRE(ends.size() >= 16);
        for (std::size_t i = 0; i < ends.size(); i += 2)
            CHECK(off(x * (corner + ends[i]) + y * (corner + ends[i + 1]), step) < 0.02);
        const auto side = numbers(tile, " width=\"([0-9.]+)\" height=\"([0-9.]+)\"");
        REQUIRE(side.size() == 2);
        CHECK(off(side[0], step) < 1e-4); // a page of a thousand tiles has no visible error
        CHECK(side[0] == side[1]);
    }
    const auto tile = hatched(map::Hatch::Dots);
    const double corner = numbers(tile, " x=\"(-?[0-9.]+)\"").at(0);
    const double side = numbers(tile, " width=\"([0-9.]+)\"").at(0);
    const auto dots = numbers(tile, "cx=\"([0-9.]+)\" cy=\"([0-9.]+)\"");
    REQUIRE(dots.size() >= 8);
    for (const double at : dots) {
        CHECK(off(corner + at, spacing) < 0.02);
        CHECK(at > 1); // whole within the tile
        CHECK(at < side - 1);
    }
}

TEST_CASE("a map without a title reaches up beside its badges, on a slide to the edge") {
    auto page = test::grid_page("A4 landscape");
    page.scene.ranks = map::line_ranks(*page.scene.vintage);
    page.text.classification = "INTERNAL";
    page.text.notice.clear();
    const map::Typesetter typesetter(map::find_font_family());
    const auto map_box = [&] { return map::PageLayout(page, typesetter).frame().box; };
    const auto titled = map_box();
    page.text.title.clear();
    page.text.subtitle.clear();
    const auto bare = map_box();
    const auto look = map::page_look(page.size);
    CHECK(bare.y == Approx(look.margin));
    CHECK(bare.y < titled.y);
    CHECK(bare.bottom() == Approx(titled.bottom()));
    page.in_slide = true;
    const auto slide = map_box();
    CHECK(slide.y < 4);
    CHECK(slide.height > bare.height + 1.5 * look.margin);
    CHECK(slide.x == Approx(bare.x));
}

TEST_CASE("several files of one page have the bytes of each alone, and are written all or none") {
    const auto page = test::grid_page("600x400px");
    const test::TempFolder folder;
    base::JobContext one(1), three(3);
    const std::vector<std::pair<const char*, Format>> kinds{
        {"a.png", Format::Png}, {"a.pdf", Format::Pdf}, {"a.svg", Format::Svg}};
    std::vector<std::filesystem::path> files;
    for (const auto& [name, format] : kinds) files.push_back(folder / name);
    map::paint_page(page, files, three);
    for (const auto& [name, format] : kinds)
        CHECK(base::read_file(folder / name) == map::page_bytes(page, format, one));
    CHECK(test::thrown_key([&] {
              map::paint_page(page, {folder / "b.png", folder / "b.jpg"}, one);
          }) == "error.page.format");
    CHECK_FALSE(std::filesystem::exists(folder / "b.png"));
}

TEST_CASE("a page is written whole or not at all") {
    base::JobContext ctx(1);
    const test::TempFolder folder;
    const auto page = test::grid_page("600x400px");
    map::paint_page(page, folder / "a.svg", ctx);
    CHECK(base::read_file(folder / "a.svg") == map::page_bytes(page, Format::Svg, ctx));

    CHECK(test::thrown_key([&] { map::paint_page(page, folder / "missing" / "a.png", ctx); }) ==
          "error.file.cannot_write");
    CHECK(test::thrown_key([&] { map::paint_page(page, folder / "a.jpg", ctx); }) ==
          "error.page.format");

    auto wrong = page;
    ++wrong.scene.style.entries[0].count;
    CHECK(test::thrown_key([&] { map::paint_page(wrong, folder / "b.png", ctx); }) ==
          "error.legend.disagrees");
    auto small = page;
    small.size = map::parse_page_size("30x20mm");
    CHECK(test::thrown_key([&] { map::paint_page(small, folder / "b.png", ctx); }) ==
          "error.page.too_small");
    base::JobContext stopped(1);
    stopped.cancel();
    CHECK_THROWS_AS(map::paint_page(page, folder / "b.png", stopped), base::Cancelled);
    // Nothing but the one good file is left.
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
        ++files;
    CHECK(files == 1);
}

TEST_CASE("a disk that fills up is an error of writing and leaves the old file") {
    base::JobContext ctx(1);
    const test::TempFolder folder;
    const auto page = test::grid_page("600x400px");
    base::write_file(folder / "a.png", "old");
    // A limit on file sizes stops the write half way, as a full disk does.
    struct rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{1000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto key = test::thrown_key([&] { map::paint_page(page, folder / "a.png", ctx); });
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_DFL);
    CHECK(key == "error.file.cannot_write");
    CHECK(base::read_file(folder / "a.png") == "old");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a computer without a Vietnamese font is told which package to install") {
    const test::TempFolder folder;
    std::ofstream(folder / "fonts.conf") << "<?xml version=\"1.0\"?><fontconfig><dir>"
                                         << (folder / "nothing").string() << "</dir></fontconfig>";
    try {
        map::find_font_family(folder / "fonts.conf");
        FAIL("found a font where there is none");
    } catch (const base::Error& e) {
        CHECK(e.kind == base::ErrorKind::Input);
        CHECK(e.message.key == "error.font.missing");
        CHECK(std::string(e.what()).find("fonts-noto-core") != std::string::npos);
    }
    CHECK_FALSE(map::find_font_family().empty());
}

TEST_CASE("text has the same size whatever it is painted on, and wraps where it must") {
    const map::Typesetter typesetter(map::find_font_family());
    const auto small = typesetter.measure({"Lưu hành nội bộ", 10});
    const auto large = typesetter.measure({"Lưu hành nội bộ", 40});
    CHECK(large.width == Approx(4 * small.width).epsilon(0.002));
    map::Text text{"Xã, phường, thị trấn lành mạnh và trọng điểm", 12};
    CHECK(typesetter.measure(text).lines == 1);
    text.wrap = 100;
    CHECK(typesetter.measure(text).lines > 2);
    CHECK(typesetter.measure(text).width <= 101);
    // Digits are equally wide, so that counts stand in columns.
    CHECK(typesetter.measure({"1111", 12}).width == Approx(typesetter.measure({"8888", 12}).width));
    CHECK(typesetter.outline({"ễ", 12}, {5000, 9000}).size() > 50);
}

TEST_CASE("what matters stands on the page at every size") {
    base::JobContext ctx(2);
    for (const auto* size : {"A4", "A4 portrait", "slide", "A1", "640x480px", "150x100mm"}) {
        INFO(size);
        auto page = test::grid_page(size);
        page.text.classification = "Lưu hành nội bộ";
        page.text.notice = "Dữ liệu mẫu – mọi số liệu đều giả định";
        const auto svg = map::page_bytes(page, Format::Svg, ctx);
        for (const auto* text : {"LƯU HÀNH NỘI BỘ", "Dữ liệu mẫu – mọi số liệu đều giả định",
                                 "Tổng số đơn vị", "54", "lớp 5", "Nguồn: dữ liệu mẫu", "B"})
            CHECK(count(svg, std::string("aria-label=\"") + text + "\"") >= 1);
        CHECK(count(svg, " km\"") == 1); // the scale bar's last number
    }
}

namespace {

// The places of a text on an SVG page: x of its first outline.
double x_of(const std::string& svg, const std::string& text) {
    const auto at = svg.find("aria-label=\"" + text + "\"");
    REQUIRE(at != std::string::npos);
    const auto move = svg.find("d=\"M", at);
    REQUIRE(move != std::string::npos);
    return std::stod(svg.substr(move + 4));
}

} // namespace

TEST_CASE("a slide has its legend in one column, beside a map that is wider than it") {
    base::JobContext ctx(2);
    auto page = test::grid_page("slide");
    page.text.notice = "Dữ liệu mẫu – mọi số liệu đều giả định";
    page.text.symbols = {{"port", "Cảng, bến"}, {"border_gate", "Cửa khẩu"}};
    for (const auto& [kind, word] : page.text.symbols)
        page.scene.symbols.push_back({page.scene.vintage->coverage->box().centre(), kind});
    const auto svg = map::page_bytes(page, Format::Svg, ctx);
    // Left-aligned texts of one column begin at about the same place.
    const double first = x_of(svg, "lớp 1");
    CHECK(x_of(svg, "lớp 5") == Approx(first).margin(3));
    CHECK(x_of(svg, "Cảng, bến") == Approx(first).margin(8)); // "C" begins later than "l"
    CHECK(x_of(svg, "Tổng số đơn vị") < first);
    CHECK(x_of(svg, "Tổng số đơn vị") > first - 60);
    // 1280 units wide: the map has more than half of them.
    CHECK(first > 0.6 * 1280);
    CHECK(svg.find("aria-label=\"Dữ liệu mẫu") != std::string::npos);
}

TEST_CASE("a page of many provinces names those that find room, cities first") {
    base::JobContext ctx(2);
    auto page = test::grid_page("A4");
    auto vintage = std::make_shared<data::Vintage>(*page.scene.vintage);
    // Every unit a province of its own: no page has room for all these names.
    auto& units = vintage->units;
    units.groups[1].clear();
    units.parent[1].clear();
    units.groups[2].clear();
    units.parent[2].clear();
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::string name = "của những cái tên rất dài " + std::to_string(i);
        units.groups[2].push_back({std::to_string(i), (i == 20 ? "Thành phố " : "Tỉnh ") + name});
        units.parent[2].push_back(static_cast<geo::GroupIndex>(i));
    }
    page.scene.vintage = vintage;
    const auto svg = map::page_bytes(page, Format::Svg, ctx);
    CHECK(svg.find("aria-label=\"TP. của những cái tên rất dài 20\"") != std::string::npos);
}

TEST_CASE("units that overlap are told in a footnote, in the same order on every kind of page") {
    base::JobContext ctx(2);
    auto page = test::grid_page("A4");
    page.text.overlap_note = "Đơn vị nhỏ hơn nằm trên";
    CHECK(map::page_bytes(page, Format::Svg, ctx).find("nằm trên") == std::string::npos);
    geo::PolygonSoup soup;
    for (const double half : {400.0, 1000.0}) {
        soup.points.insert(soup.points.end(),
                           {{-half, -half}, {half, -half}, {half, half}, {-half, half}});
        soup.end_ring();
        soup.end_face();
    }
    auto vintage = std::make_shared<data::Vintage>();
    vintage->units.code = {"1", "2"};
    vintage->units.name = {"nhỏ", "lớn"};
    vintage->coverage = geo::build_coverage(soup, {}, ctx).coverage;
    page.scene.vintage = vintage;
    page.scene.style = test::striped_style(2, 2);
    page.scene.style.entries[0].colour = {200, 20, 40};
    page.scene.style.entries[1].colour = {20, 200, 40};
    const auto svg = map::page_bytes(page, Format::Svg, ctx);
    CHECK(svg.find("nằm trên") != std::string::npos);
    const auto contested = svg.find("id=\"contested\"");
    REQUIRE(contested != std::string::npos);
    CHECK(svg.find("#14C828", contested) < svg.find("#C81428", contested)); // large, then small
    CHECK(decode(map::page_bytes(page, Format::Png, ctx)).has({200, 20, 40}));
}
