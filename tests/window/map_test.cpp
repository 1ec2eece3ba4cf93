// The sample province on screen: camera, hover, pin, years, classes.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "overlap.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <thread>

using namespace diaban::test;

namespace {

std::string shot(const SessionSpec& spec, const std::string& what) {
    return what + "_" + std::to_string(spec.width) + "x" + std::to_string(spec.height) + "_" +
           std::to_string(static_cast<int>(spec.scale * 100)) + "_" + spec.language;
}

// A spot on the map where some commune lies; leaves the mouse there.
ItemBox find_commune(Session& window) {
    const ItemBox map = window.need("map");
    for (const double dy : {0.0, 0.06, -0.06, 0.12, -0.12})
        for (const double dx : {0.0, 0.05, -0.05, 0.1, -0.1}) {
            const double x = map.x() + dx * (map.x1 - map.x0), y = map.y() + dy * (map.y1 - map.y0);
            window.move(x, y);
            if (!window.text("hovered").empty()) return {x, y, x, y};
        }
    return {};
}

// The whole number behind a sign in a line of the status bar: 1037716 of "… X 1.037.716  Y …".
double number_behind(const std::string& line, const std::string& sign) {
    const auto at = line.find(sign);
    if (at == std::string::npos) return -1;
    std::string digits;
    for (auto i = at + sign.size(); i < line.size() && line[i] != ' '; ++i)
        if (line[i] != '.') digits += line[i];
    return std::stod(digits);
}

} // namespace

TEST_CASE("the sample opens, and is readable at every size") {
    if (!can_open_windows()) return;
    const SessionSpec specs[] = {
        {.files = {sample_project().string()}},
        {.files = {sample_project().string()}, .scale = 1.5},
        {.files = {sample_project().string()}, .width = 1280, .height = 720},
        {.files = {sample_project().string()}, .language = "en"}};
    for (const SessionSpec& spec : specs) {
        Session window(spec);
        CHECK(window.text("loaded") == "yes");
        CHECK_FALSE(window.text("period").empty());
        CHECK(window.value("scale") == Approx(spec.scale));
        CHECK(window.value("problems") == 0);
        const ItemBox map = window.need("map");
        // The map is the largest thing.
        CHECK((map.x1 - map.x0) * (map.y1 - map.y0) > 0.4 * spec.width * spec.height);
        const ItemBox at = find_commune(window);
        REQUIRE_FALSE(window.text("hovered").empty());
        window.need("map.tooltip");
        CHECK_FALSE(window.text("tooltip").empty());
        window.click_at(at.x0, at.y0);
        CHECK(window.text("pinned") == window.text("hovered"));
        window.need("card.title");
        window.screenshot(shot(spec, "sample"));
    }
}

TEST_CASE("years go by keys and by the slider", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const int year = std::stoi(window.text("period"));
    window.key("Left");
    CHECK(window.text("period") == std::to_string(year - 1));
    window.key("Right");
    window.key("period");
    CHECK(window.text("period") == std::to_string(year + 1));
    window.key("comma");
    CHECK(window.text("period") == std::to_string(year));
    const ItemBox slider = window.need("timeline.slider");
    window.click_at(slider.x1 - 4, slider.y());
    const int last = std::stoi(window.text("period"));
    CHECK(last > year);
    window.key("Right"); // there is nothing after the last year
    CHECK(window.text("period") == std::to_string(last));
    const ItemBox knob = window.need("timeline.knob");
    window.drag(knob.x(), knob.y(), slider.x0 + 4, slider.y());
    CHECK(std::stoi(window.text("period")) < year);
    window.key("ctrl+z"); // the whole drag is one step
    CHECK(window.text("period") == std::to_string(last));
}

TEST_CASE("playing steps through the years until stopped", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const std::string year = window.text("period");
    window.key("space");
    window.until(
        "another year", [&] { return window.text("period") != year; }, 10);
    window.key("space");
    const std::string stopped = window.text("period");
    std::this_thread::sleep_for(std::chrono::milliseconds(1600));
    CHECK(window.text("period") == stopped);
}

