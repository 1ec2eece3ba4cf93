// Sheets of the menu Help: the guide in the language of the window, and what this program is.
#pragma once

#include "app/guide_text.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class GuidePanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    void read(Ui& ui);
    std::string language_, problem_; // of the guide that was read
    std::vector<app::GuideBlock> blocks_;
};

class AboutPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;
};

} // namespace diaban::gui
