// The window: opens files, shows the map and its panels until it is closed.
#pragma once

#include "app/commands/verify.hpp"
#include "app/dataset.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace diaban::gui {

struct WindowOptions {
    std::vector<std::filesystem::path> files; // opened in order; tables join what is open
    std::string view;                         // of the project among them, shown first
    app::DataRequest data;     // opened before the files; without boundaries: how the first is read
    double scale = 0;          // interface scale; 0: settings, else the monitor's
    std::string language;      // "vi", "en"; empty: settings, else environment
    int width = 0, height = 0; // 0: as it was last time
    std::filesystem::path dump_items; // for tests: what is visible, as JSON lines
    bool bench = false;               // measures frames, prints a table, and ends
    // Makes the files of a manifest again and compares them.
    std::function<app::VerifyReport(const app::VerifyRequest&, base::JobContext&)> verify;
};

// Returns the exit code. Throws Error Input "error.window.no_display", "error.window.no_gl",
// "error.font.missing".
int run_window(const WindowOptions& options);

} // namespace diaban::gui
