// In the commune card: what the report, the rule and people say about its status, why the rule says
// so, and a person's own decision.
#pragma once

#include "gui/ui.hpp"

namespace diaban::gui {

void draw_status_card(Ui& ui, std::size_t unit);

} // namespace diaban::gui
