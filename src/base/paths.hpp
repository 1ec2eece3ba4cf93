// Where the program's own files lie, and where a user's files may go.
//
// All that is particular to an operating system sits in paths.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace diaban::base {

// A shipped file ("shaders/fill.vert", "palettes/...", "locale/vi.mo"): beside the executable
// (share/diaban, ../share/diaban), then in the build tree. Throws Error Input
// "error.asset.missing".
std::filesystem::path asset(std::string_view relative);
std::filesystem::path cache_folder();    // $XDG_CACHE_HOME/diaban, created; empty if not writable
std::filesystem::path settings_folder(); // $XDG_CONFIG_HOME/diaban, created; empty if not writable
// ".shp" of "A.SHP"; empty if there is none.
std::string lower_extension(const std::filesystem::path& file);
std::string version(); // "0.1.0"

// Runs `write` with a temporary path beside `target`, then renames it over `target`: an existing
// file is replaced only whole and keeps its permissions, a link stays a link. The temporary is
// removed if `write` throws. A pipe or device is written to directly. Throws Error Write.
void write_atomically(const std::filesystem::path& target,
                      const std::function<void(const std::filesystem::path& temporary)>& write);
// The common case: the whole content is in memory.
void write_file(const std::filesystem::path& target, std::string_view content);
std::string read_file(const std::filesystem::path& source); // throws Error Input
// Throws Error Input: "error.file.missing", or "error.file.cannot_read" where nobody can tell, as
// in a folder that may not be entered.
void check_exists(const std::filesystem::path& file);
// True if a window can be opened here (DISPLAY or WAYLAND_DISPLAY set; always on other systems).
bool has_display();
// The user's language from the environment: "vi" or "en".
std::string environment_language();
bool is_terminal(int file_descriptor);

} // namespace diaban::base
