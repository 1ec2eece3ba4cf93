// Work that is kept: history, saving, the question before leaving, recovery after a crash.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "overlap.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <thread>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

// A copy of the sample that a test may change.
fs::path own_project(const TempFolder& folder) {
    for (const auto& entry : fs::directory_iterator(sample_project().parent_path()))
        fs::copy_file(entry.path(), folder.path() / entry.path().filename());
    return folder.path() / sample_project().filename();
}

} // namespace

TEST_CASE("the history shows every change, and a click goes there and back", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}}));
    window.click_left("indicator:population");
    window.key("bracketright");
    window.click("ui.menu.edit");
    window.click("ui.history");
    window.need("history:2");
    window.screenshot("history");
    CHECK(window.value("history") == 2);
    CHECK(window.text("history:2").ends_with(": 5 → 6"));
    CHECK(window.text("history:1").find(said(window, "Dân số", "Population")) != std::string::npos);
    window.click("history:0");
    CHECK(window.text("indicator") != "population");
    CHECK(window.item("history:2")); // what was undone is still there
    window.click("history:2");
    CHECK(window.text("indicator") == "population");
    CHECK(window.value("k") == 6);
    window.key("Escape");
    CHECK_FALSE(window.item("history:0"));
}

TEST_CASE("regions fold away and come back, and the next window has them as they were left") {
    if (!can_open_windows()) return;
    const TempFolder home;
    double map_begins = 0, map_ends = 0;
    {
        Session window({.files = {sample_project().string()}, .home = home.path()});
        const ItemBox map = window.need("map");
        map_begins = map.x0, map_ends = map.x1;
        window.click("ui.menu.view");
        window.click("ui.menu.left");
        window.need("fold.left");
        CHECK(window.need("map").x0 < map_begins);
        CHECK_FALSE(window.item("indicator:population"));
        window.click("fold.left");
        window.need("indicator:population");
        CHECK(window.need("map").x0 == map_begins);
        CHECK_FALSE(window.item("fold.left"));
        window.click("ui.menu.view");
        window.click("ui.menu.right");
        window.need("fold.right");
        CHECK(window.need("map").x1 > map_ends);
        window.screenshot("folded");
        CHECK(window.end() == 0);
    }
    Session window({.files = {sample_project().string()}, .home = home.path()});
    window.need("fold.right");
    CHECK_FALSE(window.item("fold.left"));
    CHECK(window.need("map").x0 == map_begins);
    CHECK(window.need("map").x1 > map_ends);
    window.click("fold.right");
    CHECK(window.need("map").x1 == map_ends);
    window.need("legend:0");
}

TEST_CASE("the edges between regions are dragged, and the next window has the same widths") {
    if (!can_open_windows()) return;
    const TempFolder home;
    constexpr const char* kEdges[] = {"split.left", "split.right", "split.bottom"};
    constexpr double kWay[][2] = {{80, 0}, {-60, 0}, {0, -50}};
    std::vector<ItemBox> left_at;
    ItemBox map_left;
    {
        Session window({.files = {sample_project().string()}, .home = home.path()});
        const ItemBox before = window.need("map");
        for (std::size_t i = 0; i < std::size(kEdges); ++i) {
            INFO(kEdges[i]);
            const ItemBox edge = window.need(kEdges[i]);
            // Away from where the regions meet others.
            const double x = i == 2 ? edge.x0 + 200 : edge.x(),
                         y = i == 2 ? edge.y() : edge.y0 + 90;
            window.move(x, y);
            window.drag(x, y, x + kWay[i][0], y + kWay[i][1]);
            const ItemBox now = window.need(kEdges[i]);
            CHECK(now.x() - edge.x() == Approx(kWay[i][0]).margin(2));
            CHECK(now.y1 - edge.y1 == Approx(kWay[i][1]).margin(2));
        }
        map_left = window.need("map");
        CHECK(map_left.x0 - before.x0 == Approx(80).margin(2));
        CHECK(map_left.x1 - before.x1 == Approx(-60).margin(2));
        CHECK(map_left.y1 - before.y1 == Approx(-50).margin(2));
        CHECK(window.text("pinned").empty()); // the map below saw nothing of it
        for (const char* edge : kEdges) left_at.push_back(window.need(edge));
        window.screenshot("edges");
        CHECK(window.end() == 0);
    }
    Session window({.files = {sample_project().string()}, .home = home.path()});
    for (std::size_t i = 0; i < std::size(kEdges); ++i) {
        INFO(kEdges[i]);
        CHECK(window.need(kEdges[i]).x() == Approx(left_at[i].x()).margin(1));
        CHECK(window.need(kEdges[i]).y() == Approx(left_at[i].y()).margin(1));
    }
    CHECK(window.need("map").x0 == Approx(map_left.x0).margin(1));
    CHECK(window.need("map").x1 == Approx(map_left.x1).margin(1));
    CHECK(window.need("map").y1 == Approx(map_left.y1).margin(1));
}

TEST_CASE("leaving asks once there is something to lose; saving keeps it", "[arranged]") {
    if (!can_open_windows()) return;
    TempFolder folder;
    const auto project = own_project(folder);
    {
        Session window(arranged({.files = {project.string()}}));
        window.click_left("indicator:population");
        CHECK(window.text("unsaved") == "yes");
        REQUIRE_FALSE(window.close_window());
        window.screenshot("leaving");
        window.click("ui.file.cancel");
        CHECK(window.running());
        window.key("ctrl+s");
        CHECK(window.text("unsaved") == "no");
        CHECK(window.close_window());
    }
    Session again({.files = {project.string()}});
    CHECK(again.text("indicator") == "population");
}

