// Right, instead of legend and card: the saved views, and what can be done with the one shown.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class ViewsPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    void draw_new(Ui& ui);
    void draw_list(Ui& ui);
    void draw_shown(Ui& ui);

    std::string name_, suggested_; // of a new one
    std::string new_name_;         // of the one shown
    std::string renaming_;         // what it was called when it was begun
    int drawn_at_ = -2;            // the frame in which the panel was drawn last
};

} // namespace diaban::gui
