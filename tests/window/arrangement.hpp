// The arrangements in which the behaviour of the window is tested: its size, how large everything
// is drawn, and its language.
//
// A scenario with the tag [arranged] opens its window with arranged(). It runs as it is written
// with its file, and in the arrangement that $DIABAN_WINDOW_AT names with the entry that ctest has
// for each. So it finds what it needs by name, says no word of one language without asking which
// one there is, and measures in shares of the map.
#pragma once

#include "session.hpp"

#include <cstdlib>
#include <stdexcept>

namespace diaban::test {

struct Arrangement {
    const char* name;
    int width, height;
    double scale;
    const char* language;
};
inline constexpr Arrangement kArrangements[] = {
    {"1280x720-vi", 1280, 720, 1, "vi"},
    {"1280x720-en", 1280, 720, 1, "en"},
    {"1920x1080-en", 1920, 1080, 1, "en"},
    {"1920x1080-150-vi", 1920, 1080, 1.5, "vi"},
};

// What was asked for, in the arrangement of this run if it has one.
inline SessionSpec arranged(SessionSpec spec) {
    const char* wanted = std::getenv("DIABAN_WINDOW_AT");
    if (!wanted) return spec;
    for (const Arrangement& at : kArrangements)
        if (wanted == std::string(at.name)) {
            spec.width = at.width;
            spec.height = at.height;
            spec.scale = at.scale;
            spec.language = at.language;
            return spec;
        }
    throw std::runtime_error("DIABAN_WINDOW_AT names no arrangement: " + std::string(wanted));
}

// The words that the window says in its language.
inline std::string said(Session& window, const char* vietnamese, const char* english) {
    return window.text("language") == "en" ? english : vietnamese;
}

} // namespace diaban::test
