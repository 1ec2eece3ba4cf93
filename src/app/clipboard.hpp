// Pictures for other programs: put on the clipboard by the helper that the desktop has.
#pragma once

#include <filesystem>

namespace diaban::app {

// Hands a PNG to wl-copy (Wayland) or xclip (X11), which keeps it there. False if there is none of
// them, or it did not take the file within seconds; never throws.
bool picture_to_clipboard(const std::filesystem::path& png);

// `file`, or with a number before its extension the first that does not exist: "map_2.png".
std::filesystem::path unused_name(const std::filesystem::path& file);

} // namespace diaban::app
