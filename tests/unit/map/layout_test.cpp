// Pages whose items stand where a layout says.
#include "map/layout.hpp"

#include "base/error.hpp"
#include "map/laid_measure.hpp"
#include "map/laid_page.hpp"
#include "map/laid_parts.hpp"
#include "province.hpp"
#include "support/errors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <png.h>

using namespace diaban;
using map::Format;
using map::ItemKind;

namespace {

map::LayoutItem item(std::string id, ItemKind kind, const map::Rect& box, double size_pt = 9) {
    map::LayoutItem out;
    out.id = std::move(id);
    out.kind = kind;
    out.box_mm = box;
    out.size_pt = size_pt;
    return out;
}

// A sheet of 200 x 150 mm: title, map with bar and arrow on it, legend beside it.
map::Layout small_sheet() {
    map::Layout layout;
    layout.id = "small";
    layout.size = map::parse_page_size("200x150mm");
    layout.items = {item("title", ItemKind::Title, {10, 8, 120, 12}, 18),
                    item("map", ItemKind::Map, {10, 25, 120, 110}),
                    item("bar", ItemKind::ScaleBar, {12, 122, 45, 10}),
                    item("north", ItemKind::NorthArrow, {118, 27, 9, 14}),
                    item("legend", ItemKind::Legend, {135, 25, 58, 80}, 9.5)};
    return layout;
}

map::Page page_with(const map::Layout& layout) {
    auto page = test::grid_page("A4");
    page.size = layout.size;
    auto laid = std::make_shared<map::LaidOut>();
    laid->name = layout.id;
    for (const auto& one : layout.items) {
        map::LaidItem placed;
        placed.item = one;
        if (one.kind == ItemKind::Title) placed.text = page.text.title;
        laid->items.push_back(std::move(placed));
    }
    page.laid = std::move(laid);
    return page;
}

// As page_with(), with the text of one item changed.
map::Page page_saying(const map::Layout& layout, const std::string& id, const std::string& text) {
    auto page = page_with(layout);
    auto laid = std::make_shared<map::LaidOut>(*page.laid);
    for (auto& placed : laid->items)
        if (placed.item.id == id) placed.text = text;
    page.laid = std::move(laid);
    return page;
}

std::string bytes(const map::Page& page, Format format) {
    base::JobContext ctx(1);
    return map::page_bytes(page, format, ctx);
}

struct Pixels {
    double width = 0, height = 0;
    std::vector<unsigned char> rgb;
};

Pixels pixels_of(const std::string& png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    REQUIRE(png_image_begin_read_from_memory(&image, png.data(), png.size()));
    image.format = PNG_FORMAT_RGB;
    Pixels out{static_cast<double>(image.width), static_cast<double>(image.height), {}};
    out.rgb.resize(PNG_IMAGE_SIZE(image));
    REQUIRE(png_image_finish_read(&image, nullptr, out.rgb.data(), 0, nullptr));
    return out;
}

// Where pixels of exactly this colour lie, as parts of the sheet.
map::Rect where(const Pixels& in, map::Colour c) {
    double x0 = in.width, y0 = in.height, x1 = -1, y1 = -1;
    for (std::size_t i = 0; i + 2 < in.rgb.size(); i += 3) {
        if (in.rgb[i] != c.r || in.rgb[i + 1] != c.g || in.rgb[i + 2] != c.b) continue;
        const double x = static_cast<double>(i / 3 % static_cast<std::size_t>(in.width));
        const double y = static_cast<double>(i / 3 / static_cast<std::size_t>(in.width));
        x0 = std::min(x0, x), x1 = std::max(x1, x + 1), y0 = std::min(y0, y);
        y1 = std::max(y1, y + 1);
    }
    REQUIRE(x1 >= 0);
    return {x0 / in.width, y0 / in.height, (x1 - x0) / in.width, (y1 - y0) / in.height};
}

std::string key_of(const map::Layout& layout) {
    return test::thrown_key([&] { map::check_layout(layout); });
}

} // namespace

