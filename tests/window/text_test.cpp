// No words of the interface are cut, nothing lies over anything else, and none is English where the
// window is Vietnamese: in any panel, in either language, at the sizes people use. Twice the size
// and a 4K screen have files of their own, which run beside this one.
#define CATCH_CONFIG_FAST_COMPILE
#include "walk.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;

TEST_CASE("items that lie over one another are found, those within another are not") {
    const auto over = [](const ItemBox& a, const ItemBox& b, const char* name = "other") {
        return items_over_items({{"one", a}, {name, b}});
    };
    const ItemBox button{.x0 = 10, .y0 = 10, .x1 = 90, .y1 = 40, .panel = "export"};
    const auto at = [](double x0, double y0, double x1, double y1, const char* panel = "export") {
        return ItemBox{.x0 = x0, .y0 = y0, .x1 = x1, .y1 = y1, .panel = panel};
    };
    CHECK(over(button, at(60, 12, 140, 42)) == "export: one | other"); // over its end
    CHECK(over(button, at(12, 20, 92, 50)) == "export: one | other");  // below it, too high
    CHECK(over(button, at(14, 14, 88, 38)) == "export: one | other");  // of its size, within it
    CHECK(over(button, at(60, 12, 140, 42), "one.fewer").empty());     // a part of it
    CHECK(over(button, at(70, 12, 88, 38)).empty());                   // a cross in its row
    CHECK(over(button, at(10, 38, 90, 68)).empty());                   // close below
    CHECK(over(button, at(60, 12, 140, 42, "menu")).empty());          // another panel
    CHECK(over(button, button).empty());                               // one of two names
}

TEST_CASE("English among Vietnamese texts is found, names and units are not") {
    const EnglishTexts english(DIABAN_TREE);
    CHECK(english.among("Findings\nPháthiện\n") == "Findings");
    CHECK(english.among("Zoomtoall\n") == "Zoomtoall");
    CHECK(english.among("7:Saveview…\n") == "7:Saveview…"); // a phrase within a line
    // A line of a longer text.
    CHECK(english.among("inascendingorder,eachlarger\n") == "inascendingorder,eachlarger");
    CHECK(english.among("population\nstatus=hot\nnotknown(DR01)\n").empty());
    CHECK(english.among("Getis-OrdGi*\nVN-2000UTM48N:X1.037.716\nBenjamini-Hochberg\n").empty());
    CHECK(english.among("XãBìnhThạnh\nHuyệnGiaiHà\ntinh_mau.diaban\n").empty());
}

TEST_CASE("no words are cut on a small screen") {
    if (can_open_windows()) walk_panels(1280, 720, 1);
}

TEST_CASE("numbers with their buttons are whole where a small screen is read at one and a half") {
    if (!can_open_windows()) return;
    for (const char* language : {"vi", "en"}) {
        Session window({.files = {sample_project().string()},
                        .width = 1280,
                        .height = 720,
                        .scale = 1.5,
                        .language = language});
        INFO(language);
        window.click("ui.menu.analysis");
        window.click("ui.neighbours");
        window.click("ui.hotspots.neighbours");
        window.click("ui.hotspots.neighbours:3"); // a band of so many kilometres
        const std::string km = "ui.hotspots.distance";
        window.need(km + ".number");
        window.screenshot(std::string("stepper-") + language);
        CHECK(window.text("cuts") == "");
        const ItemBox number = window.need(km + ".number");
        CHECK(number.x0 > window.need(km + ".fewer").x1);
        CHECK(number.x1 < window.need(km + ".more").x0);
    }
}

TEST_CASE("no words are cut on a usual screen") {
    if (can_open_windows()) walk_panels(1920, 1080, 1);
}

TEST_CASE("no words are cut where everything is half as large again") {
    if (can_open_windows()) walk_panels(1920, 1080, 1.5);
}
