// A walk through all panels of the window, with an eye on its words.
#pragma once

#include "english.hpp"
#include "overlap.hpp"
#include "session.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

namespace diaban::test {

struct PanelPlace {
    const char *menu, *item;
    bool closes; // with Esc, and uncovers what was there
};
inline constexpr PanelPlace kPanelPlaces[] = {
    {"ui.menu.file", "ui.menu.export", true},
    {"ui.menu.file", "ui.import.menu", true},
    {"ui.menu.file", "ui.layout.menu", true},
    {"ui.menu.edit", "ui.history", true},
    {"ui.menu.view", "ui.legend.edit", true},
    {"ui.menu.data", "ui.store.menu", true},
    {"ui.menu.data", "ui.lines", true},
    {"ui.menu.analysis", "ui.buffer", true},
    {"ui.menu.analysis", "ui.near", true},
    {"ui.menu.analysis", "ui.query", true},
    {"ui.menu.analysis", "ui.patrol", true},
    {"ui.menu.analysis", "ui.hotspots", true},
    {"ui.menu.analysis", "ui.neighbours", true},
    {"ui.menu.plan", "ui.statuses", true},
    {"ui.menu.plan", "ui.sheet.menu", true},
    {"ui.menu.present", "ui.views", true},
    {"ui.menu.help", "ui.guide", true},
    {"ui.menu.help", "ui.about", true},
    {"ui.menu.view", "ui.timeline.findings", false},
    {"ui.menu.analysis", "ui.charts", false},
    {"ui.menu.analysis", "ui.matrix", false},
    {"ui.menu.analysis", "ui.sql", false},
    {"ui.menu.plan", "ui.targets", false},
};

// Opens every panel, in Vietnamese by day and in English by night, and looks at the words that are
// drawn there. $DIABAN_WINDOW_THEME (light, dark) gives both the same theme, for pictures.
inline void walk_panels(int width, int height, double scale) {
    const EnglishTexts english(DIABAN_TREE);
    for (const char* language : {"vi", "en"}) {
        const std::string where = std::to_string(width) + "-" +
                                  std::to_string(static_cast<int>(scale * 100)) + "-" + language;
        const bool vietnamese = language == std::string("vi");
        const char* wanted = std::getenv("DIABAN_WINDOW_THEME");
        const std::string theme = wanted ? wanted : vietnamese ? "light" : "dark";
        const TempFolder home;
        std::filesystem::create_directories(home / "config/diaban");
        std::ofstream(home / "config/diaban/settings.json") << R"({"theme": ")" << theme << "\"}";
        Session window({.files = {sample_project().string()},
                        .width = width,
                        .height = height,
                        .scale = scale,
                        .language = language,
                        .home = home.path()});
        INFO(where);
        CHECK(window.text("cuts") == "");
        CHECK(window.text("overlaps") == "");
        const auto word = window.need("ui.menu.file");
        CHECK((window.pixel(word.x0 - 2, word.y1 - 1) > "#808080") == (theme == "light")); // ground
        const std::string found = english.among(window.text("texts"));
        CHECK((vietnamese ? found : "") == "");
        CHECK((vietnamese || !found.empty())); // where there is English it is found
        for (const PanelPlace& place : kPanelPlaces) {
            INFO(place.item);
            window.click(place.menu);
            if (vietnamese) CHECK(english.among(window.text("texts")) == "");
            window.click(place.item);
            window.settle();
            if (vietnamese) CHECK(english.among(window.text("texts")) == "");
            CHECK(window.text("cuts") == "");
            CHECK(window.text("overlaps") == "");
            CHECK(items_over_items(window.named_items()) == "");
            window.screenshot("text-" + where + "-" + place.item);
            if (!place.closes) continue;
            window.key("Escape");
            window.settle();
        }
    }
}

} // namespace diaban::test
