// Sheets of an atlas, small maps side by side, and books of them.
#include "map/book.hpp"

#include "base/error.hpp"
#include "province.hpp"
#include "support/errors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban;

namespace {

using Role = map::LegendEntry::Role;

std::vector<geo::FaceId> units_of_district(const data::Vintage& vintage, std::size_t district) {
    std::vector<geo::FaceId> out;
    for (std::size_t unit = 0; unit < vintage.units.size(); ++unit)
        if (vintage.units.parent[1][unit] == district)
            out.push_back(static_cast<geo::FaceId>(unit));
    return out;
}

// The sheet of one district of the grid.
map::Page district_page(const map::Page& whole, std::size_t district) {
    auto page = whole;
    const auto& vintage = *whole.scene.vintage;
    const auto area = std::make_shared<const map::SheetArea>(
        map::area_of(vintage, units_of_district(vintage, district), data::Level::District));
    page.area = area;
    page.extent = area->box.grown(100);
    page.locator = map::make_locator(vintage);
    page.scene.style = map::style_within(page.scene.style, *area, vintage.coverage->faces());
    return page;
}

map::Book book_of(const map::Page& whole, std::size_t sheets) {
    map::Book book;
    book.size = whole.size;
    book.text = whole.text;
    book.index_bookmark = "Mục lục";
    book.number = [](std::size_t page, std::size_t pages) {
        return "Trang " + std::to_string(page) + "/" + std::to_string(pages);
    };
    const auto& vintage = *whole.scene.vintage;
    for (std::size_t s = 0; s < sheets; ++s) {
        const auto district = s % vintage.units.groups[1].size();
        const auto& name = vintage.units.groups[1][district].name;
        book.sheets.push_back({s == 0 ? "Tỉnh mẫu" : "", name, name});
        book.places.emplace_back(
            vintage.coverage->faces()[units_of_district(vintage, district).front()].box.centre());
    }
    book.page = [whole, count = vintage.units.groups[1].size()](std::size_t sheet) {
        return district_page(whole, sheet % count);
    };
    auto overview = whole;
    overview.bare = true;
    book.overview = overview;
    return book;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

TEST_CASE("legends of the districts of an atlas add up to the legend of the whole") {
    const auto whole = test::grid_page("A4");
    const auto& entries = whole.scene.style.entries;
    std::vector<std::size_t> sums(entries.size(), 0);
    for (std::size_t d = 0; d < whole.scene.vintage->units.groups[1].size(); ++d) {
        const auto style = district_page(whole, d).scene.style;
        REQUIRE(style.entries.size() == entries.size() + 1);
        CHECK(style.entries.back().role == Role::Around);
        CHECK(style.entries.back().count == 54 - 9);
        for (std::size_t e = 0; e < entries.size(); ++e) {
            CHECK(style.entries[e].colour == entries[e].colour);
            sums[e] += style.entries[e].count;
        }
    }
    for (std::size_t e = 0; e < entries.size(); ++e) CHECK(sums[e] == entries[e].count);
}

TEST_CASE(
    "a sheet names its communes, shows where it lies, and leaves neighbours out of the legend") {
    const auto whole = test::grid_page("A4");
    auto page = district_page(whole, 0);
    page.scene.style.entries.back().label = "chung quanh";
    page.text.page_number = "Trang 3/64";
    base::JobContext ctx(1);
    const auto svg = map::page_bytes(page, map::Format::Svg, ctx);
    const auto has = [&](const std::string& text) {
        return svg.find("aria-label=\"" + text + "\"") != std::string::npos;
    };
    CHECK(has("Trang 3/64"));
    CHECK_FALSE(has("chung quanh"));
    CHECK(has("9")); // the total: nine communes of the district
    CHECK_FALSE(has("54"));
    for (const auto unit : {0, 1, 2, 9, 10, 11, 18, 19, 20})
        CHECK(has("Xã " + std::to_string(unit + 1)));
    CHECK_FALSE(has("Xã 6")); // of a neighbour
    CHECK(svg.find("<g id=\"locator\"") != std::string::npos);
    CHECK(svg.find("<g id=\"area\"") != std::string::npos); // its border
    page.locator = nullptr;
    CHECK(map::page_bytes(page, map::Format::Svg, ctx).find("locator") == std::string::npos);
}

TEST_CASE("a legend that does not agree with a small map keeps the page from being painted") {
    auto page = test::grid_page("A4");
    page.panels = {{"2010", page.scene.style, {}}, {"2011", page.scene.style, {}}};
    base::JobContext ctx(1);
    CHECK_NOTHROW(map::page_bytes(page, map::Format::Svg, ctx));
    ++page.panels[1].style.entries[0].count;
    CHECK(test::thrown_key([&] { map::page_bytes(page, map::Format::Svg, ctx); }) ==
          "error.legend.disagrees");
}

TEST_CASE("small maps have captions and counts of their own and one legend without counts") {
    auto page = test::grid_page("A4");
    page.scale_bar = false; // its numbers are no counts
    for (int year = 2000; year < 2016; ++year) {
        auto style = test::striped_style(54, 5);
        // All units but one in the first row in the last of the years.
        if (year == 2015)
            for (std::size_t u = 0; u < 54; ++u) {
                --style.entries[style.entry_of[u]].count;
                style.entry_of[u] = u == 0 ? 1 : 0;
                ++style.entries[style.entry_of[u]].count;
            }
        page.panels.push_back({std::to_string(year), style, {}});
    }
    base::JobContext ctx(1);
    const auto svg = map::page_bytes(page, map::Format::Svg, ctx);
    for (int year = 2000; year < 2016; ++year)
        CHECK(count_of(svg, "aria-label=\"" + std::to_string(year) + "\"") == 1);
    CHECK(count_of(svg, "<g id=\"units") == 16);
    CHECK(count_of(svg, "aria-label=\"53\"") == 1);
    CHECK(count_of(svg, "aria-label=\"1\"") == 1);
    CHECK(count_of(svg, "aria-label=\"11\"") == 15 * 4); // 54 in five rows: 11 11 11 11 10
    CHECK(count_of(svg, "aria-label=\"10\"") == 15);
    CHECK(count_of(svg, "aria-label=\"lớp 1\"") == 1);
    CHECK(svg.find("Tổng số đơn vị") == std::string::npos); // each map has its own
    CHECK(test::thrown_key([&] {
              page.size = map::parse_page_size("70x50mm");
              map::page_bytes(page, map::Format::Svg, ctx);
          }) == "error.page.too_small");
}

TEST_CASE("a book has the same bytes with one, two and eight threads") {
    const auto book = book_of(test::grid_page("A4"), 40);
    base::JobContext one(1), two(2), eight(8);
    const auto pdf = map::book_bytes(book, one);
    CHECK(pdf.starts_with("%PDF-1.5"));
    CHECK(map::book_bytes(book, two) == pdf);
    CHECK(map::book_bytes(book, eight) == pdf);
}

TEST_CASE("an index takes as many pages as its rows need, and a book may do without") {
    const auto whole = test::grid_page("A4");
    CHECK(map::first_sheet_page(book_of(whole, 6)) == 2);
    // The provinces of 2009: rows come closer where that saves a page.
    CHECK(map::first_sheet_page(book_of(whole, 63)) == 2);
    const auto many = map::first_sheet_page(book_of(whole, 900));
    CHECK(many > 4);
    CHECK(many < 20);
    auto book = book_of(whole, 900);
    book.index = false;
    CHECK(map::first_sheet_page(book) == 1);
    book = book_of(whole, 3);
    book.size = map::parse_page_size("30x30mm");
    CHECK(test::thrown_key([&] { map::first_sheet_page(book); }) == "error.page.too_small");
}

TEST_CASE("a book that is stopped throws, and leaves no file") {
    const auto book = book_of(test::grid_page("A4"), 12);
    base::JobContext ctx(2);
    ctx.cancel();
    CHECK_THROWS_AS(map::book_bytes(book, ctx), base::Cancelled);
}

TEST_CASE("the box of an area leaves out its far-off specks") {
    const auto whole = test::grid_page("A4");
    const auto& vintage = *whole.scene.vintage;
    const auto area = map::area_of(vintage, units_of_district(vintage, 0), data::Level::District);
    geo::Box box;
    for (const auto unit : units_of_district(vintage, 0))
        box.add(vintage.coverage->faces()[unit].box);
    CHECK(area.box.min_x == Approx(box.min_x));
    CHECK(area.box.max_y == Approx(box.max_y));
    CHECK(std::count(area.inside.begin(), area.inside.end(), true) == 9);
    CHECK(map::area_of(vintage, {}, std::nullopt).box.empty());
}
