#include "gui/panels/recent_files.hpp"

namespace diaban::gui {

std::vector<RecentFile> recent_files(Ui& ui) {
    constexpr double kLookAgain = 2; // seconds; the file may lie on a slow disk
    static std::vector<std::string> looked_for;
    static std::vector<RecentFile> found;
    static double looked_at = 0;
    const auto& recent = ui.document.settings().recent;
    if (looked_for == recent && ui.now - looked_at < kLookAgain) return found;
    looked_for = recent;
    looked_at = ui.now;
    found.clear();
    for (const std::string& file : recent) {
        std::error_code none;
        found.push_back({file, !std::filesystem::exists(file, none)});
    }
    return found;
}

void forget_recent(Ui& ui, const std::filesystem::path& file) {
    std::erase(ui.document.settings().recent, file.string());
}

} // namespace diaban::gui
