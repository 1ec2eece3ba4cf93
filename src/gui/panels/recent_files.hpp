// The files that were open lately, as the start page and the menu list them.
#pragma once

#include "gui/ui.hpp"

namespace diaban::gui {

struct RecentFile {
    std::filesystem::path file;
    bool gone = false; // not where it was; looked for at most every two seconds
};
std::vector<RecentFile> recent_files(Ui& ui);
void forget_recent(Ui& ui, const std::filesystem::path& file);

} // namespace diaban::gui