TEST_CASE("a layout that is wrong is refused with what is wrong") {
    CHECK_NOTHROW(map::check_layout(small_sheet()));
    const auto changed = [](const auto& change) {
        auto layout = small_sheet();
        change(layout.items);
        return key_of(layout);
    };
    using Items = std::vector<map::LayoutItem>;
    CHECK(changed([](Items& i) { i[0].box_mm.width = 195; }) == "error.layout.box");
    CHECK(changed([](Items& i) { i[4].box_mm.height = 0; }) == "error.layout.box");
    CHECK(changed([](Items& i) { i[4].size_pt = 6.9; }) == "error.layout.small");
    CHECK(changed([](Items& i) { i[4].id = "map"; }) == "error.layout.twice");
    CHECK(changed([](Items& i) { i[4].box_mm.x = 129; }) == "error.layout.overlap");
    CHECK(changed([](Items& i) { i[2].box_mm.x = 14; }).empty()); // still on the map
    CHECK(changed([](Items& i) { i[3].box_mm.x = 14, i[3].box_mm.y = 120; }) ==
          "error.layout.overlap");
    CHECK(changed([](Items& i) { i.erase(i.begin() + 1); }) == "error.layout.no_map");
    CHECK(changed([](Items& i) {
              i.push_back(item("b", ItemKind::Map, {135, 110, 50, 30}));
          }) == "error.layout.maps");
    const auto with = [&](const map::LayoutItem& one) {
        return changed([&](Items& i) { i.push_back(one); });
    };
    CHECK(with(item("line", ItemKind::Rule, {10, 140, 180, 0})).empty());
    CHECK(with(item("line", ItemKind::Rule, {10, 140, 180, 1})) == "error.layout.rule");
    CHECK(with(item("frame", ItemKind::Frame, {2, 2, 196, 146})).empty());
    CHECK(with(item("t", ItemKind::Table, {135, 110, 50, 30})) == "error.layout.table_kind");
    CHECK(with(item("p", ItemKind::Picture, {135, 110, 50, 30})) == "error.layout.no_file");
    CHECK(with(item("o", ItemKind::Offshore, {135, 110, 50, 30})) == "error.layout.no_names");
    auto slide = small_sheet();
    slide.size.slide = true; // where 14 pt are the least
    CHECK(key_of(slide) == "error.layout.small");
}

TEST_CASE("everything stands at the same place of the sheet at every resolution") {
    auto layout = small_sheet();
    layout.items.push_back(item("frame", ItemKind::Frame, {4, 4, 192, 142}));
    layout.items.back().colour = {0x12, 0x80, 0x34};
    layout.items.back().params.line_mm = 1;
    auto page = page_with(layout);
    std::vector<Pixels> pictures;
    for (const double dpi : {96.0, 300.0}) {
        page.size.dpi = dpi;
        pictures.push_back(pixels_of(bytes(page, Format::Png)));
        CHECK(pictures.back().width == Approx(std::round(200 / 25.4 * dpi)));
        CHECK(pictures.back().height == Approx(std::round(150 / 25.4 * dpi)));
    }
    std::vector<map::Colour> colours{{0x12, 0x80, 0x34}};
    for (const auto& entry : page.scene.style.entries) colours.push_back(entry.colour);
    const double pixel = 2.2 / pictures[0].height; // the coarser one has blurred edges
    for (const auto colour : colours) {
        const auto a = where(pictures[0], colour), b = where(pictures[1], colour);
        INFO(map::to_hex(colour));
        CHECK(a.x == Approx(b.x).margin(pixel));
        CHECK(a.y == Approx(b.y).margin(pixel));
        CHECK(a.right() == Approx(b.right()).margin(pixel));
        CHECK(a.bottom() == Approx(b.bottom()).margin(pixel));
    }
    // The frame is where the layout says, to a pixel: half of its line lies outside.
    const auto frame = where(pictures[1], {0x12, 0x80, 0x34});
    CHECK(frame.x * 200 == Approx(3.5).margin(0.1));
    CHECK(frame.right() * 200 == Approx(196.5).margin(0.1));
    CHECK(frame.y * 150 == Approx(3.5).margin(0.1));
}

