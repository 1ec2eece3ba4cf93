// Sheets of a series, names of files, and what need not be drawn again.
#include "app/series.hpp"
#include "app/series_list.hpp"
#include "base/error.hpp"
#include "base/paths.hpp"
#include "map/layout.hpp"
#include "support/coverage_from.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <set>

using namespace diaban;
namespace fs = std::filesystem;

namespace {

// Communes A to E in four districts of two provinces; two districts are called the same, E has no
// district.
std::shared_ptr<data::Vintage> two_provinces() {
    auto vintage = test::vintage_from("AABB"
                                      "CCDE",
                                      4);
    auto& units = vintage->units;
    units.groups[1] = {{"903", "Huyện Châu Thành"},
                       {"101", "Huyện Châu Thành"},
                       {"102", "Huyện An Phú"},
                       {"999", "Huyện không còn xã"}};
    units.parent[1] = {0, 1, 2, 2, geo::kNoGroup};
    units.groups[2] = {{"89", "Tỉnh An Giang"}, {"10", "Tỉnh Lào Cai"}};
    units.parent[2] = {0, 1, 1, 1, 1};
    return vintage;
}

std::string series_refused(const app::SeriesSize& size, const app::SeriesChoice& choice) {
    return test::thrown_key([&] { app::series_sheets(size, choice); });
}

app::SheetName named(const std::string& area, const std::string& code = "",
                     const std::string& year = "2010") {
    return {.topic = "Tỷ lệ người nghiện",
            .indicator = "DR01",
            .area = area,
            .code = code,
            .year = year};
}

} // namespace

TEST_CASE("areas of an atlas hold every unit once, by code, those of no district last") {
    const auto vintage = two_provinces();
    const auto found = app::atlas_areas(*vintage, data::Level::District, "khác");
    REQUIRE(found.areas.size() == 4);
    CHECK(found.areas[0].code == "101");
    CHECK(found.areas[0].province == "Tỉnh Lào Cai");
    CHECK(found.areas[1].code == "102");
    CHECK(found.areas[1].units == std::vector<geo::FaceId>{2, 3});
    CHECK(found.areas[2].code == "903");
    CHECK(found.areas[2].province == "Tỉnh An Giang"); // not mixed with the other of its name
    CHECK(found.areas[3].name == "khác");
    CHECK(found.areas[3].rest);
    CHECK(found.areas[3].units == std::vector<geo::FaceId>{4});
    CHECK(found.without.empty()); // of a district without communes nobody expects a sheet
    const auto provinces = app::atlas_areas(*vintage, data::Level::Province, "khác");
    REQUIRE(provinces.areas.size() == 2);
    CHECK(provinces.areas[0].name == "Tỉnh Lào Cai");
    CHECK(provinces.areas[0].province.empty());
}

TEST_CASE("areas without codes come in Vietnamese order, by province") {
    const auto vintage = two_provinces();
    for (auto& group : vintage->units.groups[1]) group.code.clear();
    const auto found = app::atlas_areas(*vintage, data::Level::District, "khác");
    REQUIRE(found.areas.size() == 4);
    CHECK(found.areas[0].province == "Tỉnh An Giang");
    CHECK(found.areas[1].name == "Huyện An Phú");
    CHECK(found.areas[2].name == "Huyện Châu Thành");
}

TEST_CASE("an atlas needs areas that the data knows") {
    const auto vintage = test::vintage_from("AB", 2);
    CHECK(test::thrown_key([&] { app::atlas_areas(*vintage, data::Level::District, ""); }) ==
          "error.series.no_districts");
    CHECK(test::thrown_key([&] { app::atlas_areas(*vintage, data::Level::Province, ""); }) ==
          "error.series.no_provinces");
}

