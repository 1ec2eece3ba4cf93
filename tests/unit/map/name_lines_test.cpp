// Names in two lines: where they break, and that they still touch nothing.
#include "map/name_lines.hpp"

#include "map/scene.hpp"
#include "province.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban;

namespace {

// Seven pixels for a byte of the longest line, fourteen for a line.
map::LabelBox by_lines(const map::Label& label) {
    std::size_t widest = 0, lines = 0;
    for (std::size_t from = 0; from <= label.text.size(); ++lines) {
        const auto end = std::min(label.text.find('\n', from), label.text.size());
        widest = std::max(widest, end - from);
        from = end + 1;
    }
    return {7.0 * static_cast<double>(widest), 14.0 * static_cast<double>(lines)};
}

std::string placed_text(const std::string& name, double room_px,
                        const std::vector<geo::Box>& blocked = {}) {
    map::Label label;
    label.text = name;
    label.room_m = room_px;
    const auto placed = map::place_labels({label}, {{0, 0}, 1}, 600, 400, by_lines, blocked);
    return placed.empty() ? "" : placed[0].text;
}

} // namespace

TEST_CASE("names break between words, never within one that capitals hold together") {
    using Lines = std::vector<std::string>;
    CHECK(map::in_two_lines("Thị trấn Nông trường Thống Nhất") ==
          Lines{"Thị trấn\nNông trường Thống Nhất", "Thị trấn Nông trường\nThống Nhất"});
    CHECK(map::in_two_lines("Xã Tân Thạnh") == Lines{"Xã\nTân Thạnh"});
    CHECK(map::in_two_lines("Thành phố Hồ Chí Minh") == Lines{"Thành phố\nHồ Chí Minh"});
    CHECK(map::in_two_lines("Huyện đảo Lý Sơn") == Lines{"Huyện đảo\nLý Sơn"});
    CHECK(map::in_two_lines("Xã Đất Đỏ") == Lines{"Xã\nĐất Đỏ"});
    CHECK(map::in_two_lines("Phường 12").empty());
    CHECK(map::in_two_lines("Huế").empty());
    CHECK(map::in_two_lines("").empty());
    CHECK(map::in_two_lines("a b ").empty());
}

TEST_CASE("a name is set in two lines only where it finds no room in one") {
    const std::string name = "Thị trấn Nông trường Thống Nhất";
    CHECK(placed_text(name, 400) == name);
    CHECK(placed_text(name, 180) == "Thị trấn Nông trường\nThống Nhất"); // the narrower way
    CHECK(placed_text(name, 60).empty());
    CHECK(placed_text("Quận Cẩm Lệ", 0) == "Quận Cẩm Lệ");
    // Between two blocked strips there is room for the height of both lines, not for the width of
    // one.
    const std::vector<geo::Box> strips{{0, 0, 200, 400}, {400, 0, 600, 400}};
    const auto text = placed_text(name, 0, strips);
    CHECK(text == "Thị trấn Nông trường\nThống Nhất");
}

TEST_CASE("names in two lines touch no others, and the same names give the same places") {
    std::vector<map::Label> candidates;
    const char* names[] = {"Thị trấn Nông trường Thống Nhất", "Xã Tân Thạnh", "Phường Bến Nghé",
                           "Thị trấn Chợ Mới"};
    for (int i = 0; i < 120; ++i) {
        map::Label label;
        label.text = names[i % 4];
        label.at = {static_cast<double>(i * 137 % 780 - 390),
                    static_cast<double>(i * 89 % 560 - 280)};
        label.priority = i * 31 % 17;
        label.room_m = 60 + 15 * (i % 9);
        candidates.push_back(label);
    }
    const map::Camera camera{{0, 0}, 1};
    const auto placed = map::place_labels(candidates, camera, 800, 600, by_lines);
    const auto box = [](const map::Label& label) {
        const auto size = by_lines(label);
        return geo::Box{label.at.x - size.width_px / 2, label.at.y - size.height_px / 2,
                        label.at.x + size.width_px / 2, label.at.y + size.height_px / 2};
    };
    std::size_t two = 0;
    for (std::size_t a = 0; a < placed.size(); ++a) {
        two += placed[a].text.find('\n') != std::string::npos;
        for (std::size_t b = a + 1; b < placed.size(); ++b)
            CHECK_FALSE(box(placed[a]).intersects(box(placed[b])));
    }
    CHECK(two > 3);
    CHECK(two < placed.size());
    const auto again = map::place_labels(candidates, camera, 800, 600, by_lines);
    REQUIRE(again.size() == placed.size());
    for (std::size_t a = 0; a < placed.size(); ++a) {
        CHECK(again[a].text == placed[a].text);
        CHECK(again[a].at == placed[a].at);
    }
}

TEST_CASE("a page sets a long name in two lines; who hears the page hears it as one") {
    auto page = test::grid_page("150x110mm");
    auto vintage = std::make_shared<data::Vintage>(*page.scene.vintage);
    for (auto& district : vintage->units.groups[1])
        district.name = "Thị trấn Nông trường Thống Nhất";
    page.scene.vintage = vintage;
    base::JobContext ctx(1);
    const auto svg = map::page_bytes(page, map::Format::Svg, ctx);
    const auto label = svg.find("<g id=\"labels\"");
    REQUIRE(label != std::string::npos);
    CHECK(svg.find("aria-label=\"Thị trấn Nông trường Thống Nhất\"", label) != std::string::npos);
    CHECK(svg.find("trường\nThống") == std::string::npos);
}