TEST_CASE("what stands on the map stands where nothing of it is drawn") {
    const auto page = page_with(small_sheet());
    const map::Typesetter typesetter(map::find_font_family());
    const auto box = map::on_page({10, 25, 120, 110});
    // In a corner beside the units: the map keeps its whole box.
    const auto corner = map::clear_part(page, box, {map::on_page({10.5, 26, 2, 2})}, 4);
    CHECK(corner.width == box.width);
    // In the middle of them: they make room.
    const auto middle = map::on_page({60, 60, 20, 20});
    const auto part = map::clear_part(page, box, {middle}, 4);
    CHECK(part.width * part.height < box.width * box.height);
    const bool apart = part.right() <= middle.x || part.x >= middle.right() ||
                       part.bottom() <= middle.y || part.y >= middle.bottom();
    CHECK(apart);
    // Of units that are drawn elsewhere nothing is in the way.
    const std::vector<bool> all(page.scene.vintage->coverage->face_count(), true);
    CHECK(map::clear_part(page, box, {middle}, 4, all).width == box.width);
    auto blocked = small_sheet();
    blocked.items[2].box_mm = {10, 25, 120, 60};
    blocked.items[3].box_mm = {10, 86, 120, 45};
    CHECK(test::thrown_key([&] { map::LaidPage(page_with(blocked), typesetter); }) ==
          "error.layout.no_room");
}

TEST_CASE("a place at the edge of the land is drawn whole, and counted") {
    auto page = page_with(small_sheet());
    const auto land = page.scene.vintage->coverage->main_box();
    page.scene.ranks = map::line_ranks(*page.scene.vintage);
    page.scene.symbols = {{{land.min_x, land.min_y}, "port", ""}, {land.centre(), "port", ""}};
    page.text.symbols = {{"port", "cảng"}};
    const map::Typesetter typesetter(map::find_font_family());
    const map::PageLayout layout(page, typesetter, map::MapPart{map::on_page({10, 25, 120, 110})});
    CHECK(layout.places_in_frame().at("port") == 2);
}

TEST_CASE("a long legend goes to more columns and smaller text, and at last is refused") {
    auto layout = small_sheet();
    layout.items[1].box_mm.width = 95;
    layout.items[3].box_mm.x = 94;
    layout.items[4].box_mm = {108, 25, 88, 110};
    CHECK_NOTHROW(map::check_layout(layout));
    const auto with_rows = [&](std::size_t rows) {
        auto page = page_with(layout);
        auto& entries = page.scene.style.entries;
        while (entries.size() < rows) {
            auto empty = entries.back();
            empty.label = "lớp trống " + std::to_string(entries.size());
            empty.count = 0; // an empty class keeps its row
            entries.push_back(empty);
        }
        return bytes(page, Format::Svg);
    };
    const auto forty = with_rows(40);
    for (std::size_t row = 5; row < 40; ++row) {
        INFO(row);
        CHECK(forty.find("aria-label=\"lớp trống " + std::to_string(row) + "\"") !=
              std::string::npos);
    }
    CHECK(test::thrown_key([&] { with_rows(400); }) == "error.layout.no_room");
}

TEST_CASE("a text too long for its box is set smaller, and refused below the smallest size") {
    const auto layout = small_sheet();
    std::string words = "Thị trấn Nông trường Thống Nhất";
    CHECK_FALSE(bytes(page_saying(layout, "title", words), Format::Svg).empty());
    for (int doubled = 0; doubled < 2; ++doubled) words += " " + words;
    CHECK_FALSE(bytes(page_saying(layout, "title", words), Format::Svg).empty());
    for (int doubled = 0; doubled < 4; ++doubled) words += " " + words;
    CHECK(test::thrown_key([&] { bytes(page_saying(layout, "title", words), Format::Svg); }) ==
          "error.layout.no_room");
}

