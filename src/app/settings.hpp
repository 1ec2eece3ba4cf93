// What the program remembers per user: language, theme, window, recent files.
//
// Guarantees: unknown keys of the file survive; bad values fall back to the default and become
// findings; a missing or unwritable file is no error.
#pragma once

#include "base/error.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace diaban::app {

// How many times as fast as a year a second the years may be played.
inline constexpr std::array<double, 4> kPlaySpeeds{0.5, 1, 2, 4};

struct Settings {
    std::string language;        // "vi", "en"; empty: from the environment
    std::string theme = "light"; // "light", "dark"
    double scale = 0;            // interface scale; 0 = the monitor's
    int window_width = 1440, window_height = 900;
    bool maximised = false;
    double left_width = 300, right_width = 360, bottom_height = 214; // at scale 1
    bool hatches = true; // of classes on the map; the empties always have theirs
    bool area_names = true, unit_names = true; // on the map: districts and provinces; communes
    bool place_names = true;                   // beside their symbols, where there is room
    double play_speed = 1;                     // one of kPlaySpeeds
    bool left_open = true, right_open = true, bottom_open = true;
    std::vector<std::string> recent; // newest first, at most 12
    std::string unknown;             // JSON of keys this version does not know

    void remember(const std::filesystem::path& file);
};

Settings load_settings(const std::filesystem::path& file, base::Findings& findings);
void save_settings(const Settings& settings, const std::filesystem::path& file); // never throws
std::filesystem::path settings_file();

} // namespace diaban::app