TEST_CASE("saving as another file leaves the first, and either is opened again by the menu",
          "[arranged]") {
    if (!can_open_windows()) return;
    TempFolder folder, home;
    const auto project = own_project(folder);
    const std::string before = bytes_of(project);
    const auto other = folder / "khac.diaban";
    Session window(arranged({.files = {project.string()}, .home = home.path()}));
    const std::string indicator = window.text("indicator");
    CHECK(window.title().starts_with(project.filename().string()));
    window.click_left("indicator:population");
    CHECK(window.title().starts_with("• "));
    window.key("ctrl+shift+s");
    window.need("ui.file.filter");
    window.key("ctrl+a"); // the name that is proposed
    window.pick(other);
    window.until("the file", [&] { return fs::exists(other); });
    window.settle();
    CHECK(window.title().starts_with("khac.diaban"));
    CHECK(window.text("unsaved") == "no");
    CHECK(window.text("status.notice").find("khac.diaban") != std::string::npos);
    CHECK(bytes_of(project) == before);
    CHECK(bytes_of(other).find("\"indicator\": \"population\"") != std::string::npos);
    // What is saved now goes into the other file.
    window.key("bracketright");
    window.key("ctrl+s");
    CHECK(bytes_of(other).find("\"k\": 6") != std::string::npos);
    CHECK(bytes_of(project) == before);
    // The newest comes first.
    const auto open_recent = [&](int row) {
        window.click("ui.menu.file");
        window.click("ui.menu.recent");
        window.click("menu.recent:" + std::to_string(row));
        window.until(
            "the map", [&] { return window.text("loaded") == "yes" && window.at_rest(); }, 60);
        window.settle();
    };
    open_recent(1);
    window.until("the first file",
                 [&] { return window.title().starts_with(project.filename().string()); });
    window.until("its map", [&] { return window.text("indicator") == indicator; });
    open_recent(1); // the other one is second now
    window.until("the other file", [&] { return window.title().starts_with("khac.diaban"); });
    window.until("its map", [&] { return window.text("indicator") == "population"; });
    CHECK(window.value("k") == 6);
    CHECK(window.value("problems") == 0);
    CHECK(window.end() == 0);
    const auto settings = bytes_of(home.path() / "config" / "diaban" / "settings.json");
    const auto first = settings.find(other.string()), second = settings.find(project.string());
    CHECK(second != std::string::npos);
    CHECK(first < second);
}

TEST_CASE("what a crash interrupted is offered at the next start, and the file stays as it was",
          "[arranged]") {
    if (!can_open_windows()) return;
    TempFolder folder, home;
    const auto project = own_project(folder);
    {
        Session window(arranged({.files = {project.string()}, .home = home.path()}));
        window.click_left("indicator:population");
        window.key("bracketright");
        const auto kept = home.path() / "config" / "diaban" / "recovery";
        window.until("the copy", [&] {
            for (const auto& entry : fs::directory_iterator(kept))
                if (entry.path().extension() == ".recovery") return true;
            return false;
        });
        window.key("bracketright");
        window.until("the latest change", [&] { return window.value("k") == 7; });
        std::this_thread::sleep_for(std::chrono::seconds(4));
        window.crash();
    }
    {
        Session window(arranged({.wait_for_map = false, .home = home.path()}));
        window.need("ui.recovery.take");
        window.screenshot("recovery");
        window.click("ui.recovery.take");
        window.until(
            "the map", [&] { return window.text("map_shown") == "yes"; }, 60);
        CHECK(window.text("indicator") == "population");
        CHECK(window.value("k") == 7);
        CHECK(window.text("unsaved") == "yes");
        CHECK_FALSE(window.item("ui.recovery.take"));
    }
    Session saved({.files = {project.string()}});
    CHECK(saved.text("indicator") != "population");
}

TEST_CASE(
    "a window that is made smaller and larger again keeps what was chosen, all of it inside") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    window.click("indicator:population");
    window.key("Left");
    window.key("m");
    const std::string year = window.text("period");
    const double metres = window.value("camera.metres_per_px");
    struct Size {
        int width, height;
    };
    for (const Size size : {Size{1280, 720}, Size{900, 600}, Size{700, 450}, Size{1920, 1080}}) {
        INFO(size.width);
        window.tool({"windowsize", window.id(), std::to_string(size.width),
                     std::to_string(size.height), "mousemove", "200", "200"});
        window.until("the size", [&] {
            const auto map = window.item("map");
            const auto bar = window.item("status.scale");
            return map && bar && map->x1 > 0.5 * size.width && map->x1 <= size.width &&
                   std::abs(bar->y1 - size.height) < 2;
        });
        window.settle();
        for (const auto& [name, box] : window.named_items()) {
            INFO(name);
            CHECK(box.x1 <= size.width + 1);
            CHECK(box.y1 <= size.height + 1);
        }
        CHECK(items_over_items(window.named_items()) == "");
        CHECK(window.text("indicator") == "population");
        CHECK(window.text("period") == year);
        CHECK(window.text("tool") == "ruler");
        window.screenshot("resized_" + std::to_string(size.width));
    }
    CHECK(window.value("camera.metres_per_px") == Approx(metres).epsilon(0.02));
}