TEST_CASE("the lines of a title are about equally long, and no more than they were") {
    const map::Typesetter typesetter(map::find_font_family());
    map::Text text{"Phân loại xã, phường, thị trấn: Trạng thái ma túy", 20, true};
    text.wrap = typesetter.measure(text).width * 0.9; // two lines, the second of one word
    REQUIRE(typesetter.measure(text).lines == 2);
    map::even_lines(text, typesetter);
    CHECK(text.string == "Phân loại xã, phường, thị trấn:\nTrạng thái ma túy");
    CHECK(typesetter.measure(text).lines == 2);
    map::Text even{"Mật độ dân số theo đơn vị hành chính", 20, true};
    even.wrap = typesetter.measure(even).width * 0.9;
    const double whole = even.wrap;
    map::even_lines(even, typesetter);
    CHECK(typesetter.measure(even).lines == 2);
    CHECK(even.wrap < whole * 0.75);
    map::Text one{"Tỉnh mẫu", 20, true};
    one.wrap = 1000;
    map::even_lines(one, typesetter);
    CHECK(one.wrap == 1000);
}

TEST_CASE("what is measured beforehand fits exactly") {
    const map::Typesetter typesetter(map::find_font_family());
    auto layout = small_sheet();
    // In the smallest letters there are: what does not fit in them is refused.
    layout.items[4] = item("legend", ItemKind::Legend, {135, 25, 58, 80}, 7);
    layout.items.push_back(item("table", ItemKind::Table, {135, 108, 58, 30}, 7));
    auto page = page_with(layout);
    map::LaidTable rows;
    rows.header = {"Từ (dòng) sang (cột)", "có tệ nạn", "Tổng"};
    rows.rows = {{"lành mạnh", "109", "113"}, {"Tổng", "110", "156"}};
    rows.align = {map::Align::Left, map::Align::Right, map::Align::Right};
    rows.notes.assign(3, "Dòng: phân loại năm 2010; cột: phân loại năm 2011; mỗi ô là số xã.");
    const auto painted = [&](double legend_mm, double table_mm) {
        auto laid = std::make_shared<map::LaidOut>(*page.laid);
        laid->items[4].item.box_mm.height = legend_mm;
        laid->items[5].item.box_mm.height = table_mm;
        laid->items[5].table = rows;
        laid->items[5].text = "Ma trận";
        page.laid = std::move(laid);
        return test::thrown_key([&] { bytes(page, Format::Png); });
    };
    REQUIRE(painted(80, 30).empty());
    const auto table = map::table_height_mm(page.laid->items[5], page.size, typesetter);
    REQUIRE(table);
    CHECK(painted(80, *table + 0.2).empty());
    CHECK(painted(80, *table - 0.5) == "error.layout.no_room");
    // In one column and in two. Closer rows are the one way to less height.
    const auto one = map::legend_room(page, 7, 58, 1, typesetter);
    const auto two = map::legend_room(page, 7, 58, 2, typesetter);
    REQUIRE(one);
    CHECK(painted(one->height_mm + 0.3, 30).empty());
    CHECK(one->height_mm >= one->unbroken_mm);
    if (two) CHECK(two->unbroken_mm < one->unbroken_mm);
    // A word wider than its column, and a box narrower than the legend.
    auto narrow = page.laid->items[5];
    narrow.item.box_mm.width = 12;
    CHECK_FALSE(map::table_height_mm(narrow, page.size, typesetter));
    CHECK_FALSE(map::legend_room(page, 7, 8, 1, typesetter));
    CHECK(map::map_largeness(page, {0, 0, 100, 100}) > map::map_largeness(page, {0, 0, 50, 50}));
}

TEST_CASE("a list that may end early leaves out the last rows before it is refused") {
    auto layout = small_sheet();
    auto table = item("top", ItemKind::Table, {135, 108, 60, 30}, 8);
    table.params.show = "top";
    layout.items.push_back(table);
    auto page = page_with(layout);
    auto laid = std::make_shared<map::LaidOut>(*page.laid);
    auto& list = laid->items.back().table;
    for (int row = 1; row <= 30; ++row) list.rows.push_back({"dòng " + std::to_string(row)});
    page.laid = laid;
    CHECK(test::thrown_key([&] { bytes(page, Format::Svg); }) == "error.layout.no_room");
    list.may_end_early = true;
    const auto svg = bytes(page, Format::Svg);
    CHECK(svg.find("aria-label=\"dòng 1\"") != std::string::npos);
    CHECK(svg.find("aria-label=\"dòng 7\"") != std::string::npos);
    CHECK(svg.find("aria-label=\"dòng 30\"") == std::string::npos);
    // The note below is that of the rows that found room.
    for (int rows = 0; rows <= 30; ++rows) list.notes.push_back("sau " + std::to_string(rows));
    const auto noted = bytes(page, Format::Svg);
    int shown = 0;
    const auto holds = [&](const std::string& words) {
        return noted.find("aria-label=\"" + words + "\"") != std::string::npos;
    };
    while (holds("dòng " + std::to_string(shown + 1))) ++shown;
    CHECK(shown < 30);
    CHECK(holds("sau " + std::to_string(shown)));
}

