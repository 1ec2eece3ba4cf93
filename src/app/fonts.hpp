// Where the interface's fonts lie on this machine: found by fontconfig, never shipped.
#pragma once

#include <filesystem>

namespace diaban::app {

struct FontFiles {
    std::filesystem::path regular, bold;
    std::filesystem::path signs; // for minus, arrows and relations; may be empty
    std::filesystem::path bold_signs; // the same, on pages
    int regular_index = 0, bold_index = 0, signs_index = 0; // face within a collection
};
// Noto Sans where it is installed, otherwise any sans-serif font with every Vietnamese letter.
// Throws Error Input "error.font.missing", which names the package to install.
FontFiles interface_fonts();

} // namespace diaban::app
