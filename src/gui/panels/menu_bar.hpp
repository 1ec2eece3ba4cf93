// Top line: menus, search, language.
#pragma once

#include "gui/panels/search_box.hpp"

namespace diaban::gui {

class MenuBar {
public:
    void draw(Ui& ui, const Rect& area);
    void draw_hits(Ui& ui) { search_.draw_hits(ui); }
    // Set by the menus, taken by the window.
    double wanted_scale = 0;

private:
    void file_menu(Ui& ui);
    void edit_menu(Ui& ui);
    void view_menu(Ui& ui);
    void present_menu(Ui& ui);
    void help_menu(Ui& ui);

    SearchBox search_;
};

} // namespace diaban::gui
