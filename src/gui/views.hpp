// Saved views in the window: what is on the map as a view, and a view back on the map.
#pragma once

#include "app/commands/map.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

// What the map shows now. The name is a suggestion that no other view has.
app::SavedView view_now(const Ui& ui);
// What `map` would have to draw: the values shown, on a page of the project, in public; `as_seen`:
// only the ground that the window shows.
app::MapRequest shown_map(Ui& ui, bool as_seen);
// Shows a saved view: its map at once (an edit that can be undone), its ground and its units as
// soon as its data is there.
void show_view(Ui& ui, std::size_t at);
// The next (1) or the one before (-1), around the ends; nothing without views.
void step_view(Ui& ui, int by);
// The part of show_view() that may have had to wait. After MapView::update(), once a frame.
void settle_view(Ui& ui);
// "2010", "2009–2010", "2010–2025 · 16": the years of a view.
std::string view_years(const app::SavedView& view);

} // namespace diaban::gui
