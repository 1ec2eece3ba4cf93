// Right: the rows of the legend in other words, another order or without colour, and the breaks of
// the classes by number.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class LegendPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    void draw_rows(Ui& ui, const app::StyledMap& styled);
    void draw_breaks(Ui& ui, const app::StyledMap& styled);

    std::optional<std::size_t> typing_; // the break whose number is being typed
    std::string typed_;
    std::string problem_;
};

} // namespace diaban::gui
