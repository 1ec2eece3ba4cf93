// Circles, dots, two indicators and cartograms in the window: chosen, seen, counted, undone.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban::test;

namespace {

// As they stand in the list for counts.
enum Kind { Symbols, Graduated, Dots, Choropleth, Bivariate, Cartogram };

void draw_as(Session& window, Kind kind) {
    window.scroll_to("ui.choice.kind");
    window.choose("ui.choice.kind", kind);
}

double discs(Session& window) {
    window.settle();
    return window.value("map.discs");
}

// "1.234" of a Vietnamese legend.
double legend_number(Session& window, const std::string& row) {
    std::string digits;
    for (const char c : window.text(row))
        if (c != '.') digits += c;
    return digits.empty() ? -1 : std::stod(digits);
}

double all_rows(Session& window) {
    double sum = 0;
    for (int i = 0; i < 12; ++i)
        if (const double n = legend_number(window, "legend.count:" + std::to_string(i)); n > 0)
            sum += n;
    return sum;
}

} // namespace

TEST_CASE("a count is offered as circles, and the legend counts those that are seen",
          "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.click_left("indicator:DR01");
    CHECK(window.value("map.discs") == 0);
    window.scroll_to("ui.counts.use_symbols");
    window.click("ui.counts.use_symbols");
    CHECK(window.text("map.kind") == "symbols");
    const double circles = discs(window);
    CHECK(circles > 30);
    // Zero has the first row, circles the second.
    CHECK(legend_number(window, "legend.count:1") == circles);
    CHECK(all_rows(window) == window.value("units"));
    CHECK_FALSE(window.item("ui.counts.use_symbols"));
    const auto sizes = window.text("legend.sizes");
    CHECK(std::count(sizes.begin(), sizes.end(), ' ') == 2); // three round numbers
    window.screenshot("kind-symbols");
    // Another year has other circles of the same scale.
    window.key("Left");
    CHECK(discs(window) > 30);
    CHECK(window.text("legend.sizes") == sizes);
    window.key("ctrl+z");
    window.key("ctrl+z");
    CHECK(window.text("map.kind") == "choropleth");
    CHECK(discs(window) == 0);
    window.key("ctrl+shift+z");
    CHECK(window.text("map.kind") == "symbols");
    CHECK(discs(window) == circles);
}

TEST_CASE("dots say what one stands for, which can be chosen") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.click_left("indicator:DR01");
    draw_as(window, Dots);
    CHECK(window.text("map.kind") == "dots");
    const double suits = discs(window);
    CHECK(suits > 100);
    window.screenshot("kind-dots");
    window.scroll_to("ui.choice.dot_value");
    const auto before = window.text("legend.labels");
    window.choose("ui.choice.dot_value", 4); // more for a dot: fewer dots
    CHECK(discs(window) < suits);
    CHECK(window.text("legend.labels") != before);
    CHECK(window.text("kind.command").find("--kind dots --dot-value") != std::string::npos);
    CHECK(window.text("kind.command").find("diaban map") == 0);
    // The page of the export shows the same kind.
    window.key("ctrl+e");
    window.until("the page", [&] { return window.text("export.preview") == "painted"; });
    window.screenshot("kind-dots-export");
}

TEST_CASE("two indicators have a square of nine counts; a click on one selects its communes") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.click_left("indicator:DR01");
    draw_as(window, Bivariate);
    CHECK(window.text("map.kind") == "bivariate");
    window.settle();
    double cells = 0;
    for (const char c : {'1', '2', '3'})
        for (const char r : {'1', '2', '3'}) {
            const auto n = legend_number(window, std::string("legend.pair:") + c + "/" + r);
            CHECK(n >= 0);
            cells += n;
        }
    CHECK(cells + all_rows(window) == window.value("units"));
    window.screenshot("kind-pair");
    window.scroll_to("legend.pair:3/3");
    window.click("legend.pair:3/3");
    CHECK(window.value("selected") == legend_number(window, "legend.pair:3/3"));
    window.scroll_to("ui.choice.second");
    window.choose("ui.choice.second", 1);
    window.settle();
    CHECK(window.value("problems") == 0);
}

TEST_CASE("on a cartogram the mouse finds the circles") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.click_left("indicator:population");
    draw_as(window, Cartogram);
    CHECK(window.text("map.kind") == "cartogram");
    CHECK(discs(window) == window.value("units"));
    CHECK(all_rows(window) == window.value("units"));
    window.screenshot("kind-cartogram");
    const ItemBox map = window.need("map");
    bool found = false;
    for (double dx = -0.1; dx <= 0.1 && !found; dx += 0.02) {
        window.move(map.x() + dx * (map.x1 - map.x0), map.y());
        found = !window.text("hovered").empty();
    }
    CHECK(found);
    // An indicator that is no count is coloured again.
    window.click_left("indicator:DR01_rate");
    CHECK(discs(window) == 0);
    CHECK(window.value("problems") == 0);
}