TEST_CASE("sheets come by area, indicator and year, or in the order that is asked for") {
    const app::SeriesSize size{2, 2, 3};
    const auto sheets = app::series_sheets(size, {});
    REQUIRE(sheets.size() == 12);
    CHECK(sheets[1] == app::SeriesSheet{0, {{0, 1}}});
    CHECK(sheets[3] == app::SeriesSheet{0, {{1, 0}}});
    CHECK(sheets[6] == app::SeriesSheet{1, {{0, 0}}});
    const auto by_year = app::series_sheets(size, {.order = {"year"}});
    CHECK(by_year[1] == app::SeriesSheet{0, {{1, 0}}});
    CHECK(by_year[2] == app::SeriesSheet{1, {{0, 0}}});
    CHECK(by_year[4] == app::SeriesSheet{0, {{0, 1}}});
    CHECK_NOTHROW(app::check_series({.order = {"year", "area"}}));
    CHECK(test::thrown_key([] {
              app::check_series({.order = {"year", "year"}});
          }) == "error.flag.bad_value");
    CHECK(test::thrown_key([] { app::check_series({.order = {"colour"}}); }) ==
          "error.flag.bad_value");
    CHECK(test::thrown_key([] { app::check_series({.atlas = "country"}); }) ==
          "error.flag.bad_value");
}

TEST_CASE("years stand side by side, or else indicators, sixteen at most") {
    const auto years = app::series_sheets({2, 2, 3}, {.small_multiples = true});
    REQUIRE(years.size() == 4);
    CHECK(years[1] == app::SeriesSheet{0, {{1, 0}, {1, 1}, {1, 2}}});
    const auto indicators = app::series_sheets({1, 3, 1}, {.small_multiples = true});
    REQUIRE(indicators.size() == 1);
    CHECK(indicators[0] == app::SeriesSheet{0, {{0, 0}, {1, 0}, {2, 0}}});
    CHECK(app::series_sheets({1, 1, 16}, {.small_multiples = true}).size() == 1);
    CHECK(series_refused({1, 1, 17}, {.small_multiples = true}) == "error.series.too_many_maps");
    CHECK(series_refused({5, 1, 1}, {.small_multiples = true}) == "error.series.one_map");
}

TEST_CASE("file names are ASCII, and equal ones are told apart by code or number") {
    const auto names = [](const std::string& pattern, const std::vector<app::SheetName>& sheets) {
        return app::series_names(pattern, sheets);
    };
    const auto plain =
        names("{topic}_{area}_{year}.png", {named("Huyện Đông"), named("Thị xã Gò Công", "", "")});
    CHECK(plain.names == std::vector<std::string>{"ty_le_nguoi_nghien_huyen_dong_2010.png",
                                                  "ty_le_nguoi_nghien_thi_xa_go_cong.png"});
    CHECK(plain.repeated.empty());
    const auto coded = names(
        "{area}.pdf", {named("Châu Thành", "101"), named("An Phú"), named("Châu Thành", "903")});
    CHECK(coded.names ==
          std::vector<std::string>{"chau_thanh_101.pdf", "an_phu.pdf", "chau_thanh_903.pdf"});
    CHECK(coded.repeated == std::vector<std::string>{"chau_thanh.pdf"});
    // A number that another file has already is passed over.
    const auto numbered = names("{area}.svg", {named("A"), named("A"), named("A 2")});
    CHECK(numbered.names == std::vector<std::string>{"a_1.svg", "a_3.svg", "a_2.svg"});
    CHECK(names("Ban-do {page}.png", std::vector<app::SheetName>(12, named("A"))).names[2] ==
          "Ban-do 03.png");
    CHECK(names("bản đồ {code}.png", {named("A", "101")}).names[0] == "ban_do_101.png");
    for (const auto* bad : {"", "a/{area}.png", "{area.png", "area}.png", "{a{b}}.png"})
        CHECK(test::thrown_key([&] { names(bad, {named("A")}); }) == "error.series.pattern");
    CHECK(test::thrown_key([&] { names("{commune}.png", {named("A")}); }) == "error.series.part");
}