TEST_CASE("the speed of playing is chosen, and kept") {
    if (!can_open_windows()) return;
    const TempFolder home;
    {
        Session window({.files = {sample_project().string()}, .home = home.path()});
        CHECK(window.value("play.speed") == 1);
        window.click("ui.timeline.speed");
        window.click("ui.timeline.speed:3");
        CHECK(window.value("play.speed") == 4);
        const std::string year = window.text("period");
        window.key("space");
        window.until(
            "another year", [&] { return window.text("period") != year; }, 10);
        window.key("space");
        CHECK(window.end() == 0);
    }
    Session window({.files = {sample_project().string()}, .home = home.path()});
    CHECK(window.value("play.speed") == 4);
}

TEST_CASE("the right button tells what lies at a spot, and leads to its card", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox at = find_commune(window);
    window.tool({"mousemove", std::to_string(static_cast<int>(at.x0)),
                 std::to_string(static_cast<int>(at.y0)), "click", "3"});
    window.settle();
    window.need("identify.unit");
    const std::string told = window.text("identify");
    CHECK(told.find("|") != std::string::npos);
    CHECK(told.find(window.text("period")) != std::string::npos);
    CHECK(window.text("pinned").empty()); // it is asked about, not chosen
    window.screenshot("identified");
    window.click("identify.unit");
    window.until("its card", [&] { return !window.text("pinned").empty(); });
    CHECK_FALSE(window.item("identify.unit"));
    // Beside the communes it says so; Esc closes it.
    const ItemBox map = window.need("map");
    window.tool({"mousemove", std::to_string(static_cast<int>(map.x0) + 12),
                 std::to_string(static_cast<int>(map.y1) - 60), "click", "3"});
    window.settle();
    CHECK(window.text("identify").find(said(window, "Ngoài các xã", "Outside the communes")) == 0);
    window.key("Escape");
    CHECK(window.text("identify").empty());
    CHECK_FALSE(window.text("pinned").empty()); // the key closed that alone
}

TEST_CASE("the camera: wheel to the cursor, drag, zoom to all", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox map = window.need("map");
    const double all = window.value("camera.metres_per_px");
    const double x = map.x0 + 0.62 * (map.x1 - map.x0), y = map.y0 + 0.4 * (map.y1 - map.y0);
    // Where the camera maps a pixel of the screen.
    auto under = [&](double px, double py) {
        const double m = window.value("camera.metres_per_px");
        return std::pair(window.value("camera.x") + (px - map.x()) * m,
                         window.value("camera.y") - (py - map.y()) * m);
    };
    window.move(x, y);
    const auto before = under(x, y);
    window.wheel(6);
    CHECK(window.value("camera.metres_per_px") < all / 4);
    const auto after = under(x, y);
    CHECK(std::hypot(after.first - before.first, after.second - before.second) < all * 1.5);
    window.screenshot("zoomed");

    const auto held = under(x, y);
    window.drag(x, y, x - 180, y + 90);
    const auto there = under(x - 180, y + 90);
    CHECK(std::hypot(there.first - held.first, there.second - held.second) <
          window.value("camera.metres_per_px") * 3);
    CHECK(window.text("pinned").empty()); // a drag is no click

    window.key("Home");
    CHECK(window.value("camera.metres_per_px") == Approx(all).epsilon(0.01));
    window.double_click_at(x, y);
    CHECK(window.value("camera.metres_per_px") < all * 0.6);
    window.click("ui.tool.zoom_all");
    CHECK(window.value("camera.metres_per_px") == Approx(all).epsilon(0.01));
}