TEST_CASE("who may read a page, and that its data is invented, is never left out") {
    auto layout = small_sheet();
    auto page = page_with(layout);
    page.text.classification = "Lưu hành nội bộ";
    CHECK(test::thrown_key([&] { bytes(page, Format::Svg); }) == "error.layout.no_banner");
    page.text.classification.clear();
    page.text.notice = "Dữ liệu mẫu";
    CHECK(test::thrown_key([&] { bytes(page, Format::Svg); }) == "error.layout.no_banner");
    layout.items.push_back(item("stamp", ItemKind::Banner, {140, 8, 55, 8}));
    layout.items.push_back(item("notice", ItemKind::Notice, {135, 108, 58, 8}));
    page = page_with(layout);
    page.text.classification = "Lưu hành nội bộ";
    page.text.notice = "Dữ liệu mẫu";
    const auto svg = bytes(page, Format::Svg);
    CHECK(svg.find("aria-label=\"LƯU HÀNH NỘI BỘ\"") != std::string::npos);
    CHECK(svg.find("aria-label=\"Dữ liệu mẫu\"") != std::string::npos);
}

TEST_CASE("tables, targets, charts and page numbers are written in full") {
    auto layout = small_sheet();
    layout.items[4].box_mm = {135, 25, 60, 45};
    auto table = item("top", ItemKind::Table, {135, 72, 60, 30}, 8);
    table.params.show = "top";
    auto targets = item("plan", ItemKind::Table, {135, 104, 60, 20}, 8);
    targets.params.show = "targets";
    layout.items.insert(layout.items.end(),
                        {table, targets, item("years", ItemKind::Chart, {135, 126, 40, 20}, 7),
                         item("page", ItemKind::PageNumber, {177, 140, 18, 5}, 7)});
    CHECK_NOTHROW(map::check_layout(layout));
    auto page = page_saying(layout, "page", "Trang {page}/{pages}");
    auto laid = std::make_shared<map::LaidOut>(*page.laid);
    laid->page = 3, laid->pages = 12;
    laid->items[5].table = {{"STT", "Tên"},
                            {{"1", "Thị trấn Nông trường Thống Nhất"}, {"2", "Xã Tân Thạnh"}},
                            {map::Align::Right, map::Align::Left},
                            {}};
    laid->items[6].bars = {{"Xã lành mạnh: 5 / 9", 5.0 / 9}};
    laid->items[7].chart = {{"2009", "2010"}, {map::kHealthy, map::kHot}, {{4, 5}, {6, 3}}};
    page.laid = laid;
    const auto svg = bytes(page, Format::Svg);
    for (const auto* words : {"Thị trấn Nông trường Thống Nhất", "Xã Tân Thạnh", "STT",
                              "Xã lành mạnh: 5 / 9", "2009", "2010", "Trang 3/12"}) {
        INFO(words);
        CHECK(svg.find("aria-label=\"" + std::string(words) + "\"") != std::string::npos);
    }
}