TEST_CASE("a PDF takes all sheets, a folder or a pattern makes many files") {
    const test::TempFolder folder;
    const auto target = [&](const fs::path& out, const app::SeriesChoice& choice,
                            std::size_t sheets = 5) {
        return app::series_target(out, choice, {5, 1, 2}, sheets);
    };
    CHECK(target("a.pdf", {.atlas = "district"}).file == "a.pdf");
    CHECK(target("a.png", {.atlas = "district"}).pattern == "a_{area}_{year}.png");
    CHECK(target("x/a.png", {.atlas = "district"}).folder == "x");
    CHECK(target("a.png", {.small_multiples = true}, 1).file == "a.png");
    CHECK(target(folder.path(), {.atlas = "district"}).folder == folder.path());
    CHECK(target("tap/", {.atlas = "district"}).pattern == "{topic}_{area}_{year}.png");
    CHECK(target("x/{area}.svg", {.atlas = "district"}).pattern == "{area}.svg");
    CHECK(target("x/{area}.svg", {.atlas = "district"}).folder == "x");
    CHECK(target("tap", {.pattern = "{area}.pdf"}).pattern == "{area}.pdf");
    CHECK(target("tap", {.pattern = "{area}"}).pattern == "{area}.png");
    CHECK(test::thrown_key([&] { target("a.pdf", {.pattern = "{area}.pdf"}); }) ==
          "error.series.folder");
    CHECK(test::thrown_key([&] { target("a.jpg", {.atlas = "district"}); }) == "error.map.format");
    CHECK(test::thrown_key([&] { target("{area}.jpg", {.atlas = "district"}); }) ==
          "error.map.format");
    // Formats of single maps.
    for (const char* name : {"a.pptx", "a.apng", "a.tif", "{area}.tiff"})
        CHECK(test::thrown_key([&] { target(name, {.atlas = "district"}); }) ==
              "error.series.format");
    CHECK(test::thrown_key([&] { target("tap", {.pattern = "{area}.pptx"}); }) ==
          "error.series.format");
    CHECK(target("tap", {.pattern = "{area}.v2"}).pattern == "{area}.v2.png");
    CHECK(test::thrown_key([&] { target("", {.atlas = "district"}); }) == "error.map.no_out");
}

TEST_CASE("a file counts as unchanged only with the same inputs and the same bytes") {
    const test::TempFolder folder;
    const auto list = app::series_list_of(folder.path(), {}), file = folder / "a.png";
    base::write_file(file, "picture");
    {
        app::SeriesList made(list);
        CHECK_FALSE(made.unchanged(file, "1"));
        made.add(file, "1");
        made.write();
    }
    CHECK(app::SeriesList(list).unchanged(file, "1"));
    CHECK_FALSE(app::SeriesList(list).unchanged(file, "2"));
    CHECK_FALSE(app::SeriesList(list).unchanged(folder / "b.png", "1"));
    base::write_file(file, "half a pict");
    CHECK_FALSE(app::SeriesList(list).unchanged(file, "1"));
    base::write_file(file, "picture");
    CHECK(app::SeriesList(list).unchanged(file, "1"));
    const auto text = base::read_file(list);
    for (const auto& damaged :
         {std::string("{"), text.substr(0, text.size() / 2), std::string("[1]"),
          std::string(R"({"program":7,"files":3})"), std::string(R"({"files":[]})")}) {
        base::write_file(list, damaged);
        CHECK_FALSE(app::SeriesList(list).unchanged(file, "1"));
    }
    CHECK(app::series_list_of({}, "x/atlas.pdf") == "x/atlas.pdf.series.json");
}

TEST_CASE("the number of a page changes with what is drawn on it") {
    const auto vintage = two_provinces();
    const auto hashed = [&](const map::Page& page) {
        app::InputsHash hash;
        app::add_page(hash, page, app::vintage_hash(*vintage));
        return hash.text();
    };
    map::Page page;
    page.size = map::parse_page_size("A4");
    page.scene.style.entries.resize(2);
    page.scene.style.entry_of = {0, 0, 1, 1, 0};
    const auto before = hashed(page);
    CHECK(hashed(page) == before);
    auto other = page;
    other.scene.style.entry_of[1] = 1;
    CHECK(hashed(other) != before);
    other = page;
    other.text.source_lines = {"Nguồn"};
    CHECK(hashed(other) != before);
    other = page;
    other.size.dpi = 150;
    CHECK(hashed(other) != before);
    other = page;
    other.panels.resize(1);
    CHECK(hashed(other) != before);
    const auto shapes = app::vintage_hash(*vintage);
    vintage->units.groups[1][0].name = "Huyện khác";
    CHECK(app::vintage_hash(*vintage) != shapes);
}