TEST_CASE("the status bar tells where the mouse is, in degrees and VN-2000, and the scale") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    const ItemBox map = window.need("map");
    const auto told = [&](double x, double y) {
        window.move(x, y);
        const std::string plane = window.text("status.plane");
        INFO(plane);
        CHECK(plane.starts_with("VN-2000"));
        return std::pair(number_behind(plane, "X "), number_behind(plane, "Y "));
    };
    const double metres = window.value("camera.metres_per_px");
    // X northwards, Y eastwards, as surveyors write them.
    const auto [north, east] = told(map.x(), map.y());
    CHECK(north == Approx(window.value("camera.y")).margin(1.5 * metres));
    CHECK(east == Approx(window.value("camera.x")).margin(1.5 * metres));
    const auto latitude = [&] {
        std::string told_degrees = window.text("status.degrees");
        std::replace(told_degrees.begin(), told_degrees.end(), ',', '.');
        return std::stod(told_degrees);
    };
    const double middle = latitude();
    CHECK(window.text("status.degrees").find("° B") != std::string::npos);
    CHECK(window.text("status.degrees").find("° Đ") != std::string::npos);
    const auto [above, same] = told(map.x(), map.y() - 100);
    CHECK(above - north == Approx(100 * metres).margin(2));
    constexpr double kMetresOfADegree = 110'600; // of a meridian, 9 degrees from the equator
    CHECK((latitude() - middle) * kMetresOfADegree == Approx(100 * metres).epsilon(0.005));
    CHECK(same == Approx(east).margin(2));
    const auto [level, right] = told(map.x() + 100, map.y());
    CHECK(level == Approx(north).margin(2));
    CHECK(right - east == Approx(100 * metres).margin(2));
    // A pixel is a ninety-sixth of an inch, as in CSS; the scale has three figures.
    const auto scale = [&] { return number_behind(window.text("status.scale"), "1 : "); };
    const double all = scale();
    CHECK(all == Approx(metres * 96 / 0.0254).epsilon(0.006));
    window.wheel(4);
    CHECK(window.value("camera.metres_per_px") < metres);
    CHECK(scale() < all / 2);
    CHECK(scale() == Approx(window.value("camera.metres_per_px") * 96 / 0.0254).epsilon(0.006));
    window.key("Home");
    CHECK(scale() == all);
    // Beside the map it points at nothing.
    const ItemBox bar = window.need("ui.tool.undo");
    window.move(bar.x(), bar.y());
    CHECK_FALSE(window.item("status.plane"));
}

TEST_CASE("selecting: pin, ctrl, box, escape", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const ItemBox at = find_commune(window);
    window.click_at(at.x0, at.y0);
    CHECK(window.value("selected") == 1);
    const ItemBox map = window.need("map");
    window.drag(map.x() - 150, map.y() - 150, map.x() + 150, map.y() + 150, "shift");
    const double boxed = window.value("selected");
    CHECK(boxed > 3);
    window.need("card.selection"); // how many, and what they have together
    CHECK_FALSE(window.text("together:" + window.text("indicator")).empty());
    window.screenshot("selected");
    window.click_at(at.x0, at.y0, "ctrl");
    CHECK(std::abs(window.value("selected") - boxed) == 1);
    window.key("Escape");
    CHECK(window.value("selected") == 0);
    CHECK(window.text("pinned").empty());
    // A row of the legend selects its communes, as many as stand there.
    std::set<double> counts;
    for (int row = 0; row < 3; ++row) {
        const std::string of = std::to_string(row);
        window.click("legend:" + of);
        const double count = std::stod(window.text("legend.count:" + of));
        CHECK(window.value("selected") == count);
        CHECK(count > 0);
        counts.insert(count);
    }
    CHECK(counts.size() == 3); // no row stands for another
}

TEST_CASE("indicator, method, classes, palette; and undo takes each back", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    const std::string first = window.text("indicator");
    window.click_left("indicator:population");
    CHECK(window.text("indicator") == "population");
    CHECK(window.text("method") == "quantile");
    window.scroll_to("ui.choice.method");
    window.click("ui.choice.method");
    window.click("ui.choice.method:1");
    CHECK(window.text("method") == "equal");
    window.key("bracketright");
    CHECK(window.value("k") == 6);
    window.key("bracketleft");
    window.key("bracketleft");
    CHECK(window.value("k") == 4);
    window.scroll_to("ui.choice.palette");
    window.click("ui.choice.palette");
    // Each palette as it is usually seen and on a grey copy.
    const double y = window.need("palette:Blues").y();
    window.move(window.need("map").x(), window.need("map").y()); // no tooltip over the list
    const auto usual = window.pixel(window.need("vision:usual").x(), y);
    const auto grey = window.pixel(window.need("vision:grey").x(), y);
    CHECK((usual.substr(1, 2) != usual.substr(3, 2) || usual.substr(3, 2) != usual.substr(5, 2)));
    CHECK((grey.substr(1, 2) == grey.substr(3, 2) && grey.substr(3, 2) == grey.substr(5, 2)));
    window.screenshot("palettes");
    window.scroll_to("palette:viridis");
    window.click("palette:viridis");
    CHECK(window.text("palette") == "viridis");
    window.screenshot("choices");
    window.key("ctrl+z");
    CHECK(window.text("palette") != "viridis");
    for (int i = 0; i < 8 && window.text("indicator") != first; ++i) window.key("ctrl+z");
    CHECK(window.text("indicator") == first);
    window.key("ctrl+shift+z");
    CHECK(window.text("indicator") == "population");
}