TEST_CASE("a picture is drawn in its own shape, and a missing one is an empty frame") {
    // 2 x 1 pixels, red and transparent.
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = 2, image.height = 1, image.format = PNG_FORMAT_RGBA;
    const std::vector<std::uint8_t> rgba{255, 0, 0, 255, 0, 0, 0, 0};
    std::vector<char> png(4096);
    png_alloc_size_t size = png.size();
    REQUIRE(png_image_write_to_memory(&image, png.data(), &size, 0, rgba.data(), 0, nullptr));
    const auto picture = map::read_picture(std::string(png.data(), size));
    REQUIRE(picture);
    CHECK(picture->argb == std::vector<std::uint32_t>{0xFFFF0000, 0});
    CHECK_FALSE(map::read_picture("no picture"));

    auto layout = small_sheet();
    auto emblem = item("emblem", ItemKind::Picture, {135, 110, 40, 30});
    emblem.params.file = "emblem.png";
    layout.items.push_back(emblem);
    auto page = page_with(layout);
    const auto without = bytes(page, Format::Svg);
    CHECK(without.find("<image") == std::string::npos);
    auto laid = std::make_shared<map::LaidOut>(*page.laid);
    laid->items.back().picture = picture;
    page.laid = laid;
    CHECK(bytes(page, Format::Svg).find("data:image/png;base64,iVBORw0KGgo") != std::string::npos);
    const auto red = where(pixels_of(bytes(page, Format::Png)), {255, 0, 0});
    CHECK(red.x * 200 == Approx(135).margin(0.3));
    CHECK(red.y * 150 == Approx(110).margin(0.3)); // as wide as its box, half as high
    CHECK(red.bottom() * 150 == Approx(130).margin(0.3));
}

TEST_CASE("little maps show units far out and where a part lies, and only then") {
    auto layout = small_sheet();
    auto far = item("far", ItemKind::Offshore, {135, 108, 30, 36}, 7);
    far.params.names = {"Hoàng Sa"};
    layout.items.push_back(far);
    layout.items.push_back(item("locator", ItemKind::Locator, {168, 108, 26, 36}));
    auto page = page_with(layout);
    const auto svg = bytes(page, Format::Svg);
    CHECK(svg.find("id=\"far\"") == std::string::npos);
    CHECK(svg.find("id=\"locator\"") == std::string::npos);
    auto laid = std::make_shared<map::LaidOut>(*page.laid);
    laid->items[5].far = {{"Hoàng Sa", {0}}};
    page.laid = laid;
    const auto whole = page.scene.vintage->coverage->main_box();
    page.extent = {whole.min_x, whole.min_y, whole.centre().x, whole.centre().y};
    const auto both = bytes(page, Format::Svg);
    CHECK(both.find("aria-label=\"Hoàng Sa\"") != std::string::npos);
    CHECK(both.find("id=\"locator\"") != std::string::npos);
}

TEST_CASE("a page without a layout shows units far out in little maps of its own") {
    auto page = page_with(small_sheet());
    page.laid = nullptr;
    CHECK(bytes(page, Format::Svg).find("id=\"offshore\"") == std::string::npos);
    page.far = {{"Hoàng Sa", {0}}, {"Trường Sa", {1}}};
    const auto svg = bytes(page, Format::Svg);
    for (const char* name : {"Hoàng Sa", "Trường Sa"})
        CHECK(svg.find("aria-label=\"" + std::string(name) + "\"") != std::string::npos);
    page.bare = true; // pixels that lie somewhere
    CHECK(bytes(page, Format::Svg).find("Hoàng Sa") == std::string::npos);
}

TEST_CASE("land too small to be seen is a dot of its colour in a little map") {
    auto layout = small_sheet();
    auto far = item("far", ItemKind::Offshore, {135, 108, 30, 36}, 7);
    far.params.names = {"Hoàng Sa"};
    layout.items.push_back(far);
    auto page = page_with(layout);
    // All units in one little map: squares at the edges of a grid of specks.
    auto laid = std::make_shared<map::LaidOut>(*page.laid);
    page.scene.vintage = test::grid_province(60, 60);
    page.scene.ranks = map::line_ranks(*page.scene.vintage);
    page.scene.style = test::striped_style(3600, 5);
    const auto colour = page.scene.style.entries[page.scene.style.entry_of[1830]].colour;
    laid->items.back().far = {{"Hoàng Sa", {0, 59, 1830, 3540, 3599}}};
    page.laid = laid;
    const auto svg = bytes(page, Format::Svg);
    const auto from = svg.find("<g id=\"islets\"");
    REQUIRE(from != std::string::npos);
    const auto islets = svg.substr(from, svg.find("</g>", from) - from);
    CHECK(islets.find("fill=\"" + map::to_hex(colour)) != std::string::npos);
}