TEST_CASE("whatever is painted on a sheet is part of its number, each thing by itself") {
    const auto vintage = two_provinces();
    const auto hashed = [&](const map::Page& page) {
        app::InputsHash hash;
        app::add_page(hash, page, app::vintage_hash(*vintage));
        return hash.text();
    };
    // A sheet with one of everything.
    map::Page page;
    page.size = map::parse_page_size("A4");
    auto& style = page.scene.style;
    style.entries.resize(2);
    style.entry_of = {0, 0, 1, 1, 0};
    map::Theme theme;
    theme.kind = map::MapKind::Symbols;
    theme.amount = {1, 2, 0, 0, 5};
    theme.across = {"A", 3, {"1", "2"}};
    const auto shared = [](auto value) {
        return std::make_shared<const decltype(value)>(std::move(value));
    };
    const auto picture = [](const char* bytes) {
        auto out = std::make_shared<map::Picture>();
        out->png = bytes;
        return out;
    };
    page.scene.theme = shared(theme);
    map::LineSet lines;
    lines.lines = {{{0, 0}, {1, 1}}};
    lines.boxes.resize(1);
    lines.bounds_area = {false};
    page.scene.overlays = {{"Sông", {1, 2, 3}, 1, shared(lines)}};
    page.scene.symbols = {{{1, 2}, "port", "Cảng"}};
    page.scene.selected = {1};
    page.marks.resize(1);
    map::SheetArea area;
    area.inside = {true, true, false, false, false};
    page.area = shared(area);
    page.panels.resize(1);
    page.panels[0] = {"2010", style, page.scene.symbols, page.scene.theme};
    map::LaidOut laid;
    laid.items.resize(1);
    laid.items[0].table.rows = {{"a"}};
    laid.items[0].bars = {{"b", 0.5}};
    laid.items[0].chart = {{"2010"}, {{1, 2, 3}}, {{4}}};
    laid.items[0].far = {{"Đảo", {2}}};
    laid.items[0].picture = picture("png");
    page.laid = shared(laid);

    const auto with_theme = [&](auto change) {
        return [&, change](map::Page& p) {
            auto other = theme;
            change(other);
            p.scene.theme = shared(other);
        };
    };
    const auto with_item = [&](auto change) {
        return [&, change](map::Page& p) {
            auto other = laid;
            change(other.items[0]);
            p.laid = shared(other);
        };
    };
    const auto with_lines = [&](auto change) {
        return [&, change](map::Page& p) {
            auto other = lines;
            change(other);
            p.scene.overlays[0].set = shared(other);
        };
    };
    using Change = std::function<void(map::Page&)>;
    const std::vector<std::pair<const char*, Change>> changes{
        {"extent",
         [](auto& p) {
             p.extent = {0, 0, 1, 1};
         }},
        {"size", [](auto& p) { p.size.width_mm += 1; }},
        {"slide", [](auto& p) { p.size.slide = true; }},
        {"district names", [](auto& p) { p.district_labels = false; }},
        {"place names", [](auto& p) { p.place_labels = true; }},
        {"arrow", [](auto& p) { p.north_arrow = false; }},
        {"scale bar", [](auto& p) { p.scale_bar = false; }},
        {"bare", [](auto& p) { p.bare = true; }},
        {"locator", [](auto& p) { p.locator = std::make_shared<const map::LocatorMap>(); }},
        {"title", [](auto& p) { p.text.title = "x"; }},
        {"number", [](auto& p) { p.text.page_number = "x"; }},
        {"banner", [](auto& p) { p.text.classification = "x"; }},
        {"notice", [](auto& p) { p.text.notice = "x"; }},
        {"decimal", [](auto& p) { p.text.decimal = '!'; }},
        {"colour",
         [](auto& p) {
             p.scene.style.entries[0].colour = {9, 9, 9};
         }},
        {"hatch", [](auto& p) { p.scene.style.entries[0].hatch = map::Hatch::Cross; }},
        {"circle of a row", [](auto& p) { p.scene.style.entries[0].disc_px = 7; }},
        {"row over land", [](auto& p) { p.scene.style.entries[0].over_land = true; }},
        {"no theme", [](auto& p) { p.scene.theme = nullptr; }},
        {"kind", with_theme([](auto& t) { t.kind = map::MapKind::Dots; })},
        {"amount", with_theme([](auto& t) { t.amount[4] = 6; })},
        {"colour of circles", with_theme([](auto& t) {
             t.colour = {9, 9, 9};
         })},
        {"largest", with_theme([](auto& t) { t.largest = 6; })},
        {"largest circle", with_theme([](auto& t) { t.largest_px = 6; })},
        {"dot value", with_theme([](auto& t) { t.dot_value = 6; })},
        {"ground of circles", with_theme([](auto& t) { t.m2_per_amount = 6; })},
        {"title of sizes", with_theme([](auto& t) { t.size_title = "x"; })},
        {"axis", with_theme([](auto& t) { t.across.breaks[1] = "3"; })},
        {"other axis", with_theme([](auto& t) { t.up.name = "x"; })},
        {"name of lines", [](auto& p) { p.scene.overlays[0].name = "x"; }},
        {"fill",
         [](auto& p) {
             p.scene.overlays[0].fill = map::Colour{1, 2, 3, 4};
         }},
        {"dashes", [](auto& p) { p.scene.overlays[0].gap_px = 2; }},
        {"points of lines", with_lines([](auto& l) {
             l.lines[0][1] = {2, 2};
         })},
        {"areas of lines", with_lines([](auto& l) { l.bounds_area[0] = true; })},
        {"dots", with_lines([](auto& l) {
             l.points = {{1, 1}};
         })},
        {"symbol", [](auto& p) { p.scene.symbols[0].kind = "market"; }},
        {"place", [](auto& p) { p.scene.symbols[0].at.x = 5; }},
        {"selection", [](auto& p) { p.scene.selected = {2}; }},
        {"mark", [](auto& p) { p.marks[0].text = "7"; }},
        {"place of a mark", [](auto& p) { p.marks[0].at.x = 7; }},
        {"area",
         [&](auto& p) {
             auto other = area;
             other.inside[2] = true;
             p.area = shared(other);
         }},
        {"caption", [](auto& p) { p.panels[0].caption = "x"; }},
        {"small map", [](auto& p) { p.panels[0].style.entry_of[0] = 1; }},
        {"symbol of a small map", [](auto& p) { p.panels[0].symbols.clear(); }},
        {"circles of a small map", [](auto& p) { p.panels[0].theme = nullptr; }},
        {"no layout", [](auto& p) { p.laid = nullptr; }},
        {"page",
         [&](auto& p) {
             auto other = laid;
             other.page = 2;
             p.laid = shared(other);
         }},
        {"box", with_item([](auto& i) { i.item.box_mm.x = 1; })},
        {"size of text", with_item([](auto& i) { i.item.size_pt = 11; })},
        {"weight", with_item([](auto& i) { i.item.bold = true; })},
        {"ink", with_item([](auto& i) {
             i.item.colour = {9, 9, 9};
         })},
        {"alignment", with_item([](auto& i) { i.item.align = map::Align::Right; })},
        {"words", with_item([](auto& i) { i.text = "x"; })},
        {"cell", with_item([](auto& i) { i.table.rows[0][0] = "x"; })},
        {"note", with_item([](auto& i) { i.table.notes = {"x"}; })},
        {"bar", with_item([](auto& i) { i.bars[0].done = 0.6; })},
        {"column", with_item([](auto& i) { i.chart.counts[0][0] = 5; })},
        {"little map", with_item([](auto& i) { i.far[0].faces = {3}; })},
        {"picture", with_item([&](auto& i) { i.picture = picture("other"); })}};
    const auto before = hashed(page);
    CHECK(hashed(page) == before);
    std::set<std::string> all{before};
    for (const auto& [what, change] : changes) {
        INFO(what);
        auto other = page;
        change(other);
        CHECK(all.insert(hashed(other)).second); // and unlike every other change
    }
}
