// Layouts that are changed by hand: what is hit, where it comes to rest, and the way back.
#include "map/layout_edit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace diaban;
using map::ItemKind;

namespace {

map::LayoutItem made(std::string id, ItemKind kind, const map::Rect& box) {
    map::LayoutItem out;
    out.id = std::move(id);
    out.kind = kind;
    out.box_mm = box;
    return out;
}

// 200 x 150 mm: a frame, a title, a map with an arrow on it, a legend, and a line at the foot.
map::Layout sheet() {
    map::Layout layout;
    layout.id = "own";
    layout.size = map::parse_page_size("200x150mm");
    layout.items = {made("frame", ItemKind::Frame, {5, 5, 190, 140}),
                    made("title", ItemKind::Title, {12, 8, 120, 12}),
                    made("map", ItemKind::Map, {12, 25, 118, 110}),
                    made("north", ItemKind::NorthArrow, {118, 27, 9, 14}),
                    made("legend", ItemKind::Legend, {135, 25, 55, 80}),
                    made("rule", ItemKind::Rule, {12, 140, 176, 0})};
    return layout;
}

std::size_t place(const map::Layout& layout, const std::string& id) {
    for (std::size_t i = 0; i < layout.items.size(); ++i)
        if (layout.items[i].id == id) return i;
    FAIL("no item " << id);
    return 0;
}

const map::Rect& box(const map::Layout& layout, const std::string& id) {
    return layout.items[place(layout, id)].box_mm;
}

std::string hit(const map::Layout& layout, geo::Point at) {
    const auto item = map::item_at(layout, at, 1);
    return item ? layout.items[*item].id : "";
}

std::vector<std::string> order(const map::Layout& layout) {
    std::vector<std::string> out;
    for (const auto& item : layout.items) out.push_back(item.id);
    return out;
}

constexpr map::Snapping kFree{.on = false};

} // namespace

TEST_CASE("the smallest item under the pointer is hit, a frame only on its line") {
    const auto layout = sheet();
    CHECK(hit(layout, {60, 80}) == "map");
    CHECK(hit(layout, {120, 30}) == "north"); // on the map
    CHECK(hit(layout, {133, 140}) == "rule");
    CHECK(hit(layout, {5.5, 80}) == "frame");
    CHECK(hit(layout, {4.3, 80}) == "frame"); // a little outside
    CHECK(hit(layout, {160, 120}) == "");     // inside the frame there is nothing
    CHECK(map::items_in(layout, {0, 0, 140, 24}) == map::ItemSet{1});
    CHECK(map::items_in(layout, {0, 0, 200, 150}).size() == layout.items.size());
}

TEST_CASE("what is dragged comes to rest on edges and middles, which are shown, or on the grid") {
    const auto layout = sheet();
    const map::ItemSet legend{place(layout, "legend")};
    // A millimetre short of the margin on the right (200 - 10 - 55 = 135 is where it is): x 136.2
    // would reach 191.2; back onto the margin.
    auto at = map::moved(layout, legend, {1.2, 7.4}, {});
    CHECK(box(at.layout, "legend").x == 135);
    CHECK(box(at.layout, "legend").y == 32); // no edge is near: whole millimetres
    REQUIRE(at.guides.size() == 1);
    CHECK(at.guides[0].upright);
    CHECK(at.guides[0].at == 190);
    CHECK(at.guides[0].from == 0); // the margin is as long as the sheet
    CHECK(at.guides[0].to == 150);
    // Its top meets the top of the arrow (27), not the map's (25) any more.
    at = map::moved(layout, legend, {-0.4, 2.3}, {});
    CHECK(box(at.layout, "legend").y == 27);
    // Without snapping to the tenth of a millimetre, and no guides.
    at = map::moved(layout, legend, {1.23, 7.38}, kFree);
    CHECK(box(at.layout, "legend").x == 136.2);
    CHECK(box(at.layout, "legend").y == 32.4);
    CHECK(at.guides.empty());
    CHECK(box(at.layout, "map").x == 12); // nothing else moves
}

TEST_CASE("middles meet middles") {
    auto layout = sheet();
    layout.items.push_back(made("note", ItemKind::Text, {140, 110, 41, 8}));
    // Middle of the legend: 162.5; of the note: 160.5 + 1.5 = 162, half a millimetre short.
    const auto at = map::moved(layout, {6}, {1.5, 3.3}, {});
    CHECK(box(at.layout, "note").x + 20.5 == 162.5);
    CHECK(std::any_of(at.guides.begin(), at.guides.end(),
                      [](const map::Guide& g) { return g.upright && g.at == 162.5; }));
}

