// Bottom: how many units went from which class to which; a cell selects its units.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class MatrixPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;
};

} // namespace diaban::gui
