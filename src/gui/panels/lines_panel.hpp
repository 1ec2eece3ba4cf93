// Right: layers of lines over the map, their colours and widths.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class LinesPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    void draw_look(Ui& ui);

    std::size_t at_ = 0; // the layer whose look is shown
};

// A layer of lines from a file that the user picks, as an edit.
void pick_lines(Ui& ui);
// The list, in the left panel and in this one: a click shows and hides.
void draw_line_layers(Ui& ui, std::string_view name, float indent);

} // namespace diaban::gui