TEST_CASE("what is moved stays on the sheet, and several keep their distance") {
    const auto layout = sheet();
    const map::ItemSet two{place(layout, "title"), place(layout, "legend")};
    const auto at = map::moved(layout, two, {-500, 500}, kFree).layout;
    CHECK(box(at, "title").x == 0);
    CHECK(box(at, "legend").x == 123); // 135 - 12
    CHECK(box(at, "legend").bottom() == 150);
    CHECK(box(at, "legend").y - box(at, "title").y == 17);
    CHECK(map::moved(layout, {}, {5, 5}, {}).layout == layout);
}

TEST_CASE("a handle moves its sides only, onto edges, and never turns a box over") {
    const auto layout = sheet();
    const auto legend = place(layout, "legend");
    auto at = map::resized(layout, legend, {1, 1}, {4.6, 30.6}, {});
    CHECK(box(at.layout, "legend").x == 135);
    CHECK(box(at.layout, "legend").width == 60);     // onto the frame at 195
    CHECK(box(at.layout, "legend").bottom() == 135); // onto the bottom of the map
    CHECK(at.guides.size() == 2);
    at = map::resized(layout, legend, {-1, 0}, {400, 9}, kFree);
    CHECK(box(at.layout, "legend").right() == 190);
    CHECK(box(at.layout, "legend").width == 1);
    CHECK(box(at.layout, "legend").height == 80);
    // A line stays one.
    at = map::resized(layout, place(layout, "rule"), {1, 1}, {-30, 9}, kFree);
    CHECK(box(at.layout, "rule").width == 146);
    CHECK(box(at.layout, "rule").height == 0);
    CHECK(at.layout.items.size() == layout.items.size());
}

TEST_CASE("several are lined up and spaced equally") {
    map::Layout layout = sheet();
    layout.items = {made("a", ItemKind::Text, {10, 10, 20, 10}),
                    made("b", ItemKind::Text, {38, 20, 30, 6}),
                    made("c", ItemKind::Text, {100, 14, 10, 20})};
    const map::ItemSet all{0, 1, 2};
    const auto xs = [](const map::Layout& l) {
        return std::vector{l.items[0].box_mm.x, l.items[1].box_mm.x, l.items[2].box_mm.x};
    };
    const auto ys = [](const map::Layout& l) {
        return std::vector{l.items[0].box_mm.y, l.items[1].box_mm.y, l.items[2].box_mm.y};
    };
    using map::Line;
    CHECK(xs(map::lined_up(layout, all, Line::Left)) == std::vector{10.0, 10.0, 10.0});
    CHECK(xs(map::lined_up(layout, all, Line::Right)) == std::vector{90.0, 80.0, 100.0});
    CHECK(xs(map::lined_up(layout, all, Line::Centre)) == std::vector{50.0, 45.0, 55.0});
    CHECK(ys(map::lined_up(layout, all, Line::Top)) == std::vector{10.0, 10.0, 10.0});
    CHECK(ys(map::lined_up(layout, all, Line::Bottom)) == std::vector{24.0, 28.0, 14.0});
    CHECK(ys(map::lined_up(layout, all, Line::Middle)) == std::vector{17.0, 19.0, 12.0});
    // 100 mm hold 60 mm of boxes: gaps of 20 mm.
    CHECK(xs(map::spaced(layout, all, true)) == std::vector{10.0, 50.0, 100.0});
    CHECK(map::spaced(layout, {0, 1}, true) == layout);
    CHECK(map::lined_up(layout, {2}, Line::Left) == layout);
}

TEST_CASE("new items of every kind and copies find room, and have names of their own") {
    map::Layout layout;
    layout.id = "own";
    layout.size = map::parse_page_size("A3 landscape");
    layout.items = {map::new_item(layout, ItemKind::Map)};
    for (std::size_t k = 1; k < map::kItemKinds.size(); ++k) {
        INFO(map::kItemKinds[k]);
        auto item = map::new_item(layout, static_cast<ItemKind>(k));
        if (item.kind == ItemKind::Picture) item.params.file = "logo.png";
        const auto next = map::added(layout, item);
        CHECK(next.set == map::ItemSet{layout.items.size()});
        layout = next.layout;
        CHECK(map::layout_faults(layout).empty());
    }
    const auto text = static_cast<std::size_t>(ItemKind::Text);
    const auto copied = map::duplicated(layout, {0, text});
    CHECK(copied.layout.items.size() == layout.items.size() + 1); // one map at most
    CHECK(copied.layout.items.back().id == "text-2");
    CHECK(copied.set == map::ItemSet{layout.items.size()});
    CHECK(map::layout_faults(copied.layout).empty());
    CHECK(map::without(copied.layout, copied.set) == layout);
    // On slides nothing begins smaller than a room can read.
    layout.size.slide = true;
    CHECK(map::new_item(layout, ItemKind::PageNumber).size_pt >= 14);
}

