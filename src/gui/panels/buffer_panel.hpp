// Right: a ring of so many kilometres on the ground, around the selection or a place.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class BufferPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    std::string km_;
};

// Makes the ring anew when what it lies around has changed. Once a frame.
void update_buffer(Ui& ui);

} // namespace diaban::gui
