// A panel over the map in two columns: questions with their action on the left, what they are about
// on the right. And the line between two columns of any panel.
#pragma once

#include "gui/ui.hpp"

#include <functional>
#include <string>

namespace diaban::gui {

struct SheetColumns {
    std::function<void()> questions, action, content;
};
// Draws the whole sheet; `id` names its regions, `title` is a message id.
void draw_sheet(Ui& ui, const std::string& id, const char* title, const Rect& area,
                const SheetColumns& columns);

// At `x`, from top to bottom, screen pixels.
void column_line(Ui& ui, float x, float top, float bottom);

} // namespace diaban::gui
