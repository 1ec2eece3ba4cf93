// The question where the files of a project are that are not where it says.
#pragma once

#include "app/missing_files.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

class MissingFiles {
public:
    // In the middle of an area, as long as something is missing and was not put aside.
    void draw(Ui& ui, const Rect& around);
    bool asking() const { return !missing_.empty() && !put_aside_; }
    void put_aside() { put_aside_ = true; }

private:
    void look(Ui& ui);
    void find(Ui& ui, const app::MissingFile& missing);

    // Looked at again when the project names other files, or is opened again.
    std::optional<std::vector<std::filesystem::path>> looked_for_;
    std::vector<app::MissingFile> missing_;
    bool put_aside_ = false;
};

} // namespace diaban::gui
