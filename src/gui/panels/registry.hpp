// The one list of what can stand in the right and in the bottom region.
//
// A new panel is a class, one line in registry.cpp and two texts; its place in the menus, its
// button, its key, opening and closing all come from that line.
#pragma once

#include "gui/icons.hpp"
#include "gui/ui.hpp"

#include <map>
#include <memory>

namespace diaban::gui {

class Panel {
public:
    virtual ~Panel() = default;
    // `overlay`: the region lies over the map instead of beside it.
    virtual void draw(Ui& ui, const Rect& area, bool overlay) = 0;
    // Every frame once it was made, shown or not: what it put on the map follows the document.
    virtual void follow(Ui&) {}
    // Of a sheet while it is shown: a key before the rest of the window has it. True: it was meant
    // for the sheet, and nothing else sees it.
    virtual bool take_key(Ui&, const KeyPress&) { return false; }
};

struct PanelEntry {
    enum class Side { Right, Bottom, Sheet } side; // a sheet lies over the map and the other two
    std::string_view id;      // Shell::right, Shell::bottom or Shell::sheet holds it
    std::string_view title;   // message id of the menu item and button
    std::string_view menu;    // message id of the menu that lists it; empty: none
    Icon icon = Icon::None;   // of the button beside the years, of bottom panels; None: no button
    const char* shortcut;     // as it is shown; nullptr: none
    int key = 0, mods = 0;    // GLFW's numbers
    bool needs_values = true; // cannot be opened before something is mapped
    bool needs_data = true;   // or before anything is open
    std::unique_ptr<Panel> (*make)() = nullptr;
};
std::span<const PanelEntry> panel_entries();

bool panel_shown(const Ui& ui, const PanelEntry& entry);
bool panel_possible(const Ui& ui, const PanelEntry& entry);
// Opens or closes a panel with the region it stands in.
void show_panel(Ui& ui, const PanelEntry& entry, bool shown);
void show_panel(Ui& ui, std::string_view id, bool shown = true);
// Opens or closes the panels whose keys were pressed.
void panel_keys(Ui& ui);

// The panels of one window, made when they are first shown.
class Panels {
public:
    void draw(Ui& ui, std::string_view id, const Rect& area, bool overlay);
    void follow(Ui& ui);
    // As Panel::take_key() of the named one; false if that was never shown.
    bool take_key(Ui& ui, std::string_view id, const KeyPress& key);

private:
    std::map<std::string, std::unique_ptr<Panel>, std::less<>> made_;
};

// Inside a sheet: begins the region with its title and the button that closes it. End with
// end_region().
void begin_sheet(Ui& ui, std::string_view id, std::string_view title, const Rect& area);
// Inside a right panel: begins the region, draws its heading and the button that closes it.
void begin_right_panel(Ui& ui, std::string_view id, std::string_view title, const Rect& area,
                       bool overlay);
void end_right_panel(Ui& ui, const Rect& area);

} // namespace diaban::gui
