#include "app/legend_edits.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

using namespace diaban;
using app::LegendEdits;

namespace {

// Values 0..5 of six units in two classes, [0, 2) and [2, 5], and one unit without a value.
map::Style style_of(data::IndicatorCube& cube) {
    cube = data::IndicatorCube("", {{.id = "X"}}, {{2015, 0}}, 6);
    const std::array<double, 5> values{1, 1.5, 2, 3, 5};
    for (std::size_t unit = 0; unit < values.size(); ++unit) cube.set(0, 0, unit, values[unit]);
    map::Classes classes;
    classes.method = map::Method::Manual;
    classes.breaks = {1, 2, 5};
    map::StyleWords words;
    words.no_data = "no data";
    return map::make_style(cube.slice(0, 0), classes, {}, words);
}

std::vector<std::string> keys_of(const map::Style& style) {
    std::vector<std::string> out;
    for (const auto& entry : style.entries) out.push_back(entry.key);
    return out;
}

using Keys = std::vector<std::string>;

} // namespace

TEST_CASE("rows are renamed with their ends, hidden as outlines, reordered; counts stay") {
    data::IndicatorCube cube;
    const auto before = style_of(cube);
    REQUIRE(keys_of(before) == Keys{"class:1/2", "class:2/2", "no_data"});
    REQUIRE(before.entries[0].count == 2);
    LegendEdits edits{.indicator = "X"};
    edits = app::renamed(edits, "class:1/2", "Thấp");
    edits = app::renamed(edits, "no_data", "chưa báo cáo");
    edits = app::with_hidden(edits, "class:2/2", true);
    edits = app::moved(edits, before, 2, 0);
    CHECK(edits.order == Keys{"no_data", "class:1/2", "class:2/2"});
    auto style = before;
    const auto language = app::Language::load("vi");
    app::edit_legend(style, edits, *language);
    CHECK(keys_of(style) == Keys{"no_data", "class:1/2", "class:2/2"});
    CHECK(style.entries[0].label == "chưa báo cáo");
    CHECK(style.entries[1].label == "Thấp: " + before.entries[0].label);
    CHECK(style.entries[2].outline_only);
    CHECK(style.entries[2].label.find("ẩn màu") != std::string::npos);
    CHECK_FALSE(style.entries[1].outline_only);
    CHECK_NOTHROW(map::check_legend(style, 6));
    for (std::size_t unit = 0; unit < 6; ++unit)
        CHECK(style.entries[style.entry_of[unit]].key == before.entries[before.entry_of[unit]].key);
    // Taken back one by one, nothing is left.
    edits = app::renamed(edits, "class:1/2", "");
    edits = app::renamed(edits, "no_data", "");
    edits = app::with_hidden(edits, "class:2/2", false);
    edits.order.clear();
    CHECK(edits.empty());
}

TEST_CASE("what was said of two classes says nothing of three, and is kept for the other years") {
    data::IndicatorCube cube;
    auto style = style_of(cube);
    LegendEdits edits{.indicator = "X",
                      .names = {{"class:1/3", "a"}},
                      .hidden = {"class:3/3"},
                      .order = {"suppressed", "class:2/2"}};
    CHECK(app::unknown_keys(edits, style) == Keys{"class:1/3", "class:3/3", "suppressed"});
    const auto moved = app::moved(edits, style, 0, 1);
    CHECK(moved.order == Keys{"class:2/2", "class:1/2", "no_data", "suppressed"});
    app::edit_legend(style, edits, *app::Language::load("en"));
    CHECK(keys_of(style) == Keys{"class:2/2", "class:1/2", "no_data"});
    CHECK_FALSE(style.entries[0].outline_only);
}

TEST_CASE("edits belong to an indicator") {
    std::vector<LegendEdits> all;
    all = app::with_edits(all, {.indicator = "A", .hidden = {"zero"}});
    all = app::with_edits(all, {.indicator = "B", .hidden = {"no_data"}});
    CHECK(app::edits_of(all, "A").hidden == Keys{"zero"});
    CHECK(app::edits_of(all, "C").empty());
    CHECK(app::edits_of(all, "C").indicator == "C");
    all = app::with_edits(all, {.indicator = "A"});
    CHECK(all.size() == 1);
}

TEST_CASE("letters of statuses are initials in the language of the legend, each once") {
    map::Style style;
    for (const char* key : {"is:none", "is:present", "is:hot", "estimated:is:hot", "is:hot2",
                            "is:of the town", "no_data"}) {
        map::LegendEntry& entry = style.entries.emplace_back();
        entry.key = key;
        entry.letter = "?";
    }
    style.entries[5].letter.clear();
    const auto letters = [&](const char* code) {
        map::Style said = style;
        app::say_letters(said, *app::Language::load(code));
        std::string out;
        for (const auto& entry : said.entries) out += entry.letter + "|";
        return out;
    };
    CHECK(letters("vi") == "L|C|T|T|?||?|");
    CHECK(letters("en") == "H|P|S|S|?||?|");
    const auto language = app::Language::load("en");
    std::vector<std::string> moves;
    for (const char* move :
         {"maintained", "newly_built", "transformed", "lost", "new_hotspot", "relapsed"})
        moves.push_back(language->text(std::string("letter.") + move));
    std::sort(moves.begin(), moves.end());
    CHECK(std::adjacent_find(moves.begin(), moves.end()) == moves.end());
}
