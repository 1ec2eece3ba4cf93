// Right: every change of the project, newest last; a click goes there and back.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class HistoryPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    std::size_t followed_ = 0; // the state that was scrolled to
};

} // namespace diaban::gui