TEST_CASE("statuses are told apart by hatches, which can be switched off") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    // A spot inside a commune whose class has a hatch.
    const ItemBox map = window.need("map");
    ItemBox spot;
    for (double y = map.y0 + 150; y < map.y1 - 100 && spot.x0 == 0; y += 40)
        for (double x = map.x() - 250; x < map.x() + 250 && spot.x0 == 0; x += 40) {
            window.move(x, y);
            if (window.text("tooltip").ends_with("có tệ nạn")) spot = {x, y, x, y};
        }
    REQUIRE(spot.x0 > 0);
    window.wheel(8); // nothing but this commune around the spot, and perhaps its name
    window.move(map.x0 + 20, map.y0 + 20);
    const auto plain_somewhere = [&] {
        for (const double dx : {-45.0, 0.0, 45.0})
            for (const double dy : {-45.0, 0.0, 45.0})
                if (window.colours(spot.x0 + dx, spot.y0 + dy, 14) == 1) return true;
        return false;
    };
    CHECK_FALSE(plain_somewhere());
    window.screenshot("hatches");
    window.click("ui.menu.view");
    window.click("ui.menu.hatches");
    window.move(map.x0 + 20, map.y0 + 20);
    CHECK(plain_somewhere());
}

TEST_CASE("an idle window uses no processor") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto begin = std::chrono::steady_clock::now();
    const double before = window.cpu_seconds();
    std::this_thread::sleep_for(std::chrono::seconds(4));
    const double used = window.cpu_seconds() - before;
    // On a busy machine the wait is longer than it was meant to be.
    const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - begin;
    CHECK(used < 0.01 * waited.count());
}

TEST_CASE("at one and a half times on a small screen nothing overlaps and the legend is there") {
    if (!can_open_windows()) return;
    for (const char* language : {"vi", "en"}) {
        Session window({.files = {sample_project().string()},
                        .width = 1280,
                        .height = 720,
                        .scale = 1.5,
                        .language = language});
        INFO(language);
        std::vector<std::pair<std::string, ItemBox>> tools;
        for (const char* name :
             {"ui.tool.drawer", "ui.tool.open", "ui.tool.save", "ui.tool.undo", "ui.tool.redo",
              "ui.tool.zoom_in", "ui.tool.zoom_out", "ui.tool.zoom_all", "ui.tool.box",
              "ui.tool.lasso", "ui.tool.circle", "ui.tool.ruler", "ui.mode.one", "ui.mode.compare",
              "ui.mode.multiples", "ui.mode.change", "ui.tool.more", "ui.tool.legend",
              "ui.tool.export"})
            if (const auto box = window.item(name)) tools.emplace_back(name, *box);
        REQUIRE(tools.size() >= 8);
        for (std::size_t i = 0; i < tools.size(); ++i) {
            INFO(tools[i].first);
            CHECK(tools[i].second.x1 <= 1280);
            if (i > 0) CHECK(tools[i].second.x0 >= tools[i - 1].second.x1);
        }
        // The menus end before the search begins.
        CHECK(window.need("ui.menu.help").x1 <= window.need("ui.search").x0);
        const ItemBox legend = window.need("small_legend");
        CHECK(legend.y1 <= window.need("map").y1);
        window.need("legend:0");
        // The banner lies over no commune.
        const ItemBox banner = window.need("map.banner");
        for (double x = banner.x0 + 2; x < banner.x1; x += 12) {
            window.move(x, banner.y());
            window.settle();
            CHECK(window.text("hovered").empty());
        }
        window.screenshot(std::string("scaled-") + language);
        window.click("ui.tool.legend");
        window.until("the panel", [&] { return !window.item("small_legend"); });
        window.need("legend:0");
        window.screenshot(std::string("scaled-overlay-") + language);
    }
}

