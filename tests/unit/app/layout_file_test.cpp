// Layout files, and the fields of their texts.
#include "app/layout_file.hpp"

#include "app/page_fields.hpp"
#include "base/error.hpp"
#include "base/paths.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace diaban;
using namespace diaban::app;

namespace {

// One item that is right, with whatever else is said of it.
std::string with_item(const std::string& more) {
    return R"({"diaban_layout": 1, "id": "x", "page": {"width_mm": 200, "height_mm": 150},
               "items": [{"id": "t", "box_mm": [10, 10, 80, 20])" +
           more + "}]}";
}

std::string key_of(const std::string& json) {
    return test::thrown_key([&] { parse_layout(json, "own.json"); });
}

std::string said(const std::string& json) {
    try {
        parse_layout(json, "own.json");
    } catch (const base::Error& error) {
        return Language::load("en")->text(error);
    }
    return "";
}

bool has_part(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("every shipped layout is right, and is the same after writing and reading") {
    const auto names = known_layouts();
    const std::set<std::string> wanted{"official-a4-landscape",
                                       "official-a4-portrait",
                                       "official-a3-landscape",
                                       "official-a3-portrait",
                                       "poster-a2",
                                       "poster-a1",
                                       "poster-a0",
                                       "slide-16x9",
                                       "slide-4x3",
                                       "square",
                                       "bare-map"};
    CHECK(std::set<std::string>(names.begin(), names.end()) == wanted);
    for (const auto& name : names) {
        INFO(name);
        const auto layout = layout_named(name).layout;
        CHECK(layout.id == name);
        CHECK(parse_layout(layout_json(layout), name) == layout);
        // A stamp, a word that data is invented, and units far out at sea have their place on every
        // sheet.
        const auto has = [&](map::ItemKind kind) {
            return std::any_of(layout.items.begin(), layout.items.end(),
                               [&](const auto& item) { return item.kind == kind; });
        };
        CHECK(has(map::ItemKind::Map));
        CHECK(has(map::ItemKind::Banner));
        CHECK(has(map::ItemKind::Notice));
        CHECK(has(map::ItemKind::Offshore));
        for (const auto* code : {"vi", "en"})
            CHECK(layout_title(layout, *Language::load(code)) != name);
        CHECK(layout.name.vi != layout.name.en);
    }
    // Sizes of paper as ISO 216 has them.
    const auto size = [](const char* name) { return layout_named(name).layout.size; };
    CHECK(size("official-a4-landscape").width_mm == 297);
    CHECK(size("official-a3-portrait").height_mm == 420);
    CHECK(size("poster-a0").height_mm == 1189);
    CHECK(size("slide-16x9").width_px() == Approx(1920).margin(0.5));
    CHECK(size("slide-16x9").slide);
    CHECK(size("slide-4x3").width_mm / size("slide-4x3").height_mm == Approx(4.0 / 3));
}

TEST_CASE("all that can be said of an item is read, and written again") {
    const auto layout = parse_layout(
        with_item(R"(, "kind": "table", "text": {"vi": "Một", "en": "One"}, "size_pt": 8.5,
                     "weight": "bold", "align": "right", "valign": "bottom", "colour": "#102030",
                     "params": {"show": "top", "rows": 4, "line_mm": 0.5})"),
        "own.json");
    const auto& item = layout.items.at(0);
    CHECK(item.kind == map::ItemKind::Table);
    CHECK(item.box_mm.width == 80);
    CHECK(item.text.in("vi") == "Một");
    CHECK(item.text.in("en") == "One");
    CHECK(item.size_pt == 8.5);
    CHECK(item.bold);
    CHECK(item.align == map::Align::Right);
    CHECK(item.valign == map::VerticalAlign::Bottom);
    CHECK(item.colour == map::Colour{0x10, 0x20, 0x30});
    CHECK(item.params.rows == 4);
    CHECK(parse_layout(layout_json(layout), "again") == layout);
}

TEST_CASE("an item may stand in for a table that has nothing to show, and only for such") {
    const std::string first = R"({"diaban_layout": 1, "id": "x",
        "page": {"width_mm": 200, "height_mm": 150}, "items": [
        {"id": "plan", "kind": "table", "box_mm": [10, 10, 80, 20], "params": {"show": "targets"}},
        {"id": "note", "kind": "text", "box_mm": [100, 10, 80, 20]},
        )";
    const auto with = [&](const std::string& box, const std::string& params) {
        return first + R"({"id": "years", "kind": "chart", "box_mm": )" + box +
               R"(, "params": {)" + params + "}}]}";
    };
    const auto layout = parse_layout(with("[10, 10, 80, 20]", R"("instead_of": "plan")"), "own");
    CHECK(layout.items.at(2).params.instead_of == "plan");
    CHECK(parse_layout(layout_json(layout), "again") == layout);
    const auto grown = parse_layout(with("[10, 32, 80, 20]", R"("grow_over": "plan")"), "own");
    CHECK(parse_layout(layout_json(grown), "again") == grown);
    // In the same place, but not instead; of what is not there, or is never empty; over a third.
    CHECK(key_of(with("[10, 10, 80, 20]", "")) == "error.layout.overlap");
    CHECK(key_of(with("[10, 40, 80, 20]", R"("instead_of": "plans")")) == "error.layout.refers");
    CHECK(key_of(with("[10, 40, 80, 20]", R"("instead_of": "note")")) == "error.layout.refers");
    CHECK(key_of(with("[10, 40, 80, 20]", R"("instead_of": "years")")) == "error.layout.refers");
    CHECK(key_of(with("[10, 32, 170, 20]", R"("grow_over": "plan")")) == "error.layout.overlap");
}

TEST_CASE("a wrong layout file is refused with the place and what belongs there") {
    CHECK(key_of("no json") == "error.json.syntax");
    CHECK(key_of(R"({"id": "x"})") == "error.json.bad");
    CHECK(key_of(R"({"diaban_layout": 2, "id": "x"})") == "error.layout.newer");
    CHECK(key_of(R"({"diaban_layout": 1, "id": "x", "page": {"width_mm": 200}})") ==
          "error.json.bad");
    CHECK(key_of(R"({"diaban_layout": 1, "id": "x",
                     "page": {"width_mm": 1, "height_mm": 1}, "items": []})") ==
          "error.page.unpaintable");
    const auto kind = said(with_item(R"(, "kind": "mapp")"));
    CHECK(has_part(kind, "own.json"));
    CHECK(has_part(kind, "/items/0"));
    CHECK(has_part(kind, "scale_bar")); // the kinds there are
    CHECK(key_of(with_item(R"(, "kind": "text", "size_pt": "9")")) == "error.json.bad");
    CHECK(key_of(with_item(R"(, "kind": "text", "colour": "red")")) == "error.json.bad");
    CHECK(key_of(with_item(R"(, "kind": "text", "aling": "left")")) == "error.json.key");
    CHECK(key_of(with_item(R"(, "kind": "text", "text": {"vi": "a"})")) == "error.json.bad");
    CHECK(key_of(with_item(R"(, "kind": "frame", "params": {"line_mm": 0})")) == "error.json.bad");
    const auto small = said(with_item(R"(, "kind": "text", "size_pt": 5)"));
    CHECK(has_part(small, "own.json"));
    CHECK(has_part(small, "5 pt"));
    CHECK(has_part(small, "7 pt"));
    CHECK(test::thrown_key([] { layout_named("official-a5"); }) == "error.shipped.unknown");
    CHECK(test::thrown_key([] { layout_named("/no/such.json"); }) == "error.file.cannot_read");
}

TEST_CASE("the sheet of a page is that of its layout") {
    PageChoice page;
    CHECK(page_size_of(page).width_mm == 297);
    page.layout = "official-a3-portrait";
    CHECK(page_size_of(page).height_mm == 420);
    CHECK(page_size_of(page).dpi == 300);
    CHECK(page_size_of(page, 96).dpi == 96);
    page.layout = "slide-4x3";
    CHECK(page_size_of(page).slide);
}

TEST_CASE("a layout is kept with its project: a name as it is, a file from the project's folder") {
    Project project;
    project.page.layout = "poster-a1";
    project.page.plan = "an-giang-2011";
    CHECK(parse_project(project_json(project, "/home/x"), "/elsewhere") == project);
    project.page.layout = "/home/x/pages/own.json";
    const auto moved = parse_project(project_json(project, "/home/x"), "/home/y");
    CHECK(moved.page.layout == "/home/y/pages/own.json");
    CHECK(moved.page.plan == "an-giang-2011");
}

TEST_CASE("fields of a text are filled in, and an unknown one names those there are") {
    const auto language = Language::load("vi");
    const PageFields fields{{{"year", "2010"}, {"area", "Tỉnh mẫu"}},
                            {{"is:none", 1116}, {"is:hot3", 5}, {"is:hot", 3}, {"no_data", 0}}};
    const auto filled = [&](const std::string& text) {
        return with_fields(text, fields, *language);
    };
    CHECK(filled("{area}, {year}") == "Tỉnh mẫu, 2010");
    CHECK(filled("{count:healthy} và {count:hotspot}") == "1.116 và 8");
    CHECK(filled("{count:is:hot} {count:hot3} {count:no_data} {count:all}") == "3 5 0 1.124");
    CHECK(filled("{page}/{pages}") == "{page}/{pages}");
    CHECK(filled("a { b } c {") == "a { b } c {");
    CHECK(filled("{}") == "{}");
    try {
        filled("{yaer}");
        FAIL("an unknown field was taken");
    } catch (const base::Error& error) {
        const auto text = language->text(error);
        for (const auto* part :
             {"{yaer}", "{year}", "{area}", "{pages}", "{count:hotspot}", "{count:no_data}"}) {
            INFO(part);
            CHECK(has_part(text, part));
        }
    }
    CHECK(test::thrown_key([&] { filled("{count:class:1/5}"); }) == "error.layout.field");
}

TEST_CASE("a saved layout is read as it is, and is the same bytes each time") {
    const test::TempFolder folder;
    auto layout = layout_named("official-a4-landscape").layout;
    layout.id.clear();
    layout.items[1].box_mm = {13.6, 10.55, 200.25, 11.5};
    layout.items[1].text = {"Bản đồ {year}", "Map of {year}"};
    const auto file = folder / "mau_tinh.json";
    const auto written = save_layout(layout, {}, file);
    CHECK(written.id == "mau_tinh"); // called after the file
    CHECK(layout_named(file.string()).layout == written);
    const auto bytes = base::read_file(file);
    save_layout(layout_named(file.string()).layout, folder.path(), file);
    CHECK(base::read_file(file) == bytes);
    // What cannot be read again is not written.
    layout.items[1].box_mm.x = 290;
    CHECK(test::thrown_key([&] { save_layout(layout, {}, file); }) == "error.layout.box");
    CHECK(base::read_file(file) == bytes);
}

TEST_CASE("pictures go with a layout into its folder, over no other file") {
    const test::TempFolder from, to;
    base::write_file(from / "logo.png", "one");
    base::write_file(to / "logo.png", "another");
    map::Layout layout;
    layout.id = "own";
    layout.size = map::parse_page_size("200x150mm");
    const auto picture = [&](const std::string& id, double x, const std::string& file) {
        auto& item = layout.items.emplace_back();
        item.id = id;
        item.kind = map::ItemKind::Picture;
        item.box_mm = {x, 10, 20, 20};
        item.params.file = file;
    };
    picture("told", 10, "logo.png");
    picture("absolute", 40, (from / "logo.png").string());
    picture("there", 70, (to / "logo.png").string());
    picture("missing", 100, "/nowhere/at/all/crest.svg");
    const auto written = save_layout(layout, from.path(), to / "own.json");
    CHECK(written.items[0].params.file == "logo-2.png");
    CHECK(written.items[1].params.file == "logo-2.png"); // the same picture, once
    CHECK(written.items[2].params.file == "logo.png");
    CHECK(written.items[3].params.file == "crest.svg"); // no path of this machine
    CHECK(base::read_file(to / "logo.png") == "another");
    CHECK(base::read_file(to / "logo-2.png") == "one");
}

TEST_CASE("a page has the layout that is being changed in place of the one that is named") {
    PageChoice page;
    page.layout = "official-a4-landscape";
    auto draft = layout_named("square");
    page.draft = std::make_shared<const LayoutFile>(draft);
    CHECK(layout_of(page).layout == draft.layout);
    CHECK(page_size_of(page).width_mm == 200);
    page.draft.reset();
    CHECK(page_size_of(page).width_mm == 297);
}
