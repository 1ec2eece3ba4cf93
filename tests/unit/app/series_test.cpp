// Sheets of a series, names of files, and what need not be drawn again.
#include "app/series.hpp"
#include "app/series_list.hpp"
#include "base/error.hpp"
#include "base/paths.hpp"
#include "support/coverage_from.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

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