TEST_CASE("invented data say so in every view, and a comparison counts both years") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    window.need("map.banner");
    window.need("legend.place:port");
    window.click("ui.mode.compare");
    window.settle();
    window.need("map.banner");
    CHECK(window.text("legend.years").find(" | 2015") != std::string::npos);
    CHECK(window.text("legend.count:0").find(" | ") != std::string::npos);
    window.screenshot("compare-counts");
    window.click("ui.mode.multiples");
    window.settle();
    window.need("map.banner");
    window.screenshot("multiples-banner");
}

TEST_CASE("from close by places have their names beside their symbols, which can be switched off") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}});
    for (int i = 0; i < 4 && window.value("map.place_names") == 0; ++i) {
        window.key("plus");
        window.settle();
    }
    CHECK(window.value("map.place_names") > 0);
    window.screenshot("place_names");
    const double others = window.value("map.names");
    window.click("ui.menu.view");
    window.click("ui.menu.place_names");
    window.until("none", [&] { return window.value("map.place_names") == 0; });
    CHECK(window.value("map.names") == others); // they give way to the names of units
}

TEST_CASE("at three quarters and at three times the size everything is whole and can be used") {
    if (!can_open_windows()) return;
    for (const double scale : {0.75, 3.0})
        for (const char* language : {"vi", "en"}) {
            const SessionSpec spec{
                .files = {sample_project().string()}, .scale = scale, .language = language};
            Session window(spec);
            INFO(scale << " " << language);
            CHECK(window.value("scale") == scale);
            const ItemBox map = window.need("map");
            CHECK((map.x1 - map.x0) * (map.y1 - map.y0) > 0.4 * spec.width * spec.height);
            for (const auto& [name, box] : window.named_items()) {
                INFO(name);
                CHECK(box.x0 >= 0);
                CHECK(box.x1 <= spec.width + 1);
                CHECK(box.y1 <= spec.height + 1);
            }
            CHECK(items_over_items(window.named_items()) == "");
            const std::string year = window.text("period");
            window.key("Left");
            CHECK(window.text("period") != year);
            window.click_left("indicator:population");
            CHECK(window.text("indicator") == "population");
            window.open_table();
            CHECK(items_over_items(window.named_items()) == "");
            // Where the table leaves no room for a row of the legend there is no sliver of it.
            if (const auto legend = window.item("small_legend"))
                CHECK(legend->y1 - legend->y0 > 60 * scale);
            window.screenshot(shot(spec, "scale"));
        }
}

TEST_CASE("how large everything is can be chosen in the menu, and is kept") {
    if (!can_open_windows()) return;
    const TempFolder home;
    double height = 0;
    {
        Session window({.files = {sample_project().string()}, .home = home.path()});
        const ItemBox word = window.need("ui.menu.file");
        height = word.y1 - word.y0;
        window.click("ui.menu.view");
        window.click("ui.menu.scale");
        CHECK(window.need("ui.menu.scale:100").selected);
        CHECK_FALSE(window.need("ui.menu.scale:125").selected);
        window.screenshot("scale_menu");
        window.click("ui.menu.scale:125");
        window.until("the size", [&] { return window.value("scale") == 1.25; });
        window.settle();
        const ItemBox larger = window.need("ui.menu.file");
        CHECK(larger.y1 - larger.y0 == Approx(1.25 * height).margin(2));
        CHECK(window.end() == 0);
    }
    Session window({.files = {sample_project().string()}, .scale = 0, .home = home.path()});
    CHECK(window.value("scale") == 1.25);
    const ItemBox word = window.need("ui.menu.file");
    CHECK(word.y1 - word.y0 == Approx(1.25 * height).margin(2));
}