TEST_CASE("items are painted in another order when they are told so") {
    const auto layout = sheet();
    const auto front = map::to_front(layout, {1, 3});
    CHECK(order(front.layout) ==
          std::vector<std::string>{"frame", "map", "legend", "rule", "title", "north"});
    CHECK(front.set == map::ItemSet{4, 5});
    const auto back = map::to_back(layout, {4});
    CHECK(order(back.layout).front() == "legend");
    CHECK(back.set == map::ItemSet{0});
}

TEST_CASE("on another sheet everything takes the same part, and what touched still does") {
    auto layout = sheet();
    layout.items.push_back(made("beside", ItemKind::Text, {190, 25, 7.77, 10}));
    const auto large = map::on_sheet(layout, map::parse_page_size("283x212mm"));
    CHECK(large.size.width_mm == 283);
    CHECK(box(large, "legend").right() == Approx(box(large, "beside").x).margin(0.001));
    CHECK(box(large, "map").x == Approx(12 * 283 / 200.0).margin(0.006));
    CHECK(box(large, "rule").height == 0);
    CHECK(large.items[1].size_pt == Approx(9 * 212 / 150.0).margin(0.06));
    CHECK(map::on_sheet(layout, map::parse_page_size("100x75mm")).items[1].size_pt == 7);
    CHECK(map::layout_faults(large).empty());
}

TEST_CASE("all faults of a layout are found, each with its items; the first is thrown") {
    auto layout = sheet();
    layout.items[place(layout, "legend")].box_mm.x = 120; // on the map
    layout.items[place(layout, "title")].size_pt = 3;
    layout.items.push_back(made("emblem", ItemKind::Picture, {190, 0, 20, 20}));
    const auto faults = map::layout_faults(layout);
    std::vector<std::string> keys;
    for (const auto& fault : faults) keys.push_back(fault.message.key);
    CHECK(keys == std::vector<std::string>{"error.layout.small", "error.layout.overlap",
                                           "error.layout.overlap", "error.layout.box",
                                           "error.layout.no_file"});
    try {
        map::check_layout(layout);
        FAIL("it is wrong");
    } catch (const base::Error& error) {
        CHECK(error.message.key == "error.layout.small");
    }
    CHECK(map::layout_faults(sheet()).empty());
}

TEST_CASE("every change of a draft can be taken back, with what was chosen; typing is one step") {
    map::LayoutDraft draft(sheet());
    CHECK_FALSE(draft.can_undo());
    draft.choose({4});
    const auto shifted = [&](double x) {
        auto next = draft.now();
        next.items[4].box_mm.x = x;
        return next;
    };
    draft.change(shifted(1), "x");
    draft.change(shifted(14), "x");
    draft.change(shifted(140), "x");
    CHECK(draft.unsaved());
    draft.change(map::to_front(draft.now(), {4}));
    CHECK(draft.chosen() == map::ItemSet{5});
    draft.undo();
    CHECK(draft.chosen() == map::ItemSet{4});
    CHECK(draft.now().items[4].box_mm.x == 140);
    draft.undo();
    CHECK(draft.now() == sheet());
    CHECK_FALSE(draft.unsaved());
    CHECK_FALSE(draft.can_undo());
    draft.redo();
    CHECK(draft.now().items[4].box_mm.x == 140);
    // A change after steps back is the end of what could be made again.
    draft.change(shifted(130), "x");
    CHECK_FALSE(draft.can_redo());
    draft.undo();
    CHECK(draft.now().items[4].box_mm.x == 140);
    // Choosing something ends a step, and the same layout is none.
    draft.change(shifted(131), "y");
    draft.choose({0, 4, 4, 77});
    CHECK(draft.chosen() == map::ItemSet{0, 4});
    draft.change(shifted(132), "y");
    draft.change(draft.now());
    draft.undo();
    CHECK(draft.now().items[4].box_mm.x == 131);
    draft.mark_saved(draft.now());
    CHECK_FALSE(draft.unsaved());
    draft.undo();
    CHECK(draft.unsaved());
}

TEST_CASE("items are walked through in reading order, around the ends") {
    const auto layout = sheet();
    std::vector<std::string> walked;
    map::ItemSet chosen;
    for (std::size_t n = 0; n <= layout.items.size(); ++n) {
        chosen = {*map::next_item(layout, chosen, 1)};
        walked.push_back(layout.items[chosen.front()].id);
    }
    CHECK(walked ==
          std::vector<std::string>{"frame", "title", "map", "north", "legend", "rule", "frame"});
    CHECK(layout.items[*map::next_item(layout, chosen, -1)].id == "rule");
    CHECK_FALSE(map::next_item(map::Layout{}, {}, 1));
}
