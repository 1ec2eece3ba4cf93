#include "gui/regions.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban::gui;

namespace {

// A window of 1920x1080 in the order in which it is drawn.
std::vector<RegionAt> desk() {
    return {{"map", "map", 300, 84, 1560, 780},       {"timeline", "timeline", 0, 780, 1920, 834},
            {"table", "table", 0, 834, 1920, 1050},   {"data", "data", 0, 84, 300, 780},
            {"right", "right", 1560, 84, 1920, 780},  {"toolbar", "toolbar", 0, 36, 1920, 84},
            {"menus", "menu/menus", 90, 1, 900, 35},  {"menu", "menu", 0, 0, 1920, 36},
            {"status", "status", 0, 1050, 1920, 1080}};
}

std::vector<std::string> walked(const std::vector<RegionAt>& drawn) {
    std::vector<std::string> out;
    for (const std::size_t i : region_order(drawn)) out.push_back(drawn[i].id);
    return out;
}

std::string region_after(const std::vector<RegionAt>& drawn, std::string_view id, int step) {
    const auto at = next_region(drawn, id, step);
    return at ? drawn[*at].id : "";
}

using RegionNames = std::vector<std::string>;

} // namespace

TEST_CASE("the keyboard walks through the regions as one reads them, and around") {
    const auto drawn = desk();
    CHECK(walked(drawn) == RegionNames{"menus", "menu", "toolbar", "data", "map", "right",
                                       "timeline", "table", "status"});
    CHECK(region_after(drawn, "data", 1) == "map");
    CHECK(region_after(drawn, "data", -1) == "toolbar");
    CHECK(region_after(drawn, "status", 1) == "menus");
    CHECK(region_after(drawn, "menus", -1) == "status");
    CHECK(region_after(drawn, "", 1) == "menus");
    CHECK(region_after(drawn, "what was closed", -1) == "status");
    CHECK_FALSE(next_region({}, "map", 1));
}

TEST_CASE("what lies below a sheet has no turn; what it leaves free has one") {
    auto drawn = desk();
    drawn.insert(drawn.begin() + 5, {"import", "import", 300, 84, 1920, 1050, true});
    CHECK(walked(drawn) == RegionNames{"menus", "menu", "toolbar", "data", "import", "status"});
}

TEST_CASE("a drawer beside the middle of the map hides nothing, and a fold of no width is none") {
    auto drawn = desk();
    drawn[0].x0 = 0;
    drawn[3].overlay = true;
    drawn.push_back({"fold.right", "fold.right", 1900, 84, 1900, 780});
    const auto order = walked(drawn);
    CHECK(std::count(order.begin(), order.end(), "map") == 1);
    CHECK(std::count(order.begin(), order.end(), "fold.right") == 0);
}

TEST_CASE("a question keeps the keyboard until it is answered") {
    auto drawn = desk();
    drawn.push_back({"leave", "leave", 700, 400, 1200, 540, true, true});
    CHECK(walked(drawn) == RegionNames{"leave"});
    CHECK(region_after(drawn, "map", 1) == "leave");
}
